//! Definition: where the site says what is under the cursor.

mod values;

use super::Snapshot;
use super::files::{FilePlaces, Texts};
use super::{links, terms};

/// Where what a byte offset is on is said to be what it is: the page of a tag, its entry in a data file; the heading or
/// the file that a link leads to; the layout's file, the author's entry. `whole` gives whole texts. None where nothing is
/// there that has such a place.
pub fn definition(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    whole: &Texts<'_>,
    offset: usize,
) -> Option<Vec<FilePlaces>> {
    terms::declarations(snapshot, texts, offset)
        .or_else(|| links::definition(snapshot, whole, offset))
        .or_else(|| values::definition(snapshot, whole, offset))
}
