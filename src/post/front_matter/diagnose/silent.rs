//! Mistakes of form in a block that loads: Jekyll says nothing, and reads something else than was meant.

use std::collections::HashMap;

use foldhash::quality::RandomState;

use super::super::scalar::{Mapping, Pair, Style, Value};
use super::super::tree::{BlockList, Entry, EntryValue, Item, Quote, Scalar, Tree, usual_scalar};
use super::super::{Problem, ProblemKind};
use super::candidates::ends_in_lone_quote;
use super::first_line;
use super::key_like::begins_with_known_key;
use super::list_marks::{lines_of, marked_line};
use super::quoting::quote;
use crate::text::{Span, TextEdit};

/// Those of a block that ends at a byte, and of which [`Loaded::is_usual`](super::super::loaded::Loaded::is_usual) says so:
/// its keys are plain words, each there once, what looks like a list is one, and no value goes over lines.
pub(in super::super) fn usual_problems(text: &str, end: usize, values: &Mapping) -> Vec<Problem> {
    let mut found = Vec::new();
    let start = values.iter().next().map_or(end, |first| first.key.span.start);
    let has_invisible = may_have_invisible(Span::new(start, end).of(text));
    for Pair { key, value: node } in values.iter() {
        let key = key.span.of(text);
        let written = match &node.value {
            Value::List(items) => items,
            _ if node.span.is_empty() => continue,
            _ => std::slice::from_ref(node),
        };
        if has_invisible && is_compared(key) {
            written.iter().for_each(|node| invisible(text, node.span, &mut found));
        }
        match node.style {
            Style::Flow => written.iter().for_each(|node| flow_item(text, usual_scalar(node), &mut found)),
            Style::Block => {}
            _ => scalar_value(text, key, usual_scalar(node), &mut found),
        }
    }
    found
}

/// All of them, of any other block.
pub(in super::super) fn silent_problems(text: &str, tree: &Tree) -> Vec<Problem> {
    let mut found = Vec::new();
    duplicate_keys(text, tree, &mut found);
    let ends = tree.entries.first().zip(tree.entries.last());
    let has_invisible =
        ends.is_some_and(|(first, last)| may_have_invisible(first.span.cover(last.span).of(text)));
    for entry in &tree.entries {
        if let Some(key) = entry.key.filter(|key| key.quote == Quote::Plain) {
            ideographic_ends(text, key.span, &mut found);
            reserved_key(text, key.span, &mut found);
            invisible(text, key.span, &mut found);
        }
        if has_invisible && is_compared(entry.key_text(text)) {
            entry.value.scalars().for_each(|scalar| invisible(text, scalar.span, &mut found));
        }
        if list_marks(text, entry, &mut found) {
            continue;
        }
        match &entry.value {
            EntryValue::Scalar(scalar) => scalar_value(text, entry.key_text(text), *scalar, &mut found),
            EntryValue::Flow(list) => {
                for scalar in list.items.iter().filter_map(Item::scalar) {
                    flow_item(text, *scalar, &mut found);
                }
            }
            EntryValue::Block(list) => {
                swallowed_items(text, entry, list, &mut found);
                for item in &list.items {
                    if let Item::Other(span) = item.item {
                        glued_colons(text, span, &mut found);
                    }
                }
            }
            EntryValue::Other(span) => {
                glued_dashes(text, *span, &mut found);
                glued_colons(text, *span, &mut found);
                glued_keys(text, entry, *span, &mut found);
            }
            EntryValue::Empty => {}
        }
    }
    found
}

/// Lines below a key of a list that are items behind marks that YAML does not know: to Jekyll they are one text. True where
/// the entry is such a list, or a line of one.
fn list_marks(text: &str, entry: &Entry, found: &mut Vec<Problem>) -> bool {
    if entry.key.is_none() {
        return lines_of(text, entry.span).next().is_some_and(|line| marked_line(text, line).is_some());
    }
    let Some(colon) = entry.colon.filter(|_| takes_a_list(entry.key_text(text))) else { return false };
    let mut lines = lines_of(text, Span::new(colon + 1, entry.span.end));
    if !lines.next().is_some_and(|rest| rest.of(text).trim().is_empty()) {
        return false;
    }
    let (mut indent, mut marked) = (None, Vec::new());
    for line in lines.filter(|line| !line.of(text).trim().is_empty()) {
        let whole = line.of(text);
        let blanks = whole.len() - whole.trim_start_matches(' ').len();
        let own = marked_line(text, line);
        let is_item = own.is_some() || whole[blanks..].starts_with("- ");
        let same = own.as_ref().map_or(blanks, |line| line.indent.len());
        if !is_item || *indent.get_or_insert(same) != same {
            return false;
        }
        marked.extend(own);
    }
    let is_marked = !marked.is_empty();
    found.extend(marked.into_iter().map(|line| line.problem(false)));
    is_marked
}

