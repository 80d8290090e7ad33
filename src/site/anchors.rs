//! Which anchors a page has, as little as it takes to tell whether a fragment leads anywhere: their hashes.

use std::sync::Arc;

use crate::jekyll::Config;
use crate::jekyll::anchors::{self, Anchors};
use crate::post::Post;

/// The most anchors of one page that are kept.
const MAX_ANCHORS: usize = 2_000;

/// The anchors of one page. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchorSet {
    /// Sorted; none where the page can have anchors that are not in its text.
    hashes: Option<Arc<[u32]>>,
}

impl AnchorSet {
    /// The anchors of a page of which nothing is known.
    pub const OPEN: AnchorSet = AnchorSet { hashes: None };

    /// What is kept of the anchors of a text.
    pub fn of(anchors: &Anchors) -> Self {
        if anchors.open {
            return AnchorSet::OPEN;
        }
        let mut hashes: Vec<u32> = anchors.all().map(|(id, _)| hash(id)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let few = hashes.len() <= MAX_ANCHORS;
        AnchorSet { hashes: few.then(|| hashes.into()) }
    }

    /// The anchors of a post or a page.
    pub fn read(post: &Post, path: &str, config: &Config) -> Self {
        AnchorSet::of(&anchors::read(post, path, config))
    }

    /// Whether the page surely lacks an anchor.
    pub fn lacks(&self, id: &str) -> bool {
        self.hashes.as_ref().is_some_and(|hashes| hashes.binary_search(&hash(id)).is_err())
    }

    /// The same in memory of its own.
    #[must_use]
    pub(super) fn copied(&self) -> Self {
        AnchorSet { hashes: self.hashes.as_deref().map(Arc::from) }
    }
}

/// FNV-1a, which is the same in every run.
fn hash(id: &str) -> u32 {
    id.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jekyll::anchors::Named;

    #[test]
    fn what_a_page_lacks() {
        let named = |id: &str| Named { id: id.to_owned(), span: crate::text::Span::empty(0) };
        let anchors = Anchors { named: vec![named("b"), named("a"), named("日本")], ..Anchors::default() };
        let set = AnchorSet::of(&anchors).copied();
        assert!(["a", "b", "日本"].iter().all(|id| !set.lacks(id)) && set.lacks("c"));
        assert!(!AnchorSet::of(&Anchors { open: true, ..anchors }).lacks("c"));
    }
}
