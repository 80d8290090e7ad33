//! From a text to its [`FrontMatter`]: the whole block first, entry by entry where that fails.

use std::sync::{Arc, OnceLock};

use super::diagnose::{broken, first_line, silent_problems, usual_problems};
use super::fence::{Fence, FenceState};
use super::tree::{Entry, EntryValue};
use super::yaml::{self, YamlErrorKind};
use super::{FrontMatter, Load, Mapping, Node, Problem, ProblemKind, Tree, Value};
use crate::limits::MAX_PROBLEMS;
use crate::text::edit::apply;
use crate::text::{Span, TextEdit};

/// Reads the block that `fence` found in `text`.
pub fn front_matter(text: &str, fence: Fence) -> FrontMatter {
    // The opening line of a block that Jekyll does not see may be anything.
    let yaml = if fence.state == FenceState::Seen { fence.yaml() } else { fence.content };
    let (mut repeated, mut is_usual) = (Vec::new(), false);
    let (load, values, end, error) = match yaml::load(text, yaml) {
        Ok(loaded) => {
            let (load, values) = verdict(loaded.root);
            (repeated, is_usual) = (loaded.repeated, loaded.is_usual);
            (load, values, loaded.end, None)
        }
        Err(error) => (Load::Broken, Arc::default(), fence.content.end, Some(error)),
    };
    if is_usual {
        // All of it is read, and no value can go on behind its end. The tree is soon made where it is asked for.
        let problems = usual_problems(text, fence.content.end, &values);
        return finished(fence, load, values, problems, None);
    }
    let mut tree = super::tree_of(text, fence.content, &values, false);
    let mut problems = Vec::new();
    let values = match load {
        Load::Absent | Load::Mapping => {
            problems.extend(never_read(text, &fence, &tree, end));
            problems.extend(fence_in_value(text, &fence, &tree).filter(|problem| !problem.breaks));
            problems.extend(repeated.into_iter().map(|(span, first)| Problem {
                kind: ProblemKind::DuplicateKey,
                span,
                related: Some(first),
                mend: Vec::new(),
                breaks: false,
            }));
            values
        }
        Load::Broken | Load::NotMapping => {
            let bad_values = error.is_some_and(|error| error.kind == YamlErrorKind::Value);
            let (mut found, healthy) = broken(text, &tree, bad_values);
            found.splice(0..0, opening_characters(text, &fence));
            match fence_in_value(text, &fence, &tree) {
                Some(problem) => problems.push(problem),
                None if load == Load::NotMapping && is_prose(&tree) && !found.iter().any(makes_a_pair) => {
                    problems.push(unexplained(text, &fence, load));
                }
                None if found.is_empty() => {
                    let marks = order_marks(text, &fence);
                    if marks.is_empty() {
                        problems.push(unexplained(text, &fence, load))
                    }
                    problems.extend(marks);
                }
                None => problems.extend(found),
            }
            // The healthy values show which lines only look like entries.
            if !healthy.is_empty() {
                tree = super::tree_of(text, fence.content, &healthy, false);
            }
            Arc::new(healthy)
        }
    };
    problems.extend(silent_problems(text, &tree));
    finished(fence, load, values, problems, Some(tree))
}

/// What was read. `tree`: none of a usual block.
fn finished(
    fence: Fence,
    load: Load,
    values: Arc<Mapping>,
    mut problems: Vec<Problem>,
    tree: Option<Tree>,
) -> FrontMatter {
    problems.sort_by_key(|problem| (problem.span, !problem.breaks));
    let mut kept = [0, 0];
    problems.retain(|problem| {
        let kept = &mut kept[usize::from(problem.breaks)];
        *kept += 1;
        *kept <= MAX_PROBLEMS
    });
    problems.dedup_by(|later, first| later.span == first.span && later.kind == first.kind);
    let load = if fence.state == FenceState::Seen { load } else { Load::Absent };
    let is_usual = tree.is_none();
    FrontMatter { fence, load, values, problems, is_usual, tree: tree.map_or_else(OnceLock::new, Into::into) }
}

