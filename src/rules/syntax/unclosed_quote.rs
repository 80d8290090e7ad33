//! `unclosed-quote`: a quote is opened and never closed.

use super::{Case, Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "unclosed-quote",
    severity: Severity::Error,
    summary: "A quote is opened and never closed.",
    example: "---\ntitle: \"Hello\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::UnclosedQuote, |case| {
        Words::new(format!("This quote is never closed: {}.", quoted_from(case)), "Close the quote")
    });
}

/// The quote and what follows it, wherever the span ends.
fn quoted_from(case: &Case<'_>) -> String {
    quoted(&format!("{}{}", case.source(), case.rest_of_line()))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: \"題名\n---\n本文\n",
            expect![[r#"
              title: "題名
                     ^^^^^
            error unclosed-quote: This quote is never closed: `"題名`. Jekyll publishes this post without its title.
            fix: Close the quote
              title: "題名"
        "#]],
        );
    }
}
