//! `term-type`: a tag or category is no text to Jekyll: a number, a boolean, a date, a mapping.

use super::TermKey;
use super::edit::flow_list;
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{Node, Value};
use crate::rules::loaded::{finding, fix, in_quotes, is_alias, is_liquid, is_plain, source};
use crate::rules::words::{kind_of, quoted};
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "term-type",
    severity: Severity::Warning,
    summary: "A tag or category is a number, a boolean, a date or a mapping to Jekyll.",
    example: "---\ntitle: Hello\ntags: [se, no, dk]\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for &(key, pair) in input.term_pairs() {
        let node = &pair.value;
        match &node.value {
            Value::List(items) => {
                let context = if node.style == Style::Flow { Context::Flow } else { Context::Block };
                found.extend(items.iter().filter_map(|item| term(input, key, item, context)));
            }
            // In the plural they are `tags-type` and `categories-type`.
            _ if key.splits => {}
            Value::Bool(false) if source(input, node).eq_ignore_ascii_case("false") => {}
            _ => found.extend(term(input, key, node, Context::Block)),
        }
    }
}

fn term(input: &Input<'_>, key: TermKey, node: &Node, context: Context) -> Option<Diagnostic> {
    if matches!(node.value, Value::Null | Value::String(_)) || is_alias(input, node) || is_liquid(input, node)
    {
        return None;
    }
    let kind = kind_of(&node.value);
    let read = match &node.value {
        // Tags are flattened.
        Value::List(_) if key.is_tag() => return None,
        Value::Bool(false) if !key.splits => {
            format!("Jekyll reads {kind} here, and no {} at all.", key.noun)
        }
        Value::List(_) | Value::Mapping(_) => {
            format!(
                "Jekyll reads {kind} here and prints {}, not a {}.",
                quoted(&node.value.inspect()),
                key.noun
            )
        }
        _ if key.name == "categories" => {
            format!("Jekyll reads {kind} here and lists it twice, once as a text.")
        }
        value if !key.splits && !key.is_tag() && value.display() == source(input, node) => {
            format!("YAML reads {kind} here, which only Jekyll's `category` makes a text again.")
        }
        value if value.display() == source(input, node) => {
            format!(
                "Jekyll reads {kind} here, which is not equal to the text {}.",
                quoted(source(input, node))
            )
        }
        _ => format!("Jekyll reads {kind} here, not {}.", quoted(source(input, node))),
    };
    let one_line = !source(input, node).contains(['\n', '\r']);
    // A category with a colon, alone or first, makes no URL.
    let quotable = is_plain(input, node)
        || (matches!(node.value, Value::Mapping(_))
            && node.style == Style::Block
            && one_line
            && key.is_tag());
    // `2023,2024` is one number.
    let words = source(input, node).split(',').map(str::trim).filter(|word| !word.is_empty());
    let (advice, mend) = if quotable && !key.splits && words.clone().count() > 1 {
        let list = flow_list(words);
        (
            format!(" Write a list: {}.", quoted(&list)),
            fix("Write a list", vec![TextEdit::replace(node.span, list)]),
        )
    } else if quotable {
        (" Put it in quotes.".to_owned(), in_quotes(&input.post.text, node.span, context))
    } else {
        (String::new(), None)
    };
    Some(Diagnostic { fix: mend, ..finding(&RULE, node.span, format!("{read}{advice}")) })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn items_that_are_no_text() {
        check(
            "---\ntags: [日本, no, 2024, 1.10]\n---\n本文\n",
            expect![[r#"
              tags: [日本, no, 2024, 1.10]
                           ^^
            warning term-type: Jekyll reads the boolean false here, not `no`. Put it in quotes.
            fix: Put it in quotes
              tags: [日本, "no", 2024, 1.10]
              tags: [日本, no, 2024, 1.10]
                               ^^^^
            warning term-type: Jekyll reads the number 2024 here, which is not equal to the text `2024`. Put it in quotes.
            fix: Put it in quotes
              tags: [日本, no, "2024", 1.10]
              tags: [日本, no, 2024, 1.10]
                                     ^^^^
            warning term-type: Jekyll reads the number 1.1 here, not `1.10`. Put it in quotes.
            fix: Put it in quotes
              tags: [日本, no, 2024, "1.10"]
        "#]],
        );
        check(
            "---\ncategories:\n- 2024\n- 入門: 東京\n- [a, b]\n---\n本文\n",
            expect![[r#"
                  - 2024
                    ^^^^
                warning term-type: Jekyll reads the number 2024 here and lists it twice, once as a text. Put it in quotes.
                fix: Put it in quotes
                  - "2024"
                  - 入門: 東京
                    ^^^^^^^^^^
                warning term-type: Jekyll reads a mapping here and prints `{"入門"=>"東京"}`, not a category.
                  - [a, b]
                    ^^^^^^
                warning term-type: Jekyll reads a list here and prints `["a", "b"]`, not a category.
            "#]],
        );
        check(
            "---\ncategory: 2024\ntag: no\n---\n本文\n",
            expect![[r#"
                  category: 2024
                            ^^^^
                warning term-type: YAML reads the number 2024 here, which only Jekyll's `category` makes a text again. Put it in quotes.
                fix: Put it in quotes
                  category: "2024"
                  tag: no
                       ^^
                warning term-type: Jekyll reads the boolean false here, and no tag at all. Put it in quotes.
                fix: Put it in quotes
                  tag: "no"
            "#]],
        );
    }

    #[test]
    fn items_that_are_text() {
        for tags in ["[\"2024\", 'no']", "[2024年, y, 1.2.3]", "[[a, b]]", "~"] {
            let found = Fixture::new(&format!("---\ntags: {tags}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{tags}");
        }
    }
}
