//! `control-character`: a control character, which YAML does not allow.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "control-character",
    severity: Severity::Error,
    summary: "A control character, which YAML does not allow.",
    example: "---\ntitle: He\u{8}llo\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::ControlCharacter, |case| {
        Words::new(
            format!("The invisible character {} is not allowed in YAML. Remove it.", case.written()),
            "Remove the character",
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
            "---\ntitle: 題\u{8}名\n---\n本文\n",
            expect![[r#"
              title: 題\u{8}名
                       ^^^^^
            error control-character: The invisible character `U+0008` is not allowed in YAML. Remove it. Jekyll publishes this post without its title.
            fix: Remove the character
              title: 題名
        "#]],
        );
    }

    #[test]
    fn behind_the_opening_line() {
        check(
            "---\u{c}\ntitle: 題\n---\n本文\n",
            expect![[r#"
                  ---\u{c}
                     ^^^^^
                error control-character: The invisible character `U+000C` is not allowed in YAML. Remove it. Jekyll publishes this post without its title.
                fix: Remove the character
                  ---
            "#]],
        );
    }
}
