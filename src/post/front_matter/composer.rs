//! The way from libyaml's events to values, as safe_yaml goes it.

use std::collections::HashMap;
use std::sync::Arc;

use libyaml_safer::{Event, EventData, ScalarStyle};

use super::loaded::{YamlError, YamlErrorKind};
use super::scalar::{Mapping, Node, Style, Value};
use super::typing;
use crate::limits::{MAX_LOADED_VALUES, MAX_NESTING, MAX_PROBLEMS};
use crate::text::Span;

/// safe_yaml's handler of libyaml's events, with its habits: one pending key for all levels, a null key that is
/// forgotten, tags ignored, `<<` merged on the spot.
pub(super) struct Composer<'t> {
    text: &'t str,
    /// The root of the document, once it is whole.
    pub(super) root: Option<Node>,
    frames: Vec<Frame>,
    pending_key: Option<Node>,
    anchors: HashMap<String, (Node, Weight)>,
    /// How many values there are so far, behind each alias too.
    values: usize,
    /// [`Loaded::repeated`].
    pub(super) repeated: Vec<(Span, Span)>,
}

/// What a value holds. An alias shares its value, but whoever walks or drops it walks all of it.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// How many values, itself included.
    values: usize,
    /// How many levels.
    depth: usize,
}

impl Weight {
    const ONE: Weight = Weight { values: 1, depth: 1 };

    fn around(self) -> Weight {
        Weight { values: self.values.saturating_add(1), depth: self.depth + 1 }
    }

    fn take_in(&mut self, inside: Weight) {
        self.values = self.values.saturating_add(inside.values);
        self.depth = self.depth.max(inside.depth);
    }
}

struct Frame {
    anchor: Option<String>,
    place: Span,
    style: Style,
    children: Children,
    inside: Weight,
    /// Where the finished value goes.
    target: Target,
    /// Whether `<<` has brought pairs, which may be given anew.
    merged: bool,
}

enum Children {
    Sequence(Vec<Node>),
    Mapping(Mapping),
}

enum Target {
    Root,
    Item,
    Value(Node),
    /// It is the pending key itself.
    Key,
    /// It was merged while it was still empty, and is lost.
    Lost,
}

impl<'t> Composer<'t> {
    /// For events of this text.
    pub(super) fn new(text: &'t str) -> Self {
        Composer {
            text,
            root: None,
            frames: Vec::new(),
            pending_key: None,
            anchors: HashMap::new(),
            values: 0,
            repeated: Vec::new(),
        }
    }

    /// Takes the next event, which stands at this place of the text.
    pub(super) fn event(&mut self, event: Event, place: Span) -> Result<(), YamlError> {
        match event.data {
            EventData::Scalar { anchor, value, quoted_implicit, style, .. } => {
                let place = self.without_properties(place);
                let typed = if quoted_implicit {
                    Value::String(value.as_str().into())
                } else {
                    typed(&value, place)?
                };
                let node = Node { value: typed, span: place, style: scalar_style(style) };
                if let Some(anchor) = anchor {
                    self.anchors.insert(anchor, (node.clone(), Weight::ONE));
                }
                self.add(node, Weight::ONE)
            }
            EventData::Alias { anchor } => {
                let known = self.anchors.get(&anchor);
                let weight = known.map_or(Weight::ONE, |(_, weight)| *weight);
                let value = match known.map(|(node, _)| &node.value) {
                    // safe_yaml guesses the type again, now without the quotes.
                    Some(Value::String(text)) => typed(text, place)?,
                    Some(value) => value.clone(),
                    None => Value::Null,
                };
                self.add(Node { value, span: place, style: Style::Alias }, weight)
            }
            EventData::SequenceStart { anchor, .. } => {
                self.open(anchor, place, Children::Sequence(Vec::new()))
            }
            EventData::MappingStart { anchor, .. } => {
                self.open(anchor, place, Children::Mapping(Mapping::default()))
            }
            EventData::SequenceEnd | EventData::MappingEnd => self.close(place),
            _ => Ok(()),
        }
    }

    /// A value's span without the anchor and the tag before it.
    fn without_properties(&self, place: Span) -> Span {
        let whole = place.of(self.text);
        let mut rest = whole;
        while rest.starts_with(['&', '!']) {
            let word = rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
            rest = rest[word..].trim_start_matches([' ', '\t', '\n', '\r']);
        }
        Span::new(place.end - rest.len(), place.end)
    }

