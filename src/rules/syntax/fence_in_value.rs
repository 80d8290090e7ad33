//! `fence-in-value`: a line `---` inside a value ends the block.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "fence-in-value",
    severity: Severity::Error,
    summary: "A line `---` inside a value ends the block.",
    example: "---\ntitle: \"a\n---\nb\"\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::FenceInValue, |_| {
        Words::new(
            "This line ends the front matter, though it stands inside a value: Jekyll looks for `---` before it reads any YAML.",
            "Indent the line",
        )
        .otherwise("Jekyll prints the lines below it as text.")
        .related("The value begins here")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_block_scalar_that_loads_without_its_rest() {
        check(
            "---\ntitle: 題\nsummary: |\n  上\n---\n  下\ntags: [a]\n---\n本文\n",
            expect![[r#"
                  ---
                  ^^^
                warning fence-in-value: This line ends the front matter, though it stands inside a value: Jekyll looks for `---` before it reads any YAML. Jekyll prints the lines below it as text.
                see: The value begins here
                  summary: |
                  ^^^^^^^^^^
            "#]],
        );
        for body in ["  code\n\nText\n\n---\n", "Text\n---\n", "  code\n"] {
            check(&format!("---\ntitle: 題\nsummary: |\n  上\n---\n{body}"), expect![[""]]);
        }
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: \"題\n---\n名\"\n---\n本文\n",
            expect![[r#"
              ---
              ^^^
            error fence-in-value: This line ends the front matter, though it stands inside a value: Jekyll looks for `---` before it reads any YAML. Jekyll publishes this post without its title.
            see: The value begins here
              title: "題
              ^^^^^^^^^^
        "#]],
        );
    }
}
