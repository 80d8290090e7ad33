//! `text-after-quote`: text follows the closing quote of a value.

use super::{Case, Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text-after-quote",
    severity: Severity::Error,
    summary: "Text follows the closing quote of a value.",
    example: "---\ntitle: \"Hello\" world\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::TextAfterQuote, |case| {
        let apostrophe =
            if apostrophe(case) { " An apostrophe in single quotes is written twice: `''`." } else { "" };
        Words::new(
            format!("The value ends at its closing quote, and {} follows it.{apostrophe}", case.written()),
            "Put the whole value in quotes",
        )
    });
}

/// Whether the quote that ends the value looks like an apostrophe: letters stand on both sides of it.
fn apostrophe(case: &Case<'_>) -> bool {
    let before = case.text().get(..case.problem.span.start).unwrap_or_default();
    before.strip_suffix('\'').is_some_and(|word| word.ends_with(char::is_alphanumeric))
        && case.source().starts_with(char::is_alphanumeric)
}
