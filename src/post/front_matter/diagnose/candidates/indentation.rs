//! What can be wrong with the blanks at a line's start, and with the dashes of a list.

use super::super::super::tree::lines as lines_of;
use super::super::super::{Problem, ProblemKind};
use super::super::draft::Draft;
use super::super::first_line;
use super::super::key_like::{begins_with_known_key, is_key_like, is_post_key};
use super::super::odd_blanks::{odd_blank, odd_run};
use super::Candidate;
use crate::text::{Span, TextEdit};

struct Line<'t> {
    span: Span,
    indent: &'t str,
    body: &'t str,
}

impl Line<'_> {
    fn is_item(&self) -> bool {
        self.body
            .strip_prefix('-')
            .is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with([' ', '\t']))
    }

    fn indent_span(&self) -> Span {
        Span::new(self.span.start, self.span.start + self.indent.len())
    }

    fn body_span(&self, text: &str) -> Span {
        first_line(text, Span::new(self.span.start + self.indent.len(), self.span.end))
    }
}

/// The lines that hold more than blanks and a comment.
fn written(text: &str) -> Vec<Line<'_>> {
    lines_of(text, Span::new(0, text.len()))
        .map(|span| {
            let whole = span.of(text);
            let indent = whole.len() - whole.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}']).len();
            Line { span, indent: &whole[..indent], body: &whole[indent..] }
        })
        .filter(|line| !line.body.trim().is_empty() && !line.body.starts_with('#'))
        .collect()
}

pub(super) fn lines(draft: &Draft<'_>, found: &mut Vec<Candidate>) {
    let text = draft.text.as_str();
    let lines = written(text);
    blank_tabs(text, found);
    odd_indents(&lines, found);
    after_dashes(text, &lines, found);
    uneven_items(&lines, found);
    missing_dashes(text, &lines, found);
    stray_value(text, &lines, found);
    stray_items(draft, found);
    uneven_lines(text, &lines, found);
    keys_inside(text, &lines, found);
}

/// A line with nothing but a tab in it, which ends no value and begins none.
fn blank_tabs(text: &str, found: &mut Vec<Candidate>) {
    let all = lines_of(text, Span::new(0, text.len()));
    let blanks = all
        .map(|line| Span::new(line.start, line.start + line.of(text).trim_end_matches(['\n', '\r']).len()));
    for blank in blanks.filter(|line| line.of(text).contains('\t') && line.of(text).trim().is_empty()) {
        found.push(Candidate::new(ProblemKind::TabIndentation, blank, vec![TextEdit::delete(blank)]));
    }
}

