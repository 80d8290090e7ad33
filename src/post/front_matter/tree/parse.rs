//! From the block's text to its [`Tree`].

use memchr::memchr2;

use super::flow::flow;
use super::marks::{blank_run, closing_quote, comment_start, quote_of};
use super::{BlockItem, BlockList, Entry, EntryValue, Item, Quote, Scalar, Tree};
use crate::text::Span;

pub(super) fn tree(text: &str, content: Span, values: &[Span]) -> Tree {
    let mut splitter = Splitter::default();
    let mut starts = Vec::new();
    let mut values = values.iter().peekable();
    for line in lines(text, content) {
        while values.next_if(|value| value.end <= line.start).is_some() {}
        let inside = values.peek().is_some_and(|value| value.start < line.start);
        if let Some(key) = splitter.begin_entry(line.of(text)).filter(|_| !inside) {
            starts.push((line.start, key));
        }
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([content.end]);
    let entries =
        starts.iter().zip(ends).map(|((start, key), end)| entry(text, Span::new(*start, end), *key));
    Tree { entries: entries.collect() }
}

/// The lines of a span, each with its break. A line ends at LF or CRLF, or at a lone CR.
pub(crate) fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut from = span.start;
    std::iter::from_fn(move || {
        let rest = Span::new(from, span.end).of(text);
        if rest.is_empty() {
            return None;
        }
        let length = match memchr2(b'\n', b'\r', rest.as_bytes()) {
            Some(at) if rest[at..].starts_with("\r\n") => at + 2,
            Some(at) => at + 1,
            None => rest.len(),
        };
        let line = Span::new(from, from + length);
        from = line.end;
        Some(line)
    })
}

/// Decides line by line where an entry begins.
#[derive(Default)]
struct Splitter {
    /// The indentation of the first entry, while no entry has stood at column 0.
    first_indent: Option<usize>,
    /// The brackets and the quote that the entry so far leaves open; none where its value is not in brackets.
    flow: Option<FlowState>,
}

#[derive(Default)]
struct FlowState {
    depth: usize,
    quote: Option<char>,
}

/// The key of a line, from its indentation on, and the byte of its colon there.
type Key = (Span, usize);

impl Splitter {
    /// Whether an entry begins with a line: then with its key, where it has one.
    fn begin_entry(&mut self, line: &str) -> Option<Option<Key>> {
        let trimmed = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - trimmed.len();
        let blank = trimmed.trim().is_empty() || trimmed.starts_with('#');
        if blank {
            return None;
        }
        let key = key_and_colon(trimmed);
        let begins = match self.first_indent {
            None => true,
            Some(first) if indent > 0 => first > 0 && indent == first && key.is_some(),
            Some(_) if is_dash(trimmed) => false,
            Some(_) => key.is_some() || self.flow.as_ref().is_none_or(|flow| flow.depth == 0),
        };
        if begins {
            self.first_indent = Some(if indent == 0 { 0 } else { self.first_indent.unwrap_or(indent) });
            let value = key.map_or("", |(_, colon)| &trimmed[colon + 1..]).trim_start();
            self.flow = value.starts_with(['[', '{']).then(FlowState::default);
            if let Some(flow) = &mut self.flow {
                flow.read(value);
            }
        } else if let Some(flow) = &mut self.flow {
            flow.read(line);
        }
        begins.then_some(key)
    }
}

