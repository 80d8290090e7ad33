//! What can be wrong with one value: its quotes, its first character, a colon in it.

use super::super::super::ProblemKind;
use super::super::super::tree::{BlockList, Quote, Scalar, lines};
use super::super::draft::Draft;
use super::super::key_like::is_key_like;
use super::super::quoting::quote;
use super::{Candidate, comments};
use crate::text::{Span, TextEdit};

/// Where a scalar stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind a key or a dash: it goes to the end of its line.
    Line,
    /// In brackets: it goes to the next comma or bracket.
    Flow,
}

pub(super) fn value(draft: &Draft<'_>, scalar: Scalar, place: Place, found: &mut Vec<Candidate>) {
    let span = without_keys(&draft.text, scalar.span);
    match scalar.quote {
        Quote::Plain => plain(draft, span, place, found),
        Quote::Single | Quote::Double => {
            if span != scalar.span {
                // The quote that closes it stands in another entry's value.
                let content = Span::new(scalar.content.start, span.end);
                quoted(draft, Scalar { span, content, closed: false, ..scalar }, place, found);
            }
            quoted(draft, scalar, place, found);
        }
    }
}

/// A value over several lines, up to the first that looks like an entry of its own.
fn without_keys(text: &str, span: Span) -> Span {
    let mut lines = lines(text, span);
    let first = lines.next().map_or(span.start, |line| line.end);
    let inside = lines.take_while(|line| !is_key_like(line.of(text).trim_start()));
    let end = inside.last().map_or(first, |line| line.end).min(span.end);
    Span::new(span.start, span.start + Span::new(span.start, end).of(text).trim_end().len())
}

/// `title: - b`: no list can begin behind its key.
pub(super) fn dash_on_key_line(draft: &Draft<'_>, list: &BlockList, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    let line_start = text[..list.span.start].rfind('\n').map_or(0, |lf| lf + 1);
    if text[line_start..list.span.start].contains(':') {
        reserved(text, line(text, list.span), found);
    }
}

/// A value of another look: reserved first characters, mappings in braces.
pub(super) fn other(draft: &Draft<'_>, span: Span, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    let value = span.of(text);
    if value.starts_with('{') {
        if let Some(rest) = closing_brace(value) {
            let line_end = value.find(['\n', '\r']).unwrap_or(value.len());
            let behind = Span::new(span.start + rest, span.start + line_end.max(rest));
            let behind = trimmed(text, behind);
            comments::behind(text, span.start + rest, found);
            if !behind.is_empty() {
                let stray = behind.of(text).chars().all(|c| matches!(c, '}' | ']'));
                let kind = if stray { ProblemKind::StrayBracket } else { ProblemKind::TextAfterBracket };
                let mend = if stray { vec![TextEdit::delete(behind)] } else { quote(text, line(text, span)) };
                found.push(Candidate::new(kind, behind, mend));
            }
        } else {
            let line = line(text, span);
            let open = Span::new(span.start, span.start + 1);
            found.push(Candidate::new(
                ProblemKind::UnclosedBrace,
                open,
                vec![TextEdit::insert(line.end, "}")],
            ));
            found.push(Candidate::new(
                ProblemKind::UnclosedBrace,
                open,
                vec![TextEdit::insert(span.end, "}")],
            ));
        }
        found.push(Candidate::new(
            ProblemKind::ReservedStart,
            Span::new(span.start, span.start + 1),
            quote(text, line(text, span)),
        ));
        return;
    }
    if value.starts_with('[') {
        let line = line(text, span);
        let open = Span::new(span.start, span.start + 1);
        if !line.of(text).contains(']') {
            found.push(Candidate::new(
                ProblemKind::UnclosedBracket,
                open,
                vec![TextEdit::insert(line.end, "]")],
            ));
        }
        found.push(Candidate::new(ProblemKind::ReservedStart, open, quote(text, line)));
    }
    reserved(text, line(text, span), found);
    if value.starts_with(['"', '\'']) {
        return;
    }
    plain(draft, line(text, span), Place::Line, found);
}

