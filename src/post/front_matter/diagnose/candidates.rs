//! What could be wrong with an entry: proposals, the most specific first.

mod comments;
mod flow;
mod indentation;
mod keys;
mod scalars;
mod stray;

use super::super::tree::{EntryValue, Item};
use super::Candidate;
use super::draft::Draft;
pub(super) use scalars::ends_in_lone_quote;

/// All proposals for a draft, in the order in which they are tried.
pub(super) fn all(draft: &Draft<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    stray::characters(draft, &mut found);
    for entry in &draft.tree.entries {
        keys::entry(draft, entry, &mut found);
    }
    keys::nested(draft, &mut found);
    indentation::lines(draft, &mut found);
    for entry in &draft.tree.entries {
        match &entry.value {
            EntryValue::Scalar(scalar) => scalars::value(draft, *scalar, scalars::Place::Line, &mut found),
            EntryValue::Flow(list) => flow::list(draft, list, &mut found),
            EntryValue::Block(list) => {
                scalars::dash_on_key_line(draft, list, &mut found);
                for item in &list.items {
                    match &item.item {
                        Item::Scalar(scalar) => {
                            scalars::value(draft, *scalar, scalars::Place::Line, &mut found)
                        }
                        Item::Other(span) => scalars::other(draft, *span, &mut found),
                        Item::Empty(_) => {}
                    }
                }
                scalars::nested_values(draft, entry.span, &mut found);
            }
            EntryValue::Other(span) => {
                scalars::other(draft, *span, &mut found);
                scalars::nested_values(draft, entry.span, &mut found);
            }
            EntryValue::Empty => {}
        }
    }
    keys::last_resort(draft, &mut found);
    found
}
