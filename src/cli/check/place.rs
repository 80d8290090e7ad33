//! Lines and columns as a report counts them: both from 1, columns in characters (Unicode scalar values). A BOM is
//! no character of the first line, as in an editor and to Jekyll.

use crate::text::{LineIndex, Position, PositionEncoding, Span};

const BOM: char = '\u{feff}';

/// The lines of a checked text.
pub(super) struct Places<'t> {
    text: &'t str,
    lines: LineIndex,
}

/// The line that a span begins in.
pub(super) struct SourceLine<'t> {
    /// Its number, from 1.
    pub(super) number: usize,
    /// Its text, without BOM and line break.
    pub(super) text: &'t str,
    /// The span's bytes in that text, as far as they lie in this line.
    pub(super) span: Span,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Places { text, lines: LineIndex::new(text) }
    }

    /// The line and column of a byte offset, both from 1.
    pub(super) fn at(&self, offset: usize) -> (usize, usize) {
        let Position { line, column } = self.lines.position(self.text, offset, PositionEncoding::Utf32);
        let bom = line == 0 && column > 0 && self.text.starts_with(BOM);
        (line as usize + 1, column as usize + 1 - usize::from(bom))
    }

    /// The line that a span begins in.
    pub(super) fn line(&self, span: Span) -> SourceLine<'t> {
        let index = self.lines.line_of(span.start);
        let whole = self.lines.line_span(index);
        let text = whole.of(self.text);
        let bom = if index == 0 && text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
        let text = text.get(bom..).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let inside = |offset: usize| offset.saturating_sub(whole.start + bom).min(text.len());
        SourceLine { number: index + 1, text, span: Span::new(inside(span.start), inside(span.end)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bom_is_no_column_and_a_span_ends_with_its_line() {
        let text = "\u{feff}題名x\r\n次";
        let places = Places::new(text);
        let x = text.find('x').unwrap();
        assert_eq!(places.at(0), (1, 1));
        assert_eq!(places.at(x), (1, 3));
        assert_eq!(places.at(text.len()), (2, 2));
        let line = places.line(Span::new(x, text.len()));
        assert_eq!((line.number, line.text, line.span.of(line.text)), (1, "題名x", "x"));
    }
}
