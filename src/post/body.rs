//! What stands below the front matter: headings, links, images. Source of the Markdown: CommonMark, by
//! pulldown-cmark.
//!
//! Liquid runs before Markdown, so its tags are masked by letters before the Markdown is read:
//! `[a]({% post_url 2024-01-02-a %})` is a link, and a `#` in a `highlight` block is no heading.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memchr_iter;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::gist::Gist;
use super::lead::LEAD_CHARS;
use super::links::html::{self, Attribute};
use super::links::{self, Link, LinkKind};
use super::liquid::{Liquid, mask, visible};
use crate::text::Span;

/// The body's outline. Spans are bytes of the whole post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// Its links in order, also those of Liquid and HTML; definitions `[name]: address` come last.
    pub links: Vec<Link>,
    /// The anchors that HTML and `{: #name}` set, in order: their names.
    pub anchors: Vec<Span>,
    /// Its fenced code blocks, with their fences.
    pub code_blocks: Vec<Span>,
    /// What stands in a mark of a footnote, `[^name]`, outside of code, in order; a note begins with one too.
    pub marks: Vec<Span>,
    /// Whether what begins a mark stands anywhere, in code too.
    pub(crate) may_have_marks: bool,
    /// Its Liquid tags.
    pub liquid: Liquid,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup and Liquid.
    pub text: String,
    /// All of it.
    pub span: Span,
}

/// What is read of Markdown beyond CommonMark.
pub(super) const MARKDOWN: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_HEADING_ATTRIBUTES);

impl Body {
    /// Reads the body of a post that begins at byte `start` of `text`.
    pub fn parse(text: &str, start: usize) -> Self {
        Body::parse_by(text, start, Gist::of)
    }

    fn parse_by(text: &str, start: usize, gist: fn(&str) -> Option<Gist>) -> Self {
        let start = crate::text::columns::floor_boundary(text, start);
        let liquid = Liquid::parse(text, start);
        let masked = mask(text, start, &liquid.masked);
        let may_have_marks = may_have_marks(&text[start..]);
        let gist = gist(&masked);
        let place = |range: Range<usize>| {
            let span = Span::from(range);
            gist.as_ref().map_or(span, |gist| gist.place(span)).shift(start)
        };
        let markdown = gist.as_ref().map_or(&*masked, |gist| &gist.text);
        let events = Parser::new_ext(markdown, MARKDOWN).into_offset_iter();
        let definitions = events.reference_definitions().iter();
        let tags: Vec<Link> = liquid.tags.iter().filter_map(|tag| links::of_tag(text, tag)).collect();
        let mut reader = Reader {
            text,
            masked: &masked,
            start,
            holes: &liquid.masked,
            definitions: definitions
                .map(|(label, definition)| (label.to_lowercase(), place(definition.span.clone())))
                .collect(),
            kinds: HashMap::new(),
            tags: tags.len(),
            body: Body { links: tags, may_have_marks, ..Body::default() },
            heading: None,
            open_links: Vec::new(),
            in_code: false,
            in_comment: false,
            blocks: Vec::new(),
            prose: Vec::new(),
        };
        let notes = reader.take_notes();
        for (event, range) in events {
            reader.read(event, place(range));
        }
        let inside_notes: Vec<Span> = notes.iter().map(|note| reader.inside_note(*note)).collect();
        for block in std::mem::take(&mut reader.blocks).into_iter().chain(inside_notes) {
            let inside = span_of(&masked, block, start);
            for (event, range) in Parser::new_ext(inside, MARKDOWN).into_offset_iter() {
                reader.read_inside(event, Span::from(range).shift(block.start));
            }
        }
        reader.define();
        reader.prose.extend(notes);
        reader.find_marks();
        let mut body = reader.body;
        body.links.sort_by_key(|link| (link.span.start, link.target.start));
        Body { liquid, ..body }
    }
}

/// Where the Markdown in a block of HTML begins: behind a tag with `markdown="1"`. Source: kramdown, HTML blocks.
fn markdown_inside(block: &str) -> Option<usize> {
    block.match_indices("markdown=").find_map(|(at, attribute)| {
        let value = block[at + attribute.len()..].trim_start_matches(['"', '\'']);
        let is_on = ["1", "block", "span"].iter().any(|on| value.starts_with(on));
        let close = block[at..].find('>').filter(|_| is_on)?;
        Some(at + close + 1)
    })
}

