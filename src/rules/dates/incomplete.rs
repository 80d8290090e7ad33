//! `incomplete-date`: a date without a year, a month or a day. Ruby takes what is missing from today.

use super::japanese::gregorian;
use crate::jekyll::date::fields::Fields;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "incomplete-date",
    severity: Severity::Warning,
    summary: "The date lacks its year, month or day, and Jekyll fills it in.",
    example: "---\ntitle: Hello\ndate: March 5\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(written) = input.written() else { return };
    let missing = match written.fields {
        Fields { year_day: Some(_), year: Some(_), .. } => return,
        Fields { year: None, .. } => "year",
        Fields { month: None, .. } => "month",
        Fields { day: None, .. } => "day",
        _ => return,
    };
    let mend = gregorian(written.text);
    let how =
        mend.as_ref().map_or_else(|| "Write the whole date.".to_owned(), |mend| format!("Write `{mend}`."));
    let read = written.local.date();
    let filled = match missing {
        "year" => format!("fills it in: built today, this post is of {read}"),
        _ => format!("takes {read}"),
    };
    found.push(Diagnostic {
        span: written.node.span,
        severity: RULE.severity,
        code: RULE.code,
        message: format!("Jekyll finds no {missing} in {} and {filled}. {how}", quoted(written.text)),
        related: Vec::new(),
        fix: mend.map(|mend| written.rewrite(&mend)),
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn an_era_of_which_only_a_number_is_read() {
        check(
            "---\ntitle: 題名\ndate: 平成31年4月30日\n---\n本文\n",
            expect![[r#"
                  date: 平成31年4月30日
                        ^^^^^^^^^^^^^^^
                warning incomplete-date: Jekyll finds no year in `平成31年4月30日` and fills it in: built today, this post is of 2026-01-31. Write `2019-04-30`.
                fix: Write `2019-04-30`
                  date: 2019-04-30
            "#]],
        );
    }

    #[test]
    fn a_time_alone() {
        check(
            "---\ntitle: 題名\ndate: '10:30'\n---\n本文\n",
            expect![[r#"
                  date: '10:30'
                        ^^^^^^^
                warning incomplete-date: Jekyll finds no year in `10:30` and fills it in: built today, this post is of 2026-01-01. Write the whole date.
            "#]],
        );
    }
}
