//! `shifted-day`: an offset by which the post is of another day in the site's zone than the one it says.

use super::written::{url_part, zone_name};
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "shifted-day",
    severity: Severity::Warning,
    summary: "By its offset the post is of another day in the site's zone than the one it says.",
    example: "//- /_posts/2024-01-15-post.md\n---\ntitle: Hello\ndate: 2024-01-15 20:00:00 +0000\n---\nText\n\
              //- /_config.yml\ntimezone: Asia/Tokyo\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(written) = input.written().filter(|written| written.zone_counts()) else { return };
    let (Some(zone), Some(day)) = (written.zone, written.day()) else { return };
    let (read, name) = (written.local.date(), input.name_day());
    // Where the file bears the day that Jekyll reads, all is as it was meant.
    if day == read || name == Some(read) {
        return;
    }
    let config = input.site.config();
    let url = url_part(input, read);
    let own_zone = config.zone.is_some();
    // The zone of the machine is no choice of the author's, and a file of a third day says nothing.
    if !own_zone && (name != Some(day) || url.is_none()) {
        return;
    }
    let site = config.site_clock(input.clock).zone;
    let consequence = url.unwrap_or_else(|| format!("Jekyll shows {read}."));
    let how = match own_zone {
        true => String::new(),
        false => " Set `timezone` in the configuration to have one day on every machine.".to_owned(),
    };
    found.push(Diagnostic {
        span: written.node.span,
        severity: if own_zone && consequence.starts_with("the URL") {
            RULE.severity
        } else {
            Severity::Information
        },
        code: RULE.code,
        message: format!("`{}` makes this {read} in {}: {consequence}{how}", zone.name, zone_name(&site)),
        related: Vec::new(),
        fix: None,
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    fn post(name: &str, date: &str, config: &str) -> String {
        format!(
            "//- /_posts/{name}-a.md\n---\ntitle: 題名\ndate: {date}\n---\n本文\n//- /_config.yml\n{config}title: a\n"
        )
    }

    const TOKYO: &str = "timezone: Asia/Tokyo\n";

    #[test]
    fn the_url_bears_another_day() {
        check(
            &post("2026-01-31", "2026-01-31 16:48:29 +0000", &format!("{TOKYO}future: true\n")),
            expect![[r#"
                  date: 2026-01-31 16:48:29 +0000
                        ^^^^^^^^^^^^^^^^^^^^^^^^^
                warning shifted-day: `+0000` makes this 2026-02-01 in Asia/Tokyo: the URL is /2026/02/01/…
            "#]],
        );
    }

    #[test]
    fn without_a_zone_of_the_site_it_is_a_remark() {
        check(
            &post("2024-03-05", "2024-03-05 08:00 +0900", ""),
            expect![[r#"
                  date: 2024-03-05 08:00 +0900
                        ^^^^^^^^^^^^^^^^^^^^^^
                information shifted-day: `+0900` makes this 2024-03-04 in UTC: the URL is /2024/03/04/… Set `timezone` in the configuration to have one day on every machine.
            "#]],
        );
    }

    #[test]
    fn a_file_of_that_day_and_the_same_day_are_silent() {
        check(&post("2024-03-06", "2024-03-05 16:48:29 +0000", TOKYO), expect![""]);
        check(&post("2024-03-05", "2024-03-05 08:00:00 +0000", TOKYO), expect![""]);
        check(&post("2024-03-05", "2024-03-05 08:00:00 +0900", TOKYO), expect![""]);
    }
}