fn silent(kind: ProblemKind, span: Span, mend: Vec<TextEdit>) -> Problem {
    Problem { kind, span, related: None, mend, breaks: false }
}

/// A key that is there twice: Jekyll takes the last one.
fn duplicate_keys(text: &str, tree: &Tree, found: &mut Vec<Problem>) {
    let mut first: HashMap<&str, Span, RandomState> = HashMap::default();
    for entry in &tree.entries {
        let Some(key) = entry.key.filter(|key| key.closed) else { continue };
        let name = key.content.of(text);
        if name == "<<" {
            continue;
        }
        match first.get(name) {
            Some(place) => {
                let problem = silent(ProblemKind::DuplicateKey, key.span, Vec::new());
                found.push(Problem { related: Some(*place), ..problem });
            }
            None => {
                first.insert(name, key.span);
            }
        }
    }
}

fn scalar_value(text: &str, key: &str, scalar: Scalar, found: &mut Vec<Problem>) {
    if scalar.quote != Quote::Plain {
        found.extend(swallowed_key(text, scalar));
        return;
    }
    let value = scalar.span.of(text);
    ideographic_ends(text, scalar.span, found);
    if let Some(problem) = lone_closing_quote(scalar.span, value) {
        found.push(problem);
    }
    if takes_a_list(key) {
        full_width_brackets(scalar.span, value, found);
    }
    if is_compared(key) {
        wide_quotes(scalar.span, value, found);
    }
}

/// A key whose value has to be the very same as a name elsewhere.
fn is_compared(key: &str) -> bool {
    takes_a_list(key) || matches!(key, "layout" | "permalink" | "slug" | "date" | "published")
}

/// Characters of no width, which no editor shows: with one a key or a tag is another.
fn invisible(text: &str, span: Span, found: &mut Vec<Problem>) {
    let is_one =
        |c: char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}');
    if !may_have_invisible(span.of(text)) {
        return;
    }
    for (at, c) in span.of(text).char_indices().filter(|(_, c)| is_one(*c)) {
        let place = Span::new(span.start + at, span.start + at + c.len_utf8());
        found.push(silent(ProblemKind::ControlCharacter, place, vec![TextEdit::delete(place)]));
    }
}

/// Whether a byte is there with which one of them begins.
fn may_have_invisible(text: &str) -> bool {
    memchr::memchr3(0xc2, 0xe2, 0xef, text.as_bytes()).is_some()
}

/// `- a` and, deeper, `- b`: to YAML the second line goes on with the text of the first.
fn swallowed_items(text: &str, entry: &Entry, list: &BlockList, found: &mut Vec<Problem>) {
    let line_start = |at: usize| text[..at].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let ends = list.items.iter().skip(1).map(|next| line_start(next.dash)).chain([entry.span.end]);
    for (item, end) in list.items.iter().zip(ends) {
        let Some(scalar) = item.item.scalar().filter(|scalar| scalar.quote == Quote::Plain) else { continue };
        let indent = Span::new(line_start(item.dash), item.dash);
        // Behind a tab nothing is deeper or less deep.
        if !indent.of(text).trim_matches(' ').is_empty() {
            continue;
        }
        for line in lines_of(text, Span::new(scalar.span.end, end.max(scalar.span.end))).skip(1) {
            let deeper = Span::new(line.start, first_line(text, line).start.min(line.end));
            if deeper.len() > indent.len() && text[deeper.end..].starts_with("- ") {
                let mend = vec![TextEdit::replace(deeper, indent.of(text))];
                let related = Some(Span::new(item.dash, item.dash + 1));
                found.push(Problem { related, ..silent(ProblemKind::WrongIndentation, deeper, mend) });
            }
        }
    }
}

