//! `not-a-mapping`: the block is a list, a text or a number instead of keys and values.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FileKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "not-a-mapping",
    severity: Severity::Error,
    summary: "The block is a list, a text or a number instead of keys and values.",
    example: "---\n- a\n- b\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let what = match input.kind {
        FileKind::Config => "A configuration is made of lines `key: value`, and this file has none.",
        _ => "Front matter is made of lines `key: value`, and this block has none.",
    };
    report(input, found, RULE.code, ProblemKind::NotMapping, |_| Words::new(what, "Make it a mapping"));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\n- 東京\n- 京都\n---\n本文\n",
            expect![[r#"
              - 東京
              ^^^^^^
            error not-a-mapping: Front matter is made of lines `key: value`, and this block has none. Jekyll publishes this post without its front matter.
        "#]],
        );
    }
}
