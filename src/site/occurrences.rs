//! Where tags and categories stand in a text, to the byte, in every spelling that Jekyll reads.

use std::borrow::Cow;

use super::TermKind;
use super::terms::{term_kind, written};
use crate::jekyll::ruby;
use crate::limits::MAX_VALUES;
use crate::post::Post;
use crate::post::front_matter::scalar::{Pair, Style};
use crate::post::front_matter::{Load, Mapping, Node, Value};
use crate::text::Span;

/// One place of a tag or a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence<'p> {
    /// Which.
    pub kind: TermKind,
    /// Its name, as Jekyll prints it.
    pub name: Cow<'p, str>,
    /// The characters of the name, without quotes.
    pub span: Span,
}

/// The tags and categories of a post's front matter, in the order of their places: also those that Jekyll overlooks
/// because a `tag` hides them, and those of lines that do not load. Where a value is an alias, its name counts for
/// all that it stands for.
pub fn in_post(post: &Post) -> Vec<Occurrence<'_>> {
    let mut found = Vec::new();
    in_mapping(&post.text, &post.front_matter.values, &mut found);
    if !values_hold_all(post) {
        add_written(post, &mut found);
    }
    found.sort_by_key(|occurrence| occurrence.span);
    found
}

/// Whether the values of a post hold all the terms that are written in it, as those of most do: plain lists or strings
/// of a block that loads. Then its tree is not needed.
fn values_hold_all(post: &Post) -> bool {
    let (text, front_matter) = (&*post.text, &post.front_matter);
    if front_matter.load != Load::Mapping {
        return false;
    }
    let is_plain = |node: &Node| match &node.value {
        Value::String(_) => !is_alias(text, node),
        Value::List(items) => {
            let is_scalar = |item: &Node| !matches!(item.value, Value::List(_) | Value::Mapping(_));
            !is_alias(text, node) && items.iter().all(|item| is_scalar(item) && !is_alias(text, item))
        }
        _ => false,
    };
    let pairs: Vec<_> = term_pairs(&front_matter.values).map(|(_, _, pair)| pair).collect();
    // What a duplicate key hides is in the tree only.
    let are_all_keys = || {
        let begins = |line: &&str| {
            ["tag", "categor"].iter().any(|key| line.trim_start_matches(['"', '\'']).starts_with(key))
        };
        let lines = front_matter.fence.content.of(text).split(['\n', '\r']).filter(begins);
        let written = lines.map(|line| line.as_ptr() as usize - text.as_ptr() as usize);
        written.eq(pairs.iter().map(|pair| pair.key.span.start))
    };
    pairs.iter().all(|pair| is_plain(&pair.value)) && (front_matter.is_usual || are_all_keys())
}

/// The terms that are written and have nothing in common with those that are found.
fn add_written<'p>(post: &'p Post, found: &mut Vec<Occurrence<'p>>) {
    let there = Places::new(found.iter().map(|there| there.span).collect());
    let written = written(post).into_iter().filter(|written| !there.share_with(written.span));
    for used in written.filter_map(|written| written.used()) {
        let span = unquoted(&post.text, used.span);
        found.push(Occurrence { kind: used.kind, name: used.name.into(), span });
    }
}

/// Many spans, to be asked which of them have something in common with another one.
struct Places {
    /// In their order.
    spans: Vec<Span>,
    /// For each, how far it and those before it reach.
    reach: Vec<usize>,
}

impl Places {
    fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut far = 0;
        let reach = spans.iter().map(|span| {
            far = far.max(span.end);
            far
        });
        let reach = reach.collect();
        Places { spans, reach }
    }

    /// Whether one of them overlaps `span` or lies in it.
    fn share_with(&self, span: Span) -> bool {
        let from = self.spans.partition_point(|there| there.start < span.start);
        let before = from.checked_sub(1).and_then(|last| self.reach.get(last));
        let mut behind = self.spans[from..].iter().take_while(|there| there.start <= span.end);
        before.is_some_and(|far| *far > span.start)
            || behind.any(|there| there.start < span.end || there.is_empty())
    }
}

/// The tags and categories that a mapping's own keys hold, such as a block or the `values` of a default.
pub fn in_mapping<'p>(text: &'p str, mapping: &'p Mapping, found: &mut Vec<Occurrence<'p>>) {
    mapping.iter().for_each(|pair| in_pair(text, pair, found));
}

