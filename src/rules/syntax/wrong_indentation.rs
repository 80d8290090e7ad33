//! `wrong-indentation`: a line is indented deeper or less than its neighbours allow.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "wrong-indentation",
    severity: Severity::Error,
    summary: "A line is indented deeper or less than its neighbours allow.",
    example: "---\ntitle: Hello\n  layout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::WrongIndentation, |_| {
        Words::new("This line is indented otherwise than the lines it belongs to.", "Mend the indentation")
            .otherwise("Jekyll reads it as part of the entry before it.")
            .related("It belongs to this")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn lines_that_go_on_with_a_text() {
        check(
            "---\ntitle: 東京の\n春の\n花\n---\n本文\n",
            expect![[r#"
              春の
              ^^^^
            error wrong-indentation: This line is indented otherwise than the lines it belongs to. Jekyll publishes this post without its title.
            fix: Mend the indentation
                春の
              花
              ^^
            error wrong-indentation: This line is indented otherwise than the lines it belongs to. Jekyll publishes this post without its title.
            fix: Mend the indentation
                花
        "#]],
        );
    }

    #[test]
    fn an_item_below_an_item() {
        check(
            "---\ntags:\n  - 東京\n    - 京都\n  - 大阪\n---\n本文\n",
            expect![[r#"
                  - 京都
              ^^^^
            warning wrong-indentation: This line is indented otherwise than the lines it belongs to. Jekyll reads it as part of the entry before it.
            see: It belongs to this
                - 東京
                ^
            fix: Mend the indentation
                - 京都
        "#]],
        );
        check("---\nlinks:\n  -\n    - a\n  - b:\n    - c\n  - d\n---\n本文\n", expect![""]);
    }

    #[test]
    fn a_value_on_the_line_below_its_key() {
        check(
            "---\nauthor:\n山田 太郎\ntitle: 題\n---\n本文\n",
            expect![[r#"
              山田 太郎
              ^^^^^^^^^
            error wrong-indentation: This line is indented otherwise than the lines it belongs to. Jekyll publishes this post without its title.
            fix: Mend the indentation
                山田 太郎
        "#]],
        );
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags:\n  - 東京\n - 京都\n---\n本文\n",
            expect![[r#"
               - 京都
              ^
            error wrong-indentation: This line is indented otherwise than the lines it belongs to. Jekyll publishes this post without its tags.
            see: It belongs to this
                - 東京
                ^
            fix: Mend the indentation
                - 京都
        "#]],
        );
    }
}
