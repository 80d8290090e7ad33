//! `full-width-colon`: a full-width colon stands where YAML needs an ASCII one.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "full-width-colon",
    severity: Severity::Error,
    summary: "A full-width colon stands where YAML needs an ASCII one.",
    example: "---\ntitle：Hello\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FullWidthColon, |case| {
        Words::new(
            format!(
                "{} is a full-width colon, which YAML does not take for one. Write `:` and a space.",
                case.written()
            ),
            "Write an ASCII colon",
        )
        .otherwise("Jekyll reads it as part of the text.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn below_a_text_without_quotes() {
        for line in ["tags：AI", "tags：　AI", "tags：［AI］", "tags： AI"] {
            let found = Fixture::new(&format!("---\ntitle: 題\n{line}\n---\n本文\n")).check();
            assert!(codes(&found).contains(&"full-width-colon"), "{line}: {found:?}");
        }
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle： 題名\nlayout: post\n---\n本文\n",
            expect![[r#"
              title： 題名
                   ^^
            error full-width-colon: `：` is a full-width colon, which YAML does not take for one. Write `:` and a space. Jekyll publishes this post without its layout.
            fix: Write an ASCII colon
              title: 題名
        "#]],
        );
    }
}
