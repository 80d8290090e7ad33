//! `full-width-quotes`: full-width or curly quotes stand where YAML needs ASCII ones.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "full-width-quotes",
    severity: Severity::Error,
    summary: "Full-width or curly quotes stand where YAML needs ASCII ones.",
    example: "---\ntitle: “Rust: a start”\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FullWidthQuote, |case| {
        Words::new(
            format!("{} is no quote to YAML. Write `\"` or `'`.", case.written()),
            "Write ASCII quotes",
        )
        .related("This is the other one")
        .otherwise("Jekyll reads it as part of the text.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn around_a_value_that_has_to_be_a_name() {
        check(
            "---\nlayout: “post”\ntags: ＂東京＂\ntitle: “題”\n---\n本文\n",
            expect![[r#"
              layout: “post”
                      ^
            warning full-width-quotes: `“` is no quote to YAML. Write `"` or `'`. Jekyll reads it as part of the text.
            see: This is the other one
              layout: “post”
                           ^
            fix: Write ASCII quotes
              layout: "post"
              tags: ＂東京＂
                    ^^
            warning full-width-quotes: `＂` is no quote to YAML. Write `"` or `'`. Jekyll reads it as part of the text.
            see: This is the other one
              tags: ＂東京＂
                          ^^
            fix: Write ASCII quotes
              tags: "東京"
        "#]],
        );
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: “第1回: 題名”\n---\n本文\n",
            expect![[r#"
                  title: “第1回: 題名”
                         ^
                error full-width-quotes: `“` is no quote to YAML. Write `"` or `'`. Jekyll publishes this post without its title.
                see: This is the other one
                  title: “第1回: 題名”
                                     ^
                fix: Write ASCII quotes
                  title: "第1回: 題名"
            "#]],
        );
    }
}
