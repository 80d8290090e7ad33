//! `hash-in-value`: a blank and a `#` begin a comment, which cuts a value that was meant as text.

use super::{is_prose, is_text};
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{Node, Value};
use crate::rules::loaded::{
    block, comment_after, each_value, finding, in_quotes, is_alias, pairs, properties, source,
};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "hash-in-value",
    severity: Severity::Warning,
    summary: "A `#` after a blank begins a comment, which cuts the value.",
    example: "---\ntitle: Learning C # the easy way\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    // Most blocks have none.
    if !block(input).contains('#') {
        return;
    }
    for pair in pairs(input) {
        let Some(key) = pair.key.value.as_str() else { continue };
        match &pair.value.value {
            Value::List(_) if super::is_term_key(key) => {
                each_value(input, &pair.value, &mut |item, _| {
                    if item.value.as_str().is_some() {
                        found.extend(cut(input, key, item));
                    }
                });
            }
            Value::List(_) | Value::Mapping(_) => {}
            _ => found.extend(cut(input, key, &pair.value)),
        }
    }
}

fn cut(input: &Input<'_>, key: &str, node: &Node) -> Option<Diagnostic> {
    let text = &*input.post.text;
    let comment = comment_after(text, node)?;
    let written = source(input, node);
    // Behind quotes, and where the value is no text, a comment is what it says.
    if node.style != Style::Plain || is_alias(input, node) || !properties(text, node).is_empty() {
        return None;
    }
    if is_note(comment.of(text)) {
        return None;
    }
    // A sign with nothing behind it comments nothing: `C #` is a name.
    let remark = comment.of(text).starts_with("# ") || (comment.len() == 1 && written.is_empty());
    // Set off as programs set off their comments.
    if remark && text[node.span.end..].starts_with("  ") {
        return None;
    }
    let meant = match (written.is_empty(), remark) {
        (true, true) => false,
        (true, false) => is_text(key) || is_colour(comment.of(text)),
        (false, true) => is_prose(key),
        (false, false) => is_text(key),
    };
    if !meant {
        return None;
    }
    let read = match written {
        "" => "nothing at all".to_owned(),
        written => quoted(written),
    };
    let whole = node.span.cover(comment);
    let message = format!(
        "{} is a comment to YAML, and Jekyll reads {read} here. Put the value in quotes.",
        quoted(comment.of(text))
    );
    let one_line = !whole.of(text).contains(['\n', '\r']);
    let whole = if written.is_empty() { comment } else { whole };
    let mend = in_quotes(text, whole, Context::Block).filter(|_| one_line);
    // A remark behind a title may be meant as one.
    Some(Diagnostic { fix: mend.map(|fix| Fix { safe: !remark, ..fix }), ..finding(&RULE, comment, message) })
}

/// A comment that speaks to a program or to the author, not to the reader.
fn is_note(comment: &str) -> bool {
    let words = comment.trim_start_matches(['#', ' ']);
    ["masthead-ignore", "TODO", "FIXME", "XXX"].iter().any(|mark| words.starts_with(mark))
}

/// `#fff`
fn is_colour(comment: &str) -> bool {
    let digits = &comment[1..];
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn values_that_are_cut() {
        check(
            "---\ntitle: 第1回 #入門 \"はじめに\"\n---\n本文\n",
            expect![[r#"
              title: 第1回 #入門 "はじめに"
                           ^^^^^^^^^^^^^^^^
            warning hash-in-value: `#入門 "はじめに"` is a comment to YAML, and Jekyll reads `第1回` here. Put the value in quotes.
            fix: Put it in quotes
              title: "第1回 #入門 \"はじめに\""
        "#]],
        );
        check(
            "---\ntitle: #1 の話\n---\n本文\n",
            expect![[r##"
              title: #1 の話
                     ^^^^^^^
            warning hash-in-value: `#1 の話` is a comment to YAML, and Jekyll reads nothing at all here. Put the value in quotes.
            fix: Put it in quotes
              title: "#1 の話"
        "##]],
        );
        check(
            "---\ntags: #東京 #京都\ncolor: #ff0000\n---\n本文\n",
            expect![[r##"
              tags: #東京 #京都
                    ^^^^^^^^^^^
            warning hash-in-value: `#東京 #京都` is a comment to YAML, and Jekyll reads nothing at all here. Put the value in quotes.
            fix: Put it in quotes
              tags: "#東京 #京都"
              color: #ff0000
                     ^^^^^^^
            warning hash-in-value: `#ff0000` is a comment to YAML, and Jekyll reads nothing at all here. Put the value in quotes.
            fix: Put it in quotes
              color: "#ff0000"
        "##]],
        );
        check(
            "---\ntags:\n- C #\n---\n本文\n",
            expect![[r#"
              - C #
                  ^
            warning hash-in-value: `#` is a comment to YAML, and Jekyll reads `C` here. Put the value in quotes.
            fix: Put it in quotes
              - "C #"
        "#]],
        );
        check(
            "---\ntags:\n- C #1\n---\n本文\n",
            expect![[r#"
              - C #1
                  ^^
            warning hash-in-value: `#1` is a comment to YAML, and Jekyll reads `C` here. Put the value in quotes.
            fix: Put it in quotes
              - "C #1"
        "#]],
        );
    }

    #[test]
    fn comments_that_are_comments() {
        for block in [
            "title: C#",
            "title: Hello # TODO: a better one",
            "title: Hello  # shown in the list",
            "title: 'C # x' # note",
            "tags: [a] # note",
            "date: 2024-01-15 # local",
            "author: Jane # guest",
            "tags:\n- rust # main",
            "tags: #",
            "#author: Jane",
            "comments: #on",
            "layout: post #x",
        ] {
            let found = Fixture::new(&format!("---\n{block}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{block}");
        }
    }
}
