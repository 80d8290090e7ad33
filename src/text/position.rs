//! Lines and columns, and the only conversions between them and byte offsets.
//!
//! A line ends at LF, CRLF or a lone CR and at nothing else (LSP 3.17, "Text Documents"): U+2028, U+0085 and
//! form feeds are characters of a line.

use super::Span;
use super::columns::{PositionEncoding, column_to_byte, floor_boundary};
use super::milestones::{self, Milestones};

/// A place as an editor names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// The column, from 0, in units of a [`PositionEncoding`].
    pub column: u32,
}

/// A span as an editor names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Range {
    /// The first place inside.
    pub start: Position,
    /// The first place after.
    pub end: Position,
}

/// The byte offsets at which the lines of a text begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    len: usize,
    long: Milestones,
}

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let breaks = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let ends = breaks.filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        starts.extend(ends.map(|at| at + 1));
        let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
        let has_long = starts.iter().zip(ends).any(|(start, end)| end - start > milestones::STEP);
        let long = if has_long { Milestones::new(text) } else { Milestones::default() };
        LineIndex { starts, len: bytes.len(), long }
    }

    /// How many lines there are; a text that ends in a line break has an empty last one.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, that holds a byte offset; the last one for an offset past the end.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of a line, from 0, with its line break; empty at the end of the text for a line past the end.
    pub fn line_span(&self, line: usize) -> Span {
        let start = self.starts.get(line).copied().unwrap_or(self.len);
        let end = self.starts.get(line + 1).copied().unwrap_or(self.len);
        Span::new(start, end)
    }

    /// The position of a byte offset of `text`, clamped to the text and to a character boundary before it.
    pub fn position(&self, text: &str, offset: usize, encoding: PositionEncoding) -> Position {
        let offset = floor_boundary(text, offset);
        let line = self.line_of(offset);
        let before = Span::new(self.line_span(line).start, offset);
        Position { line: to_u32(line), column: to_u32(self.long.column_of(text, before, encoding)) }
    }

    /// The range of a span of `text`.
    pub fn range(&self, text: &str, span: Span, encoding: PositionEncoding) -> Range {
        Range {
            start: self.position(text, span.start, encoding),
            end: self.position(text, span.end, encoding),
        }
    }

    /// The byte offset of a position in `text`. A line past the end is the end of the text, a column past the
    /// end of its line is the line's end before its break, a column inside a character is that character's start.
    pub fn offset(&self, text: &str, position: Position, encoding: PositionEncoding) -> usize {
        let line = position.line as usize;
        if line >= self.starts.len() {
            return self.len;
        }
        let span = self.line_span(line);
        let (near, left) = self.long.near(text, span, position.column as usize, encoding);
        near + column_to_byte(Span::new(near, span.end).of(text), left, encoding)
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::columns::column_of;
    use super::*;

    #[test]
    fn three_encodings_of_one_place() {
        let text = "題名: 😀x\r\n次";
        let lines = LineIndex::new(text);
        let x = text.find('x').unwrap();
        let column = |encoding| lines.position(text, x, encoding).column;
        assert_eq!(column(PositionEncoding::Utf8), 12);
        assert_eq!(column(PositionEncoding::Utf16), 6);
        assert_eq!(column(PositionEncoding::Utf32), 5);
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
            for (offset, _) in text.char_indices().filter(|(_, c)| *c != '\n') {
                assert_eq!(lines.offset(text, lines.position(text, offset, encoding), encoding), offset);
            }
        }
    }

    /// Long lines are counted from milestones, which nobody may notice.
    #[test]
    fn a_long_line_has_the_columns_of_a_short_one() {
        let text = format!("題\n{}\r\n{}", "a日😀".repeat(3_000), "x".repeat(9_000));
        let lines = LineIndex::new(&text);
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
            for (offset, _) in text.char_indices().step_by(37).filter(|(_, c)| *c != '\n') {
                let position = lines.position(&text, offset, encoding);
                let start = lines.line_span(position.line as usize).start;
                assert_eq!(position.column as usize, column_of(&text[start..offset], encoding));
                assert_eq!(lines.offset(&text, position, encoding), offset);
            }
            let far = Position { line: 1, column: u32::MAX };
            assert_eq!(lines.offset(&text, far, encoding), 4 + 24_000);
        }
    }

    #[test]
    fn lone_cr_ends_a_line_and_u2028_does_not() {
        assert_eq!(LineIndex::new("a\rb\r\nc\n").line_count(), 4);
        assert_eq!(LineIndex::new("a\u{2028}b\u{85}c\u{0B}d").line_count(), 1);
    }

    #[test]
    fn far_and_split_columns_are_clamped() {
        let text = "日本\r\n";
        let lines = LineIndex::new(text);
        let at = |line, column, encoding| lines.offset(text, Position { line, column }, encoding);
        assert_eq!(at(0, 99, PositionEncoding::Utf16), 6);
        assert_eq!(at(0, 4, PositionEncoding::Utf8), 3);
        assert_eq!(at(9, 0, PositionEncoding::Utf32), 8);
    }
}
