//! `never-read`: text in the block that Jekyll never reads.

use super::{Case, Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "never-read",
    severity: Severity::Warning,
    summary: "Text in the block that Jekyll never reads.",
    example: "---\ntitle: Hello\n--- more\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::NeverRead, |case| {
        Words::new(
            format!("Jekyll never reads {}: for YAML the block has ended before it.", what(case)),
            "Make it part of the block",
        )
        .related("The block ends because of this")
    });
}

fn what(case: &Case<'_>) -> String {
    let lines = case.source().trim_end().lines().count();
    if lines > 1 { format!("these {lines} lines") } else { case.written() }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: 題名\n--- 続き\nlayout: post\n---\n本文\n",
            expect![[r#"
              --- 続き
              ^^^^^^^^
            warning never-read: Jekyll never reads `--- 続き`: for YAML the block has ended before it.
        "#]],
        );
    }
}