/// [`front_matter`] of which only the values are wanted: where the block loads, there is no problem in it.
pub fn values(text: &str, fence: Fence) -> FrontMatter {
    let yaml = if fence.state == FenceState::Seen { fence.yaml() } else { fence.content };
    let loaded = yaml::load(text, yaml).map(|loaded| (verdict(loaded.root), loaded.is_usual));
    let Ok(((Load::Mapping, values), is_usual)) = loaded else { return front_matter(text, fence) };
    let load = if fence.state == FenceState::Seen { Load::Mapping } else { Load::Absent };
    FrontMatter { fence, load, values, problems: Vec::new(), is_usual, tree: OnceLock::new() }
}

/// Form feeds and vertical tabs behind the opening `---`: Jekyll takes them for white space, libyaml does not.
fn opening_characters(text: &str, fence: &Fence) -> Vec<Problem> {
    let rest = Span::new(fence.opening.end, fence.content.start);
    let places = rest.of(text).char_indices().filter(|(_, c)| yaml::not_allowed(*c));
    let problem = |(at, c): (usize, char)| {
        let span = Span::new(rest.start + at, rest.start + at + c.len_utf8());
        let mend = vec![TextEdit::delete(span)];
        Problem { kind: ProblemKind::ControlCharacter, span, related: None, mend, breaks: true }
    };
    if fence.state == FenceState::Seen { places.map(problem).collect() } else { Vec::new() }
}

/// Byte order marks inside the block, as files that were put together leave them: an entry that begins with one loads
/// alone, and not in the block.
fn order_marks(text: &str, fence: &Fence) -> Vec<Problem> {
    let marks = fence.content.of(text).match_indices('\u{feff}');
    let problem = |(at, mark): (usize, &str)| {
        let span = Span::new(fence.content.start + at, fence.content.start + at + mark.len());
        let mend = vec![TextEdit::delete(span)];
        Problem { kind: ProblemKind::ControlCharacter, span, related: None, mend, breaks: true }
    };
    marks.map(problem).collect()
}

fn verdict(root: Option<Node>) -> (Load, Arc<Mapping>) {
    match root.map(|node| node.value) {
        Some(Value::Mapping(mapping)) => (Load::Mapping, mapping),
        None | Some(Value::Null | Value::Bool(false)) => (Load::Mapping, Arc::default()),
        Some(_) => (Load::NotMapping, Arc::default()),
    }
}

/// Text of the block after the end of the first document.
fn never_read(text: &str, fence: &Fence, tree: &Tree, end: usize) -> Option<Problem> {
    let rest = Span::new(end.max(fence.content.start), fence.content.end);
    let unread =
        rest.of(text).lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    if !unread {
        return None;
    }
    let problem = |kind, span, mend| Some(Problem { kind, span, related: None, mend, breaks: false });
    let first = tree.entries.first();
    if let Some(indent) = first.map(|entry| indentation(text, entry)).filter(|indent| !indent.is_empty())
        && tree
            .entries
            .iter()
            .any(|entry| entry.span.start == rest.start || indentation(text, entry).is_empty())
    {
        return problem(ProblemKind::FirstKeyIndented, indent, vec![TextEdit::delete(indent)]);
    }
    problem(ProblemKind::NeverRead, first_line(text, rest), Vec::new())
}

fn indentation(text: &str, entry: &Entry) -> Span {
    let whole = entry.span.of(text);
    Span::new(entry.span.start, entry.span.start + (whole.len() - whole.trim_start_matches(' ').len()))
}

/// A block with no key at all.
fn is_prose(tree: &Tree) -> bool {
    tree.entries.iter().all(|entry| entry.key.is_none())
}

/// A mistake whose mend gives the block a key.
fn makes_a_pair(problem: &Problem) -> bool {
    !problem.mend.is_empty() && !matches!(problem.kind, ProblemKind::StrayListItem | ProblemKind::Unreadable)
}

