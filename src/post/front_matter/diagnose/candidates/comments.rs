//! What can be wrong with a comment behind a value that has its end: a blank or a number sign that YAML takes for none.

use super::super::super::ProblemKind;
use super::super::odd_blanks::{odd_blank, odd_run};
use super::Candidate;
use crate::text::{Span, TextEdit};

/// `[a]　# note`, `"a" ＃ note`: proposes the comment that it was meant to be. `end` is the end of the value.
pub(super) fn behind(text: &str, end: usize, found: &mut Vec<Candidate>) {
    let rest = &text[end..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}']).len();
    let run = Span::new(end, end + blank);
    let sign = &text[run.end..];
    if sign.starts_with('＃') {
        let wide = Span::new(run.end, run.end + '＃'.len_utf8());
        let mend = vec![TextEdit::replace(run.cover(wide), " #")];
        found.push(Candidate::new(ProblemKind::FullWidthHash, wide, mend));
    } else if let Some(kind) = odd_blank(run.of(text)).filter(|_| sign.starts_with('#')) {
        found.push(Candidate::new(kind, odd_run(text, run), vec![TextEdit::replace(run, " ")]));
    }
}
