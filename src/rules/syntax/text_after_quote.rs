//! `text-after-quote`: text follows the closing quote of a value.

use super::{Words, report};
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
    report(input, found, RULE.code, ProblemKind::TextAfterQuote, |case| match case.source() {
        "'" => Words::new(
            "The value ends at this quote. An apostrophe inside single quotes is written twice: `''`.",
            "Write the apostrophe twice",
        ),
        "\"" => Words::new(
            "The value ends at this quote. A quote inside double quotes is written with a backslash: `\\\"`.",
            "Put backslashes before the quotes inside",
        ),
        _ => Words::new(
            format!("The value ends at its closing quote, and {} follows it.", case.written()),
            "Put the whole value in quotes",
        ),
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn quotes_in_double_quotes() {
        check(
            "---\ntitle: \"本当の\"実力\"です\"\n---\n本文\n",
            expect![[r#"
                  title: "本当の"実力"です"
                                ^
                error text-after-quote: The value ends at this quote. A quote inside double quotes is written with a backslash: `\"`. Jekyll publishes this post without its title.
                fix: Put backslashes before the quotes inside
                  title: "本当の\"実力\"です"
            "#]],
        );
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: 'it's 題名'\n---\n本文\n",
            expect![[r#"
                  title: 'it's 題名'
                            ^
                error text-after-quote: The value ends at this quote. An apostrophe inside single quotes is written twice: `''`. Jekyll publishes this post without its title.
                fix: Write the apostrophe twice
                  title: 'it''s 題名'
            "#]],
        );
    }
}