/// Each entry loads alone, and yet the whole does not.
fn unexplained(text: &str, fence: &Fence, load: Load) -> Problem {
    let kind = if load == Load::NotMapping { ProblemKind::NotMapping } else { ProblemKind::Unreadable };
    let span = first_line(text, fence.content);
    Problem { kind, span, related: None, mend: Vec::new(), breaks: true }
}

/// The closing line, where it stands inside a value that goes on below it: with the line indented, and the block
/// going on to the next closing line, all of it loads. A block scalar that ends there loads as well, without its rest.
fn fence_in_value(text: &str, fence: &Fence, tree: &Tree) -> Option<Problem> {
    let closing = fence.closing.filter(|_| fence.state == FenceState::Seen)?;
    let last = tree.entries.last()?;
    let open = match &last.value {
        EntryValue::Scalar(scalar) => !scalar.closed,
        EntryValue::Flow(list) => list.close.is_none(),
        _ => false,
    };
    let rest = Span::new(fence.body_start, text.len());
    let goes_on = !open && is_block_scalar(text, last) && rest.of(text).starts_with("  ");
    if !open && !goes_on {
        return None;
    }
    let next = super::tree::lines(text, rest)
        .take(40)
        .find(|line| matches!(line.of(text).trim_end(), "---" | "..."))?;
    let indent = if goes_on { "  " } else { " " };
    let mended = apply(text, &[TextEdit::insert(closing.start, indent)]);
    let whole = Span::new(fence.opening.start, next.start + indent.len());
    let loads = yaml::load(&mended, whole)
        .is_ok_and(|loaded| loaded.root.is_some_and(|root| root.value.as_mapping().is_some()));
    loads.then(|| Problem {
        kind: ProblemKind::FenceInValue,
        span: closing,
        related: Some(first_line(text, last.span)),
        mend: Vec::new(),
        breaks: open,
    })
}

/// Whether an entry's value begins with `|` or `>` and has its lines below.
fn is_block_scalar(text: &str, entry: &Entry) -> bool {
    let Some(colon) = entry.colon else { return false };
    let value = Span::new(colon + 1, entry.span.end.max(colon + 1)).of(text);
    value.trim_start_matches([' ', '\t']).starts_with(['|', '>']) && value.contains('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_blocks_end() {
        let many = |line: &str| format!("---\ntitle: x\n{}---\n", line.repeat(20_000));
        let texts = [
            many("a b\n"),
            many("- a\n"),
            many("k: [\n"),
            many("k: \"\n"),
            many("k： v\n"),
            format!("---\nk: {}\n---\n", "x: ".repeat(50_000)),
            format!("---\nk: [{}\n---\n", "\"a\" ".repeat(20_000)),
            format!("---\n{}\n---\n", "[".repeat(100_000)),
        ];
        for text in texts {
            let front_matter = FrontMatter::parse(&text);
            assert!(!front_matter.problems.is_empty(), "{}", &text[..40]);
        }
    }

    #[test]
    fn the_values_alone_are_those_of_the_whole() {
        for text in [
            "---\ntitle: 題名\ntags: [a, b]\n---\n本文\n",
            "---\r\ntags:\r\n- 東京\r\n- \"b\"\r\n---\r\n",
            "---\ntitle: |\n  a: b\nx: {y: z} # c\nx: 2\n---\n",
            "---\ntitle: \"x\ntags: [a]\n---\n",
            "---\njust text\n---\n",
            "---\n# nothing\n---\n",
            "\n---\ntitle: too late\n---\n",
            "---\ntitle: never closed\n",
            "no block",
            "",
        ] {
            let (whole, alone) = (FrontMatter::parse(text), FrontMatter::parse_values(text));
            assert_eq!((alone.tree(text), alone.is_usual), (whole.tree(text), whole.is_usual), "{text}");
            assert_eq!(
                (alone.fence, alone.load, alone.values),
                (whole.fence, whole.load, whole.values),
                "{text}"
            );
        }
    }

    #[test]
    fn a_post_without_a_block_has_no_problem() {
        for text in ["", "Hello: there\n", "\u{feff}", "---\n---\nBody: x\n"] {
            assert_eq!(FrontMatter::parse(text).problems, [], "{text:?}");
        }
    }
}
