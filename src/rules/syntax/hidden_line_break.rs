//! `hidden-line-break`: an invisible character that YAML takes for the end of a line.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "hidden-line-break",
    severity: Severity::Error,
    summary: "An invisible character that YAML takes for the end of a line.",
    example: "---\ntitle: He\u{2028}llo\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::HiddenLineBreak, |case| {
        Words::new(
            format!(
                "YAML takes the invisible character {} for the end of a line. Write a space instead.",
                case.written()
            ),
            "Write a space",
        )
        .otherwise("Jekyll reads a space here.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: 題\u{2028}名\n---\n本文\n",
            expect![[r#"
              title: 題 名
                       ^
            error hidden-line-break: YAML takes the invisible character `U+2028` for the end of a line. Write a space instead. Jekyll publishes this post without its title.
            fix: Write a space
              title: 題 名
        "#]],
        );
    }
}
