//! Open documents, sites, and the snapshot that a request takes.
