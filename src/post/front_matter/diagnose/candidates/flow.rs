//! What can be wrong with a list in brackets.

use super::super::super::ProblemKind;
use super::super::super::tree::{FlowList, Item, Quote, Scalar, lines};
use super::super::draft::Draft;
use super::super::key_like::is_key_like;
use super::super::odd_blanks::odd_blank;
use super::super::quoting::quote;
use super::scalars::{Place, value};
use super::{Candidate, comments};
use crate::text::{Span, TextEdit};

pub(super) fn list(draft: &Draft<'_>, list: &FlowList, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    full_width_close(text, list, found);
    full_width_commas(text, list, found);
    items(draft, list, found);
    missing_commas(text, list, found);
    let open = Span::new(list.span.start, list.span.start + 1);
    match list.close {
        None => {
            let comment = comment_in(text, list);
            for end in
                [end_before_key(text, list), Some(end_of_items(text, list)), comment, Some(list.span.end)]
                    .into_iter()
                    .flatten()
            {
                let mend = vec![TextEdit::insert(end, "]")];
                found.push(Candidate::new(ProblemKind::UnclosedBracket, open, mend));
            }
        }
        Some(close) => text_after(text, list, close, found),
    }
}

/// The end of the last item on the list's first line, or of the list where all of it stands on its own lines.
fn end_of_items(text: &str, list: &FlowList) -> usize {
    let last = list.items.iter().rev().find(|item| !matches!(item, Item::Empty(_)));
    let end = last.map_or(list.span.start + 1, |item| item.span().end);
    let comma = list.commas.last().map_or(0, |comma| comma + 1);
    end.max(comma).min(text.len())
}

/// The end of the list's lines before one that looks like an entry of its own.
fn end_before_key(text: &str, list: &FlowList) -> Option<usize> {
    let rest = Span::new(list.span.start, text.len());
    let key = lines(text, rest).skip(1).find(|line| is_key_like(line.of(text).trim_start()))?;
    Some(text[..key.start].trim_end().len())
}

fn comment_in(text: &str, list: &FlowList) -> Option<usize> {
    let whole = list.span.of(text);
    let line = &whole[..whole.find('\n').unwrap_or(whole.len())];
    line.find(" #").map(|at| list.span.start + at)
}

/// `[a, b］`
fn full_width_close(text: &str, list: &FlowList, found: &mut Vec<Candidate>) {
    let whole = &text[list.span.start..];
    let line = &whole[..whole.find(['\n', '\r']).unwrap_or(whole.len())];
    let open = Span::new(list.span.start, list.span.start + 1);
    if list.close.is_none()
        && let Some(at) = line.rfind(['］', '】', '｝', '〕'])
    {
        let at = list.span.start + at;
        let span = Span::new(at, at + '］'.len_utf8());
        let mend = vec![TextEdit::replace(span, "]")];
        found.push(Candidate::new(ProblemKind::FullWidthBracket, span, mend).related(open));
    }
    if list.close.is_none()
        && let Some(at) = line.rfind(['}', ')']).filter(|at| line[at + 1..].trim().is_empty())
    {
        let span = Span::new(list.span.start + at, list.span.start + at + 1);
        let mend = vec![TextEdit::replace(span, "]")];
        found.push(Candidate::new(ProblemKind::UnclosedBracket, span, mend).related(open));
    }
}

/// `，` and `、` outside of the items' quotes: each a mistake, all mended at once.
fn full_width_commas(text: &str, list: &FlowList, found: &mut Vec<Candidate>) {
    let mut problems = Vec::new();
    let end = list.close.unwrap_or(list.span.end);
    let mut quote = None;
    for (at, c) in Span::new(list.span.start + 1, end).of(text).char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '，' | '、' | '､') => {
                let at = list.span.start + 1 + at;
                let span = Span::new(at, at + c.len_utf8());
                let blank = text[span.end..].starts_with([' ', '\u{3000}']);
                let mend = vec![TextEdit::replace(span, if blank { "," } else { ", " })];
                problems.extend(Candidate::new(ProblemKind::FullWidthComma, span, mend).problems);
            }
            _ => {}
        }
    }
    if !problems.is_empty() {
        found.push(Candidate { problems, proof: Vec::new() });
    }
}

fn items(draft: &Draft<'_>, list: &FlowList, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    for item in &list.items {
        match item {
            Item::Scalar(scalar) => {
                lone_quote(text, *scalar, found);
                odd_blanks(text, *scalar, found);
                value(draft, *scalar, Place::Flow, found);
            }
            Item::Other(span) => {
                let line = span.of(text);
                let open = Span::new(span.start, span.start + 1);
                if line.starts_with('{') && !line.ends_with('}') {
                    let mend = vec![TextEdit::insert(span.end, "}")];
                    found.push(Candidate::new(ProblemKind::UnclosedBrace, open, mend));
                }
                if line.starts_with('[') {
                    found.push(Candidate::new(ProblemKind::StrayBracket, open, vec![TextEdit::delete(open)]));
                }
            }
            Item::Empty(span) => {
                // A comma with nothing before it is an error, but for the one at the end.
                if text[span.start..].starts_with(',') {
                    let comma = Span::new(span.start, span.start + 1);
                    found.push(Candidate::new(
                        ProblemKind::ReservedStart,
                        comma,
                        vec![TextEdit::delete(comma)],
                    ));
                }
            }
        }
    }
    hash_item(text, list, found);
}

