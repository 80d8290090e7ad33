//! `bad-file-name`: a file in `_posts` whose name is none of a post. Jekyll passes over it without a word.
//! Source: Jekyll `document.rb` DATE_FILENAME_MATCHER.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::post::front_matter::Value;
use crate::post::name::{PostName, base_name, dateless, extension};
use crate::rules::spots::head;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FileKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "bad-file-name",
    severity: Severity::Warning,
    summary: "The name of a file in `_posts` is not one of a post: Jekyll leaves it out.",
    example: "//- /_posts/2024-01-15_post.md\n---\ntitle: Hello\n---\nText\n",
    check,
};

/// Names of files that are not meant to be posts.
const NOT_POSTS: &[&str] = &["readme", "template", "license", "contributing", "changelog", "index", "todo"];

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if *input.kind != FileKind::BadPostName {
        return;
    }
    let name = base_name(input.path);
    if dateless(name).is_none() && !input.path.split('/').any(|folder| folder == "_posts") {
        found.extend(draft(input, name));
        return;
    }
    let has_block = input.post.front_matter.fence.is_present();
    let dated = date_in(&narrow(name)).is_some();
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let meant = dated || (has_block && !NOT_POSTS.contains(&&*stem));
    if !meant && !is_text(name) {
        return;
    }
    let mend = match good_name(input, name) {
        Some(good) => format!("Rename it to `{good}`."),
        None => "A post's name is year-month-day-name, such as `2024-01-15-name.md`.".to_owned(),
    };
    found.push(Diagnostic {
        span: head(input),
        severity: if meant { RULE.severity } else { Severity::Information },
        code: RULE.code,
        message: format!("Jekyll leaves this file out: `{name}` is not the name of a post. {mend}"),
        related: Vec::new(),
        fix: None,
    });
}

/// The name that a file which is none of a post is most likely meant to have, without its folder. None where the file is
/// none of these, or nothing in it says a day.
pub fn meant_name(input: &Input<'_>) -> Option<String> {
    if *input.kind != FileKind::BadPostName {
        return None;
    }
    let name = base_name(input.path);
    let in_posts = input.path.split('/').any(|folder| folder == "_posts");
    if dateless(name).is_none() && !in_posts { Some(format!("{name}.md")) } else { good_name(input, name) }
}

/// A file in `_drafts`, of which Jekyll asks no more than an extension.
fn draft(input: &Input<'_>, name: &str) -> Option<Diagnostic> {
    let severity = RULE.severity;
    let message =
        format!("Jekyll leaves this draft out: its name has no extension. Rename it to `{name}.md`.");
    input.post.front_matter.fence.is_present().then(|| Diagnostic {
        span: head(input),
        severity,
        code: RULE.code,
        message,
        related: Vec::new(),
        fix: None,
    })
}

fn is_text(name: &str) -> bool {
    matches!(&*extension(name).to_lowercase(), ".md" | ".markdown" | ".mkd" | ".html" | ".textile")
}

/// The nearest name that Jekyll takes: the date that stands in the name, else that of the front matter.
fn good_name(input: &Input<'_>, name: &str) -> Option<String> {
    let (date, rest) = match date_in(&narrow(name)) {
        Some(found) => found,
        None => (date_of_block(input)?, name.to_owned()),
    };
    let (stem, extension) = match rest.rfind('.') {
        Some(dot) if is_text(&rest) || rest.len() - dot <= 5 => rest.split_at(dot),
        _ => (&*rest, ".md"),
    };
    let joint = |c: char| c.is_whitespace() || "-_.".contains(c);
    let slug = stem.trim_matches(joint);
    let slug = if slug.is_empty() { "name" } else { slug };
    let extension = if extension.len() > 1 { extension } else { ".md" };
    let good = format!("{date}-{slug}{extension}");
    PostName::parse(&good).is_some().then_some(good)
}

fn date_of_block(input: &Input<'_>) -> Option<Date> {
    match &input.post.front_matter.get("date")?.value {
        Value::Date(date) => Some(*date),
        Value::Time(time) => Some(time.offset.to_datetime(time.instant).date()),
        Value::String(text) => date_in(&narrow(text)).map(|(date, _)| date),
        _ => None,
    }
}

