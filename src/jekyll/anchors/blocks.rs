//! Where kramdown sees headings. Source: kramdown `parser/kramdown/*.rb` and `parser/gfm.rb`, block by block in the
//! order in which kramdown tries them.

mod html;
mod lines;
mod list;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

use memchr::memchr2_iter;

use super::ids::{Ids, Kramdown};
use super::raw_text::{self, HOLE};
use super::signs::is_blank;
use super::{Anchors, Heading, Note, attributes};
use crate::text::Span;

use lines::*;

/// How deep blocks are read in blocks.
const MAX_DEPTH: usize = 16;

/// Finds the headings of the body that begins at byte `start`. `holes` are the spans of its Liquid.
pub(super) fn read(text: &str, start: usize, holes: &[Span], options: &Kramdown, anchors: &mut Anchors) {
    let body = mask(text, start, holes);
    let (no_more, sources) = (NoMore::default(), Vec::new());
    let mut reader = Reader {
        text,
        body: &body,
        start,
        holes,
        options,
        anchors,
        sources,
        no_more,
        comment: None,
        labels: OnceCell::new(),
    };
    reader.blocks(lines(&body), Within { in_html: false, stop: None, depth: 0 });
    let sources = reader.sources;
    let mut ids = Ids::new(options);
    for (heading, source) in anchors.headings.iter_mut().zip(sources) {
        if heading.generated {
            // An id that is not known is counted all the same.
            let made = ids.next(source.text.as_deref().unwrap_or(&heading.plain), source.in_html);
            let known = !heading.plain.contains(HOLE);
            anchors.open |= !known || (made.is_none() && options.transliterated);
            heading.id = made.filter(|_| known);
        }
    }
}

/// The body with its Liquid as blanks where it fills whole lines, else as letters, byte for byte; line breaks stay. The
/// holes are in order and apart, as [`crate::post::liquid::Liquid::masked`] has them.
fn mask<'t>(text: &'t str, start: usize, holes: &[Span]) -> Cow<'t, str> {
    let body = &text[start..];
    if holes.is_empty() {
        return Cow::Borrowed(body);
    }
    let mut masked = String::with_capacity(body.len());
    let mut at = start;
    for hole in holes {
        // Of a line that has a hundred thousand each looks no further than to the next sign.
        let mut before = text[start..hole.start].chars().rev().take_while(|c| *c != '\n');
        let mut behind = text[hole.end..].chars().take_while(|c| !matches!(c, '\n' | '\r'));
        let fills = before.all(char::is_whitespace) && behind.all(char::is_whitespace);
        masked.push_str(&text[at..hole.start]);
        masked.extend(hole.of(text).bytes().map(|byte| match byte {
            b'\n' | b'\r' => char::from(byte),
            _ if fills => ' ',
            _ => 'x',
        }));
        at = hole.end;
    }
    masked.push_str(&text[at..]);
    Cow::Owned(masked)
}

/// The lines of a body without their line breaks.
fn lines(body: &str) -> Vec<Span> {
    let mut lines = Vec::with_capacity(body.len() / 32);
    let mut at = 0;
    // Kramdown takes a lone CR for a line break as well.
    for end in memchr2_iter(b'\n', b'\r', body.as_bytes()) {
        // The LF of a CRLF lies before what comes next.
        if end >= at {
            lines.push(Span::new(at, end));
            at = end + if body[end..].starts_with("\r\n") { 2 } else { 1 };
        }
    }
    if at < body.len() {
        lines.push(Span::new(at, body.len()));
    }
    lines
}

/// Where blocks stand.
#[derive(Clone, Copy)]
struct Within<'n> {
    /// In an HTML element that has Markdown in it.
    in_html: bool,
    /// The name of that element.
    stop: Option<&'n str>,
    depth: usize,
}

/// What stands before a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, or a blank line.
    Nothing,
    /// A paragraph, perhaps with one blank line behind it.
    Paragraph {
        blank: bool,
    },
    /// The heading of this number.
    Heading(usize),
    Other,
}

/// What was looked for and is not in the rest of the body, so that it is looked for once only.
#[derive(Default)]
struct NoMore {
    /// Closing fences of backticks and of tildes: as long as this or longer.
    fences: [Option<usize>; 2],
    extensions: bool,
    math: bool,
}

/// What the id of a heading is made of.
struct Source {
    /// Its Markdown, where that counts and not its text.
    text: Option<String>,
    in_html: bool,
}

