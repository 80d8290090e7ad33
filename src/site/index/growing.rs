//! A site while all of it is read for the first time. A post that has been read shares its strings with the others at
//! once, and is put in order only when somebody is to see it: a thousand posts together cost a fraction of what they
//! cost one after another, each at another end of the orders.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::quality::RandomState;

use super::{Change, Site};
use crate::limits::MAX_PAIRED_TERMS;
use crate::site::order;
use crate::site::pairs::{Pairs, Tally, TermId};
use crate::site::{Dated, FieldUse, PostRecord, TermKind, Vocabulary};

/// A site with posts that are not in order yet.
#[derive(Debug)]
pub struct Growing {
    site: Site,
    fresh: Fresh,
    counts_pairs: bool,
}

/// Posts that are new to a site, and their terms.
#[derive(Debug, Default)]
struct Fresh {
    posts: Vec<Arc<PostRecord>>,
    /// The terms of all of them one behind the other, and where those of each end.
    terms: Vec<TermId>,
    ends: Vec<usize>,
}

impl Growing {
    /// A site of which more is read.
    pub fn new(site: Site) -> Self {
        Growing { site, fresh: Fresh::default(), counts_pairs: true }
    }

    /// The same for one who never asks which terms stand together, as no rule does: that is not counted.
    pub fn without_pairs(site: Site) -> Self {
        Growing { counts_pairs: false, ..Growing::new(site) }
    }

    /// Takes what has been read: nothing of a file of which something was taken since the last [`Growing::settle`].
    pub fn take(&mut self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            if self.is_of_known_post(&change) {
                // With its last post a term would go that a post has which is not there yet.
                self.settle().extend([change]);
            } else if let Change::Put(record) = change {
                self.take_post(record);
            } else {
                self.site.extend([change]);
            }
        }
    }

    fn is_of_known_post(&self, change: &Change) -> bool {
        let path = match change {
            Change::Put(record) => &record.path,
            Change::File(path, _) | Change::Anchors(path, _) | Change::Remove(path) => path,
            _ => return false,
        };
        self.site.posts_from(path).next().is_some()
    }

    fn take_post(&mut self, mut record: PostRecord) {
        let Growing { site, fresh, .. } = self;
        site.files.remove(&record.path);
        if record.has_terms() {
            let mut open = |kind, name: &Arc<str>| {
                let (name, id) = site.open_term(kind, name);
                fresh.terms.push(id);
                name
            };
            record.tags = record.tags.iter().map(|name| open(TermKind::Tag, name)).collect();
            record.categories.iter().for_each(|name| drop(open(TermKind::Category, name)));
        } else {
            site.intern_tags(&mut record);
        }
        site.intern(&mut record, None);
        fresh.ends.push(fresh.terms.len());
        fresh.posts.push(Arc::new(record));
    }

    /// The site with all that was taken.
    pub fn settle(&mut self) -> &mut Site {
        let fresh = std::mem::take(&mut self.fresh);
        if fresh.posts.is_empty() {
            return &mut self.site;
        }
        let site = &mut self.site;
        site.version += fresh.posts.len() as u64;
        for post in &fresh.posts {
            site.pace.replace(None, post.pace);
            site.quoting.replace(None, Some(post.quotes));
        }
        fresh.field_lists().for_each(|(list, posts)| site.fields.add(list, posts));
        let Site { posts, lookup, tags, categories, pairs, .. } = site;
        // Not by the threads that read: what is asked of those waits until they have nothing to read.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                order::extend(posts, &fresh.posts);
                lookup.extend(&fresh.posts);
            });
            let users = fresh.users(pairs.len());
            fresh.add_to_terms(&users, tags, categories, pairs);
            if self.counts_pairs {
                fresh.add_to_pairs(&users, pairs);
            }
        });
        &mut self.site
    }

    /// The site with all that was read.
    pub fn into_site(mut self) -> Site {
        self.settle();
        self.site
    }
}

impl Fresh {
    fn terms_of(&self, post: usize) -> &[TermId] {
        let start = post.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.terms[start..self.ends[post]]
    }

    /// Each list of fields that there is, with the number of its posts: all have a shared one.
    fn field_lists(&self) -> impl Iterator<Item = (&[FieldUse], usize)> {
        let mut lists: HashMap<*const FieldUse, (&[FieldUse], usize), RandomState> = HashMap::default();
        for post in &self.posts {
            lists.entry(post.fields.as_ptr()).or_insert((&post.fields, 0)).1 += 1;
        }
        lists.into_values()
    }

    /// The posts of each term by its number, as [`Dated`] orders them.
    fn users(&self, terms: usize) -> Vec<Vec<usize>> {
        let dates = self.posts.iter().map(|post| post.date);
        let mut by_date: Vec<_> = dates.zip(0..).collect();
        by_date.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| self.posts[a.1].path.cmp(&self.posts[b.1].path)));
        let mut users = vec![Vec::new(); terms];
        for (_, post) in by_date {
            self.terms_of(post).iter().for_each(|id| users[id.place()].push(post));
        }
        users
    }

    fn add_to_terms(
        &self,
        users: &[Vec<usize>],
        tags: &mut Vocabulary,
        categories: &mut Vocabulary,
        pairs: &Pairs,
    ) {
        for (place, users) in users.iter().enumerate().filter(|(_, users)| !users.is_empty()) {
            let Some((kind, name)) = pairs.term(TermId::at(place)) else { continue };
            let terms = if kind == TermKind::Tag { &mut *tags } else { &mut *categories };
            terms.add(name, users.iter().map(|post| Dated(self.posts[*post].clone())));
        }
    }

    fn add_to_pairs(&self, users: &[Vec<usize>], pairs: &mut Pairs) {
        let mut tally = Tally::default();
        for (place, users) in users.iter().enumerate() {
            let id = TermId::at(place);
            let paired = users
                .iter()
                .map(|post| self.terms_of(*post))
                .map(|terms| &terms[..terms.len().min(MAX_PAIRED_TERMS)]);
            let beside = paired.filter(|terms| terms.contains(&id)).flatten().filter(|other| **other != id);
            pairs.add(id, beside.copied(), &mut tally);
        }
    }
}
