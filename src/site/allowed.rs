//! The closed lists of `masthead.toml`: the only tags or categories that posts may have.

use std::collections::HashMap;

use crate::text::fold::search_key;

/// A closed list of names. Asked of each term of each post, however long it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// In order, each once.
    names: Vec<String>,
    /// Where the first name of a search key is.
    by_key: HashMap<String, usize>,
}

impl Allowed {
    /// The list of these names.
    pub fn new(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        names.dedup();
        let by_key = names.iter().enumerate().rev().map(|(at, name)| (search_key(name), at)).collect();
        Allowed { names, by_key }
    }

    /// The names, in order, each once.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether it has exactly this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.binary_search_by(|own| own.as_str().cmp(name)).is_ok()
    }

    /// The first name that differs from this one only as [`search_key`] folds them.
    pub fn alike(&self, name: &str) -> Option<&str> {
        let first = self.by_key.get(&search_key(name))?;
        self.names.get(*first).map(String::as_str)
    }
}
