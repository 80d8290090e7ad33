//! `reserved-start`: an unquoted value begins with a character that YAML reserves.

use super::{Case, Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "reserved-start",
    severity: Severity::Error,
    summary: "An unquoted value begins with a character that YAML reserves.",
    example: "---\ntitle: @hello\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::ReservedStart, |case| {
        Words::new(
            format!("An unquoted value cannot begin with {}, which has a meaning of its own in YAML. Put the value in quotes.", first_character(case)),
            "Put the value in quotes",
        )
        .otherwise(format!("Jekyll reads the value without {}.", case.written()))
    });
}

fn first_character(case: &Case<'_>) -> String {
    quoted(case.source().get(..case.source().chars().next().map_or(0, char::len_utf8)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: @花子\ntags: [a]\n---\n本文\n",
            expect![[r#"
              title: @花子
                     ^
            error reserved-start: An unquoted value cannot begin with `@`, which has a meaning of its own in YAML. Put the value in quotes. Jekyll publishes this post without its title and tags.
            fix: Put the value in quotes
              title: "@花子"
        "#]],
        );
    }
}
