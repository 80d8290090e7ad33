//! `rolled-over-date`: a day or an hour that does not exist, which Ruby counts on into the next one.

use crate::jekyll::date::fields::Fields;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "rolled-over-date",
    severity: Severity::Warning,
    summary: "The date does not exist, and Jekyll reads a later or earlier one.",
    example: "---\ntitle: Hello\ndate: 2024-02-30\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(written) = input.written() else { return };
    let Fields { year: Some(_), month: Some(month), day: Some(day), hour, minute, .. } = written.fields
    else {
        return;
    };
    // 24:00 is the end of the day, and that is how Jekyll reads it.
    if written.wall().is_some() || (written.day().is_some() && hour == Some(24) && minute == Some(0)) {
        return;
    }
    let what = match written.day() {
        Some(_) => format!("The time in {} does not exist", quoted(written.text)),
        None if !(1..=12).contains(&month) => format!("There is no month {month}"),
        None => format!("Month {month} has no day {day}"),
    };
    let format = if written.has_time() { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
    found.push(Diagnostic {
        span: written.node.span,
        severity: RULE.severity,
        code: RULE.code,
        message: format!("{what}: Jekyll reads {} instead.", written.local.strftime(format)),
        related: Vec::new(),
        fix: None,
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn days_and_hours_that_do_not_exist() {
        check(
            "---\ntitle: 題名\ndate: 2023-02-29 # うるう年\n---\n本文\n",
            expect![[r#"
              date: 2023-02-29 # うるう年
                    ^^^^^^^^^^
            warning rolled-over-date: Month 2 has no day 29: Jekyll reads 2023-03-01 instead.
        "#]],
        );
        check(
            "---\ntitle: 題名\ndate: 2024-03-05 25:00:00 +0900\n---\n本文\n",
            expect![[r#"
                  date: 2024-03-05 25:00:00 +0900
                        ^^^^^^^^^^^^^^^^^^^^^^^^^
                warning rolled-over-date: The time in `2024-03-05 25:00:00 +0900` does not exist: Jekyll reads 2024-03-05 16:00 instead.
            "#]],
        );
    }

    #[test]
    fn a_leap_day_is_fine() {
        check("//- /_posts/2024-02-29-a.md\n---\ntitle: a\ndate: 2024-02-29\n---\n", expect![""]);
    }
}
