//! `future-date`: a post that Jekyll leaves out until its time has come, and what the zone has to do with it.

use jiff::tz::TimeZone;

use crate::jekyll::Status;
use crate::jekyll::date::is_last;
use crate::rules::dates::written::zone_name;
use crate::rules::spots::{head, is_document, own};
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FileKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "future-date",
    severity: Severity::Warning,
    summary: "The post's date is in the future: Jekyll leaves it out until then.",
    example: "//- /_posts/2030-01-15-post.md\n---\ntitle: Hello\ndate: 2030-01-15\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let reading = input.reading;
    let Some(date) = reading.date.filter(|_| reading.status == Status::Future) else { return };
    // A page has no date that Jekyll goes by, and a draft is not held back by it.
    if *input.kind == FileKind::Draft || !is_document(input) {
        return;
    }
    let zone = input.site.config().site_clock(input.clock).zone;
    let until = match is_last(date) {
        true => String::new(),
        false => {
            format!(" until {} ({})", zone.to_datetime(date).strftime("%Y-%m-%d %H:%M"), zone_name(&zone))
        }
    };
    let own = own(input, "date");
    // Half a date is made whole with today's: that is another rule's.
    if own.is_some() && input.written().is_some_and(|written| written.day().is_none()) {
        return;
    }
    let what = if own.is_some() { "This date" } else { "The day in the file's name" };
    let message =
        format!("{what} is in the future: Jekyll leaves the post out{until}.{}", zone_part(input, &zone));
    found.push(Diagnostic {
        span: own.map_or_else(|| head(input), |node| node.span),
        severity: RULE.severity,
        code: RULE.code,
        message,
        related: Vec::new(),
        fix: None,
    });
}

/// What the zone adds where the hour as it is written has passed already.
fn zone_part(input: &Input<'_>, zone: &TimeZone) -> String {
    let now = zone.to_datetime(input.clock.now);
    let Some(written) = input.written() else { return String::new() };
    let Some(wall) = written.wall().filter(|wall| *wall <= now) else { return String::new() };
    let hour = wall.strftime("%H:%M");
    match written.zone {
        None => format!(" Without an offset Jekyll reads {hour} as UTC: add the offset."),
        Some(_) => format!(" Only the zone makes it so: here {hour} has passed."),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn a_day_to_come() {
        check(
            "//- /_posts/2027-01-15-a.md\n---\ntitle: 題名\n---\n本文\n",
            expect![[r#"
                ---
                ^^^
              warning future-date: The day in the file's name is in the future: Jekyll leaves the post out until 2027-01-15 00:00 (UTC).
            "#]],
        );
    }

    #[test]
    fn a_day_after_all_that_are_known() {
        check(
            "//- /_posts/2024-01-15-a.md\n---\ntitle: 題名\ndate: 9999-12-31\n---\n本文\n",
            expect![[r#"
                  date: 9999-12-31
                        ^^^^^^^^^^
                warning future-date: This date is in the future: Jekyll leaves the post out.
            "#]],
        );
        check(
            "//- /_posts/2024-01-15-a.md\n---\ntitle: 題名\ndate: 12024-02-30\n---\n本文\n",
            expect![[r#"
                  date: 12024-02-30
                        ^^^^^^^^^^^
                warning future-date: This date is in the future: Jekyll leaves the post out.
            "#]],
        );
    }

    // The tests' now is 2026-01-01 00:00 UTC, which is 09:00 in Tokyo.
    #[test]
    fn only_the_zone_makes_it_one() {
        check(
            "//- /_posts/2026-01-01-a.md\n---\ntitle: 題名\ndate: 2026-01-01 08:00:00\n---\n//- /_config.yml\ntimezone: Asia/Tokyo\n",
            expect![[r#"
                  date: 2026-01-01 08:00:00
                        ^^^^^^^^^^^^^^^^^^^
                warning future-date: This date is in the future: Jekyll leaves the post out until 2026-01-01 17:00 (Asia/Tokyo). Without an offset Jekyll reads 08:00 as UTC: add the offset.
                  date: 2026-01-01 08:00:00
                        ^^^^^^^^^^^^^^^^^^^
                information read-as-utc: Without an offset Jekyll reads this time as UTC, which is 17:00 in Asia/Tokyo. Write `+0900` after it if it is the time in Asia/Tokyo.
                fix: Add `+0900`
                  date: 2026-01-01 08:00:00 +0900
            "#]],
        );
    }

    #[test]
    fn a_page_has_no_date_of_its_own() {
        check("//- /slides/a.md\n---\ntitle: a\ndate: 2027-01-15\n---\n", expect![""]);
    }

    #[test]
    fn a_site_that_publishes_the_future_is_silent() {
        check(
            "//- /_posts/2027-01-15-a.md\n---\ntitle: a\n---\n//- /_config.yml\nfuture: true\n",
            expect![""],
        );
    }
}
