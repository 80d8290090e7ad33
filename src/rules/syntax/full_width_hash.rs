//! `full-width-hash`: a full-width number sign stands where a comment should begin.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "full-width-hash",
    severity: Severity::Error,
    summary: "A full-width number sign stands where a comment should begin.",
    example: "---\ntags: [a, b] ＃ two of them\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FullWidthHash, |case| {
        Words::new(
            format!(
                "{} is a full-width number sign, which begins no comment in YAML. Write a space and `#`.",
                case.written()
            ),
            "Write an ASCII `#`",
        )
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags: [\"AI\"]　＃ メモ\nlayout: post\n---\n本文\n",
            expect![[r#"
              tags: ["AI"]　＃ メモ
                            ^^
            error full-width-hash: `＃` is a full-width number sign, which begins no comment in YAML. Write a space and `#`. Jekyll publishes this post without its tags and layout.
            fix: Write an ASCII `#`
              tags: ["AI"] # メモ
        "#]],
        );
    }

    #[test]
    fn behind_every_value_that_has_its_end() {
        for line in [
            "title: \"題\" ＃メモ",
            "tags: [AI]＃ メモ",
            "title: '題'　＃　メモ",
            "tags:\n  - \"AI\" ＃ メモ",
            "image: {path: a.png} ＃ 絵",
        ] {
            let found = Fixture::new(&format!("---\n{line}\nlayout: post\n---\n本文\n")).check();
            assert_eq!(codes(&found), ["full-width-hash"], "{line}");
        }
        for line in ["title: \"題\"　# メモ", "tags: [AI]　# メモ", "image: {path: a.png}　# 絵"] {
            let found = Fixture::new(&format!("---\n{line}\nlayout: post\n---\n本文\n")).check();
            assert_eq!(codes(&found), ["ideographic-space"], "{line}");
        }
        for line in ["title: 第＃回", "tags: [＃AI]", "title: \"題 ＃1\"", "title: 題 ＃1"] {
            let found = Fixture::new(&format!("---\n{line}\n---\n本文\n")).check();
            assert_eq!(codes(&found), [""; 0], "{line}");
        }
    }
}
