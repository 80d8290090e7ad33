//! The authority: libyaml's own parser (the port `libyaml-safer`) behind guards. [`Composer`] makes values of its
//! events.
//!
//! The guards: nesting is bounded before the parser runs, since its flow nesting is quadratic; a final newline is
//! always there; the parser stops at the end of the first document, as Jekyll does; its known panic is kept off by
//! [`flow_tags`], any other is caught.
//! Known difference: the port counts the 1,024 of a simple key in bytes, libyaml in characters.

use std::io::Read;

use libyaml_safer::{EventData, Parser, ScalarStyle};

use super::composer::Composer;
pub use super::loaded::{Loaded, YamlError, YamlErrorKind};
use super::scalar::{Node, Value};
use super::{flow_tags, usual};
use crate::fault;
use crate::limits::MAX_NESTING;
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
        return Err(YamlError::at(YamlErrorKind::TooDeep, "nested too deep", span.start + offset));
    }
    if let Some(offset) = yaml.find(not_allowed) {
        return Err(YamlError::at(
            YamlErrorKind::ControlCharacter,
            "control characters are not allowed",
            span.start + offset,
        ));
    }
    fault::catch(|| compose(text, span)).unwrap_or_else(|_| {
        Err(YamlError::at(YamlErrorKind::Syntax, "did not find expected token", span.start))
    })
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
                let Composer { root, repeated, .. } = composer;
                return Ok(Loaded { root, end: place.start, repeated, is_usual: false });
            }
            _ => composer.event(event, place)?,
        }
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
        Value::Integer(value) => match i64::try_from(value.get()) {
            Ok(value) => Serde::Number(value.into()),
            Err(_) => Serde::String(value.get().to_string()),
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
