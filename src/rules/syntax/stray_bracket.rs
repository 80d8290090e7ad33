//! `stray-bracket`: a closing bracket has no opening one.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "stray-bracket",
    severity: Severity::Error,
    summary: "A closing bracket has no opening one.",
    example: "---\ntags: [a, b]]\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::StrayBracket, |case| {
        Words::new(
            format!("This {} closes nothing that is open.", case.written()),
            "Remove the stray bracket",
        )
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags: [東京, 京都]]\n---\n本文\n",
            expect![[r#"
              tags: [東京, 京都]]
                                ^
            error stray-bracket: This `]` closes nothing that is open. Jekyll publishes this post without its tags.
            fix: Remove the stray bracket
              tags: [東京, 京都]
        "#]],
        );
    }
}
