//! Edits of a list of tags or categories that leave its style as it is.

use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::write::{Context, write};
use crate::post::front_matter::{Node, Value};
use crate::text::{Span, TextEdit};

/// Texts as a list in brackets.
pub(in crate::rules) fn flow_list<'t>(words: impl IntoIterator<Item = &'t str>) -> String {
    let words: Vec<_> = words.into_iter().map(|word| write(word, Context::Flow, Quote::Plain)).collect();
    format!("[{}]", words.join(", "))
}

/// The quotes of a scalar.
fn quotes(item: &Node) -> Quote {
    match item.style {
        Style::SingleQuoted => Quote::Single,
        Style::DoubleQuoted => Quote::Double,
        _ => Quote::Plain,
    }
}

/// The line that a byte stands in, up to there.
fn before(text: &str, offset: usize) -> &str {
    let head = text.get(..offset).unwrap_or_default();
    head.rsplit(['\n', '\r']).next().unwrap_or_default()
}

/// What parts a line of a block list from the next one: the line break, the indentation and the dash of `item`.
fn next_line(text: &str, item: &Node) -> String {
    let line = before(text, item.span.start);
    let dash = line.rfind('-').map_or("- ".to_owned(), |at| {
        let blanks: String = line[..at].chars().map(|c| if c == '\t' { c } else { ' ' }).collect();
        format!("{blanks}{}", &line[at..])
    });
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    format!("{line_break}{dash}")
}

/// One item becomes several, in its own quotes.
pub(super) fn split_item(text: &str, list: &Node, item: &Node, words: &[&str]) -> Vec<TextEdit> {
    let (context, between) = match list.style {
        Style::Flow => (Context::Flow, ", ".to_owned()),
        _ => (Context::Block, next_line(text, item)),
    };
    let words: Vec<_> = words.iter().map(|word| write(word, context, quotes(item))).collect();
    vec![TextEdit::replace(item.span, words.join(&between))]
}

/// An item goes, with the comma or the line that it had.
pub(super) fn remove_item(text: &str, list: &Node, index: usize) -> Option<Vec<TextEdit>> {
    let items = list.value.as_list()?;
    let item = items.get(index)?;
    let span = match list.style {
        Style::Flow if index > 0 => Span::new(items[index - 1].span.end, item.span.end),
        Style::Flow => Span::new(item.span.start, items.get(1)?.span.start),
        _ => {
            let start = item.span.start - before(text, item.span.start).len();
            let alone = text[start..item.span.start].trim() == "-";
            let rest = text.get(item.span.end..).unwrap_or_default();
            let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
            if !alone || !rest[..line_end].trim().is_empty() {
                return None;
            }
            Span::new(start, item.span.end + line_end)
        }
    };
    Some(vec![TextEdit::delete(span)])
}

/// Words come to the end of a list, or to a text that is split at blanks, which becomes a list.
pub(super) fn append(text: &str, value: &Node, there: &[&str], more: &[&str]) -> Option<Vec<TextEdit>> {
    match (&value.value, value.style) {
        (Value::List(items), Style::Flow) => {
            let words: Vec<_> = more.iter().map(|word| write(word, Context::Flow, Quote::Plain)).collect();
            let last = items.last()?;
            Some(vec![TextEdit::insert(last.span.end, format!(", {}", words.join(", ")))])
        }
        (Value::List(items), Style::Block) => {
            let last = items.last()?;
            let line = next_line(text, last);
            let words =
                more.iter().map(|word| format!("{line}{}", write(word, Context::Block, Quote::Plain)));
            let rest = text.get(last.span.end..).unwrap_or_default();
            let end = last.span.end + rest.find(['\n', '\r']).unwrap_or(rest.len());
            Some(vec![TextEdit::insert(end, words.collect::<String>())])
        }
        (Value::String(_), Style::Plain | Style::SingleQuoted | Style::DoubleQuoted) => {
            let all = there.iter().chain(more).copied();
            Some(vec![TextEdit::replace(value.span, flow_list(all))])
        }
        _ => None,
    }
}
