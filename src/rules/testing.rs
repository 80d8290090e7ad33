//! The fixture harness of all rules.

use std::fmt::Write;

use expect_test::Expect;
use unicode_width::UnicodeWidthStr;

use super::Diagnostic;
use crate::text::edit::apply;
use crate::text::{LineIndex, Span};

/// Files of a small site, of which the first is checked.
pub(super) use super::example::Example as Fixture;

/// The codes of findings.
pub(super) fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|diagnostic| diagnostic.code).collect()
}

/// Each finding of all rules in the first file of `fixture`: its source line with the span marked (a full-width
/// character is two cells), what is said of it, and the lines that the fix changes as they are after it.
#[track_caller]
pub(super) fn check(fixture: &str, expected: Expect) {
    let fixture = Fixture::new(fixture);
    super::spellings::hold(&fixture);
    let mut shown = String::new();
    for found in fixture.check() {
        mark(&mut shown, fixture.text(), found.span);
        writeln!(shown, "{} {}: {}", found.severity.name(), found.code, found.message).unwrap();
        for related in &found.related {
            writeln!(shown, "see: {}", related.message).unwrap();
            match &related.path {
                Some(path) => writeln!(shown, "  {path}").unwrap(),
                None => mark(&mut shown, fixture.text(), related.span),
            }
        }
        if let Some(fix) = &found.fix {
            writeln!(shown, "fix: {}", fix.title).unwrap();
            for line in changed(fixture.text(), &apply(fixture.text(), &fix.edits)) {
                writeln!(shown, "  {}", visible(line)).unwrap();
            }
        }
    }
    let shown: String = shown.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    expected.assert_eq(&shown);
}

/// Control characters, and those of no width, as escapes.
fn visible(piece: &str) -> String {
    let hidden = |c: char| c.is_control() || matches!(c, '\u{200b}' | '\u{feff}');
    piece.chars().map(|c| if hidden(c) { c.escape_debug().to_string() } else { c.to_string() }).collect()
}

fn mark(shown: &mut String, text: &str, span: Span) {
    let lines = LineIndex::new(text);
    let line = lines.line_span(lines.line_of(span.start));
    let source = line.of(text).trim_end_matches(['\n', '\r']);
    let end = span.end.min(line.start + source.len()).max(span.start);
    let before = visible(Span::new(line.start, span.start).of(text));
    let marked = visible(Span::new(span.start, end).of(text));
    let more = if span.end > line.end { "…" } else { "" };
    writeln!(shown, "  {}", visible(source)).unwrap();
    let marks = "^".repeat(marked.width().max(1));
    writeln!(shown, "  {}{marks}{more}", " ".repeat(before.width())).unwrap();
}

/// The lines of `new` between the first and the last that differ from `old`.
fn changed<'n>(old: &str, new: &'n str) -> Vec<&'n str> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - same;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    new[same..new.len() - tail].to_vec()
}
