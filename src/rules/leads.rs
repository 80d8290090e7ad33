//! What several rules ask of one file, found out once: where its links lead, what its date says.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::quality::RandomState;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Input;
use super::dates::written::Written;
use super::links::absent_files::{Absent, absent};
use super::publishing::name_date::day;
use super::terms::{TermKey, term_pairs};
use crate::jekyll::footnotes::{self, Footnotes};
use crate::post::front_matter::scalar::Pair;
use crate::post::name::PostName;
use crate::post::{Link, LinkKind};
use crate::site::targets::PostUrl;
use crate::site::{AnchorSet, PostRecord, Target};
use crate::text::Span;

/// What has been found out of one text. Good for that text alone.
#[derive(Debug, Default)]
pub struct Leads<'s> {
    zone: OnceCell<TimeZone>,
    written: OnceCell<Option<Written<'s>>>,
    name_day: OnceCell<Option<Date>>,
    targets: RefCell<HashMap<(Span, LinkKind), Option<Target<'s>>, RandomState>>,
    posts: RefCell<HashMap<Span, PostUrl<'s>, RandomState>>,
    anchors: RefCell<HashMap<Arc<str>, AnchorSet>>,
    absent: OnceCell<Vec<Absent>>,
    term_pairs: OnceCell<Vec<(TermKey, &'s Pair)>>,
    footnotes: OnceCell<Footnotes>,
}

impl Leads<'_> {
    /// Takes the anchors of the post at a path, which the site has not read: see [`super::links::missing_anchor::unread`].
    pub fn learn(&self, path: Arc<str>, anchors: AnchorSet) {
        self.anchors.borrow_mut().insert(path, anchors);
    }
}

impl<'a> Input<'a> {
    /// The site's time zone.
    pub(super) fn zone(&self) -> &'a TimeZone {
        self.leads.zone.get_or_init(|| self.site.config().site_clock(self.clock).zone)
    }

    /// The date of the file as it is written: [`Written::of`].
    pub(super) fn written(&self) -> Option<&'a Written<'a>> {
        self.leads.written.get_or_init(|| Written::of(self)).as_ref()
    }

    /// The day in the file's name.
    pub(super) fn name_day(&self) -> Option<Date> {
        *self.leads.name_day.get_or_init(|| day(&PostName::parse(self.path)?))
    }

    /// The keys of tags and categories that the file has, each with its pair.
    pub(super) fn term_pairs(&self) -> &'a [(TermKey, &'a Pair)] {
        self.leads.term_pairs.get_or_init(|| term_pairs(self))
    }

    /// The images, sounds, films and downloads that the file names and that are surely not there.
    pub(super) fn absent(&self) -> &'a [Absent] {
        self.leads.absent.get_or_init(|| absent(self).collect())
    }

    /// The footnotes of the file.
    pub(super) fn footnotes(&self) -> &'a Footnotes {
        self.leads.footnotes.get_or_init(|| footnotes::read(self.post, self.path, self.site.config()))
    }

    /// What a link of the file leads to, hidden posts too.
    pub(super) fn target(&self, link: &Link) -> Option<Target<'a>> {
        let key = (link.target, link.kind);
        if let Some(known) = self.leads.targets.borrow().get(&key) {
            return *known;
        }
        let found = self.site.target(self.path, &self.post.text, link, self.zone());
        self.leads.targets.borrow_mut().insert(key, found);
        found
    }

    /// What the name in a `post_url` of the file finds.
    pub(super) fn post_url(&self, link: &Link) -> PostUrl<'a> {
        if let Some(known) = self.leads.posts.borrow().get(&link.target) {
            return *known;
        }
        let found = self.site.find_post_url(link.target.of(&self.post.text), self.zone());
        self.leads.posts.borrow_mut().insert(link.target, found);
        found
    }

    /// The anchors of a post of the site.
    pub(super) fn anchors(&self, post: &PostRecord) -> AnchorSet {
        match self.leads.anchors.borrow().get(&post.path) {
            Some(learnt) if post.anchors == AnchorSet::Unread => learnt.clone(),
            _ => post.anchors.clone(),
        }
    }
}
