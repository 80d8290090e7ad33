//! `control-character`: a control character, which YAML does not allow.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "control-character",
    severity: Severity::Error,
    summary: "A control character, which YAML does not allow.",
    example: "---\ntitle: He\u{8}llo\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::ControlCharacter, |case| {
        Words::new(
            format!("The invisible character {} is not allowed in YAML. Remove it.", case.written()),
            "Remove the character",
        )
    });
}
