//! The front matter: three answers to three questions.
//!
//! - *Where is what?* [`fence`] finds the block, [`tree`] splits it into entries, tolerant of anything.
//! - *Does Jekyll load it, and as what?* [`yaml`] asks libyaml, [`typing`] types the values as safe_yaml does.
//! - *Where are all the mistakes?* [`recover`] goes entry by entry when the whole does not load, and `diagnose` names
//!   the author's mistakes as [`problem::Problem`]s.
//! - [`write`] goes the other way: a word as YAML that loads as that word. [`remove`] takes items out of a list.

mod composer;
mod diagnose;
pub mod fence;
mod flow_tags;
mod integer;
mod loaded;
pub mod problem;
pub mod recover;
pub mod remove;
pub mod scalar;
pub(crate) mod signs;
pub mod tree;
pub mod typing;
mod usual;
pub mod write;
pub mod yaml;

use std::sync::{Arc, OnceLock};

pub use fence::Fence;
pub use integer::Integer;
pub use problem::{Problem, ProblemKind};
pub use scalar::{Mapping, Node, Value};
pub use tree::{Entry, Tree};

use crate::text::Span;

/// Everything known of a post's front matter.
#[derive(Debug)]
pub struct FrontMatter {
    /// Where the block is.
    pub fence: Fence,
    /// What Jekyll makes of it.
    pub load: Load,
    /// The mapping that [`Load`] gives, or the healthy entries of a block that does not load.
    pub values: Arc<Mapping>,
    /// The mistakes of form, in the order of their places.
    pub problems: Vec<Problem>,
    /// Whether the values alone tell what stands where: see [`Loaded::is_usual`](loaded::Loaded::is_usual). Then each
    /// key is a plain word and a text, and is there once.
    pub is_usual: bool,
    tree: OnceLock<Tree>,
}

/// What Jekyll's loader makes of the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    /// Jekyll sees no front matter: the block is missing or is printed as text.
    Absent,
    /// It loads: as a mapping, or as nothing (empty, only comments, `~`, `no`), which is an empty mapping.
    Mapping,
    /// It loads as a list, a string or a number, which Jekyll cannot use: the post loses its front matter.
    NotMapping,
    /// It does not load: the post is published without its front matter.
    Broken,
}

impl FrontMatter {
    /// Reads the block at the top of `text`. Never fails.
    pub fn parse(text: &str) -> Self {
        recover::front_matter(text, Fence::find(text))
    }

    /// Reads the block as [`FrontMatter::parse`] does, for one who looks at many posts and at their values only: where
    /// it loads, [`FrontMatter::problems`] is left empty. Never fails.
    pub fn parse_values(text: &str) -> Self {
        recover::values(text, Fence::find(text))
    }

    /// Reads a text that is nothing but YAML, such as `_config.yml`. Never fails.
    pub fn parse_yaml(text: &str) -> Self {
        recover::front_matter(text, Fence::whole(text))
    }

    /// What stands where in it, made when it is first asked for: it is larger than the values, and seldom asked for.
    /// `text` is the one that was read.
    pub(super) fn tree(&self, text: &str) -> &Tree {
        self.tree.get_or_init(|| tree_of(text, self.fence.content, &self.values, self.is_usual))
    }

    /// The value of a key as Jekyll has it: of duplicate keys the last.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.values.get(key)
    }
}

/// The tree of a block that has these values.
fn tree_of(text: &str, content: Span, values: &Mapping, is_usual: bool) -> Tree {
    match is_usual {
        true => Tree::of_usual(text, content, values),
        false => Tree::parse_loaded(text, content, &value_spans(values)),
    }
}

fn value_spans(values: &Mapping) -> Vec<Span> {
    let mut spans: Vec<Span> = values.iter().map(|pair| pair.value.span).collect();
    spans.sort();
    spans
}
