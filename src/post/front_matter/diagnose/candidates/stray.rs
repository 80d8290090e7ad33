//! Characters that no block can hold: control characters, and line breaks that no editor shows.

use super::super::super::yaml::not_allowed;
use super::super::super::{Problem, ProblemKind};
use super::super::draft::Draft;
use super::Candidate;
use crate::text::{Span, TextEdit};

pub(super) fn characters(draft: &Draft<'_>, found: &mut Vec<Candidate>) {
    together(draft, ProblemKind::ControlCharacter, not_allowed, "", found);
    together(
        draft,
        ProblemKind::HiddenLineBreak,
        |c| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}'),
        " ",
        found,
    );
}

/// One proposal for all such characters, each a mistake of its own.
fn together(
    draft: &Draft<'_>,
    kind: ProblemKind,
    is_one: fn(char) -> bool,
    new_text: &str,
    found: &mut Vec<Candidate>,
) {
    let places = draft.text.char_indices().filter(|(_, c)| is_one(*c));
    let problem = |(at, c): (usize, char)| {
        let span = Span::new(at, at + c.len_utf8());
        Problem { kind, span, related: None, mend: vec![TextEdit::replace(span, new_text)], breaks: true }
    };
    let problems: Vec<Problem> = places.map(problem).collect();
    if !problems.is_empty() {
        found.push(Candidate { problems, proof: Vec::new() });
    }
}
