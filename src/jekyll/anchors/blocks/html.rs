//! HTML blocks: no Markdown is read in them but where `markdown="1"` asks for it. Source: kramdown
//! `parser/kramdown/html.rb` and `parser/html.rb`.

use super::lines::*;
use super::{Reader, Within};
use crate::jekyll::anchors::signs::is_blank;
use crate::jekyll::anchors::tags::{Tag, closing, opening};
use crate::text::Span;

/// How deep elements are read in elements.
const MAX_ELEMENTS: usize = 64;

impl Reader<'_, '_> {
    /// The byte behind the end tag of the element whose Markdown is being read, where a line begins with it.
    pub(super) fn end_tag(&self, line: Span, name: Option<&str>) -> Option<usize> {
        let rest = inset(self.of(line))?;
        let (own, length) = closing(rest)?;
        own.eq_ignore_ascii_case(name?).then(|| line.end - rest.len() + length)
    }

    /// The byte behind the comment or the element that a line begins with.
    pub(super) fn html(&mut self, lines: &[Span], at: usize, within: Within<'_>) -> Option<usize> {
        let rest = inset(self.of(lines[at])).filter(|rest| rest.starts_with('<'))?;
        let start = lines[at].end - rest.len();
        let limit = lines.last().map_or(start, |line| line.end);
        if rest.starts_with("<!--") {
            return self.comment(start, limit);
        }
        let tag = opening(&self.body[start..limit]).filter(|tag| !is_inline_tag(&tag.name))?;
        Some(self.element(&tag, start + tag.length, lines, within, false, 0))
    }

    /// The byte behind the comment that begins here, where it ends before `limit`.
    fn comment(&mut self, start: usize, limit: usize) -> Option<usize> {
        let known = self.comment.filter(|(from, end)| start >= *from && end.is_none_or(|end| start < end));
        let end = match known {
            Some((_, end)) => end,
            None => {
                let end = self.body[start..].find("-->").map(|at| start + at + 3);
                self.comment = Some((start, end));
                end
            }
        };
        end.filter(|end| *end <= limit)
    }

    /// The byte behind an element whose content begins at byte `start`. `raw`: it stands in one whose content is not
    /// read.
    fn element(
        &mut self,
        tag: &Tag,
        start: usize,
        lines: &[Span],
        within: Within<'_>,
        raw: bool,
        depth: usize,
    ) -> usize {
        let end = lines.last().map_or(start, |line| line.end);
        let body = self.body.get(..end).unwrap_or_default();
        if matches!(&*tag.name, "script" | "style") {
            return behind_end_tag(body, start, &tag.name).unwrap_or(end);
        }
        if tag.closed {
            return start;
        }
        if depth > MAX_ELEMENTS {
            self.anchors.open = true;
            return end;
        }
        let by_default = self.options.parse_block_html && !raw;
        if tag.markdown.unwrap_or(by_default) && holds_blocks(&tag.name) {
            let within = Within { in_html: true, stop: Some(&tag.name), depth: within.depth + 1 };
            return self.blocks(behind(self.body, lines, start), within).unwrap_or(end);
        }
        let mut at = start;
        while let Some(open) = body.get(at..).and_then(|rest| rest.find('<')).map(|open| at + open) {
            let rest = &body[open..];
            if rest.starts_with("<!--") {
                at = self.comment(open, end).unwrap_or(open + 1);
            } else if let Some((name, length)) = closing(rest) {
                at = open + length;
                if name.eq_ignore_ascii_case(&tag.name) {
                    return at;
                }
            } else if let Some(inner) = opening(rest) {
                at = self.element(&inner, open + inner.length, lines, within, true, depth + 1);
            } else {
                at = open + 1;
            }
        }
        end
    }
}

/// The byte behind the next end tag of this name.
fn behind_end_tag(body: &str, mut at: usize, name: &str) -> Option<usize> {
    loop {
        at += body[at..].find("</")?;
        match closing(&body[at..]) {
            Some((own, length)) if own.eq_ignore_ascii_case(name) => return Some(at + length),
            _ => at += 2,
        }
    }
}

/// The lines from byte `at` on; what is left of its own line counts unless it is blank.
fn behind(body: &str, lines: &[Span], at: usize) -> Vec<Span> {
    let from = lines.partition_point(|line| line.end < at);
    let mut inside: Vec<Span> = lines.get(from..).unwrap_or_default().to_vec();
    if let Some(first) = inside.first_mut().filter(|first| first.start <= at) {
        first.start = at;
        if first.of(body).chars().all(is_blank) {
            inside.remove(0);
        }
    }
    inside
}

/// Source: HTML_CONTENT_MODEL_BLOCK.
fn holds_blocks(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "applet",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "fieldset",
        "figure",
        "figcaption",
        "footer",
        "form",
        "header",
        "hgroup",
        "iframe",
        "li",
        "main",
        "map",
        "menu",
        "nav",
        "noscript",
        "object",
        "section",
        "summary",
        "td",
    ];
    BLOCKS.contains(&name)
}
