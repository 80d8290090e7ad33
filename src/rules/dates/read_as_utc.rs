//! `read-as-utc`: a time with seconds and no offset, which YAML takes for UTC, on a site with another zone.

use super::written::{offset_at, offset_text, url_part, zone_name};
use crate::post::front_matter::Value;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "read-as-utc",
    severity: Severity::Warning,
    summary: "A time with seconds and no offset is read as UTC, not in the site's zone.",
    example: "//- /_posts/2024-01-15-post.md\n---\ntitle: Hello\ndate: 2024-01-15 20:00:00\n---\nText\n\
              //- /_config.yml\ntimezone: Asia/Tokyo\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(zone) = &input.site.config().zone else { return };
    let Some(written) = input.written().filter(|it| it.zone.is_none() && it.has_time()) else { return };
    let (Some(wall), true) = (written.wall(), matches!(written.node.value, Value::Time(_))) else { return };
    let Some(offset) = offset_at(zone, wall).filter(|offset| *offset != 0) else { return };
    let (day, read) = (wall.date(), written.local.date());
    // The file bears the day that Jekyll reads: its author knows of UTC.
    if day != read && input.name_day() == Some(read) {
        return;
    }
    let here = zone_name(zone);
    let shifted = if day == read {
        format!("{} in {here}.", written.local.strftime("%H:%M"))
    } else {
        let url = url_part(input, read).map_or_else(|| ".".to_owned(), |url| format!(": {url}"));
        format!("{} in {here}{url}", written.local.strftime("%Y-%m-%d %H:%M"))
    };
    let offset = offset_text(offset);
    found.push(Diagnostic {
        span: written.node.span,
        severity: if day == read { Severity::Information } else { RULE.severity },
        code: RULE.code,
        message: format!(
            "Without an offset Jekyll reads this time as UTC, which is {shifted} Write `{offset}` after it if it is \
             the time in {here}."
        ),
        related: Vec::new(),
        fix: Some(Fix::choice(
            format!("Add `{offset}`"),
            vec![TextEdit::insert(written.content.end, format!(" {offset}"))],
        )),
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    fn tokyo(name: &str, date: &str) -> String {
        format!(
            "//- /_posts/{name}-a.md\n---\ntitle: 題名\ndate: {date}\n---\n本文\n//- /_config.yml\ntimezone: Asia/Tokyo\n"
        )
    }

    #[test]
    fn the_next_day_is_a_warning_and_the_same_day_a_remark() {
        check(
            &tokyo("2024-03-05", "2024-03-05 20:00:00 # 夜"),
            expect![[r#"
                  date: 2024-03-05 20:00:00 # 夜
                        ^^^^^^^^^^^^^^^^^^^
                warning read-as-utc: Without an offset Jekyll reads this time as UTC, which is 2024-03-06 05:00 in Asia/Tokyo: the URL is /2024/03/06/… Write `+0900` after it if it is the time in Asia/Tokyo.
                fix: Add `+0900`
                  date: 2024-03-05 20:00:00 +0900 # 夜
            "#]],
        );
        check(
            &tokyo("2024-03-05", "2024-03-05 08:00:00"),
            expect![[r#"
              date: 2024-03-05 08:00:00
                    ^^^^^^^^^^^^^^^^^^^
            information read-as-utc: Without an offset Jekyll reads this time as UTC, which is 17:00 in Asia/Tokyo. Write `+0900` after it if it is the time in Asia/Tokyo.
            fix: Add `+0900`
              date: 2024-03-05 08:00:00 +0900
        "#]],
        );
    }

    #[test]
    fn a_time_without_seconds_or_in_a_file_of_that_day_is_silent() {
        check(&tokyo("2024-03-05", "2024-03-05 20:00"), expect![""]);
        check(&tokyo("2024-03-05", "'2024-03-05 20:00:00'"), expect![""]);
        check(&tokyo("2024-03-06", "2024-03-05 20:00:00"), expect![""]);
    }
}
