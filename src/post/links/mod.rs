//! The places of a post that name another file, page or heading: Liquid's `post_url`, `link` and `include`, links and
//! images of Markdown and of HTML, and layouts and paths of images in the front matter. What they name is not looked at here.
//!
//! - `destination`: what an address written in Markdown or HTML names, with the Liquid in it;
//! - `html`: the addresses and anchors in HTML;
//! - `values`: the values of data files and of `_config.yml`.

mod destination;
pub(crate) mod html;
pub mod values;

pub(super) use destination::{defined, inline};

use std::collections::HashSet;

use foldhash::quality::RandomState;
use memchr::memrchr;

use super::liquid::{Liquid, Tag, mask};
use super::{Body, FrontMatter, Post};
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::{Mapping, Node, Value};
use crate::text::Span;
use html::Attribute;

/// A place that names another file, page or heading. Spans are bytes of the whole post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub kind: LinkKind,
    /// All of it: `[text](address)`, `{% … %}`, the address alone in HTML and in the front matter. A link of the form
    /// `[text][name]` has the address of its definition.
    pub span: Span,
    /// The path or name as it is written, without query and fragment; empty in `#heading`.
    pub target: Span,
    /// The fragment without its `#`.
    pub fragment: Option<Span>,
    /// Whether Liquid puts the site's `url` or `baseurl` before it, so that it is counted from the site's root.
    pub from_root: bool,
}

/// What a [`Link`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkKind {
    /// `{% post_url NAME %}`
    PostUrl,
    /// `{% link PATH %}`
    LinkTag,
    /// `{% include FILE %}`, also `include_cached`.
    Include,
    /// `{% include_relative FILE %}`
    IncludeRelative,
    /// A link of Markdown, or an `href`.
    Url,
    /// An image of Markdown, or a `src`.
    Embed,
    /// A path of an image, a sound or a film in the front matter.
    Field,
    /// The name of a layout in the front matter, or in a default of `_config.yml`.
    Layout,
    /// A URL or a path of the site that is a value of a data file or of `_config.yml`.
    Value,
}

impl LinkKind {
    /// Whether it is a tag of Liquid, whose target is a name and no address.
    pub fn is_tag(self) -> bool {
        matches!(self, LinkKind::PostUrl | LinkKind::LinkTag | LinkKind::Include | LinkKind::IncludeRelative)
    }
}

/// The link that a Liquid tag is; none where it names nothing, or names it with Liquid.
pub(super) fn of_tag(text: &str, tag: &Tag) -> Option<Link> {
    let argument = tag.argument;
    let written = argument.of(text);
    let kind = match tag.name.of(text) {
        "post_url" => LinkKind::PostUrl,
        "link" => LinkKind::LinkTag,
        "include" | "include_cached" => LinkKind::Include,
        "include_relative" => LinkKind::IncludeRelative,
        _ => return None,
    };
    if written.is_empty() || written.contains("{{") {
        return None;
    }
    let named = match kind {
        // Parameters follow the name after a blank.
        LinkKind::Include | LinkKind::IncludeRelative => written.split_whitespace().next()?,
        _ => written,
    };
    let target = Span::new(argument.start, argument.start + named.len());
    let fragment = match kind {
        LinkKind::PostUrl | LinkKind::LinkTag => fragment_at(text, tag.span.end),
        _ => None,
    };
    Some(Link { kind, span: tag.span, target, fragment, from_root: false })
}

/// The fragment that begins at `at`, behind a tag: up to what ends an address.
fn fragment_at(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?.strip_prefix('#')?;
    let end = rest.find(|c: char| c.is_whitespace() || ")\"'<>{}".contains(c)).unwrap_or(rest.len());
    Some(Span::new(at + 1, at + 1 + end))
}

/// An address of Markdown or HTML as a [`Link`]; none where Liquid decides what it names, or where it is a tag that
/// is a link itself.
pub(super) fn of_address(text: &str, kind: LinkKind, span: Span, address: Span) -> Option<Link> {
    let found = destination::read(text, address)?;
    Some(Link { kind, span, target: found.target, fragment: found.fragment, from_root: found.from_root })
}

/// The links of a text whose body is HTML and no Markdown, such as a layout's: those of its front matter, of Liquid and
/// of its tags, wherever they stand.
pub fn of_html(post: &Post) -> Vec<Link> {
    let text = &*post.text;
    let start = crate::text::columns::floor_boundary(text, post.front_matter.fence.body_start);
    let liquid = Liquid::parse(text, start);
    let masked = mask(text, start, &liquid.masked);
    let mut links = of_front_matter(text, &post.front_matter);
    links.extend(liquid.tags.iter().filter_map(|tag| of_tag(text, tag)));
    links.extend(html::attributes(&masked, start).into_iter().filter_map(|attribute| match attribute {
        Attribute::Address(kind, address) => of_address(text, kind, address, address),
        Attribute::Anchor(_) => None,
    }));
    links
}

