//! The addresses and the anchors in HTML.

use std::sync::LazyLock;

use regex::Regex;

use super::LinkKind;
use crate::text::Span;

/// An attribute that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    /// `href` or `src`: what it names.
    Address(LinkKind, Span),
    /// `id`, or the `name` of an `a`.
    Anchor(Span),
}

#[allow(clippy::expect_used, reason = "a constant")]
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)[\s"'](href|src|id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))"#)
        .expect("it compiles")
});

/// The attributes in a piece of HTML, `shift` bytes into the post. Liquid must be masked in it.
pub(crate) fn attributes(html: &str, shift: usize) -> Vec<Attribute> {
    if !html.contains('=') {
        return Vec::new();
    }
    let found = ATTRIBUTE.captures_iter(html).filter_map(|attribute| {
        let name = attribute.get(1)?;
        let value = attribute.get(2).or(attribute.get(3)).or(attribute.get(4))?;
        let value_span = Span::from(value.range()).shift(shift);
        match name.as_str().to_ascii_lowercase().as_str() {
            "href" => Some(Attribute::Address(LinkKind::Url, value_span)),
            "src" => Some(Attribute::Address(LinkKind::Embed, value_span)),
            "name" if !is_anchor_tag(&html[..name.start()]) => None,
            _ => Some(Attribute::Anchor(value_span)),
        }
    });
    found.collect()
}

/// Whether what stands before an attribute is the start of an `<a …`.
fn is_anchor_tag(before: &str) -> bool {
    let tag = before.rsplit('<').next().unwrap_or_default();
    tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("a ") || start.eq_ignore_ascii_case("a\n"))
}
