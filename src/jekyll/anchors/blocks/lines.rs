//! What one line of Markdown is to kramdown.

use crate::jekyll::anchors::signs::{is_blank, is_note_name};
use crate::text::Span;

/// A span of a body without the blanks at its end.
pub(super) fn trim_end(body: &str, span: Span) -> Span {
    Span::new(span.start, span.start + span.of(body).trim_end_matches(is_blank).len())
}

/// A line behind at most three blanks.
pub(super) fn inset(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    (line.len() - rest.len() <= 3).then_some(rest)
}

/// Whether a line begins as most do: with a letter, or with a character that no pattern of kramdown names.
pub(super) fn begins_with_letter(line: &str) -> bool {
    matches!(line.as_bytes().first(), Some(b'a'..=b'z' | b'A'..=b'Z' | 0x80..))
}

/// Source: INDENT.
pub(super) fn is_indented(line: &str) -> bool {
    let blanks = line.bytes().take_while(|byte| *byte == b' ').count();
    blanks >= 4 || line[blanks..].starts_with('\t')
}

/// Source: BLOCKQUOTE_START.
pub(super) fn is_quote(line: &str) -> bool {
    inset(line).is_some_and(|rest| rest.starts_with('>'))
}

/// A line of a quote without its mark.
pub(super) fn without_quote(body: &str, line: Span) -> Span {
    let written = line.of(body);
    match inset(written).and_then(|rest| rest.strip_prefix('>')) {
        Some(rest) => Span::new(line.end - rest.strip_prefix(' ').unwrap_or(rest).len(), line.end),
        None => line,
    }
}

/// Source: HR_START.
pub(super) fn is_rule(line: &str) -> bool {
    let Some(rest) = inset(line) else { return false };
    let Some(mark) = rest.chars().next().filter(|c| matches!(c, '*' | '-' | '_')) else { return false };
    rest.chars().all(|c| c == mark || matches!(c, ' ' | '\t'))
        && rest.chars().filter(|c| *c == mark).count() >= 3
}

/// The marks of a line that opens fenced code, and how many: at most one word stands behind them. Source:
/// FENCED_CODEBLOCK_MATCH.
pub(super) fn fence_of(line: &str, gfm: bool) -> Option<(char, usize)> {
    let rest = if gfm { inset(line)? } else { line };
    let mark = rest.chars().next().filter(|c| *c == '~' || (gfm && *c == '`'))?;
    let length = rest.chars().take_while(|c| *c == mark).count();
    let info = rest[length..].trim_matches(is_blank);
    (length >= 3 && !info.contains(is_blank)).then_some((mark, length))
}

/// Whether a line closes the fenced code that so many marks opened.
pub(super) fn closes(line: &str, mark: char, length: usize) -> bool {
    let Some(rest) = inset(line).map(|rest| rest.trim_end_matches(is_blank)) else { return false };
    rest.len() >= length && rest.chars().all(|c| c == mark)
}

/// What a list is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bullets,
    Numbers,
    Definitions,
}

/// The kind of the list item that begins here, and the length of its mark with the blanks before it, of which there
/// are at most `most`. Source: LIST_START, DEFINITION_LIST_START.
pub(super) fn list_mark(line: &str, most: usize) -> Option<(Kind, usize)> {
    let rest = line.trim_start_matches(' ');
    let blanks = line.len() - rest.len();
    if blanks > most {
        return None;
    }
    let (kind, length) = match rest.as_bytes().first()? {
        b'+' | b'*' | b'-' => (Kind::Bullets, 1),
        b':' => (Kind::Definitions, 1),
        b'0'..=b'9' => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            (rest.as_bytes().get(digits) == Some(&b'.')).then_some((Kind::Numbers, digits + 1))?
        }
        _ => return None,
    };
    let follows = matches!(rest.as_bytes().get(length)?, b' ' | b'\t' | b'|');
    follows.then_some((kind, blanks + length))
}

/// Source: IAL_BLOCK_START.
pub(super) fn is_attribute_list(line: &str) -> bool {
    attribute_inner(line).is_some()
}

fn attribute_inner(line: &str) -> Option<&str> {
    let rest = inset(line)?.trim_end_matches(is_blank);
    let inner = rest.strip_prefix("{:")?.strip_suffix('}')?;
    let own = !inner.is_empty() && !inner.starts_with([':', '/']) && !inner.contains('}');
    (own && !is_attribute_definition(rest)).then_some(inner)
}

