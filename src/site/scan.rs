//! The first read of a site, in parallel. The only file below `server` and `cli` that touches the disk.