/// Lines `name:Jane` below a key, and nothing else: one text, no mapping.
fn glued_keys(text: &str, entry: &Entry, span: Span, found: &mut Vec<Problem>) {
    let is_text =
        matches!(entry.key_text(text), "title" | "subtitle" | "description" | "excerpt" | "summary");
    let glued = |line: Span| {
        let colon = line.of(text).find(':')?;
        let (key, value) = (&line.of(text)[..colon], &line.of(text)[colon + 1..]);
        let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let has_value = value.starts_with(|c: char| !c.is_whitespace()) && !value.starts_with("//");
        (is_key && has_value && !line.of(text).contains(": ")).then_some(line.start + colon)
    };
    let starts_below = entry.colon.is_some_and(|colon| text[colon..span.start].contains('\n'));
    let lines = lines_of(text, span).map(|line| first_line(text, line));
    let Some(colons) = lines.map(glued).collect::<Option<Vec<_>>>() else { return };
    if is_text || !starts_below {
        return;
    }
    // One alone would make a mapping of one line, and an error of the next.
    let mend = colons.iter().map(|at| TextEdit::insert(at + 1, " ")).collect();
    if let Some(first) = colons.first() {
        found.push(silent(ProblemKind::NoSpaceAfterColon, Span::new(*first, first + 1), mend));
    }
}

/// `{path:/a.png}`: without a blank behind the colon all of it is a key, and has no value.
fn glued_colons(text: &str, span: Span, found: &mut Vec<Problem>) {
    let value = span.of(text);
    let Some(inner) = value.strip_prefix('{').filter(|inner| !inner.starts_with(['{', '%'])) else { return };
    if inner.contains(['"', '\'']) {
        return;
    }
    for piece in inner.split([',', '{', '}', '[', ']']) {
        let Some(colon) = piece.find(':') else { continue };
        let key = piece[..colon].trim_start();
        let is_key = key.starts_with(|c: char| c.is_alphabetic())
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let behind = &piece[colon + 1..];
        let glued = behind.starts_with(|c: char| !c.is_whitespace()) && !behind.starts_with("//");
        if is_key && glued && !piece.contains(": ") {
            let at = span.start + (piece.as_ptr() as usize - value.as_ptr() as usize) + colon;
            let mend = vec![TextEdit::insert(at + 1, " ")];
            found.push(silent(ProblemKind::NoSpaceAfterColon, Span::new(at, at + 1), mend));
        }
    }
}

/// U+3000 at an end of a value, where it is not seen and does not vanish as a blank does.
fn ideographic_ends(text: &str, span: Span, found: &mut Vec<Problem>) {
    let value = span.of(text);
    let blank = [' ', '\u{3000}', '\u{a0}'];
    if !value.starts_with(blank) && !value.ends_with(blank) {
        return;
    }
    let start = Span::new(span.start, span.start + (value.len() - value.trim_start_matches(blank).len()));
    let end = Span::new(span.end - (value.len() - value.trim_end_matches(blank).len()), span.end);
    for run in [start, end] {
        let piece = run.of(text);
        let kind = if piece.contains('\u{3000}') {
            ProblemKind::IdeographicSpace
        } else {
            ProblemKind::NoBreakSpace
        };
        if !piece.trim_matches(' ').is_empty() {
            found.push(silent(kind, run, vec![TextEdit::delete(run)]));
        }
        if run == end && start == end {
            break;
        }
    }
}

/// `*x: y`, `&x y: z`, `!x y: z`: the word is an alias, an anchor or a tag, and no part of the key.
fn reserved_key(text: &str, span: Span, found: &mut Vec<Problem>) {
    if span.of(text).starts_with(['*', '&', '!']) {
        let first = Span::new(span.start, span.start + 1);
        found.push(silent(ProblemKind::ReservedStart, first, quote(text, span)));
    }
}

/// A quoted value over lines of which one is another entry: its own quote is missing, and the next entry's closes it.
fn swallowed_key(text: &str, scalar: Scalar) -> Option<Problem> {
    let mark = if scalar.quote == Quote::Double { "\"" } else { "'" };
    let swallows = |line: &str| {
        line.split_once(':').is_some_and(|(key, rest)| {
            let is_key =
                !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
            is_key && rest.starts_with(' ') && (begins_with_known_key(key) || rest.trim().starts_with(mark))
        })
    };
    let has_one = scalar.span.of(text).lines().skip(1).any(swallows);
    has_one.then(|| {
        let first = first_line(text, scalar.span);
        silent(ProblemKind::UnclosedQuote, first, vec![TextEdit::insert(first.end, mark)])
    })
}

