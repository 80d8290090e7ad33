//! How much is read and answered at the most. Every bound of the program stands here.

/// The longest file that is read, in bytes: a longer one is reported, not parsed.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// The deepest nesting of a front matter block that is handed to the YAML parser, whose flow nesting is quadratic.
pub const MAX_NESTING: usize = 1000;

/// The most diagnostics of one file.
pub const MAX_DIAGNOSTICS: usize = 100;
