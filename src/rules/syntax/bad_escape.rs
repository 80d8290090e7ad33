//! `bad-escape`: a backslash in double quotes begins an escape that YAML does not know.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "bad-escape",
    severity: Severity::Error,
    summary: "A backslash in double quotes begins an escape that YAML does not know.",
    example: "---\ntitle: \"C:\\path\"\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::BadEscape, |case| {
        Words::new(
            format!(
                "In double quotes a backslash begins an escape, and YAML knows no {}. Write `\\\\`, or use single quotes.",
                case.written()
            ),
            "Keep the backslash as a character",
        )
    });
}
