//! `colon-in-value`: an unquoted value holds a colon and a space, or ends in a colon.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "colon-in-value",
    severity: Severity::Error,
    summary: "An unquoted value holds a colon and a space, or ends in a colon.",
    example: "---\ntitle: Rust: a start\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::ColonInValue, |_| {
        Words::new(
            "An unquoted value cannot hold a colon with a space after it, nor end in a colon: YAML takes what stands before it for a key. Put the value in quotes.",
            "Put the value in quotes",
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
            "---\ntitle: 第1回: はじめに\ntags: [a]\n---\n本文\n",
            expect![[r#"
              title: 第1回: はじめに
                          ^
            error colon-in-value: An unquoted value cannot hold a colon with a space after it, nor end in a colon: YAML takes what stands before it for a key. Put the value in quotes. Jekyll publishes this post without its title and tags.
            fix: Put the value in quotes
              title: "第1回: はじめに"
        "#]],
        );
    }
}