struct Reader<'t> {
    text: &'t str,
    masked: &'t str,
    start: usize,
    holes: &'t [Span],
    body: Body,
    /// How many of the body's links, the first ones, are tags of Liquid.
    tags: usize,
    /// The reference definitions: their labels in lower case, and where they are.
    definitions: HashMap<String, Span>,
    /// What the links are that have the addresses of definitions, by the bytes at which these begin.
    kinds: HashMap<usize, LinkKind>,
    heading: Option<Heading>,
    open_links: Vec<OpenLink>,
    in_code: bool,
    in_comment: bool,
    /// What stands in blocks of HTML that kramdown reads as Markdown all the same.
    blocks: Vec<Span>,
    /// Where the text stands that is neither code nor HTML, as far as a mark can be in it.
    prose: Vec<Span>,
}

/// A link whose text is being read.
struct OpenLink {
    kind: LinkKind,
    span: Span,
    /// The label of the definition that has its address; none where it has its own.
    label: Option<String>,
    /// Where its text ends, as far as it is read.
    text_end: usize,
}

impl Reader<'_> {
    fn read(&mut self, event: Event<'_>, span: Span) {
        // Those around the innermost learn of it when it closes: nested images are not looked through at each event.
        if let Some(open) = self.open_links.last_mut().filter(|open| span != open.span) {
            open.text_end = open.text_end.max(span.end);
        }
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some(Heading { level: level as u8, text: String::new(), span });
            }
            Event::End(TagEnd::Heading(_)) => self.body.headings.extend(self.heading.take()),
            Event::Start(Tag::Link { link_type, id, .. }) => self.open(LinkKind::Url, link_type, &id, span),
            Event::Start(Tag::Image { link_type, id, .. }) => {
                self.open(LinkKind::Embed, link_type, &id, span)
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.close(),
            Event::Start(Tag::HtmlBlock) => {
                let block = span_of(self.masked, span, self.start);
                self.in_comment = block.trim_start().starts_with("<!--");
                let inside = markdown_inside(block).filter(|_| !self.in_comment);
                self.blocks.extend(inside.map(|at| Span::new(span.start + at, span.end)));
            }
            Event::End(TagEnd::HtmlBlock) => self.in_comment = false,
            Event::Html(_) | Event::InlineHtml(_) => self.html(span),
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.body.code_blocks.push(span);
                }
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Text(piece) if !self.in_code => {
                self.is_prose(span);
                self.keep(&piece, span);
            }
            Event::Code(piece) => self.keep(&piece, span),
            Event::SoftBreak | Event::HardBreak => self.keep(" ", span),
            _ => {}
        }
    }

    /// Reads the links in a block of HTML; the HTML itself is read already.
    fn read_inside(&mut self, event: Event<'_>, span: Span) {
        if let Some(open) = self.open_links.last_mut().filter(|open| span != open.span) {
            open.text_end = open.text_end.max(span.end);
        }
        match event {
            Event::Start(Tag::Link { link_type, id, .. }) => self.open(LinkKind::Url, link_type, &id, span),
            Event::Start(Tag::Image { link_type, id, .. }) => {
                self.open(LinkKind::Embed, link_type, &id, span)
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.close(),
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Text(_) if !self.in_code => self.is_prose(span),
            _ => {}
        }
    }

    /// Takes note of text. Pieces that follow each other are one: the brackets of a mark come apart.
    fn is_prose(&mut self, span: Span) {
        if !self.body.may_have_marks {
            return;
        }
        match self.prose.last_mut() {
            Some(last) if (last.start..=last.end).contains(&span.start) => last.end = last.end.max(span.end),
            _ => self.prose.push(span),
        }
    }

    /// Finds the marks of footnotes in the text, but for those of Liquid.
    fn find_marks(&mut self) {
        let mut marks = Vec::new();
        for prose in std::mem::take(&mut self.prose) {
            let found = marks_in(self.text, prose);
            marks.extend(found.filter(|mark| mark.of(self.text) == span_of(self.masked, *mark, self.start)));
        }
        marks.sort_unstable();
        marks.dedup();
        self.body.marks = marks;
    }

    fn open(&mut self, kind: LinkKind, link_type: LinkType, label: &str, span: Span) {
        // Where a note is one address, CommonMark takes its mark for a link.
        if label.starts_with('^') {
            self.is_prose(span);
        }
        let label = match link_type {
            LinkType::Inline => None,
            // kramdown writes `mailto:` before it: the address is not what is written.
            LinkType::Email => Some(String::new()),
            LinkType::Autolink => {
                let address = Span::new(span.start + 1, span.end.saturating_sub(1));
                self.body.links.extend(links::of_address(self.text, kind, span, address));
                Some(String::new())
            }
            _ => Some(label.to_lowercase()),
        };
        let inset = if kind == LinkKind::Embed { 2 } else { 1 };
        self.open_links.push(OpenLink { kind, span, label, text_end: span.start + inset });
    }

    fn close(&mut self) {
        let Some(OpenLink { kind, span, label, text_end }) = self.open_links.pop() else { return };
        if let Some(around) = self.open_links.last_mut() {
            around.text_end = around.text_end.max(span.end);
        }
        let address = match &label {
            None => links::inline(self.masked, text_end - self.start, span.end - self.start),
            Some(label) => self.definitions.get(label).and_then(|definition| self.defined(*definition)),
        };
        let Some(address) = address.map(|address| address.shift(self.start)) else { return };
        if label.is_some() {
            self.kinds.entry(address.start).or_insert(kind);
        }
        self.link(kind, span, address);
    }

    fn defined(&self, definition: Span) -> Option<Span> {
        let in_body = Span::new(definition.start - self.start, definition.end - self.start);
        links::defined(self.masked, in_body)
    }

    /// Takes the notes out of the definitions: to CommonMark one without a blank is the address of its mark,
    /// `[^1]: [京都](/kyoto/)`.
    fn take_notes(&mut self) -> Vec<Span> {
        self.definitions.extract_if(|label, _| label.starts_with('^')).map(|(_, note)| note).collect()
    }

    /// What kramdown reads as Markdown in a note.
    fn inside_note(&self, note: Span) -> Span {
        let written = span_of(self.masked, note, self.start);
        let behind = written.find("]:").map_or(written.len(), |at| at + 2);
        Span::new(note.start + behind, note.end)
    }

    /// The definitions themselves: each has an address that can be looked at and changed.
    fn define(&mut self) {
        for (_, definition) in std::mem::take(&mut self.definitions) {
            if let Some(address) = self.defined(definition).map(|address| address.shift(self.start)) {
                let kind = self.kinds.get(&address.start).copied().unwrap_or(LinkKind::Url);
                self.link(kind, definition, address);
            }
        }
    }

    fn link(&mut self, kind: LinkKind, span: Span, address: Span) {
        match links::of_address(self.text, kind, span, address) {
            Some(link) => self.body.links.push(link),
            // A tag is the address: all of the link leads where the tag does. Their targets stay in order.
            None => {
                let tags = &mut self.body.links[..self.tags];
                let first = tags.partition_point(|tag| tag.target.start < address.start);
                if let Some(tag) = tags.get_mut(first).filter(|tag| address.encloses(tag.span)) {
                    tag.span = span;
                }
            }
        }
    }

    fn html(&mut self, span: Span) {
        let masked = span_of(self.masked, span, self.start);
        if self.in_comment || masked.starts_with("<!--") {
            return;
        }
        for attribute in html::attributes(masked, span.start) {
            match attribute {
                Attribute::Address(kind, address) => self.link(kind, address, address),
                Attribute::Anchor(name) => self.body.anchors.push(name),
            }
        }
    }

    /// Keeps a text for the heading that it is in.
    fn keep(&mut self, piece: &str, span: Span) {
        if let Some(heading) = &mut self.heading {
            push_visible(&mut heading.text, self.text, self.holes, piece, span);
        }
    }
}

