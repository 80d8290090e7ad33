//! The authority: libyaml's own parser (the port `libyaml-safer`) behind guards, and safe_yaml's way from its
//! events to values.
//!
//! The guards: nesting is bounded before the parser runs, since its flow nesting is quadratic; a final newline is
//! always there; the parser stops at the end of the first document, as Jekyll does; its known panic is kept off by
//! [`flow_tags`], any other is caught.
//! Known difference: the port counts the 1,024 of a simple key in bytes, libyaml in characters.

use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;

use libyaml_safer::{Event, EventData, Parser, ScalarStyle};

pub use super::loaded::{Loaded, YamlError, YamlErrorKind};
use super::scalar::{Mapping, Node, Style, Value};
use super::{flow_tags, typing, usual};
use crate::fault;
use crate::limits::{MAX_LOADED_VALUES, MAX_NESTING, MAX_PROBLEMS};
use crate::text::Span;

/// Loads the YAML in a span of `text`. Spans of the result are of `text`.
///
/// # Errors
/// Whatever makes Ruby's loader raise.
pub fn load(text: &str, span: Span) -> Result<Loaded, YamlError> {
    usual::load(text, span).map_or_else(|| load_any(text, span), Ok)
}

/// [`load`] by libyaml itself, whatever the form.
pub(super) fn load_any(text: &str, span: Span) -> Result<Loaded, YamlError> {
    let yaml = span.of(text);
    if let Some(offset) = too_deep(yaml) {
        return Err(error(YamlErrorKind::TooDeep, "nested too deep", span.start + offset));
    }
    if let Some(offset) = yaml.find(not_allowed) {
        return Err(error(
            YamlErrorKind::ControlCharacter,
            "control characters are not allowed",
            span.start + offset,
        ));
    }
    fault::catch(|| compose(text, span))
        .unwrap_or_else(|_| Err(error(YamlErrorKind::Syntax, "did not find expected token", span.start)))
}

fn error(kind: YamlErrorKind, problem: &'static str, offset: usize) -> YamlError {
    YamlError { kind, problem, offset, context: None }
}

