//! `tab-indentation`: a tab is used as indentation.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "tab-indentation",
    severity: Severity::Error,
    summary: "A tab is used as indentation.",
    example: "---\ntags:\n\t- a\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::TabIndentation, |case| {
        if case.rest_of_line().is_empty() {
            return Words::new("YAML allows no tab in this empty line. Remove it.", "Remove the tab");
        }
        Words::new("YAML allows no tab as indentation. Use spaces.", "Indent with spaces")
            .otherwise("Jekyll reads the line as a part of the text before it.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_an_empty_line() {
        check(
            "---\nauthor: 山田\n\t\ntags: [a]\n---\n本文\n",
            expect![[r#"
              \t
              ^^
            error tab-indentation: YAML allows no tab in this empty line. Remove it. Jekyll publishes this post without its tags.
            fix: Remove the tab

        "#]],
        );
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags:\n\t- 東京\n---\n本文\n",
            expect![[r#"
              \t- 東京
              ^^
            error tab-indentation: YAML allows no tab as indentation. Use spaces. Jekyll publishes this post without its tags.
            fix: Indent with spaces
                - 東京
        "#]],
        );
    }
}
