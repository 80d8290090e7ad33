//! Typed values, as Jekyll's loader (safe_yaml 1.0 over YAML 1.1) types them.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::integer::Integer;
use super::signs::Signs;
use super::tree::Quote;
use crate::limits::MAX_PRINTED_BYTES;
use crate::text::Span;

/// A typed value and the characters it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its characters in the post's text: with quotes and brackets, without anchor, tag and comment. Empty just
    /// after the colon for a value that is not written.
    pub span: Span,
    /// How it is written.
    pub style: Style,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `text` without quotes.
    Plain,
    /// `'text'`
    SingleQuoted,
    /// `"text"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// `[a, b]` or `{a: b}`
    Flow,
    /// Lines with `- ` or `key:`
    Block,
    /// `*name`: the value is the one at the anchor.
    Alias,
}

impl Style {
    /// The quotes around it.
    pub fn quote(self) -> Quote {
        match self {
            Style::SingleQuoted => Quote::Single,
            Style::DoubleQuoted => Quote::Double,
            _ => Quote::Plain,
        }
    }
}

/// A value as Ruby has it after the load.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// nil
    Null,
    /// true, false
    Bool(bool),
    /// Integer
    Integer(Integer),
    /// Float
    Float(f64),
    /// Date: a day without a time.
    Date(Date),
    /// Time: an instant.
    Time(Time),
    /// String
    String(Arc<str>),
    /// Array; shared by its aliases.
    List(Arc<[Node]>),
    /// Hash; shared by its aliases.
    Mapping(Arc<Mapping>),
}

/// An instant and the offset it was written with: UTC where it has none.
///
/// It is packed because it else is the one that makes every value a word longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(Rust, packed(4))]
pub struct Time {
    /// The instant.
    pub instant: Timestamp,
    /// The offset it is printed with.
    pub offset: Offset,
}

/// A mapping in the order in which Ruby's Hash keeps it: a duplicate key keeps the first one's place and has the
/// last one's value.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    pairs: Vec<Pair>,
    /// Those of the keys that are texts.
    signs: Signs,
    /// Where each key that has a name is, once there are many.
    places: HashMap<Arc<str>, usize>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The key: nearly always a string, but `on:` is the key true and `2024:` an Integer.
    pub key: Node,
    /// The value.
    pub value: Node,
}

/// From how many pairs on a mapping keeps a table of its keys.
const MANY: usize = 24;

impl Mapping {
    /// An empty one with room for so many pairs.
    pub fn with_capacity(pairs: usize) -> Self {
        Mapping { pairs: Vec::with_capacity(pairs), ..Mapping::default() }
    }

    /// The value of a string key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.get_pair(key).map(|pair| &pair.value)
    }

    /// The pair of a string key.
    pub fn get_pair(&self, key: &str) -> Option<&Pair> {
        if !self.signs.may_have(key) {
            return None;
        }
        if self.pairs.len() >= MANY {
            return self.places.get(key).and_then(|place| self.pairs.get(*place));
        }
        self.pairs.iter().find(|pair| pair.key.value.as_str() == Some(key))
    }

    /// Adds a pair; a key that is there already keeps its place and gets the new value.
    pub fn insert(&mut self, key: Node, value: Node) {
        let name = if self.pairs.len() >= MANY { key.value.key_name() } else { None };
        let place = match name {
            Some(name) => self.places.get(&name).copied(),
            None => self.pairs.iter().position(|pair| pair.key.value == key.value),
        };
        match place.and_then(|place| self.pairs.get_mut(place)) {
            Some(pair) => *pair = Pair { key, value },
            None => self.push(Pair { key, value }),
        }
    }

    fn push(&mut self, pair: Pair) {
        if let Some(name) = pair.key.value.as_str() {
            self.signs.add(name);
        }
        self.pairs.push(pair);
        let from = match self.pairs.len() {
            0..MANY => return,
            MANY => 0,
            many => many - 1,
        };
        for (place, pair) in self.pairs.iter().enumerate().skip(from) {
            if let Some(name) = pair.key.value.key_name() {
                self.places.insert(name, place);
            }
        }
    }

    /// All pairs in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Pair> {
        self.pairs.iter()
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl PartialEq for Mapping {
    fn eq(&self, other: &Self) -> bool {
        self.pairs == other.pairs
    }
}

