//! The words that a site's posts share: its tags, its categories.

use std::cmp::Ordering;
use std::ops::Deref;
use std::sync::Arc;

use equivalent::{Comparable, Equivalent};
use jiff::Timestamp;
use memchr::memmem::Finder;

use super::PostRecord;
use super::groups::Groups;
use super::map::HashMap;
use super::near::loose_key;
use super::pairs::TermId;
use super::search_keys::SearchKeys;
use super::sorted::Sorted;
use super::targets::is_built;
use crate::jekyll::slug::{self, slugify};
use crate::text::fold::search_key;

/// A set of terms with the posts that use them. Cheap to clone; one changed post costs the time of one post.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    terms: HashMap<Arc<str>, Arc<Term>>,
    /// By [`loose_key`].
    alike: Groups,
    /// By the slug of a term's page, on a site where each term has one.
    at_slug: Option<(slug::Mode, Groups)>,
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
    /// An empty one. `slugs`: how a term becomes the slug of its page, on a site where each has one.
    pub(super) fn new(slugs: Option<slug::Mode>) -> Self {
        Vocabulary { at_slug: slugs.map(|mode| (mode, Groups::default())), ..Vocabulary::default() }
    }

    /// The term with exactly this spelling.
    pub fn get(&self, name: &str) -> Option<&Term> {
        self.terms.get(name).map(Arc::as_ref)
    }

    /// The other terms that a reader takes for this one.
    pub fn alike<'v>(&'v self, term: &'v Term) -> impl Iterator<Item = &'v Term> {
        self.alike.others(&term.name).filter_map(|other| self.get(other))
    }

    /// The other terms whose page is at the slug of this one's.
    pub fn at_its_slug<'v>(&'v self, term: &'v Term) -> impl Iterator<Item = &'v Term> {
        let groups = self.at_slug.iter().map(|(_, groups)| groups);
        groups.flat_map(|groups| groups.others(&term.name)).filter_map(|other| self.get(other))
    }

    /// Whether there is another term that is alike or has its page at the same slug.
    pub fn has_rival(&self, name: &str) -> bool {
        self.alike.has_others(name)
            || self.at_slug.as_ref().is_some_and(|(_, groups)| groups.has_others(name))
    }

    /// Whether no term has a rival, as on most sites.
    pub fn is_without_rivals(&self) -> bool {
        self.alike.are_single() && self.at_slug.as_ref().is_none_or(|(_, groups)| groups.are_single())
    }

    /// Each set of two or more terms that a reader takes for one, in no order.
    pub fn alike_sets(&self) -> impl Iterator<Item = Vec<&Term>> {
        self.alike.shared().map(|names| names.iter().filter_map(|name| self.get(name)).collect())
    }

    /// All terms, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.terms.values().map(Arc::as_ref)
    }

    /// The terms whose search keys hold a text, in no order, as fast as they can be looked through.
    pub fn candidates<'v>(&'v self, text: &'v Finder<'_>) -> impl Iterator<Item = Candidate<'v>> {
        let found = self.search_keys.holding(text);
        found.map(|(id, search_key, count)| Candidate { id, search_key, count })
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
            posts: Sorted::default(),
            id: new_id(),
        };
        let id = term.id;
        self.search_keys.add(id, &term.search_key);
        self.terms.insert(name.clone(), Arc::new(term));
        self.alike.add(&loose_key(name), name);
        if let Some((mode, groups)) = &mut self.at_slug {
            groups.add(&slugify(name, *mode), name);
        }
        (name.clone(), id)
    }

    /// Adds posts to a term that is open, each instead of one that has its date and path.
    pub(super) fn add(
        &mut self,
        name: &Arc<str>,
        posts: impl IntoIterator<Item = Dated, IntoIter: ExactSizeIterator>,
    ) {
        let Some(term) = self.terms.get_mut(name) else { return };
        let term = Arc::make_mut(term);
        let before = term.count();
        term.posts.extend_in_order(posts.into_iter());
        if term.count() != before {
            self.search_keys.count(term.id, term.count());
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
        self.terms.remove(name);
        self.alike.remove(&loose_key(name), name);
        if let Some((mode, groups)) = &mut self.at_slug {
            groups.remove(&slugify(name, *mode), name);
        }
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;
    use crate::jekyll::Config;
    use crate::site::{Change, FileKind, Site};

    proptest! {
        /// Rivals are those that all pairs of terms give, whatever came and went before.
        #[test]
        fn rivals_are_found_in_pairs(
            posts in prop::collection::vec((0..4, prop::collection::btree_set("[aA](i|I|i-|[#+]{1,2}|s)?", 0..4)), 0..10),
            makes_pages in any::<bool>(),
        ) {
            let plugins = if makes_pages { vec!["jekyll-archives".to_owned()] } else { Vec::new() };
            let config = Config { plugins, archives_slugs: slug::Mode::Default, ..Config::default() };
            let site = Site::new(PathBuf::new(), config).apply(posts.iter().map(|(number, tags)| {
                let tags = tags.iter().map(|tag| Arc::from(tag.as_str())).collect();
                let path = format!("_posts/2024-01-15-{number}.md");
                Change::Put(PostRecord { tags, ..PostRecord::dropped(&path, FileKind::Post) })
            }));
            let names = |terms: &mut dyn Iterator<Item = &Term>| {
                let mut names: Vec<_> = terms.map(|term| term.name.to_string()).collect();
                names.sort_unstable();
                names
            };
            let tags = site.tags();
            let mut rivals = 0;
            for own in tags.iter() {
                let others = || tags.iter().filter(|other| other.name != own.name);
                let alike = |other: &&Term| loose_key(&other.name) == loose_key(&own.name);
                let slug = |term: &Term| slugify(&term.name, slug::Mode::Default);
                let at_slug = |other: &&Term| makes_pages && slug(other) == slug(own);
                let rival = others().any(|other| alike(&other) || at_slug(&other));
                rivals += usize::from(rival);
                prop_assert_eq!(names(&mut tags.alike(own)), names(&mut others().filter(alike)));
                prop_assert_eq!(names(&mut tags.at_its_slug(own)), names(&mut others().filter(at_slug)));
                prop_assert_eq!(tags.has_rival(&own.name), rival);
            }
            prop_assert_eq!(tags.is_without_rivals(), rivals == 0);
        }
    }
}
