//! `bad-merge`: a value at which Ruby raises, such as `<<` with something else than a mapping.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "bad-merge",
    severity: Severity::Error,
    summary: "A value at which Ruby raises, such as `<<` with something else than a mapping.",
    example: "---\n<<: [a]\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::BadMerge, |case| {
        Words::new(
            format!(
                "Ruby cannot load {}: `<<` takes another mapping (`<<: *name`), and a number has digits at its end.",
                case.written()
            ),
            "Put it in quotes",
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
            "---\n<<: 基本\ntitle: 題名\n---\n本文\n",
            expect![[r#"
              <<: 基本
              ^^^^^^^^
            error bad-merge: Ruby cannot load `<<: 基本`: `<<` takes another mapping (`<<: *name`), and a number has digits at its end. Jekyll publishes this post without its title.
        "#]],
        );
    }
}
