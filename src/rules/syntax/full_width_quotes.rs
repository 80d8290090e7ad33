//! `full-width-quotes`: full-width or curly quotes stand where YAML needs ASCII ones.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "full-width-quotes",
    severity: Severity::Error,
    summary: "Full-width or curly quotes stand where YAML needs ASCII ones.",
    example: "---\ntitle: “Rust: a start”\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FullWidthQuote, |case| {
        Words::new(
            format!("{} is no quote to YAML. Write `\"` or `'`.", case.written()),
            "Write ASCII quotes",
        )
        .otherwise("Jekyll reads it as part of the text.")
    });
}
