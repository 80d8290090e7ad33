//! `unreadable`: yAML cannot read an entry.

use super::{Case, Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "unreadable",
    severity: Severity::Error,
    summary: "YAML cannot read an entry.",
    example: "---\ntext: |x\n  Hello\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::Unreadable, |case| {
        Words::new(
            format!("YAML cannot read {}. Put the value in quotes, or write it more plainly.", what(case)),
            "Put the value in quotes",
        )
    });
}

fn what(case: &Case<'_>) -> String {
    if case.key().is_empty() {
        "this line".to_owned()
    } else {
        format!("the value of {}", quoted(case.key()))
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntext: |x\n  題名\n---\n本文\n",
            expect![[r#"
              text: |x
              ^^^^^^^^
            error unreadable: YAML cannot read the value of `text`. Put the value in quotes, or write it more plainly. Jekyll publishes this post without its front matter.
        "#]],
        );
    }
}