/// The terms of one key; none where it is no key of terms.
pub(super) fn in_pair<'p>(text: &'p str, pair: &'p Pair, found: &mut Vec<Occurrence<'p>>) {
    let Some((kind, splits)) = terms_of(pair) else { return };
    in_value(text, &pair.value, splits, &mut |name, span| found.push(Occurrence { kind, name, span }));
}

fn terms_of(pair: &Pair) -> Option<(TermKind, bool)> {
    let key = pair.key.value.as_str()?;
    Some((term_kind(key)?, key.ends_with('s')))
}

/// The pairs that hold tags or categories, and whether a text of theirs is split at blanks.
pub(super) fn term_pairs(mapping: &Mapping) -> impl Iterator<Item = (TermKind, bool, &Pair)> {
    mapping.iter().filter_map(|pair| {
        let (kind, splits) = terms_of(pair)?;
        Some((kind, splits, pair))
    })
}

/// Each term of a value.
fn in_value<'p>(text: &'p str, node: &'p Node, splits: bool, found: &mut impl FnMut(Cow<'p, str>, Span)) {
    if is_alias(text, node) {
        return each_name(&node.value, splits, &mut { MAX_VALUES }, &mut |name| found(name, node.span));
    }
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| in_value(text, item, false, found)),
        Value::String(value) if splits => match words(text, node) {
            Some(words) => words.into_iter().for_each(|(span, name)| found(name, span)),
            None => ruby::split(value).for_each(|name| found(name.to_string().into(), content(text, node))),
        },
        Value::Null | Value::Mapping(_) => {}
        // A number after `tags:` is no tag.
        _ if splits => {}
        value => found(shown(value), content(text, node)),
    }
}

/// What Jekyll prints of a value.
fn shown(value: &Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| value.display().into(), Cow::Borrowed)
}

fn each_name<'p>(value: &'p Value, splits: bool, left: &mut usize, found: &mut impl FnMut(Cow<'p, str>)) {
    match value {
        _ if *left == 0 => {}
        Value::List(items) => items.iter().for_each(|item| {
            *left = left.saturating_sub(1);
            each_name(&item.value, false, left, found);
        }),
        Value::String(value) if splits => ruby::split(value).for_each(|name| found(name.to_string().into())),
        Value::Null | Value::Mapping(_) => {}
        value => found(shown(value)),
    }
}

/// Whether a value stands elsewhere, and here only `*name`.
pub(super) fn is_alias(text: &str, node: &Node) -> bool {
    node.style == Style::Alias || (node.style != Style::Literal && node.span.of(text).starts_with('*'))
}

/// The words of a string that Jekyll splits at blanks, where each stands in the text as it is read; none where an
/// escape makes other words of it.
pub(super) fn words<'p>(text: &'p str, node: &Node) -> Option<Vec<(Span, Cow<'p, str>)>> {
    let value = node.value.as_str()?;
    let area = content(text, node);
    let raw = area.of(text);
    let pieces = raw.split_ascii_whitespace().map(|word| {
        let start = area.start + (word.as_ptr() as usize - raw.as_ptr() as usize);
        let name = match node.style {
            Style::SingleQuoted => word.replace("''", "'").into(),
            _ => Cow::Borrowed(word),
        };
        (Span::new(start, start + word.len()), name)
    });
    let words: Vec<_> = pieces.collect();
    let mut read = ruby::split(value);
    let same = words.iter().all(|(_, name)| read.next().is_some_and(|word| *word == **name));
    (same && read.next().is_none()).then_some(words)
}

/// The characters of a scalar inside its quotes, or below the `|` or `>`.
pub(super) fn content(text: &str, node: &Node) -> Span {
    let span = node.span;
    let whole = span.of(text);
    match node.style {
        Style::SingleQuoted | Style::DoubleQuoted => unquoted(text, span),
        Style::Literal | Style::Folded => {
            let head = whole.find('\n').map_or(whole.len(), |at| at + 1);
            let body = &whole[head..];
            let start = span.start + head + (body.len() - body.trim_start().len());
            Span::new(start, (span.start + whole.trim_end().len()).max(start))
        }
        Style::Plain | Style::Flow | Style::Block | Style::Alias => span,
    }
}

