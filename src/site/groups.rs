//! Names that have a key in common.

use std::sync::Arc;

use super::map::HashMap;

/// Names by a key that more than one of them can have. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    by_key: HashMap<Arc<str>, Arc<[Arc<str>]>>,
    /// Those of two names or more, by each of their names. They are few, and every check of a post asks for them.
    by_name: HashMap<Arc<str>, Arc<[Arc<str>]>>,
}

impl Groups {
    /// Puts in a name that is not there.
    pub(super) fn add(&mut self, key: &str, name: &Arc<str>) {
        let names = self.names(key).iter().chain([name]).cloned().collect();
        self.set(key, names);
    }

    /// Takes out a name that is there.
    pub(super) fn remove(&mut self, key: &str, name: &str) {
        let left = self.names(key).iter().filter(|other| ***other != *name).cloned().collect();
        self.by_name.remove(name);
        self.set(key, left);
    }

    /// Whether no key has two names.
    pub(super) fn are_single(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Whether another name has the key of this one.
    pub(super) fn has_others(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// The other names with the key of this one.
    pub(super) fn others<'g>(&'g self, name: &'g str) -> impl Iterator<Item = &'g Arc<str>> {
        let names = self.by_name.get(name).into_iter().flat_map(|names| &**names);
        names.filter(move |other| ***other != *name)
    }

    /// The names of each key that has two or more, in no order.
    pub(super) fn shared(&self) -> impl Iterator<Item = &[Arc<str>]> {
        self.by_key.values().map(AsRef::as_ref).filter(|names| names.len() > 1)
    }

    fn names(&self, key: &str) -> &[Arc<str>] {
        self.by_key.get(key).map(AsRef::as_ref).unwrap_or_default()
    }

    /// Says that these are the names with a key.
    fn set(&mut self, key: &str, names: Arc<[Arc<str>]>) {
        match &*names {
            [] => {}
            [alone] => drop(self.by_name.remove(alone)),
            _ => self.by_name.extend(names.iter().map(|name| (name.clone(), names.clone()))),
        }
        match self.by_key.get_mut(key) {
            Some(_) if names.is_empty() => drop(self.by_key.remove(key)),
            Some(known) => *known = names,
            None => drop(self.by_key.insert(key.into(), names)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_name_knows_those_with_its_key(steps in prop::collection::vec("[ab][xyz]", 0..24)) {
            let (mut groups, mut names) = (Groups::default(), BTreeSet::<String>::new());
            for step in steps {
                if names.remove(&step) {
                    groups.remove(&step[..1], &step);
                } else {
                    groups.add(&step[..1], &Arc::from(&*step));
                    names.insert(step);
                }
                for name in &names {
                    let found: BTreeSet<&str> = groups.others(name).map(|other| &**other).collect();
                    let same = names.iter().filter(|other| other[..1] == name[..1] && *other != name);
                    let expected: BTreeSet<&str> = same.map(|other| &**other).collect();
                    prop_assert_eq!(groups.has_others(name), !expected.is_empty());
                    prop_assert_eq!(found, expected);
                }
                let mut keys = ["a", "b"].map(|key| names.iter().filter(|name| name.starts_with(key)).count());
                keys.sort_unstable();
                let mut shared: Vec<_> = groups.shared().map(<[_]>::len).collect();
                shared.sort_unstable();
                let expected: Vec<_> = keys.into_iter().filter(|names| *names > 1).collect();
                prop_assert_eq!(groups.are_single(), expected.is_empty());
                prop_assert_eq!(shared, expected);
                prop_assert_eq!(groups.by_key.len(), keys.into_iter().filter(|names| *names > 0).count());
            }
        }
    }
}