/// The values of a nested mapping, or of mappings in a list, line by line.
pub(super) fn nested_values(draft: &Draft<'_>, span: Span, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    for inner in lines(text, span).skip(1) {
        let piece = inner.of(text);
        let Some(colon) = piece.find(": ") else { continue };
        let behind = trimmed(text, Span::new(inner.start + colon + 2, inner.end));
        let whole = behind.of(text);
        if whole.starts_with(['"', '\'']) {
            quoted(draft, inner_quoted(text, behind), Place::Line, found);
        } else if whole.starts_with(['{', '[']) {
            let open = Span::new(behind.start, behind.start + 1);
            found.push(Candidate::new(ProblemKind::ReservedStart, open, quote(text, behind)));
        } else if !whole.is_empty() {
            plain(draft, behind, Place::Line, found);
        }
    }
}

fn inner_quoted(text: &str, span: Span) -> Scalar {
    let whole = span.of(text);
    let mark = whole.as_bytes()[0] as char;
    let quote = if mark == '"' { Quote::Double } else { Quote::Single };
    let close = whole[1..].find(mark).map(|at| at + 2);
    let span = Span::new(span.start, span.start + close.unwrap_or(whole.len()));
    let content = Span::new(span.start + 1, if close.is_some() { span.end - 1 } else { span.end });
    Scalar { span, content, quote, closed: close.is_some() }
}

/// One past the brace that closes the one that `value` begins with.
fn closing_brace(value: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in value.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// The first line of a span, without blanks at its end.
fn line(text: &str, span: Span) -> Span {
    let whole = span.of(text);
    let end = whole.find(['\n', '\r']).unwrap_or(whole.len());
    trimmed(text, Span::new(span.start, span.start + end))
}

fn trimmed(text: &str, span: Span) -> Span {
    let piece = span.of(text);
    let start = span.start + (piece.len() - piece.trim_start().len());
    Span::new(start, (start + piece.trim().len()).max(start))
}

/// The last `"` or `'` of a value that was meant to be the other: `"text'`.
fn other_quote(quote: Quote) -> char {
    if quote == Quote::Double { '\'' } else { '"' }
}

fn mark(quote: Quote) -> &'static str {
    if quote == Quote::Double { "\"" } else { "'" }
}

fn quoted(draft: &Draft<'_>, scalar: Scalar, place: Place, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    if scalar.quote == Quote::Double {
        bad_escapes(text, scalar, found);
    }
    let open = Span::new(scalar.span.start, scalar.span.start + 1);
    if !scalar.closed {
        let content = scalar.content.of(text).trim_end();
        let end = scalar.content.start + content.len();
        if content.ends_with(other_quote(scalar.quote)) {
            let last = Span::new(end - 1, end);
            let mend = vec![TextEdit::replace(last, mark(scalar.quote))];
            found.push(Candidate::new(ProblemKind::UnclosedQuote, last, mend).related(open));
        }
        if scalar.quote == Quote::Double && content.ends_with('\\') {
            let last = Span::new(end - 1, end);
            let mend = vec![TextEdit::insert(end, "\\\"")];
            found.push(Candidate::new(ProblemKind::BadEscape, last, mend));
        }
        for (at, _) in
            content.match_indices(['“', '”', '＂', '’']).collect::<Vec<_>>().into_iter().rev().take(1)
        {
            let at = scalar.content.start + at;
            let wide = Span::new(at, at + text[at..].chars().next().map_or(1, char::len_utf8));
            let mend = vec![TextEdit::replace(wide, mark(scalar.quote))];
            found.push(Candidate::new(ProblemKind::FullWidthQuote, wide, mend).related(open));
        }
        let uncommented = content.find(" #").map(|at| scalar.content.start + content[..at].trim_end().len());
        for end in [Some(end), uncommented].into_iter().flatten() {
            let span = Span::new(scalar.span.start, end);
            let mend = vec![TextEdit::insert(end, mark(scalar.quote))];
            found.push(Candidate::new(ProblemKind::UnclosedQuote, span, mend));
        }
    } else if place == Place::Line {
        comments::behind(text, scalar.span.end, found);
        let rest = line(text, Span::new(scalar.span.end, text.len()));
        if !rest.is_empty() && rest.start >= scalar.span.end && !rest.of(text).starts_with('#') {
            text_after(text, scalar, rest, found);
        } else if rest.of(text).starts_with('#') && rest.start == scalar.span.end {
            let mend = vec![TextEdit::insert(rest.start, " ")];
            found.push(Candidate::new(ProblemKind::TextAfterQuote, rest, mend));
        }
    }
}

