//! What the client can do, and what we say we can.
