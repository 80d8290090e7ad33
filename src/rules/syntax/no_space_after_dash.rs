//! `no-space-after-dash`: no blank stands between a dash and the item.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "no-space-after-dash",
    severity: Severity::Error,
    summary: "No space stands between a dash and the item.",
    example: "---\ntags:\n  - a\n  -b\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::NoSpaceAfterDash, |_| {
        Words::new(
            "A space is missing after this dash: without it YAML sees no list item.",
            "Add a space after the dash",
        )
        .otherwise("Jekyll reads it as part of a text.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags:\n  - 東京\n  -京都\n---\n本文\n",
            expect![[r#"
                -京都
                ^
            error no-space-after-dash: A space is missing after this dash: without it YAML sees no list item. Jekyll publishes this post without its tags.
            fix: Add a space after the dash
                - 京都
        "#]],
        );
    }
}
