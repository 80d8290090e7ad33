//! The [`Tree`] of a block of the usual form: its values tell what stands where.

use memchr::{memchr, memrchr};

use super::super::scalar::{Mapping, Node, Pair, Style, Value};
use super::{BlockItem, BlockList, Entry, EntryValue, FlowList, Item, Quote, Scalar, Tree};
use crate::text::Span;

/// What [`Tree::parse_loaded`] makes of a block of the usual form that has no key twice.
pub(super) fn tree(text: &str, content: Span, values: &Mapping) -> Tree {
    let ends = values.iter().skip(1).map(|pair| pair.key.span.start).chain([content.end]);
    Tree { entries: values.iter().zip(ends).map(|(pair, end)| entry(text, pair, end)).collect() }
}

fn entry(text: &str, Pair { key, value: node }: &Pair, end: usize) -> Entry {
    let value = match &node.value {
        Value::List(items) if node.style == Style::Flow => EntryValue::Flow(flow(text, node.span, items)),
        Value::List(items) => EntryValue::Block(block(text, node.span, items)),
        _ if node.span.is_empty() => EntryValue::Empty,
        _ => EntryValue::Scalar(scalar(node)),
    };
    Entry { span: Span::new(key.span.start, end), key: Some(scalar(key)), colon: Some(key.span.end), value }
}

fn flow(text: &str, span: Span, nodes: &[Node]) -> FlowList {
    let close = span.end - 1;
    let comma = |pair: &[Node]| {
        // Nothing else lies between but blanks.
        let between = Span::new(pair[0].span.end, pair[1].span.start);
        between.start + memchr(b',', between.of(text).as_bytes()).unwrap_or_default()
    };
    let items = match nodes {
        [] => vec![Item::Empty(Span::empty(close))],
        _ => nodes.iter().map(|node| Item::Scalar(scalar(node))).collect(),
    };
    FlowList { span, close: Some(close), items, commas: nodes.windows(2).map(comma).collect() }
}

fn block(text: &str, span: Span, nodes: &[Node]) -> BlockList {
    let line = |node: &Node| {
        // Only blanks lie between.
        let dash = memrchr(b'-', &text.as_bytes()[..node.span.start]).unwrap_or(node.span.start);
        BlockItem { dash, item: Item::Scalar(scalar(node)) }
    };
    BlockList { span, items: nodes.iter().map(line).collect() }
}

/// What stands where in a scalar of such a block.
pub(in super::super) fn scalar(node: &Node) -> Scalar {
    let (span, quote) = (node.span, node.style.quote());
    let content = match quote {
        Quote::Plain => span,
        Quote::Single | Quote::Double => Span::new(span.start + 1, span.end - 1),
    };
    Scalar { span, content, quote, closed: true }
}
