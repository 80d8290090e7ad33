//! `missing-key`: a colon has no key before it.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-key",
    severity: Severity::Error,
    summary: "A colon has no key before it.",
    example: "---\n: Hello\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::MissingKey, |_| {
        Words::new("This colon has no key before it.", "Remove the line")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\n: 題名\nlayout: post\n---\n本文\n",
            expect![[r#"
              : 題名
              ^
            error missing-key: This colon has no key before it. Jekyll publishes this post without its layout.
        "#]],
        );
    }
}
