//! How Jekyll reads a value, where that is not plain to see, and where the value in force comes from.

use super::block::{origin, shown};
use super::own_reading;
use crate::features::Snapshot;
use crate::features::markdown::{escape, shorten};
use crate::jekyll::{Reason, ruby};
use crate::post::front_matter::scalar::{Pair, Style};
use crate::post::front_matter::{Entry, Load, Node, Value};
use crate::text::Span;

/// The longest value that is shown, in characters.
const VALUE_CHARS: usize = 80;

/// A sentence on the value under a byte offset, or on all of the entry's value where the key is there.
pub(super) fn note(snapshot: &Snapshot, entry: &Entry, offset: usize) -> Option<(Span, String)> {
    let front_matter = &snapshot.post.front_matter;
    if !matches!(front_matter.load, Load::Mapping | Load::Broken) {
        return None;
    }
    let pair = front_matter.values.iter().find(|pair| entry.span.encloses(pair.key.span))?;
    let on_key = entry.key.is_some_and(|key| key.span.contains(offset));
    if !on_key && !pair.value.span.contains(offset) {
        return None;
    }
    let node = if on_key { &pair.value } else { innermost(&pair.value, offset) };
    let text = &*snapshot.post.text;
    let own = std::ptr::eq(node, &pair.value);
    let notes = [
        on_key.then(|| key(pair)).flatten(),
        own.then(|| effective(snapshot, pair)).flatten(),
        (!own || pair.key.value.as_str() != Some("date")).then(|| typed(text, node)).flatten(),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    (!notes.is_empty()).then(|| (node.span, format!("{}\n", notes.join("\n\n"))))
}

/// The value in a list or a mapping that is under the offset. An alias' values stand elsewhere.
fn innermost(node: &Node, offset: usize) -> &Node {
    let inside = |node: &&Node| node.span.contains(offset);
    let inner = match &node.value {
        _ if node.style == Style::Alias => None,
        Value::List(items) => items.iter().find(inside),
        Value::Mapping(mapping) => mapping.iter().map(|pair| &pair.value).find(inside),
        _ => None,
    };
    inner.map_or(node, |inner| innermost(inner, offset))
}

fn key(pair: &Pair) -> Option<String> {
    let key = &pair.key.value;
    key.as_str()
        .is_none()
        .then(|| format!("Jekyll reads this key as {}, so templates do not find it by its name.", kind(key)))
}

/// What is in force in the end: another layer's value, an instant, a split text.
fn effective(snapshot: &Snapshot, pair: &Pair) -> Option<String> {
    let name = pair.key.value.as_str()?;
    let reading = own_reading(snapshot)?;
    if let (Some(Reason::Date(_)), "date") = (&reading.reason, name) {
        return Some("Jekyll cannot read this date: the build stops.".to_owned());
    }
    let said = reading.healthy.as_deref().unwrap_or(&reading);
    let entry = said.data.entry(name)?;
    let value = escape(&shorten(&shown(&entry.value), VALUE_CHARS));
    let written = pair.value.span.of(&snapshot.post.text);
    let from = origin(entry.origin);
    let own = pair.value.value.clone();
    if name == "tags" && said.data.has("tag") {
        return Some(format!("In force: {value}, since `tag` hides `tags`."));
    }
    if !from.is_empty() && entry.value.is_truthy() && entry.value != own {
        return Some(format!("In force: {value}, {from}."));
    }
    match (name, &own) {
        ("date", _) if written.trim_matches(['"', '\'']) != entry.value.display() => {
            let zone = snapshot.zone();
            let zone = zone.iana_name().map_or_else(String::new, |name| format!(" in {}", escape(name)));
            Some(format!("Jekyll reads {}{zone}.", escape(&entry.value.display())))
        }
        ("tags" | "categories", Value::String(text)) => {
            let words: Vec<String> = ruby::split(text).map(|word| format!("“{}”", escape(&word))).collect();
            (words.len() > 1).then(|| format!("Jekyll splits this text at blanks: {}.", words.join(", ")))
        }
        (_, Value::Mapping(mapping)) if !ruby::same(&entry.value, &own) && !mapping.is_empty() => {
            Some(format!("With the defaults of `_config.yml`: {value}."))
        }
        _ => None,
    }
}

/// What YAML takes the characters for, where they look like something else.
fn typed(text: &str, node: &Node) -> Option<String> {
    let written = node.span.of(text);
    let value = &node.value;
    let plain = matches!(node.style, Style::Plain | Style::Alias);
    let alias = node.style == Style::Alias || (plain && written.starts_with('*'));
    let differs = match value {
        _ if alias => true,
        // A text that looks like a number, a boolean or a day.
        Value::String(_) if plain => is_number(written) || is_letter_boolean(written) || is_day(written),
        Value::String(read) => {
            node.style == Style::DoubleQuoted && written.contains('\\') && !read.is_empty()
        }
        Value::Null => plain && !written.is_empty() && written != "null",
        Value::Mapping(_) => written.starts_with("{{"),
        Value::List(_) => false,
        other => plain && other.display() != written,
    };
    differs.then(|| format!("Jekyll reads {}.", kind(value)))
}

fn is_number(written: &str) -> bool {
    written.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && (written.parse::<f64>().is_ok() || written.starts_with("0o"))
}

fn is_letter_boolean(written: &str) -> bool {
    matches!(written, "y" | "n" | "Y" | "N")
}

fn is_day(written: &str) -> bool {
    let parts: Vec<&str> = written.split('-').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() == 3 && parts.first().is_some_and(|year| year.len() == 4) && parts.iter().all(digits)
}

fn kind(value: &Value) -> String {
    let shown = shown(value);
    let shown = shorten(&shown, VALUE_CHARS);
    // As a whole: digits and a point at the start would be escaped as a list's number.
    escape(&match value {
        Value::Null => "nothing (null)".to_owned(),
        Value::Bool(_) => format!("the boolean {shown}"),
        Value::Integer(_) | Value::Float(_) => format!("the number {shown}"),
        Value::Date(_) => format!("the date {shown}"),
        Value::Time(_) => format!("the time {shown}"),
        Value::String(_) => format!("the text {shown}"),
        Value::List(_) => format!("the list {shown}"),
        Value::Mapping(_) => format!("the mapping {shown}"),
    })
}
