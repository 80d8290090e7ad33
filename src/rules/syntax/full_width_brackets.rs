//! `full-width-brackets`: full-width brackets stand where a list is meant.

use super::{Case, Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "full-width-brackets",
    severity: Severity::Warning,
    summary: "Full-width brackets stand where a list is meant.",
    example: "---\ntags: ［a, b］\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FullWidthBracket, |case| {
        Words::new(
            format!("{} is no bracket to YAML. Write `[` and `]` around a list.", case.written()),
            "Write ASCII brackets",
        )
        .related("This is the other one")
        .otherwise(format!("Jekyll reads {} as a text, not as a list.", quoted_key(case)))
    });
}

fn quoted_key(case: &Case<'_>) -> String {
    if case.key().is_empty() { "the value".to_owned() } else { quoted(case.key()) }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags: ［東京, 京都］\n---\n本文\n",
            expect![[r#"
                  tags: ［東京, 京都］
                        ^^
                warning full-width-brackets: `［` is no bracket to YAML. Write `[` and `]` around a list. Jekyll reads `tags` as a text, not as a list.
                see: This is the other one
                  tags: ［東京, 京都］
                                    ^^
                fix: Write ASCII brackets
                  tags: [東京, 京都]
            "#]],
        );
    }
}