/// The inside of a line `{: … }`.
pub(super) fn attribute_list(body: &str, line: Span) -> Option<Span> {
    let inner = attribute_inner(line.of(body))?;
    let start = line.start + line.of(body).find("{:")? + 2;
    Some(Span::new(start, start + inner.len()))
}

/// Source: ALD_START.
pub(super) fn is_attribute_definition(line: &str) -> bool {
    let name = line.trim_start_matches(' ').strip_prefix("{:").unwrap_or_default();
    let length = name.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(0);
    length > 0 && name[length..].starts_with(':') && line.trim_end_matches(is_blank).ends_with('}')
}

/// Source: FOOTNOTE_DEFINITION_START.
pub(super) fn footnote(body: &str, line: Span) -> Option<Span> {
    let written = line.of(body);
    let (name, _) = inset(written)?.strip_prefix("[^")?.split_once("]:")?;
    let start = line.start + written.find("[^")? + 2;
    is_note_name(name).then(|| Span::new(start, start + name.len()))
}

/// Source: LINK_DEFINITION_START, ABBREV_DEFINITION_START.
pub(super) fn is_definition(line: &str) -> bool {
    let rest = inset(line).unwrap_or_default();
    let label = rest.strip_prefix('[').or_else(|| rest.strip_prefix("*["));
    label.and_then(|rest| rest.split_once("]:")).is_some_and(|(name, address)| {
        !name.is_empty() && !name.contains(']') && !address.trim_matches(is_blank).is_empty()
    })
}

/// Whether a quote ends before a line. Source: LAZY_END.
pub(super) fn is_lazy_end(line: &str) -> bool {
    line.chars().all(is_blank) || is_break(line)
}

/// What lines that only follow a block are no part of it: a list of attributes, a mark, a tag.
pub(super) fn is_break(line: &str) -> bool {
    is_attribute_list(line) || is_mark(line) || is_block_tag(line)
}

/// Source: EOB_MARKER.
pub(super) fn is_mark(line: &str) -> bool {
    line.starts_with('^') && line.trim_end_matches(is_blank) == "^"
}

/// Whether a paragraph ends before a line. Source: PARAGRAPH_END, PARAGRAPH_END_GFM.
pub(super) fn is_paragraph_end(line: &str, gfm: bool) -> bool {
    // Most lines begin with none of the signs that matter.
    let first = line.bytes().find(|byte| !byte.is_ascii_whitespace());
    if matches!(first, Some(b'a'..=b'z' | b'A'..=b'Z' | 0x80..)) {
        return false;
    }
    let is_heading = || {
        let level = line.bytes().take(6).take_while(|byte| *byte == b'#').count();
        level > 0 && line[level..].starts_with([' ', '\t'])
    };
    let is_fence = || inset(line).is_some_and(|rest| rest.starts_with("```") || rest.starts_with("~~~"));
    let mark = list_mark(line, 3);
    is_lazy_end(line)
        || mark.is_some_and(|(kind, _)| gfm || kind == Kind::Definitions)
        || (gfm && (is_heading() || is_quote(line) || is_fence()))
}

/// Whether a tag of a block begins the line. Source: LAZY_END_HTML_START, LAZY_END_HTML_STOP.
fn is_block_tag(line: &str) -> bool {
    let Some(rest) = inset(line).and_then(|rest| rest.strip_prefix('<')) else { return false };
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
    let closed = !rest.starts_with('/') || name[length..].trim_start_matches(is_blank).starts_with('>');
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && closed
        && !is_inline_tag(&name[..length])
        && !name[..length].eq_ignore_ascii_case("script")
}

/// Source: HTML_SPAN_ELEMENTS.
pub(super) fn is_inline_tag(name: &str) -> bool {
    const INLINE: &[&str] = &[
        "a", "abbr", "acronym", "b", "big", "bdo", "br", "button", "cite", "code", "del", "dfn", "em", "i",
        "img", "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby",
        "samp", "select", "small", "span", "strong", "sub", "sup", "tt", "u", "var",
    ];
    INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline))
}

/// A list item's first line without the list of attributes that it can begin with. Source: LIST_ITEM_IAL.
pub(super) fn without_attributes(body: &str, line: Span) -> Span {
    let Some(inner) = line.of(body).strip_prefix("{:") else { return line };
    let Some(close) = inner.find('}').filter(|_| !inner.starts_with([':', '/'])) else { return line };
    Span::new(line.end - inner[close + 1..].trim_start_matches(is_blank).len(), line.end)
}
