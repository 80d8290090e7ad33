//! What stands below the front matter: headings, links, images, counts. Source of the Markdown: CommonMark, by
//! pulldown-cmark.

use crate::text::Span;

/// The body's outline. Spans are bytes of the whole post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// Its links and images in order.
    pub links: Vec<Link>,
    /// How long it is.
    pub counts: Counts,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// All of it.
    pub span: Span,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// All of it.
    pub span: Span,
    /// Where it leads, as it is written.
    pub target: String,
    /// True for an image.
    pub image: bool,
}

/// How much there is to read, without code, markup and Liquid tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Japanese, Chinese and Korean characters.
    pub cjk: usize,
    /// Words of other scripts.
    pub words: usize,
}

impl Body {
    /// Reads the body of a post that begins at byte `start` of `text`.
    pub fn parse(_text: &str, _start: usize) -> Self {
        Body::default()
    }
}
