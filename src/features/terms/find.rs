//! Where a term stands: here, in the whole site, and where the site says what it is.

use std::sync::Arc;

use rayon::prelude::*;

use super::{TermPlace, files, places, under};
use crate::features::Snapshot;
use crate::features::files::{FilePlaces, Texts};
use crate::post::Post;
use crate::site::mentions::Role;
use crate::site::{FileKind, Site, TermKind, paths};
use crate::text::Span;

/// The places of the term under the cursor in the open document.
pub fn highlights(snapshot: &Snapshot, offset: usize) -> Option<Vec<Span>> {
    let term = under(snapshot, offset)?;
    let places = places(&snapshot.path, &snapshot.kind, &snapshot.post);
    Some(
        places.into_iter().filter(|place| is(place, term.kind, &term.name)).map(|place| place.span).collect(),
    )
}

/// The places of the term under the cursor in the whole site; with `declarations` also those that say what it is: its
/// page, its entry in a data file.
pub fn references(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    offset: usize,
    declarations: bool,
) -> Option<Vec<FilePlaces>> {
    let term = under(snapshot, offset)?;
    Some(in_site(snapshot, texts, term.kind, &term.name, |role| declarations || role == Role::Use))
}

/// Where the site says what the term under the cursor is.
pub fn declarations(snapshot: &Snapshot, texts: &Texts<'_>, offset: usize) -> Option<Vec<FilePlaces>> {
    let term = under(snapshot, offset)?;
    let mut found = in_site(snapshot, texts, term.kind, &term.name, |role| role != Role::Use);
    // A page says it in several keys; one place is enough.
    found.iter_mut().for_each(|file| file.spans.truncate(1));
    Some(found)
}

/// The places of a term in the whole site.
pub(in crate::features) fn in_site(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    kind: TermKind,
    name: &str,
    wanted: impl Fn(Role) -> bool + Sync,
) -> Vec<FilePlaces> {
    let spans = |path: &Arc<str>, file: &FileKind, post: &Post| {
        let found = places(path, file, post);
        let found = found.into_iter().filter(|place| is(place, kind, name) && wanted(place.role));
        found.map(|place| place.span).collect::<Vec<_>>()
    };
    let files = files(snapshot, kind, name);
    let found = files.filter_map(|(path, file)| {
        let (text, spans) = if path == snapshot.path {
            (snapshot.post.text.clone(), spans(&path, &file, &snapshot.post))
        } else {
            let text = texts(&path)?;
            let post = Post::parse_values(text.clone());
            (text, spans(&path, &file, &post))
        };
        (!spans.is_empty()).then_some(FilePlaces { path, text, spans })
    });
    found.collect()
}

fn is(place: &TermPlace, kind: TermKind, name: &str) -> bool {
    place.kind == kind && place.name == name
}

/// The place that stands for a term: where the site says what it is, else in its newest post.
pub(in crate::features) fn home(
    site: &Site,
    texts: &Texts<'_>,
    kind: TermKind,
    name: &str,
) -> Option<(Arc<str>, Arc<str>, Span)> {
    let find = |path: &Arc<str>, declared: bool| {
        let text = texts(path)?;
        let file = paths::classify(path, site.config());
        let found = places(path, &file, &Post::parse(text.clone()));
        let place = found
            .into_iter()
            .find(|place| is(place, kind, name) && (place.role == Role::Declaration || !declared))?;
        Some((path.clone(), text, place.span))
    };
    let term = site.vocabulary(kind).get(name)?;
    let declared = site.naming(kind, name).find_map(|path| find(path, true));
    declared.or_else(|| term.newest().take(3).find_map(|post| find(&post.path, false)))
}
