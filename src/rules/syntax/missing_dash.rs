//! `missing-dash`: a line of a list has no dash.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-dash",
    severity: Severity::Error,
    summary: "A line of a list has no dash.",
    example: "---\ntags:\n  - a\n  b\n  - c\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::MissingDash, |case| {
        Words::new(format!("{} stands in a list and has no `- ` before it.", case.written()), "Add the dash")
            .otherwise("Jekyll reads it as part of the item before it.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags:\n  - 東京\n  京都\n  - 大阪\n---\n本文\n",
            expect![[r#"
                京都
                ^^^^
            error missing-dash: `京都` stands in a list and has no `- ` before it. Jekyll publishes this post without its tags.
            fix: Add the dash
                - 京都
        "#]],
        );
    }
}