/// `[#AI, b]` and `[C #, b]`: the list ends at the `#`.
fn hash_item(text: &str, list: &FlowList, found: &mut Vec<Candidate>) {
    let whole = &text[list.span.start..];
    let line = &whole[..whole.find(['\n', '\r']).unwrap_or(whole.len())];
    if list.close.is_some_and(|close| close < list.span.start + line.len()) {
        return;
    }
    for (at, _) in line.match_indices('#') {
        let before = line[..at].rfind(['[', ',']).map_or(1, |separator| separator + 1);
        let start = before + (line[before..].len() - line[before..].trim_start().len());
        let end = line[at..].find([',', ']']).map_or(line.len(), |length| at + length);
        let end = start + line[start..end].trim_end().len();
        let item = Span::new(list.span.start + start, list.span.start + end);
        let hash = Span::new(list.span.start + at, list.span.start + at + 1);
        if !item.of(text).contains(['"', '\'']) {
            found.push(Candidate::new(ProblemKind::ReservedStart, hash, quote(text, item)));
        }
    }
}

/// `AI"` among items: the quote before it is missing.
fn lone_quote(text: &str, scalar: Scalar, found: &mut Vec<Candidate>) {
    let piece = scalar.span.of(text);
    if scalar.quote == Quote::Plain
        && let Some(mark) = super::scalars::ends_in_lone_quote(piece)
    {
        let last = Span::new(scalar.span.end - 1, scalar.span.end);
        let mend = vec![TextEdit::insert(scalar.span.start, mark.to_string())];
        found.push(Candidate::new(ProblemKind::UnclosedQuote, last, mend));
    }
}

/// An ideographic or no-break space before a quoted item.
fn odd_blanks(text: &str, scalar: Scalar, found: &mut Vec<Candidate>) {
    let piece = scalar.span.of(text);
    let blank = piece.len() - piece.trim_start_matches(['\u{a0}', '\u{3000}']).len();
    let run = Span::new(scalar.span.start, scalar.span.start + blank);
    if let Some(kind) = odd_blank(run.of(text)) {
        found.push(Candidate::new(kind, run, vec![TextEdit::replace(run, " ")]));
    }
    if let Some(behind) =
        text[scalar.span.end..].chars().next().filter(|c| matches!(c, '\u{a0}' | '\u{3000}'))
    {
        let run = Span::new(scalar.span.end, scalar.span.end + behind.len_utf8());
        if let Some(kind) = odd_blank(run.of(text)) {
            found.push(Candidate::new(kind, run, vec![TextEdit::replace(run, " ")]));
        }
    }
}

/// Two items with no comma between.
fn missing_commas(text: &str, list: &FlowList, found: &mut Vec<Candidate>) {
    for pair in list.items.windows(2) {
        let (before, after) = (pair[0].span(), pair[1].span());
        let between = Span::new(before.end, after.start.max(before.end));
        if !between.of(text).contains(',') && !after.is_empty() && !before.is_empty() {
            let span = if between.is_empty() { first_char(text, after) } else { between };
            let comma = if between.is_empty() { ", " } else { "," };
            found.push(Candidate::new(
                ProblemKind::MissingComma,
                span,
                vec![TextEdit::insert(before.end, comma)],
            ));
        }
    }
}

fn first_char(text: &str, span: Span) -> Span {
    let first = span.of(text).chars().next().map_or(0, char::len_utf8);
    Span::new(span.start, span.start + first)
}

/// Text behind the closing bracket.
fn text_after(text: &str, list: &FlowList, close: usize, found: &mut Vec<Candidate>) {
    let rest = &text[close + 1..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let blank = line.len() - line.trim_start().len();
    let behind = Span::new(close + 1 + blank, close + 1 + line.trim_end().len().max(blank));
    let piece = behind.of(text);
    if piece.is_empty() {
        return;
    }
    comments::behind(text, close + 1, found);
    if piece.starts_with('#') {
        if blank == 0 {
            let mend = vec![TextEdit::insert(behind.start, " ")];
            found.push(Candidate::new(ProblemKind::TextAfterBracket, behind, mend));
        }
        return;
    }
    if piece.chars().all(|c| matches!(c, ']' | '}' | ',' | '"' | '\'')) {
        let kind = if piece.starts_with([']', '}']) {
            ProblemKind::StrayBracket
        } else {
            ProblemKind::TextAfterBracket
        };
        found.push(Candidate::new(kind, behind, vec![TextEdit::delete(behind)]));
    }
    if piece.starts_with(',') && piece.ends_with(']') {
        // `[a], b]`: the bracket came too early.
        let early = Span::new(close, close + 1);
        found.push(Candidate::new(ProblemKind::StrayBracket, early, vec![TextEdit::delete(early)]));
    }
    let whole = Span::new(list.span.start, behind.end);
    found.push(Candidate::new(ProblemKind::TextAfterBracket, behind, quote(text, whole)));
}
