//! `key-too-long`: a key is longer than the 1,024 characters that YAML allows.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "key-too-long",
    severity: Severity::Error,
    summary: "A key is longer than the 1,024 characters that YAML allows.",
    example: LONG_KEY,
    check,
};

// A key of 1,040 characters.
const LONG_KEY: &str =
    concat!("---\n", sixteen_times!(sixteen_times!("long")), "long_and_long_key", ": x\n---\nText\n");

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::KeyTooLong, |_| {
        Words::new("This key is longer than 1,024 characters, more than YAML allows.", "Shorten the key")
    });
}
