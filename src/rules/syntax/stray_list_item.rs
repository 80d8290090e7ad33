//! `stray-list-item`: a list item stands where no list can be.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "stray-list-item",
    severity: Severity::Error,
    summary: "A list item stands where no list can be.",
    example: "---\ntitle: Hello\n- a\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::StrayListItem, |_| {
        Words::new(
            "This list item belongs to no key: the entry before it has a value already.",
            "Mend the list",
        )
        .otherwise("Jekyll reads it as part of the text before it.")
        .related("This is the entry before it")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: 題名\n- 東京\n---\n本文\n",
            expect![[r#"
              - 東京
              ^^^^^^
            error stray-list-item: This list item belongs to no key: the entry before it has a value already. Jekyll publishes this post without its title.
        "#]],
        );
    }
}
