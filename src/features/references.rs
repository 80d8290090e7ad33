//! References: the places in the whole site of what is under the cursor.

use super::Snapshot;
use super::definition::here;
use super::files::{FilePlaces, Texts};
use super::{footnotes, links, terms};

/// The places of what a byte offset is on: of a tag or a category, with `declarations` also those that say what it is;
/// the links to the file that a link leads to, or to the post itself from its fence or title; the marks of a footnote. `whole` gives whole texts.
/// None where nothing is there that has references.
pub fn references(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    whole: &Texts<'_>,
    offset: usize,
    declarations: bool,
) -> Option<Vec<FilePlaces>> {
    terms::references(snapshot, texts, offset, declarations)
        .or_else(|| Some(here(snapshot, footnotes::references(snapshot, offset, declarations)?)))
        .or_else(|| links::references(snapshot, whole, offset))
}
