//! Tags and categories as symbols of the whole site: which one is under the cursor, and where it stands.
//!
//! The index knows which files have a term; the places in them are looked up when they are asked for, in the text of
//! those files alone.

mod find;
mod merge;
mod rename;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub(super) use find::home;
pub use find::{declarations, highlights, references};
pub use merge::{LargeMerge, is_mergeable, large_merge, merge};

pub use rename::{check_name, noun, remove, rename};

use super::Snapshot;
use crate::post::Post;
use crate::site::mentions::{self, Role};
use crate::site::{FileKind, TermKind, occurrences};
use crate::text::Span;

/// A place of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermPlace {
    /// Tag or category.
    pub kind: TermKind,
    /// Its name, as Jekyll prints it.
    pub name: String,
    /// The characters of the name, without quotes.
    pub span: Span,
    /// What the place is to the term.
    pub role: Role,
}

/// The term that a byte offset of the open document is on or right behind.
pub fn under(snapshot: &Snapshot, offset: usize) -> Option<TermPlace> {
    let places = places(&snapshot.path, &snapshot.kind, &snapshot.post);
    let at = |inside: fn(Span, usize) -> bool| places.iter().find(|place| inside(place.span, offset));
    at(Span::contains).or_else(|| at(Span::touches)).cloned()
}

/// The term at a byte offset that an author may want out of the whole site, with the number of its posts: one that more
/// than one post has.
pub fn removable(snapshot: &Snapshot, offset: usize) -> Option<(TermPlace, usize)> {
    let term = under(snapshot, offset)?;
    let count = snapshot.site.vocabulary(term.kind).get(&term.name)?.count();
    (count > 1).then_some((term, count))
}

/// All places of terms in a file, in order.
fn places(path: &str, kind: &FileKind, post: &Post) -> Vec<TermPlace> {
    if mentions::can_mention(path, kind) {
        let found = mentions::in_file(path, kind, &post.text).into_iter();
        return found
            .map(|it| TermPlace { kind: it.kind, name: it.name, span: it.span, role: it.role })
            .collect();
    }
    if !matches!(kind, FileKind::Post | FileKind::BadPostName | FileKind::Draft) {
        return Vec::new();
    }
    let found = occurrences::in_post(post).into_iter();
    found.map(|it| TermPlace { kind: it.kind, name: it.name, span: it.span, role: Role::Use }).collect()
}

/// The files in which a term stands: its posts, the newest first, then the others by path. The open document is one
/// of them in any case.
fn files(snapshot: &Snapshot, kind: TermKind, name: &str) -> Vec<Arc<str>> {
    let site = &*snapshot.site;
    let term = site.vocabulary(kind).get(name);
    let mut files: Vec<Arc<str>> =
        term.into_iter().flat_map(|term| term.newest()).map(|post| post.path.clone()).collect();
    files.extend(site.naming(kind, name).cloned());
    if !files.contains(&snapshot.path) {
        files.push(snapshot.path.clone());
    }
    files
}
