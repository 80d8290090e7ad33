//! Which links of the whole site lead to one file.

use std::sync::Arc;

use rayon::prelude::*;

use super::{linking_files, links_of, mentions, needles, post_at};
use crate::features::Snapshot;
use crate::features::files::{FilePlaces, Texts};
use crate::post::Link;
use crate::text::Span;

/// The links of the whole site that lead to the file at `path`, each by what `pick` takes of it.
pub(super) fn leading_to(
    snapshot: &Snapshot,
    whole: &Texts<'_>,
    path: &str,
    pick: impl Fn(&str, &Link) -> Option<Span> + Sync,
) -> Vec<FilePlaces> {
    let (site, zone, needles) = (&*snapshot.site, snapshot.zone(), needles(&snapshot.site, path));
    let find = |from: Arc<str>| {
        let text = if from == snapshot.path { snapshot.post.text.clone() } else { whole(&from)? };
        // A link of a file to itself need not name it.
        if *from != *path && !mentions(&text, &needles) {
            return None;
        }
        let leads = |link: &&Link| {
            site.target(&from, &text, link, &zone).is_some_and(|target| target.path(&from) == path)
        };
        let links = links_of(site, &from, &text, || post_at(snapshot, &text, &from));
        let mut spans: Vec<Span> = links.iter().filter(leads).filter_map(|link| pick(&text, link)).collect();
        spans.sort_unstable();
        spans.dedup();
        (!spans.is_empty()).then_some(FilePlaces { path: from, text, spans })
    };
    linking_files(site).into_par_iter().filter_map(find).collect()
}