impl Value {
    /// The text of a string value.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list value.
    pub fn as_list(&self) -> Option<&[Node]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The pairs of a mapping value.
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match self {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// A name that is the same for the same key of a Hash and for no other: a text's is the text. Lists and mappings
    /// have none.
    pub fn key_name(&self) -> Option<Arc<str>> {
        match self {
            Value::String(text) => Some(text.clone()),
            Value::List(_) | Value::Mapping(_) => None,
            // A text of YAML never has a NUL.
            other => Some(format!("\0{}", other.inspect()).into()),
        }
    }

    /// Ruby's truthiness: everything but nil and false.
    pub fn is_truthy(&self) -> bool {
        !matches!(self, Value::Null | Value::Bool(false))
    }

    /// The name of its class in Ruby.
    pub fn ruby_class(&self) -> &'static str {
        match self {
            Value::Null => "NilClass",
            Value::Bool(true) => "TrueClass",
            Value::Bool(false) => "FalseClass",
            Value::Integer(_) => "Integer",
            Value::Float(_) => "Float",
            Value::Date(_) => "Date",
            Value::Time(_) => "Time",
            Value::String(_) => "String",
            Value::List(_) => "Array",
            Value::Mapping(_) => "Hash",
        }
    }

    /// What Ruby's `to_s` gives, which is also what Liquid prints of a scalar.
    pub fn display(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::String(text) => text.to_string(),
            other => other.inspect(),
        }
    }

    /// What Ruby's `inspect` gives, as of Ruby 3.1 (Dates and Times as their `to_s`). A nested value of more than
    /// [`MAX_PRINTED_BYTES`] ends with `…`: a few lines of aliases can be gigabytes of text.
    pub fn inspect(&self) -> String {
        let mut out = String::new();
        self.inspect_into(&mut out);
        out
    }

    fn inspect_into(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("nil"),
            Value::Bool(value) => out.push_str(&value.to_string()),
            Value::Integer(value) => out.push_str(&value.get().to_string()),
            Value::Float(value) => out.push_str(&ruby_float(*value)),
            Value::Date(date) => out.push_str(&date.to_string()),
            Value::Time(time) => {
                let local = time.offset.to_datetime(time.instant);
                let seconds = time.offset.seconds();
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                out.push_str(&format!(
                    "{} {sign}{:02}{:02}",
                    local.strftime("%Y-%m-%d %H:%M:%S"),
                    minutes / 60,
                    minutes % 60
                ));
            }
            Value::String(text) => out.push_str(&ruby_quoted(text)),
            Value::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    if is_full(out) {
                        break;
                    }
                    item.value.inspect_into(out);
                }
                out.push(']');
            }
            Value::Mapping(mapping) => {
                out.push('{');
                for (index, pair) in mapping.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    if is_full(out) {
                        break;
                    }
                    pair.key.value.inspect_into(out);
                    out.push_str("=>");
                    pair.value.value.inspect_into(out);
                }
                out.push('}');
            }
        }
    }
}

/// Whether no more items are printed, which the text then shows.
fn is_full(out: &mut String) -> bool {
    let full = out.len() > MAX_PRINTED_BYTES;
    out.push_str(if full { "…" } else { "" });
    full
}

/// Ruby's `Float#to_s`.
fn ruby_float(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let magnitude = value.abs();
    if value == 0.0 || (1e-4..1e16).contains(&magnitude) {
        return format!("{value:?}");
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let point = if digits.contains('.') { "" } else { ".0" };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}{point}e{sign}{:02}", exponent.abs())
}

/// Ruby's `String#inspect` of a UTF-8 string.
fn ruby_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '#' if matches!(chars.peek(), Some('{' | '$' | '@')) => quoted.push_str("\\#"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            '\u{1b}' => quoted.push_str("\\e"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
