//! `ignored-date-text`: words beside the date, which Ruby passes over.

use super::japanese::gregorian;
use super::written::{Written, is_weekday, meant_offset, numeric_offset};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "ignored-date-text",
    severity: Severity::Warning,
    summary: "Words beside the date are ignored.",
    example: "---\ntitle: Hello\ndate: 2024-01-15 in the evening\n---\nText\n",
    check,
};

/// Words that say nothing: the T of `2024-03-05T08:00` among them.
const EMPTY_WORDS: &[&str] = &["t", "at", "on", "of", "the", "um", "de"];

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(written) = input.written() else { return };
    if written.day().is_none() {
        return;
    }
    let words: Vec<&str> = written.fields.ignored.split(' ').filter(|word| counts(word, written)).collect();
    let Some(first) = words.first() else { return };
    let mend = gregorian(written.text);
    let how = mend.as_ref().map_or_else(String::new, |mend| format!(" Write `{mend}`."));
    let format = if written.has_time() { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
    let span = written.find(first).unwrap_or(written.node.span);
    // A note in brackets, `(optional)`, was hardly meant to be read.
    let note = written.text.get(..span.start.saturating_sub(written.content.start));
    let is_note = note.is_some_and(|before| before.ends_with(['(', '（'])) && mend.is_none();
    // An offset without a time says what day it is in a zone, and that day is read.
    let is_offset = !written.has_time() && words.iter().all(|word| numeric_offset(word).is_some());
    found.push(Diagnostic {
        span,
        severity: if is_note || is_offset { Severity::Information } else { RULE.severity },
        code: RULE.code,
        message: format!(
            "Jekyll ignores {} in this date and reads {}.{how}",
            quoted(&words.join(" ")),
            written.local.strftime(format)
        ),
        related: Vec::new(),
        fix: mend.map(|mend| written.rewrite(&mend)),
    });
}

fn counts(word: &str, written: &Written<'_>) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    // `+0900 (JST)` says the same twice.
    let same_zone = written.zone.is_some_and(|zone| {
        // `+9:00 GMT` is told as the zone that it is.
        let is_from_utc = zone.name.starts_with(['+', '-']) && ["GMT", "UTC"].contains(&bare);
        is_from_utc
            || zone.name.contains(bare)
            || (zone.offset.is_some() && meant_offset(bare, written.wall()) == zone.offset)
    });
    !bare.is_empty() && !same_zone && !is_weekday(bare) && !EMPTY_WORDS.contains(&&*bare.to_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn an_hour_in_japanese() {
        check(
            "---\ntitle: 題名\ndate: 2024-01-15 午後3時\n---\n本文\n",
            expect![[r#"
              date: 2024-01-15 午後3時
                               ^^^^^^^
            warning ignored-date-text: Jekyll ignores `午後3時` in this date and reads 2024-01-15. Write `2024-01-15 15:00`.
            fix: Write `2024-01-15 15:00`
              date: 2024-01-15 15:00
        "#]],
        );
    }

    #[test]
    fn a_note_in_brackets_is_a_remark() {
        check(
            "---\ntitle: 題名\ndate: 2024-01-15 (予定)\n---\n本文\n",
            expect![[r#"
              date: 2024-01-15 (予定)
                                ^^^^
            information ignored-date-text: Jekyll ignores `予定` in this date and reads 2024-01-15.
        "#]],
        );
    }

    #[test]
    fn an_offset_without_a_time_harms_nothing() {
        check(
            "---\ntitle: 題名\ndate: 2024-01-15 +0900\n---\n本文\n",
            expect![[r#"
              date: 2024-01-15 +0900
                               ^^^^^
            information ignored-date-text: Jekyll ignores `+0900` in this date and reads 2024-01-15. Write `2024-01-15`.
            fix: Write `2024-01-15`
              date: 2024-01-15
        "#]],
        );
    }

    #[test]
    fn weekdays_and_a_zone_said_twice_are_fine() {
        for date in ["2024-01-15 (月)", "Mon, 15 Jan 2024 09:00:00 +0900 (JST)", "2024-01-15T08:00"] {
            check(&format!("---\ntitle: a\ndate: {date}\n---\n"), expect![""]);
        }
    }
}