/// Adds what no Liquid hides of a piece of text that stands at `span`, up to [`LEAD_CHARS`] characters in all.
pub(super) fn push_visible(target: &mut String, text: &str, holes: &[Span], piece: &str, span: Span) {
    for part in visible(text, holes, piece, span) {
        // So few bytes are no more characters.
        if target.len() + part.len() <= LEAD_CHARS {
            target.push_str(part);
            continue;
        }
        let room = LEAD_CHARS.saturating_sub(target.chars().count());
        target.push_str(part.char_indices().nth(room).map_or(part, |(end, _)| &part[..end]));
    }
}

/// Whether what begins the mark of a footnote stands anywhere in a text.
fn may_have_marks(text: &str) -> bool {
    // Few bodies have the second sign at all: it is found quicker than the first, or the two together.
    memchr_iter(b'^', text.as_bytes()).any(|at| text[..at].ends_with('['))
}

/// What stands in the marks of footnotes, `[^name]`, of a span that is all text; those behind a backslash are none.
pub fn marks_in(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let inside = span.of(text);
    inside.match_indices("[^").filter_map(move |(at, _)| {
        let name = inside[at + 2..].split(['[', ']', '\n', '\r']).next().unwrap_or_default();
        let start = span.start + at + 2;
        let is_whole = inside[at + 2 + name.len()..].starts_with(']');
        let is_escaped = text[..start - 2].ends_with('\\');
        let is_mark = is_whole && !is_escaped && !name.is_empty() && !name.contains(char::is_whitespace);
        is_mark.then(|| Span::new(start, start + name.len()))
    })
}

