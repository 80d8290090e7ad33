//! `text-after-bracket`: text follows the closing bracket of a list.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text-after-bracket",
    severity: Severity::Error,
    summary: "Text follows the closing bracket of a list.",
    example: "---\ntitle: [Hello] world\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::TextAfterBracket, |case| {
        Words::new(
            format!(
                "The value is a list that ends at its bracket, and {} follows it. Put the whole value in quotes if it is a text.",
                case.written()
            ),
            "Put the whole value in quotes",
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
            "---\ntitle: [お知らせ] 開店\n---\n本文\n",
            expect![[r#"
              title: [お知らせ] 開店
                                ^^^^
            error text-after-bracket: The value is a list that ends at its bracket, and `開店` follows it. Put the whole value in quotes if it is a text. Jekyll publishes this post without its title.
            fix: Put the whole value in quotes
              title: "[お知らせ] 開店"
        "#]],
        );
    }
}
