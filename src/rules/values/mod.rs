//! Values that are not what they look like: Jekyll types them, cuts them or drops a word, and says nothing.
//! Only where the type matters for the key, or where the value was plainly meant as text.

pub mod eaten_word;
pub mod empty_title;
pub mod hash_in_value;
pub mod liquid_in_value;
pub mod title_type;
pub mod undefined_alias;
pub mod value_type;

use super::terms::is_term_key;

/// Keys whose value is a sentence.
const PROSE: &[&str] = &[
    "title",
    "subtitle",
    "sub_title",
    "description",
    "excerpt",
    "summary",
    "headline",
    "lead",
    "tagline",
    "caption",
    "abstract",
];

/// Keys whose value is a name or a word.
const WORDS: &[&str] =
    &["author", "authors", "lang", "language", "locale", "country", "series", "keywords", "name", "nickname"];

fn is_prose(key: &str) -> bool {
    PROSE.contains(&key)
}

/// Whether the value of a key is text whatever it looks like.
fn is_text(key: &str) -> bool {
    is_prose(key) || WORDS.contains(&key) || is_term_key(key)
}

/// Whether the type of a key's value has rules of its own.
fn has_own_rules(key: &str) -> bool {
    is_term_key(key) || matches!(key, "title" | "date" | "published" | "slug" | "permalink" | "layout")
}