fn span_of(masked: &str, span: Span, start: usize) -> &str {
    masked.get(span.start.saturating_sub(start)..span.end.saturating_sub(start)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(text: &str) -> Body {
        Body::parse(text, 0)
    }

    #[test]
    fn headings_have_plain_text() {
        let text = "# `a` *b* 京都 {#id}\n\nText\n\nUnder\n---\n\n### {{ x }}日\n\n```\n# no\n```\n";
        let found: Vec<_> = body(text).headings.into_iter().map(|h| (h.level, h.text)).collect();
        assert_eq!(found, [(1, "a b 京都".to_owned()), (2, "Under".to_owned()), (3, "日".to_owned())]);
    }

    #[test]
    fn links_keep_what_is_written() {
        let text = "[a]({% post_url 2024-01-02-a %}#x) ![i](/i.png) [b][r] <https://e.jp>\n\n[r]: ../b.md\n";
        let found: Vec<_> = body(text).links.iter().map(|l| (l.kind, l.target.of(text))).collect();
        let expected = [
            (LinkKind::PostUrl, "2024-01-02-a"),
            (LinkKind::Embed, "/i.png"),
            (LinkKind::Url, "../b.md"),
            (LinkKind::Url, "https://e.jp"),
            (LinkKind::Url, "../b.md"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_definition_is_what_its_first_use_is_and_a_tag_in_it_leads_the_link_there() {
        let text = "![![i](/i.png)][r] [r] [t] [t]\n\n[r]: {{ site.baseurl }}/r.png\n[T]: {% link a.md %}\n";
        let found: Vec<_> =
            body(text).links.iter().map(|l| (l.kind, l.span.of(text), l.target.of(text))).collect();
        let expected = [
            (LinkKind::Embed, "![![i](/i.png)][r]", "/r.png"),
            (LinkKind::Embed, "![i](/i.png)", "/i.png"),
            (LinkKind::Url, "[r]", "/r.png"),
            (LinkKind::LinkTag, "[t]", "a.md"),
            (LinkKind::Embed, "[r]: {{ site.baseurl }}/r.png", "/r.png"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_note_is_no_address() {
        let text =
            "文[^a][^b][^c]\n\n[^a]: [京都](/kyoto/#春)\n[^b]: 注\n[^C]: <https://e.jp/>\n\n[d]: /d/\n";
        let links: Vec<_> = body(text).links.iter().map(|link| link.target.of(text)).collect();
        assert_eq!(links, ["/kyoto/", "https://e.jp/", "/d/"]);
    }

    #[test]
    fn marks_are_found_in_html_that_is_read_as_markdown() {
        let text = "前[^a]\n\n<div markdown=\"1\">\n中[^b]\n</div>\n\n<div>\n外[^c]\n</div>\n\n後[^d] *又*[^e]\n\n後\n";
        let marks: Vec<_> = body(text).marks.iter().map(|mark| mark.of(text)).collect();
        assert_eq!(marks, ["a", "b", "d", "e"]);
    }

    #[test]
    fn spans_are_of_the_whole_post() {
        let text = "---\ntitle: 題\n---\n# 京都\n[a](b)\n";
        let start = text.find("# ").unwrap();
        let body = Body::parse(text, start);
        assert_eq!(body.headings[0].span.of(text).trim_end(), "# 京都");
        assert_eq!(body.links[0].span.of(text), "[a](b)");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn what_is_left_out_is_not_missed(
            pieces in prop::collection::vec(
                (
                    prop::sample::select(vec![
                        "a", "京", "a\nb", "1. ", "- ", "> ", "# h", "===", "---", "```", "~~~", "    ", "  ", "\t", "- ```",
                        "1. ~~~", "> ```", "  ```", "[a](/b)", "[r]", "[r]: /x", "[r]:", "![i](/i.png)", "[^1]", "[^1]: ",
                        "<div>", "<div markdown=\"1\">", "</div>", "<pre>", "<pre markdown=1>", "</pre>", "<!--", "-->", "<?",
                        "?>", "<a id=\"x\">", "<a href=\"/x\">", "<https://e.jp>", "| a |", "|---|", "`", "*", "\\", "!",
                        "{% x %}", "{% post_url 2024-01-02-a %}", "{% raw %}", "{% endraw %}", "{{", "}}", "{: #x}", "]", ">",
                        "<![CDATA[", "]]>", "\r", " ", "\u{3000}", "a\n    b", "a\n- b", "a\n===",
                    ]),
                    prop::sample::select(vec!["\n\n", "\n\n", "\n\na\n\n", "\n", "\n\n\n", "\n \n", "\r\n", "", ""]),
                ),
                0..16,
            ),
        ) {
            let text: String = pieces.iter().flat_map(|(piece, end)| [*piece, *end]).collect();
            prop_assert_eq!(Body::parse(&text, 0), Body::parse_by(&text, 0, |_| None), "{:?}", text);
        }
    }
}
