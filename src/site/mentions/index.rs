//! Which file names which term.

use std::ops::Bound;
use std::sync::Arc;

use crate::site::TermKind;

/// A term by its name.
type Named = (TermKind, Arc<str>);

/// The names in the files of a site that are no posts, and which data files there are. Cheap to clone and to change.
#[derive(Clone, Debug, Default)]
pub(in crate::site) struct Mentions {
    by_path: imbl::OrdMap<Arc<str>, Arc<[Named]>>,
}

impl Mentions {
    /// What the file at a path names now. One that names nothing is kept where it is data.
    pub(in crate::site) fn put(&mut self, path: Arc<str>, names: Vec<Named>, is_data: bool) {
        if names.is_empty() && !is_data {
            self.by_path.remove(&path);
        } else {
            self.by_path.insert(path, names.into());
        }
    }

    /// The file at a path is gone, or the folder with all that is below it.
    pub(in crate::site) fn remove(&mut self, path: &str) {
        let mut gone: Vec<Arc<str>> = self.below(&format!("{path}/")).cloned().collect();
        gone.push(path.into());
        gone.iter().for_each(|path| drop(self.by_path.remove(path)));
    }

    /// The files whose path begins with `prefix`.
    pub(in crate::site) fn below<'m>(&'m self, prefix: &'m str) -> impl Iterator<Item = &'m Arc<str>> {
        let from = self.by_path.range::<_, str>((Bound::Included(prefix), Bound::Unbounded));
        from.map(|(path, _)| path).take_while(move |path| path.starts_with(prefix))
    }

    /// The files that name a term, by path.
    pub(in crate::site) fn naming<'m>(
        &'m self,
        kind: TermKind,
        name: &'m str,
    ) -> impl Iterator<Item = &'m Arc<str>> {
        let names = move |names: &[Named]| names.iter().any(|(own, term)| *own == kind && **term == *name);
        self.by_path.iter().filter(move |(_, list)| names(list)).map(|(path, _)| path)
    }
}
