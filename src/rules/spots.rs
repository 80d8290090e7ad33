//! The places that rules about a post's meaning mark.

use memchr::memchr2;

use super::Input;
use crate::jekyll::Reading;
use crate::jekyll::data::Origin;
use crate::post::front_matter::Node;
use crate::post::front_matter::scalar::Style;
use crate::site::FileKind;
use crate::text::Span;

/// Where a finding about the file as a whole stands: its opening line, else its first line.
pub(super) fn head(input: &Input<'_>) -> Span {
    let text = &*input.post.text;
    let opening = input.post.front_matter.fence.opening;
    if !opening.is_empty() {
        return opening;
    }
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let line = text.get(start..).and_then(|text| text.lines().next()).unwrap_or_default();
    Span::new(start, start + line.len())
}

/// Whether Jekyll reads the file as a document: the readings of pages and layouts mean nothing.
pub(super) fn is_document(input: &Input<'_>) -> bool {
    matches!(input.kind, FileKind::Post | FileKind::Draft | FileKind::Collection(_))
}

/// What Jekyll makes of the post, or of its healthy lines where the block does not load.
pub(super) fn said<'a>(input: &Input<'a>) -> &'a Reading {
    input.reading.healthy.as_deref().unwrap_or(input.reading)
}

/// The file's own value of a key, where it is the one in force.
pub(super) fn own<'a>(input: &Input<'a>, key: &str) -> Option<&'a Node> {
    let node = input.post.front_matter.get(key)?;
    match said(input).data.entry(key)?.origin {
        Origin::File { value, .. } if value == node.span => Some(node),
        _ => None,
    }
}

/// The characters of a scalar inside its quotes; none where it is no plain or quoted scalar of one line.
pub(super) fn content(node: &Node, text: &str) -> Option<Span> {
    let span = node.span;
    let written = span.of(text).as_bytes();
    if memchr2(b'\n', b'\r', written).is_some() || written.starts_with(b"*") {
        return None;
    }
    match node.style {
        Style::Plain => Some(span),
        Style::SingleQuoted | Style::DoubleQuoted => {
            (span.len() >= 2).then(|| Span::new(span.start + 1, span.end - 1))
        }
        Style::Literal | Style::Folded | Style::Flow | Style::Block | Style::Alias => None,
    }
}

/// The blank that a new value needs before it where the old one is not written.
pub(super) fn blank_before(node: &Node, text: &str) -> &'static str {
    let after_colon = text.get(..node.span.start).is_some_and(|before| before.ends_with(':'));
    if node.span.is_empty() && after_colon { " " } else { "" }
}
