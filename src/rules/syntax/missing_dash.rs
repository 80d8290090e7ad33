//! `missing-dash`: a line of a list has no dash.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-dash",
    severity: Severity::Error,
    summary: "A line of a list has no dash.",
    example: "---\ntags:\n  - a\n  b\n  - c\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::MissingDash, |case| {
        Words::new(format!("{} stands in a list and has no `- ` before it.", case.written()), "Add the dash")
            .otherwise("Jekyll reads it as part of the item before it.")
    });
}
