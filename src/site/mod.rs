//! All posts of a site, and what they say together.

pub mod index;
pub mod paths;
pub mod record;
pub mod scan;
pub mod vocabulary;

pub use index::{Change, Site};
pub use paths::FileKind;
pub use record::PostRecord;
pub use vocabulary::{Term, Vocabulary};
