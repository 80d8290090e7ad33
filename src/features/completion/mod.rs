//! Completion: tags, categories, keys and values in the front matter.

use super::Snapshot;
use crate::text::TextEdit;

/// The most items of one answer.
pub const MAX_ITEMS: usize = 100;

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The items, best first.
    pub items: Vec<Item>,
    /// True where more would come with more typed.
    pub incomplete: bool,
}

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What the list shows.
    pub label: String,
    /// What it is.
    pub kind: ItemKind,
    /// A few words beside the label: "128 posts".
    pub detail: Option<String>,
    /// More, in Markdown.
    pub documentation: Option<String>,
    /// What accepting it does: it replaces exactly the typed part, on the cursor's line.
    pub edit: TextEdit,
    /// What a client that filters itself compares with the typed part.
    pub filter_text: String,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A tag.
    Tag,
    /// A category.
    Category,
    /// A front matter key.
    Key,
    /// A value.
    Value,
    /// A file of the site, such as a layout.
    File,
}

/// What can be typed at a byte offset. Empty outside the front matter.
pub fn complete(_snapshot: &Snapshot, _offset: usize) -> Completions {
    Completions::default()
}
