//! `full-width-brackets`: full-width brackets stand where a list is meant.

use super::{Case, Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "full-width-brackets",
    severity: Severity::Warning,
    summary: "Full-width brackets stand where a list is meant.",
    example: "---\ntags: ［a, b］\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FullWidthBracket, |case| {
        Words::new(
            format!("{} is no bracket to YAML. Write `[` and `]` around a list.", case.written()),
            "Write ASCII brackets",
        )
        .otherwise(format!("Jekyll reads {} as a text, not as a list.", quoted_key(case)))
    });
}

fn quoted_key(case: &Case<'_>) -> String {
    if case.key().is_empty() { "the value".to_owned() } else { quoted(case.key()) }
}
