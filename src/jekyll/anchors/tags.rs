//! Tags of HTML as kramdown reads them. Source: kramdown `parser/html.rb`.

use std::sync::LazyLock;

use regex::Regex;

/// Source: HTML_TAG_RE.
#[allow(clippy::expect_used, reason = "a constant")]
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"^<([\p{L}_][\p{L}\p{M}\p{Nd}_.:-]*)((?:\s+[\p{L}_][\p{L}\p{M}\p{Nd}_.:-]*(?:\s*=\s*(?:\w+|"[^"]*"|'[^']*'))?)*)\s*(/)?>"#,
    )
    .expect("it compiles")
});

/// A tag that opens an element.
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    /// What `markdown="…"` says.
    pub(super) markdown: Option<bool>,
    /// Whether the element has no content.
    pub(super) closed: bool,
    /// In bytes.
    pub(super) length: usize,
}

/// The tag that a text begins with.
pub(super) fn opening(text: &str) -> Option<Tag> {
    let found = TAG.captures(text)?;
    let name = found[1].to_ascii_lowercase();
    let attributes = &found[2];
    let markdown = attributes.find("markdown").and_then(|at| {
        let value = attributes[at + "markdown".len()..].trim_start().strip_prefix('=')?.trim_start();
        let value = value.trim_start_matches(['"', '\'']);
        Some(value.starts_with('1') || value.starts_with("block"))
    });
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta",
        "param", "source", "track", "wbr",
    ];
    let closed = found.get(3).is_some() || VOID.contains(&&*name);
    Some(Tag { name, markdown, closed, length: found[0].len() })
}

/// The name in the end tag that a text begins with, as it is written, and the tag's length in bytes.
pub(super) fn closing(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("</")?;
    let length = inner.find(|c: char| !c.is_alphanumeric() && !"_.:-".contains(c)).unwrap_or(inner.len());
    let behind = inner[length..].trim_start_matches(super::signs::is_blank).strip_prefix('>')?;
    (length > 0).then(|| (&inner[..length], text.len() - behind.len()))
}
