//! Blanks that YAML does not take for blanks: those of Japanese text, and those that do not break.

use super::super::ProblemKind;
use crate::text::Span;

/// Which blank a run has that YAML does not take for one.
pub(super) fn odd_blank(run: &str) -> Option<ProblemKind> {
    if run.contains('\u{3000}') {
        Some(ProblemKind::IdeographicSpace)
    } else if run.contains('\u{a0}') {
        Some(ProblemKind::NoBreakSpace)
    } else {
        None
    }
}

/// The odd blanks of a run, without the good ones around them.
pub(super) fn odd_run(text: &str, run: Span) -> Span {
    let piece = run.of(text);
    let start = run.start + (piece.len() - piece.trim_start_matches([' ', '\t']).len());
    let end = run.end - (piece.len() - piece.trim_end_matches([' ', '\t']).len());
    Span::new(start, end)
}