struct Reader<'r, 'a> {
    text: &'r str,
    /// The body without Liquid. The spans of lines are its bytes.
    body: &'r str,
    start: usize,
    holes: &'r [Span],
    options: &'r Kramdown,
    anchors: &'a mut Anchors,
    /// One for each heading.
    sources: Vec<Source>,
    no_more: NoMore,
    /// The last place that was looked from for the end of a comment, and that end.
    comment: Option<(usize, Option<usize>)>,
    /// The labels of reference definitions, read when they are first asked for.
    labels: OnceCell<HashSet<String>>,
}

impl<'r> Reader<'r, '_> {
    fn of(&self, line: Span) -> &'r str {
        line.of(self.body)
    }

    /// Reads blocks. Gives the byte behind the end tag that ends them, where one does.
    fn blocks(&mut self, mut lines: Vec<Span>, within: Within<'_>) -> Option<usize> {
        if within.depth > MAX_DEPTH {
            self.anchors.open = true;
            return None;
        }
        let mut before = Before::Nothing;
        let mut own_id: Option<Span> = None;
        let mut at = 0;
        while at < lines.len() {
            let line = self.of(lines[at]);
            if line.chars().all(is_blank) {
                before = match before {
                    Before::Paragraph { blank: false } => Before::Paragraph { blank: true },
                    _ => Before::Nothing,
                };
                own_id = None;
                at += 1;
                continue;
            }
            let at_boundary =
                matches!(before, Before::Nothing | Before::Paragraph { blank: true }) || own_id.is_some();
            if begins_with_letter(line) {
                // Only the line under it can make it anything but text.
                if at_boundary && self.underlined(&lines, at, &mut own_id, within) {
                    before = Before::Heading(self.anchors.headings.len() - 1);
                    at += 2;
                    continue;
                }
                at = self.paragraph(&lines, at);
                (before, own_id) = (Before::Paragraph { blank: false }, None);
                continue;
            } else if is_indented(line) {
                at = self.code(&lines, at);
            } else if let Some(end) = self.fence(&lines, at) {
                at = end;
            } else if is_quote(line) {
                let end =
                    at + 1 + lines[at + 1..].iter().take_while(|line| !is_lazy_end(self.of(**line))).count();
                let inside = lines[at..end].iter().map(|line| without_quote(self.body, *line)).collect();
                self.blocks(inside, Within { stop: None, depth: within.depth + 1, ..within });
                at = end;
            } else if let Some((level, contents)) = self.atx(lines[at], at_boundary) {
                self.heading(level, contents, own_id.take(), within, true);
                before = Before::Heading(self.anchors.headings.len() - 1);
                at += 1;
                continue;
            } else if is_rule(line) {
                at += 1;
            } else if let Some(kind) = self.list_at(line, before) {
                let (end, ends_blank) = self.list(&lines, at, kind, within);
                (before, own_id, at) = (if ends_blank { Before::Nothing } else { Before::Other }, None, end);
                continue;
            } else if let Some(end) = self.end_tag(lines[at], within.stop) {
                return Some(end);
            } else if let Some(end) = self.html(&lines, at, within) {
                at = after(&mut lines, at, end);
            } else if at_boundary && self.underlined(&lines, at, &mut own_id, within) {
                before = Before::Heading(self.anchors.headings.len() - 1);
                at += 2;
                continue;
            } else if at_boundary && let Some(end) = self.math(&lines, at) {
                at = after(&mut lines, at, end);
            } else if let Some(id) = attribute_list(self.body, lines[at]) {
                match (before, attributes::in_list(self.body, id)) {
                    (Before::Heading(number), id) => {
                        id.into_iter().for_each(|id| self.give(number, id));
                        at += 1;
                        // A list of attributes that follows is the heading's as well.
                        if !lines.get(at).is_some_and(|line| is_attribute_list(self.of(*line))) {
                            before = Before::Other;
                        }
                        continue;
                    }
                    (Before::Nothing | Before::Paragraph { blank: true }, id) => {
                        own_id = id.or(own_id);
                        at += 1;
                        continue;
                    }
                    _ => {}
                }
                at += 1;
            } else if is_mark(line) {
                (before, own_id, at) = (Before::Nothing, None, at + 1);
                continue;
            } else if let Some(end) = self.extension(&lines, at) {
                at = end;
            } else if let Some(name) = footnote(self.body, lines[at]) {
                at = self.note(&lines, at, name);
            } else if is_definition(line) {
                at += 1;
            } else {
                at = self.paragraph(&lines, at);
                (before, own_id) = (Before::Paragraph { blank: false }, None);
                continue;
            }
            (before, own_id) = (Before::Other, None);
        }
        None
    }

    /// The line behind the paragraph that begins here.
    fn paragraph(&self, lines: &[Span], from: usize) -> usize {
        let goes_on = |line: &&Span| !is_paragraph_end(self.of(**line), self.options.gfm);
        from + 1 + lines[from + 1..].iter().take_while(goes_on).count()
    }

    /// Reads the heading that the line under this one makes it; false where it makes none.
    fn underlined(
        &mut self,
        lines: &[Span],
        at: usize,
        own_id: &mut Option<Span>,
        within: Within<'_>,
    ) -> bool {
        let Some((level, contents)) = self.setext(lines, at) else { return false };
        self.heading(level, contents, own_id.take(), within, false);
        true
    }

    /// The line behind an indented code block, with the lines that follow one without a blank line. Source:
    /// CODEBLOCK_MATCH.
    fn code(&self, lines: &[Span], from: usize) -> usize {
        let mut end = from;
        for (at, line) in lines.iter().enumerate().skip(from) {
            let line = self.of(*line);
            let blank = line.chars().all(is_blank);
            let follows = end == at && end > from && !is_break(line);
            if !blank && (is_indented(line) || follows) {
                end = at + 1;
            } else if !blank {
                break;
            }
        }
        end
    }

    /// The line behind the footnote that begins here. What stands below its first line is indented as code is.
    fn note(&mut self, lines: &[Span], at: usize, name: Span) -> usize {
        let end = self.code(lines, at + 1);
        let last = lines.get(end - 1).unwrap_or(&lines[at]);
        let text = Span::new(name.end + 2, last.end.max(name.end + 2));
        self.anchors.notes.push(Note { name: name.shift(self.start), text: text.shift(self.start) });
        end
    }

    /// The line behind the fenced code block that begins here. Source: FENCED_CODEBLOCK_MATCH.
    fn fence(&mut self, lines: &[Span], at: usize) -> Option<usize> {
        let (mark, length) = fence_of(self.of(lines[at]), self.options.gfm)?;
        let known = &mut self.no_more.fences[usize::from(mark == '~')];
        if known.is_some_and(|none| length >= none) {
            return None;
        }
        let found = lines[at + 1..].iter().position(|line| closes(line.of(self.body), mark, length));
        if found.is_none() {
            *known = Some(length);
        }
        found.map(|lines| at + lines + 2)
    }

    /// Source: ATX_HEADER_START of both parsers.
    fn atx(&self, line: Span, at_boundary: bool) -> Option<(u8, Span)> {
        let written = self.of(line);
        let level = written.bytes().take(6).take_while(|byte| *byte == b'#').count();
        let rest = &written[level..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let gfm = self.options.gfm;
        if level == 0 || (gfm && blanks == 0) || (!gfm && !at_boundary) {
            return None;
        }
        let contents = trim_end(self.body, Span::new(line.start + level + blanks, line.end));
        // A run of `#` alone closes what has no text: for GFM it is the text.
        let (bare, _) = attributes::behind_heading(self.body, contents);
        let is_text = gfm || !self.of(bare).trim_end_matches('#').is_empty();
        (is_text && !contents.is_empty()).then_some((level as u8, contents))
    }

    /// Source: SETEXT_HEADER_START.
    fn setext(&self, lines: &[Span], at: usize) -> Option<(u8, Span)> {
        let under = self.of(*lines.get(at + 1)?);
        let marks = under.trim_end_matches(is_blank);
        let level = match under.as_bytes().first()? {
            b'=' => 1,
            b'-' => 2,
            _ => return None,
        };
        let inset = self.of(lines[at]).bytes().take_while(|byte| *byte == b' ').count();
        let contents = trim_end(self.body, Span::new(lines[at].start + inset, lines[at].end));
        marks.bytes().all(|byte| matches!(byte, b'-' | b'=')).then_some((level, contents))
    }

    fn heading(&mut self, level: u8, contents: Span, own_id: Option<Span>, within: Within<'_>, atx: bool) {
        let (mut contents, id) = attributes::behind_heading(self.body, contents);
        // A closing run of `#` behind a line that `#` begins, for GFM behind a blank only.
        let bare = self.of(contents).trim_end_matches('#');
        if atx
            && bare.len() < contents.len()
            && (!self.options.gfm || bare.ends_with([' ', '\t']))
            && !bare.ends_with('\\')
        {
            contents = trim_end(self.body, Span::new(contents.start, contents.start + bare.len()));
        }
        let text = contents.shift(self.start);
        let source = self.without_liquid(text);
        let plain = raw_text::plain(&source, |label| self.is_defined(label));
        let id = id.or(own_id).map(|id| id.of(self.body).to_owned());
        let source = (!self.options.gfm).then(|| source.into_owned());
        self.sources.push(Source { text: source, in_html: within.in_html });
        self.anchors.headings.push(Heading { generated: id.is_none(), id, plain, level, text });
    }

    /// An id that stands in the line behind a heading.
    fn give(&mut self, number: usize, id: Span) {
        let id = id.of(self.body).to_owned();
        if let Some(heading) = self.anchors.headings.get_mut(number) {
            (heading.id, heading.generated) = (Some(id), false);
        }
    }

    /// A text with a mark in each place of Liquid but those of `raw`, which only vanish.
    fn without_liquid(&self, span: Span) -> Cow<'r, str> {
        let from = self.holes.partition_point(|hole| hole.end <= span.start);
        let inside: Vec<Span> =
            self.holes[from..].iter().copied().take_while(|hole| hole.start < span.end).collect();
        if inside.is_empty() {
            return Cow::Borrowed(span.of(self.text));
        }
        let mut out = String::new();
        let mut at = span.start;
        for hole in inside {
            out.push_str(self.text.get(at..hole.start).unwrap_or_default());
            let tag = hole.of(self.text).trim_start_matches(['{', '%', '-', ' ']);
            if !["raw", "endraw", "comment"].iter().any(|quiet| tag.starts_with(quiet)) {
                out.push(HOLE);
            }
            at = hole.end;
        }
        out.push_str(self.text.get(at..span.end).unwrap_or_default());
        Cow::Owned(out)
    }

    /// Whether there is a definition `[label]: address`.
    fn is_defined(&self, label: &str) -> bool {
        let folded = |label: &str| label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let labels = self.labels.get_or_init(|| {
            let lines = self.body.lines().filter_map(|line| line.trim_start().strip_prefix('['));
            lines.filter_map(|line| line.split_once("]:")).map(|(label, _)| folded(label)).collect()
        });
        labels.contains(&folded(label))
    }

    /// Source: BLOCK_MATH_START. Gives the byte behind it.
    fn math(&mut self, lines: &[Span], at: usize) -> Option<usize> {
        let inner = self.of(lines[at]).trim_start_matches(' ').strip_prefix("$$")?;
        if self.no_more.math {
            return None;
        }
        let from = lines[at].end - inner.len();
        let Some(close) = self.body[from..].find("$$") else {
            self.no_more.math = true;
            return None;
        };
        let end = from + close + 2;
        let rest = self.body[end..].split(['\n', '\r']).next().unwrap_or_default();
        let next = lines.partition_point(|line| line.end < end) + 1;
        let boundary = lines.get(next).is_none_or(|line| {
            let line = self.of(*line);
            line.chars().all(is_blank) || is_attribute_list(line) || is_mark(line)
        });
        (rest.chars().all(is_blank) && boundary).then_some(end)
    }

    /// The line behind `{::comment} … {:/comment}`, a definition of attributes, and the like.
    fn extension(&mut self, lines: &[Span], at: usize) -> Option<usize> {
        let line = self.of(lines[at]).trim_matches(is_blank);
        let Some(rest) = line.strip_prefix("{::") else {
            return is_attribute_definition(line).then_some(at + 1);
        };
        if line.ends_with("/}") {
            return Some(at + 1);
        }
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        if self.no_more.extensions || !line.ends_with('}') {
            return None;
        }
        let closing = [format!("{{:/{name}}}"), "{:/}".to_owned()];
        let found = lines[at..]
            .iter()
            .position(|line| closing.iter().any(|it| *it == self.of(*line).trim_matches(is_blank)));
        self.no_more.extensions = found.is_none();
        found.map(|lines| at + lines + 1)
    }
}

/// The number of the line that goes on at byte `end`, which is what is left of its line.
fn after(lines: &mut [Span], from: usize, end: usize) -> usize {
    let at = from + lines[from..].partition_point(|line| line.end < end);
    if let Some(line) = lines.get_mut(at)
        && line.start <= end
    {
        line.start = end;
        if line.is_empty() {
            return at + 1;
        }
    }
    at
}
