//! The front matter keys that Jekyll gives a meaning, and those that the plugins of most sites do. Source: Jekyll's
//! `document.rb`, `excerpt.rb`, `url.rb`, `publisher.rb`, `convertible.rb`; the documentation of jekyll-seo-tag, jekyll-feed,
//! jekyll-sitemap and jekyll-redirect-from, which GitHub Pages has.

/// A key that Jekyll or a plugin reads.
#[derive(Debug)]
pub(crate) struct KnownKey {
    /// The key.
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) does: &'static str,
    /// What it takes.
    pub(crate) takes: &'static str,
    /// The kind of its value.
    pub(crate) value: KeyValue,
}

/// What can be offered as a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyValue {
    /// Tags.
    Tags,
    /// Categories.
    Categories,
    /// A date and time.
    Date,
    /// The name of a layout.
    Layout,
    /// true or false.
    Boolean,
    /// An author of the site's data.
    Author,
    /// Anything.
    Text,
}

const fn key(name: &'static str, value: KeyValue, does: &'static str, takes: &'static str) -> KnownKey {
    KnownKey { name, does, takes, value }
}

/// All of them, in the order in which they are offered where the site says nothing of their use.
pub(crate) const KNOWN_KEYS: &[KnownKey] = &[
    key(
        "layout",
        KeyValue::Layout,
        "The layout that the post is put into.",
        "The name of a file in `_layouts`, without extension; `null` for none.",
    ),
    key("title", KeyValue::Text, "The title. Without it Jekyll makes one from the file name.", "A text."),
    key(
        "date",
        KeyValue::Date,
        "When the post is from. It goes before the date in the file name, and decides the order and the URL.",
        "`YYYY-MM-DD HH:MM:SS +ZZZZ`. With seconds and no offset it is UTC.",
    ),
    key(
        "tags",
        KeyValue::Tags,
        "The tags of the post.",
        "A list, or a text that Jekyll splits at blanks (not at commas).",
    ),
    key(
        "categories",
        KeyValue::Categories,
        "The categories of the post. They are part of its URL by default, and join those of its folder.",
        "A list, or a text that Jekyll splits at blanks (not at commas).",
    ),
    key(
        "excerpt",
        KeyValue::Text,
        "What lists and feeds show of the post. Without it they show its first paragraph.",
        "A text.",
    ),
    key(
        "permalink",
        KeyValue::Text,
        "The URL of the post in place of the site's pattern.",
        "A URL that begins with `/`; placeholders such as `:year` and `:title` work.",
    ),
    key("published", KeyValue::Boolean, "`false` leaves the post out of the site.", "`true` or `false`."),
    key(
        "slug",
        KeyValue::Text,
        "The post's name in the URL, in place of the one in the file name.",
        "A text.",
    ),
    key(
        "category",
        KeyValue::Categories,
        "One category, which joins `categories`.",
        "A text, which is not split, or a list.",
    ),
    key(
        "tag",
        KeyValue::Tags,
        "One tag. Where it is there, Jekyll does not read `tags`.",
        "A text, which is not split, or a list.",
    ),
    key(
        "excerpt_separator",
        KeyValue::Text,
        "Where the excerpt ends in the body.",
        "A text such as `<!--more-->`.",
    ),
    key(
        "render_with_liquid",
        KeyValue::Boolean,
        "`false` keeps Liquid from running in the post (Jekyll 4).",
        "`true` or `false`.",
    ),
    key(
        "author",
        KeyValue::Author,
        "Who wrote the post. Jekyll itself does not read it; most themes do.",
        "A key of `_data/authors.yml`, or a name.",
    ),
    key(
        "description",
        KeyValue::Text,
        "What search engines and shared links say of the post, by jekyll-seo-tag; without it, the excerpt. Jekyll itself does not read it.",
        "A sentence or two.",
    ),
    key(
        "image",
        KeyValue::Text,
        "The picture of shared links, by jekyll-seo-tag, and of the feed, by jekyll-feed. Jekyll itself does not read it.",
        "A path from the root of the site, such as `/assets/cover.png`, or a URL; or a mapping with `path`, `width`, `height` and `alt`.",
    ),
    key(
        "last_modified_at",
        KeyValue::Date,
        "When the post was last changed, for search engines, by jekyll-seo-tag and jekyll-sitemap. Jekyll itself does not read it.",
        "`YYYY-MM-DD HH:MM:SS +ZZZZ`.",
    ),
    key(
        "lang",
        KeyValue::Text,
        "The language of the post, by jekyll-seo-tag; most themes read it too. Jekyll itself does not.",
        "A language tag such as `ja` or `en-US`.",
    ),
    key(
        "canonical_url",
        KeyValue::Text,
        "Where the post was first published, for search engines, by jekyll-seo-tag. Jekyll itself does not read it.",
        "A whole URL.",
    ),
    key(
        "redirect_from",
        KeyValue::Text,
        "Earlier URLs of the post, which lead to it, by jekyll-redirect-from. Jekyll itself does not read it.",
        "A path such as `/old/name/`, or a list of them.",
    ),
    key(
        "sitemap",
        KeyValue::Boolean,
        "`false` leaves the post out of the sitemap, by jekyll-sitemap. Jekyll itself does not read it.",
        "`true` or `false`.",
    ),
];

/// What is known of a key.
pub(crate) fn known_key(name: &str) -> Option<&'static KnownKey> {
    KNOWN_KEYS.iter().find(|key| key.name == name)
}

/// The kind of a key's value.
pub(crate) fn key_value(name: &str) -> KeyValue {
    match name {
        "authors" => KeyValue::Author,
        // Jekyll does not read these, but themes and people do, and they are switches everywhere.
        "comments" | "math" | "mathjax" | "toc" | "pin" | "draft" | "hidden" | "share" | "featured" => {
            KeyValue::Boolean
        }
        _ => known_key(name).map_or(KeyValue::Text, |key| key.value),
    }
}

#[cfg(test)]
mod tests {
    use super::known_key;
    use crate::rules::keys::known::JEKYLL_KEYS;

    #[test]
    fn every_key_that_jekyll_reads_is_explained() {
        for key in JEKYLL_KEYS {
            assert!(known_key(key).is_some(), "{key}");
        }
    }
}
