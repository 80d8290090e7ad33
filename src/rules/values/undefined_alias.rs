//! `undefined-alias`: `*name` where no anchor has that name, or inside its own anchor.

use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{Node, Value};
use crate::rules::loaded::{each_value, finding, in_quotes, pairs, properties, source};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "undefined-alias",
    severity: Severity::Warning,
    summary: "A word that begins with `*` is an alias to YAML, and there is nothing that it could stand for.",
    example: "---\ntags: [*nix, rust]\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    if !input.post.front_matter.fence.content.of(text).contains('*') {
        return;
    }
    let mut nodes: Vec<(&Node, Context)> = Vec::new();
    for pair in pairs(input) {
        each_value(input, &pair.value, &mut |node, context| nodes.push((node, context)));
    }
    let anchored = |node: &Node, name: &str| {
        properties(text, node).of(text).split_whitespace().any(|word| word.strip_prefix('&') == Some(name))
    };
    for (node, context) in nodes.iter().filter(|(node, _)| node.style == Style::Alias) {
        let name = source(input, node).trim_start_matches('*');
        let mut before = nodes.iter().filter(|(other, _)| other.span.start < node.span.start);
        let anchor = before.find(|(other, _)| anchored(other, name)).map(|(other, _)| other);
        match anchor {
            Some(anchor) if anchor.span.encloses(node.span) => {
                let message = format!(
                    "{} stands inside of what it is an alias of: the list or mapping holds itself without end. Remove it.",
                    quoted(source(input, node))
                );
                found.push(finding(&RULE, node.span, message));
            }
            None if node.value == Value::Null => {
                let message = format!(
                    "{} is an alias to YAML, and no anchor `&{name}` stands before it: Jekyll reads nothing. Put it in quotes.",
                    quoted(source(input, node))
                );
                found.push(Diagnostic {
                    fix: in_quotes(text, node.span, *context),
                    ..finding(&RULE, node.span, message)
                });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn aliases_of_nothing() {
        check(
            "---\ntitle: *bold\ntags: [a, *b]\n---\n本文\n",
            expect![[r#"
                  title: *bold
                         ^^^^^
                warning undefined-alias: `*bold` is an alias to YAML, and no anchor `&bold` stands before it: Jekyll reads nothing. Put it in quotes.
                fix: Put it in quotes
                  title: "*bold"
                  tags: [a, *b]
                            ^^
                warning undefined-alias: `*b` is an alias to YAML, and no anchor `&b` stands before it: Jekyll reads nothing. Put it in quotes.
                fix: Put it in quotes
                  tags: [a, "*b"]
            "#]],
        );
        check(
            "---\nkeywords: &k [東京, *k]\n---\n本文\n",
            expect![[r#"
              keywords: &k [東京, *k]
                                  ^^
            warning undefined-alias: `*k` stands inside of what it is an alias of: the list or mapping holds itself without end. Remove it.
        "#]],
        );
    }

    #[test]
    fn aliases_of_something() {
        for block in ["a: &x b\nc: *x", "a: &x\nc: *x", "a: &x [b]\nc: [*x]", "title: 5 * 3"] {
            let found = Fixture::new(&format!("---\n{block}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{block}");
        }
    }
}
