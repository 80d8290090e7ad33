//! Where the links of a file lead: several rules ask it of each, and the site is asked once.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::Input;
use crate::post::{Link, LinkKind};
use crate::site::targets::PostUrl;
use crate::site::{AnchorSet, PostRecord, Target};
use crate::text::Span;

/// What the site has said of the links of one text. Good for that text alone.
#[derive(Debug, Default)]
pub struct Leads<'s> {
    zone: OnceCell<TimeZone>,
    targets: RefCell<HashMap<(Span, LinkKind), Option<Target<'s>>>>,
    posts: RefCell<HashMap<Span, PostUrl<'s>>>,
    anchors: RefCell<HashMap<Arc<str>, AnchorSet>>,
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