/// A span without the quotes at its ends.
fn unquoted(text: &str, span: Span) -> Span {
    let whole = span.of(text);
    let Some(quote) = whole.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return span };
    let closed = whole.len() > 1 && whole.ends_with(quote);
    Span::new(span.start + 1, if closed { span.end - 1 } else { span.end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Where the values hold all terms, the tree has no more; and a post that is read for its values has the same.
        #[test]
        fn the_tree_has_no_more(lines in prop::collection::vec(proptest::sample::select(vec![
            "tags: [AI, \"生成AI\", 'it''s']", "tags: AI Web", "tag: AI", "tags:", "- a", "  - b", "- [c, d]", "category: 日本",
            "categories: 技術", "\"tags\": [x]", "? tags", ": [y]", "tags: &a [AI, *b]", "tags: *a", "title: tags", "tagline: x",
            "tags: {a: b}", "tags: [", "]", "tags: 5", "tags: |", "  tag: z", "tag: ~", "tags: [a: b]", "# tags: c", "tags：AI",
            "<<: {tags: [m]}", "tags: [AI、Web]", "{tags: [q]}",
        ]), 0..6)) {
            let text = format!("---\n{}\n---\n本文\n", lines.join("\n"));
            let (quick, whole) = (Post::parse_values(text.as_str()), Post::parse(text));
            let mut thorough = Vec::new();
            in_mapping(&whole.text, &whole.front_matter.values, &mut thorough);
            add_written(&whole, &mut thorough);
            thorough.sort_by_key(|occurrence| occurrence.span);
            prop_assert_eq!(&in_post(&whole), &thorough);
            prop_assert_eq!(in_post(&quick), thorough);
        }
    }

    /// Each occurrence as `kind name`, and the characters where they differ.
    fn check(block: &str, expected: &[&str]) {
        let post = Post::parse(format!("---\n{block}\n---\n"));
        let shown = in_post(&post).into_iter().map(|it| {
            let kind = if it.kind == TermKind::Tag { "tag" } else { "category" };
            let source = it.span.of(&post.text);
            let differs = if source == it.name { String::new() } else { format!(" = {source}") };
            format!("{kind} {}{differs}", it.name)
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{block}");
    }

    #[test]
    fn every_spelling() {
        check(
            "tags: [AI, \"生成 AI\", 'it''s', 2024, ~, [深い, [\"もっと\"]], {k: v}]\ncategory: a b",
            &[
                "tag AI",
                "tag 生成 AI",
                "tag it's = it''s",
                "tag 2024",
                "tag 深い",
                "tag もっと",
                "category a b",
            ],
        );
        check("tags: a  b # c\ncategories: 'd e'", &["tag a", "tag b", "category d", "category e"]);
        check("tags:\n- 😀\n- \"b\\\"c\"\nx: [y]", &["tag 😀", "tag b\"c = b\\\"c"]);
        check(
            "tags: |\n  東京 AI\n  ML\ncategory: >\n  x",
            &["tag 東京", "tag AI", "tag ML", "category x\n = x"],
        );
        check("tags: \"a\\tb\"", &["tag a = a\\tb", "tag b = a\\tb"]);
        check("tags: 2024\ntag: 1.10", &["tag 1.1 = 1.10"]);
    }

    #[test]
    fn aliases_and_hidden_ones() {
        check("k: &k [AI]\ntags: *k", &["tag AI = *k"]);
        check("tag: x\ntags: [y]", &["tag x", "tag y"]);
    }

    #[test]
    fn lines_that_do_not_load() {
        check("tags: [AI, \"x\ntitle: \"x", &["tag AI", "tag x"]);
        check("tags: [\"AI\"、\"生成AI\"]\ncategories: [a]", &["tag AI", "tag 生成AI", "category a"]);
    }

    #[test]
    fn many_places_are_asked_as_each_would_be() {
        let all: Vec<Span> =
            (0..7).flat_map(|start| (start..7).map(move |end| Span::new(start, end))).collect();
        for (at, one) in all.iter().enumerate() {
            for other in &all[at..] {
                let places = Places::new(vec![*other, *one]);
                for span in &all {
                    let expected =
                        [one, other].iter().any(|there| span.encloses(**there) || there.overlaps(*span));
                    assert_eq!(places.share_with(*span), expected, "{span:?} with {one:?} and {other:?}");
                }
            }
        }
    }
}
