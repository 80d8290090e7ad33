//! `hidden-line-break`: an invisible character that YAML takes for the end of a line.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "hidden-line-break",
    severity: Severity::Error,
    summary: "An invisible character that YAML takes for the end of a line.",
    example: "---\ntitle: He\u{2028}llo\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::HiddenLineBreak, |case| {
        Words::new(
            format!(
                "YAML takes the invisible character {} for the end of a line. Write a space instead.",
                case.written()
            ),
            "Write a space",
        )
        .otherwise("Jekyll reads a blank here.")
    });
}
