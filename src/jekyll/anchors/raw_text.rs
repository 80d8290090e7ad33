//! What of a heading's Markdown is its text. Source: kramdown's parsers of spans, `parser/kramdown/*.rb`, and
//! `update_raw_text` of kramdown-parser-gfm.

use super::signs::{is_alphanumeric, is_blank};
use super::tags::{Tag, closing, opening};

/// Stands where Liquid writes something.
pub(super) const HOLE: char = '\u{E000}';

/// How many steps are made at the most: a run of open brackets and stars would take the square of them.
const MAX_STEPS: usize = 50_000;

/// The longest heading that is read, in bytes.
const MAX_BYTES: usize = 4_096;

/// The text of a heading without markup; with a [`HOLE`] where it cannot be known. `is_defined` tells whether there is
/// a reference definition of a label.
pub(super) fn plain(source: &str, is_defined: impl Fn(&str) -> bool) -> String {
    if !source.contains(['*', '_', '`', '<', '[', '$', '{', '&', '-', '\\', '~', '>']) {
        return source.to_owned();
    }
    if source.len() > MAX_BYTES {
        return format!("{source}{HOLE}");
    }
    let mut spans = Spans {
        source,
        at: 0,
        out: String::with_capacity(source.len()),
        steps: MAX_STEPS,
        is_defined: &is_defined,
    };
    spans.read(&Stop::End, Open::default());
    if spans.steps == 0 {
        spans.out.push(HOLE);
    }
    spans.out
}

/// What ends a run of spans.
enum Stop<'s> {
    End,
    /// Stars or underscores.
    Emphasis(&'s str),
    /// The bracket that closes a link's text.
    Bracket,
    /// `~~`, whose place is known.
    At(usize),
}

/// What is open around a span.
#[derive(Clone, Copy, Default)]
struct Open {
    em: bool,
    strong: bool,
    link: bool,
}

struct Spans<'s> {
    source: &'s str,
    at: usize,
    out: String,
    steps: usize,
    is_defined: &'s dyn Fn(&str) -> bool,
}

impl<'s> Spans<'s> {
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// Reads up to what ends it. Whether that is there.
    fn read(&mut self, stop: &Stop<'_>, open: Open) -> bool {
        let start = self.at;
        let mut brackets = 1_usize;
        while let Some(c) = self.rest().chars().next() {
            self.steps = self.steps.saturating_sub(1);
            if self.steps == 0 {
                return false;
            }
            match stop {
                Stop::At(end) if self.at >= *end => return true,
                Stop::Emphasis(delimiter)
                    if self.at > start && self.rest().starts_with(delimiter) && self.closes(delimiter) =>
                {
                    return true;
                }
                Stop::Bracket if c == ']' => {
                    brackets -= 1;
                    if brackets == 0 {
                        return true;
                    }
                }
                Stop::Bracket if c == '[' && !self.is_link(open) => brackets += 1,
                _ => {}
            }
            self.span(c, open);
        }
        matches!(stop, Stop::End | Stop::At(_))
    }

    /// Whether a `[` begins a link of its own, whose brackets count apart.
    fn is_link(&self, open: Open) -> bool {
        let image = self.source[..self.at].ends_with('!');
        !open.link && image
    }

    fn closes(&self, delimiter: &str) -> bool {
        let mark = &delimiter[..1];
        let behind = &self.rest()[delimiter.len()..];
        let blank_before = self.source[..self.at].ends_with(is_blank);
        let double = delimiter.len() == 1 && {
            let more = self.rest().strip_prefix(&*mark.repeat(2));
            more.is_some_and(|more| !more.starts_with(mark))
        };
        let in_word = mark == "_" && behind.starts_with(is_alphanumeric);
        !blank_before && !double && !in_word
    }

    fn span(&mut self, c: char, open: Open) {
        let done = match c {
            '*' | '_' => self.emphasis(c, open),
            '`' => self.code(),
            '<' => self.angle() || self.skip("<< ") || self.skip("<<"),
            '[' => self.footnote() || self.link(open),
            '!' if self.rest().starts_with("![") => self.link(open),
            '$' => self.math(),
            '{' => self.attributes(),
            '&' => self.entity(),
            '-' => self.skip("---") || self.skip("--"),
            '.' => self.skip("..."),
            '>' => self.skip(">>"),
            ' ' => self.skip(" >>"),
            '\\' => self.escape(),
            '~' => self.strikethrough(open),
            _ => false,
        };
        if !done && let Some(c) = self.rest().chars().next() {
            self.out.push(c);
            self.at += c.len_utf8();
        }
    }