/// The most values of a front matter that are looked at for paths.
const MAX_FIELDS: usize = 500;

/// The layout that a mapping names; none where no characters of the text are its name as it is.
fn of_layout(text: &str, mapping: &Mapping) -> Option<Link> {
    let node = mapping.get("layout")?;
    let name = node.value.as_str().filter(|name| !name.is_empty())?;
    let quoted = matches!(node.style, Style::SingleQuoted | Style::DoubleQuoted);
    let inset = usize::from(quoted);
    let span = Span::new(node.span.start + inset, node.span.end.saturating_sub(inset));
    let link = Link { kind: LinkKind::Layout, span, target: span, fragment: None, from_root: false };
    (span.of(text) == name).then_some(link)
}

/// The layout and the paths in the front matter: values of one line that end as the files of images, sounds and films do.
pub fn of_front_matter(text: &str, front_matter: &FrontMatter) -> Vec<Link> {
    let mut found: Vec<Link> = of_layout(text, &front_matter.values).into_iter().collect();
    let mut left: Vec<&Node> = front_matter.values.iter().rev().map(|pair| &pair.value).collect();
    for _ in 0..MAX_FIELDS {
        let Some(node) = left.pop() else { break };
        match &node.value {
            _ if node.style == Style::Alias => {}
            Value::List(items) => left.extend(items.iter().rev()),
            Value::Mapping(mapping) => left.extend(mapping.iter().rev().map(|pair| &pair.value)),
            Value::String(value) if is_media(value) => {
                let quoted = matches!(node.style, Style::SingleQuoted | Style::DoubleQuoted);
                let inset = usize::from(quoted);
                let span = Span::new(node.span.start + inset, node.span.end.saturating_sub(inset));
                if span.of(text) == &**value
                    && let Some(link) = of_address(text, LinkKind::Field, span, span)
                {
                    found.push(link);
                }
            }
            _ => {}
        }
    }
    found
}

/// The extensions of files that are shown or played in a page, in lower case.
pub const MEDIA: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "tif", "tiff", "mp3", "m4a", "ogg",
    "oga", "wav", "flac", "mp4", "m4v", "webm", "mov", "ogv",
];

/// Whether a path ends as the file of an image, a sound or a film does.
pub fn is_media(path: &str) -> bool {
    has_extension(path, MEDIA)
}

/// Whether a path has one of these extensions, in whatever case.
pub fn has_extension(path: &str, extensions: &[&str]) -> bool {
    // Behind the dot of a folder a slash follows, which no extension has.
    let Some(dot) = memrchr(b'.', path.as_bytes()) else { return false };
    extensions.iter().any(|extension| path[dot + 1..].eq_ignore_ascii_case(extension))
}

/// Whether an address leads out of any site: it has a scheme or a host.
pub fn is_external(address: &str) -> bool {
    let scheme = address.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b)).count();
    let begins = address.starts_with(|c: char| c.is_ascii_alphabetic());
    begins && address.as_bytes().get(scheme) == Some(&b':') || address.starts_with("//")
}

/// The links whose targets stand nowhere else among them: of those that share the address of a definition, the first.
pub fn distinct(links: impl IntoIterator<Item = Link>) -> impl Iterator<Item = Link> {
    let mut seen = Seen::default();
    links.into_iter().filter(move |link| seen.insert(link.target))
}

/// The places that have come so far. Those of links come in order, but for the addresses of definitions.
#[derive(Default)]
pub(crate) struct Seen {
    /// Those that came behind all others.
    in_order: Vec<Span>,
    others: HashSet<Span, RandomState>,
}

impl Seen {
    /// Takes a place. False where it has come before.
    pub(crate) fn insert(&mut self, place: Span) -> bool {
        if self.in_order.last().is_none_or(|last| *last < place) {
            self.in_order.push(place);
            return true;
        }
        self.in_order.binary_search(&place).is_err() && self.others.insert(place)
    }
}

/// The link that a cursor at a byte offset is in: the innermost.
pub fn at(links: &[Link], offset: usize) -> Option<&Link> {
    let touched = links.iter().filter(|link| link.span.contains(offset) || link.target.touches(offset));
    touched.min_by_key(|link| link.span.len())
}