#[allow(clippy::expect_used)] // the pattern is a constant, and the tests compile it
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let year_first = r"(?P<y>[0-9]{4})(?:年|[-_. ]?)(?P<m>[0-9]{1,2})(?:月|[-_. ]?)(?P<d>[0-9]{1,2})日?";
    let day_first = r"(?P<d2>[0-9]{1,2})[-_. ](?P<m2>[0-9]{1,2})[-_. ](?P<y2>[0-9]{4})";
    Regex::new(&format!("{year_first}|{day_first}")).expect("the pattern is well formed")
});

/// The first date that stands in a name, and the name without it.
fn date_in(name: &str) -> Option<(Date, String)> {
    let captures = DATE.captures(name)?;
    let part = |one: &str, other: &str| captures.name(one).or(captures.name(other)).map(|it| it.as_str());
    let (year, month, day) = (part("y", "y2")?, part("m", "m2")?, part("d", "d2")?);
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    let whole = captures.get_match();
    let before = name[..whole.start()].trim_end_matches(['-', '_', ' ']);
    let after = &name[whole.end()..];
    if after.starts_with(|c: char| c.is_ascii_digit()) || before.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let joint = if before.is_empty() || after.starts_with(['-', '_', '.', ' ']) { "" } else { "-" };
    Some((date, format!("{before}{joint}{after}")))
}

/// The name with full-width digits and signs as ASCII and every dash as a hyphen, as far as a date may reach.
fn narrow(name: &str) -> String {
    let narrow = |(at, c): (usize, char)| match c {
        _ if at > LONGEST_DATE => c,
        '‐' | '‑' | '–' | '—' | '−' => '-',
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    name.chars().enumerate().map(narrow).collect()
}

/// `2024年01月15日`, in characters.
const LONGEST_DATE: usize = 11;

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check};
    use expect_test::expect;

    #[test]
    fn the_nearest_good_name() {
        for (name, good) in [
            ("2024-01-15.md", "2024-01-15-name.md"),
            ("2024-01-15_a_b.md", "2024-01-15-a_b.md"),
            ("2024-01-15 京都.md", "2024-01-15-京都.md"),
            ("2024-01-15-no-extension", "2024-01-15-no-extension.md"),
            ("２０２４-０１-１５-全角.md", "2024-01-15-全角.md"),
            ("2024年1月15日-日記.md", "2024-01-15-日記.md"),
            ("20240115-a.md", "2024-01-15-a.md"),
            ("2024.01.15-v1.2.md", "2024-01-15-v1.2.md"),
            ("2024_01_15_a.html", "2024-01-15-a.html"),
            ("15-01-2024-a.md", "2024-01-15-a.md"),
            ("x-2024-01-15-prefix.md", "2024-01-15-x-prefix.md"),
            ("notes.md", "2024-03-05-notes.md"),
        ] {
            let fixture = format!("//- /_posts/{name}\n---\ntitle: a\ndate: 2024-03-05\n---\n");
            let found = Fixture::new(&fixture).check();
            assert_eq!(found.len(), 1, "{name}: {found:?}");
            let message = &found[0].message;
            assert!(message.ends_with(&format!("Rename it to `{good}`.")), "{name}: {message}");
        }
    }

    #[test]
    fn a_file_without_a_date() {
        check(
            "//- /_posts/日記.md\n---\ntitle: 題名\n---\n本文\n",
            expect![[r#"
                ---
                ^^^
              warning bad-file-name: Jekyll leaves this file out: `日記.md` is not the name of a post. A post's name is year-month-day-name, such as `2024-01-15-name.md`.
            "#]],
        );
    }

    #[test]
    fn a_draft_needs_an_extension_alone() {
        check(
            "//- /_drafts/下書き\n---\ntitle: 題名\n---\n本文\n",
            expect![[r#"
              ---
              ^^^
            warning bad-file-name: Jekyll leaves this draft out: its name has no extension. Rename it to `下書き.md`.
        "#]],
        );
        check("//- /_drafts/Makefile\nall:\n", expect![""]);
    }

    #[test]
    fn what_is_plainly_no_post_is_a_remark_at_most() {
        check(
            "//- /_posts/README.md\n# Posts\n",
            expect![[r#"
                # Posts
                ^^^^^^^
              information bad-file-name: Jekyll leaves this file out: `README.md` is not the name of a post. A post's name is year-month-day-name, such as `2024-01-15-name.md`.
            "#]],
        );
        check("//- /_posts/photo.png\nPNG\n", expect![""]);
    }
}
