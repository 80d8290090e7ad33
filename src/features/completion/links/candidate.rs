//! What may be offered: posts, files and anchors, with the words by which they are found.
//!
//! There may be a hundred thousand of them, and an answer has a hundred: what is shown of one is made when it is chosen.

use std::borrow::Cow;

use jiff::Timestamp;

use super::address::address;
use super::place::Wanted;
use crate::features::Snapshot;
use crate::features::hover::status_note;
use crate::features::markdown::{day, image};
use crate::jekyll::{Status, page};
use crate::post::links::is_media;
use crate::post::name::base_name;
use crate::site::paths::exact_name;
use crate::site::{FileKind, Page, PostRecord, Site};

/// Something that may be offered.
pub(super) enum Candidate<'s> {
    /// A post.
    Post(&'s PostRecord),
    /// Another file by its path, with the page that it is.
    File(&'s str, Option<&'s Page>),
    /// Something else, as it is offered.
    Other(Box<Offer>),
}

/// An offer.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    /// What the list shows: a title, or the path.
    pub(super) label: String,
    /// What is written.
    pub(super) written: String,
    /// The file's name, where what is written need not hold it.
    pub(super) name: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) documentation: Option<String>,
}

/// The words by which a candidate is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words<'c> {
    /// [`Offer::label`], where it is another than what is written.
    pub(super) label: Option<&'c str>,
    /// [`Offer::written`].
    pub(super) written: Cow<'c, str>,
    /// The path whose last part is [`Offer::name`].
    path: Option<&'c str>,
}

impl Words<'_> {
    /// [`Offer::name`].
    pub(super) fn name(&self) -> Option<&str> {
        self.path.map(base_name)
    }
}

/// All that may be offered, and some that cannot be written there; none for what is found in the text itself.
pub(super) fn candidates(snapshot: &Snapshot, wanted: Wanted) -> Vec<Candidate<'_>> {
    let site = &*snapshot.site;
    // A page seldom links to itself.
    let own = site.post(&snapshot.path);
    let others = || {
        // Told apart by where they lie: to look into each takes longer than to go through them.
        let is_own = move |post: &PostRecord| own.is_some_and(|own| std::ptr::eq(&**own, post));
        site.posts().map(|post| &**post).filter(move |post| !is_own(post)).map(Candidate::Post)
    };
    match wanted {
        Wanted::PostUrl => others().collect(),
        Wanted::LinkTag => {
            let files = site.files_from("").filter(|(path, _)| ***path != *snapshot.path);
            let files = files.map(|(path, page)| Candidate::File(path, page.map(|page| &**page)));
            others().chain(files).collect()
        }
        Wanted::Include => site.includes().iter().map(|name| Candidate::File(name, None)).collect(),
        Wanted::Address { image: true, .. } => media(site).map(|path| Candidate::File(path, None)).collect(),
        Wanted::Address { image: false, .. } => {
            let pages =
                site.files_from("").filter_map(|(path, page)| Some(Candidate::File(path, Some(page?))));
            others().chain(pages).collect()
        }
        Wanted::Anchor => Vec::new(),
    }
}

/// The paths of the images, sounds and films of the site.
pub(super) fn media(site: &Site) -> impl Iterator<Item = &str> {
    let media = site.files_from("").filter(|(path, page)| page.is_none() && is_media(path));
    media.map(|(path, _)| &**path)
}

impl Candidate<'_> {
    /// The words by which it is found where something is wanted; none where it cannot be written there.
    pub(super) fn words(&self, site: &Site, wanted: Wanted) -> Option<Words<'_>> {
        let written = match (self, wanted) {
            (Candidate::Other(offer), _) => Cow::Borrowed(&*offer.written),
            (Candidate::Post(post), Wanted::PostUrl) if post.kind == FileKind::Post => {
                exact_name(&post.path, &site.config().collections_dir)?.into()
            }
            (Candidate::Post(post), Wanted::Address { from_root, .. }) => {
                address(site, post.url.as_deref()?, from_root)
            }
            (Candidate::File(path, None), Wanted::Address { from_root, .. }) => {
                address(site, &page::copied_url(path, site.config()), from_root).into_owned().into()
            }
            (Candidate::File(_, Some(page)), Wanted::Address { from_root, .. }) => {
                address(site, page.url.as_deref()?, from_root)
            }
            (Candidate::Post(post), Wanted::LinkTag)
                if matches!(post.kind, FileKind::Post | FileKind::Collection(_)) =>
            {
                Cow::Borrowed(&*post.path)
            }
            (Candidate::Post(_), _) => return None,
            (Candidate::File(path, _), _) => Cow::Borrowed(*path),
        };
        let is_image = matches!(wanted, Wanted::Address { image: true, .. });
        let (label, path) = match self {
            Candidate::Other(offer) => (&*offer.label, offer.name.as_deref()),
            Candidate::Post(post) => (&*post.title, Some(&*post.path)),
            Candidate::File(path, _) if is_image => (*path, None),
            Candidate::File(path, page) => (page.map_or("", |page| &page.title), Some(*path)),
        };
        let label = Some(label).filter(|label| !label.is_empty() && *label != written);
        Some(Words { label, written, path })
    }

    /// Whether Jekyll gives it no page as things stand: it comes after the others.
    pub(super) fn is_hidden(&self) -> bool {
        let Candidate::Post(post) = self else { return false };
        matches!(post.status, Status::Draft | Status::Unpublished | Status::Dropped)
    }

    /// The instant of a post.
    pub(super) fn date(&self) -> Option<Timestamp> {
        let Candidate::Post(post) = self else { return None };
        post.date
    }

    /// The offer of what may be written where something is wanted.
    pub(super) fn offer(&self, snapshot: &Snapshot, wanted: Wanted) -> Option<Offer> {
        if let Candidate::Other(offer) = self {
            return Some(Offer::clone(offer));
        }
        let words = self.words(&snapshot.site, wanted)?;
        let name = words.name().map(str::to_owned);
        let Words { label, written, .. } = words;
        let (detail, documentation) = match self {
            Candidate::Post(post) => {
                let date = post.date.map(|date| day(date, &snapshot.zone()));
                let note = status_note(&post.status).map(str::to_owned);
                let detail: Vec<String> = date.into_iter().chain(note).collect();
                ((!detail.is_empty()).then(|| detail.join(", ")), Some(format!("`{written}`")))
            }
            Candidate::File(path, _) if matches!(wanted, Wanted::Address { image: true, .. }) => {
                (None, image(snapshot.site.root(), path))
            }
            Candidate::File(path, Some(page)) if !page.title.is_empty() => (Some((*path).to_owned()), None),
            _ => (None, None),
        };
        let label = label.unwrap_or(&written).to_owned();
        Some(Offer { label, written: written.into_owned(), name, detail, documentation })
    }
}
