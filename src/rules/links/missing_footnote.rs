//! `missing-footnote`: the mark of a footnote leads to no note, so that it stays as text. Source: kramdown
//! `parser/kramdown/footnote.rb`.
//!
//! A mark that is no number is told only where the page has notes: `[^a-z]` is also how one writes of other things.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::{is_rendered, keep};
use crate::jekyll::footnotes::{Footnotes, is_note_name};
use crate::rules::loaded::finding;
use crate::rules::nearest::{Searches, did_you_mean, nearest};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-footnote",
    severity: Severity::Warning,
    summary: "The mark of a footnote leads to no note, so that it stays in the page as text.",
    example: "---\nlayout: post\n---\n半導体が足りない[^1]。\n[^1]: 2026年1月の調べ。\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(notes) = own(input) else { return };
    if notes.marks.is_empty() {
        return;
    }
    let text = &*input.post.text;
    let known: HashSet<&str> = notes.notes.iter().map(|note| note.name.of(text)).collect();
    let begun: HashSet<&str> =
        notes.marks.iter().filter(|mark| begins_line(text, **mark)).map(|mark| mark.of(text)).collect();
    let (mut told, searches, free) = (HashSet::new(), Searches::default(), OnceCell::new());
    let missing = notes.marks.iter().filter(|mark| {
        let name = mark.of(text);
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
        // A line `[^1]: …` is told once, where it stands.
        let is_here = !begun.contains(name) || begins_line(text, **mark);
        let is_meant = is_number || !known.is_empty() && is_note_name(name) || begun.contains(name);
        !known.contains(name) && is_meant && is_here
    });
    let told = missing.filter(|mark| told.insert(mark.of(text)));
    let free = || *free.get_or_init(|| self::free(notes, text));
    keep(found, told.map(|mark| missing_note(notes, &searches, free, text, *mark)));
}

/// The footnotes of a page that kramdown makes, where all that it can have are known.
pub(super) fn own<'a>(input: &Input<'a>) -> Option<&'a Footnotes> {
    let notes = input.footnotes();
    (is_rendered(input) && !notes.open).then_some(notes)
}

/// What is behind a mark that looks like the beginning of a note: its colon, in either width.
fn colon(text: &str, mark: Span) -> Option<char> {
    text[mark.end + 1..].chars().next().filter(|c| matches!(c, ':' | '：'))
}

/// Whether a mark looks like the beginning of a note: it stands first in its line, before a colon.
fn begins_line(text: &str, mark: Span) -> bool {
    let before = &text[..mark.start - 2];
    let inset = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    inset.len() <= 3 && inset.bytes().all(|byte| byte == b' ') && colon(text, mark).is_some()
}

