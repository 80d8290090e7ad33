//! References: the places in the whole site of what is under the cursor.

use super::Snapshot;
use super::files::{FilePlaces, Texts};
use super::terms;

/// The places of what a byte offset is on: of a tag or a category. With `declarations` also those that say what it is.
/// None where nothing is there that has references.
pub fn references(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    offset: usize,
    declarations: bool,
) -> Option<Vec<FilePlaces>> {
    terms::references(snapshot, texts, offset, declarations)
}
