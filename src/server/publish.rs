//! Diagnostics on their way to the client.
