//! `ideographic-space`: an ideographic space (U+3000) stands where YAML needs an ASCII space.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "ideographic-space",
    severity: Severity::Error,
    summary: "An ideographic space (U+3000) stands where YAML needs an ASCII space.",
    example: "---\ntitle:\u{3000}Hello\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::IdeographicSpace, |_| {
        Words::new(
            "This is a full-width space (U+3000), which YAML does not take for a space. Write an ASCII space.",
            "Write an ASCII space",
        )
        .otherwise("Jekyll reads it as part of the text.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn before_the_dashes_of_a_list() {
        check(
            "---\ntags:\n　- AI\n　- 東京\n---\n本文\n",
            expect![[r#"
              　- AI
              ^^
            error ideographic-space: This is a full-width space (U+3000), which YAML does not take for a space. Write an ASCII space. Jekyll publishes this post without its tags.
            fix: Write an ASCII space
                - AI
              　- 東京
              ^^
            error ideographic-space: This is a full-width space (U+3000), which YAML does not take for a space. Write an ASCII space. Jekyll publishes this post without its tags.
            fix: Write an ASCII space
                - 東京
        "#]],
        );
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle:　題名\nlayout: post\n---\n本文\n",
            expect![[r#"
              title:　題名
                    ^^
            error ideographic-space: This is a full-width space (U+3000), which YAML does not take for a space. Write an ASCII space. Jekyll publishes this post without its title and layout.
            fix: Write an ASCII space
              title: 題名
        "#]],
        );
    }
}
