//! `bad-escape`: a backslash in double quotes begins an escape that YAML does not know.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "bad-escape",
    severity: Severity::Error,
    summary: "A backslash in double quotes begins an escape that YAML does not know.",
    example: "---\ntitle: \"C:\\path\"\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::BadEscape, |case| {
        Words::new(
            format!(
                "In double quotes a backslash begins an escape, and YAML knows no {}. Write `\\\\`, or use single quotes.",
                case.written()
            ),
            "Keep the backslash as a character",
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
            "---\ntitle: \"C:\\作業\"\n---\n本文\n",
            expect![[r#"
              title: "C:\作業"
                        ^^^
            error bad-escape: In double quotes a backslash begins an escape, and YAML knows no `\作`. Write `\\`, or use single quotes. Jekyll publishes this post without its title.
            fix: Keep the backslash as a character
              title: "C:\\作業"
        "#]],
        );
    }
}
