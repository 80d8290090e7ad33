//! Where the block is. Source: Jekyll `document.rb` YAML_FRONT_MATTER_REGEXP.

use crate::text::Span;

/// The block's place. Spans are bytes of the post's text.
///
/// Where Jekyll sees no block but the author plainly meant one, the spans say where that one is, so that
/// completion and symbols work in it all the same; [`Fence::state`] says why Jekyll does not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// Whether Jekyll sees the block, and if not, why.
    pub state: FenceState,
    /// The opening `---` without its line break; empty at the start of the text where there is none.
    pub opening: Span,
    /// The YAML between the two lines, with its last line break; empty where there is none.
    pub content: Span,
    /// The closing `---` or `...`.
    pub closing: Option<Span>,
    /// Where the body begins: after the closing line and the blank lines below it.
    pub body_start: usize,
}

/// Whether Jekyll sees the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FenceState {
    /// It does.
    Seen,
    /// There is nothing that looks like one.
    Missing,
    /// Something stands before the opening line: blank lines or other text.
    NotFirst,
    /// The opening line has other characters than dashes and ASCII white space, or not three dashes.
    BadOpening,
    /// No closing line follows.
    Unclosed,
    /// All line ends are lone CRs, which Jekyll does not take for line ends.
    LoneCr,
}
