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
    fn below_the_top() {
        check(
            "---\ntitle: 題名\nauthor:\n  name: 花子\n  name: 太郎\nlinks: [{url: /a/, url: /b/}]\n---\n本文\n",
            expect![[r#"
                    name: 太郎
                    ^^^^
                warning duplicate-key: The key `name` is there twice, and Jekyll keeps only the last value.
                see: It is here as well
                    name: 花子
                    ^^^^
                  links: [{url: /a/, url: /b/}]
                                     ^^^
                warning duplicate-key: The key `url` is there twice, and Jekyll keeps only the last value.
                see: It is here as well
                  links: [{url: /a/, url: /b/}]
                           ^^^
            "#]],
        );
        for block in [
            "base: &b\n  name: 花子\nauthor:\n  <<: *b\n  name: 太郎",
            "list:\n- name: a\n- name: b",
            "a:\n  name: x\nb:\n  name: y",
        ] {
            check(&format!("---\ntitle: 題名\n{block}\n---\n本文\n"), expect![[""]]);
        }
    }

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