impl Body {
    /// The link that a cursor at a byte offset is in: the innermost.
    pub fn link_at(&self, offset: usize) -> Option<&Link> {
        at(&self.links, offset)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[(LinkKind, &str, Option<&str>)]) {
        let post = Post::parse(text);
        let links = post.links();
        let found: Vec<_> = links
            .iter()
            .map(|link| (link.kind, link.target.of(text), link.fragment.map(|it| it.of(text))))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn tags_of_liquid() {
        use LinkKind::*;
        check(
            "[a]({% post_url 旅/2024-01-02-京都 %}#見出し) {% link _posts/a b.md %} {% include x/y.html a=\"b\" %}",
            &[
                (PostUrl, "旅/2024-01-02-京都", Some("見出し")),
                (LinkTag, "_posts/a b.md", None),
                (Include, "x/y.html", None),
            ],
        );
        check("{% include {{ page.x }} %} {% post_url %} {% raw %}{% link a %}{% endraw %}", &[]);
        check("```\n{% include_relative a.md %}\n```\n", &[(IncludeRelative, "a.md", None)]);
    }

    #[test]
    fn markdown_with_its_exact_addresses() {
        use LinkKind::*;
        check(
            "[![🎉 alt](/i/a%20b.png)](../x.md#y \"題\") ![](<a b.jpg>) [z](a\\(b\\).md?q=1#f) [e](#)",
            &[
                (Url, "../x.md", Some("y")),
                (Embed, "/i/a%20b.png", None),
                (Embed, "a b.jpg", None),
                (Url, "a\\(b\\).md", Some("f")),
                (Url, "", Some("")),
            ],
        );
        check(
            "[b][R] and [r] and ![i][p]\n\n[r]: /京/都/ 'x'\n[p]: <p.png>\n[unused]: /u\n",
            &[
                (Url, "/京/都/", None),
                (Url, "/京/都/", None),
                (Embed, "p.png", None),
                (Url, "/京/都/", None),
                (Embed, "p.png", None),
                (Url, "/u", None),
            ],
        );
        check("`[a](b)`\n\n    [c](d)\n\n<!-- [e](f) <a href='g'> -->\n", &[]);
    }

    #[test]
    fn markdown_in_a_block_of_html() {
        use LinkKind::*;
        check(
            "<figure markdown=\"1\">\n  ![春](/haru.png)\n  <img src='/natsu.png'>\n</figure>\n\n[a](b)\n",
            &[(Embed, "/haru.png", None), (Embed, "/natsu.png", None), (Url, "b", None)],
        );
        check("<div markdown='0'>\n[a](b)\n</div>\n\n<!-- <p markdown=\"1\"> [a](b) -->\n", &[]);
    }

    #[test]
    fn liquid_that_only_counts_from_the_root_is_seen_through() {
        use LinkKind::*;
        let text = "[a]({{ site.baseurl }}/a/) [b]({{ '/b.md' | relative_url }}#x) \
                    ![c]({{site.url}}{{site.baseurl}}/c.png) [d]({{ page.url }}) [e](/x/{{ y }}/) \
                    [f]({{ site.baseurl }}{% link g.md %})";
        check(
            text,
            &[
                (Url, "/a/", None),
                (Url, "/b.md", Some("x")),
                (Embed, "/c.png", None),
                (LinkTag, "g.md", None),
            ],
        );
        assert!(Post::parse(text).links()[..3].iter().all(|link| link.from_root));
    }

    #[test]
    fn html_without_markdown() {
        let text = "---\nimage: /a.png\n---\n\n    {% include b.html %}\n\n    <img src='{{ \"/c.png\" | relative_url }}'> [d](e)\n";
        let links = of_html(&Post::parse(text));
        let found: Vec<_> = links.iter().map(|link| link.target.of(text)).collect();
        assert_eq!(found, ["/a.png", "b.html", "/c.png"]);
    }

    #[test]
    fn html_and_front_matter() {
        use LinkKind::*;
        check(
            "---\nimage: /i/題.png\nheader:\n  - 'x.JPG'\n  - \"https://e.jp/a.png\"\ntitle: a.md\n---\n\
             <img src=\"{{ \"/p.png\" | absolute_url }}\">\n\ntext <a class=x href='/about/#日'>y</a> <i data-src='n'>\n",
            &[
                (Field, "/i/題.png", None),
                (Field, "x.JPG", None),
                (Field, "https://e.jp/a.png", None),
                (Embed, "/p.png", None),
                (Url, "/about/", Some("日")),
            ],
        );
    }

    proptest! {
        #[test]
        fn a_place_that_comes_again_is_seen(
            places in prop::collection::vec((0..12usize, 0..3usize), 0..24),
        ) {
            let (mut seen, mut all) = (Seen::default(), HashSet::new());
            for (start, length) in places {
                let place = Span::new(start, start + length);
                prop_assert_eq!(seen.insert(place), all.insert(place));
            }
        }
    }
}
