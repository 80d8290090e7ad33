//! Which mistakes the author made in a block that does not load.
//!
//! libyaml names one place, and seldom the right one. So each entry that does not load alone is repaired: a
//! [`candidates`] function proposes mistakes with their mends, and the first set of mends with which the entry loads
//! is the diagnosis. Every diagnosis is thus proven by its mend. The same mends become the quick fixes.

mod candidates;
mod draft;
mod key_like;
mod list_marks;
mod odd_blanks;
mod quoting;
mod silent;

use super::tree::{Entry, EntryValue, Quote, Tree};
use super::yaml::{self, Loaded, YamlError, YamlErrorKind};
use super::{Mapping, Node, Problem, ProblemKind, Value};
use crate::limits::{MAX_DIAGNOSIS_BYTES, MAX_DIAGNOSIS_LOADS, MAX_DIAGNOSIS_WORK};
use crate::text::edit::apply;
use crate::text::{Span, TextEdit};
use draft::Draft;
use key_like::{begins_with_known_key, begins_with_wide_colon};
use list_marks::{lines_of, marked_line};

pub(super) use silent::{silent_problems, usual_problems};

/// A proposal: these mistakes, mended at once. Spans are of the draft.
#[derive(Clone, Debug)]
struct Candidate {
    problems: Vec<Problem>,
    /// Edits that stand for a mend that only the author knows.
    proof: Vec<TextEdit>,
}

impl Candidate {
    fn new(kind: ProblemKind, span: Span, mend: Vec<TextEdit>) -> Self {
        Candidate {
            problems: vec![Problem { kind, span, related: None, mend, breaks: true }],
            proof: Vec::new(),
        }
    }

    /// A mistake whose mend only the author knows; without the edits of `proof` the rest loads.
    fn unmended(kind: ProblemKind, span: Span, proof: Vec<TextEdit>) -> Self {
        Candidate { proof, ..Candidate::new(kind, span, Vec::new()) }
    }

    fn related(mut self, span: Span) -> Self {
        self.problems.iter_mut().for_each(|problem| problem.related = Some(span));
        self
    }

    fn edits(&self) -> Vec<TextEdit> {
        self.problems.iter().flat_map(|problem| &problem.mend).chain(&self.proof).cloned().collect()
    }
}

/// The mistakes of a block that does not load, and the pairs of its healthy lines.
///
/// `bad_values`: Ruby raises on a value somewhere in the block. Else an entry that raises alone is taken for one that
/// merges a mapping from another entry.
pub(super) fn broken(text: &str, tree: &Tree, bad_values: bool) -> (Vec<Problem>, Mapping) {
    let mut diagnosis = Diagnosis {
        text,
        tree,
        problems: Vec::new(),
        healthy: Mapping::default(),
        loads: 0,
        work: 0,
        bad_values,
    };
    let mut rest = tree.entries.as_slice();
    while let Some(first) = rest.first() {
        let taken = diagnosis.entry(first, rest);
        rest = &rest[taken.max(1)..];
    }
    (diagnosis.problems, diagnosis.healthy)
}

struct Diagnosis<'t> {
    text: &'t str,
    tree: &'t Tree,
    problems: Vec<Problem>,
    healthy: Mapping,
    loads: usize,
    /// What was loaded so far beside the entries as they are, in bytes.
    work: usize,
    bad_values: bool,
}

/// How many mistakes are looked for together in one entry.
const MOST_MISTAKES_AT_ONCE: usize = 3;

/// How long a line is at least, in characters, behind which a text was wrapped.
const LEAST_WRAPPED_CHARS: usize = 50;

/// A line that goes on with a text, rather than an entry with a mistake in it.
fn is_prose(line: &str) -> bool {
    let punctuated = line.starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '“' | '「' | '‘'));
    !line.contains([':', '：']) && !punctuated && !begins_with_known_key(line) && line.contains(' ')
}

