//! A post's data: the effective front matter, where each value comes from, and how Jekyll merges one layer over
//! another. Source: `document.rb` merge_data!, `utils.rb` deep_merge_hashes.

use std::sync::Arc;

use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::{Mapping, Node, Value};
use crate::text::Span;

/// The effective front matter of a post, in the order in which its keys came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    entries: Vec<DataEntry>,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct DataEntry {
    /// The key: nearly always a string.
    pub key: Value,
    /// The value as Jekyll has it in the end: `date` is an instant, `tags` and `categories` are lists.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a value comes from. A mapping that was merged bears the last layer's origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The file's own front matter: the places of key and value.
    File {
        /// The key's bytes in the post.
        key: Span,
        /// The value's bytes in the post.
        value: Span,
    },
    /// The config's `defaults`.
    Defaults {
        /// Which entry of the list, from 0.
        entry: usize,
        /// The value's bytes in the configuration's text.
        value: Span,
    },
    /// The file's path: its name or the folders that it is in.
    Path,
    /// The clock: the build's time, or when the file was changed.
    Clock,
}

impl Origin {
    /// Whether it is the file's own front matter.
    pub fn is_file(self) -> bool {
        matches!(self, Origin::File { .. })
    }
}

impl Data {
    /// The value of a string key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a string key.
    pub fn entry(&self, key: &str) -> Option<&DataEntry> {
        self.entries.iter().find(|entry| entry.key.as_str() == Some(key))
    }

    /// All entries.
    pub fn iter(&self) -> std::slice::Iter<'_, DataEntry> {
        self.entries.iter()
    }

    /// Whether the key is there and neither null nor false.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some_and(Value::is_truthy)
    }

    pub(super) fn set(&mut self, key: &str, value: Value, origin: Origin) {
        let same = |entry: &&mut DataEntry| entry.key.as_str() == Some(key);
        match self.entries.iter_mut().find(same) {
            Some(entry) => (entry.value, entry.origin) = (value, origin),
            None => {
                let key = Value::String(key.into());
                self.entries.push(DataEntry { key, value, origin });
            }
        }
    }

    /// Sets the value and leaves the origin of one that is there: Jekyll only gives it another form.
    pub(super) fn reshape(&mut self, key: &str, value: Value, origin: Origin) {
        let origin = self.entry(key).map_or(origin, |entry| entry.origin);
        self.set(key, value, origin);
    }

    /// Lays one pair over what is there: a null keeps what is there, mappings merge deeply, all else is replaced.
    pub(super) fn lay_over(&mut self, key: &Value, value: &Value, origin: Origin) {
        match self.entries.iter_mut().find(|entry| super::ruby::same(&entry.key, key)) {
            Some(_) if *value == Value::Null => {}
            Some(entry) => {
                entry.value = merged(&entry.value, value);
                entry.origin = origin;
            }
            None => self.entries.push(DataEntry { key: key.clone(), value: value.clone(), origin }),
        }
    }
}

impl Data {
    /// Lays one pair under what is there: as [`Data::lay_over`] the other way round.
    pub(super) fn lay_under(&mut self, key: &Value, value: &Value, origin: Origin) {
        match self.entries.iter_mut().find(|entry| super::ruby::same(&entry.key, key)) {
            Some(entry) if entry.value == Value::Null => {
                (entry.value, entry.origin) = (value.clone(), origin)
            }
            Some(entry) => entry.value = merged(value, &entry.value),
            None => self.entries.push(DataEntry { key: key.clone(), value: value.clone(), origin }),
        }
    }
}

fn merged(below: &Value, above: &Value) -> Value {
    match (below, above) {
        (Value::Mapping(below), Value::Mapping(above)) => Value::Mapping(Arc::new(merge(below, above))),
        (_, above) => above.clone(),
    }
}

/// Jekyll's deep_merge_hashes: `above` over `below`.
pub fn merge(below: &Mapping, above: &Mapping) -> Mapping {
    let mut all = below.clone();
    for pair in above.iter() {
        let there = below.iter().find(|it| super::ruby::same(&it.key.value, &pair.key.value));
        let value = match there {
            Some(there) if pair.value.value == Value::Null => there.value.clone(),
            Some(there) => {
                Node { value: merged(&there.value.value, &pair.value.value), ..pair.value.clone() }
            }
            None => pair.value.clone(),
        };
        // The key of the pair that is there keeps its place, so that it is found again.
        all.insert(there.map_or(&pair.key, |it| &it.key).clone(), value);
    }
    all
}

/// A value that stands in no text.
pub fn placeless(value: Value) -> Node {
    Node { value, span: Span::default(), style: Style::Plain }
}
