//! Definition: where the site says what is under the cursor.

mod values;

use super::Snapshot;
use super::files::{FilePlaces, Texts};
use super::{footnotes, links, terms};
use crate::text::Span;

/// Where what a byte offset is on is said to be what it is: the page of a tag, its entry in a data file; the heading or
/// the file that a link leads to; the layout's file, the author's entry; the note of a footnote. `whole` gives whole texts. None where nothing is
/// there that has such a place.
pub fn definition(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    whole: &Texts<'_>,
    offset: usize,
) -> Option<Vec<FilePlaces>> {
    terms::declarations(snapshot, texts, offset)
        // Where a note is one address, CommonMark takes its mark for a link.
        .or_else(|| Some(here(snapshot, vec![footnotes::definition(snapshot, offset)?])))
        .or_else(|| links::definition(snapshot, whole, offset))
        .or_else(|| values::definition(snapshot, whole, offset))
}

/// Places in the open document.
pub(super) fn here(snapshot: &Snapshot, spans: Vec<Span>) -> Vec<FilePlaces> {
    vec![FilePlaces { path: snapshot.path.clone(), text: snapshot.post.text.clone(), spans }]
}