    /// Passes over a sign that is replaced by one that is in no id; the blank of a guillemet becomes one that does not
    /// break, which is in none either.
    fn skip(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    fn emphasis(&mut self, mark: char, open: Open) -> bool {
        let length = if self.rest()[1..].starts_with(mark) { 2 } else { 1 };
        let delimiter = self.rest()[..length].to_owned();
        let before = self.source[..self.at].trim_end_matches(char::is_alphabetic);
        let in_word = mark == '_'
            && (before.len() < self.at
                || self.source[..self.at]
                    .strip_suffix('-')
                    .is_some_and(|it| it.ends_with(char::is_alphabetic)));
        let nested = if length == 2 { open.strong } else { open.em };
        let blank = self.rest()[length..].starts_with(is_blank);
        if in_word || nested || blank {
            self.take(length);
            return true;
        }
        let tries: &[usize] = if length == 2 && !open.em { &[2, 1] } else { &[length] };
        for &length in tries {
            let inner = Open { em: open.em || length == 1, strong: open.strong || length == 2, ..open };
            let saved = (self.at, self.out.len());
            self.at += length;
            let found = self.read(&Stop::Emphasis(&delimiter[..length]), inner);
            if found {
                self.at += length;
                return true;
            }
            self.at = saved.0;
            self.out.truncate(saved.1);
        }
        self.take(length);
        true
    }

    /// Keeps so many bytes as text.
    fn take(&mut self, length: usize) {
        let end = self.at + length;
        self.out.push_str(&self.source[self.at..end]);
        self.at = end;
    }

    fn code(&mut self) -> bool {
        let length = self.rest().bytes().take_while(|byte| *byte == b'`').count();
        let inner = &self.source[self.at + length..];
        let before = &self.source[..self.at];
        let lone =
            length == 1 && (before.is_empty() || before.ends_with(is_blank)) && inner.starts_with(is_blank);
        let Some(close) = inner.find(&"`".repeat(length)).filter(|_| !lone) else {
            self.take(length);
            return true;
        };
        let mut code = &inner[..close];
        if length > 1 {
            code = code.strip_prefix(' ').unwrap_or(code);
            code = code.strip_suffix(' ').unwrap_or(code);
        }
        self.out.push_str(code);
        self.at += 2 * length + close;
        true
    }

    /// An address in `<…>`, a tag or a comment of HTML.
    fn angle(&mut self) -> bool {
        let rest = self.rest();
        let inner = &rest[1..];
        if let Some(close) = inner.find('>') {
            let address = &inner[..close];
            let scheme =
                ["mailto:", "http:", "https:", "ftp:", "ftps:"].iter().any(|it| address.starts_with(it));
            let part = |text: &str| {
                !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
            };
            let mail = address.split_once('@').is_some_and(|(user, host)| part(user) && part(host));
            if scheme || mail {
                self.out.push_str(address.strip_prefix("mailto:").unwrap_or(address));
                self.at += close + 2;
                return true;
            }
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(close) = comment.find("-->") else { return false };
            self.at += close + 7;
            return true;
        }
        self.tag()
    }

    fn tag(&mut self) -> bool {
        if let Some((_, length)) = closing(self.rest()) {
            // An end tag alone is text.
            self.take(length);
            return true;
        }
        let Some(Tag { name: lower, closed, length, .. }) = opening(self.rest()) else { return false };
        if is_block(&lower) {
            self.take(length);
            return true;
        }
        let from = self.at + length;
        let end_tag = format!("</{lower}");
        self.at = from;
        if closed {
            return true;
        }
        let behind = self.source[from..].to_ascii_lowercase();
        let Some(end) = behind.find(&end_tag) else {
            // Kramdown closes it at the end.
            if is_read(&lower) {
                self.read(&Stop::End, Open::default());
            } else {
                self.raw(self.source.len());
            }
            return true;
        };
        if is_read(&lower) {
            self.read(&Stop::At(from + end), Open::default());
        } else {
            self.raw(from + end);
        }
        let close = behind[end..].find('>').map_or(behind.len(), |close| end + close + 1);
        self.at = from + close;
        true
    }

    /// Reads up to a byte nothing but tags, whose content is text.
    fn raw(&mut self, end: usize) {
        while self.at < end
            && let Some(c) = self.rest().chars().next()
        {
            self.steps = self.steps.saturating_sub(1);
            if self.steps == 0 || !(c == '<' && self.tag()) {
                self.take(c.len_utf8());
            }
        }
    }

    fn footnote(&mut self) -> bool {
        let Some(name) = self.rest().strip_prefix("[^").and_then(|rest| rest.split(']').next()) else {
            return false;
        };
        let length = name.len() + 3;
        if (self.is_defined)(&format!("^{name}")) {
            self.at += length;
            return true;
        }
        self.take(length.min(self.rest().len()));
        true
    }

    fn link(&mut self, open: Open) -> bool {
        let image = self.rest().starts_with('!');
        let length = if image { 2 } else { 1 };
        if open.link && !image {
            self.take(length);
            return true;
        }
        let saved = (self.at, self.out.len());
        self.at += length;
        let start = self.at;
        let closed = self.read(&Stop::Bracket, Open { link: true, ..open });
        let label = &self.source[start..self.at];
        if closed && let Some(end) = self.behind_text(self.at + 1, label) {
            if image {
                self.out.truncate(saved.1);
            }
            self.at = end;
            return true;
        }
        self.at = saved.0;
        self.out.truncate(saved.1);
        self.take(length);
        true
    }

    /// The byte behind a link whose text has been read and ends before `at`; none where it is no link.
    fn behind_text(&self, at: usize, label: &str) -> Option<usize> {
        let rest = &self.source[at..];
        let close = |inner: &str| inner.find(']');
        if let Some((inner, close)) = rest.strip_prefix('[').and_then(|inner| Some((inner, close(inner)?))) {
            let named = if close == 0 { label } else { &inner[..close] };
            return (self.is_defined)(named).then_some(at + close + 2);
        }
        if !rest.starts_with('(') {
            return (self.is_defined)(label).then_some(at);
        }
        if let Some(inner) = rest.strip_prefix("(<") {
            let end = inner.find(">)")?;
            return Some(at + end + 4);
        }
        let mut depth = 0_usize;
        let mut quote: Option<char> = None;
        let mut last = ' ';
        for (index, c) in rest.char_indices() {
            match (quote, c) {
                (Some(own), c) if c == own && rest[index + 1..].trim_start().starts_with(')') => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if is_blank(last) => quote = Some(c),
                (None, '(') => depth += 1,
                (None, ')') => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + index + 1);
                    }
                }
                _ => {}
            }
            last = c;
        }
        None
    }

    fn math(&mut self) -> bool {
        let Some(inner) = self.rest().strip_prefix("$$") else { return false };
        let Some(close) = inner.find("$$") else { return false };
        let length = close + 4;
        let math = inner[..close].trim_matches(is_blank).to_owned();
        self.out.push_str(&math);
        self.at += length;
        true
    }

    /// `{:.class}` behind a span.
    fn attributes(&mut self) -> bool {
        let Some(inner) = self.rest().strip_prefix("{:") else { return false };
        let Some(close) = inner.find('}') else { return false };
        let before = &self.source[..self.at];
        let after_span = before.ends_with(['*', '_', '`', ')', ']', '>', '$', '~'])
            || before.ends_with("...")
            || before.ends_with("--")
            || is_entity(before);
        if after_span {
            self.at += close + 3;
        }
        after_span
    }

    fn entity(&mut self) -> bool {
        let rest = self.rest();
        let Some(close) = rest.find(';').filter(|close| *close <= 32) else { return false };
        let entity = &rest[..=close];
        if !entity[1..close].chars().all(|c| c.is_ascii_alphanumeric() || c == '#') {
            return false;
        }
        let events = pulldown_cmark::Parser::new(entity);
        let read: String = events
            .filter_map(|event| match event {
                pulldown_cmark::Event::Text(text) => Some(text.into_string()),
                _ => None,
            })
            .collect();
        let known = read != entity;
        if known {
            self.out.push_str(&read);
            self.at += close + 1;
        }
        known
    }

    fn escape(&mut self) -> bool {
        let Some(c) = self.rest()[1..].chars().next() else { return false };
        let escaped = "\\.*_+`<>()[]{}#!:|\"'$=-~".contains(c);
        if escaped {
            self.out.push(c);
            self.at += 1 + c.len_utf8();
        }
        escaped
    }

    fn strikethrough(&mut self, open: Open) -> bool {
        let Some(inner) = self.rest().strip_prefix("~~") else { return false };
        if inner.starts_with(|c| c == '~' || is_blank(c)) {
            return false;
        }
        let closes = |at: &usize| *at > 0 && !inner[..*at].ends_with(|c| c == '~' || is_blank(c));
        let Some(close) = inner.match_indices("~~").map(|(at, _)| at).find(closes) else { return false };
        self.at += 2;
        self.read(&Stop::At(self.at + close), open);
        self.at += 2;
        true
    }
}

/// Whether a text ends with an entity, `&copy;`.
fn is_entity(text: &str) -> bool {
    let name = text.strip_suffix(';').and_then(|rest| rest.rsplit_once('&')).map(|(_, name)| name);
    name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
}

/// Whether Markdown is read in an element. Source: HTML_CONTENT_MODEL.
fn is_read(name: &str) -> bool {
    const READ: &[&str] = &[
        "a", "abbr", "acronym", "b", "bdo", "big", "button", "cite", "caption", "del", "dfn", "dt", "em",
        "i", "ins", "label", "legend", "p", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "select", "small",
        "span", "strong", "sub", "sup", "th", "tt", "details", "figure", "main", "map", "noscript", "object",
    ];
    READ.contains(&name)
}

/// Source: HTML_BLOCK_ELEMENTS.
fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "applet",
        "body",
        "blockquote",
        "caption",
        "col",
        "colgroup",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "head",
        "iframe",
        "legend",
        "menu",
        "li",
        "main",
        "map",
        "nav",
        "ol",
        "optgroup",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tfoot",
        "tr",
        "ul",
    ];
    BLOCKS.contains(&name)
}
