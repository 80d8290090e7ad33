//! `full-width-comma`: a full-width comma stands between the items of a list.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "full-width-comma",
    severity: Severity::Error,
    summary: "A full-width comma stands between the items of a list.",
    example: "---\ntags: [\"a\"、\"b\"]\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FullWidthComma, |case| {
        Words::new(
            format!("{} does not part the items of a list. Write `,` between them.", case.written()),
            "Write an ASCII comma",
        )
        .otherwise("Jekyll reads what stands around it as one item.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags: [\"東京\"、\"京都\"]\n---\n本文\n",
            expect![[r#"
              tags: ["東京"、"京都"]
                           ^^
            error full-width-comma: `、` does not part the items of a list. Write `,` between them. Jekyll publishes this post without its tags.
            fix: Write an ASCII comma
              tags: ["東京", "京都"]
        "#]],
        );
    }
}
