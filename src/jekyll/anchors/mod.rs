//! Where a `#fragment` can lead in a post: the ids that kramdown gives its headings, and those that its author sets.
//! Source: kramdown 2.4 and kramdown-parser-gfm 1.1, which Jekyll uses unless its config says otherwise.
//!
//! - `blocks`: where kramdown sees headings, which is not where CommonMark does;
//! - `raw_text`: what of a heading's Markdown is its text;
//! - `ids`: the id that is made of it;
//! - `attributes`: ids that the author sets, in `{#id}`, `{: #id}` and HTML.

mod attributes;
mod blocks;
mod ids;
mod raw_text;
mod signs;
mod tags;

use super::Config;
use crate::post::Post;
use crate::post::liquid::Liquid;
use crate::post::name::base_name;
use crate::text::Span;

pub use ids::Kramdown;
pub use signs::is_note_name;

/// The anchors of one post. Spans are bytes of the whole post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The ids that HTML, `{: #id}` and footnotes set, in order.
    pub named: Vec<Named>,
    /// The footnotes' notes in order.
    pub notes: Vec<Note>,
    /// Whether the page can have others: Liquid, a plugin or another converter makes a part of it.
    pub open: bool,
}

/// A heading as kramdown sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its id; none where it gets none or Liquid decides it.
    pub id: Option<String>,
    /// Whether the id is made of its text.
    pub generated: bool,
    /// Its text without markup.
    pub plain: String,
    /// 1 to 6.
    pub level: u8,
    /// What is written as its text, without `#` and `{#id}`.
    pub text: Span,
}

/// The note of a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its name, without `[^` and `]`.
    pub name: Span,
    /// Its text, from behind the colon to the end of its last line.
    pub text: Span,
}

/// An id that is written as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: String,
    /// Where it is written.
    pub span: Span,
}

impl Anchors {
    /// All anchors with the places that they lead to, headings first; an id that comes twice leads to the first.
    pub fn all(&self) -> impl Iterator<Item = (&str, Span)> {
        let headings =
            self.headings.iter().filter_map(|heading| Some((heading.id.as_deref()?, heading.text)));
        headings.chain(self.named.iter().map(|named| (&*named.id, named.span)))
    }

    /// The place that a fragment leads to, which is percent-decoded and without `#`.
    pub fn find(&self, fragment: &str) -> Option<Span> {
        self.all().find(|(id, _)| *id == fragment).map(|(_, span)| span)
    }

    /// The heading whose text a byte offset touches.
    pub fn heading_at(&self, offset: usize) -> Option<&Heading> {
        self.headings.iter().find(|heading| heading.text.touches(offset))
    }
}

/// The anchors of the post at a path.
pub fn read(post: &Post, path: &str, config: &Config) -> Anchors {
    let text = &*post.text;
    let start = crate::text::columns::floor_boundary(text, post.front_matter.fence.body_start);
    if start == text.len() {
        return Anchors::default();
    }
    let liquid = Liquid::parse(text, start);
    let mut anchors = Anchors { open: makes_more(text, &liquid), ..Anchors::default() };
    attributes::read(text, start, &mut anchors);
    let extension = base_name(path).rsplit_once('.').map_or("", |(_, extension)| extension);
    if config.is_markdown(path) && config.kramdown.is_used {
        blocks::read(text, start, &liquid.masked, &config.kramdown, &mut anchors);
    } else if !extension.eq_ignore_ascii_case("html") {
        anchors.open = true;
    }
    anchors
}

/// Tags of Liquid that write no heading and no anchor.
const QUIET: &[&str] = &[
    "post_url",
    "link",
    "raw",
    "endraw",
    "highlight",
    "endhighlight",
    "comment",
    "endcomment",
    "assign",
    "gist",
];

/// What an output of Liquid begins with that writes no heading and no anchor.
const QUIET_OUTPUTS: &[&str] =
    &["site.baseurl", "site.url", "site.title", "page.title", "page.date", "page.url", "\"", "'"];

