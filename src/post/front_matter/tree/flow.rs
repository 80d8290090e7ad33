//! Lists in brackets, closed or half typed.

use super::marks::{blank_run, closing_quote, comment_start, quote_of};
use super::{FlowList, Item, Quote, Scalar};
use crate::text::Span;

/// A list in brackets at the start of `area`.
pub(super) fn flow(text: &str, area: Span) -> FlowList {
    let mut list = FlowList {
        span: Span::new(area.start, area.start + 1),
        close: None,
        items: Vec::new(),
        commas: Vec::new(),
    };
    let mut at = area.start + 1;
    let mut awaits_item = true;
    let mut line_end = at;
    loop {
        at = skip_blank(text, Span::new(at, area.end));
        match Span::new(at, area.end).of(text).chars().next() {
            None => break,
            Some(']') => {
                list.close = Some(at);
                at += 1;
                break;
            }
            Some(',') => {
                if awaits_item {
                    list.items.push(Item::Empty(Span::empty(at)));
                }
                list.commas.push(at);
                awaits_item = true;
                at += 1;
            }
            Some(_) => {
                if at >= line_end {
                    let rest = Span::new(at, area.end).of(text);
                    line_end = at + rest.find(['\n', '\r']).unwrap_or(rest.len());
                }
                let item = flow_item(text, Span::new(at, area.end), line_end);
                at = item.span().end.max(at + 1);
                list.items.push(item);
                awaits_item = false;
            }
        }
    }
    if awaits_item && list.close.is_none() {
        // Where the next item is being typed: a blank after the comma is part of what is there already.
        let from = list.commas.last().map_or(area.start + 1, |comma| comma + 1);
        let blank = blank_run(Span::new(from, area.end).of(text));
        list.items.push(Item::Empty(Span::empty(from + blank)));
        list.span.end = from + blank;
    } else if awaits_item {
        let close = list.close.unwrap_or(at);
        list.items.push(Item::Empty(Span::empty(close)));
    }
    let last = list.items.last().map_or(list.span.end, |item| item.span().end);
    list.span.end = list.close.map_or(last.max(list.span.end), |close| close + 1);
    list
}

fn skip_blank(text: &str, area: Span) -> usize {
    let mut at = area.start;
    loop {
        let rest = Span::new(at, area.end).of(text);
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        at += blank;
        let rest = &rest[blank..];
        let line_start = text[..at].ends_with([' ', '\t', '\n', '\r']);
        if !(rest.starts_with('#') && line_start) {
            return at;
        }
        at += rest.find('\n').unwrap_or(rest.len());
    }
}

/// One item; `line_end` is where its line ends.
fn flow_item(text: &str, area: Span, line_end: usize) -> Item {
    let rest = area.of(text);
    match rest.as_bytes().first() {
        Some(b'"' | b'\'') => Item::Scalar(flow_quoted(text, area, line_end)),
        Some(b'[' | b'{') => Item::Other(nested(text, area)),
        _ => {
            let line = Span::new(area.start, line_end).of(text);
            let end = line.find([',', ']', '[', '{', '}']).unwrap_or(line.len());
            let end = comment_start(&line[..end]).unwrap_or(end);
            let span =
                Span::new(area.start, area.start + line[..end].trim_end_matches([' ', '\t']).len().max(1));
            Item::Scalar(Scalar { span, content: span, quote: Quote::Plain, closed: true })
        }
    }
}

/// A quoted item. A closing quote counts only where the item can end behind it; else the item ends, unclosed, at
/// the next comma or bracket of its line.
fn flow_quoted(text: &str, area: Span, line_end: usize) -> Scalar {
    let rest = area.of(text);
    let quote = quote_of(rest);
    let line_end = line_end - area.start;
    if let Some(end) = closing_quote(rest) {
        let after = &rest[end + 1..];
        let behind = after.trim_start_matches([' ', '\t']);
        let next_item = behind.len() < after.len() && behind.starts_with(['"', '\'']);
        let ends =
            behind.is_empty() || next_item || behind.starts_with([',', ']', '}', ':', '#', '\n', '\r']);
        let slip = &rest[1..end];
        let over_lines = end > line_end && slip.contains([',', ']']);
        if ends && !over_lines {
            let span = Span::new(area.start, area.start + end + 1);
            return Scalar { span, content: Span::new(span.start + 1, span.end - 1), quote, closed: true };
        }
    }
    let line = &rest[..line_end];
    let end = line[1..].find([',', ']']).map_or(line.len(), |at| at + 1);
    let span = Span::new(area.start, area.start + line[..end].trim_end_matches([' ', '\t']).len().max(1));
    Scalar { span, content: Span::new(span.start + 1, span.end), quote, closed: false }
}

/// A nested list or mapping: to its closing bracket, or to the end of its line.
fn nested(text: &str, area: Span) -> Span {
    let mut depth = 0usize;
    let rest = area.of(text);
    for (at, c) in rest.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '\n' | '\r' => return Span::new(area.start, area.start + at),
            _ => {}
        }
        if depth == 0 {
            return Span::new(area.start, area.start + at + 1);
        }
    }
    area
}