/// Text behind the closing quote: the quotes inside were meant as text, or all of it was.
fn text_after(text: &str, scalar: Scalar, rest: Span, found: &mut Vec<Candidate>) {
    let whole = Span::new(scalar.span.start, rest.end);
    let value = whole.of(text);
    let mark = mark(scalar.quote);
    if value.len() > 1 && value.ends_with(mark) {
        // `'it's'` and `"say "hi""`: every quote between the first and the last is text.
        let inner = Span::new(whole.start + 1, whole.end - 1);
        let escape = if scalar.quote == Quote::Double { "\\" } else { "'" };
        let places: Vec<usize> = inner.of(text).match_indices(mark).map(|(at, _)| inner.start + at).collect();
        let mend = places.iter().map(|at| TextEdit::insert(*at, escape)).collect();
        let first = scalar.span.end - 1;
        found.push(Candidate::new(ProblemKind::TextAfterQuote, Span::new(first, first + 1), mend));
    }
    if rest.of(text).starts_with(mark) && rest.len() == mark.len() {
        found.push(Candidate::new(ProblemKind::TextAfterQuote, rest, vec![TextEdit::delete(rest)]));
    }
    if value.ends_with(']') {
        // `"a", "b"]`: the list has lost its first bracket.
        let last = Span::new(whole.end - 1, whole.end);
        let mend = vec![TextEdit::insert(whole.start, "[")];
        found.push(Candidate::new(ProblemKind::StrayBracket, last, mend));
    }
    found.push(Candidate::new(ProblemKind::TextAfterQuote, rest, quote(text, whole)));
}

fn bad_escapes(text: &str, scalar: Scalar, found: &mut Vec<Candidate>) {
    let rest = line(text, Span::new(scalar.span.start + 1, text.len()));
    let piece = rest.of(text);
    let mut mends = Vec::new();
    let mut first = None;
    let mut chars = piece.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != '\\' {
            continue;
        }
        let next = chars.next();
        let good = next.is_none_or(|(at, c)| is_escape(c, &piece[at + c.len_utf8()..]));
        if !good {
            let at = rest.start + at;
            let end = next.map_or(at + 1, |(next_at, c)| rest.start + next_at + c.len_utf8());
            first.get_or_insert(Span::new(at, end));
            mends.push(TextEdit::insert(at, "\\"));
        }
    }
    if let Some(first) = first {
        found.push(Candidate::new(ProblemKind::BadEscape, first, mends.clone()));
        let all: Vec<TextEdit> =
            piece.match_indices('\\').map(|(at, _)| TextEdit::insert(rest.start + at, "\\")).collect();
        if all.len() > mends.len() {
            found.push(Candidate::new(ProblemKind::BadEscape, first, all));
        }
    }
}

