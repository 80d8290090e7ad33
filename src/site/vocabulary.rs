//! The words that a site's posts share: tags, categories, and the values of a key.

use std::sync::Arc;

use jiff::Timestamp;

/// A sorted set of terms with the posts that use them. Cheap to clone; one changed post costs the time of one post.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    terms: imbl::HashMap<Arc<str>, Term>,
}

/// One tag, category or value.
#[derive(Clone, Debug)]
pub struct Term {
    /// As the posts spell it.
    pub name: Arc<str>,
    /// [`crate::text::fold::search_key`] of the name.
    pub search_key: Arc<str>,
    /// The posts that use it, oldest first: their instants and paths.
    pub posts: imbl::OrdSet<(Option<Timestamp>, Arc<str>)>,
}

impl Vocabulary {
    /// The term with exactly this spelling.
    pub fn get(&self, name: &str) -> Option<&Term> {
        self.terms.get(name)
    }

    /// All terms, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.terms.values()
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}