/// A line behind which a text was wrapped, by its length.
fn is_wrapped(line: &str) -> bool {
    line.chars().count() >= LEAST_WRAPPED_CHARS
}

/// One word such as keys are: an author who types `excerpt:` has come to `exc`.
fn is_begun_key(line: &str) -> bool {
    let word = line.trim_end();
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
}

/// A key whose values are several, by its name.
fn names_a_list(key: &str) -> bool {
    silent::takes_a_list(key) || key.ends_with('s')
}

/// A line of the body rather than a value.
fn is_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['。', '．', '.', '!', '?', '！', '？']) && !line.contains(':')
}

/// How many lines at column 0 a quote may run over.
const MOST_LINES_OF_A_QUOTE: usize = 40;

/// How many entries a quote or a bracket may run over.
const MOST_ENTRIES_OF_A_VALUE: usize = 8;

/// How much dearer it is to propose mistakes in a draft than to load it.
const COST_OF_PROPOSALS: usize = 8;

impl Diagnosis<'_> {
    /// Whether enough was tried on this block.
    fn is_tired(&self) -> bool {
        self.loads >= MAX_DIAGNOSIS_LOADS || self.work >= MAX_DIAGNOSIS_WORK
    }

    /// Takes the first of `rest`, or more where they belong together; gives how many.
    fn entry(&mut self, first: &Entry, rest: &[Entry]) -> usize {
        self.loads += 1;
        let error = match yaml::load(self.text, first.span) {
            Ok(loaded) if self.keep_pair(&loaded, first.span) => return 1,
            Ok(_) => None,
            Err(error) => Some(error),
        };
        if is_open(first) && !self.is_tired() {
            for more in 2..=rest.len().min(MOST_ENTRIES_OF_A_VALUE) {
                if is_swallowed(&rest[more - 1], self.text) {
                    break;
                }
                let span = first.span.cover(rest[more - 1].span);
                self.loads += 1;
                self.work += yaml::cost(span.of(self.text));
                if self.is_tired() {
                    break;
                }
                if yaml::load(self.text, span).is_ok_and(|loaded| self.keep_pair(&loaded, span)) {
                    return more;
                }
            }
        }
        if let Some(taken) = self.quote_over_lines(first, rest) {
            return taken;
        }
        let text = self.text;
        match error.as_ref().map(|error| error.kind) {
            Some(YamlErrorKind::Value) if !self.bad_values => return 1,
            Some(YamlErrorKind::Value | YamlErrorKind::TooDeep) => {
                self.problems.push(unreadable(text, first, error.as_ref()));
                return 1;
            }
            _ => {}
        }
        if let Some(problem) = self.continues(first) {
            self.problems.push(problem);
            return 1;
        }
        if let Some(repair) = self.repair(text, first.span) {
            self.accept(first.span.start, repair);
            return 1;
        }
        self.problems.push(unreadable(text, first, error.as_ref()));
        1
    }

    /// Keeps what a span gives that loads alone, where that is exactly one pair.
    fn keep_pair(&mut self, loaded: &Loaded, span: Span) -> bool {
        let whole = Span::new(loaded.end, span.end).of(self.text).trim().is_empty();
        let Some(Value::Mapping(mapping)) = loaded.root.as_ref().map(|root| &root.value) else {
            return false;
        };
        match mapping.iter().as_slice() {
            [pair] if whole => {
                self.healthy.insert(pair.key.clone(), pair.value.clone());
                true
            }
            _ => false,
        }
    }

    /// A quoted value that runs on at column 0, over lines without a key, and is cut or closed too early: one mistake
    /// for all these lines. Gives how many entries they are.
    fn quote_over_lines(&mut self, first: &Entry, rest: &[Entry]) -> Option<usize> {
        let EntryValue::Scalar(scalar) = first.value else { return None };
        let keyless =
            rest[1..].iter().take(MOST_LINES_OF_A_QUOTE).take_while(|entry| entry.key.is_none()).count();
        let first_words = first_line(self.text, first.span).of(self.text);
        let wrapped = is_wrapped(first_words)
            && rest[1..]
                .iter()
                .take(keyless)
                .all(|entry| is_prose(first_line(self.text, entry.span).of(self.text)));
        if scalar.quote == Quote::Plain || keyless == 0 || !wrapped || self.is_tired() {
            return None;
        }
        let span = first.span.cover(rest[keyless].span);
        let end = span.start + span.of(self.text).trim_end().len();
        let open = Span::new(scalar.span.start, scalar.span.start + 1);
        let (mark, escape) = if scalar.quote == Quote::Double { ("\"", "\\") } else { ("'", "'") };
        let inner = Span::new(open.end, end);
        let closed = inner.of(self.text).ends_with(mark);
        let inside = Span::new(inner.start, if closed { end - 1 } else { end });
        let marks: Vec<usize> =
            inside.of(self.text).match_indices(mark).map(|(at, _)| inner.start + at).collect();
        let (kind, span, related, mend) = match marks.first() {
            Some(early) if closed => {
                let mend = marks.iter().map(|at| TextEdit::insert(*at, escape)).collect();
                (ProblemKind::TextAfterQuote, Span::new(*early, *early + 1), None, mend)
            }
            None if !closed => {
                let last = first_line(self.text, rest[keyless].span);
                (ProblemKind::UnclosedQuote, last, Some(open), vec![TextEdit::insert(end, mark)])
            }
            _ => return None,
        };
        self.loads += 1;
        let whole = first.span.cover(rest[keyless].span);
        self.work += yaml::cost(whole.of(self.text));
        let local: Vec<TextEdit> = mend
            .iter()
            .map(|edit: &TextEdit| TextEdit::insert(edit.span.start - whole.start, edit.new_text.as_str()))
            .collect();
        let draft = Draft::new(whole.of(self.text)).with(&local);
        let loaded = yaml::load(&draft.text, Span::new(0, draft.text.len())).ok()?;
        let one_pair = loaded.root?.value.as_mapping()?.len() == 1;
        one_pair.then(|| {
            self.problems.push(Problem { kind, span, related, mend, breaks: true });
            keyless + 1
        })
    }

    fn repair<'d>(&mut self, text: &'d str, span: Span) -> Option<Repair<'d>> {
        if span.len() > MAX_DIAGNOSIS_BYTES {
            return None;
        }
        let draft = Draft::new(span.of(text));
        for depth in 1..=MOST_MISTAKES_AT_ONCE {
            let mut found = Vec::new();
            if let Some(draft) = self.search(&draft, depth, &mut found) {
                let problems = found.into_iter().map(|problem| shifted(problem, span.start)).collect();
                return Some(Repair { problems, draft });
            }
        }
        None
    }

    /// Looks `depth` candidates deep for a set with which the draft loads.
    fn search<'d>(&mut self, draft: &Draft<'d>, depth: usize, found: &mut Vec<Problem>) -> Option<Draft<'d>> {
        if self.is_tired() {
            return None;
        }
        self.work += yaml::cost(&draft.text) * COST_OF_PROPOSALS;
        for candidate in candidates::all(draft) {
            if self.is_tired() {
                return None;
            }
            self.loads += 1;
            let next = draft.with(&candidate.edits());
            self.work += yaml::cost(&next.text);
            if next.text == draft.text {
                continue;
            }
            let before = found.len();
            found.extend(candidate.problems.iter().map(|problem| original(draft, problem)));
            let sound = if depth == 1 {
                next.is_sound().then_some(next)
            } else {
                self.search(&next, depth - 1, found)
            };
            if sound.is_some() {
                return sound;
            }
            found.truncate(before);
        }
        None
    }

    /// Takes the mistakes of a repair, and the values that the mended text has.
    fn accept(&mut self, start: usize, repair: Repair<'_>) {
        let Repair { problems, draft } = repair;
        self.problems.extend(problems);
        let mended =
            yaml::load(&draft.text, Span::new(0, draft.text.len())).ok().and_then(|loaded| loaded.root);
        if let Some(mapping) = mended.as_ref().and_then(|root| root.value.as_mapping()) {
            for pair in mapping.iter() {
                let place = |node| relocated(node, &|span| draft.original_span(span).shift(start));
                self.healthy.insert(place(&pair.key), place(&pair.value));
            }
        }
    }

    /// The mistake of a line at column 0 that was meant to go on with the value above it: with its text, or with its
    /// list.
    fn continues(&mut self, line: &Entry) -> Option<Problem> {
        let written = line.span.of(self.text);
        let known = begins_with_known_key(written) || begins_with_wide_colon(written);
        if line.key.is_some() || known || self.is_tired() {
            return None;
        }
        let before = self.tree.entries.partition_point(|entry| entry.span.start < line.span.start);
        let above = self.tree.entries[..before].iter().rev().take(MOST_ENTRIES_OF_A_VALUE);
        let previous = above.into_iter().find(|entry| entry.key.is_some())?;
        if let Some(problem) = self.marked(line, previous) {
            return Some(problem);
        }
        let span = first_line(self.text, line.span);
        let (kind, prefix) = match &previous.value {
            EntryValue::Scalar(scalar) if scalar.quote == Quote::Plain => {
                let above = first_line(self.text, previous.span);
                if is_begun_key(line.span.of(self.text)) && !is_wrapped(above.of(self.text)) {
                    return None;
                }
                (ProblemKind::WrongIndentation, "  ")
            }
            EntryValue::Other(value) if value.of(self.text).starts_with(['|', '>']) => {
                (ProblemKind::WrongIndentation, "  ")
            }
            EntryValue::Empty if !names_a_list(previous.key_text(self.text)) => {
                if is_sentence(span.of(self.text)) {
                    return None;
                }
                (ProblemKind::WrongIndentation, "  ")
            }
            EntryValue::Empty | EntryValue::Block(_) => (ProblemKind::MissingDash, "- "),
            _ => return None,
        };
        self.loads += 1;
        let both = previous.span.cover(line.span);
        // Lines between them that go on with the value as well are mended with this one.
        let inside = self.tree.entries[..before].iter().rev().take_while(|entry| entry.key.is_none());
        let mut edits: Vec<TextEdit> =
            inside.map(|entry| TextEdit::insert(entry.span.start - both.start, prefix)).collect();
        edits.reverse();
        edits.push(TextEdit::insert(line.span.start - both.start, prefix));
        self.work += both.len();
        let mended = apply(both.of(self.text), &edits);
        let sound = yaml::load(&mended, Span::new(0, mended.len())).is_ok();
        let mend = vec![TextEdit::insert(line.span.start, prefix)];
        sound.then_some(Problem { kind, span, related: None, mend, breaks: true })
    }
}

