//! Where the block is. Source: Jekyll `document.rb` YAML_FRONT_MATTER_REGEXP, `utils.rb` merged_file_read_opts.

use memchr::memchr_iter;

use crate::text::Span;

/// The block's place. Spans are bytes of the post's text.
///
/// Where Jekyll sees no block but the author plainly meant one, the spans say where that one is, so that
/// completion and symbols work in it all the same; [`Fence::state`] says why Jekyll does not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// Whether Jekyll sees the block, and if not, why.
    pub state: FenceState,
    /// The opening line without its line break; empty at the start of the text where there is none.
    pub opening: Span,
    /// The YAML between the two lines, with its last line break; empty where there is none.
    pub content: Span,
    /// The closing `---` or `...`; for [`FenceState::BadClosing`] the whole line that was meant to be it.
    pub closing: Option<Span>,
    /// Where the body begins: after the closing line and the blank lines below it.
    pub body_start: usize,
}

/// Whether Jekyll sees the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FenceState {
    /// It does.
    Seen,
    /// There is nothing that looks like one.
    Missing,
    /// Something stands before the opening line: blank lines or other text, from the start of the text.
    NotFirst,
    /// The opening line has more than three dashes and ASCII white space.
    BadOpening,
    /// A line was meant to close the block but has more than three dashes or dots, or is indented.
    BadClosing,
    /// No closing line follows.
    Unclosed,
    /// The opening line ends with a lone CR, which Jekyll does not take for a line's end.
    LoneCr,
}

const BOM: &str = "\u{feff}";

/// Characters of no width that a line can begin with unseen.
const INVISIBLE: [char; 3] = ['\u{feff}', '\u{200b}', '\u{2060}'];

/// How far from the start of the text a misplaced opening line is looked for, in lines.
const MISPLACED_WITHIN_LINES: usize = 10;

impl Fence {
    /// Finds the block at the top of `text`.
    pub fn find(text: &str) -> Fence {
        let start = if text.starts_with(BOM) { BOM.len() } else { 0 };
        seen(text, start).unwrap_or_else(|| meant(text, start))
    }

    /// All of a text that is nothing but YAML, such as `_config.yml`: a `---` in its first line opens it.
    pub fn whole(text: &str) -> Fence {
        let start = if text.starts_with(BOM) { BOM.len() } else { 0 };
        let (opening, content) = match opening_line_end(text, start) {
            Some(end) => (Span::new(start, start + 3), end),
            None => (Span::empty(start), start),
        };
        Fence {
            state: FenceState::Seen,
            opening,
            content: Span::new(content, text.len()),
            closing: None,
            body_start: text.len(),
        }
    }

    /// The text that Jekyll hands to its YAML loader: the opening line and the content.
    pub fn yaml(&self) -> Span {
        Span::new(self.opening.start, self.content.end)
    }

    /// True where the text has a block, seen by Jekyll or not.
    pub fn is_present(&self) -> bool {
        self.state != FenceState::Missing
    }
}

fn seen(text: &str, start: usize) -> Option<Fence> {
    let content_start = opening_line_end(text, start)?;
    let next_lines = memchr_iter(b'\n', &text.as_bytes()[content_start..]).map(|lf| content_start + lf + 1);
    // The sign of one is looked for first: most blocks have a dozen lines, and one closes them.
    let closes = |line: &usize| matches!(text.as_bytes().get(*line), Some(b'-' | b'.'));
    let mut lines = std::iter::once(content_start).chain(next_lines).filter(closes);
    let (line, body_start) = lines.find_map(|line| Some((line, closing_line_end(text, line)?)))?;
    Some(Fence {
        state: FenceState::Seen,
        opening: Span::new(start, start + 3),
        content: Span::new(content_start, line),
        closing: Some(Span::new(line, line + 3)),
        body_start,
    })
}

/// After the LF of an opening line at `start`: `\A---\s*\n`, of which the first LF is taken.
fn opening_line_end(text: &str, start: usize) -> Option<usize> {
    let rest = text[start..].strip_prefix("---")?;
    let blank = white_space_run(rest);
    rest[..blank].find('\n').map(|lf| start + 3 + lf + 1)
}

/// Where the body begins if a closing line begins at `line`: `^(---|\.\.\.)\s*$\n?`.
fn closing_line_end(text: &str, line: usize) -> Option<usize> {
    let marked = text.as_bytes()[line..].starts_with(b"---") || text.as_bytes()[line..].starts_with(b"...");
    let rest = if marked { &text[line + 3..] } else { return None };
    let blank = white_space_run(rest);
    if blank == rest.len() {
        return Some(text.len());
    }
    rest[..blank].rfind('\n').map(|lf| line + 3 + lf + 1)
}

