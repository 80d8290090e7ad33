//! The words that a site's posts share: its tags, its categories.

use std::cmp::Ordering;
use std::ops::Deref;
use std::sync::Arc;

use equivalent::{Comparable, Equivalent};
use jiff::Timestamp;

use super::PostRecord;
use super::map::HashMap;
use super::near::loose_key;
use super::pairs::TermId;
use super::search_keys::SearchKeys;
use super::sorted::Sorted;
use super::targets::is_built;
use crate::text::fold::search_key;

/// A set of terms with the posts that use them. Cheap to clone; one changed post costs the time of one post.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    terms: HashMap<Arc<str>, Arc<Term>>,
    /// The names with the same [`loose_key`].
    alike: HashMap<Arc<str>, Arc<[Arc<str>]>>,
    search_keys: SearchKeys,
}

/// What completion looks at in each term.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'v> {
    /// Which: its name is [`super::Site::term_name`].
    pub id: TermId,
    /// [`crate::text::fold::search_key`] of the name.
    pub search_key: &'v str,
    /// How many posts use it.
    pub count: usize,
}

/// One tag or category: as its posts spell it, so `Ruby` and `ruby` are two.
#[derive(Clone, Debug)]
pub struct Term {
    /// As the posts spell it.
    pub name: Arc<str>,
    /// [`crate::text::fold::search_key`] of the name.
    pub search_key: Arc<str>,
    /// The names with the same [`loose_key`], its own too: every check of a post asks for the terms that are like its own.
    alike: Arc<[Arc<str>]>,
    /// The posts that use it, oldest first, those without a date before all others. Never empty.
    ///
    /// All posts of the source count, also drafts, future and unpublished ones and the healthy lines of broken
    /// ones: it is the author's own stock of words, not the tag page of one build.
    pub posts: Sorted<Dated>,
    /// Its number in this site.
    pub id: TermId,
}

/// A post where posts stand in the order of their dates, then of their paths, as Jekyll sorts them. Two are equal
/// where those are.
#[derive(Clone, Debug)]
pub struct Dated(pub Arc<PostRecord>);

impl Deref for Dated {
    type Target = PostRecord;

    fn deref(&self) -> &PostRecord {
        &self.0
    }
}

impl Ord for Dated {
    fn cmp(&self, other: &Self) -> Ordering {
        self.date.cmp(&other.date).then_with(|| self.path.cmp(&other.path))
    }
}

impl PartialOrd for Dated {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Dated {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Dated {}

/// The place between the posts without a date and those with one.
struct FirstDate;

impl Equivalent<Dated> for FirstDate {
    fn equivalent(&self, _: &Dated) -> bool {
        false
    }
}

impl Comparable<Dated> for FirstDate {
    fn compare(&self, post: &Dated) -> Ordering {
        if post.date.is_some() { Ordering::Less } else { Ordering::Greater }
    }
}

impl Term {
    /// How many posts use it.
    pub fn count(&self) -> usize {
        self.posts.len()
    }

    /// Its posts, newest first, those without a date last.
    pub fn newest(&self) -> impl Iterator<Item = &Arc<PostRecord>> {
        self.posts.iter().rev().map(|post| &post.0)
    }

    /// The date of the oldest of its posts that are in the site that is built now. A draft, a future and an unpublished
    /// post count as posts of the term, but nobody has seen it there yet.
    pub fn first_use(&self) -> Option<Timestamp> {
        self.posts.from(&FirstDate).find(|post| is_built(post)).and_then(|post| post.date)
    }

    /// The date of the newest of its posts that are in the site that is built now.
    pub fn last_use(&self) -> Option<Timestamp> {
        self.posts.iter().rev().find(|post| is_built(post)).and_then(|post| post.date)
    }
}

impl Vocabulary {
    /// The term with exactly this spelling.
    pub fn get(&self, name: &str) -> Option<&Term> {
        self.terms.get(name).map(Arc::as_ref)
    }

