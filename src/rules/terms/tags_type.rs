//! `tags-type`: `tags` is neither a text nor a list, so the post has no tags.

use super::edit::flow_list;
use crate::post::front_matter::Node;
use crate::post::front_matter::Value;
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::write::Context;
use crate::rules::loaded::{finding, fix, in_quotes, is_liquid, is_plain, place, source};
use crate::rules::words::{kind_of, quoted};
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "tags-type",
    severity: Severity::Error,
    summary: "`tags` is neither a text nor a list, and Jekyll reads no tags.",
    example: "---\ntitle: Hello\ntags: 2024\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for (_, pair) in input.term_pairs().iter().filter(|(key, _)| key.name == "tags") {
        let node = &pair.value;
        match &node.value {
            Value::Null | Value::String(_) | Value::List(_) => continue,
            // An author who writes `false` wants no tags, and gets none.
            Value::Bool(false) if source(input, node).eq_ignore_ascii_case("false") => continue,
            _ if is_liquid(input, node) => continue,
            _ => {}
        }
        let message = format!(
            "Jekyll reads {} here, which is neither a text nor a list: the post has no tags at all. Write a list: {}.",
            kind_of(&node.value),
            quoted(&instead(input, node).unwrap_or_else(|| "[a, b]".to_owned()))
        );
        found.push(Diagnostic { fix: mend(input, node), ..finding(&RULE, place(input, pair), message) });
    }
}

/// The list that was meant.
fn instead(input: &Input<'_>, node: &Node) -> Option<String> {
    match &node.value {
        Value::Mapping(mapping) if mapping.iter().all(|pair| pair.value.value == Value::Null) => {
            Some(flow_list(mapping.iter().map(|pair| source(input, &pair.key))))
        }
        _ if is_plain(input, node) => {
            Some(flow_list(source(input, node).split(',').map(str::trim).filter(|word| !word.is_empty())))
        }
        _ => None,
    }
}

fn mend(input: &Input<'_>, node: &Node) -> Option<Fix> {
    let written = source(input, node);
    if is_plain(input, node) && !written.contains(',') {
        return in_quotes(&input.post.text, node.span, Context::Block);
    }
    let list = instead(input, node).filter(|_| matches!(node.style, Style::Flow | Style::Plain))?;
    fix("Write a list", vec![TextEdit::replace(node.span, list)])
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn numbers_booleans_and_mappings() {
        check(
            "---\ntags: 2023,2024\n---\n本文\n",
            expect![[r#"
              tags: 2023,2024
                    ^^^^^^^^^
            error tags-type: Jekyll reads the number 20232024 here, which is neither a text nor a list: the post has no tags at all. Write a list: `["2023", "2024"]`.
            fix: Write a list
              tags: ["2023", "2024"]
        "#]],
        );
        check(
            "---\ntags: no\n---\n本文\n",
            expect![[r#"
              tags: no
                    ^^
            error tags-type: Jekyll reads the boolean false here, which is neither a text nor a list: the post has no tags at all. Write a list: `["no"]`.
            fix: Put it in quotes
              tags: "no"
        "#]],
        );
        check(
            "---\ntags: {東京, 京都}\n---\n本文\n",
            expect![[r#"
              tags: {東京, 京都}
                    ^^^^^^^^^^^^
            error tags-type: Jekyll reads a mapping here, which is neither a text nor a list: the post has no tags at all. Write a list: `[東京, 京都]`.
            fix: Write a list
              tags: [東京, 京都]
        "#]],
        );
        check(
            "---\ntags:\n  AI: 1\n---\n本文\n",
            expect![[r#"
                  tags:
                  ^^^^
                error tags-type: Jekyll reads a mapping here, which is neither a text nor a list: the post has no tags at all. Write a list: `[a, b]`.
            "#]],
        );
    }

    #[test]
    fn no_tags_on_purpose() {
        for tags in ["", "~", "false", "[]", "\"\""] {
            let found = Fixture::new(&format!("---\ntags: {tags}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{tags}");
        }
    }
}