impl Diagnosis<'_> {
    /// A line at column 0 that is an item of the list above it, behind a mark that YAML does not know.
    fn marked(&mut self, line: &Entry, previous: &Entry) -> Option<Problem> {
        if !matches!(previous.value, EntryValue::Empty | EntryValue::Block(_)) {
            return None;
        }
        let own = lines_of(self.text, line.span).next().and_then(|line| marked_line(self.text, line))?;
        let both = previous.span.cover(line.span);
        let marked = lines_of(self.text, both).filter_map(|line| marked_line(self.text, line));
        let edits: Vec<TextEdit> = marked
            .map(|line| TextEdit {
                span: Span::new(line.mend.span.start - both.start, line.mend.span.end - both.start),
                ..line.mend
            })
            .collect();
        self.loads += 1;
        self.work += both.len();
        let mended = apply(both.of(self.text), &edits);
        let sound = yaml::load(&mended, Span::new(0, mended.len())).is_ok();
        sound.then(|| own.problem(true))
    }
}

struct Repair<'t> {
    problems: Vec<Problem>,
    draft: Draft<'t>,
}

/// A node with all its spans led elsewhere.
fn relocated(node: &Node, place: &dyn Fn(Span) -> Span) -> Node {
    let value = match &node.value {
        Value::List(items) => Value::List(items.iter().map(|item| relocated(item, place)).collect()),
        Value::Mapping(mapping) => {
            let mut moved = Mapping::default();
            for pair in mapping.iter() {
                moved.insert(relocated(&pair.key, place), relocated(&pair.value, place));
            }
            Value::Mapping(moved.into())
        }
        other => other.clone(),
    };
    Node { value, span: place(node.span), style: node.style }
}

