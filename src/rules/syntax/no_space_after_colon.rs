//! `no-space-after-colon`: no blank stands between a colon and the value.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "no-space-after-colon",
    severity: Severity::Error,
    summary: "No blank stands between a colon and the value.",
    example: "---\ntitle:Hello\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::NoSpaceAfterColon, |_| {
        Words::new(
            "A blank is missing after this colon: without it YAML sees no key.",
            "Add a blank after the colon",
        )
    });
}
