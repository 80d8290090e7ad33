//! `comma-in-terms`: commas part the tags or categories of a text, but Jekyll splits a text at blanks alone.

use super::TermKey;
use super::edit::{flow_list, split_item};
use crate::jekyll::ruby;
use crate::post::front_matter::{Node, Value};
use crate::rules::loaded::{finding, fix, is_alias, is_mistaken};
use crate::rules::spots::content;
use crate::rules::words::{listed, quoted};
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::TermKind;
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "comma-in-terms",
    severity: Severity::Warning,
    summary: "Commas or full-width blanks part the tags or categories of a text, which Jekyll splits at ASCII blanks alone.",
    example: "---\ntitle: Hello\ntags: AI, ML\n---\nText\n",
    check,
};

/// Full-width commas, of which none is part of a word.
const WIDE_COMMAS: [char; 4] = ['、', '，', '､', '；'];
const WIDE_SPACE: char = '\u{3000}';

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for &(key, pair) in input.term_pairs() {
        match &pair.value.value {
            _ if is_alias(input, &pair.value) || is_mistaken(input, &pair.value) => {}
            Value::String(text) => found.extend(text_value(key, &pair.value, text)),
            Value::List(items) => {
                for item in items.iter().filter(|item| !is_alias(input, item)) {
                    found.extend(list_item(input, key, &pair.value, item, items.len() == 1));
                }
            }
            _ => {}
        }
    }
}

/// A text where a list is meant.
fn text_value(key: TermKey, node: &Node, text: &str) -> Option<Diagnostic> {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '［' | '］'));
    // The last bracket of `a [b, c]` is no end of a list.
    let inner = if bare.rfind('[') > bare.rfind(']') { text.trim() } else { bare };
    let parts = parts(inner);
    let has_comma = parts.len() > 1 || text.trim().ends_with(',');
    let has_wide_space = inner.contains(WIDE_SPACE);
    let bracketed = inner.len() < text.trim().len();
    let has_mark = !has_comma && inner.split(char::is_whitespace).any(is_mark);
    let words: Vec<&str> = match (has_comma, key.splits) {
        (true, _) => parts,
        (false, true) if has_mark => between_marks(inner),
        (false, true) if has_wide_space || bracketed => inner.split(char::is_whitespace).collect(),
        _ => return None,
    };
    let words: Vec<&str> = words
        .into_iter()
        .map(|word| word.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c)))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        return None;
    }
    let written = flow_list(words.iter().copied());
    let read: Vec<_> = if key.splits { ruby::split(text).collect() } else { vec![text.into()] };
    let read_as = listed(read.iter().map(|word| &**word));
    let message = match (key.splits, read.len()) {
        (true, 2..) => format!("This {} list is split at spaces: Jekyll reads {read_as}.", key.noun),
        (true, _) => {
            format!("Jekyll splits this {} list at ASCII spaces alone, and reads one: {read_as}.", key.noun)
        }
        (false, _) => format!("Jekyll does not split `{}`: it reads one {}, {read_as}.", key.name, key.noun),
    };
    // `R & B` can be one name.
    let mend = if has_mark { Fix::choice } else { Fix::new };
    Some(Diagnostic {
        fix: Some(mend("Write a list", vec![TextEdit::replace(node.span, &*written)])),
        ..finding(&RULE, node.span, format!("{message} Write a list: {}.", quoted(&written)))
    })
}

/// A mark alone between blanks, which parts words: Jekyll makes a term of it.
fn is_mark(word: &str) -> bool {
    matches!(word, "|" | "/" | "&" | "+" | "-" | "*" | "・" | "･" | "｜" | "／" | "＆" | "＋")
}

/// What stands between such marks.
fn between_marks(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    for mark in text.split(char::is_whitespace).filter(|word| is_mark(word)) {
        let at = mark.as_ptr() as usize - text.as_ptr() as usize;
        words.push(&text[start..at]);
        start = at + mark.len();
    }
    words.push(&text[start..]);
    words
}