fn missing_note(
    notes: &Footnotes,
    searches: &Searches,
    free: impl Fn() -> usize,
    text: &str,
    mark: Span,
) -> Diagnostic {
    let name = mark.of(text);
    let whole = Span::new(mark.start - 2, mark.end + 1);
    if !begins_line(text, mark) {
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
        let like = || nearest(name, searches.first(&notes.notes).into_iter().map(|note| note.name.of(text)));
        let near = if is_number { None } else { like() };
        let message = format!(
            "There is no note {}: the mark stays in the page as text.{}",
            quoted(&format!("[^{name}]:")),
            did_you_mean(near)
        );
        let fix =
            near.map(|near| Fix::choice(format!("Write `[^{near}]`"), vec![TextEdit::replace(mark, near)]));
        return Diagnostic { fix, ..finding(&RULE, whole, message) };
    }
    let (why, fix) = if !is_note_name(name) {
        let number = free().to_string();
        let same = notes.marks.iter().filter(|other| other.of(text) == name);
        let edits = same.map(|mark| TextEdit::replace(*mark, &*number)).collect();
        let why = "kramdown takes only ASCII letters, digits, `_`, `-` and `:` in the name of a footnote. It is left out of the page, and its marks stay as text.";
        (why, Fix::choice(format!("Call it `[^{number}]`"), edits))
    } else if colon(text, mark) == Some('：') {
        let colon = Span::new(mark.end + 1, mark.end + 1 + '：'.len_utf8());
        let behind = text[colon.end..].chars().next();
        let written = if behind.is_none_or(char::is_whitespace) { ":" } else { ": " };
        let edits = vec![TextEdit::replace(colon, written)];
        let why = "the colon of a footnote is the ASCII one. It stays in the page as text.";
        (why, Fix::choice("Write an ASCII colon", edits))
    } else {
        let line = text[..whole.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let edits = vec![TextEdit::insert(line, line_break)];
        let why = "it goes on with the text above it, unless a blank line stands between them. It stays in the page as text.";
        (why, Fix::choice("Put a blank line before it", edits))
    };
    let message = format!("This is no note of {}: {why}", quoted(&format!("[^{name}]")));
    Diagnostic { fix: Some(fix), ..finding(&RULE, whole, message) }
}

/// The least number that is no name yet.
fn free(notes: &Footnotes, text: &str) -> usize {
    let names: HashSet<&str> = notes
        .notes
        .iter()
        .map(|note| note.name)
        .chain(notes.marks.iter().copied())
        .map(|name| name.of(text))
        .collect();
    (1..).find(|number| !names.contains(number.to_string().as_str())).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use crate::rules::example::Example;
    use crate::rules::testing::codes;
    use expect_test::{Expect, expect};

    fn check(body: &str, expected: Expect) {
        crate::rules::testing::check(&format!("---\nlayout: post\n---\n{body}"), expected);
    }

    fn silent(body: &str) {
        let found = Example::new(&format!("---\nlayout: post\n---\n{body}")).check();
        assert!(!codes(&found).contains(&"missing-footnote"), "{body}: {found:?}");
    }

    #[test]
    fn marks_without_a_note() {
        check(
            "京都😀[^1]と[^2]。\n\n[^1]: 注\n",
            expect![[r#"
                  京都😀[^1]と[^2]。
                              ^^^^
                warning missing-footnote: There is no note `[^2]:`: the mark stays in the page as text.
            "#]],
        );
        check(
            "京都[^note1]\n\n[^note-1]: 注\n",
            expect![[r#"
              京都[^note1]
                  ^^^^^^^^
            warning missing-footnote: There is no note `[^note1]:`: the mark stays in the page as text. Did you mean `note-1`?
            fix: Write `[^note-1]`
              京都[^note-1]
              [^note-1]: 注
              ^^^^^^^^^^
            warning unused-footnote: No `[^note-1]` leads to this note: kramdown leaves it out of the page.
        "#]],
        );
        silent("正規表現の[^a-z]と[^0-9]\n");
        silent("`[^1]` \\[^1]\n");
        silent("[^1] {% include notes.md %}\n");
    }

    #[test]
    fn notes_that_are_none() {
        check(
            "京都[^1]。\n[^1]: 注\n",
            expect![[r#"
                  [^1]: 注
                  ^^^^
                warning missing-footnote: This is no note of `[^1]`: it goes on with the text above it, unless a blank line stands between them. It stays in the page as text.
                fix: Put a blank line before it

            "#]],
        );
        check(
            "京都[^1]と[^2]。\n\n[^1]: a\n    続き\n[^2]: b\n",
            expect![[r#"
                  [^2]: b
                  ^^^^
                warning missing-footnote: This is no note of `[^2]`: it goes on with the text above it, unless a blank line stands between them. It stays in the page as text.
                fix: Put a blank line before it

            "#]],
        );
        check(
            "京都[^1]。\n\n[^1]：注\n",
            expect![[r#"
              [^1]：注
              ^^^^
            warning missing-footnote: This is no note of `[^1]`: the colon of a footnote is the ASCII one. It stays in the page as text.
            fix: Write an ASCII colon
              [^1]: 注
        "#]],
        );
        check(
            "京都[^注]と[^1]。\n\n[^1]: a\n\n[^注]: 注\n",
            expect![[r#"
                  [^注]: 注
                  ^^^^^
                warning missing-footnote: This is no note of `[^注]`: kramdown takes only ASCII letters, digits, `_`, `-` and `:` in the name of a footnote. It is left out of the page, and its marks stay as text.
                fix: Call it `[^2]`
                  京都[^2]と[^1]。

                  [^1]: a

                  [^2]: 注
            "#]],
        );
    }
}
