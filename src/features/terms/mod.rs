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

use rayon::prelude::*;

pub(super) use find::home;
pub use find::{declarations, highlights, references};
pub use merge::{LargeMerge, is_mergeable, large_merge, merge};

pub use rename::{check_name, noun, remove, rename};

use super::Snapshot;
use crate::post::Post;
use crate::site::mentions::{self, Role};
use crate::site::{FileKind, TermKind, occurrences, paths};
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
    let place = |it: occurrences::Occurrence<'_>| TermPlace {
        kind: it.kind,
        name: it.name.into_owned(),
        span: it.span,
        role: Role::Use,
    };
    found.map(place).collect()
}

/// How many files a thread looks through together at the most: it does not share them any more when the others have no
/// work left.
const TOGETHER: usize = 64;

/// The files in which a term stands: its posts, the newest first, then the others by path. The open document is one
/// of them in any case. Each with what it is, to be looked through on all cores.
fn files(
    snapshot: &Snapshot,
    kind: TermKind,
    name: &str,
) -> impl IndexedParallelIterator<Item = (Arc<str>, FileKind)> {
    let site = &*snapshot.site;
    let own = &snapshot.path;
    let posts = site.vocabulary(kind).get(name).into_iter().flat_map(|term| term.newest());
    let mut files: Vec<_> = posts.map(|post| (post.path.clone(), post.kind.clone())).collect();
    let others = site.naming(kind, name).cloned();
    files.extend(others.map(|path| (path.clone(), paths::classify(&path, site.config()))));
    match files.iter_mut().find(|(path, _)| path == own) {
        Some((_, kind)) => *kind = snapshot.kind.clone(),
        None => files.push((own.clone(), snapshot.kind.clone())),
    }
    files.into_par_iter().with_max_len(TOGETHER)
}
