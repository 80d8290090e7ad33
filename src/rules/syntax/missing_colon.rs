//! `missing-colon`: a line is neither a key with its colon nor part of the entry before it.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-colon",
    severity: Severity::Error,
    summary: "A line is neither a key with its colon nor part of the entry before it.",
    example: "---\ntitle Hello\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::MissingColon, |case| {
        Words::new(
            format!("{} is neither `key: value` nor part of the line before it.", case.written()),
            "Add the colon",
        )
        .otherwise("Jekyll does not read it as a key.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn a_key_that_is_begun() {
        for (line, code) in
            [("exc", "missing-colon"), ("世界", "wrong-indentation"), ("two words", "wrong-indentation")]
        {
            let found = Fixture::new(&format!("---\ntitle: 題\n{line}\n---\n本文\n")).check();
            assert_eq!(codes(&found), [code], "{line}");
        }
        let wrapped = "a title which goes on for so long that its editor broke it where a line is";
        let found = Fixture::new(&format!("---\ntitle: {wrapped}\nfull\n---\nText\n")).check();
        assert_eq!(codes(&found), ["wrong-indentation"]);
    }

    #[test]
    fn a_sentence_of_the_body_below_an_empty_key() {
        let found = Fixture::new("---\ntitle: 題\nauthor:\nこれは本文です。\n---\n本文\n").check();
        assert_eq!(codes(&found), ["missing-colon"]);
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle 題名\nlayout: post\n---\n本文\n",
            expect![[r#"
              title 題名
              ^^^^^
            error missing-colon: `title` is neither `key: value` nor part of the line before it. Jekyll publishes this post without its layout.
            fix: Add the colon
              title: 題名
        "#]],
        );
    }
}
