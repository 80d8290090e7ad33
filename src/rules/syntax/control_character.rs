//! `control-character`: a control character, which YAML does not allow.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "control-character",
    severity: Severity::Error,
    summary: "A control character, which YAML does not allow.",
    example: "---\ntitle: He\u{8}llo\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::ControlCharacter, |case| {
        let how = if case.problem.breaks { "is not allowed in YAML" } else { "is part of this text" };
        Words::new(
            format!("The invisible character {} {how}. Remove it.", case.written()),
            "Remove the character",
        )
        .otherwise("With it Jekyll takes the text for another one.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: 題\u{8}名\n---\n本文\n",
            expect![[r#"
              title: 題\u{8}名
                       ^^^^^
            error control-character: The invisible character `U+0008` is not allowed in YAML. Remove it. Jekyll publishes this post without its title.
            fix: Remove the character
              title: 題名
        "#]],
        );
    }

    #[test]
    fn characters_of_no_width() {
        check(
            "---\n\u{200b}author: 山田\ntitle: 題\u{200b}名\ntags: [東京\u{200b}, 大阪]\n---\n本文\n",
            expect![[r#"
                  \u{200b}author: 山田
                  ^^^^^^^^
                warning control-character: The invisible character `U+200B` is part of this text. Remove it. With it Jekyll takes the text for another one.
                fix: Remove the character
                  author: 山田
                  tags: [東京\u{200b}, 大阪]
                             ^^^^^^^^
                warning control-character: The invisible character `U+200B` is part of this text. Remove it. With it Jekyll takes the text for another one.
                fix: Remove the character
                  tags: [東京, 大阪]
            "#]],
        );
        check(
            "---\nlayout: post\n\u{feff}author: 山田\n---\n本文\n",
            expect![[r#"
                  \u{feff}author: 山田
                  ^^^^^^^^
                error control-character: The invisible character `U+FEFF` is not allowed in YAML. Remove it. Jekyll publishes this post without its layout.
                fix: Remove the character
                  author: 山田
            "#]],
        );
    }

    #[test]
    fn behind_the_opening_line() {
        check(
            "---\u{c}\ntitle: 題\n---\n本文\n",
            expect![[r#"
                  ---\u{c}
                     ^^^^^
                error control-character: The invisible character `U+000C` is not allowed in YAML. Remove it. Jekyll publishes this post without its title.
                fix: Remove the character
                  ---
            "#]],
        );
    }
}
