//! `nested-too-deep`: brackets nest deeper than is read.

use super::{Words, report};
use crate::limits::MAX_NESTING;
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "nested-too-deep",
    severity: Severity::Error,
    summary: "Brackets nest deeper than is read.",
    example: DEEP,
    check,
};

// 1,024 brackets.
const DEEP: &str = concat!(
    "---\nkey: ",
    sixteen_times!(sixteen_times!("[[[[")),
    sixteen_times!(sixteen_times!("]]]]")),
    "\n---\nText\n"
);

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::NestedTooDeep, |_| {
        Words::new(
            format!("More than {MAX_NESTING} levels of nesting: Masthead does not read this block."),
            "Nest less deeply",
        )
    });
}
