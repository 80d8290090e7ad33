//! Blocks of the usual form, read without libyaml, which takes six times as long for them: most of what it took to
//! read a site.
//!
//! The usual form is one `key: value` a line. A value is a text in one line, with quotes or without; a list `[a, "b"]`
//! in one line; or lines `- a` of one indentation. No tabs, escapes, anchors, tags or comments behind a value. What is
//! of any other form is left to libyaml, and what is read here is what libyaml reads: a property test holds it to that.

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memchr3_iter};

use super::loaded::Loaded;
use super::scalar::{Mapping, Node, Style, Value};
use super::typing;
use crate::text::Span;

/// The longest block that is read here, in bytes.
const LONGEST: usize = 16 * 1024;

/// The longest key, in bytes: far below the 1,024 at which libyaml gives up.
const LONGEST_KEY: usize = 128;

/// How many keys a block has at most, but for few.
const USUAL_KEYS: usize = 8;

/// What [`super::yaml::load`] makes of a block of the usual form. None for any other.
pub(super) fn load(text: &str, span: Span) -> Option<Loaded> {
    let yaml = span.of(text);
    if yaml.len() > LONGEST || has_unusual(yaml) {
        return None;
    }
    // All lines but the opening one: room that is never used is kept as long as the values.
    let lines = memchr_iter(b'\n', yaml.as_bytes()).count().saturating_sub(1);
    let mapping = Mapping::with_capacity(lines.min(USUAL_KEYS));
    let mut block = Block { mapping, ..Block::default() };
    let mut start = 0;
    for end in memchr_iter(b'\n', yaml.as_bytes()).chain([yaml.len()]) {
        // No blanks but spaces are left, and the CR before the LF.
        let line = yaml[start..end].trim_ascii_end();
        let opens = start == 0 && line == "---";
        if !opens {
            block.read(line, span.start + start)?;
        }
        start = end + 1;
    }
    block.finish(span.end)
}

/// Whether it has a character that only libyaml reads: one that YAML forbids, a line break of its own, a tab, a BOM.
fn has_unusual(yaml: &str) -> bool {
    let bytes = yaml.as_bytes();
    let is_control = |byte: &u8| (*byte < b' ' && *byte != b'\n') || *byte == 0x7f;
    let is_lone = |at: usize| bytes[at] != b'\r' || bytes.get(at + 1) != Some(&b'\n');
    // To look at all of them at once is quicker than to stop at the first.
    let has_control = bytes.iter().fold(false, |any, byte| any | is_control(byte));
    has_control && (0..bytes.len()).any(|at| is_control(&bytes[at]) && is_lone(at))
        || memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(|at| is_unusual(&bytes[at..]))
}

/// Whether an unusual character beyond ASCII begins these bytes: U+0080 to U+009F, U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF.
fn is_unusual(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xc2, 0x80..=0x9f, ..]
            | [0xe2, 0x80, 0xa8 | 0xa9, ..]
            | [0xef, 0xbb, 0xbf, ..]
            | [0xef, 0xbf, 0xbe | 0xbf, ..]
    )
}

/// What has been read.
#[derive(Default)]
struct Block {
    mapping: Mapping,
    /// Whether a key is there twice.
    repeats: bool,
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
        let content = line.trim_ascii_start();
        let indent = line.len() - content.len();
        if matches!(content.as_bytes(), [] | [b'#', ..]) {
            return Some(());
        }
        if let Some(item) = content.strip_prefix("- ") {
            let open = self.open.as_mut()?;
            if open.items.is_empty() {
                open.dash = (start + indent, indent);
            }
            let word = item.trim_ascii_start();
            let node = scalar(word, start + line.len() - word.len(), is_text)?;
            open.items.push(node);
            return (open.dash.1 == indent).then_some(());
        }
        self.close();
        let ends_name = |byte: u8| !byte.is_ascii_alphanumeric() && byte != b'_' && byte != b'-';
        let length = content.bytes().position(ends_name)?;
        let (name, rest) = content.split_at(length);
        let is_key = indent == 0
            && name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
            && length <= LONGEST_KEY;
        let rest = rest.strip_prefix(':').filter(|_| is_key)?;
        let key = plain(name, start).filter(|key| key.value.as_str().is_some())?;
        self.start.get_or_insert(start);
        if rest.is_empty() {
            self.open = Some(Open { key, end: start + length + 1, items: Vec::new(), dash: (0, 0) });
            return Some(());
        }
        let word = rest.strip_prefix(' ')?.trim_ascii_start();
        let at = start + line.len() - word.len();
        let value = if word.starts_with('[') { flow(word, at)? } else { scalar(word, at, is_text)? };
        self.insert(key, value);
        Some(())
    }

    fn insert(&mut self, key: Node, value: Node) {
        let before = self.mapping.len();
        self.mapping.insert(key, value);
        self.repeats |= self.mapping.len() == before;
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
        self.insert(key, value);
    }

    /// The document, which goes on to the `end` of the block. None for one without a key.
    fn finish(mut self, end: usize) -> Option<Loaded> {
        self.close();
        let last = self.mapping.iter().map(|pair| pair.value.span.end).max()?;
        let span = Span::new(self.start?, last);
        let root = Node { value: Value::Mapping(self.mapping.into()), span, style: Style::Block };
        Some(Loaded { root: Some(root), end, repeated: Vec::new(), is_usual: !self.repeats })
    }
}

