//! A post's data: the effective front matter, where each value comes from, and how Jekyll merges one layer over
//! another. Source: `document.rb` merge_data!, `utils.rb` deep_merge_hashes.

use std::collections::HashMap;
use std::sync::Arc;

use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::signs::Signs;
use crate::post::front_matter::{Mapping, Node, Value};
use crate::text::Span;

/// The effective front matter of a post, in the order in which its keys came.
#[derive(Clone, Debug, Default)]
pub struct Data {
    entries: Vec<DataEntry>,
    /// Those of the keys that are texts.
    signs: Signs,
    /// Where each key that has a name is, once there are many.
    places: HashMap<Arc<str>, usize>,
}

/// From how many entries on there is a table of the keys.
const MANY: usize = 32;

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
        /// The line of its key there, from 1.
        line: usize,
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

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Data {
    /// No data, with room for so many keys.
    pub(super) fn with_capacity(keys: usize) -> Self {
        Data { entries: Vec::with_capacity(keys), ..Data::default() }
    }

    /// The value of a string key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a string key.
    pub fn entry(&self, key: &str) -> Option<&DataEntry> {
        self.place(key).and_then(|place| self.entries.get(place))
    }

    fn place(&self, key: &str) -> Option<usize> {
        if !self.signs.may_have(key) {
            return None;
        }
        if self.entries.len() >= MANY {
            return self.places.get(key).copied();
        }
        self.entries.iter().position(|entry| entry.key.as_str() == Some(key))
    }

    /// The entry of a key as Ruby's Hash finds it.
    fn entry_mut(&mut self, key: &Value) -> Option<&mut DataEntry> {
        let place = match (key.as_str(), key.key_name()) {
            (Some(name), _) => self.place(name),
            (None, Some(name)) if self.entries.len() >= MANY => self.places.get(&name).copied(),
            (None, _) => self.entries.iter().position(|entry| super::ruby::same(&entry.key, key)),
        };
        place.and_then(|place| self.entries.get_mut(place))
    }

    fn push(&mut self, entry: DataEntry) {
        if let Some(name) = entry.key.as_str() {
            self.signs.add(name);
        }
        self.entries.push(entry);
        let from = match self.entries.len() {
            0..MANY => return,
            MANY => 0,
            many => many - 1,
        };
        for (place, entry) in self.entries.iter().enumerate().skip(from) {
            if let Some(name) = entry.key.key_name() {
                self.places.insert(name, place);
            }
        }
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
        match self.place(key).and_then(|place| self.entries.get_mut(place)) {
            Some(entry) => (entry.value, entry.origin) = (value, origin),
            None => self.push(DataEntry { key: Value::String(key.into()), value, origin }),
        }
    }

    /// Sets the value and leaves the origin of one that is there: Jekyll only gives it another form.
    pub(super) fn reshape(&mut self, key: &str, value: Value, origin: Origin) {
        match self.place(key).and_then(|place| self.entries.get_mut(place)) {
            Some(entry) => entry.value = value,
            None => self.push(DataEntry { key: Value::String(key.into()), value, origin }),
        }
    }

    /// Lays one pair over what is there: a null keeps what is there, mappings merge deeply, all else is replaced.
    pub(super) fn lay_over(&mut self, key: &Value, value: &Value, origin: Origin) {
        match self.entry_mut(key) {
            Some(_) if *value == Value::Null => {}
            Some(entry) => {
                entry.value = merged(&entry.value, value);
                entry.origin = origin;
            }
            None => self.push(DataEntry { key: key.clone(), value: value.clone(), origin }),
        }
    }
}

impl Data {
    /// Lays one pair under what is there: as [`Data::lay_over`] the other way round.
    pub(super) fn lay_under(&mut self, key: &Value, value: &Value, origin: Origin) {
        match self.entry_mut(key) {
            Some(entry) if entry.value == Value::Null => {
                (entry.value, entry.origin) = (value.clone(), origin)
            }
            Some(entry) => entry.value = merged(value, &entry.value),
            None => self.push(DataEntry { key: key.clone(), value: value.clone(), origin }),
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
        let there = match &pair.key.value {
            Value::String(name) => below.get_pair(name),
            other => below.iter().find(|it| super::ruby::same(&it.key.value, other)),
        };
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
