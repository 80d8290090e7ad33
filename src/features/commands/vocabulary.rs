//! The words of a site with their counts: what is used how often, since when, beside what, and what once only.

use std::sync::Arc;

use jiff::Timestamp;

use crate::site::{Site, TermKind};

/// A tag or a category in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermLine {
    /// Its name.
    pub name: Arc<str>,
    /// How many posts use it.
    pub posts: usize,
    /// The date of its oldest post that has one.
    pub first_use: Option<Timestamp>,
    /// The date of its newest post.
    pub last_use: Option<Timestamp>,
    /// The other terms that a reader takes for it, the most used first, with the number of their posts.
    pub alike: Vec<(Arc<str>, usize)>,
}

/// The tags or the categories of a site, the most used first.
pub fn vocabulary(site: &Site, kind: TermKind) -> Vec<TermLine> {
    let terms = site.vocabulary(kind);
    let line = |term: &crate::site::Term| {
        let mut alike: Vec<_> = terms.alike(term).map(|other| (other.name.clone(), other.count())).collect();
        alike.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        TermLine {
            name: term.name.clone(),
            posts: term.count(),
            first_use: term.first_use(),
            last_use: term.last_use(),
            alike,
        }
    };
    terms.ranked().into_iter().map(line).collect()
}
