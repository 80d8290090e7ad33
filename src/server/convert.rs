//! Between the protocol's types and ours: the only file that knows both.
