//! The sections of a body: each heading with all that stands below it.

use crate::post::Post;
use crate::post::body::Heading;
use crate::text::Span;

/// A heading and its section.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Section<'p> {
    /// The heading.
    pub(crate) heading: &'p Heading,
    /// From the heading to the next one that is not deeper, without the blank lines before that.
    pub(crate) span: Span,
}

/// The sections of a post's body, in the order of their headings.
pub(crate) fn sections(post: &Post) -> Vec<Section<'_>> {
    let headings = &post.body().headings;
    let mut sections: Vec<Section<'_>> = headings
        .iter()
        .map(|heading| Section { heading, span: Span::new(heading.span.start, post.text.len()) })
        .collect();
    // The sections that are still open, from the outermost: their levels rise.
    let mut open: Vec<usize> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        while let Some(last) = open.pop_if(|last| headings[*last].level >= heading.level) {
            sections[last].span.end = heading.span.start;
        }
        open.push(at);
    }
    for section in &mut sections {
        section.span = trim_end(&post.text, section.span);
    }
    sections
}

/// A span without white space at its end.
pub(crate) fn trim_end(text: &str, span: Span) -> Span {
    Span::new(span.start, span.start + span.of(text).trim_end().len())
}