/// The length of the white space that `text` begins with. Ruby's `\s`: no U+00A0, no U+3000.
fn white_space_run(text: &str) -> usize {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
    text.bytes().take_while(is_blank).count()
}

/// The block that the author meant where Jekyll sees none.
fn meant(text: &str, start: usize) -> Fence {
    let missing = Fence {
        state: FenceState::Missing,
        opening: Span::empty(start),
        content: Span::empty(start),
        closing: None,
        body_start: start,
    };
    let lines = lines(text, start);
    let Some(first) = lines.first() else { return missing };
    let opening = |state| (0, state);
    let found = if is_rule(first.of(text)) && is_lone_cr(&text[first.end..]) {
        Some(opening(FenceState::LoneCr))
    } else if opening_line_end(text, start).is_some() || first.of(text) == "---" {
        Some(opening(FenceState::Unclosed))
    } else if is_near_rule(first.of(text)) {
        Some(opening(FenceState::BadOpening))
    } else {
        let near = lines.iter().take(MISPLACED_WITHIN_LINES).skip(1);
        near.enumerate().find(|(_, line)| is_rule(line.of(text))).map(|(i, _)| (i + 1, FenceState::NotFirst))
    };
    let Some((open, state)) = found else { return missing };
    block(text, &lines, open, state).unwrap_or(missing)
}

/// The block whose opening is line `open`, if what follows looks like one.
fn block(text: &str, lines: &[Span], open: usize, state: FenceState) -> Option<Fence> {
    let content_start = lines.get(open + 1).map_or(text.len(), |line| line.start);
    let fence = |state, content_end, closing: Option<Span>, body_start| Fence {
        state,
        opening: lines[open],
        content: Span::new(content_start, content_end),
        closing,
        body_start,
    };
    let mut content_end = content_start;
    let mut has_key = false;
    // Who has an input method write full-width dashes at the top has it write them at the end too. A row of hyphens may
    // be Markdown's.
    let wide = state == FenceState::BadOpening && !lines[open].of(text).trim_start().starts_with(['-', '.']);
    let near = wide || state == FenceState::Unclosed;
    for (i, line) in lines.iter().enumerate().skip(open + 1) {
        let piece = line.of(text);
        let after = lines.get(i + 1).map_or(text.len(), |next| next.start);
        // A file that was put together can have a mark before the line.
        let closes = if near { is_near_rule(piece.trim_start_matches(INVISIBLE)) } else { is_rule(piece) };
        if closes {
            let state = if state == FenceState::Unclosed { FenceState::BadClosing } else { state };
            return (has_key || state == FenceState::BadClosing || state == FenceState::LoneCr)
                .then(|| fence(state, line.start, Some(*line), after));
        }
        if !can_be_in_block(piece) {
            break;
        }
        has_key |= is_key_line(piece);
        content_end = after;
    }
    // Without an end only a block at the very top is taken for one: it is being typed.
    (state == FenceState::Unclosed).then(|| fence(state, content_end, None, content_end))
}

/// Each line without its break; a line ends at LF, CRLF or CR.
fn lines(text: &str, start: usize) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut from = start;
    while from < text.len() {
        let rest = &text[from..];
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        lines.push(Span::new(from, from + end));
        from += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    lines
}

/// Whether a line break is a CR alone.
fn is_lone_cr(rest: &str) -> bool {
    rest.starts_with('\r') && !rest.starts_with("\r\n")
}

/// A good opening or closing line.
fn is_rule(line: &str) -> bool {
    let line = line.trim_end_matches([' ', '\t', '\r', '\x0b', '\x0c']);
    line == "---" || line == "..."
}

/// A line that was meant to open or close a block: indented, with more or other dashes, or with text after them.
fn is_near_rule(line: &str) -> bool {
    let trimmed = line.trim();
    let dash = |c: char| matches!(c, '-' | '－' | '—' | '–' | '―' | 'ー' | '─' | '.');
    let run: usize = trimmed.chars().take_while(|c| dash(*c)).count();
    let dashes_end = trimmed.char_indices().nth(run).map_or(trimmed.len(), |(at, _)| at);
    let tail = &trimmed[dashes_end..];
    let mark = trimmed.starts_with("---") || trimmed.starts_with("...") || !trimmed.starts_with(['-', '.']);
    match run {
        // What an editor with smart punctuation makes of `...` and of `---`.
        0 => trimmed == "…",
        1 => trimmed == "—",
        2 => tail.is_empty(),
        _ => {
            mark && (tail.is_empty() || tail.starts_with([' ', '\t', '\u{a0}', '\u{3000}']) || is_word(tail))
        }
    }
}

