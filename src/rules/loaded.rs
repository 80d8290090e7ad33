//! The front matter as it loads, for the rules about what Jekyll reads in it: which values, where, and the mends
//! that they have in common.

use super::{Diagnostic, Fix, Input, Rule};
use crate::limits::MAX_VALUES;
use crate::post::front_matter::scalar::{Pair, Style};
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::write::{Context, write};
use crate::post::front_matter::{Load, Node, Value};
use crate::text::{Span, TextEdit};

/// The pairs of the block, or its healthy ones where it does not load; none where Jekyll sees no block.
///
/// Only so many as a hand can have written: what a rule does for each may take the time of all.
pub(super) fn pairs<'a>(input: &Input<'a>) -> std::slice::Iter<'a, Pair> {
    let pairs = match input.post.front_matter.load {
        Load::Mapping | Load::Broken => input.post.front_matter.values.iter().as_slice(),
        Load::Absent | Load::NotMapping => Default::default(),
    };
    pairs[..pairs.len().min(MAX_VALUES)].iter()
}

/// The characters between the lines `---`.
pub(super) fn block<'a>(input: &Input<'a>) -> &'a str {
    input.post.front_matter.fence.content.of(&input.post.text)
}

/// The pair of a string key.
pub(super) fn pair<'a>(input: &Input<'a>, key: &str) -> Option<&'a Pair> {
    let pair = input.post.front_matter.values.get_pair(key);
    pair.filter(|_| matches!(input.post.front_matter.load, Load::Mapping | Load::Broken))
}

/// The characters of a value.
pub(super) fn source<'a>(input: &Input<'a>, node: &Node) -> &'a str {
    node.span.of(&input.post.text)
}

/// Whether a value stands here without quotes and in one line: no alias, nothing merged from elsewhere.
pub(super) fn is_plain(input: &Input<'_>, node: &Node) -> bool {
    let source = source(input, node);
    node.style == Style::Plain && !source.starts_with('*') && !source.contains(['\n', '\r'])
}

/// Whether a value is written with an alias, `*name`.
pub(super) fn is_alias(input: &Input<'_>, node: &Node) -> bool {
    node.style == Style::Alias || (node.style == Style::Plain && source(input, node).starts_with('*'))
}

/// A value begins with `{{`: Liquid, which YAML takes for a mapping.
pub(super) fn is_liquid(input: &Input<'_>, node: &Node) -> bool {
    matches!(node.value, Value::Mapping(_)) && source(input, node).starts_with("{{")
}

/// The anchor and the tag before a value, `&x` and `!x`, which are no part of it; empty where there is none.
pub(super) fn properties(text: &str, node: &Node) -> Span {
    let before = text.get(..node.span.start).unwrap_or_default();
    let mut start = node.span.start;
    loop {
        let rest = before.get(..start).unwrap_or_default().trim_end_matches([' ', '\t']);
        let word = rest.rfind([' ', '\t', '\n', '\r', '[', ',', '{']).map_or(0, |at| at + 1);
        match rest.get(word..) {
            Some(property) if property.starts_with(['&', '!']) => start = word,
            _ => break,
        }
    }
    let end = text.get(start..node.span.start).unwrap_or_default().trim_end().len() + start;
    Span::new(start, end)
}

/// A comment behind a value on its line, from the `#`.
pub(super) fn comment_after(text: &str, node: &Node) -> Option<Span> {
    let rest = text.get(node.span.end..)?;
    let comment = rest.trim_start_matches([' ', '\t']);
    let blanks = rest.len() - comment.len();
    let parted = blanks > 0 || node.span.is_empty();
    let start = node.span.end + blanks;
    // The line's end is looked for only where there is a comment: a line of items can be megabytes long.
    (parted && comment.starts_with('#')).then(|| {
        let comment = comment.split(['\n', '\r']).next().unwrap_or_default().trim_end();
        Span::new(start, start + comment.len())
    })
}

/// Calls `visit` for a value and all that is written inside it; what an alias stands for is not visited. `flow`
/// tells whether it stands in brackets.
pub(super) fn each_value<'a>(input: &Input<'_>, node: &'a Node, visit: &mut dyn FnMut(&'a Node, Context)) {
    let mut left = vec![(node, Context::Block)];
    for _ in 0..MAX_VALUES {
        let Some((node, context)) = left.pop() else { return };
        visit(node, context);
        let inside = if node.style == Style::Flow { Context::Flow } else { context };
        match &node.value {
            _ if is_alias(input, node) => {}
            Value::List(items) => left.extend(items.iter().rev().map(|item| (item, inside))),
            Value::Mapping(mapping) => left.extend(mapping.iter().map(|pair| (&pair.value, inside))),
            _ => {}
        }
    }
}

/// A finding of a rule, at its severity, with no mend.
pub(super) fn finding(rule: &Rule, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic {
        span,
        severity: rule.severity,
        code: rule.code,
        message: message.into(),
        related: Vec::new(),
        fix: None,
    }
}

/// Where a finding about a whole value is shown: the value, or its key where the value begins on another line.
pub(super) fn place(input: &Input<'_>, pair: &Pair) -> Span {
    let between = Span::new(pair.key.span.end, pair.value.span.start);
    if between.of(&input.post.text).contains('\n') { pair.key.span } else { pair.value.span }
}

/// Whether the value's form is wrong, which is another rule's finding.
pub(super) fn is_mistaken(input: &Input<'_>, node: &Node) -> bool {
    input.post.front_matter.problems.iter().any(|problem| node.span.encloses(problem.span))
}

/// The one right mend.
pub(super) fn fix(title: impl Into<String>, edits: Vec<TextEdit>) -> Option<Fix> {
    Some(Fix::new(title, edits))
}

/// Puts characters in quotes, so that they load as a text.
pub(super) fn in_quotes(text: &str, span: Span, context: Context) -> Option<Fix> {
    let quoted = write(span.of(text), context, Quote::Double);
    fix("Put it in quotes", vec![TextEdit::replace(span, quoted)])
}
