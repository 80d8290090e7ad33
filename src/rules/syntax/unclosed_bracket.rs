//! `unclosed-bracket` and `unclosed-brace`: a list in brackets is never closed.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "unclosed-bracket",
    severity: Severity::Error,
    summary: "A list in brackets is never closed.",
    example: "---\ntags: [a, b\n---\nText\n",
    check,
};

/// The rule.
pub const BRACE: Rule = Rule {
    code: "unclosed-brace",
    severity: Severity::Error,
    summary: "A mapping in braces is never closed.",
    example: "---\nimage: {path: a.png\n---\nText\n",
    check: check_brace,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::UnclosedBracket, |case| {
        Words::new(format!("This list is never closed: {} has no `]`.", case.written()), "Close the list")
    });
}

fn check_brace(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, BRACE.code, ProblemKind::UnclosedBrace, |case| {
        Words::new(format!("This brace is never closed: {} has no `}}`.", case.written()), "Close the brace")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags: [東京, 京都\n---\n本文\n",
            expect![[r#"
              tags: [東京, 京都
                    ^
            error unclosed-bracket: This list is never closed: `[` has no `]`. Jekyll publishes this post without its tags.
            fix: Close the list
              tags: [東京, 京都]
        "#]],
        );
    }
}
