//! An open document: a rope that edits are cheap in, and the plain text that analysis reads.

use std::sync::Arc;

use ropey::Rope;

use super::columns::PositionEncoding;
use super::position::Range;
use super::{LineIndex, Span};

/// The text of one version of a document, with its line table. Immutable; requests hold it through an `Arc`.
#[derive(Debug)]
pub struct TextSnapshot {
    /// The whole text, with its own line breaks and its BOM if it has one.
    pub text: Arc<str>,
    /// Where its lines begin.
    pub lines: LineIndex,
}

impl TextSnapshot {
    /// Takes a text and reads its lines.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let lines = LineIndex::new(&text);
        TextSnapshot { text, lines }
    }
}

/// A document that an editor has open.
#[derive(Clone, Debug)]
pub struct Document {
    rope: Rope,
}

impl Document {
    /// A document with this text.
    pub fn new(text: &str) -> Self {
        Document { rope: Rope::from_str(text) }
    }

    /// Replaces the whole text.
    pub fn replace_all(&mut self, text: &str) {
        self.rope = Rope::from_str(text);
    }

    /// Replaces a range. A reversed range is turned round; places past the end are clamped, as
    /// [`LineIndex::offset`] does.
    pub fn replace(&mut self, range: Range, encoding: PositionEncoding, new_text: &str) {
        let span = Span::new(self.byte(range.start, encoding), self.byte(range.end, encoding));
        let start = self.rope.byte_to_char(span.start);
        let end = self.rope.byte_to_char(span.end);
        self.rope.remove(start..end);
        self.rope.insert(start, new_text);
    }

    /// How many bytes the text has.
    pub fn bytes(&self) -> usize {
        self.rope.len_bytes()
    }

    /// The text as it stands, for analysis.
    pub fn snapshot(&self) -> TextSnapshot {
        TextSnapshot::new(self.rope.to_string())
    }

    /// Asks the rope's own counts, so that a place in a line of megabytes costs no more than one in a short line.
    fn byte(&self, position: super::Position, encoding: PositionEncoding) -> usize {
        let (line, column, rope) = (position.line as usize, position.column as usize, &self.rope);
        if line >= rope.len_lines() {
            return rope.len_bytes();
        }
        let (start, mut end) = (rope.line_to_char(line), rope.line_to_char(line + 1));
        while end > start && matches!(rope.char(end - 1), '\n' | '\r') {
            end -= 1;
        }
        // Each of the three rounds down to the character that a column is inside of.
        let at = match encoding {
            PositionEncoding::Utf8 => {
                rope.byte_to_char((rope.char_to_byte(start).saturating_add(column)).min(rope.len_bytes()))
            }
            PositionEncoding::Utf16 => {
                let units = rope.char_to_utf16_cu(start).saturating_add(column);
                rope.utf16_cu_to_char(units.min(rope.len_utf16_cu()))
            }
            PositionEncoding::Utf32 => start.saturating_add(column),
        };
        rope.char_to_byte(at.min(end))
    }
}
