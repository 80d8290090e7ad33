//! `first-key-indented`: the first key is indented more than the next ones, which Jekyll therefore never reads.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "first-key-indented",
    severity: Severity::Warning,
    summary: "The first key is indented more than the next ones, which Jekyll therefore never reads.",
    example: "---\n  title: Hello\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FirstKeyIndented, |_| {
        Words::new(
            "The first key is indented and the next ones are not: for YAML the block ends after it, and Jekyll never reads the rest.",
            "Remove the indentation",
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
            "---\n title: 題名\nlayout: post\n---\n本文\n",
            expect![[r#"
               title: 題名
              ^
            warning first-key-indented: The first key is indented and the next ones are not: for YAML the block ends after it, and Jekyll never reads the rest.
            fix: Remove the indentation
              title: 題名
        "#]],
        );
    }
}
