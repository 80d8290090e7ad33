//! `stray-list-item`: a list item stands where no list can be.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "stray-list-item",
    severity: Severity::Error,
    summary: "A list item stands where no list can be.",
    example: "---\ntitle: Hello\n- a\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::StrayListItem, |_| {
        Words::new(
            "This list item belongs to no key: the entry before it has a value already.",
            "Mend the list",
        )
        .otherwise("Jekyll reads it as part of the text before it.")
        .related("This is the entry before it")
    });
}