fn is_word(tail: &str) -> bool {
    tail.chars().all(|c| c.is_ascii_alphanumeric())
}

fn can_be_in_block(line: &str) -> bool {
    let first = line.chars().next();
    match first {
        None => false,
        Some(c) if c.is_whitespace() => !line.trim().is_empty(),
        Some('#') => !line.starts_with("# ") || line.contains(':'),
        Some('-' | ']' | '}' | '[') => true,
        _ => is_key_line(line),
    }
}

/// `key:`, with an ASCII or full-width colon, and a key that looks like one.
fn is_key_line(line: &str) -> bool {
    let Some(colon) = line.find([':', '：']) else { return false };
    let key = line[..colon].trim().trim_matches(['"', '\'']);
    !key.is_empty() && key.chars().count() <= 40 && key.split_whitespace().count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let fence = Fence::find(text);
        let seen = format!(
            "{:?} {:?} {:?} {:?} body {:?}",
            fence.state,
            fence.opening.of(text),
            fence.content.of(text),
            fence.closing.map(|closing| closing.of(text)),
            &text[fence.body_start..],
        );
        assert_eq!(seen, expected, "for {text:?}");
    }

    #[test]
    fn blocks_that_jekyll_sees() {
        check("---\na: 1\n---\nB\n", r#"Seen "---" "a: 1\n" Some("---") body "B\n""#);
        check("---\r\na: 1\r\n---\r\nB", r#"Seen "---" "a: 1\r\n" Some("---") body "B""#);
        check("\u{feff}--- \t\na: 1\n...  \nB", r#"Seen "---" "a: 1\n" Some("...") body "B""#);
        check("---\n---\n", r#"Seen "---" "" Some("---") body """#);
        check("---\n\n\n---\n\n\n  B", r#"Seen "---" "\n\n" Some("---") body "  B""#);
        check("---\na: |\n  x\n---", r#"Seen "---" "a: |\n  x\n" Some("---") body """#);
    }

    #[test]
    fn blocks_that_jekyll_does_not_see() {
        check("\n---\na: 1\n---\nB", r#"NotFirst "---" "a: 1\n" Some("---") body "B""#);
        check("--- # c\na: 1\n---\nB", r##"BadOpening "--- # c" "a: 1\n" Some("---") body "B""##);
        check(" ---\na: 1\n---\nB", r#"BadOpening " ---" "a: 1\n" Some("---") body "B""#);
        check("---\u{a0}\na: 1\n---\n", r#"BadOpening "---\u{a0}" "a: 1\n" Some("---") body """#);
        check("ーーー\na: 1\nーーー\nB", r#"BadOpening "ーーー" "a: 1\n" Some("ーーー") body "B""#);
        check("----\na: 1\n----\nB", r#"Missing "" "" None body "----\na: 1\n----\nB""#);
        check("－－－\na: 1\n---\n", r#"BadOpening "－－－" "a: 1\n" Some("---") body """#);
        check("---\na: 1\n....\n\nB", r#"BadClosing "---" "a: 1\n" Some("....") body "\nB""#);
        check("---\na: 1\n—\nB", r#"BadClosing "---" "a: 1\n" Some("—") body "B""#);
        check("---\na: 1\n…\nB", r#"BadClosing "---" "a: 1\n" Some("…") body "B""#);
        check(
            "---\na: 1\n\u{feff}---\nB",
            "BadClosing \"---\" \"a: 1\\n\" Some(\"\\u{feff}---\") body \"B\"",
        );
        check("---\na: 1\n --- \nB", r#"BadClosing "---" "a: 1\n" Some(" --- ") body "B""#);
        check("---\na: 1\n--- end\nB", r#"BadClosing "---" "a: 1\n" Some("--- end") body "B""#);
        check("---\ntags: [AI, \n\nB: x\n", r#"Unclosed "---" "tags: [AI, \n" None body "\nB: x\n""#);
        check("---", r#"Unclosed "---" "" None body """#);
        check("---\ra: 1\r---\rB", r#"LoneCr "---" "a: 1\r" Some("---") body "B""#);
    }

    #[test]
    fn bodies_without_a_block() {
        for text in
            ["", "Hello\n", "A title\n---\n\nText: more\n\n---\n", "----\n\nText\n", "# H\n\n---\n\nB\n"]
        {
            assert_eq!(Fence::find(text).state, FenceState::Missing, "{text:?}");
        }
    }

    #[test]
    fn a_run_of_many_fences_is_read_once() {
        let text = format!("---\n{}", "a\n".repeat(200_000));
        assert_eq!(Fence::find(&text).state, FenceState::Unclosed);
    }
}
