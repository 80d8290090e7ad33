//! `first-key-indented`: the first key is indented more than the next ones, which Jekyll therefore never reads.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "first-key-indented",
    severity: Severity::Warning,
    summary: "The first key is indented more than the next ones, which Jekyll therefore never reads.",
    example: "---\n  title: Hello\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FirstKeyIndented, |_| {
        Words::new(
            "The first key is indented and the next ones are not: for YAML the block ends after it, and Jekyll never reads the rest.",
            "Remove the indentation",
        )
    });
}
