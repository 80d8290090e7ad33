//! The front matter keys that a site uses, and the values that recur in them.

use std::sync::Arc;

use super::map::HashMap;
use super::record::FieldUse;

/// The keys in use. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    fields: HashMap<Arc<str>, Arc<Field>>,
    /// Those of at least [`FEWEST_OWN`] posts.
    own: imbl::OrdSet<Arc<str>>,
}

/// From how many posts on a key is one of the site's own, and not a slip or the whim of a script.
pub const FEWEST_OWN: usize = 5;

/// A front matter key over the whole site.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key.
    pub name: Arc<str>,
    /// How many posts have it.
    pub posts: usize,
    /// The values that are short enough to recur.
    pub values: Values,
}

/// The values of a key with the number of posts that have each. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Values {
    counts: HashMap<Arc<str>, u32>,
}

impl Values {
    /// How many posts have the value.
    pub fn count(&self, value: &str) -> usize {
        self.counts.get(value).map_or(0, |count| *count as usize)
    }

    /// All values with their counts, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, usize)> {
        self.counts.iter().map(|(value, count)| (value, *count as usize))
    }

    /// All values with their counts, the most used first; equal ones by name.
    pub fn ranked(&self) -> Vec<(&Arc<str>, usize)> {
        let mut values: Vec<_> = self.iter().collect();
        values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        values
    }

    /// How many different values there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// True where no value is short enough.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    fn add(&mut self, value: &Arc<str>, posts: usize) {
        *self.counts.entry(value.clone()).or_insert(0) += u32::try_from(posts).unwrap_or(u32::MAX);
    }

    fn remove(&mut self, value: &Arc<str>) {
        match self.counts.get_mut(value) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(self.counts.remove(value)),
        }
    }
}

impl Fields {
    pub(super) fn get(&self, key: &str) -> Option<&Field> {
        self.fields.get(key).map(Arc::as_ref)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Field> {
        self.fields.values().map(Arc::as_ref)
    }

    pub(super) fn count(&self) -> usize {
        self.fields.len()
    }

    pub(super) fn own(&self) -> impl Iterator<Item = &Field> {
        self.own_keys().filter_map(|key| self.get(key))
    }

    pub(super) fn own_keys(&self) -> impl Iterator<Item = &str> {
        self.own.iter().map(|key| &**key)
    }

    /// The shared strings of a key and its value.
    pub(super) fn intern(&self, (key, value): &FieldUse) -> FieldUse {
        let Some(field) = self.fields.get(key) else { return (key.clone(), value.clone()) };
        let shared = |value: &Arc<str>| match field.values.counts.get_key_value(value) {
            Some((shared, _)) => shared.clone(),
            None => value.clone(),
        };
        (field.name.clone(), value.as_ref().map(shared))
    }

    /// A post had the uses `old` and has the uses `new`.
    pub(super) fn replace(&mut self, old: &[FieldUse], new: &[FieldUse]) {
        if old == new {
            return;
        }
        self.add(new, 1);
        for group in by_key(old) {
            self.remove(group);
        }
    }

    /// So many posts have the uses.
    pub(super) fn add(&mut self, uses: &[FieldUse], posts: usize) {
        for uses in by_key(uses) {
            let Some((key, _)) = uses.first() else { continue };
            let new = || Arc::new(Field { name: key.clone(), posts: 0, values: Values::default() });
            let field = Arc::make_mut(self.fields.entry(key.clone()).or_insert_with(new));
            let before = field.posts;
            field.posts += posts;
            if before < FEWEST_OWN && field.posts >= FEWEST_OWN {
                self.own.insert(field.name.clone());
            }
            uses.iter()
                .filter_map(|(_, value)| value.as_ref())
                .for_each(|value| field.values.add(value, posts));
        }
    }

    fn remove(&mut self, uses: &[FieldUse]) {
        let Some((key, _)) = uses.first() else { return };
        let Some(field) = self.fields.get_mut(key) else { return };
        if field.posts <= 1 {
            self.fields.remove(key);
            return;
        }
        let field = Arc::make_mut(field);
        if field.posts == FEWEST_OWN {
            self.own.remove(&field.name);
        }
        field.posts -= 1;
        uses.iter().filter_map(|(_, value)| value.as_ref()).for_each(|value| field.values.remove(value));
    }
}

/// The uses of one key stand side by side: one for each item of a list.
fn by_key(uses: &[FieldUse]) -> impl Iterator<Item = &[FieldUse]> {
    uses.chunk_by(|a, b| a.0 == b.0)
}
