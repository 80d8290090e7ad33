//! Hover: what a tag, a key, a title or a link is.

use super::Snapshot;
use crate::text::Span;

/// A hover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The characters that it is about.
    pub span: Span,
    /// Markdown, with the user's own text escaped.
    pub markdown: String,
}

/// What is under a byte offset.
pub fn hover(_snapshot: &Snapshot, _offset: usize) -> Option<Hover> {
    None
}
