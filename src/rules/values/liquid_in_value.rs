//! `liquid-in-value`: an unquoted value begins with `{{`, which is a mapping to YAML.

use crate::rules::loaded::{block, each_value, finding, in_quotes, is_liquid, pairs, source};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "liquid-in-value",
    severity: Severity::Warning,
    summary: "An unquoted value begins with `{{`, which is a mapping to YAML, and Jekyll reads an empty one.",
    example: "---\ntitle: {{ site.title }}\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    // Most blocks have no brace.
    if !block(input).contains('{') {
        return;
    }
    for pair in pairs(input) {
        // A mapping of categories breaks the post.
        let breaks = pair.key.value.as_str() == Some("categories");
        each_value(input, &pair.value, &mut |node, context| {
            if !is_liquid(input, node) {
                return;
            }
            let fatal = breaks && node.span == pair.value.span;
            let loss = if fatal { " and publishes the post without its front matter" } else { "" };
            let message = format!(
                "{} is a mapping to YAML, and Jekyll reads {}{loss}. Liquid does not run in front matter: write the text itself, or put it in quotes if the layout runs it.",
                quoted(source(input, node)),
                quoted(&node.value.inspect())
            );
            let one_line = !source(input, node).contains(['\n', '\r']);
            found.push(Diagnostic {
                severity: if fatal { Severity::Error } else { RULE.severity },
                fix: in_quotes(&input.post.text, node.span, context).filter(|_| one_line),
                ..finding(&RULE, node.span, message)
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn categories_of_it_break_the_post() {
        check(
            "---\ncategories: {{ 題名 }}\n---\n本文\n",
            expect![[r#"
              categories: {{ 題名 }}
                          ^^^^^^^^^^
            error liquid-in-value: `{{ 題名 }}` is a mapping to YAML, and Jekyll reads `{}` and publishes the post without its front matter. Liquid does not run in front matter: write the text itself, or put it in quotes if the layout runs it.
            fix: Put it in quotes
              categories: "{{ 題名 }}"
        "#]],
        );
    }

    #[test]
    fn in_values_and_items() {
        check(
            "---\ntitle: {{ 題名 }}\ntags: [{{ x }}, 東京]\n---\n本文\n",
            expect![[r#"
              title: {{ 題名 }}
                     ^^^^^^^^^^
            warning liquid-in-value: `{{ 題名 }}` is a mapping to YAML, and Jekyll reads `{}`. Liquid does not run in front matter: write the text itself, or put it in quotes if the layout runs it.
            fix: Put it in quotes
              title: "{{ 題名 }}"
              tags: [{{ x }}, 東京]
                     ^^^^^^^
            warning liquid-in-value: `{{ x }}` is a mapping to YAML, and Jekyll reads `{}`. Liquid does not run in front matter: write the text itself, or put it in quotes if the layout runs it.
            fix: Put it in quotes
              tags: ["{{ x }}", 東京]
        "#]],
        );
    }

    #[test]
    fn in_quotes_it_is_a_text() {
        for block in ["title: '{{ x }}'", "title: A {{ x }}", "data: {a: {b: c}}"] {
            let found = Fixture::new(&format!("---\n{block}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{block}");
        }
    }
}
