//! `eaten-word`: a word that begins with `&` or `!` is an anchor or a tag to YAML, and no part of the value.

use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{Node, Value};
use crate::rules::loaded::{block, each_value, finding, in_quotes, pairs, properties, source};
use crate::rules::words::{kind_of, quoted};
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "eaten-word",
    severity: Severity::Warning,
    summary: "A word that begins with `&` or `!` is an anchor or a tag to YAML, and Jekyll reads the value without it.",
    example: "---\ntitle: &c and friends\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    // Most blocks have neither.
    if memchr::memchr2(b'&', b'!', block(input).as_bytes()).is_none() {
        return;
    }
    for pair in pairs(input) {
        each_value(input, &pair.value, &mut |node, context| found.extend(eaten(input, node, context)));
    }
}

fn eaten(input: &Input<'_>, node: &Node, context: Context) -> Option<Diagnostic> {
    let text = &*input.post.text;
    let word = properties(text, node);
    if word.is_empty() || node.style != Style::Plain {
        return None;
    }
    let written = word.of(text);
    let explicit_text = written == "!!str";
    match written.strip_prefix('&') {
        Some(name) if is_used(input, name) => return None,
        // `path: &image /assets/a.png`, from a template in which `*image` repeats it: no path begins with a word and a blank.
        Some(_) if node.value.as_str().is_some_and(is_address) => return None,
        Some(_) => {}
        None if explicit_text => {}
        None if written.starts_with("!ruby/") || written.strip_prefix("!!").is_some_and(is_type) => {
            return None;
        }
        None => {}
    }
    if explicit_text && matches!(node.value, Value::String(_)) {
        return None;
    }
    let what = if written.starts_with('&') { "an anchor" } else { "a tag" };
    let read = match (&node.value, explicit_text) {
        (Value::Null, _) => "nothing".to_owned(),
        (value, true) => kind_of(value),
        _ => quoted(source(input, node)),
    };
    let quotes = if explicit_text { node.span } else { word.cover(node.span) };
    let one_line = !quotes.of(text).contains(['\n', '\r']);
    let trimmed = if node.span.is_empty() { word } else { quotes };
    let message = format!(
        "{} is {what} to YAML and no part of the value: Jekyll reads {read}. Put the value in quotes.",
        quoted(written)
    );
    Some(Diagnostic {
        fix: in_quotes(text, trimmed, context).filter(|_| one_line),
        ..finding(&RULE, word, message)
    })
}

fn is_address(text: &str) -> bool {
    text.starts_with('/') || text.contains("://")
}

/// The types of YAML 1.1, `!!set` and the like.
const TYPES: &[&str] = &[
    "binary",
    "bool",
    "float",
    "int",
    "map",
    "merge",
    "null",
    "omap",
    "pairs",
    "seq",
    "set",
    "str",
    "timestamp",
    "value",
    "yaml",
];

fn is_type(name: &str) -> bool {
    TYPES.contains(&name) || name.starts_with("ruby/")
}

/// Whether an alias names the anchor.
fn is_used(input: &Input<'_>, name: &str) -> bool {
    block(input).match_indices('*').any(|(at, _)| {
        let rest = &block(input)[at + 1..];
        rest.strip_prefix(name).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn anchors_and_tags() {
        check(
            "---\ntitle: !news お知らせ\n---\n本文\n",
            expect![[r#"
                  title: !news お知らせ
                         ^^^^^
                warning eaten-word: `!news` is a tag to YAML and no part of the value: Jekyll reads `お知らせ`. Put the value in quotes.
                fix: Put it in quotes
                  title: "!news お知らせ"
            "#]],
        );
        check(
            "---\ntags: [&b, !c d]\ntitle: !important\n---\n本文\n",
            expect![[r#"
              tags: [&b, !c d]
                     ^^
            warning eaten-word: `&b` is an anchor to YAML and no part of the value: Jekyll reads nothing. Put the value in quotes.
            fix: Put it in quotes
              tags: ["&b", !c d]
              tags: [&b, !c d]
                         ^^
            warning eaten-word: `!c` is a tag to YAML and no part of the value: Jekyll reads `d`. Put the value in quotes.
            fix: Put it in quotes
              tags: [&b, "!c d"]
              title: !important
                     ^^^^^^^^^^
            warning eaten-word: `!important` is a tag to YAML and no part of the value: Jekyll reads nothing. Put the value in quotes.
            fix: Put it in quotes
              title: "!important"
        "#]],
        );
        check(
            "---\ntitle: !!wow こんにちは\n---\n本文\n",
            expect![[r#"
              title: !!wow こんにちは
                     ^^^^^
            warning eaten-word: `!!wow` is a tag to YAML and no part of the value: Jekyll reads `こんにちは`. Put the value in quotes.
            fix: Put it in quotes
              title: "!!wow こんにちは"
        "#]],
        );
        check(
            "---\nversion: !!str 2024\n---\n本文\n",
            expect![[r#"
              version: !!str 2024
                       ^^^^^
            warning eaten-word: `!!str` is a tag to YAML and no part of the value: Jekyll reads the number 2024. Put the value in quotes.
            fix: Put it in quotes
              version: !!str "2024"
        "#]],
        );
    }

    #[test]
    fn anchors_that_are_used() {
        for block in [
            "a: &x b\nc: *x",
            "a: &x {b: c}",
            "image:\n  path: &teaser /assets/図.png",
            "title: 'a &b !c'",
            "title: A & B!",
            "a: !!str b",
            "a: !!set {b}",
        ] {
            let found = Fixture::new(&format!("---\n{block}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{block}");
        }
    }
}
