//! `missing-comma`: two items of a list in brackets have no comma between them.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-comma",
    severity: Severity::Error,
    summary: "Two items of a list in brackets have no comma between them.",
    example: "---\ntags: [\"a\" \"b\"]\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::MissingComma, |_| {
        Words::new("A comma is missing between these two items of the list.", "Add the comma")
    });
}
