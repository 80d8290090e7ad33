//! Blocks of the usual form, read without libyaml, which takes six times as long for them: most of what it took to
//! read a site.
//!
//! The usual form is one `key: value` a line. A value is a text in one line, with quotes or without; a list `[a, "b"]`
//! in one line; or lines `- a` of one indentation. No tabs, escapes, anchors, tags or comments behind a value. What is
//! of any other form is left to libyaml, and what is read here is what libyaml reads: a property test holds it to that.

use super::loaded::Loaded;
use super::scalar::{Mapping, Node, Style, Value};
use super::typing;
use crate::text::Span;

/// The longest block that is read here, in bytes.
const LONGEST: usize = 16 * 1024;

/// The longest key, in bytes: far below the 1,024 at which libyaml gives up.
const LONGEST_KEY: usize = 128;

/// What [`super::yaml::load`] makes of a block of the usual form. None for any other.
pub(super) fn load(text: &str, span: Span) -> Option<Loaded> {
    let yaml = span.of(text);
    if yaml.len() > LONGEST || yaml.contains(is_unusual) {
        return None;
    }
    let mut block = Block::default();
    let mut end = span.start;
    for piece in yaml.split_inclusive('\n') {
        let start = end;
        end += piece.len();
        let line = piece.strip_suffix('\n').unwrap_or(piece);
        let line = line.strip_suffix('\r').unwrap_or(line).trim_end_matches(' ');
        let opens = start == span.start && line == "---";
        if !opens {
            block.read(line, start)?;
        }
    }
    block.finish(span.end)
}

/// Characters that only libyaml reads: those that YAML forbids, line breaks of its own, tabs, a BOM.
fn is_unusual(c: char) -> bool {
    match c {
        '\n' | '\r' => false,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{feff}'
        | '\u{fffe}'
        | '\u{ffff}' => true,
        _ => false,
    }
}

/// What has been read.
#[derive(Default)]
struct Block {
    mapping: Mapping,
    /// Where the first key begins.
    start: Option<usize>,
    open: Option<Open>,
}

/// A key without a value in its line.
struct Open {
    key: Node,
    /// Where its colon ends.
    end: usize,
    items: Vec<Node>,
    /// Where the first dash stands: in the text, and in its line.
    dash: (usize, usize),
}

impl Block {
    /// Takes in a line without its end and the blanks before it. None where it is not of the usual form.
    fn read(&mut self, line: &str, start: usize) -> Option<()> {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if content.is_empty() || content.starts_with('#') {
            return Some(());
        }
        if line.contains('\r') {
            return None;
        }
        if let Some(item) = content.strip_prefix("- ") {
            let open = self.open.as_mut()?;
            if open.items.is_empty() {
                open.dash = (start + indent, indent);
            }
            let word = item.trim_start_matches(' ');
            let node = scalar(word, start + line.len() - word.len(), is_text)?;
            open.items.push(node);
            return (open.dash.1 == indent).then_some(());
        }
        self.close();
        let length = content.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')?;
        let (name, rest) = content.split_at(length);
        let is_key = name.starts_with(|c: char| c.is_ascii_alphabetic()) && length <= LONGEST_KEY;
        let key = plain(name, start)?;
        let rest =
            rest.strip_prefix(':').filter(|_| is_key && indent == 0 && key.value.as_str().is_some())?;
        self.start.get_or_insert(start);
        if rest.is_empty() {
            self.open = Some(Open { key, end: start + length + 1, items: Vec::new(), dash: (0, 0) });
            return Some(());
        }
        let word = rest.strip_prefix(' ')?.trim_start_matches(' ');
        let at = start + line.len() - word.len();
        let value = if word.starts_with('[') { flow(word, at)? } else { scalar(word, at, is_text)? };
        self.mapping.insert(key, value);
        Some(())
    }

    /// Gives the key that is open what follows it: its list, or nothing.
    fn close(&mut self) {
        let Some(Open { key, end, items, dash }) = self.open.take() else { return };
        let value = match items.last().map(|item| item.span.end) {
            Some(end) => {
                Node { value: Value::List(items.into()), span: Span::new(dash.0, end), style: Style::Block }
            }
            None => Node { value: Value::Null, span: Span::empty(end), style: Style::Plain },
        };
        self.mapping.insert(key, value);
    }

    /// The document, which goes on to the `end` of the block. None for one without a key.
    fn finish(mut self, end: usize) -> Option<Loaded> {
        self.close();
        let last = self.mapping.iter().map(|pair| pair.value.span.end).max()?;
        let span = Span::new(self.start?, last);
        let root = Node { value: Value::Mapping(self.mapping.into()), span, style: Style::Block };
        Some(Loaded { root: Some(root), end, repeated: Vec::new() })
    }
}

/// A list `[a, "b"]`. `word` is all of it and stands at byte `at`.
fn flow(word: &str, at: usize) -> Option<Node> {
    let inside = word.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::new();
    let mut rest = inside.trim_start_matches(' ');
    while !rest.is_empty() || !items.is_empty() {
        let length = match rest.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.find(&rest[..1])? + 2,
            None => rest.find(',').unwrap_or(rest.len()),
        };
        let (item, behind) = rest.split_at(length);
        let start = at + 1 + inside.len() - rest.len();
        items.push(scalar(item.trim_end_matches(' '), start, is_item)?);
        let behind = behind.trim_start_matches(' ');
        if behind.is_empty() {
            break;
        }
        rest = behind.strip_prefix(',')?.trim_start_matches(' ');
    }
    let span = Span::new(at, at + word.len());
    Some(Node { value: Value::List(items.into()), span, style: Style::Flow })
}

