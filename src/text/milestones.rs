//! How many columns lie before the bytes of a text, every so often: so that a place far out in a line of megabytes is
//! found without counting the line from its start each time.

use super::Span;
use super::columns::{PositionEncoding, column_of, floor_boundary};

/// How far milestones are apart, in bytes. A line that is no longer is counted as it is.
pub(super) const STEP: usize = 4096;

/// The milestones of one text; none where no line of it is longer than [`STEP`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Milestones(Vec<Milestone>);

/// What lies before a byte of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Milestone {
    byte: usize,
    utf16: usize,
    utf32: usize,
}

impl Milestone {
    fn columns(self, encoding: PositionEncoding) -> usize {
        match encoding {
            PositionEncoding::Utf8 => self.byte,
            PositionEncoding::Utf16 => self.utf16,
            PositionEncoding::Utf32 => self.utf32,
        }
    }
}

impl Milestones {
    /// Counts a text.
    pub(super) fn new(text: &str) -> Self {
        let (mut all, mut last) = (vec![Milestone::default()], Milestone::default());
        while last.byte < text.len() {
            let byte = floor_boundary(text, last.byte + STEP);
            let piece = Span::new(last.byte, byte).of(text);
            last = Milestone {
                byte,
                utf16: last.utf16 + column_of(piece, PositionEncoding::Utf16),
                utf32: last.utf32 + column_of(piece, PositionEncoding::Utf32),
            };
            all.push(last);
        }
        Milestones(all)
    }

    /// How many columns a piece of one line of the text takes.
    pub(super) fn column_of(&self, text: &str, piece: Span, encoding: PositionEncoding) -> usize {
        if piece.len() <= STEP || self.0.is_empty() {
            return column_of(piece.of(text), encoding);
        }
        self.before(text, piece.end, encoding) - self.before(text, piece.start, encoding)
    }

    /// A byte of a line at or before a column, from which it is not far any more, and the columns that are left.
    pub(super) fn near(
        &self,
        text: &str,
        line: Span,
        column: usize,
        encoding: PositionEncoding,
    ) -> (usize, usize) {
        if line.len() <= STEP || self.0.is_empty() {
            return (line.start, column);
        }
        let wanted = self.before(text, line.start, encoding) + column;
        let after = self.0.partition_point(|mile| mile.byte < line.end && mile.columns(encoding) <= wanted);
        match after.checked_sub(1).and_then(|at| self.0.get(at)) {
            Some(mile) if mile.byte > line.start => (mile.byte, wanted - mile.columns(encoding)),
            _ => (line.start, column),
        }
    }

    fn before(&self, text: &str, byte: usize, encoding: PositionEncoding) -> usize {
        let after = self.0.partition_point(|mile| mile.byte <= byte);
        let mile = after.checked_sub(1).and_then(|at| self.0.get(at)).copied().unwrap_or_default();
        mile.columns(encoding) + column_of(Span::new(mile.byte, byte).of(text), encoding)
    }
}
