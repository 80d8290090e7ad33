//! Tags and categories: what the site uses, best first.

use std::cmp::{Ordering, Reverse};

use jiff::tz::TimeZone;

use super::accept::{Typing, accept};
use super::cursor::{Form, Slot};
use super::ranking::{Quality, Query};
use super::{Completions, Documentation, Item, ItemKind, keep_best_by};
use crate::features::Snapshot;
use crate::features::markdown::{day_to, escape_to, posts, shorten};
use crate::site::terms::used_terms;
use crate::site::{Site, TermId, TermKind};
use crate::text::Span;
use crate::text::fold::search_key;

/// How many of a term's posts its documentation lists.
const LATEST_POSTS: usize = 5;

/// The longest title in the documentation, in characters.
const TITLE_CHARS: usize = 80;

/// A term that can be offered, in the order of the list: how well it matches, how often it stands beside those that are
/// chosen here, how often it is used at all, its search key, its name.
#[derive(Debug)]
struct Offer<'s> {
    rank: (Quality, Reverse<usize>, Reverse<usize>),
    search_key: &'s str,
    name: Name<'s>,
}

/// The name of a term. It lies apart from its search key, and only terms whose keys are equal are compared by it.
#[derive(Clone, Copy, Debug)]
enum Name<'s> {
    /// An allowed one that no post uses.
    Unused(&'s str),
    /// One that posts use.
    Used(TermId),
}

impl<'s> Name<'s> {
    fn of(self, site: &'s Site) -> &'s str {
        match self {
            Name::Unused(name) => name,
            Name::Used(id) => site.term_name(id).map_or("", |name| &**name),
        }
    }
}

impl Offer<'_> {
    fn compare(&self, other: &Self, site: &Site) -> Ordering {
        let by_key = (self.rank, self.search_key).cmp(&(other.rank, other.search_key));
        by_key.then_with(|| self.name.of(site).cmp(other.name.of(site)))
    }
}

/// The terms that match what is typed, without those that the post has already.
pub(super) fn complete(snapshot: &Snapshot, slot: &Slot<'_>, kind: TermKind, offset: usize) -> Completions {
    let text = &*snapshot.post.text;
    let site = &*snapshot.site;
    let vocabulary = site.vocabulary(kind);
    let query = Query::new(slot.typed.of(text));
    let mut used = used_terms(&snapshot.post);
    used.retain(|term| !term.span.overlaps(slot.edit));
    let chosen = used.iter().filter_map(|term| site.vocabulary(term.kind).get(&term.name));
    let together = site.together(chosen);
    let here = || used.iter().filter(|term| term.kind == kind).map(|term| &*term.name);
    let chosen_here: Vec<TermId> = here().filter_map(|name| Some(vocabulary.get(name)?.id)).collect();
    // The post itself is in the index: a word of which it is the only user is what is being typed.
    let own = site.post(&snapshot.path);
    // So are its quotes, which may be those of the word that is being typed.
    let quoting = site.quoting().without(own.map(|post| post.quotes).unwrap_or_default());
    let own = own.filter(|post| post.has_terms());
    let own = own.map(|post| post.terms(kind)).unwrap_or_default();
    let own: Vec<TermId> = own.iter().filter_map(|name| Some(vocabulary.get(name)?.id)).collect();

    let settings = site.settings();
    let allowed = match kind {
        TermKind::Tag => &settings.allowed_tags,
        TermKind::Category => &settings.allowed_categories,
    };
    let allowed = allowed.iter().flat_map(|allowed| allowed.names());
    let unused = allowed.filter(|name| vocabulary.get(name).is_none());
    let unused: Vec<(String, &str)> = unused.map(|name| (search_key(name), name.as_str())).collect();
    let mut found: Vec<Offer<'_>> = Vec::new();
    for (search_key, name) in &unused {
        if let Some(quality) = query.quality(search_key).filter(|_| here().all(|there| there != *name)) {
            found.push(Offer {
                rank: (quality, Reverse(0), Reverse(0)),
                search_key,
                name: Name::Unused(name),
            });
        }
    }
    for term in vocabulary.candidates(query.first()) {
        let Some(quality) = query.quality(term.search_key) else { continue };
        let only_here = term.count == 1 && own.contains(&term.id);
        if !only_here && !chosen_here.contains(&term.id) {
            let rank = (quality, Reverse(together.count(term.id)), Reverse(term.count));
            found.push(Offer { rank, search_key: term.search_key, name: Name::Used(term.id) });
        }
    }
    keep_best_by(&mut found, |one, other| one.compare(other, site));
    let usual = quoting.usual(kind);
    let items: Vec<Item> = found
        .into_iter()
        .filter_map(|offer| {
            let name = offer.name.of(site);
            let is_used = matches!(offer.name, Name::Used(_));
            let Reverse(uses) = offer.rank.2;
            let edit = accept(text, slot, name, Typing::String, usual)?;
            let written = Span::new(edit.span.start, offset).of(text);
            Some(Item {
                label: name.to_owned(),
                kind: if kind == TermKind::Tag { ItemKind::Tag } else { ItemKind::Category },
                detail: Some(if is_used { posts(uses) } else { "allowed, not used yet".to_owned() }),
                documentation: is_used.then_some(Documentation::LatestPosts(kind)),
                filter_text: query.filter_text(written, slot.likely(), name, offer.search_key),
                cursor: (slot.form == Form::NewList).then(|| edit.new_text.rfind(']')).flatten(),
                edit,
            })
        })
        .collect();
    Completions::of(items, text, offset)
}

/// The newest posts of a tag or category, with their days in the site's zone: a list in Markdown. None of a term that no
/// post has.
pub fn latest_posts(site: &Site, zone: &TimeZone, kind: TermKind, name: &str) -> Option<String> {
    let term = site.vocabulary(kind).get(name)?;
    let mut text = String::with_capacity(LATEST_POSTS * 64);
    for post in term.newest().take(LATEST_POSTS) {
        text.push_str("- ");
        match post.date {
            Some(date) => day_to(&mut text, date, zone),
            None => text.push_str("no date"),
        }
        text.push(' ');
        let title = if post.title.is_empty() { &post.path } else { &post.title };
        escape_to(&mut text, &shorten(title, TITLE_CHARS));
        text.push('\n');
    }
    Some(text)
}
