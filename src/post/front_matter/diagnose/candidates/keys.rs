//! What can be wrong with a key and its colon.

use super::super::super::ProblemKind;
use super::super::super::tree::{Entry, lines};
use super::super::draft::Draft;
use super::super::first_line;
use super::super::key_like::{begins_with_known_key, is_key_like};
use super::super::odd_blanks::{odd_blank, odd_run};
use super::super::quoting::quote;
use super::Candidate;
use crate::text::{Span, TextEdit};

pub(super) fn entry(draft: &Draft<'_>, entry: &Entry, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    let line = first_line(text, entry.span);
    full_width_colon(text, entry, line, found);
    stray_start(text, line, found);
    if let (Some(key), Some(colon)) = (entry.key, entry.colon) {
        after_colon(text, colon, found);
        let name = key.span.of(text);
        if name.starts_with(['@', '`', '%', '&', '*', '!', '|', '>']) {
            let first = Span::new(key.span.start, key.span.start + 1);
            found.push(Candidate::new(ProblemKind::ReservedStart, first, quote(text, key.span)));
        }
        let unpaired = name.starts_with(['"', '\'']) != name.ends_with(['"', '\'']) || name.len() == 1;
        if unpaired && name.contains(['"', '\'']) {
            let at = name.find(['"', '\'']).unwrap_or(0) + key.span.start;
            let stray = Span::new(at, at + 1);
            found.push(Candidate::new(ProblemKind::UnclosedQuote, stray, vec![TextEdit::delete(stray)]));
        }
        if name.chars().count() > 1024 {
            let proof = vec![TextEdit::replace(key.span, "k")];
            found.push(Candidate::unmended(ProblemKind::KeyTooLong, key.span, proof));
        }
    } else if line.of(text).starts_with(':') {
        let colon = Span::new(line.start, line.start + 1);
        found.push(Candidate::unmended(
            ProblemKind::MissingKey,
            colon,
            vec![TextEdit::insert(line.start, "k")],
        ));
    }
}

/// `：` after what looks like a key, before any ASCII colon that would make one.
fn full_width_colon(text: &str, entry: &Entry, line: Span, found: &mut Vec<Candidate>) {
    let piece = line.of(text);
    let Some(at) = piece.find('：') else { return };
    if entry.colon.is_some_and(|colon| colon < line.start + at) || piece[..at].contains(char::is_whitespace) {
        return;
    }
    let start = line.start + at;
    let colon = Span::new(start, start + '：'.len_utf8());
    let behind = text[colon.end..].chars().next();
    let blank = if behind == Some('\u{3000}') { '\u{3000}'.len_utf8() } else { 0 };
    let new_text = if behind.is_none_or(|c| matches!(c, ' ' | '\t' | '\n' | '\r')) { ":" } else { ": " };
    let mend = vec![TextEdit::replace(Span::new(colon.start, colon.end + blank), new_text)];
    found.push(Candidate::new(ProblemKind::FullWidthColon, colon, mend));
}

/// A character too much before a key: `}lang: ko`, `,tags: [a]`.
fn stray_start(text: &str, line: Span, found: &mut Vec<Candidate>) {
    let piece = line.of(text);
    let Some(first) = piece.chars().next().filter(|c| !c.is_alphanumeric() && !matches!(c, '_' | '#' | ':'))
    else {
        return;
    };
    let stray = Span::new(line.start, line.start + first.len_utf8());
    let rest = &piece[first.len_utf8()..];
    if is_key_like(rest) {
        let kind = match first {
            ']' | '}' | '[' | '{' => ProblemKind::StrayBracket,
            '"' | '\'' => ProblemKind::UnclosedQuote,
            _ => ProblemKind::ReservedStart,
        };
        found.push(Candidate::new(kind, stray, vec![TextEdit::delete(stray)]));
    } else if piece.chars().all(|c| matches!(c, ']' | '}')) {
        let mend = vec![TextEdit::delete(line)];
        let candidate = Candidate::new(ProblemKind::StrayBracket, line, mend);
        // Alone on its line it leaves no pair behind: the proof puts one there.
        found.push(Candidate { proof: vec![TextEdit::insert(line.end, "k: v")], ..candidate });
    }
}

/// No blank after the colon, or one that YAML does not take for a blank.
fn after_colon(text: &str, colon: usize, found: &mut Vec<Candidate>) {
    let rest = &text[colon + 1..];
    let blank = rest.len() - rest.trim_start_matches(['\u{a0}', '\u{3000}', ' ', '\t']).len();
    let span = Span::new(colon + 1, colon + 1 + blank);
    let run = span.of(text);
    if let Some(kind) = odd_blank(run) {
        found.push(Candidate::new(kind, odd_run(text, span), vec![TextEdit::replace(span, " ")]));
    } else if run.is_empty() && !rest.is_empty() && !rest.starts_with(['\n', '\r']) {
        let mend = vec![TextEdit::insert(colon + 1, " ")];
        found.push(Candidate::new(ProblemKind::NoSpaceAfterColon, Span::new(colon, colon + 1), mend));
    }
}

/// The same for the keys of a nested mapping.
pub(super) fn nested(draft: &Draft<'_>, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    for line in lines(text, Span::new(0, text.len())).skip(1) {
        let piece = line.of(text);
        let body = piece.trim_start_matches(' ');
        let body = match body.strip_prefix("- ") {
            Some(item) => item.trim_start_matches(' '),
            None if body.len() == piece.len() => continue,
            None => body,
        };
        let start = line.end - body.len();
        let word =
            body.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(body.len());
        let at = start + word;
        let behind = body[word..].chars().nth(1);
        match body[word..].chars().next() {
            _ if word == 0 => {}
            Some('：') => {
                let colon = Span::new(at, at + '：'.len_utf8());
                let blank = if behind == Some('\u{3000}') { '\u{3000}'.len_utf8() } else { 0 };
                let mend = vec![TextEdit::replace(Span::new(at, colon.end + blank), ": ")];
                found.push(Candidate::new(ProblemKind::FullWidthColon, colon, mend));
            }
            Some(':') if behind != Some('/') || !body[word..].starts_with("://") => {
                after_colon(text, at, found)
            }
            _ => {}
        }
    }
}

/// What is tried when nothing else fits: a line that would be a pair if it had a colon, and text of any other kind.
pub(super) fn last_resort(draft: &Draft<'_>, found: &mut Vec<Candidate>) {
    let text = &draft.text;
    for entry in draft.tree.entries.iter().filter(|entry| entry.key.is_none()) {
        let line = first_line(text, entry.span);
        let piece = line.of(text);
        if begins_with_known_key(piece) {
            let word = piece.find(char::is_whitespace).unwrap_or(piece.len());
            let at = line.start + word;
            let blank = piece[word..].chars().next().map_or(0, char::len_utf8);
            let colon = if blank == 0 { ":" } else { ": " };
            let mend = vec![TextEdit::replace(Span::new(at, at + blank), colon)];
            found.push(Candidate::new(ProblemKind::MissingColon, Span::new(line.start, at), mend));
        } else if !piece.starts_with('-') {
            // What it should be only the author knows. The lines below it may be its value.
            for pair in ["k: v", "k:"] {
                let proof = vec![TextEdit::replace(line, pair)];
                found.push(Candidate::unmended(ProblemKind::MissingColon, line, proof));
            }
        }
    }
}
