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
pub mod tree;
pub mod typing;
mod usual;
pub mod write;
pub mod yaml;

use std::sync::Arc;

pub use fence::Fence;
pub use integer::Integer;
pub use problem::{Problem, ProblemKind};
pub use scalar::{Mapping, Node, Value};
pub use tree::{Entry, Tree};

/// Everything known of a post's front matter.
#[derive(Debug)]
pub struct FrontMatter {
    /// Where the block is.
    pub fence: Fence,
    /// What stands where in it.
    pub tree: Tree,
    /// What Jekyll makes of it.
    pub load: Load,
    /// The mapping that [`Load`] gives, or the healthy entries of a block that does not load.
    pub values: Arc<Mapping>,
    /// The mistakes of form, in the order of their places.
    pub problems: Vec<Problem>,
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
    /// it loads, [`FrontMatter::tree`] and [`FrontMatter::problems`] are left empty. Never fails.
    pub fn parse_values(text: &str) -> Self {
        recover::values(text, Fence::find(text))
    }

    /// Reads a text that is nothing but YAML, such as `_config.yml`. Never fails.
    pub fn parse_yaml(text: &str) -> Self {
        recover::front_matter(text, Fence::whole(text))
    }

    /// The value of a key as Jekyll has it: of duplicate keys the last.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.values.get(key)
    }
}