/// What stands between the commas of a text, but for those in brackets.
fn parts(text: &str) -> Vec<&str> {
    let closed = text.rfind(']');
    let mut inside = false;
    let is_part = |(at, c): (usize, char)| {
        inside = (c == '[' && closed > Some(at)) || (inside && c != ']');
        (!inside && (matches!(c, ',' | ';') || WIDE_COMMAS.contains(&c)))
            .then_some(Span::new(at, at + c.len_utf8()))
    };
    let mut all = Vec::new();
    let mut start = 0;
    for comma in text.char_indices().filter_map(is_part) {
        all.push(Span::new(start, comma.start).of(text));
        start = comma.end;
    }
    all.push(&text[start..]);
    all
}

/// An item of a list that holds several: `[東京、京都]`. An ASCII comma or a wide blank can be part of a name, unless
/// it is the only item or all of its parts are known.
fn list_item(input: &Input<'_>, key: TermKey, list: &Node, item: &Node, alone: bool) -> Option<Diagnostic> {
    let may_part = |c: char| matches!(c, ',' | WIDE_SPACE) || WIDE_COMMAS.contains(&c);
    let text = item.value.as_str().filter(|text| text.contains(may_part))?;
    let vocabulary = input.site.vocabulary(if key.is_tag() { TermKind::Tag } else { TermKind::Category });
    let wide = text.contains(WIDE_COMMAS);
    let part =
        |c: char| if wide { WIDE_COMMAS.contains(&c) || c == ',' } else { c == ',' || c == WIDE_SPACE };
    let words: Vec<&str> = text.split(part).map(str::trim).filter(|word| !word.is_empty()).collect();
    if words.len() < 2 {
        return trailing_comma(input, key, item, text);
    }
    let known = words.iter().all(|word| vocabulary.get(word).is_some());
    let habit = vocabulary.get(text).is_some_and(|term| term.count() > 2);
    if habit || !(wide || alone || known) {
        return None;
    }
    let message = format!(
        "Jekyll reads this item as one {}, {}. Write {}: {}.",
        key.noun,
        quoted(text),
        key.count(words.len()),
        listed(words.iter().copied())
    );
    let edits = split_item(&input.post.text, list, item, &words);
    let mend = if wide { Fix::new } else { Fix::choice }("Make it several items", edits);
    Some(Diagnostic { fix: Some(mend), ..finding(&RULE, item.span, message) })
}