impl FlowState {
    fn read(&mut self, line: &str) {
        // A quote that its own line does not close is taken for a slip, not for a scalar over lines: the next
        // key must not vanish in it.
        self.quote = None;
        for c in line.chars() {
            match (self.quote, c) {
                (Some(quote), c) if c == quote => self.quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => self.quote = Some(c),
                (None, '[' | '{') => self.depth += 1,
                (None, ']' | '}') => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }
}

/// The key of a line without indentation, and the byte of its colon.
///
/// The colon that counts is the first with a blank or the end behind it; without one, the first of all, so that
/// `tags:[a]` has a key too.
fn key_and_colon(line: &str) -> Option<Key> {
    let line = line.trim_end_matches(['\n', '\r']);
    if line.starts_with(['[', '{', ']', '}', ',', '#']) || is_dash(line) {
        return None;
    }
    if let Some(quote) = line.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let close = line[1..].find(quote)? + 2;
        let colon =
            close + line[close..].find(|c| c != ' ').filter(|at| line[close + at..].starts_with(':'))?;
        return Some((Span::new(0, close), colon));
    }
    let ends_key = |at: &usize| line[at + 1..].chars().next().is_none_or(|c| matches!(c, ' ' | '\t'));
    let mut colons = line.match_indices(':').map(|(at, _)| at);
    let colon = colons.clone().find(ends_key).or_else(|| colons.next())?;
    let key = line[..colon].trim_end();
    let comment = key.starts_with('#') || key.contains(" #");
    (!key.is_empty() && !comment).then(|| (Span::new(0, key.len()), colon))
}

fn is_dash(line: &str) -> bool {
    line.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

fn entry(text: &str, span: Span, key: Option<Key>) -> Entry {
    let whole = span.of(text);
    let indent = whole.len() - whole.trim_start_matches([' ', '\t']).len();
    let start = span.start + indent;
    match key {
        Some((key, colon)) => {
            let key = scalar(text, key.shift(start));
            let colon = start + colon;
            let value = value(text, Span::new(colon + 1, span.end));
            Entry { span, key: Some(key), colon: Some(colon), value }
        }
        None => {
            let value = value(text, Span::new(start, span.end));
            Entry { span, key: None, colon: None, value }
        }
    }
}

/// A scalar whose span is known.
fn scalar(text: &str, span: Span) -> Scalar {
    let quote = quote_of(span.of(text));
    if quote == Quote::Plain {
        return Scalar { span, content: span, quote, closed: true };
    }
    let whole = span.of(text);
    let closed = whole.len() > 1 && whole.ends_with([whole.as_bytes()[0] as char]);
    let content = Span::new(span.start + 1, if closed { span.end - 1 } else { span.end });
    Scalar { span, content, quote, closed }
}

/// What stands in the bytes after an entry's colon.
fn value(text: &str, area: Span) -> EntryValue {
    let first_line = lines(text, area).next().unwrap_or(Span::empty(area.start));
    let at = first_line.start + blank_run(first_line.of(text));
    let on_line = Span::new(at, first_line.end).of(text);
    if on_line.trim().is_empty() || (on_line.starts_with('#') && at > area.start) {
        return value_below(text, Span::new(first_line.end, area.end));
    }
    let rest = Span::new(at, area.end);
    match on_line.as_bytes()[0] {
        b'[' => EntryValue::Flow(flow(text, rest)),
        b'"' | b'\'' => EntryValue::Scalar(quoted(text, rest)),
        b'{' | b'|' | b'>' | b'&' | b'*' | b'!' => EntryValue::Other(trimmed(text, rest)),
        b'-' if is_dash(on_line) => EntryValue::Block(block(text, rest)),
        _ => EntryValue::Scalar(plain(text, rest)),
    }
}

/// A value that begins on a line below its key.
fn value_below(text: &str, area: Span) -> EntryValue {
    let content = lines(text, area).find(|line| {
        let piece = line.of(text).trim();
        !piece.is_empty() && !piece.starts_with('#')
    });
    let Some(line) = content else { return EntryValue::Empty };
    let at = line.start + blank_run(line.of(text));
    let on_line = Span::new(at, line.end).of(text);
    if is_dash(on_line) {
        EntryValue::Block(block(text, Span::new(line.start, area.end)))
    } else if on_line.starts_with('[') {
        EntryValue::Flow(flow(text, Span::new(at, area.end)))
    } else {
        EntryValue::Other(trimmed(text, Span::new(at, area.end)))
    }
}

/// The span without white space, comment lines and blank lines at its end.
fn trimmed(text: &str, span: Span) -> Span {
    let mut end = span.start;
    for line in lines(text, span) {
        let piece = line.of(text).trim_end();
        let comment = piece.trim_start().starts_with('#') && line.start > span.start;
        if !comment && !piece.trim_start().is_empty() {
            end = line.start + piece.len();
        }
    }
    Span::new(span.start, end)
}

/// A plain scalar at the start of `area`, with the indented lines that go on with it.
fn plain(text: &str, area: Span) -> Scalar {
    let mut end = area.start;
    for line in lines(text, area) {
        let piece = line.of(text);
        let body = piece.trim_start();
        if body.starts_with('#') || (line.start > area.start && is_dash(body)) {
            break;
        }
        let uncommented = comment_start(piece).map_or(piece, |at| &piece[..at]);
        if !uncommented.trim().is_empty() {
            end = line.start + uncommented.trim_end_matches([' ', '\t', '\r', '\n']).len();
        }
        if uncommented.len() < piece.len() {
            break;
        }
    }
    let span = Span::new(area.start, end);
    Scalar { span, content: span, quote: Quote::Plain, closed: true }
}

/// A quoted scalar at the start of `area`; one that is not closed ends with its line.
fn quoted(text: &str, area: Span) -> Scalar {
    let quote = quote_of(area.of(text));
    if let Some(end) = closing_quote(area.of(text)) {
        let span = Span::new(area.start, area.start + end + 1);
        return Scalar { span, content: Span::new(span.start + 1, span.end - 1), quote, closed: true };
    }
    let line = lines(text, area).next().unwrap_or(area);
    let end = line.start + line.of(text).trim_end().len();
    let span = Span::new(area.start, end.max(area.start + 1));
    Scalar { span, content: Span::new(span.start + 1, span.end), quote, closed: false }
}

/// A list of lines with dashes, from the line of the first one.
fn block(text: &str, area: Span) -> BlockList {
    let mut items: Vec<BlockItem> = Vec::new();
    let mut list_indent = None;
    let mut span = Span::new(area.start, area.start);
    for line in lines(text, area) {
        let piece = line.of(text);
        let indent = blank_run(piece);
        if !is_dash(&piece[indent..]) || list_indent.is_some_and(|first| indent > first) {
            continue;
        }
        let dash = line.start + indent;
        let item = block_item(text, Span::new(dash + 1, line.end));
        if list_indent.is_none() {
            span.start = dash;
        }
        span.end = item.span().end.max(dash + 1);
        items.push(BlockItem { dash, item });
        list_indent.get_or_insert(indent);
    }
    BlockList { span, items }
}

fn block_item(text: &str, area: Span) -> Item {
    let rest = area.of(text);
    let at = area.start + blank_run(rest);
    let rest = Span::new(at, area.end);
    let piece = rest.of(text);
    if piece.trim().is_empty() || piece.starts_with('#') {
        return Item::Empty(Span::empty(at));
    }
    match piece.as_bytes()[0] {
        b'"' | b'\'' => Item::Scalar(quoted(text, rest)),
        b'[' | b'{' | b'|' | b'>' | b'&' | b'*' | b'!' => Item::Other(trimmed(text, rest)),
        b'-' if is_dash(piece) => Item::Other(trimmed(text, rest)),
        _ => {
            let scalar = plain(text, rest);
            let piece = scalar.span.of(text);
            let is_pair = piece.contains(": ") || piece.ends_with(':');
            if is_pair { Item::Other(scalar.span) } else { Item::Scalar(scalar) }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Each entry in a line: key, then the shape of its value with the text of each part.
    fn shapes(text: &str) -> String {
        let show = |scalar: &Scalar| {
            let mark = if scalar.closed { "" } else { "…" };
            match scalar.quote {
                Quote::Plain => format!("‹{}›", scalar.span.of(text)),
                _ => format!("«{}»{mark}", scalar.content.of(text)),
            }
        };
        let item = |item: &Item| match item {
            Item::Empty(span) => format!("_{}", span.start),
            Item::Scalar(scalar) => show(scalar),
            Item::Other(span) => format!("?{}", span.of(text)),
        };
        let line = |entry: &Entry| {
            let value = match &entry.value {
                EntryValue::Empty => "empty".to_owned(),
                EntryValue::Scalar(scalar) => show(scalar),
                EntryValue::Flow(list) => {
                    let items: Vec<_> = list.items.iter().map(item).collect();
                    format!("[{}{}", items.join(" "), if list.close.is_some() { "]" } else { "" })
                }
                EntryValue::Block(list) => {
                    list.items.iter().map(|i| format!("-{}", item(&i.item))).collect::<Vec<_>>().join(" ")
                }
                EntryValue::Other(span) => format!("?{}", span.of(text)),
            };
            format!("{}: {value}", entry.key_text(text))
        };
        let tree = tree(text, Span::new(0, text.len()), &[]);
        tree.entries.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn lists_in_brackets_closed_and_half_typed() {
        assert_eq!(shapes("tags: [AI, \"生成 AI\", 'a''b'] # c\n"), "tags: [‹AI› «生成 AI» «a''b»]");
        assert_eq!(shapes("tags: [AI, \ntitle: x\n"), "tags: [‹AI› _11\ntitle: ‹x›");
        assert_eq!(shapes("tags: [\n"), "tags: [_7");
        assert_eq!(shapes("tags: []\n"), "tags: [_7]");
        assert_eq!(shapes("tags: [\"AI\", \"\n"), "tags: [«AI» «»…");
        assert_eq!(shapes("tags: [\"AI\", \"ml]\nx: y\n"), "tags: [«AI» «ml»…]\nx: ‹y›");
        assert_eq!(shapes("tags: [\"AI, \"ML\"]\n"), "tags: [«AI»… «ML»]");
        assert_eq!(shapes("tags: [a,,b]\n"), "tags: [‹a› _9 ‹b›]");
        assert_eq!(shapes("tags: [\n  a,\n  \"b\"\n]\nx: 1\n"), "tags: [‹a› «b»]\nx: ‹1›");
        assert_eq!(shapes("tags: [\n\"a\",\n\"b\"\n]\nx: 1\n"), "tags: [«a» «b»]\nx: ‹1›");
    }

    #[test]
    fn lists_of_lines() {
        assert_eq!(shapes("tags:\n- a\n- \"b\nx: 1\n"), "tags: -‹a› -«b»…\nx: ‹1›");
        assert_eq!(shapes("tags:\n  - a # c\n  -\n  - k: v\n"), "tags: -‹a› -_19 -?k: v");
        assert_eq!(shapes("tags:\r\n  - 東京\r\n  - \r\n"), "tags: -‹東京› -_23");
    }

    #[test]
    fn scalars_and_the_rest() {
        assert_eq!(shapes("title: a # c\n"), "title: ‹a›");
        assert_eq!(shapes("title: a\n  b\n# c\nx:\n"), "title: ‹a\n  b›\nx: empty");
        assert_eq!(shapes("title: \"it\nx: 1\n"), "title: «it»…\nx: ‹1›");
        assert_eq!(shapes("title:x\n"), "title: ‹x›");
        assert_eq!(shapes("text: |\n  a: b\n\nx: {a: 1}\n"), "text: ?|\n  a: b\nx: ?{a: 1}");
        assert_eq!(shapes("\"k\": v\nalone\n"), "k: ‹v›\n: ‹alone›");
        assert_eq!(shapes(" a: 1\n b: 2\nc: 3\n"), "a: ‹1›\nb: ‹2›\nc: ‹3›");
        assert_eq!(shapes("a:\n  b: 1\n  c: 2\n"), "a: ?b: 1\n  c: 2");
    }

    proptest! {
        #[test]
        fn entries_lie_end_to_end(text in "[a\"':#\\[\\]{},\\- \n\r\t|>&*!日😀　：]{0,60}") {
            let tree = tree(&text, Span::new(0, text.len()), &[]);
            let mut end = tree.entries.first().map_or(text.len(), |entry| entry.span.start);
            prop_assert!(text[..end].lines().all(|l| l.trim().is_empty() || l.trim_start().starts_with('#')));
            for entry in &tree.entries {
                prop_assert_eq!(entry.span.start, end);
                end = entry.span.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
