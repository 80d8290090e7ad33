//! Lists that many posts have alike, kept once: most posts of a site have the same keys with the same layout and
//! author, and one of a few sets of categories.

use std::hash::Hash;
use std::sync::Arc;

use super::map::HashMap;

/// The lists in use, each with the number of its users. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Shared<T> {
    uses: HashMap<Arc<[T]>, u32>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Shared { uses: HashMap::default() }
    }
}

impl<T: Clone + Eq + Hash> Shared<T> {
    /// The list to keep instead of an equal one; counts a user more. `shared` gives what to keep of each entry of a list
    /// that is new.
    pub(super) fn take(&mut self, list: &[T], shared: impl Fn(&T) -> T) -> Arc<[T]> {
        if let Some((shared, users)) = self.uses.get_key_value_mut(list) {
            *users += 1;
            return shared.clone();
        }
        let shared: Arc<[T]> = list.iter().map(shared).collect();
        self.uses.insert(shared.clone(), 1);
        shared
    }

    /// Counts a user less.
    pub(super) fn give_back(&mut self, list: &[T]) {
        match self.uses.get_mut(list) {
            Some(users) if *users > 1 => *users -= 1,
            _ => drop(self.uses.remove(list)),
        }
    }
}