    fn open(&mut self, anchor: Option<String>, place: Span, children: Children) -> Result<(), YamlError> {
        if self.frames.len() >= MAX_NESTING {
            return Err(YamlError::at(YamlErrorKind::TooDeep, "nested too deep", place.start));
        }
        let place = self.without_properties(place);
        let flow = place.of(self.text).starts_with(['[', '{']);
        let style = if flow { Style::Flow } else { Style::Block };
        let target = match self.frames.last().map(|frame| &frame.children) {
            None => Target::Root,
            Some(Children::Sequence(_)) => Target::Item,
            Some(Children::Mapping(_)) => match self.pending_key.take() {
                Some(key) if key.value.as_str() == Some("<<") => match children {
                    Children::Mapping(_) => Target::Lost,
                    Children::Sequence(_) => {
                        return Err(YamlError::at(YamlErrorKind::Value, "`<<` takes a mapping", place.start));
                    }
                },
                Some(key) => Target::Value(key),
                None => {
                    let value = match &children {
                        Children::Sequence(_) => Value::List([].into()),
                        Children::Mapping(_) => Value::Mapping(Arc::default()),
                    };
                    self.pending_key = Some(Node { value, span: place, style });
                    Target::Key
                }
            },
        };
        let inside = Weight::default();
        self.frames.push(Frame { anchor, place, style, children, inside, target, merged: false });
        Ok(())
    }

    /// Counts a value that stands in the innermost frame.
    fn weigh(&mut self, weight: Weight, place: Span) -> Result<(), YamlError> {
        self.values = self.values.saturating_add(weight.values);
        if self.values > MAX_LOADED_VALUES || self.frames.len() + weight.depth > MAX_NESTING + 1 {
            return Err(YamlError::at(YamlErrorKind::TooDeep, "nested too deep", place.start));
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.inside.take_in(weight);
        }
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), YamlError> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let weight = frame.inside.around();
        self.values = self.values.saturating_sub(frame.inside.values);
        self.weigh(weight, frame.place)?;
        let last = match &frame.children {
            Children::Sequence(items) => items.last().map(|item| item.span.end),
            Children::Mapping(mapping) => mapping.iter().map(|pair| pair.value.span.end).max(),
        };
        let end = if frame.style == Style::Flow { end.end } else { last.unwrap_or(end.start) };
        let value = match frame.children {
            Children::Sequence(items) => Value::List(items.into()),
            Children::Mapping(mapping) => Value::Mapping(Arc::new(mapping)),
        };
        let node = Node { value, span: Span::new(frame.place.start, end), style: frame.style };
        if let Some(anchor) = frame.anchor {
            self.anchors.insert(anchor, (node.clone(), weight));
        }
        match (frame.target, self.frames.last_mut().map(|frame| &mut frame.children)) {
            (Target::Root, _) => self.root = Some(node),
            (Target::Item, Some(Children::Sequence(items))) => items.push(node),
            (Target::Value(key), Some(Children::Mapping(_))) => self.put(key, node),
            (Target::Key, _) => {
                if let Some(key) = self.pending_key.as_mut().filter(|key| key.span.start == node.span.start) {
                    *key = node;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, node: Node, weight: Weight) -> Result<(), YamlError> {
        self.weigh(weight, node.span)?;
        let merged = self.frames.last_mut().map(|frame| &mut frame.merged);
        if let (Some(merged), Some("<<")) =
            (merged, self.pending_key.as_ref().and_then(|key| key.value.as_str()))
        {
            *merged = true;
        }
        match self.frames.last_mut().map(|frame| &mut frame.children) {
            None => self.root = Some(node),
            Some(Children::Sequence(items)) => items.push(node),
            Some(Children::Mapping(mapping)) => match self.pending_key.take() {
                None => self.pending_key = Some(node).filter(|key| key.value != Value::Null),
                Some(key) if key.value.as_str() == Some("<<") => {
                    let Value::Mapping(merged) = &node.value else {
                        return Err(YamlError::at(
                            YamlErrorKind::Value,
                            "`<<` takes a mapping",
                            node.span.start,
                        ));
                    };
                    for pair in merged.iter() {
                        mapping.insert(pair.key.clone(), Node { span: node.span, ..pair.value.clone() });
                    }
                }
                Some(key) => self.put(key, node),
            },
        }
        Ok(())
    }

    /// Puts a pair into the innermost mapping.
    fn put(&mut self, key: Node, value: Node) {
        let is_nested = self.frames.len() > 1 && self.repeated.len() < MAX_PROBLEMS;
        let Some(Frame { children: Children::Mapping(mapping), merged, .. }) = self.frames.last_mut() else {
            return;
        };
        let name = key.value.as_str().filter(|_| is_nested && !*merged);
        if let Some(first) = name.and_then(|name| mapping.get_pair(name)) {
            self.repeated.push((key.span, first.key.span));
        }
        mapping.insert(key, value);
    }
}

fn typed(value: &str, place: Span) -> Result<Value, YamlError> {
    typing::plain_value(value)
        .map_err(|_| YamlError::at(YamlErrorKind::Value, "Ruby cannot read this as a number", place.start))
}

fn scalar_style(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
        _ => Style::Plain,
    }
}
