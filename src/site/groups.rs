//! Names that have a key in common.

use std::sync::Arc;

use imbl::OrdSet;

use super::map::HashMap;

/// Names by a key that more than one of them can have. Cheap to clone; to put one in or take one out costs the same however
/// many have its key, as all Japanese tags have where slugs are ASCII.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    by_key: HashMap<Arc<str>, Names>,
    /// The keys of the names that are not alone. They are few, and every check of a post asks for them.
    shared: HashMap<Arc<str>, Arc<str>>,
}

/// The names of a key.
#[derive(Clone, Debug)]
enum Names {
    /// As nearly always.
    One(Arc<str>),
    /// Two or more.
    Many(OrdSet<Arc<str>>),
}

impl Groups {
    /// Puts in a name that is not there.
    pub(super) fn add(&mut self, key: &str, name: &Arc<str>) {
        let Some(names) = self.by_key.get_mut(key) else {
            self.by_key.insert(key.into(), Names::One(name.clone()));
            return;
        };
        let key: Arc<str> = key.into();
        self.shared.insert(name.clone(), key.clone());
        match names {
            Names::One(first) => {
                self.shared.insert(first.clone(), key);
                *names = Names::Many(OrdSet::from_iter([first.clone(), name.clone()]));
            }
            Names::Many(names) => drop(names.insert(name.clone())),
        }
    }

    /// Takes out a name that is there.
    pub(super) fn remove(&mut self, key: &str, name: &str) {
        self.shared.remove(name);
        let Some(Names::Many(names)) = self.by_key.get_mut(key) else {
            self.by_key.remove(key);
            return;
        };
        names.remove(name);
        if names.len() == 1
            && let Some(alone) = names.get_min().cloned()
        {
            self.shared.remove(&alone);
            self.by_key.insert(key.into(), Names::One(alone));
        }
    }

    /// Whether no key has two names.
    pub(super) fn are_single(&self) -> bool {
        self.shared.is_empty()
    }

    /// Whether another name has the key of this one.
    pub(super) fn has_others(&self, name: &str) -> bool {
        self.shared.contains_key(name)
    }

    /// The other names with the key of this one, in their order.
    pub(super) fn others<'g>(&'g self, name: &'g str) -> impl Iterator<Item = &'g Arc<str>> {
        let names = self.shared.get(name).and_then(|key| self.by_key.get(key)?.many());
        names.into_iter().flatten().filter(move |other| ***other != *name)
    }

    /// The names of each key that has two or more, in no order of the keys.
    pub(super) fn shared(&self) -> impl Iterator<Item = &OrdSet<Arc<str>>> {
        self.by_key.values().filter_map(Names::many)
    }
}

impl Names {
    fn many(&self) -> Option<&OrdSet<Arc<str>>> {
        match self {
            Names::One(_) => None,
            Names::Many(names) => Some(names),
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
                let mut shared: Vec<_> = groups.shared().map(OrdSet::len).collect();
                shared.sort_unstable();
                let expected: Vec<_> = keys.into_iter().filter(|names| *names > 1).collect();
                prop_assert_eq!(groups.are_single(), expected.is_empty());
                prop_assert_eq!(shared, expected);
                prop_assert_eq!(groups.by_key.len(), keys.into_iter().filter(|names| *names > 0).count());
            }
        }
    }
}
