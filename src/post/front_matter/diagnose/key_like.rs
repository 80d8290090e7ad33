//! What looks like a key.

/// Keys that a line without a colon is taken to begin with.
const KNOWN_KEYS: [&str; 18] = [
    "author",
    "authors",
    "categories",
    "category",
    "comments",
    "date",
    "description",
    "draft",
    "excerpt",
    "image",
    "lang",
    "layout",
    "permalink",
    "published",
    "slug",
    "tag",
    "tags",
    "title",
];

/// True for `title Hello`.
pub(super) fn begins_with_known_key(line: &str) -> bool {
    let line = line.trim_start();
    let word = line.find(|c: char| c.is_whitespace() || c == '：').unwrap_or(line.len());
    KNOWN_KEYS.contains(&&line[..word])
}

/// True for `subtitle：題`: a word as keys are written, in lower case, and a full-width colon right behind it.
pub(super) fn begins_with_wide_colon(line: &str) -> bool {
    let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    line.split_once('：')
        .is_some_and(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(is_key))
}

/// A key that stands at column 0 in every post, never inside another.
pub(super) fn is_post_key(body: &str) -> bool {
    let key = body.split(':').next().unwrap_or_default();
    matches!(
        key,
        "layout" | "date" | "tags" | "categories" | "category" | "permalink" | "published" | "excerpt"
    )
}

/// True for `title: Hello` and `title:`: one word with a colon.
pub(super) fn is_key_like(body: &str) -> bool {
    let Some(colon) = body.find(':') else { return false };
    let key = body[..colon].trim_end();
    let ends = body[colon + 1..].chars().next().is_none_or(char::is_whitespace);
    ends && !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\''))
}
