//! `reading-time`: `reading_time` is far from what the text takes, by the speed of the site's own posts or by the one
//! in `masthead.toml`.

use super::{finding, is_post};
use crate::post::front_matter::{Load, Value};
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::pace::{FAR, Usual, claim, counted};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "reading-time",
    severity: Severity::Information,
    summary: "The `reading_time` is far from the time that the text takes.",
    example: "//- /_posts/2024-01-15-a.md\n---\ntitle: Hello\nreading_time: 9\n---\nA text of a few words.\n\
              //- /masthead.toml\n[reading-speed]\nwords = 220\n",
    check,
};

/// Nobody minds less, in minutes.
const LEAST_DIFFERENCE: f64 = 3.0;

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let front_matter = &input.post.front_matter;
    if !is_post(input) || front_matter.load != Load::Mapping {
        return;
    }
    let Some((pair, said)) = claim(&front_matter.values) else { return };
    let own = input.site.settings().reading_speed;
    let usual = match own {
        Some(_) => Usual { ratio: 1.0, tolerance: FAR },
        None => match input.site.pace().usual() {
            Some(usual) => usual,
            None => return,
        },
    };
    let expected = counted(input.post.counts(), own.unwrap_or_default()) / usual.ratio;
    let factor = said.max(expected) / said.min(expected);
    if expected == 0.0 || factor < usual.tolerance || (said - expected).abs() < LEAST_DIFFERENCE {
        return;
    }
    let minutes = expected.round().max(1.0);
    let whose = match own {
        Some(_) => "at the speed of `masthead.toml`",
        None => "by the other posts of this site",
    };
    let unit = if minutes == 1.0 { "minute" } else { "minutes" };
    let message = format!("The text takes about {minutes} {unit} {whose}, not {said}. Has it changed since?");
    let is_number = matches!(pair.value.value, Value::Integer(_) | Value::Float(_));
    let edit = TextEdit::replace(pair.value.span, minutes.to_string());
    let fix = is_number.then(|| Fix::choice(format!("Write {minutes}"), vec![edit]));
    found.push(finding(&RULE, pair.value.span, message, fix));
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use expect_test::expect;

    use crate::rules::testing::{Fixture, check, codes};

    /// A post of so many characters that says so many minutes.
    fn post(day: usize, key: &str, said: &str, characters: usize) -> String {
        let text = "字".repeat(characters);
        format!("//- /_posts/2024-01-{day:02}-x.md\n---\ntitle: 題\n{key}: {said}\n---\n{text}\n")
    }

    /// Twelve posts at 250 characters a minute, half the default speed, rounded up.
    fn others(key: &str) -> String {
        (2..14).fold(String::new(), |mut all, day| {
            write!(all, "{}", post(day, key, &format!("{}", day + 1), day * 250 + 100)).unwrap();
            all
        })
    }

    fn found(first: &str, others: &str) -> Vec<&'static str> {
        let mut found = codes(&Fixture::new(&format!("{first}{others}")).check());
        found.retain(|code| *code == "reading-time");
        found
    }

    #[test]
    fn the_site_has_its_own_speed() {
        let text = "「東京」の桜😀。".repeat(20);
        check(
            &format!(
                "//- /_posts/2024-01-15-a.md\n---\ntitle: 題\nreading_time: 8 # 分\n---\n{text}\n{}",
                others("reading_time")
            ),
            expect![[r#"
                  reading_time: 8 # 分
                                ^
                information reading-time: The text takes about 1 minute by the other posts of this site, not 8. Has it changed since?
                fix: Write 1
                  reading_time: 1 # 分
            "#]],
        );
    }

    #[test]
    fn a_consistent_site_is_silent() {
        for key in ["reading_time", "read_time", "readingTime"] {
            let others = others(key);
            for (said, characters, expected) in [
                ("8", 2000, 0),
                ("8", 1700, 0),
                // Twice the length would be 8 at the default speed.
                ("8", 4000, 1),
                ("\"8 min\"", 4000, 1),
                ("1", 100, 0),
                ("3", 100, 0),
                ("4", 100, 1),
                ("8", 0, 0),
            ] {
                let first = post(1, key, said, characters);
                assert_eq!(found(&first, &others).len(), expected, "{key} {said} {characters}");
            }
        }
    }

    #[test]
    fn where_nothing_is_usual_nothing_is_said() {
        let few = [post(2, "reading_time", "8", 2000), post(3, "reading_time", "8", 2000)].concat();
        assert_eq!(found(&post(1, "reading_time", "90", 100), &few), [""; 0]);
        let same: String = (2..16).map(|day| post(day, "reading_time", "5", day * day * 60)).collect();
        assert_eq!(found(&post(1, "reading_time", "5", 300), &same), [""; 0]);
    }

    #[test]
    fn the_speed_of_the_settings_wins() {
        let settings = "//- /masthead.toml\n[reading-speed]\ncharacters = 500\n";
        let site = format!("{}{settings}", others("reading_time"));
        assert_eq!(found(&post(1, "reading_time", "8", 4000), &site), [""; 0]);
        assert_eq!(found(&post(1, "reading_time", "16", 4000), &site), ["reading-time"]);
        assert_eq!(found(&post(1, "reading_time", "16", 4000), settings), ["reading-time"]);
    }
}