/// Source: YAML 1.1, 5.6.
fn is_escape(c: char, rest: &str) -> bool {
    let hex = |n: usize| rest.len() >= n && rest.bytes().take(n).all(|b| b.is_ascii_hexdigit());
    match c {
        'x' => hex(2),
        'u' => hex(4),
        'U' => hex(8),
        _ => matches!(
            c,
            '0' | 'a'
                | 'b'
                | 't'
                | '\t'
                | 'n'
                | 'v'
                | 'f'
                | 'r'
                | 'e'
                | ' '
                | '"'
                | '/'
                | '\\'
                | 'N'
                | '_'
                | 'L'
                | 'P'
                | '\n'
        ),
    }
}

/// Characters that cannot begin a plain value.
const RESERVED: [char; 14] = ['@', '`', '%', '&', '*', '!', '|', '>', '?', '-', ',', ']', '}', '#'];

fn reserved(text: &str, span: Span, found: &mut Vec<Candidate>) {
    if let Some(first) = span.of(text).chars().next().filter(|c| RESERVED.contains(c)) {
        let first = Span::new(span.start, span.start + first.len_utf8());
        found.push(Candidate::new(ProblemKind::ReservedStart, first, quote(text, span)));
    }
}

fn plain(draft: &Draft<'_>, span: Span, place: Place, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    full_width_quotes(text, span, found);
    reserved(text, span, found);
    let value = span.of(text);
    let colon = value.match_indices(':').map(|(at, _)| at).find(|at| {
        let behind = value[at + 1..].chars().next();
        behind.is_none_or(|c| matches!(c, ' ' | '\t' | '\n' | '\r'))
    });
    if let Some(at) = colon {
        let missing_open = ends_in_lone_quote(value);
        if let Some(mark) = missing_open {
            let last = Span::new(span.end - 1, span.end);
            let mend = vec![TextEdit::insert(span.start, mark.to_string())];
            found.push(Candidate::new(ProblemKind::UnclosedQuote, last, mend));
        }
        let at = span.start + at;
        let whole = if place == Place::Line { line(text, span) } else { span };
        found.push(Candidate::new(ProblemKind::ColonInValue, Span::new(at, at + 1), quote(text, whole)));
        if whole != span {
            found.push(Candidate::new(ProblemKind::ColonInValue, Span::new(at, at + 1), quote(text, span)));
        }
    }
    if place == Place::Flow && value.starts_with('-') {
        found.push(Candidate::new(
            ProblemKind::ReservedStart,
            Span::new(span.start, span.start + 1),
            quote(text, span),
        ));
    }
}

/// The quote at the end of a value that has no other.
pub(in super::super) fn ends_in_lone_quote(value: &str) -> Option<char> {
    let mark = value.chars().last().filter(|c| matches!(c, '"' | '\''))?;
    (value.matches(mark).count() == 1 && value.len() > 1).then_some(mark)
}

/// `“…”`, `＂…＂` and `「…」` around a whole value, where that value does not load without quotes.
fn full_width_quotes(text: &str, span: Span, found: &mut Vec<Candidate>) {
    let value = span.of(text);
    let Some(open) = value
        .chars()
        .next()
        .filter(|c| matches!(c, '“' | '”' | '‟' | '„' | '‘' | '’' | '＂' | '＇' | '「' | '『'))
    else {
        return;
    };
    let close = value
        .chars()
        .last()
        .filter(|c| matches!(c, '“' | '”' | '‘' | '’' | '＂' | '＇' | '」' | '』' | '"' | '\''));
    let inner = Span::new(span.start + open.len_utf8(), span.end - close.map_or(0, char::len_utf8));
    let mark = if inner.of(text).contains(['"', '\\']) { "'" } else { "\"" };
    if let Some(close) = close.filter(|_| value.chars().count() > 1) {
        let first = Span::new(span.start, inner.start);
        let last = Span::new(span.end - close.len_utf8(), span.end);
        let mend = vec![TextEdit::replace(first, mark), TextEdit::replace(last, mark)];
        found.push(Candidate::new(ProblemKind::FullWidthQuote, first, mend).related(last));
    }
}
