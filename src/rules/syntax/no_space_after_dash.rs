//! `no-space-after-dash`: no blank stands between a dash and the item.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "no-space-after-dash",
    severity: Severity::Error,
    summary: "No blank stands between a dash and the item.",
    example: "---\ntags:\n  - a\n  -b\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::NoSpaceAfterDash, |_| {
        Words::new(
            "A blank is missing after this dash: without it YAML sees no list item.",
            "Add a blank after the dash",
        )
        .otherwise("Jekyll reads it as part of a text.")
    });
}