/// A list `[a, "b"]`. `word` is all of it and stands at byte `at`.
fn flow(word: &str, at: usize) -> Option<Node> {
    let inside = word.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::with_capacity(memchr_iter(b',', inside.as_bytes()).count() + 1);
    let mut rest = inside.trim_ascii_start();
    while !rest.is_empty() || !items.is_empty() {
        let length = match rest.as_bytes() {
            [quote @ (b'"' | b'\''), quoted @ ..] => memchr(*quote, quoted)? + 2,
            bytes => memchr(b',', bytes).unwrap_or(bytes.len()),
        };
        let (item, behind) = rest.split_at(length);
        let start = at + 1 + inside.len() - rest.len();
        items.push(scalar(item.trim_ascii_end(), start, is_item)?);
        let behind = behind.trim_ascii_start();
        if behind.is_empty() {
            break;
        }
        rest = behind.strip_prefix(',')?.trim_ascii_start();
    }
    let span = Span::new(at, at + word.len());
    Some(Node { value: Value::List(items.into()), span, style: Style::Flow })
}

/// A text of one line that stands at byte `at`. `is_usual`: whether it can stand there without quotes.
fn scalar(word: &str, at: usize, is_usual: fn(&str) -> bool) -> Option<Node> {
    let (quote, style) = match word.as_bytes().first()? {
        b'"' => (b'"', Style::DoubleQuoted),
        b'\'' => (b'\'', Style::SingleQuoted),
        _ => return if is_usual(word) { plain(word, at) } else { None },
    };
    let inside = word[1..].strip_suffix(char::from(quote))?;
    if memchr2(quote, b'\\', inside.as_bytes()).is_some() {
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
    let bytes = word.as_bytes();
    let ends_text = |at: usize| match bytes[at] {
        b':' => matches!(bytes.get(at + 1), None | Some(b' ')),
        _ => bytes[..at].ends_with(b" "),
    };
    begins_text(word) && !memchr2_iter(b':', b'#', bytes).any(ends_text)
}

/// The same inside of brackets.
fn is_item(word: &str) -> bool {
    let is_mark = |byte| matches!(byte, b'[' | b']' | b'{' | b'}' | b':' | b'?' | b'#' | b'"' | b'\'');
    begins_text(word) && !word.bytes().any(is_mark)
}

fn begins_text(word: &str) -> bool {
    // A blank that YAML takes for text is none in the tree.
    word.starts_with(|c: char| match c.is_ascii() {
        true => c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '(' | '+' | '~' | '<' | '$'),
        false => !c.is_whitespace(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::diagnose::{silent_problems, usual_problems};
    use super::super::{Tree, value_spans, yaml};
    use super::*;

    /// Whether a block is read here; fails where it is and libyaml reads it otherwise.
    fn is_read(text: &str, span: Span) -> bool {
        let Some(here) = load(text, span) else { return false };
        let there = yaml::load_any(text, span).expect(text);
        assert_eq!((&here.root, here.end), (&there.root, there.end), "{text:?}");
        assert!(here.repeated.is_empty() && there.repeated.is_empty(), "{text:?}");
        assert!(!here.is_usual || has_usual_tree(text, span, &here.root.unwrap()), "{text:?}");
        true
    }

    /// Whether the values of a block give the tree, and what it shows, that its text gives.
    fn has_usual_tree(text: &str, span: Span, root: &Node) -> bool {
        let opening = span.of(text).split_inclusive('\n').next().filter(|line| line.trim_end() == "---");
        let content = Span::new(span.start + opening.map_or(0, str::len), span.end);
        let values = root.value.as_mapping().unwrap();
        let tree = Tree::of_usual(text, content, values);
        assert_eq!(tree, Tree::parse_loaded(text, content, &value_spans(values)), "{text:?}");
        let is_word = |key: &Node| {
            let written = key.span.of(text);
            key.value.as_str() == Some(written) && written.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        assert!(values.iter().all(|pair| is_word(&pair.key)), "{text:?}");
        usual_problems(text, content.end, values) == silent_problems(text, &tree)
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
            "# c\ra: b\nc: d\n",
            "a: b\r",
            "a: 1._5\n",
            "a: \u{2028}\n",
            "a: \u{a0}#\n",
            "a:\n- \u{3000}\n",
            "題: x\n",
            "<<: x\n",
        ] {
            assert!(load(text, Span::new(0, text.len())).is_none(), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn what_is_read_here_is_what_libyaml_reads(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "a: ", "b: ", "a-b_1: ", "on: ", "tags:", "\n", "\n", "\n", "\r\n", "\n- ", "\n  - ", "- ", " ", ": ",
                    "x", "題", "1", "\"", "'", "\"q\"", "'s'", "[", "]", ", ", "[x, 題]", "[\"q\", 's']", "#", " # ",
                    "2024-01-02", "~", "yes", "!", "&", "*", "?", "-", "---\n", "...\n", "<<", "\\", "%", "@", "|", "{", "}",
                    "tags: ", "layout: ", "\u{200b}", "“x”", "・x", "［x］", "- - ", "x\"", "[“x”, y\u{3000}]",
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