/// An entry of its own behind a quote that is not closed: the quote before it is a slip, no value over lines.
fn is_swallowed(entry: &Entry, text: &str) -> bool {
    let quoted = matches!(&entry.value, EntryValue::Scalar(scalar) if scalar.quote != Quote::Plain);
    entry.key.is_some() && (quoted || begins_with_known_key(entry.key_text(text)))
}

fn is_open(entry: &Entry) -> bool {
    match &entry.value {
        EntryValue::Scalar(scalar) => !scalar.closed,
        EntryValue::Flow(list) => list.close.is_none(),
        EntryValue::Block(list) => {
            list.items.iter().any(|item| item.item.scalar().is_some_and(|scalar| !scalar.closed))
        }
        EntryValue::Other(_) => true,
        EntryValue::Empty => false,
    }
}

fn original(draft: &Draft<'_>, problem: &Problem) -> Problem {
    let place = |span: Span| draft.original_span(span);
    Problem {
        span: place(problem.span),
        related: problem.related.map(place),
        mend: problem.mend.iter().map(|edit| TextEdit { span: place(edit.span), ..edit.clone() }).collect(),
        ..problem.clone()
    }
}

fn shifted(problem: Problem, by: usize) -> Problem {
    Problem {
        span: problem.span.shift(by),
        related: problem.related.map(|span| span.shift(by)),
        mend: problem.mend.into_iter().map(|edit| TextEdit { span: edit.span.shift(by), ..edit }).collect(),
        ..problem
    }
}