/// `AI"`: a closing quote without the opening one. `27"` is inches.
fn lone_closing_quote(span: Span, value: &str) -> Option<Problem> {
    let mark = ends_in_lone_quote(value)?;
    let before = value[..value.len() - 1].chars().last()?;
    let plain_text = !before.is_ascii_digit()
        && !before.is_whitespace()
        && (mark == '"' || !before.eq_ignore_ascii_case(&'s'));
    let last = Span::new(span.end - 1, span.end);
    let mend = vec![TextEdit::insert(span.start, mark.to_string())];
    plain_text.then(|| silent(ProblemKind::UnclosedQuote, last, mend))
}

pub(super) fn takes_a_list(key: &str) -> bool {
    matches!(
        key,
        "tags" | "tag" | "categories" | "category" | "keywords" | "aliases" | "authors" | "redirect_from"
    )
}

/// `tags: ［a、b］`: one text, not a list.
fn full_width_brackets(span: Span, value: &str, found: &mut Vec<Problem>) {
    let Some(open) = value.chars().next().filter(|c| matches!(c, '［' | '【' | '〔')) else { return };
    let Some(close) = value.chars().last().filter(|c| matches!(c, '］' | '】' | '〕' | ']')) else {
        return;
    };
    let first = Span::new(span.start, span.start + open.len_utf8());
    let last = Span::new(span.end - close.len_utf8(), span.end);
    let inner = &value[open.len_utf8()..value.len() - close.len_utf8()];
    let mut mend = vec![TextEdit::replace(first, "["), TextEdit::replace(last, "]")];
    for (at, c) in inner.char_indices().filter(|(_, c)| matches!(c, '，' | '、' | '､')) {
        let at = first.end + at;
        mend.push(TextEdit::replace(Span::new(at, at + c.len_utf8()), ", "));
    }
    found.push(Problem { related: Some(last), ..silent(ProblemKind::FullWidthBracket, first, mend) });
}

fn flow_item(text: &str, scalar: Scalar, found: &mut Vec<Problem>) {
    let value = scalar.span.of(text);
    if scalar.quote != Quote::Plain {
        return;
    }
    ideographic_ends(text, scalar.span, found);
    if let Some(problem) = lone_closing_quote(scalar.span, value) {
        found.push(problem);
    }
    wide_quotes(scalar.span, value, found);
}

/// `“AI”` as a whole value: the quotes are a part of it.
fn wide_quotes(span: Span, value: &str, found: &mut Vec<Problem>) {
    let (Some(open), Some(close)) = (value.chars().next(), value.chars().last()) else { return };
    let pair = matches!(
        (open, close),
        ('“' | '”', '“' | '”') | ('＂', '＂') | ('‘' | '’', '‘' | '’') | ('＇', '＇')
    );
    if pair && value.chars().count() > 2 {
        let first = Span::new(span.start, span.start + open.len_utf8());
        let last = Span::new(span.end - close.len_utf8(), span.end);
        let mend = vec![TextEdit::replace(first, "\""), TextEdit::replace(last, "\"")];
        found.push(Problem { related: Some(last), ..silent(ProblemKind::FullWidthQuote, first, mend) });
    }
}

/// `-a` lines, or `-` with an ideographic space, below a key: one text, not a list.
fn glued_dashes(text: &str, span: Span, found: &mut Vec<Problem>) {
    let glued = |line: &str| {
        line.starts_with('-') && !line.starts_with("--") && line.len() > 1 && !line.starts_with("- ")
    };
    let lines: Vec<Span> = super::super::tree::lines(text, span).map(|line| first_line(text, line)).collect();
    let dashed = |line: &Span| line.of(text).starts_with('-');
    if !lines.first().is_some_and(|first| glued(first.of(text))) || !lines.iter().all(dashed) {
        return;
    }
    for line in lines.into_iter().filter(|line| glued(line.of(text))) {
        let rest = &line.of(text)[1..];
        let blank = rest.len() - rest.trim_start_matches(['\u{3000}', '\u{a0}']).len();
        let run = Span::new(line.start + 1, line.start + 1 + blank);
        let (kind, place) = match run.of(text).chars().next() {
            Some('\u{3000}') => (ProblemKind::IdeographicSpace, run),
            Some(_) => (ProblemKind::NoBreakSpace, run),
            None => (ProblemKind::NoSpaceAfterDash, Span::new(line.start, line.start + 1)),
        };
        found.push(silent(kind, place, vec![TextEdit::replace(run, " ")]));
    }
}
