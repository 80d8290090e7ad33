//! The tags and categories of one post, as they stand in its tree: also in a block that does not load.

use std::borrow::Cow;

use super::TermKind;
use crate::limits::MAX_WRITTEN_TERMS;
use crate::post::Post;
use crate::post::front_matter::tree::{Entry, EntryValue, Quote, Scalar};
use crate::post::front_matter::typing::no_text;
use crate::post::front_matter::{Value, yaml};
use crate::text::Span;

/// A tag or a category in the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// Which.
    pub kind: TermKind,
    /// Its characters, with quotes.
    pub span: Span,
    /// Its name.
    pub name: String,
}

/// Whether a key holds tags or categories.
pub fn term_kind(key: &str) -> Option<TermKind> {
    match key {
        "tags" | "tag" => Some(TermKind::Tag),
        "categories" | "category" => Some(TermKind::Category),
        _ => None,
    }
}

/// A tag or a category as it stands in the tree, its name unread: that is most of the work.
pub(super) struct Written<'p> {
    kind: TermKind,
    /// [`Used::span`].
    pub(super) span: Span,
    /// Without quotes.
    content: &'p str,
    quote: Quote,
    /// Whether it is one of the words of a string.
    is_word: bool,
}

impl Written<'_> {
    /// It with its name; none where it is null.
    pub(super) fn used(&self) -> Option<Used> {
        let name = match self.is_word {
            true => unescape(self.content, self.quote).into_owned(),
            false => printed(self.content, self.quote)?,
        };
        Some(Used { kind: self.kind, span: self.span, name })
    }
}

/// The tags and categories that are written in a post, in their order, at most [`MAX_WRITTEN_TERMS`].
pub fn used_terms(post: &Post) -> Vec<Used> {
    written(post).iter().filter_map(Written::used).collect()
}

/// [`used_terms`], their names unread.
pub(super) fn written(post: &Post) -> Vec<Written<'_>> {
    let text = &*post.text;
    let mut written = Vec::new();
    for entry in &post.tree().entries {
        let key = entry.key_text(text);
        let Some(kind) = term_kind(key) else { continue };
        let left = MAX_WRITTEN_TERMS - written.len();
        match &entry.value {
            EntryValue::Scalar(scalar) if key.ends_with('s') => {
                let words = words_of(text, scalar).take(left);
                let quote = scalar.quote;
                written.extend(words.map(|(span, content)| Written {
                    kind,
                    span,
                    content,
                    quote,
                    is_word: true,
                }));
            }
            _ => written.extend(entry.value.scalars().take(left).map(|scalar| Written {
                kind,
                span: scalar.span,
                content: scalar.content.of(text),
                quote: scalar.quote,
                is_word: false,
            })),
        }
    }
    written
}

/// The scalars of an entry's value: the items of a list, or the value itself. Those that are not there or null are
/// left out.
pub fn items<'p>(text: &'p str, entry: &'p Entry) -> impl Iterator<Item = (Span, String)> + 'p {
    entry.value.scalars().filter_map(|scalar| Some((scalar.span, scalar_text(text, scalar)?)))
}

/// The words of a string that Jekyll splits at blanks.
pub fn words(text: &str, scalar: &Scalar) -> Vec<(Span, String)> {
    let words = words_of(text, scalar);
    words.map(|(span, word)| (span, unescape(word, scalar.quote).into_owned())).collect()
}

/// The same as they are written.
fn words_of<'p>(text: &'p str, scalar: &Scalar) -> impl Iterator<Item = (Span, &'p str)> {
    let content = scalar.content.of(text);
    let is_text = scalar.quote != Quote::Plain || matches!(no_text(content), Ok(None));
    let (start, words) = (scalar.content.start, if is_text { content } else { "" });
    words.split_ascii_whitespace().map(move |word| {
        let start = start + (word.as_ptr() as usize - content.as_ptr() as usize);
        (Span::new(start, start + word.len()), word)
    })
}

/// What Jekyll prints of a scalar; nothing for null.
pub fn scalar_text(text: &str, scalar: &Scalar) -> Option<String> {
    printed(scalar.content.of(text), scalar.quote)
}

fn printed(content: &str, quote: Quote) -> Option<String> {
    if quote != Quote::Plain {
        return Some(unescape(content, quote).into_owned());
    }
    match no_text(content).ok()? {
        Some(Value::Null) => None,
        Some(value) => Some(value.display()),
        None => Some(content.to_owned()),
    }
}

/// The text inside quotes.
fn unescape(content: &str, quote: Quote) -> Cow<'_, str> {
    match quote {
        Quote::Single if content.contains('\'') => content.replace("''", "'").into(),
        Quote::Double if content.contains(['\\', '\n', '\r']) => {
            let text = format!("\"{content}\"");
            let loaded = yaml::load(&text, Span::new(0, text.len())).ok().and_then(|loaded| loaded.root);
            loaded.map_or(Cow::Borrowed(content), |node| node.value.display().into())
        }
        _ => content.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &str, expected: &[&str]) {
        let post = Post::parse(format!("---\n{block}\n---\n"));
        let names: Vec<_> = used_terms(&post).into_iter().map(|used| used.name).collect();
        assert_eq!(names, expected, "{block}");
    }

    #[test]
    fn no_more_are_looked_at_than_anybody_writes() {
        for item in ["a, ", "a "] {
            let (open, close) = if item == "a " { ("", "") } else { ("[", "]") };
            let text = format!("---\ntags: {open}{}{close}\n---\n", item.repeat(MAX_WRITTEN_TERMS + 9));
            assert_eq!(used_terms(&Post::parse(text)).len(), MAX_WRITTEN_TERMS);
        }
    }

    #[test]
    fn every_spelling() {
        check(
            "tags: [AI, \"生成 AI\", 'it''s', 2024, ~]\ncategory: a b",
            &["AI", "生成 AI", "it's", "2024", "a b"],
        );
        check("tags: a  b # c\ncategories: 'd e'", &["a", "b", "d", "e"]);
        check("tags:\n- a\n- \"b\\\"c\"\nx: [y]", &["a", "b\"c"]);
        check("tags: [AI, \"\ntitle: \"x", &["AI", ""]);
        check("tags: 2024\ntag:", &[]);
    }
}
