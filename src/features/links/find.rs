//! Where links lead, and what leads to a file.

use std::collections::HashMap;
use std::sync::Arc;

use super::headings::{anchors_of, place};
use super::leading::leading_to;
use super::links_of;
use crate::features::Snapshot;
use crate::features::files::{FilePlaces, Texts};
use crate::jekyll::anchors::{self, Anchors};
use crate::limits::MAX_OUTLINE;
use crate::post::{Link, links};
use crate::site::targets::anchor;
use crate::site::{FileKind, Target};
use crate::text::{LineIndex, PositionEncoding, Span};

/// A link that can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// What names the file, in the document.
    pub span: Span,
    /// The file, relative to the site's source.
    pub path: String,
    /// The line in it, from 0, of the heading or anchor that the fragment names.
    pub line: Option<u32>,
}

/// How many files are read for the headings that the links of a document lead to.
const MAX_READ: usize = 20;

/// The links of the document that lead to files of the site, at most [`MAX_OUTLINE`]. `whole` gives whole texts.
pub fn document_links(snapshot: &Snapshot, whole: &Texts<'_>) -> Vec<DocumentLink> {
    let (site, text, zone) = (&snapshot.site, &*snapshot.post.text, snapshot.zone());
    let mut read: HashMap<String, Option<(LineIndex, Arc<str>, Anchors)>> = HashMap::new();
    let mut line = |path: &str, id: &str| {
        if read.len() == MAX_READ && !read.contains_key(path) {
            return None;
        }
        let known = read.entry(path.to_owned()).or_insert_with(|| {
            let (text, anchors) = anchors_of(snapshot, whole, path)?;
            Some((LineIndex::new(&text), text, anchors))
        });
        let (lines, text, anchors) = known.as_ref()?;
        let at = anchors.find(id)?.start;
        Some(lines.position(text, at, PositionEncoding::Utf8).line)
    };
    let links = own_links(snapshot).into_iter().filter(|link| !link.target.is_empty());
    let found =
        links::distinct(links).filter_map(|link| match site.target(&snapshot.path, text, &link, &zone)? {
            Target::Here => None,
            target => {
                let path = target.path(&snapshot.path);
                let line = anchor(text, &link).and_then(|id| line(&path, &id));
                Some(DocumentLink { span: link.target, path, line })
            }
        });
    found.take(MAX_OUTLINE).collect()
}

/// Where the link at a byte offset leads: the heading or anchor that its fragment names, else the start of its file.
/// `whole` gives whole texts. None where no link is there, or it leads to no file.
pub fn definition(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Vec<FilePlaces>> {
    let links = own_links(snapshot);
    let link = links::at(&links, offset)?;
    let target = snapshot.site.target(&snapshot.path, &snapshot.post.text, link, &snapshot.zone())?;
    let path = target.path(&snapshot.path);
    let heading = anchor(&snapshot.post.text, link).and_then(|id| place(snapshot, whole, &path, &id));
    if let Some((text, span)) = heading {
        return Some(vec![FilePlaces { path: path.into(), text, spans: vec![span] }]);
    }
    (target != Target::Here)
        .then(|| vec![FilePlaces { path: path.into(), text: "".into(), spans: vec![Span::empty(0)] }])
}

fn own_links(snapshot: &Snapshot) -> Vec<Link> {
    links_of(&snapshot.site, &snapshot.path, &snapshot.post.text, || &*snapshot.post)
}

/// The places of the document that lead to where the link at a byte offset does, or to the heading there: the address of
/// each link, all of a link whose address stands in a definition, the heading's text. None where neither is there, and
/// for a link that leads to no file of the site: it is left to others.
pub fn highlights(snapshot: &Snapshot, offset: usize) -> Option<Vec<Span>> {
    let (site, text, zone) = (&snapshot.site, &*snapshot.post.text, snapshot.zone());
    let links = own_links(snapshot);
    let lead = |link: &Link| {
        let target = site.target(&snapshot.path, text, link, &zone)?;
        Some((target.path(&snapshot.path), anchor(text, link)))
    };
    let wanted = match links::at(&links, offset) {
        Some(link) => lead(link)?,
        None => (snapshot.path.to_string(), Some(super::headings::under(snapshot, offset)?.id?)),
    };
    let mut spans = Vec::new();
    for link in links.iter().filter(|link| lead(link).as_ref() == Some(&wanted)) {
        let fragment = link.fragment.filter(|_| !link.kind.is_tag());
        let address = fragment.map_or(link.target, |fragment| link.target.cover(fragment));
        if !link.span.encloses(address) {
            spans.push(link.span);
        }
        spans.push(address);
    }
    if let (path, Some(id)) = &wanted
        && *path == *snapshot.path
    {
        spans.extend(anchors::read(&snapshot.post, path, site.config()).find(id));
    }
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    spans.dedup();
    spans.truncate(MAX_OUTLINE);
    // A heading to which nothing leads is left to others too.
    let is_linked = links::at(&links, offset).is_some() || spans.len() > 1;
    is_linked.then_some(spans)
}

/// The path of the file that the link at a byte offset leads to.
fn linked(snapshot: &Snapshot, offset: usize) -> Option<String> {
    let links = own_links(snapshot);
    let link = links::at(&links, offset)?;
    let target = snapshot.site.target(&snapshot.path, &snapshot.post.text, link, &snapshot.zone())?;
    (target != Target::Here).then(|| target.path(&snapshot.path))
}

/// The links of the whole site to a file: to the one that the link at a byte offset leads to, or to the post itself
/// from its fence and its `title`; from a heading those that lead to it. `whole` gives whole texts. None where the
/// offset is on none of these.
pub fn references(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Vec<FilePlaces>> {
    if let Some(path) = linked(snapshot, offset).or_else(|| own(snapshot, offset)) {
        let named = |_: &str, link: &Link| (!link.target.is_empty()).then_some(link.target);
        return Some(leading_to(snapshot, whole, &path, named));
    }
    let id = super::headings::under(snapshot, offset)?.id?;
    let to_heading =
        |text: &str, link: &Link| link.fragment.filter(|_| anchor(text, link).as_deref() == Some(&*id));
    Some(leading_to(snapshot, whole, &snapshot.path, to_heading))
}

/// The post's own path where the offset is on its fence or its title.
fn own(snapshot: &Snapshot, offset: usize) -> Option<String> {
    let front_matter = &snapshot.post.front_matter;
    let fence = &front_matter.fence;
    let is_document =
        !matches!(snapshot.kind, FileKind::Config | FileKind::Settings | FileKind::Data | FileKind::Other);
    let on_fence = fence.is_present()
        && [Some(fence.opening), fence.closing].into_iter().flatten().any(|line| line.touches(offset));
    let on_title = || {
        let entry = snapshot.post.tree().entry_at(offset);
        fence.content.touches(offset)
            && entry.is_some_and(|entry| entry.key_text(&snapshot.post.text) == "title")
    };
    (is_document && (on_fence || on_title())).then(|| snapshot.path.to_string())
}
