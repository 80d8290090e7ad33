//! From a text to its [`FrontMatter`]: the whole block first, entry by entry where that fails.

use std::sync::Arc;

use super::fence::{Fence, FenceState};
use super::yaml::{self, Loaded};
use super::{FrontMatter, Load, Mapping, Node, Tree, Value};
use crate::text::Span;

/// Reads the block at the top of `text`.
pub fn front_matter(text: &str) -> FrontMatter {
    let fence = Fence::find(text);
    let tree = Tree::parse(text, fence.content);
    let loaded = yaml::load(text, fence.yaml());
    let (load, values) = match loaded {
        Ok(Loaded { root, .. }) => verdict(root),
        Err(_) => (Load::Broken, Arc::new(healthy(text, &tree))),
    };
    let load = if fence.state == FenceState::Seen { load } else { Load::Absent };
    FrontMatter { fence, tree, load, values, problems: Vec::new() }
}

fn verdict(root: Option<Node>) -> (Load, Arc<Mapping>) {
    match root.map(|node| node.value) {
        Some(Value::Mapping(mapping)) => (Load::Mapping, mapping),
        None | Some(Value::Null | Value::Bool(false)) => (Load::Mapping, Arc::default()),
        Some(_) => (Load::NotMapping, Arc::default()),
    }
}

/// The pairs of the entries that load alone.
fn healthy(text: &str, tree: &Tree) -> Mapping {
    let mut values = Mapping::default();
    for entry in &tree.entries {
        if let Some((key, value)) = pair(text, entry.span) {
            values.insert(key, value);
        }
    }
    values
}

/// The pair of an entry that loads alone, as exactly one pair.
fn pair(text: &str, span: Span) -> Option<(Node, Node)> {
    let root = yaml::load(text, span).ok().filter(|loaded| loaded.end >= span.end)?.root?;
    match root.value.as_mapping()?.iter().as_slice() {
        [pair] => Some((pair.key.clone(), pair.value.clone())),
        _ => None,
    }
}
