//! What an author asks for, one LSP feature a file: functions of a [`Snapshot`] to plain values.

pub mod completion;
pub mod diagnostics;
pub mod folding;
pub mod hover;
pub mod symbols;

use std::sync::Arc;

use crate::jekyll::Clock;
use crate::post::Post;
use crate::site::{FileKind, Site};

/// One moment of one document and of its site. Everything in it is immutable.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The document.
    pub post: Arc<Post>,
    /// Its path relative to the site's source, with `/`.
    pub path: Arc<str>,
    /// What it is by its path.
    pub kind: FileKind,
    /// The site it belongs to; an empty one for a lone file.
    pub site: Arc<Site>,
    /// Now, and the machine's zone.
    pub clock: Clock,
}
