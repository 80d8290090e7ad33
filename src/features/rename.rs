//! Rename: what is under the cursor under another name, in the whole site.

use super::Snapshot;
use super::files::{SiteEdit, Texts};
use super::links::{by_link, headings, layouts};
use super::terms;
use crate::text::Span;

/// The characters that a rename at a byte offset would replace, and the name that they are. None where nothing can be
/// renamed. `whole` gives whole texts.
pub fn prepare(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<(Span, String)> {
    let heading = || {
        let span = headings::under(snapshot, offset)?.text;
        Some((span, span.of(&snapshot.post.text).to_owned()))
    };
    let layout = || {
        let (span, _) = layouts::under(snapshot, offset)?;
        Some((span, span.of(&snapshot.post.text).to_owned()))
    };
    let term = terms::under(snapshot, offset).map(|term| (term.span, term.name));
    term.or_else(layout).or_else(heading).or_else(|| by_link::prepare(snapshot, whole, offset))
}

/// The edits of a rename at a byte offset: of a tag or a category in the whole site, of a layout with its file, of a
/// heading with the links that lead to it, of the file or the heading that a link leads to. `whole` gives whole texts. None
/// where nothing can be renamed.
///
/// # Errors
/// A new name that cannot be: why, in a sentence for an author.
pub fn rename(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    whole: &Texts<'_>,
    offset: usize,
    new: &str,
) -> Result<Option<SiteEdit>, String> {
    let Some(term) = terms::under(snapshot, offset) else {
        if let Some((_, path)) = layouts::under(snapshot, offset) {
            return layouts::rename(snapshot, whole, &path, new).map(Some);
        }
        let heading = headings::rename(snapshot, whole, offset, new)?;
        return heading.map_or_else(|| by_link::rename(snapshot, whole, offset, new), |edit| Ok(Some(edit)));
    };
    terms::rename(snapshot, texts, term.kind, &term.name, new).map(Some)
}