/// Tabs, no-break spaces and ideographic spaces as indentation: all such lines at once, each a mistake.
fn odd_indents(lines: &[Line<'_>], found: &mut Vec<Candidate>) {
    let odd = |line: &&Line<'_>| line.indent.contains(['\t', '\u{a0}', '\u{3000}']);
    let good = lines.iter().skip(1).find(|line| !odd(line) && !line.indent.is_empty());
    let indent = good.map_or("  ", |line| line.indent);
    let is_top =
        |line: &Line<'_>| line.span.start == 0 || begins_with_known_key(&line.body.replacen(':', " ", 1));
    let problems: Vec<Problem> = lines
        .iter()
        .filter(odd)
        .map(|line| Problem {
            kind: odd_blank(line.indent).unwrap_or(ProblemKind::TabIndentation),
            span: line.indent_span(),
            related: None,
            mend: vec![TextEdit::replace(line.indent_span(), if is_top(line) { "" } else { indent })],
            breaks: true,
        })
        .collect();
    if !problems.is_empty() {
        found.push(Candidate { problems, proof: Vec::new() });
    }
}

/// `-item`, and a dash with a blank behind it that YAML does not take for one.
fn after_dashes(text: &str, lines: &[Line<'_>], found: &mut Vec<Candidate>) {
    let mut problems = Vec::new();
    for line in lines.iter().filter(|line| line.body.starts_with("-") && line.is_item()) {
        let dash = line.span.start + line.indent.len();
        let rest = &line.body[1..];
        let run = Span::new(dash + 1, dash + 1 + (rest.len() - rest.trim_start_matches([' ', '\t']).len()));
        if run.of(text).contains('\t') {
            let mend = vec![TextEdit::replace(run, " ")];
            found.push(Candidate::new(ProblemKind::TabIndentation, run, mend));
        }
    }
    for line in lines.iter().skip(1).filter(|line| !line.is_item()) {
        let Some(rest) = line.body.strip_prefix('-').filter(|rest| !rest.starts_with('-')) else { continue };
        let dash = line.span.start + line.indent.len();
        let blank = rest.len() - rest.trim_start_matches(['\u{a0}', '\u{3000}', ' ']).len();
        let run = Span::new(dash + 1, dash + 1 + blank);
        let (kind, span) = match odd_blank(run.of(text)) {
            Some(kind) => (kind, odd_run(text, run)),
            None => (ProblemKind::NoSpaceAfterDash, Span::new(dash, dash + 1)),
        };
        problems.push(Problem {
            kind,
            span,
            related: None,
            mend: vec![TextEdit::replace(run, " ")],
            breaks: true,
        });
    }
    if !problems.is_empty() {
        found.push(Candidate { problems, proof: Vec::new() });
    }
}

/// Items that stand deeper or shallower than the list's first: each alone, then all at once.
fn uneven_items(lines: &[Line<'_>], found: &mut Vec<Candidate>) {
    let mut items = lines.iter().skip(1).filter(|line| line.is_item());
    let Some(first) = items.next() else { return };
    let mut problems = Vec::new();
    for line in items.filter(|line| line.indent != first.indent) {
        let span = if line.indent.is_empty() { dash(line) } else { line.indent_span() };
        let mend = vec![TextEdit::replace(line.indent_span(), first.indent)];
        let problem = Problem {
            kind: ProblemKind::WrongIndentation,
            span,
            related: Some(dash(first)),
            mend,
            breaks: true,
        };
        found.push(Candidate { problems: vec![problem.clone()], proof: Vec::new() });
        problems.push(problem);
    }
    // The first may be the odd one: where it is alone in its indentation, or in an odd number of blanks.
    let second = lines.iter().skip(1).filter(|line| line.is_item()).nth(1);
    if let (Some(problem), Some(second)) = (problems.first(), second) {
        let span = if first.indent.is_empty() { dash(first) } else { first.indent_span() };
        let mend = vec![TextEdit::replace(first.indent_span(), second.indent)];
        let odd = Problem { span, related: Some(dash(second)), mend, ..problem.clone() };
        let first_is_odd =
            problems.len() > 1 || (first.indent.len() % 2 == 1 && second.indent.len() % 2 == 0);
        let at = if first_is_odd { found.len() - problems.len() } else { found.len() };
        found.insert(at, Candidate { problems: vec![odd], proof: Vec::new() });
    }
    if problems.len() > 1 {
        found.push(Candidate { problems, proof: Vec::new() });
    }
}

fn dash(line: &Line<'_>) -> Span {
    let at = line.span.start + line.indent.len();
    Span::new(at, at + 1)
}

/// A line without a dash among the items of a list.
fn missing_dashes(text: &str, lines: &[Line<'_>], found: &mut Vec<Candidate>) {
    let Some(first) = lines.iter().skip(1).find(|line| line.is_item()) else { return };
    for line in lines.iter().skip(1).filter(|line| !line.is_item() && !is_key_like(line.body)) {
        let mend = vec![TextEdit::replace(line.indent_span(), format!("{}- ", first.indent))];
        found.push(Candidate::new(ProblemKind::MissingDash, line.body_span(text), mend));
    }
}

/// An indented key where no mapping can stand: it was meant to stand at column 0.
fn keys_inside(text: &str, lines: &[Line<'_>], found: &mut Vec<Candidate>) {
    for line in lines.iter().filter(|line| !line.indent.is_empty() && is_key_like(line.body)) {
        let mend = vec![TextEdit::delete(line.indent_span())];
        let span =
            if line.indent.trim_matches(' ').is_empty() { line.indent_span() } else { line.body_span(text) };
        found.push(Candidate::new(ProblemKind::WrongIndentation, span, mend));
    }
}

/// A line that stands a little off its neighbours: as deep as the one above, or as the one below. Lines behind an odd
/// number of blanks come first.
fn uneven_lines(text: &str, lines: &[Line<'_>], found: &mut Vec<Candidate>) {
    let mut proposals = Vec::new();
    let nests = lines.first().is_some_and(|line| line.body.trim_end().ends_with(':'));
    for (i, line) in lines.iter().enumerate().skip(1) {
        let above = if i > 1 { lines.get(i - 1) } else { None };
        let span = if line.indent.is_empty() { line.body_span(text) } else { line.indent_span() };
        for neighbour in above.into_iter().chain(lines.get(i + 1)) {
            let steps_in =
                is_key_like(line.body) && (line.indent.is_empty() || !nests || is_post_key(line.body));
            if neighbour.indent != line.indent && neighbour.indent.trim_matches(' ').is_empty() && !steps_in {
                let mend = vec![TextEdit::replace(line.indent_span(), neighbour.indent)];
                proposals.push((
                    line.indent.len() % 2 == 0,
                    Candidate::new(ProblemKind::WrongIndentation, span, mend),
                ));
            }
        }
        if line.indent.is_empty() {
            let mend = vec![TextEdit::insert(line.span.start, "  ")];
            proposals.push((true, Candidate::new(ProblemKind::WrongIndentation, span, mend)));
        }
    }
    proposals.sort_by_key(|(is_even, _)| *is_even);
    found.extend(proposals.into_iter().map(|(_, candidate)| candidate));
}

/// `tags: :` above a list: the value is a slip, not the list.
fn stray_value(text: &str, lines: &[Line<'_>], found: &mut Vec<Candidate>) {
    let [first, second, ..] = lines else { return };
    let Some(colon) = first.body.find(':').filter(|_| second.is_item()) else { return };
    let value = first.body[colon + 1..].trim();
    if value.ends_with(':') && value.len() > 1 {
        // `ca: egories:` above a list: a colon in the middle of the key.
        let at = first.span.start + first.indent.len() + colon;
        let proof = vec![TextEdit::delete(Span::new(at, at + 2))];
        found.push(Candidate::unmended(ProblemKind::ColonInValue, Span::new(at, at + 1), proof));
    }
    if !value.is_empty() && value.chars().count() <= 2 && !value.contains(char::is_alphanumeric) {
        let start = first.span.start + first.indent.len() + colon + 1;
        let span = first_line(text, Span::new(start, first.span.end));
        found.push(Candidate::new(ProblemKind::ReservedStart, span, vec![TextEdit::delete(span)]));
    }
}

/// Items below a value that is no list: what they belong to only the author knows.
fn stray_items(draft: &Draft<'_>, found: &mut Vec<Candidate>) {
    let text = draft.text.as_str();
    let lines = written(text);
    let items: Vec<&Line<'_>> = lines.iter().filter(|line| line.is_item()).collect();
    let nests =
        lines.first().is_some_and(|line| line.body.trim_end().ends_with(':') || !is_key_like(line.body));
    if items.is_empty() || nests || items.len() == lines.len() && lines.len() > 1 {
        return;
    }
    let proof = items.iter().map(|line| TextEdit::delete(line.span)).collect();
    let problem = |line: &&Line<'_>| Problem {
        kind: ProblemKind::StrayListItem,
        span: line.body_span(text),
        related: None,
        mend: Vec::new(),
        breaks: true,
    };
    found.push(Candidate { problems: items.iter().map(problem).collect(), proof });
}