/// The first line of a span without indentation and line break.
pub(super) fn first_line(text: &str, span: Span) -> Span {
    let whole = span.of(text);
    let line = whole.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or(whole);
    let start = span.start + (line.as_ptr() as usize - whole.as_ptr() as usize);
    let trimmed = line.trim_start();
    let start = start + line.len() - trimmed.len();
    Span::new(start, start + trimmed.trim_end().len())
}

/// An entry whose mistake is not found; `error` is why it does not load alone.
fn unreadable(text: &str, entry: &Entry, error: Option<&YamlError>) -> Problem {
    let (kind, span) = match error.map(|error| (error.kind, error.offset)) {
        Some((YamlErrorKind::TooDeep, _)) => (ProblemKind::NestedTooDeep, first_line(text, entry.span)),
        Some((YamlErrorKind::Value, _)) => (ProblemKind::BadMerge, merge_line(text, entry.span)),
        Some((_, at)) => (ProblemKind::Unreadable, line_of(text, entry.span, at)),
        None => (ProblemKind::Unreadable, first_line(text, entry.span)),
    };
    Problem { kind, span, related: None, mend: Vec::new(), breaks: true }
}

/// The line of `span` at which libyaml gave up, where it has one with something in it; else the first.
fn line_of(text: &str, span: Span, at: usize) -> Span {
    let before = text.get(span.start..at.min(span.end)).unwrap_or_default();
    let start = before.rfind(['\n', '\r']).map_or(span.start, |at| span.start + at + 1);
    let rest = Span::new(start, span.end);
    let line = rest.of(text).split(['\n', '\r']).next().unwrap_or_default();
    if line.trim().is_empty() {
        return first_line(text, span);
    }
    first_line(text, Span::new(start, start + line.len()))
}

fn merge_line(text: &str, span: Span) -> Span {
    let at = span.of(text).find("<<").map_or(span.start, |at| span.start + at);
    first_line(text, Span::new(at, span.end))
}
