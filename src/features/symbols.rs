//! Document symbols: the front matter's entries, then the headings.

use super::Snapshot;
use crate::text::Span;

/// A symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// The value of a key, shortened.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// Its name's place, inside `span`.
    pub name_span: Span,
    /// What is in it.
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// The whole block.
    FrontMatter,
    /// A key.
    Key,
    /// A heading.
    Heading,
}

/// The symbols of a document.
pub fn symbols(_snapshot: &Snapshot) -> Vec<Symbol> {
    Vec::new()
}
