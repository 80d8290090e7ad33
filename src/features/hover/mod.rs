//! Hover: what a tag, a key, a title or a link is.
//!
//! - `term`: a tag or a category; `key`: a front matter key;
//! - `preview`: a post as a list shows it: this one on `title`, another one on a link to it;
//! - `link`: which post a Liquid tag or a Markdown link leads to.

mod key;
mod link;
mod preview;
mod term;

#[cfg(test)]
mod tests;

use super::Snapshot;
use super::terms::used_terms;
use crate::post::front_matter::Entry;
use crate::post::front_matter::tree::EntryValue;
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
    if fence.is_present() && fence.content.contains(offset) {
        return in_front_matter(snapshot, offset);
    }
    (offset >= fence.body_start).then(|| link::hover(snapshot, offset)).flatten()
}

fn in_front_matter(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    let entry = snapshot.post.front_matter.tree.entry_at(offset)?;
    let name = entry.key_text(&snapshot.post.text);
    let key = entry.key.map(|key| key.span).filter(|key| key.contains(offset));
    if name == "title" {
        let span = key.or_else(|| scalar(entry).filter(|value| value.contains(offset)))?;
        return Some(Hover { span, markdown: preview::own(snapshot) });
    }
    if let Some(span) = key {
        return Some(Hover { span, markdown: key::markdown(snapshot, name) });
    }
    let used = used_terms(&snapshot.post).into_iter().find(|used| used.span.contains(offset))?;
    Some(Hover { span: used.span, markdown: term::markdown(snapshot, &used) })
}

fn scalar(entry: &Entry) -> Option<Span> {
    match &entry.value {
        EntryValue::Scalar(scalar) => Some(scalar.span),
        EntryValue::Other(span) => Some(*span),
        EntryValue::Empty | EntryValue::Flow(_) | EntryValue::Block(_) => None,
    }
}
