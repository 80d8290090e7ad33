//! What there is to know of each rule, for `masthead rules` and for the page that is made of it. What is said of an
//! example is what the rule says when it looks at it, so none of this can grow stale.

use std::fmt::Write;

use super::example::Example;
use super::pages::difference;
use super::{Diagnostic, Rule, all, encoding};
use crate::text::LineIndex;

/// The longest line of an example that is shown, in characters.
const SHOWN_CHARS: usize = 100;

/// The most lines of an example that are shown.
const SHOWN_LINES: usize = 20;

/// A row of the table of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The code.
    pub code: &'static str,
    /// The default severity, in lower case.
    pub severity: &'static str,
    /// What the rule finds, in one sentence.
    pub summary: &'static str,
}

/// All rules by code, and the finding about files that are not text.
pub fn rows() -> Vec<Row> {
    let row = |rule: &Rule| Row { code: rule.code, severity: rule.severity.name(), summary: rule.summary };
    let mut rows: Vec<Row> = all().map(row).collect();
    rows.push(Row { code: encoding::CODE, severity: "error", summary: encoding::SUMMARY });
    rows.sort_by_key(|row| row.code);
    rows
}

/// One rule, in Markdown that also reads well in a terminal. None where there is none of this code.
pub fn explain(code: &str) -> Option<String> {
    let row = rows().into_iter().find(|row| row.code == code)?;
    Some(section(row, "#"))
}

/// All rules, in Markdown: a table, then each.
pub fn page() -> String {
    let mut page = String::from(PREFACE);
    page.push_str("\n| Code | Severity | What it finds |\n|---|---|---|\n");
    for Row { code, severity, summary } in rows() {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(page, "| [`{code}`](#{code}) | {severity} | {} |", summary.replace('|', "\\|"));
    }
    for row in rows() {
        let _ = write!(page, "\n{}", section(row, "##"));
    }
    page
}

const PREFACE: &str = "\
# The rules

Each finding bears the code of its rule. `masthead rules CODE` shows the same text as this page, without a network.

A site's `masthead.toml` sets the severity of a rule, or turns it off:

~~~toml
[rules]
no-front-matter = \"off\"
duplicate-key = \"error\"
~~~

A YAML comment silences a rule on its line, or on the next one where it stands alone: `# masthead-ignore CODE`.
";

fn section(Row { code, severity, summary }: Row, marks: &str) -> String {
    let mut text = format!("{marks} {code}\n\n{summary} ({severity})\n");
    let otherwise = difference(code).map(|text| format!("\n{text}\n")).unwrap_or_default();
    let Some(rule) = all().find(|rule| rule.code == code) else { return text + &otherwise };
    let example = Example::new(rule.example);
    let _ = writeln!(text, "\nFor example:");
    files(&mut text, &example);
    for found in example.check().iter().filter(|found| found.code == code) {
        let _ = writeln!(text, "\nLine {}: {}", line(&example, found), found.message);
        let Some(fix) = &found.fix else { continue };
        let who = if fix.safe { "`masthead check --fix` makes it too" } else { "it is yours to choose" };
        let _ = writeln!(text, "\nQuick fix ({who}): {}.", fix.title);
        shown(&mut text, example.mended(fix).text());
    }
    text + &otherwise
}

fn line(example: &Example, found: &Diagnostic) -> usize {
    LineIndex::new(example.text()).line_of(found.span.start) + 1
}

/// The files of an example; a lone post without its name.
fn files(text: &mut String, example: &Example) {
    let files = example.files();
    for (path, content) in files {
        if files.len() > 1 || rule_is_about_the_name(path) {
            let _ = writeln!(text, "\n`{path}`");
        }
        shown(text, content);
    }
}

/// Whether an example chose its own name.
fn rule_is_about_the_name(path: &str) -> bool {
    path != super::example::NAME
}

/// A text in a fence, with what cannot be seen as escapes, and not too much of it.
fn shown(text: &mut String, content: &str) {
    text.push_str("\n~~~text\n");
    for line in content.split_inclusive('\n').take(SHOWN_LINES) {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let visible = line.chars().take(SHOWN_CHARS).map(|c| match c {
            '\t' | '\r' => c.escape_default().to_string(),
            c if c.is_control()
                || matches!(c, '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{3000}' | '\u{feff}') =>
            {
                c.escape_unicode().to_string()
            }
            c => c.to_string(),
        });
        text.extend(visible);
        if line.chars().nth(SHOWN_CHARS).is_some() {
            text.push('…');
        }
        text.push('\n');
    }
    if content.lines().nth(SHOWN_LINES).is_some() {
        text.push_str("…\n");
    }
    text.push_str("~~~\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{expect, expect_file};

    #[test]
    fn a_rule_is_explained_by_its_example() {
        expect![[r##"
            # full-width-comma

            A full-width comma stands between the items of a list. (error)

            For example:

            ~~~text
            ---
            tags: ["a"、"b"]
            ---
            Text
            ~~~

            Line 2: `、` does not part the items of a list. Write `,` between them. Jekyll publishes this post without its tags.

            Quick fix (`masthead check --fix` makes it too): Write an ASCII comma.

            ~~~text
            ---
            tags: ["a", "b"]
            ---
            Text
            ~~~
        "##]].assert_eq(&explain("full-width-comma").unwrap());
        expect![[r##"
            # required-key

            A post lacks a key that `masthead.toml` requires. (warning)

            For example:

            `_posts/2024-01-15-a.md`

            ~~~text
            ---
            title: Hello
            ---
            Text
            ~~~

            `masthead.toml`

            ~~~text
            required-keys = ["title", "tags"]
            ~~~

            Line 1: This post lacks `tags`, which masthead.toml requires in every post.
        "##]]
        .assert_eq(&explain("required-key").unwrap());
        assert_eq!(explain("nothing"), None);
    }

    #[test]
    fn every_rule_says_something_of_its_example() {
        for rule in all() {
            let text = explain(rule.code).unwrap();
            assert!(text.contains("\nLine "), "{text}");
        }
        assert!(explain(encoding::CODE).is_some());
    }

    /// `UPDATE_EXPECT=1 cargo test` writes the page anew.
    #[test]
    fn the_page_is_not_stale() {
        expect_file!["../../editors/rules.md"].assert_eq(&page());
    }
}
