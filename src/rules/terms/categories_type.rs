//! `categories-type`: `categories` is neither a text nor a list, at which Jekyll fails to read the post.

use crate::post::front_matter::Value;
use crate::post::front_matter::write::Context;
use crate::rules::loaded::{finding, in_quotes, is_liquid, is_plain, place, source};
use crate::rules::words::{kind_of, loses_front_matter};
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "categories-type",
    severity: Severity::Error,
    summary: "`categories` is neither a text nor a list, and Jekyll fails to read the post.",
    example: "---\ntitle: Hello\ncategories: 2024\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for (_, pair) in input.term_pairs().iter().filter(|(key, _)| key.name == "categories") {
        let node = &pair.value;
        if matches!(node.value, Value::Null | Value::String(_) | Value::List(_)) || is_liquid(input, node) {
            continue;
        }
        let message = format!(
            "Jekyll reads {} here and fails: categories are a list or a text. {}",
            kind_of(&node.value),
            loses_front_matter(input)
        );
        // `true` and `false` are meant as what they are: only the author knows what should stand here.
        let boolean = ["true", "false"].iter().any(|word| source(input, node).eq_ignore_ascii_case(word));
        let quotable = is_plain(input, node) && !boolean;
        found.push(Diagnostic {
            fix: in_quotes(&input.post.text, node.span, Context::Block).filter(|_| quotable),
            ..finding(&RULE, place(input, pair), message)
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn what_breaks_the_post() {
        check(
            "---\ntitle: 題名\ncategories: no\n---\n本文\n",
            expect![[r#"
              categories: no
                          ^^
            error categories-type: Jekyll reads the boolean false here and fails: categories are a list or a text. Jekyll publishes this post without its title and categories.
            fix: Put it in quotes
              categories: "no"
        "#]],
        );
        check(
            "---\ncategories:\n  東京: 1\n---\n本文\n",
            expect![[r#"
                  categories:
                  ^^^^^^^^^^
                error categories-type: Jekyll reads a mapping here and fails: categories are a list or a text. Jekyll publishes this post without its categories.
            "#]],
        );
        check(
            "---\ncategories: false\n---\n本文\n",
            expect![[r#"
              categories: false
                          ^^^^^
            error categories-type: Jekyll reads the boolean false here and fails: categories are a list or a text. Jekyll publishes this post without its categories.
        "#]],
        );
    }
}
