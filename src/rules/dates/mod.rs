//! The `date` and what Jekyll makes of it. Source: Jekyll `utils.rb` parse_date; Ruby's `Time.parse`.

pub mod day_first;
pub mod ignored_text;
pub mod ignored_zone;
pub mod incomplete;
pub mod invalid;
mod japanese;
pub mod name_day;
pub mod read_as_utc;
pub mod rolled_over;
pub mod shifted_day;
pub(super) mod written;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::rules::Severity;
    use crate::rules::testing::{Fixture, codes};

    /// A date, a config and the rule that mends it.
    const MENDED: &[(&str, &str, &str)] = &[
        ("2024年1月15日", "", "invalid-date"),
        ("令和6年1月15日（月）午後3時半", "", "incomplete-date"),
        ("２０２４－０１－１５", "", "invalid-date"),
        ("01/15/2024", "", "invalid-date"),
        ("平成36年1月15日", "", "invalid-date"),
        ("2024-01-15 午前9時", "", "ignored-date-text"),
        ("2024-01-15 18:00 JST", "", "ignored-zone"),
        ("2024-01-15 18:00:00 Asia/Tokyo", "", "ignored-zone"),
        ("2024-01-15 18:00 JST", "timezone: Europe/Berlin\n", "ignored-zone"),
        ("2024-01-15 18:00:00", "timezone: Asia/Tokyo\n", "read-as-utc"),
    ];

    #[test]
    fn a_fix_mends_every_spelling() {
        for (date, config, code) in MENDED {
            for (open, close) in [("", ""), ("'", "'"), ("\"", "\""), ("", " # 公開日"), ("  ", "\t")] {
                for end in ["\n", "\r\n"] {
                    // A quoted time is no YAML timestamp and is read in the site's zone.
                    if *code == "read-as-utc" && open.starts_with(['\'', '"']) {
                        continue;
                    }
                    let post =
                        format!("---\ntitle: 題名\ndate: {open}{date}{close}\ntags: [春]\n---\n本文\n")
                            .replace('\n', end);
                    let fixture = Fixture::new(&format!(
                        "//- /_posts/2024-01-15-a.md\n{post}\n//- /_config.yml\n{config}title: a\n"
                    ));
                    let found = fixture.check();
                    let found = found.iter().find(|found| found.code == *code);
                    let fix = found.and_then(|found| found.fix.as_ref());
                    let fix = fix.unwrap_or_else(|| panic!("no fix of {code} for {post}"));
                    let mended = fixture.mended(fix);
                    let mut left = mended.check();
                    left.retain(|left| left.severity >= Severity::Warning);
                    assert_eq!(codes(&left), [""; 0], "{post} became {}", mended.text());
                    assert!(mended.text().contains(close.trim_end()), "{post} became {}", mended.text());
                }
            }
        }
    }

    fn piece() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(vec![
            "2024",
            "-",
            "03",
            "/",
            "05",
            " ",
            "T",
            "08:00",
            ":30",
            "+0900",
            "+25",
            "JST",
            "Asia/Tokyo",
            "年",
            "月",
            "日",
            "令和",
            "午後",
            "3時",
            "(",
            ")",
            "（火）",
            "31",
            ".",
            "GMT+9",
            "é",
            "\u{3000}",
            "99999999999999999999",
            "Mar",
            "#",
            "'",
        ])
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_without_a_panic(
            pieces in prop::collection::vec(piece(), 0..8),
            zone in proptest::sample::select(vec!["", "timezone: Asia/Tokyo\n", "timezone: America/New_York\n"]),
        ) {
            let date = pieces.concat();
            let post = format!("---\ntitle: a\ndate: {date}\n---\n");
            let fixture = Fixture::new(&format!("//- /_posts/2024-03-05-a.md\n{post}//- /_config.yml\n{zone}title: a\n"));
            for found in fixture.check() {
                prop_assert!(fixture.text().get(found.span.start..found.span.end).is_some(), "{found:?}");
                for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
                    prop_assert!(fixture.text().get(edit.span.start..edit.span.end).is_some(), "{found:?}");
                }
            }
        }
    }
}