/// Source: YAML 1.1, 5.1, as libyaml's reader has it.
pub(super) fn not_allowed(c: char) -> bool {
    !matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Where the brackets, or the dashes of one line, nest deeper than is parsed. Counts quoted ones too: nobody quotes
/// a thousand.
fn too_deep(yaml: &str) -> Option<usize> {
    let (mut brackets, mut dashes) = (0usize, 0usize);
    for (offset, byte) in yaml.bytes().enumerate() {
        match byte {
            b'[' | b'{' => brackets += 1,
            b']' | b'}' => brackets = brackets.saturating_sub(1),
            b'\n' => dashes = 0,
            b'-' | b'?' | b':' => dashes += usize::from(dashes > 0 || yaml[offset + 1..].starts_with(' ')),
            b' ' => {}
            _ => dashes = 0,
        }
        if brackets > MAX_NESTING || dashes > MAX_NESTING {
            return Some(offset);
        }
    }
    None
}

/// How deep flow nesting is that costs a byte more for each of its levels. Measured.
const FLAT_NESTING: usize = 48;

/// What a load of this YAML costs, as the number of bytes without nesting that cost as much: the parser's flow nesting is
/// quadratic.
pub(super) fn cost(yaml: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in yaml.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    yaml.len() + deepest.min(MAX_NESTING).pow(2) / FLAT_NESTING
}

fn compose(text: &str, span: Span) -> Result<Loaded, YamlError> {
    let (yaml, tags) = flow_tags::hidden(span.of(text));
    let mut input = yaml.as_bytes().chain(&b"\n"[..]);
    let mut parser = Parser::new();
    parser.set_input(&mut input);
    // The parser's marks do not count a byte order mark at the very start.
    let start = span.start + if yaml.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let at = |index: u64| start.saturating_add(usize::try_from(index).unwrap_or(usize::MAX)).min(span.end);
    let mut composer = Composer::new(text);
    loop {
        let event = parser.parse().map_err(|error| YamlError {
            kind: YamlErrorKind::Syntax,
            problem: error.problem(),
            offset: error.problem_mark().map_or(span.start, |mark| at(mark.index)),
            context: error.context_mark().map(|mark| at(mark.index)),
        })?;
        let place = Span::new(at(event.start_mark.index), at(event.end_mark.index));
        let tag = tags.iter().find(|tag| tag.start + span.start == place.start);
        let place = tag.map_or(place, |tag| Span::empty(tag.end + span.start));
        let place = if is_block_scalar(&event.data) { without_line_end(text, place) } else { place };
        match event.data {
            EventData::DocumentEnd { .. } | EventData::StreamEnd => {
                return Ok(Loaded { root: composer.root, end: place.start, repeated: composer.repeated });
            }
            _ => composer.event(event, place)?,
        }
    }
}

/// safe_yaml's handler of libyaml's events, with its habits: one pending key for all levels, a null key that is
/// forgotten, tags ignored, `<<` merged on the spot.
struct Composer<'t> {
    text: &'t str,
    root: Option<Node>,
    frames: Vec<Frame>,
    pending_key: Option<Node>,
    anchors: HashMap<String, (Node, Weight)>,
    /// How many values there are so far, behind each alias too.
    values: usize,
    /// [`Loaded::repeated`].
    repeated: Vec<(Span, Span)>,
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
    fn new(text: &'t str) -> Self {
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

    fn event(&mut self, event: Event, place: Span) -> Result<(), YamlError> {
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
            return Err(error(YamlErrorKind::TooDeep, "nested too deep", place.start));
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
                        return Err(error(YamlErrorKind::Value, "`<<` takes a mapping", place.start));
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
            return Err(error(YamlErrorKind::TooDeep, "nested too deep", place.start));
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
                        return Err(error(YamlErrorKind::Value, "`<<` takes a mapping", node.span.start));
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
        .map_err(|_| error(YamlErrorKind::Value, "Ruby cannot read this as a number", place.start))
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

fn is_block_scalar(event: &EventData) -> bool {
    matches!(event, EventData::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. })
}

/// A block scalar's place up to the end of its last line: libyaml goes on to the start of the next entry.
fn without_line_end(text: &str, place: Span) -> Span {
    Span::new(place.start, place.start + place.of(text).trim_end().len())
}

/// A node as serde_yaml has it, for the config and data files that go on into typed structs. Dates, times and what
/// serde_yaml cannot hold become their text.
pub fn to_serde(node: &Node) -> serde_yaml::Value {
    use serde_yaml::Value as Serde;
    match &node.value {
        Value::Null => Serde::Null,
        Value::Bool(value) => Serde::Bool(*value),
        Value::Integer(value) => match i64::try_from(*value) {
            Ok(value) => Serde::Number(value.into()),
            Err(_) => Serde::String(value.to_string()),
        },
        Value::Float(value) => Serde::Number((*value).into()),
        Value::Date(_) | Value::Time(_) => Serde::String(node.value.display()),
        Value::String(text) => Serde::String(text.to_string()),
        Value::List(items) => Serde::Sequence(items.iter().map(to_serde).collect()),
        Value::Mapping(mapping) => {
            Serde::Mapping(mapping.iter().map(|pair| (to_serde(&pair.key), to_serde(&pair.value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match load(text, Span::new(0, text.len())) {
            Ok(loaded) => loaded.root.map_or("nothing".to_owned(), |root| root.value.inspect()),
            Err(error) => format!("{:?} at {}: {}", error.kind, error.offset, error.problem),
        }
    }

    #[test]
    fn a_byte_order_mark_moves_no_place() {
        for (text, at) in [
            ("\u{feff}a: 日本 # c\n", 0),
            ("---\n\u{feff}a: 日本 # c\n", 0),
            ("---\n\u{feff}a: 日本 # c\n", 4),
        ] {
            let root = load(text, Span::new(at, text.len())).unwrap().root.unwrap();
            let pair = root.value.as_mapping().unwrap().get_pair("a").unwrap();
            assert_eq!(
                (pair.key.span.of(text), pair.value.span.of(text)),
                ("a", "日本"),
                "{text:?} from {at}"
            );
        }
    }

    #[test]
    fn documents_load_as_safe_yaml_loads_them() {
        let table = [
            ("a: 1\nb: [x, 2, ~]\n", r#"{"a"=>1, "b"=>["x", 2, nil]}"#),
            ("a: &x {k: v}\nb: *x\nc: *nope", r#"{"a"=>{"k"=>"v"}, "b"=>{"k"=>"v"}, "c"=>nil}"#),
            ("a: &x \"2024\"\nb: *x", r#"{"a"=>"2024", "b"=>2024}"#),
            ("a: 1\na: 2\nb: 3", r#"{"a"=>2, "b"=>3}"#),
            ("on: 1\n2024: x", r#"{true=>1, 2024=>"x"}"#),
            ("~: x\ny: z", r#"{"x"=>"y"}"#),
            ("t: {{ x }}\nu: 1", r#"{"t"=>{}, "u"=>1}"#),
            ("b: &b {x: 1, y: 2}\nx: 0\n<<: *b\ny: 3", r#"{"b"=>{"x"=>1, "y"=>2}, "x"=>1, "y"=>3}"#),
            ("<<: text", "Value at 4: `<<` takes a mapping"),
            ("<<: [1]", "Value at 4: `<<` takes a mapping"),
            ("a: !!str 2024\nb: !x y\nc: ! 7", r#"{"a"=>2024, "b"=>"y", "c"=>7}"#),
            ("a: &r [1, *r]", r#"{"a"=>[1, nil]}"#),
            ("a: [!tag, x, ! , y]", r#"{"a"=>[nil, "x", nil, "y"]}"#),
            ("a: [x !y, 'z !q, r', !t {k: !u, l: v}]", r#"{"a"=>["x !y", "z !q, r", {"k"=>nil, "l"=>"v"}]}"#),
            (
                "a: [!x, y]\nb: [!y]\nc: [!z, x]",
                "Syntax at 17: did not find expected whitespace or line break",
            ),
            ("a: [!x|y, z]", "Syntax at 6: did not find expected whitespace or line break"),
            ("a: see [!x, y]", r#"{"a"=>"see [!x, y]"}"#),
            ("a: !x, y", "Syntax at 5: did not find expected whitespace or line break"),
            ("? [a]\n: x\n", r#"{["a"]=>"x"}"#),
            ("", "nothing"),
            ("# c\n", "nothing"),
            ("a: |\n  x\n  y\nb: >-\n  p\n  q\n", r#"{"a"=>"x\ny\n", "b"=>"p q"}"#),
            ("a: 1\n--- x\n[broken", r#"{"a"=>1}"#),
            ("a: \u{7}", "ControlCharacter at 3: control characters are not allowed"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn spans_are_exact_in_bytes() {
        let text = "---\r\n題名: 😀投資 # c\r\ntags: [\"生成 AI\", b]\r\nlist:\r\n  - &x 東京\r\n  - z\r\nempty:\r\n";
        let root = load(text, Span::new(0, text.len())).unwrap().root.unwrap();
        let mapping = root.value.as_mapping().unwrap();
        let spans: Vec<_> =
            mapping.iter().flat_map(|p| [p.key.span.of(text), p.value.span.of(text)]).collect();
        let expected =
            ["題名", "😀投資", "tags", "[\"生成 AI\", b]", "list", "- &x 東京\r\n  - z", "empty", ""];
        assert_eq!(spans, expected);
        let items = mapping.get("list").unwrap().value.as_list().unwrap();
        assert_eq!(items[0].span.of(text), "東京");
    }

    #[test]
    fn hostile_nesting_is_refused_in_time() {
        for text in ["[".repeat(100_000), "- ".repeat(100_000), format!("a: {}", "{".repeat(100_000))] {
            assert!(shown(&text).starts_with("TooDeep"));
        }
        let stairs: String = (0..3000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        assert!(shown(&stairs).starts_with("TooDeep"));
        assert_eq!(shown(&format!("{}{}", "[".repeat(900), "]".repeat(900))).len(), 1800);
    }

    /// An alias is one word, and stands for all that is behind it: in breadth and in depth.
    #[test]
    fn aliases_of_aliases_are_refused_where_they_are_too_many() {
        let chain = |links: usize, link: fn(usize) -> String| {
            let lines: String = (1..links).map(|n| format!("a{n}: &a{n} {}\n", link(n - 1))).collect();
            format!("a0: &a0 [x]\n{lines}")
        };
        let broad = |before: usize| format!("[{}]", format!("*a{before}, ").repeat(10));
        let deep = |before: usize| format!("[*a{before}]");
        let merged = |before: usize| format!("{{k{before}: 1, <<: *a{before}}}").replace("<<: *a0", "k: 1");
        assert!(shown(&chain(30, broad)).starts_with("TooDeep"));
        assert!(shown(&chain(20_000, deep)).starts_with("TooDeep"));
        assert!(shown(&chain(2_000, merged)).starts_with("TooDeep"));
        assert!(shown(&chain(4, broad)).starts_with("{"));
        assert!(shown(&chain(900, deep)).starts_with("{"));
        assert!(shown(&"a: {b: [c]}\n".repeat(10_000)).starts_with("{"));
    }
}
