//! Definition: where the site says what is under the cursor.

use super::Snapshot;
use super::files::{FilePlaces, Texts};
use super::{links, terms};

/// Where what a byte offset is on is said to be what it is: the page of a tag, its entry in a data file; the file that a
/// link leads to. None where
/// nothing is there that has such a place.
pub fn definition(snapshot: &Snapshot, texts: &Texts<'_>, offset: usize) -> Option<Vec<FilePlaces>> {
    terms::declarations(snapshot, texts, offset).or_else(|| links::definition(snapshot, offset))
}
