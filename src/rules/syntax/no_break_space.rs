//! `no-break-space`: a no-break space (U+00A0) stands where YAML needs a space.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "no-break-space",
    severity: Severity::Error,
    summary: "A no-break space (U+00A0) stands where YAML needs a space.",
    example: "---\ntitle:\u{a0}Hello\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::NoBreakSpace, |_| {
        Words::new(
            "This is a no-break space (U+00A0), which YAML does not take for a space. Write an ordinary space.",
            "Write an ordinary space",
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
            "---\ntags:\n\u{a0}\u{a0}- AI\n---\n本文\n",
            expect![[r#"
                - AI
              ^^
            error no-break-space: This is a no-break space (U+00A0), which YAML does not take for a space. Write an ordinary space. Jekyll publishes this post without its tags.
            fix: Write an ordinary space
                - AI
        "#]],
        );
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle:\u{a0}題名\nlayout: post\n---\n本文\n",
            expect![[r#"
              title: 題名
                    ^
            error no-break-space: This is a no-break space (U+00A0), which YAML does not take for a space. Write an ordinary space. Jekyll publishes this post without its title and layout.
            fix: Write an ordinary space
              title: 題名
        "#]],
        );
    }
}
