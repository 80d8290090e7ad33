//! `not-a-mapping`: the block is a list, a text or a number instead of keys and values.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "not-a-mapping",
    severity: Severity::Error,
    summary: "The block is a list, a text or a number instead of keys and values.",
    example: "---\n- a\n- b\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::NotMapping, |_| {
        Words::new(
            "Front matter is made of lines `key: value`, and this block has none.",
            "Make it a mapping",
        )
    });
}
