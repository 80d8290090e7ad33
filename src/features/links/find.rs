//! Where links lead, and what leads to a file.

use std::sync::Arc;

use rayon::prelude::*;

use super::{linking_files, mentions, needles, post_at};
use crate::features::Snapshot;
use crate::features::files::{FilePlaces, Texts};
use crate::limits::MAX_OUTLINE;
use crate::post::links;
use crate::site::{FileKind, Target};
use crate::text::Span;

/// A link that can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// What names the file, in the document.
    pub span: Span,
    /// The file, relative to the site's source.
    pub path: String,
}

/// The links of the document that lead to files of the site, at most [`MAX_OUTLINE`].
pub fn document_links(snapshot: &Snapshot) -> Vec<DocumentLink> {
    let (site, text, zone) = (&snapshot.site, &*snapshot.post.text, snapshot.zone());
    let links = snapshot.post.links().into_iter().filter(|link| !link.target.is_empty());
    let found =
        links::distinct(links).filter_map(|link| match site.target(&snapshot.path, text, &link, &zone)? {
            Target::Here => None,
            target => Some(DocumentLink { span: link.target, path: target.path(&snapshot.path) }),
        });
    found.take(MAX_OUTLINE).collect()
}

/// The start of the file that the link at a byte offset leads to. None where no link is there, or it leads to no file.
pub fn definition(snapshot: &Snapshot, offset: usize) -> Option<Vec<FilePlaces>> {
    let path = linked(snapshot, offset)?;
    Some(vec![FilePlaces { path: path.into(), text: "".into(), spans: vec![Span::empty(0)] }])
}

/// The path of the file that the link at a byte offset leads to.
fn linked(snapshot: &Snapshot, offset: usize) -> Option<String> {
    let links = snapshot.post.links();
    let link = links::at(&links, offset)?;
    let target = snapshot.site.target(&snapshot.path, &snapshot.post.text, link, &snapshot.zone())?;
    (target != Target::Here).then(|| target.path(&snapshot.path))
}

/// The links of the whole site to a file: to the one that the link at a byte offset leads to, or to the post itself
/// from its fence and its `title`. `whole` gives whole texts. None where the offset is on neither.
pub fn references(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Vec<FilePlaces>> {
    let path = linked(snapshot, offset).or_else(|| own(snapshot, offset))?;
    Some(links_to(snapshot, whole, &path))
}

/// The post's own path where the offset is on its fence or its title.
fn own(snapshot: &Snapshot, offset: usize) -> Option<String> {
    let front_matter = &snapshot.post.front_matter;
    let fence = &front_matter.fence;
    let is_document =
        matches!(snapshot.kind, FileKind::Post | FileKind::Draft | FileKind::Collection(_) | FileKind::Page);
    let on_fence = fence.is_present()
        && [Some(fence.opening), fence.closing].into_iter().flatten().any(|line| line.touches(offset));
    let on_title = || {
        let entry = front_matter.tree.entry_at(offset);
        fence.content.touches(offset)
            && entry.is_some_and(|entry| entry.key_text(&snapshot.post.text) == "title")
    };
    (is_document && (on_fence || on_title())).then(|| snapshot.path.to_string())
}

/// The links of the whole site that lead to the file at `path`, each by what names it.
fn links_to(snapshot: &Snapshot, whole: &Texts<'_>, path: &str) -> Vec<FilePlaces> {
    let (site, zone, needles) = (&*snapshot.site, snapshot.zone(), needles(&snapshot.site, path));
    let find = |from: Arc<str>| {
        let text = if from == snapshot.path { snapshot.post.text.clone() } else { whole(&from)? };
        if !mentions(&text, &needles) {
            return None;
        }
        let links = post_at(snapshot, &text, &from).links();
        let leads = |link: &&crate::post::Link| {
            !link.target.is_empty()
                && site.target(&from, &text, link, &zone).is_some_and(|target| target.path(&from) == path)
        };
        let mut spans: Vec<Span> = links.iter().filter(leads).map(|link| link.target).collect();
        spans.sort_unstable();
        spans.dedup();
        (!spans.is_empty()).then_some(FilePlaces { path: from, text, spans })
    };
    linking_files(site).into_par_iter().filter_map(find).collect()
}
