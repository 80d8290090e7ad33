//! Typed values, as Jekyll's loader (safe_yaml 1.0 over YAML 1.1) types them.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

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

/// A value as Ruby has it after the load.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// nil
    Null,
    /// true, false
    Bool(bool),
    /// Integer
    Integer(i128),
    /// Float
    Float(f64),
    /// Date: a day without a time.
    Date(Date),
    /// Time: an instant.
    Time(Timestamp),
    /// String
    String(Arc<str>),
    /// Array; shared by its aliases.
    List(Arc<[Node]>),
    /// Hash; shared by its aliases.
    Mapping(Arc<Mapping>),
}

/// A mapping in the order in which Ruby's Hash keeps it: a duplicate key keeps the first one's place and has the
/// last one's value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    pairs: Vec<Pair>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The key: nearly always a string, but `on:` is the key true and `2024:` an Integer.
    pub key: Node,
    /// The value.
    pub value: Node,
}

impl Mapping {
    /// The value of a string key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let same = |pair: &&Pair| matches!(&pair.key.value, Value::String(name) if **name == *key);
        self.pairs.iter().find(same).map(|pair| &pair.value)
    }

    /// Adds a pair; a key that is there already keeps its place and gets the new value.
    pub fn insert(&mut self, key: Node, value: Node) {
        match self.pairs.iter_mut().find(|pair| pair.key.value == key.value) {
            Some(pair) => *pair = Pair { key, value },
            None => self.pairs.push(Pair { key, value }),
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

impl Value {
    /// The text of a string value.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Ruby's truthiness: everything but nil and false.
    pub fn is_truthy(&self) -> bool {
        !matches!(self, Value::Null | Value::Bool(false))
    }
}
