//! `ignored-zone`: a zone that Ruby does not know (`JST`, `Asia/Tokyo`, `+2500`) and therefore drops.

use super::written::{offset_text, zone_name};
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "ignored-zone",
    severity: Severity::Warning,
    summary: "Jekyll does not know the zone of the date and drops it.",
    example: "---\ntitle: Hello\ndate: 2024-01-15 18:00:00 JST\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(written) = input.written() else { return };
    let (Some(zone), Some(effective)) = (written.zone, written.effective_offset()) else { return };
    if written.zone_counts() {
        return;
    }
    let site = input.site.config().site_clock(input.clock).zone;
    let read = match effective {
        0 => "as UTC".to_owned(),
        _ if i64::from(site.to_offset(written.instant).seconds()) == effective => {
            format!("in {}", zone_name(&site))
        }
        _ => format!("as {} in {}", written.local.strftime("%Y-%m-%d %H:%M"), zone_name(&site)),
    };
    let how = match zone.offset {
        Some(offset) => format!("Write `{}`.", offset_text(offset)),
        None => "Write an offset such as `+0900`.".to_owned(),
    };
    found.push(Diagnostic {
        span: zone.span,
        severity: RULE.severity,
        code: RULE.code,
        message: format!("Jekyll does not know `{}` as a zone and reads the time {read}. {how}", zone.name),
        related: Vec::new(),
        fix: zone.offset.map(|offset| {
            let offset = offset_text(offset);
            Fix::new(format!("Write `{offset}`"), vec![TextEdit::replace(zone.span, offset)])
        }),
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn a_region() {
        check(
            "---\ntitle: 題名\ndate: '2024-01-15 18:00:00 Asia/Tokyo'\n---\n本文\n",
            expect![[r#"
              date: '2024-01-15 18:00:00 Asia/Tokyo'
                                         ^^^^^^^^^^
            warning ignored-zone: Jekyll does not know `Asia/Tokyo` as a zone and reads the time as UTC. Write `+0900`.
            fix: Write `+0900`
              date: '2024-01-15 18:00:00 +0900'
        "#]],
        );
    }

    #[test]
    fn no_place_is_a_day_away() {
        let post = "---\ntitle: a\ndate: 2024-01-15 18:00:00 +2500\n---\n";
        assert!(codes(&Fixture::new(post).check()).contains(&super::RULE.code));
    }

    #[test]
    fn an_offset_and_what_it_is_from_are_one_zone() {
        let found =
            Fixture::new("---\ntitle: 題名\ndate: 2024-01-15 18:00:00 +9:00 GMT\n---\n本文\n").check();
        assert_eq!(codes(&found), [super::RULE.code]);
    }

    #[test]
    fn zones_that_ruby_knows_and_the_sites_own_are_silent() {
        for (zone, config, finds) in [
            ("+0900", "", false),
            ("+09:00", "", false),
            ("+9", "", false),
            ("Z", "", false),
            ("EST", "", false),
            ("JST", "timezone: Asia/Tokyo\n", false),
            ("JST", "", true),
            ("GMT+9", "", true),
            ("+2500", "", true),
            ("CST", "timezone: Asia/Shanghai\n", true),
            ("XYZ", "", true),
        ] {
            let post = format!(
                "//- /_posts/2024-01-15-a.md\n---\ntitle: a\ndate: 2024-01-15 18:00:00 {zone}\n---\n//- /_config.yml\n{config}title: a\n"
            );
            let found = codes(&Fixture::new(&post).check()).contains(&super::RULE.code);
            assert_eq!(found, finds, "{zone} {config}");
        }
    }
}
