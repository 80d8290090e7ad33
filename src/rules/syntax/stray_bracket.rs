//! `stray-bracket`: a closing bracket has no opening one.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "stray-bracket",
    severity: Severity::Error,
    summary: "A closing bracket has no opening one.",
    example: "---\ntags: [a, b]]\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::StrayBracket, |case| {
        Words::new(
            format!("This {} closes nothing that is open.", case.written()),
            "Remove the stray bracket",
        )
    });
}