/// `- AI,`: the comma, which parts nothing there, is a part of the term.
fn trailing_comma(input: &Input<'_>, key: TermKey, item: &Node, text: &str) -> Option<Diagnostic> {
    let comma = text.chars().last().filter(|c| *c == ',' || WIDE_COMMAS.contains(c))?;
    let place = content(item, &input.post.text)?;
    let last = Span::new(place.end - comma.len_utf8(), place.end);
    let is_written = last.of(&input.post.text).starts_with(comma) && text.chars().count() > 1;
    is_written.then(|| Diagnostic {
        fix: fix("Remove the comma", vec![TextEdit::delete(last)]),
        ..finding(
            &RULE,
            last,
            format!("The comma belongs to this {}: Jekyll reads {}. Remove it.", key.noun, quoted(text)),
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn full_width_brackets_are_no_part_of_a_name() {
        let found = Fixture::new("---\ntitle: 題\ntags：　［AI、生成AI］\n---\n").check();
        let told: Vec<_> = found.iter().map(|found| &*found.message).collect();
        expect![[r#"
            `：` is a full-width colon, which YAML does not take for one. Write `:` and a space. Jekyll publishes this post without its title.
            Jekyll splits this tag list at ASCII spaces alone, and reads one: `［AI、生成AI］`. Write a list: `[AI, 生成AI]`."#]].assert_eq(&told.join("\n"));
    }

    #[test]
    fn a_text_with_commas() {
        check(
            "---\ntags: machine learning, \"AI\", C#\n---\n本文\n",
            expect![[r#"
              tags: machine learning, "AI", C#
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^
            warning comma-in-terms: This tag list is split at spaces: Jekyll reads `machine`, `learning,`, `"AI",` and `C#`. Write a list: `[machine learning, AI, C#]`.
            fix: Write a list
              tags: [machine learning, AI, C#]
        "#]],
        );
        check(
            "---\ncategories: \"人工知能、機械学習\"\n---\n本文\n",
            expect![[r#"
              categories: "人工知能、機械学習"
                          ^^^^^^^^^^^^^^^^^^^^
            warning comma-in-terms: Jekyll splits this category list at ASCII spaces alone, and reads one: `人工知能、機械学習`. Write a list: `[人工知能, 機械学習]`.
            fix: Write a list
              categories: [人工知能, 機械学習]
        "#]],
        );
        check(
            "---\ntags: 東京　京都\n---\n本文\n",
            expect![[r#"
              tags: 東京　京都
                    ^^^^^^^^^^
            warning comma-in-terms: Jekyll splits this tag list at ASCII spaces alone, and reads one: `東京U+3000京都`. Write a list: `[東京, 京都]`.
            fix: Write a list
              tags: [東京, 京都]
        "#]],
        );
        check(
            "---\ntags: a, b]\n---\n本文\n",
            expect![[r#"
              tags: a, b]
                    ^^^^^
            warning comma-in-terms: This tag list is split at spaces: Jekyll reads `a,` and `b]`. Write a list: `[a, b]`.
            fix: Write a list
              tags: [a, b]
        "#]],
        );
        check(
            "---\ncategory: a, b\n---\n本文\n",
            expect![[r#"
              category: a, b
                        ^^^^
            warning comma-in-terms: Jekyll does not split `category`: it reads one category, `a, b`. Write a list: `[a, b]`.
            fix: Write a list
              category: [a, b]
        "#]],
        );
    }

    #[test]
    fn an_item_with_commas() {
        check(
            "---\ntags: [東京、京都, 'x']\n---\n本文\n",
            expect![[r#"
              tags: [東京、京都, 'x']
                     ^^^^^^^^^^
            warning comma-in-terms: Jekyll reads this item as one tag, `東京、京都`. Write 2 tags: `東京` and `京都`.
            fix: Make it several items
              tags: [東京, 京都, 'x']
        "#]],
        );
        check(
            "---\r\ntags:\r\n  - \"a, b\"\r\n---\r\n本文\r\n",
            expect![[r#"
                - "a, b"
                  ^^^^^^
            warning comma-in-terms: Jekyll reads this item as one tag, `a, b`. Write 2 tags: `a` and `b`.
            fix: Make it several items
                - "a"\r
                - "b"\r
        "#]],
        );
    }

    #[test]
    fn a_comma_behind_an_item() {
        check(
            "---\ntags:\n  - AI,\n  - 京都\n---\n本文\n",
            expect![[r#"
                - AI,
                    ^
            warning comma-in-terms: The comma belongs to this tag: Jekyll reads `AI,`. Remove it.
            fix: Remove the comma
                - AI
        "#]],
        );
        check(
            "---\ntags: [\"東京、\", 大阪, \",\"]\n---\n本文\n",
            expect![[r#"
              tags: ["東京、", 大阪, ","]
                          ^^
            warning comma-in-terms: The comma belongs to this tag: Jekyll reads `東京、`. Remove it.
            fix: Remove the comma
              tags: ["東京", 大阪, ","]
        "#]],
        );
    }

    #[test]
    fn marks_between_words() {
        for (tags, mended) in [
            ("AI | machine learning", "[AI, machine learning]"),
            ("東京 ／ 京都", "[東京, 京都]"),
            ("AI & ML", "[AI, ML]"),
            ("\n  + AI\n  + ML", "[AI, ML]"),
        ] {
            let found = Fixture::new(&format!("---\ntitle: 題\ntags: {tags}\n---\n本文\n")).check();
            assert_eq!(codes(&found), ["comma-in-terms"], "{tags}");
            let fix = found[0].fix.as_ref().unwrap();
            assert_eq!(fix.edits[0].new_text.trim(), mended, "{tags}");
        }
    }

    #[test]
    fn texts_and_items_that_are_fine() {
        for tags in [
            "a b",
            "AI",
            "機械学習",
            "[a, b]",
            "['Washington, D.C.', b]",
            "[機械　学習, b]",
            "\"\"",
            "東京 [a, b]",
        ] {
            let found = Fixture::new(&format!("---\ntags: {tags}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{tags}");
        }
    }
}
