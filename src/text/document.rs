//! An open document: a rope that edits are cheap in, and the plain text that analysis reads.

use std::sync::Arc;

use ropey::Rope;

use super::position::{PositionEncoding, Range, column_to_byte};
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

    /// The text as it stands, for analysis.
    pub fn snapshot(&self) -> TextSnapshot {
        TextSnapshot::new(self.rope.to_string())
    }

    fn byte(&self, position: super::Position, encoding: PositionEncoding) -> usize {
        let line = position.line as usize;
        if line >= self.rope.len_lines() {
            return self.rope.len_bytes();
        }
        let text: std::borrow::Cow<'_, str> = self.rope.line(line).into();
        self.rope.line_to_byte(line) + column_to_byte(&text, position.column as usize, encoding)
    }
}
