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
        let why = if case.source().starts_with("<<") {
            "`<<` takes one other mapping, as in `<<: *name`"
        } else {
            "it begins as a number and does not end as one"
        };
        Words::new(format!("Ruby cannot load {}: {why}.", case.written()), "Put it in quotes")
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
                error bad-merge: Ruby cannot load `<<: 基本`: `<<` takes one other mapping, as in `<<: *name`. Jekyll publishes this post without its title.
            "#]],
        );
    }
}