/// A text of one line that stands at byte `at`. `is_usual`: whether it can stand there without quotes.
fn scalar(word: &str, at: usize, is_usual: fn(&str) -> bool) -> Option<Node> {
    let (quote, style) = match word.as_bytes().first()? {
        b'"' => ('"', Style::DoubleQuoted),
        b'\'' => ('\'', Style::SingleQuoted),
        _ => return plain(word, at).filter(|_| is_usual(word)),
    };
    let inside = word[1..].strip_suffix(quote)?;
    if inside.contains([quote, '\\']) {
        return None;
    }
    Some(Node { value: Value::String(inside.into()), span: Span::new(at, at + word.len()), style })
}

fn plain(word: &str, at: usize) -> Option<Node> {
    let value = typing::plain_value(word).ok()?;
    Some(Node { value, span: Span::new(at, at + word.len()), style: Style::Plain })
}

/// Whether a text without quotes begins and goes on as usual, outside of brackets.
fn is_text(word: &str) -> bool {
    let first = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "/._(+~<$".contains(c);
    let mut before = ':';
    let ends = word.chars().any(|c| {
        let ends = before == ':' && c == ' ' || before == ' ' && c == '#';
        before = c;
        ends
    });
    word.starts_with(first) && !ends && before != ':'
}

/// The same inside of brackets.
fn is_item(word: &str) -> bool {
    is_text(word) && !word.contains(['[', ']', '{', '}', ':', '?', '#', '"', '\''])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::yaml;
    use super::*;

    fn shown(loaded: Loaded) -> String {
        format!("{loaded:?}")
    }

    /// Whether a block is read here; fails where it is and libyaml reads it otherwise.
    fn is_read(text: &str, span: Span) -> bool {
        let Some(here) = load(text, span) else { return false };
        let there = yaml::load_any(text, span).expect(text);
        assert_eq!(shown(here), shown(there), "{text:?}");
        true
    }

    #[test]
    fn usual_blocks_are_read_here() {
        for text in [
            "---\nlayout: post\ntitle: \"題名: 一\"\ndate: 2024-05-06 10:00:00 +0900\ntags: [日記, \"生成 AI\", 'c' ]\n",
            "a: 1\r\nb:   x: y\r\n".replace("x: y", "x:y").as_str(),
            "tags:\n- a\n- \"b c\"\n# comment\n\ncategories:\n    - 旅  \n\n    - 2024\nempty:\nlast:",
            "url: http://e.jp/a#b\nnone: ~\nempty: []\nquoted: \"\"\nsame: 1\nsame: 2\nis: yes\n",
        ] {
            assert!(is_read(text, Span::new(0, text.len())), "{text}");
        }
    }

    #[test]
    fn unusual_ones_are_left_to_libyaml() {
        for text in [
            "",
            "# c\n",
            "---\n",
            "a: b\n c\n",
            "a: b # c\n",
            "a: \"b\\n\"\n",
            "a: &x b\n",
            "a: 'it''s'\n",
            "a: b: c\n",
            "a: b:\n",
            "a: [b, c: d]\n",
            "a: [b,\n c]\n",
            "a: [b, ]\n",
            "a: [b\n",
            "a: {b: c}\n",
            "a:\n  b: c\n",
            "a:\n- b\n - c\n",
            "a:\n-\n",
            "- a\n",
            "on: x\n",
            "null: x\n",
            "a:\tb\n",
            "a:b\n",
            "a: |\n  b\n",
            "a: 1\n---\nb: 2\n",
            "a: 1\n...\n",
            "a: b\rc: d\n",
            "a: 1._5\n",
            "a: \u{2028}\n",
            "題: x\n",
            "<<: x\n",
        ] {
            assert!(load(text, Span::new(0, text.len())).is_none(), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn what_is_read_here_is_what_libyaml_reads(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "a: ", "b: ", "a-b_1: ", "on: ", "tags:", "\n", "\n", "\n", "\r\n", "\n- ", "\n  - ", "- ", " ", ": ",
                    "x", "題", "1", "\"", "'", "\"q\"", "'s'", "[", "]", ", ", "[x, 題]", "[\"q\", 's']", "#", " # ",
                    "2024-01-02", "~", "yes", "!", "&", "*", "?", "-", "---\n", "...\n", "<<", "\\", "%", "@", "|", "{", "}",
                    "\u{3000}", "\u{a0}", "\u{e9}", "/", ".", "(", "+", "=", "~x",
                ]),
                0..14,
            ),
            before in prop::sample::select(vec!["", "---\n", "---\r\n", "é\n"]),
        ) {
            let text = format!("{before}{}", pieces.concat());
            let start = if before == "é\n" { before.len() } else { 0 };
            is_read(&text, Span::new(start, text.len()));
        }
    }
}
