//! All posts of a site, and what they say together.

pub mod anchors;
pub mod elsewhere;
pub mod fields;
pub mod files;
mod glob;
pub mod index;
mod lookup;
pub mod mentions;
pub mod near;
pub mod occurrences;
pub mod pace;
pub mod pages;
pub mod pairs;
pub mod paths;
pub mod record;
pub mod renaming;
pub mod scan;
mod search_keys;
pub mod settings;
mod shared;
pub mod targets;
pub mod templates;
pub mod terms;
pub mod vocabulary;
pub mod written;

pub use anchors::AnchorSet;
pub use fields::{FEWEST_OWN, Field, Values};
pub use files::Page;
pub use index::{Author, Change, Site};
pub use pairs::{TermId, TermKind, Together};
pub use paths::FileKind;
pub use record::{FieldUse, PostRecord};
pub use settings::{Levels, Settings};
pub use targets::Target;
pub use templates::Templates;
pub use vocabulary::{Candidate, Dated, Term, Vocabulary};
