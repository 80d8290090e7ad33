//! `empty-term`: an item of a list of tags or categories is nothing to Jekyll.

use super::TermKey;
use super::edit::remove_item;
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{Node, Value};
use crate::rules::loaded::{comment_after, finding, fix, in_quotes, is_alias, properties, source};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: "empty-term",
    severity: Severity::Warning,
    summary: "An item of the tags or categories is nothing to Jekyll: the word `null`, a comment, an empty line, an empty text.",
    example: "---\ntitle: Hello\ntags: [null, void]\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for &(key, pair) in input.term_pairs() {
        let Some(items) = pair.value.value.as_list() else { continue };
        for (index, item) in items.iter().enumerate() {
            if item.value.as_str().is_some_and(|text| text.trim().is_empty()) && !is_alias(input, item) {
                found.push(blank(input, key, &pair.value, index, item));
            } else if item.value == Value::Null
                && !is_alias(input, item)
                && properties(&input.post.text, item).is_empty()
            {
                found.push(empty(input, key, &pair.value, index, item));
            }
        }
    }
}

fn empty(input: &Input<'_>, key: TermKey, list: &Node, index: usize, item: &Node) -> Diagnostic {
    let text = &*input.post.text;
    let context = if list.style == Style::Flow { Context::Flow } else { Context::Block };
    let written = source(input, item);
    let consequence = match key.name {
        "categories" => "gives the post a category without a name",
        _ => "drops it",
    };
    if !written.is_empty() {
        let message = format!(
            "{} is nothing to YAML, and Jekyll {consequence}. Put it in quotes if it is meant as a {}.",
            quoted(written),
            key.noun
        );
        let mend = in_quotes(text, item.span, context).filter(|_| written != "~");
        return Diagnostic { fix: mend, ..finding(&RULE, item.span, message) };
    }
    if let Some(comment) = comment_after(text, item).filter(|it| !it.of(text).starts_with("# ")) {
        let message = format!(
            "{} is a comment to YAML, and Jekyll reads no {} here. Put it in quotes.",
            quoted(comment.of(text)),
            key.noun
        );
        return Diagnostic { fix: in_quotes(text, comment, context), ..finding(&RULE, comment, message) };
    }
    // An item that is not written yet, or was forgotten: for tags Jekyll reads what was meant.
    let severity = if key.name == "categories" { RULE.severity } else { Severity::Information };
    let line = text.get(..item.span.start).unwrap_or_default().rfind('-');
    let span = line.map_or(item.span, |dash| Span::new(dash, dash + 1));
    let message = format!("This item is empty, and Jekyll {consequence}.");
    let mend = remove_item(text, list, index).filter(|_| items_left(list));
    Diagnostic {
        severity,
        fix: mend.and_then(|edits| fix("Remove the empty item", edits)),
        ..finding(&RULE, span, message)
    }
}

/// An item of nothing but quotes or blanks.
fn blank(input: &Input<'_>, key: TermKey, list: &Node, index: usize, item: &Node) -> Diagnostic {
    let noun = key.noun;
    let message = format!("This {noun} is an empty text, and Jekyll gives the post a {noun} without a name.");
    let mend = remove_item(&input.post.text, list, index).filter(|_| items_left(list));
    Diagnostic {
        fix: mend.and_then(|edits| fix("Remove the empty item", edits)),
        ..finding(&RULE, item.span, message)
    }
}

fn items_left(list: &Node) -> bool {
    list.value.as_list().is_some_and(|items| items.len() > 1)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn words_comments_and_blank_items() {
        check(
            "---\ntags: [Null, 東京]\n---\n本文\n",
            expect![[r#"
              tags: [Null, 東京]
                     ^^^^
            warning empty-term: `Null` is nothing to YAML, and Jekyll drops it. Put it in quotes if it is meant as a tag.
            fix: Put it in quotes
              tags: ["Null", 東京]
        "#]],
        );
        check(
            "---\ntags:\n- #rust\n- 東京\n---\n本文\n",
            expect![[r##"
              - #rust
                ^^^^^
            warning empty-term: `#rust` is a comment to YAML, and Jekyll reads no tag here. Put it in quotes.
            fix: Put it in quotes
              - "#rust"
        "##]],
        );
        check(
            "---\ntags: [\"\", 東京]\n---\n本文\n",
            expect![[r#"
              tags: ["", 東京]
                     ^^
            warning empty-term: This tag is an empty text, and Jekyll gives the post a tag without a name.
            fix: Remove the empty item
              tags: [東京]
        "#]],
        );
        check(
            "---\ncategories:\n- 東京\n-\n---\n本文\n",
            expect![[r#"
              -
              ^
            warning empty-term: This item is empty, and Jekyll gives the post a category without a name.
            fix: Remove the empty item
        "#]],
        );
    }
}