    /// The other terms that a reader takes for this one.
    pub fn alike<'v>(&'v self, term: &'v Term) -> impl Iterator<Item = &'v Term> {
        let others = term.alike.iter().filter(|other| **other != term.name);
        others.filter_map(|other| self.get(other))
    }

    /// Each set of two or more terms that a reader takes for one, in no order.
    pub fn alike_sets(&self) -> impl Iterator<Item = Vec<&Term>> {
        let sets = self.alike.values().filter(|names| names.len() > 1);
        sets.map(|names| names.iter().filter_map(|name| self.get(name)).collect())
    }

    /// All terms, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.terms.values().map(Arc::as_ref)
    }

    /// All terms, in no order, as fast as they can be looked through.
    pub fn candidates(&self) -> impl Iterator<Item = Candidate<'_>> {
        self.search_keys.iter().map(|(id, search_key, count)| Candidate { id, search_key, count })
    }

    /// All terms, the most used first; equal ones by search key, then by name.
    pub fn ranked(&self) -> Vec<&Term> {
        let mut terms: Vec<&Term> = self.iter().collect();
        terms.sort_unstable_by(|a, b| {
            let by_use = b.count().cmp(&a.count());
            by_use.then_with(|| (&a.search_key, &a.name).cmp(&(&b.search_key, &b.name)))
        });
        terms
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The shared spelling of `name`, or `name` itself where no post uses it yet.
    pub(super) fn intern(&self, name: &Arc<str>) -> Arc<str> {
        self.terms.get(name).map_or_else(|| name.clone(), |term| term.name.clone())
    }

    /// The term of a name, with its shared spelling; `new_id` is asked for an id where it is new. It is to be given a post
    /// before anybody looks.
    pub(super) fn open(&mut self, name: &Arc<str>, new_id: impl FnOnce() -> TermId) -> (Arc<str>, TermId) {
        if let Some(term) = self.terms.get(name) {
            return (term.name.clone(), term.id);
        }
        let folded = search_key(name);
        let term = Term {
            name: name.clone(),
            search_key: if *folded == **name { name.clone() } else { folded.into() },
            alike: Arc::default(),
            posts: Sorted::default(),
            id: new_id(),
        };
        let id = term.id;
        self.search_keys.add(id, &term.search_key, term.count());
        self.terms.insert(name.clone(), Arc::new(term));
        let key = loose_key(name);
        let alike = self.alike.get(&*key).map(AsRef::as_ref).unwrap_or_default();
        let alike = alike.iter().chain([name]).cloned().collect();
        self.set_alike(&key, alike);
        (name.clone(), id)
    }

    /// Adds posts to a term that is open, each instead of one that has its date and path.
    pub(super) fn add(&mut self, name: &Arc<str>, posts: impl IntoIterator<Item = Dated>) {
        let Some(term) = self.terms.get_mut(name) else { return };
        let term = Arc::make_mut(term);
        let before = term.count();
        term.posts.extend(posts);
        if term.count() != before {
            self.search_keys.count(term.id, term.count());
        }
    }

    /// Says that these are the names with a [`loose_key`].
    fn set_alike(&mut self, key: &str, names: Arc<[Arc<str>]>) {
        for name in &*names {
            if let Some(term) = self.terms.get_mut(name) {
                Arc::make_mut(term).alike = names.clone();
            }
        }
        match self.alike.get_mut(key) {
            Some(_) if names.is_empty() => drop(self.alike.remove(key)),
            Some(known) => *known = names,
            None => drop(self.alike.insert(key.into(), names)),
        }
    }

    /// Takes a post from a term. Gives the term's id where that was its last post: the term is gone.
    pub(super) fn remove(&mut self, name: &Arc<str>, post: &Dated) -> Option<TermId> {
        let term = Arc::make_mut(self.terms.get_mut(name)?);
        term.posts.remove(post);
        let (id, left) = (term.id, term.posts.len());
        if left > 0 {
            self.search_keys.count(id, left);
            return None;
        }
        self.search_keys.remove(id);
        let left = term.alike.iter().filter(|other| *other != name).cloned().collect();
        self.terms.remove(name);
        self.set_alike(&loose_key(name), left);
        Some(id)
    }
}
