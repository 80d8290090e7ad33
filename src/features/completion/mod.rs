//! Completion: tags, categories, keys and values in the front matter; names and addresses in the body.
//!
//! - `cursor` finds what can be typed at the cursor, on the tolerant tree;
//! - `terms`, `keys` and `values` are what can be offered there;
//! - `links` are names and addresses of posts, files and images in the body;
//! - `ranking` says how well a word matches what is typed;
//! - `accept` writes an accepted word, so that the block goes on loading.

mod accept;
mod cursor;
mod keys;
mod links;
mod ranking;
mod terms;
mod values;

#[cfg(test)]
mod law;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use super::Snapshot;
use super::files::Texts;
use crate::site::TermKind;
use crate::site::terms::term_kind;
use crate::text::TextEdit;

use cursor::Place;
pub use terms::latest_posts;

/// The most items of one answer.
pub const MAX_ITEMS: usize = 100;

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The items, best first.
    pub items: Vec<Item>,
    /// True where the client is to ask again when more is typed. It may not filter by itself: it knows no kana, no width and no
    /// word starts, and keeps a list open over a word that is typed to its end (see [`Completions::of`]).
    pub incomplete: bool,
}

impl Completions {
    /// An answer at a byte offset of a text. A lone word that is there already is none: a list with it would only take the
    /// key that ends the line for itself.
    fn of(items: Vec<Item>, text: &str, offset: usize) -> Self {
        let is_there =
            |item: &Item| item.edit.span.end == offset && item.edit.span.of(text) == item.edit.new_text;
        let items = if matches!(&*items, [only] if is_there(only)) { Vec::new() } else { items };
        Completions { incomplete: !items.is_empty(), items }
    }
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
    /// More about it.
    pub documentation: Option<Documentation>,
    /// What accepting it does: it replaces exactly the typed part, on the cursor's line.
    pub edit: TextEdit,
    /// Where in the new text, in bytes, the author goes on: behind the first item of a list that has just been made, so
    /// that the next one can follow. None is behind all of it.
    pub cursor: Option<usize>,
    /// What a client that filters itself compares with the typed part: it begins with what stands between the
    /// edit's start and the cursor.
    pub filter_text: String,
}

/// More about an item, in Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Documentation {
    /// As it is.
    Text(String),
    /// [`latest_posts`] of the tag or category. A list has up to [`MAX_ITEMS`] of them and an author looks at one or two:
    /// it is written when it is asked for.
    LatestPosts(TermKind),
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
    /// A heading or an anchor that a fragment leads to.
    Anchor,
}

/// What can be typed at a byte offset: in the front matter, and where the body names a file.
pub fn complete(snapshot: &Snapshot, offset: usize) -> Completions {
    match cursor::place(&snapshot.post, offset) {
        Some(Place::Key(slot)) => keys::complete(snapshot, &slot, offset),
        Some(Place::Value(slot)) => match term_kind(slot.key) {
            Some(kind) => terms::complete(snapshot, &slot, kind, offset),
            None if links::is_image_key(slot.key) => links::complete_value(snapshot, &slot, offset),
            None => values::complete(snapshot, &slot, offset),
        },
        None => links::complete(snapshot, offset),
    }
}

/// [`complete`], and in the fragment of a link to another page the anchors of that page. `whole` gives whole texts.
pub fn complete_in_site(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Completions {
    links::complete_anchor(snapshot, whole, offset).unwrap_or_else(|| complete(snapshot, offset))
}

/// Keeps the [`MAX_ITEMS`] smallest in order.
fn keep_best<T: Ord>(found: &mut Vec<T>) {
    keep_best_by(found, T::cmp);
}

/// [`keep_best`] in another order.
fn keep_best_by<T>(found: &mut Vec<T>, mut order: impl FnMut(&T, &T) -> Ordering) {
    if found.len() > MAX_ITEMS {
        found.select_nth_unstable_by(MAX_ITEMS, &mut order);
        found.truncate(MAX_ITEMS);
    }
    found.sort_unstable_by(order);
}
