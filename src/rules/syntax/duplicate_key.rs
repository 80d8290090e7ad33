//! `duplicate-key`: a key is there twice.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "duplicate-key",
    severity: Severity::Warning,
    summary: "A key is there twice.",
    example: "---\ntitle: Hello\ntitle: World\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::DuplicateKey, |case| {
        Words::new(
            format!("The key {} is there twice, and Jekyll keeps only the last value.", case.written()),
            "Remove this key",
        )
        .related("It is here as well")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags: [東京]\ntitle: 題名\ntags: [京都]\n---\n本文\n",
            expect![[r#"
              tags: [京都]
              ^^^^
            warning duplicate-key: The key `tags` is there twice, and Jekyll keeps only the last value.
            see: It is here as well
              tags: [東京]
              ^^^^
        "#]],
        );
    }
}
