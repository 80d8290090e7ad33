//! Spans of bytes and edits to a text.

use std::fmt;

use crate::limits::MAX_COMPARED_LINES;

/// A half-open range of bytes, `start..end`, of one text. Both ends lie on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`; the ends are swapped where they are given the wrong way round.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start: start.min(end), end: start.max(end) }
    }

    /// The empty span at `offset`.
    pub fn empty(offset: usize) -> Self {
        Span { start: offset, end: offset }
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True where it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True where the byte at `offset` is inside: the end is not.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// True where a cursor at `offset` is inside or at either edge.
    pub fn touches(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// True where all of `other` is inside.
    pub fn encloses(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where they share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in a text that has `by` more bytes before it.
    pub fn shift(self, by: usize) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }

    /// Its text; empty where the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A replacement of one span of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What goes: bytes of the text before the edit.
    pub span: Span,
    /// What comes instead.
    pub new_text: String,
}

impl TextEdit {
    /// Replaces `span` by `new_text`.
    pub fn replace(span: Span, new_text: impl Into<String>) -> Self {
        TextEdit { span, new_text: new_text.into() }
    }

    /// Inserts `new_text` at a byte offset.
    pub fn insert(offset: usize, new_text: impl Into<String>) -> Self {
        TextEdit { span: Span::empty(offset), new_text: new_text.into() }
    }

    /// Removes `span`.
    pub fn delete(span: Span) -> Self {
        TextEdit { span, new_text: String::new() }
    }
}

/// The text after all `edits`, whose spans are of the text before any of them.
///
/// Edits are applied in the order of their spans; of two that overlap the later one is left out, as is one
/// that does not fit the text.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut ordered: Vec<&TextEdit> = edits.iter().collect();
    ordered.sort_by_key(|edit| edit.span);
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in ordered {
        let Some(kept) = text.get(done..edit.span.start) else { continue };
        if text.get(edit.span.start..edit.span.end).is_none() {
            continue;
        }
        result.push_str(kept);
        result.push_str(&edit.new_text);
        done = edit.span.end;
    }
    result.push_str(text.get(done..).unwrap_or_default());
    result
}

/// Edits of whole lines that make `new` of `old`, in order; unchanged lines are in none. Where more than
/// [`MAX_COMPARED_LINES`] lie between the first and the last changed one, one edit has them all: to find what is the same
/// among so many may take a minute.
pub fn difference(old: &str, new: &str) -> Vec<TextEdit> {
    let (before, behind) = shared_ends(old, new);
    let (old_middle, new_middle) = (before..old.len() - behind, before..new.len() - behind);
    if old[old_middle.clone()].lines().count() > MAX_COMPARED_LINES {
        let span = Span::new(old_middle.start, old_middle.end);
        return vec![TextEdit::replace(span, &new[new_middle])];
    }
    let diff = similar::TextDiff::from_lines(old, new);
    let (from, to) = (starts(|line| diff.old_slice(line)), starts(|line| diff.new_slice(line)));
    let place = |starts: &[usize], line: usize| starts.get(line).copied().unwrap_or_default();
    let changed = diff.ops().iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    let edit = |op: &similar::DiffOp| {
        let (lines, new_lines) = (op.old_range(), op.new_range());
        let span = Span::new(place(&from, lines.start), place(&from, lines.end));
        TextEdit::replace(span, Span::new(place(&to, new_lines.start), place(&to, new_lines.end)).of(new))
    };
    changed.map(edit).collect()
}

/// How many bytes the same whole lines take at the start of both texts, and at their ends.
fn shared_ends(old: &str, new: &str) -> (usize, usize) {
    let length = |lines: &mut dyn Iterator<Item = (&str, &str)>| -> usize {
        lines.take_while(|(old, new)| old == new).map(|(line, _)| line.len()).sum()
    };
    let lines = |text| <str>::split_inclusive(text, '\n');
    let before = length(&mut lines(old).zip(lines(new)));
    let (old, new) = (&old[before..], &new[before..]);
    (before, length(&mut lines(old).rev().zip(lines(new).rev())))
}

/// Where each line starts, and where the last one ends.
fn starts<'t>(line: impl Fn(usize) -> Option<&'t str>) -> Vec<usize> {
    let ends = (0..).map_while(line).scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_applied_in_order_and_overlaps_left_out() {
        let edits = [
            TextEdit::replace(Span::new(4, 5), "X"),
            TextEdit::insert(0, "> "),
            TextEdit::delete(Span::new(1, 3)),
            TextEdit::delete(Span::new(2, 4)),
        ];
        assert_eq!(apply("abcdef", &edits), "> adXf");
    }

    #[test]
    fn a_difference_of_many_lines_is_one_edit() {
        let lines = |word: &str| format!("a\n{}z\n", format!("{word}\n").repeat(MAX_COMPARED_LINES + 1));
        let (old, new) = (lines("x"), lines("題"));
        let difference = difference(&old, &new);
        assert_eq!(difference.len(), 1);
        assert_eq!(difference[0].span, Span::new(2, old.len() - 2));
        assert_eq!(apply(&old, &difference), new);
    }

    #[test]
    fn a_difference_is_applied_to_the_new_text() {
        for (old, new, edits) in [
            ("a\nb\nc\n", "a\nB\nc\n", 1),
            ("a\r\nb", "a\r\nb\r\n題", 1),
            ("題\nx\n名", "x\nn", 2),
            ("a\rb\r", "a\nb\n", 1),
            ("", "a", 1),
            ("a", "", 1),
            ("a", "a", 0),
        ] {
            let difference = difference(old, new);
            assert_eq!(apply(old, &difference), new);
            assert_eq!(difference.len(), edits, "{old:?} {difference:?}");
        }
    }

    #[test]
    fn a_span_off_a_character_boundary_changes_nothing() {
        assert_eq!(apply("日本", &[TextEdit::delete(Span::new(1, 3))]), "日本");
        assert_eq!(Span::new(1, 3).of("日本"), "");
    }
}
