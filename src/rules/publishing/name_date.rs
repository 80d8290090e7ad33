//! `name-date`: the date in a file's name does not exist. Jekyll reads it where the front matter has none.

use jiff::civil::Date;

use crate::jekyll::Reason;
use crate::jekyll::data::Origin;
use crate::post::name::PostName;
use crate::rules::spots::{head, is_document, said};
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "name-date",
    severity: Severity::Error,
    summary: "The date in the file's name does not exist.",
    example: "//- /_posts/2024-13-01-post.md\n---\ntitle: Hello\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let reading = said(input);
    let from_name = reading.data.entry("date").is_some_and(|entry| entry.origin == Origin::Path);
    // Most posts have a date of their own.
    if !from_name && !matches!(reading.reason, Some(Reason::NameDate(_))) {
        return;
    }
    let Some(name) = PostName::parse(input.path).filter(|_| is_document(input)) else { return };
    let (severity, consequence) = match &reading.reason {
        Some(Reason::NameDate(_)) => (Severity::Error, "Jekyll stops the whole build at it".to_owned()),
        _ => {
            let ancient = name.year.len() == 3;
            let Some(date) = reading.date.filter(|_| from_name && (ancient || day(&name).is_none())) else {
                return;
            };
            let zone = input.site.config().site_clock(input.clock).zone;
            (Severity::Warning, format!("Jekyll takes {} instead", zone.to_datetime(date).date()))
        }
    };
    let what = match (number(name.month), number(name.day)) {
        _ if day(&name).is_some() => "The year has three digits".to_owned(),
        (month, _) if !(1..=12).contains(&month) => format!("There is no month {month}"),
        (_, day) if !(1..=31).contains(&day) => format!("There is no day {day}"),
        (month, day) => format!("Month {month} has no day {day}"),
    };
    found.push(Diagnostic {
        span: head(input),
        severity,
        code: RULE.code,
        message: format!(
            "{what} in the file's name `{}`: {consequence}. Rename the file, or write a `date`.",
            name.date
        ),
        related: Vec::new(),
        fix: None,
    });
}

/// The day that a file's name says; none where it does not exist.
pub fn day(name: &PostName<'_>) -> Option<Date> {
    let year = match (name.year.len(), number(name.year)) {
        (2, year) if year >= 69 => 1900 + year,
        (2, year) => 2000 + year,
        (_, year) => year,
    };
    let part = |part: &str| i8::try_from(number(part)).ok();
    Date::new(year, part(name.month)?, part(name.day)?).ok()
}

fn number(digits: &str) -> i16 {
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn a_day_that_its_month_has_not_rolls_over() {
        check(
            "//- /_posts/2024-02-30-うるう.md\n---\ntitle: 題名\n---\n本文\n",
            expect![[r#"
                ---
                ^^^
              warning name-date: Month 2 has no day 30 in the file's name `2024-02-30`: Jekyll takes 2024-03-01 instead. Rename the file, or write a `date`.
            "#]],
        );
    }

    #[test]
    fn a_year_of_three_digits() {
        check(
            "//- /_posts/124-01-05-a.md\n---\ntitle: 題名\n---\n本文\n",
            expect![[r#"
              ---
              ^^^
            warning name-date: The year has three digits in the file's name `124-01-05`: Jekyll takes 0124-01-05 instead. Rename the file, or write a `date`.
        "#]],
        );
    }

    #[test]
    fn no_month_and_no_day_stop_the_build() {
        check(
            "//- /_posts/2024-01-32-a.md\n本文\n",
            expect![[r#"
              本文
              ^^^^
            error name-date: There is no day 32 in the file's name `2024-01-32`: Jekyll stops the whole build at it. Rename the file, or write a `date`.
              本文
              ^^^^
            warning no-front-matter: This post has no front matter. Jekyll takes its title and date from the file's name and prints all of the file.
        "#]],
        );
    }

    #[test]
    fn a_date_in_the_front_matter_wins() {
        check("//- /_posts/2024-02-30-a.md\n---\ntitle: a\ndate: 2024-03-01\n---\n", expect![""]);
        check("//- /_posts/24-2-29-a.md\n---\ntitle: a\n---\n", expect![""]);
    }
}