/// Whether Liquid can write headings or anchors into a body.
fn makes_more(text: &str, liquid: &Liquid) -> bool {
    let is_loud = |tag: &crate::post::liquid::Tag| !QUIET.contains(&tag.name.of(text));
    let outputs = liquid.masked.iter().filter_map(|span| span.of(text).strip_prefix("{{"));
    let mut contents = outputs.map(|inner| inner.trim_start_matches(['-', ' ', '\t']));
    liquid.tags.iter().any(is_loud)
        || contents.any(|inner| !QUIET_OUTPUTS.iter().any(|quiet| inner.starts_with(quiet)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids of a post's headings; `-` for none.
    fn ids(config: &str, text: &str) -> Vec<String> {
        let config = Config::parse(config).unwrap();
        let anchors = read(&Post::parse(text), "_posts/2024-01-02-a.md", &config);
        anchors.headings.into_iter().map(|heading| heading.id.unwrap_or_else(|| "-".to_owned())).collect()
    }

    #[test]
    fn headings_get_the_ids_of_github() {
        let text = "---\nx: y\n---\n# Hello, World!\n## 日本語　の見出し（１）\n\nSet `ext` *here*\n---\n## Hello, World!\n\
                    ## a_b -- [c](d) &amp; é {#own}\n## 🎉\n## 🎉\n## `--x`\n";
        let expected =
            ["hello-world", "日本語の見出し１", "set-ext-here", "hello-world-1", "own", "-", "-1", "--x"];
        assert_eq!(ids("", text), expected);
        assert_eq!(ids("", &text.replace('\n', "\r\n")), expected);
    }

    #[test]
    fn options_of_kramdown() {
        let text = "# 1. Ünï `Code`\n# 日本\n# 日本\n# A\n# [b](c)\n";
        assert_eq!(ids("kramdown: {auto_ids: false}", text), ["-"; 5]);
        assert_eq!(ids("kramdown: {auto_id_prefix: p-}", text)[3], "p-a");
        assert_eq!(ids("kramdown: {input: kramdown}", "## ##\n\n# a\n\n## # {#b}\n"), ["a"]);
        assert_eq!(
            ids("kramdown: {input: kramdown}", "# 1. Ünï `Code`\n\n# 日本\n\n# 日本\n\n# A #\n\n# [b](c)\n"),
            ["n-code", "section", "section-1", "a", "bc"]
        );
        assert_eq!(ids("kramdown: {transliterated_header_ids: true}", text), ["-", "-", "-", "a", "b"]);
        assert_eq!(ids("markdown: CommonMark", text), [""; 0]);
    }

    #[test]
    fn liquid_can_make_what_is_not_seen() {
        let read = |text: &str| read(&Post::parse(text), "a.md", &Config::default());
        assert!(!read("# A\n[b]({% post_url x %}) {% raw %}{{ c }}{% endraw %} {{ site.baseurl }}\n").open);
        assert!(read("# A\n{% include b.md %}\n").open);
        assert!(read("{{ page.x }}").open);
        assert!(!read("# A\n{% highlight x %}{{ b }} {{ c }}{% endhighlight %} d\n").open);
        let headings =
            read("# {% raw %}{{ c }}{% endraw %}\n# {{ page.title }}\n# [a]({% link b.md %})\n").headings;
        let found: Vec<_> = headings.iter().map(|heading| heading.id.as_deref()).collect();
        assert_eq!(found, [Some("-c-"), None, Some("a")]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "> - ## 京都 ##\n\n<a name='x'></a> {: #y}\n";
        let anchors = read(&Post::parse(text), "a.md", &Config::default());
        assert_eq!(anchors.find("京都").map(|span| span.of(text)), Some("京都"));
        assert_eq!(anchors.find("x").map(|span| span.of(text)), Some("x"));
        assert_eq!(anchors.find("y").map(|span| span.of(text)), Some("y"));
        assert_eq!(anchors.find("z"), None);
    }
}
