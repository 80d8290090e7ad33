//! Tags and categories: what Jekyll makes of them is seldom what a comma says.
//! Source: [`crate::jekyll::taxonomy`].

pub mod categories_type;
pub mod comma_in_terms;
pub(super) mod edit;
pub mod empty_term;
pub mod near_duplicate;
pub mod repeated_term;
pub mod tag_hides_tags;
pub mod tags_type;
pub mod term_type;

use super::Input;
use super::loaded;
use crate::post::front_matter::scalar::Pair;
use crate::site::FileKind;

/// A key whose values are tags or categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TermKey {
    /// As it is written.
    name: &'static str,
    /// What each of its values is.
    noun: &'static str,
    /// Whether Jekyll splits a text at blanks: in the plural only.
    splits: bool,
}

const TERM_KEYS: [TermKey; 4] = [
    TermKey { name: "tags", noun: "tag", splits: true },
    TermKey { name: "tag", noun: "tag", splits: false },
    TermKey { name: "categories", noun: "category", splits: true },
    TermKey { name: "category", noun: "category", splits: false },
];

impl TermKey {
    fn is_tag(self) -> bool {
        self.noun == "tag"
    }

    /// `1 tag`, `3 categories`
    fn count(self, count: usize) -> String {
        match (count, self.is_tag()) {
            (1, _) => format!("one {}", self.noun),
            (_, true) => format!("{count} tags"),
            (_, false) => format!("{count} categories"),
        }
    }
}

/// The keys of tags and categories that the post has. Jekyll reads them in posts, drafts and collections alone.
/// [`Input::term_pairs`] has them once for all rules.
pub(super) fn term_pairs<'a>(input: &Input<'a>) -> Vec<(TermKey, &'a Pair)> {
    match input.kind {
        FileKind::Post | FileKind::Draft | FileKind::Collection(_) => {
            TERM_KEYS.iter().filter_map(|key| Some((*key, loaded::pair(input, key.name)?))).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a key is one of tags or categories.
pub(super) fn is_term_key(key: &str) -> bool {
    TERM_KEYS.iter().any(|it| it.name == key)
}
