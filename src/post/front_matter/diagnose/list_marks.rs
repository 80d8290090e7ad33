//! Lines that an author means as items of a list, behind a mark that YAML does not know (`・AI`, `－ AI`, `• AI`) or behind
//! blanks that it does not know (`　- AI`).

use super::super::{Problem, ProblemKind};
use super::odd_blanks::odd_blank;
use crate::text::{Span, TextEdit};

/// The marks of lists in Japanese text, and those that come out of a word processor.
const MARKS: &[char] = &['・', '･', '•', '‣', '◦', '●', '－', '−', '–', '—', '―', '‐', '\u{2011}', '＊'];

/// Such a line.
pub(super) struct MarkedLine {
    /// The mark, or the blanks, that make it no item.
    kind: ProblemKind,
    /// The line from its mark on, or its blanks.
    span: Span,
    /// The blanks before the mark.
    pub(super) indent: Span,
    /// Makes it an item.
    pub(super) mend: TextEdit,
}

impl MarkedLine {
    /// The mistake, at which the block is lost or not.
    pub(super) fn problem(self, breaks: bool) -> Problem {
        Problem { kind: self.kind, span: self.span, related: None, mend: vec![self.mend], breaks }
    }
}

/// What is meant as an item on a line, which comes without its break.
pub(super) fn marked_line(text: &str, line: Span) -> Option<MarkedLine> {
    let whole = line.of(text);
    let body = whole.trim_start_matches([' ', '\u{3000}', '\u{a0}']);
    let indent = &whole[..whole.len() - body.len()];
    let odd = odd_blank(indent);
    let is_dash = body.starts_with("- ");
    let mark = body.chars().next().filter(|mark| MARKS.contains(mark) || (odd.is_some() && is_dash))?;
    let item = body[mark.len_utf8()..].trim_start_matches([' ', '\u{3000}']);
    if item.trim().is_empty() {
        return None;
    }
    let indent_span = Span::new(line.start, line.start + indent.len());
    let end = line.start + whole.trim_end().len();
    let item_start = line.end - item.len();
    let mend = TextEdit::replace(
        Span::new(line.start, item_start),
        format!("{}- ", indent.replace('\u{3000}', "  ").replace('\u{a0}', " ")),
    );
    let (kind, span) = match odd {
        Some(kind) if is_dash => (kind, indent_span),
        Some(_) => (ProblemKind::MissingDash, Span::new(line.start, end)),
        None => (ProblemKind::MissingDash, Span::new(indent_span.end, end)),
    };
    Some(MarkedLine { kind, span, indent: indent_span, mend })
}

/// The lines of a span, without their breaks.
pub(super) fn lines_of(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = span.start;
    span.of(text).split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Span::new(start, start + line.trim_end_matches(['\n', '\r']).len())
    })
}
