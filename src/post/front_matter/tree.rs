//! A tolerant, lossless tree of the block: what stands where, also in one that is half typed.
//!
//! It is split at column 0: an entry goes from one key at column 0 to the next, and blank lines, comments,
//! indented lines and lines that begin with `- `, `]` or `}` continue it. It never gives the verdict.

mod flow;
mod marks;
mod parse;
mod usual;

pub(crate) use parse::lines;
pub(super) use usual::scalar as usual_scalar;

use super::scalar::Mapping;
use crate::text::Span;

/// The block as entries, in order. They lie end to end; only blank lines and comments can stand before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// A key, its colon and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// All its lines, the last line break included.
    pub span: Span,
    /// The key; none for lines before the first key and for lines without a colon.
    pub key: Option<Scalar>,
    /// The colon after the key.
    pub colon: Option<usize>,
    /// What stands after the colon.
    pub value: EntryValue,
}

/// The value of an entry, by its look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryValue {
    /// Nothing but blanks or a comment.
    Empty,
    /// A scalar on the key's line, or running on over indented lines.
    Scalar(Scalar),
    /// `[a, b`, closed or not.
    Flow(FlowList),
    /// Lines with `- `.
    Block(BlockList),
    /// Anything else: `{…}`, a nested mapping, `|` and `>`. The span is of all of it.
    Other(Span),
}

/// A scalar by its look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// All of it, with its quotes.
    pub span: Span,
    /// What is inside the quotes; the same as `span` where there are none.
    pub content: Span,
    /// Its quotes.
    pub quote: Quote,
    /// Whether the closing quote is there; true where there are no quotes.
    pub closed: bool,
}

/// The quotes of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quote {
    /// None.
    Plain,
    /// `'`
    Single,
    /// `"`
    Double,
}

/// A list in brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowList {
    /// From `[` to `]`, or as far as it goes.
    pub span: Span,
    /// The `]`.
    pub close: Option<usize>,
    /// The items between the commas; an item that is not written is empty.
    pub items: Vec<Item>,
    /// The commas.
    pub commas: Vec<usize>,
}

/// A list of lines with `- `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockList {
    /// From the first dash to the end of the last item.
    pub span: Span,
    /// The items. Each has its dash.
    pub items: Vec<BlockItem>,
}

/// One line of a block list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockItem {
    /// The dash.
    pub dash: usize,
    /// What follows it.
    pub item: Item,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Nothing is written yet: an empty span where it would begin.
    Empty(Span),
    /// A scalar.
    Scalar(Scalar),
    /// Something nested.
    Other(Span),
}

impl Entry {
    /// The key's text as it is written, without quotes; empty where there is no key.
    pub fn key_text<'t>(&self, text: &'t str) -> &'t str {
        self.key.map_or("", |key| key.content.of(text))
    }
}

impl EntryValue {
    /// The scalar, or those that are items.
    pub fn scalars(&self) -> impl Iterator<Item = &Scalar> {
        let own = if let EntryValue::Scalar(scalar) = self { Some(scalar) } else { None };
        let flow = if let EntryValue::Flow(list) = self { list.items.as_slice() } else { &[] };
        let block = if let EntryValue::Block(list) = self { list.items.as_slice() } else { &[] };
        let items = flow.iter().chain(block.iter().map(|line| &line.item));
        own.into_iter().chain(items.filter_map(Item::scalar))
    }
}

/// The quotes that all of these are, [`Quote::Plain`] where they differ. None where there are none.
pub fn common_quote(quotes: impl IntoIterator<Item = Quote>) -> Option<Quote> {
    let mut quotes = quotes.into_iter();
    let first = quotes.next()?;
    Some(if quotes.all(|quote| quote == first) { first } else { Quote::Plain })
}

impl Item {
    /// All of it.
    pub fn span(&self) -> Span {
        match self {
            Item::Empty(span) | Item::Other(span) => *span,
            Item::Scalar(scalar) => scalar.span,
        }
    }

    /// The scalar, if it is one.
    pub fn scalar(&self) -> Option<&Scalar> {
        match self {
            Item::Scalar(scalar) => Some(scalar),
            Item::Empty(_) | Item::Other(_) => None,
        }
    }
}

impl Tree {
    /// Splits the block whose YAML is `content`.
    pub fn parse(text: &str, content: Span) -> Tree {
        parse::tree(text, content, &[])
    }

    /// Splits a block that loads, and whose values are known to lie in these spans, in order: a line inside of one
    /// begins no entry, whatever it looks like.
    pub fn parse_loaded(text: &str, content: Span, values: &[Span]) -> Tree {
        parse::tree(text, content, values)
    }

    /// [`Tree::parse_loaded`] of a block of the usual form that has no key twice, from its values.
    pub(super) fn of_usual(text: &str, content: Span, values: &Mapping) -> Tree {
        usual::tree(text, content, values)
    }

    /// The entry whose lines hold a byte offset; at the very end of the block the last one.
    pub fn entry_at(&self, offset: usize) -> Option<&Entry> {
        let after = self.entries.partition_point(|entry| entry.span.start <= offset);
        self.entries[..after].last().filter(|entry| entry.span.touches(offset))
    }

    /// The last entry with this key, as it is written.
    pub fn find(&self, text: &str, key: &str) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.key_text(text) == key)
    }
}
