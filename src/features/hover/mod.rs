//! Hover: what a tag, a key, a title or a link is.
//!
//! - `term`: a tag or a category; `key`: a front matter key;
//! - `preview`: a post as a list shows it: this one on `title`, another one on a link to it;
//! - `value`: how Jekyll reads a value where that is not plain to see;
//! - `block`: on the fence, all that Jekyll has of the post: its front matter, its status, its URL;
//! - `link`: which post a Liquid tag or a Markdown link leads to, and which heading.

mod block;
mod key;
mod link;
mod preview;
mod term;
mod value;

#[cfg(test)]
mod tests;

pub use link::linked_text;

pub(super) use block::reason;

pub(super) use preview::status_note;

use super::{Snapshot, footnotes};
use crate::jekyll::{Reading, reading};
use crate::post::front_matter::Entry;
use crate::post::front_matter::tree::EntryValue;
use crate::site::FileKind;
use crate::site::terms::used_terms;
use crate::text::Span;

/// A hover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The characters that it is about.
    pub span: Span,
    /// Markdown, with the user's own text escaped.
    pub markdown: String,
}

/// What is under a byte offset.
pub fn hover(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    let fence = &snapshot.post.front_matter.fence;
    let mut lines = [Some(fence.opening), fence.closing].into_iter().flatten();
    if let Some(span) = lines.find(|line| line.contains(offset)) {
        return Some(Hover { span, markdown: block::markdown(snapshot)? });
    }
    if fence.is_present() && fence.content.contains(offset) {
        return in_front_matter(snapshot, offset);
    }
    if offset < fence.body_start {
        return None;
    }
    let note = footnotes::note(snapshot, offset).map(|(span, markdown)| Hover { span, markdown });
    note.or_else(|| link::hover(snapshot, offset))
}

/// What Jekyll makes of the open document; none where it is no post, draft or document of a collection.
pub(super) fn own_reading(snapshot: &Snapshot) -> Option<Reading> {
    match snapshot.kind {
        FileKind::Post | FileKind::Draft | FileKind::Collection(_) => {
            Some(reading::read(&snapshot.post, &snapshot.path, snapshot.site.config(), &snapshot.clock))
        }
        _ => None,
    }
}

fn in_front_matter(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    let entry = snapshot.post.tree().entry_at(offset)?;
    let name = entry.key_text(&snapshot.post.text);
    let key = entry.key.map(|key| key.span).filter(|key| key.contains(offset));
    let value = value::note(snapshot, entry, offset);
    let (span, mut markdown) = if let Some(span) =
        key.or_else(|| scalar(entry).filter(|value| name == "title" && value.contains(offset)))
    {
        let about = if name == "title" { preview::own(snapshot) } else { key::markdown(snapshot, name) };
        (span, about)
    } else if let Some(used) = used_terms(&snapshot.post).into_iter().find(|used| used.span.contains(offset))
    {
        (used.span, term::markdown(snapshot, &used))
    } else {
        return value.map(|(span, markdown)| Hover { span, markdown });
    };
    if let Some((_, note)) = value {
        markdown.push('\n');
        markdown.push_str(&note);
    }
    Some(Hover { span, markdown })
}

fn scalar(entry: &Entry) -> Option<Span> {
    match &entry.value {
        EntryValue::Scalar(scalar) => Some(scalar.span),
        EntryValue::Other(span) => Some(*span),
        EntryValue::Empty | EntryValue::Flow(_) | EntryValue::Block(_) => None,
    }
}
