//! Which anchors a page has, as little as it takes to tell whether a fragment leads anywhere: their hashes.

use std::sync::Arc;

use crate::jekyll::Config;
use crate::jekyll::anchors::{self, Anchors};
use crate::post::Post;

/// The most anchors of one page that are kept.
const MAX_ANCHORS: usize = 2_000;

/// The anchors of one page. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnchorSet {
    /// Nobody has asked for them: most pages are led to as a whole, and to read a body takes longer than a front matter.
    Unread,
    /// The page can have anchors that are not in its text.
    Open,
    /// Their hashes, sorted.
    These(Arc<Vec<u32>>),
}

impl AnchorSet {
    /// What is kept of the anchors of a text.
    pub fn of(anchors: &Anchors) -> Self {
        if anchors.open {
            return AnchorSet::Open;
        }
        let mut hashes: Vec<u32> = anchors.all().map(|(id, _)| hash(id)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.shrink_to_fit();
        if hashes.len() > MAX_ANCHORS { AnchorSet::Open } else { AnchorSet::These(hashes.into()) }
    }

    /// The anchors of a post or a page.
    pub fn read(post: &Post, path: &str, config: &Config) -> Self {
        AnchorSet::of(&anchors::read(post, path, config))
    }

    /// Whether the page surely lacks an anchor.
    pub fn lacks(&self, id: &str) -> bool {
        match self {
            AnchorSet::Unread | AnchorSet::Open => false,
            AnchorSet::These(hashes) => hashes.binary_search(&hash(id)).is_err(),
        }
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
        let set = AnchorSet::of(&anchors);
        assert!(["a", "b", "日本"].iter().all(|id| !set.lacks(id)) && set.lacks("c"));
        assert!(!AnchorSet::of(&Anchors { open: true, ..anchors }).lacks("c"));
    }
}
