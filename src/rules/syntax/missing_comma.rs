//! `missing-comma`: two items of a list in brackets have no comma between them.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-comma",
    severity: Severity::Error,
    summary: "Two items of a list in brackets have no comma between them.",
    example: "---\ntags: [\"a\" \"b\"]\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::MissingComma, |_| {
        Words::new("A comma is missing between these two items of the list.", "Add the comma")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags: [\"東京\" \"京都\"]\n---\n本文\n",
            expect![[r#"
              tags: ["東京" "京都"]
                           ^
            error missing-comma: A comma is missing between these two items of the list. Jekyll publishes this post without its tags.
            fix: Add the comma
              tags: ["東京", "京都"]
        "#]],
        );
    }
}
