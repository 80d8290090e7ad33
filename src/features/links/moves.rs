//! The edits that keep links whole when files get another name or another folder.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::spelling::{is_its_url, spellings};
use super::{linking_files, links_of, mentions, needles, values};
use crate::features::files::{FileEdits, Move, Texts};
use crate::jekyll::Clock;
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::write::{Context, write};
use crate::post::links::values::decoded;
use crate::post::{Link, LinkKind, Post, links};
use crate::site::paths::{classify, is_in_site};
use crate::site::{Change, FileKind, Page, PostRecord, Site};
use crate::text::{Span, TextEdit};

/// The edits, of the files where they lie now, after which every link that leads to a moved file still does, and so do
/// the links in the moved files. `whole` gives whole texts. A move of a folder moves all that is below it.
pub fn moves(site: &Site, clock: &Clock, whole: &Texts<'_>, moved: &[Move]) -> Vec<FileEdits> {
    moves_becoming(site, clock, whole, whole, moved)
}

/// [`moves`], where the moved files get other texts beside that: `becoming` gives these. The edits are of the texts that
/// `whole` gives.
pub fn moves_becoming(
    site: &Site,
    clock: &Clock,
    whole: &Texts<'_>,
    becoming: &Texts<'_>,
    moved: &[Move],
) -> Vec<FileEdits> {
    let moved = files(site, moved);
    let after = &after(site, clock, becoming, &moved);
    let zone = &site.config().site_clock(clock).zone;
    let needles: Vec<Vec<String>> = moved.keys().map(|path| needles(site, path)).collect();
    let find = |from: Arc<str>| {
        let text = whole(&from)?;
        let is_moved = moved.contains_key(&*from);
        if !is_moved && !needles.iter().any(|needles| mentions(&text, needles)) {
            return None;
        }
        let new_from = moved.get(&*from).map_or(&*from, |to| to);
        let mut edits: Vec<TextEdit> = Vec::new();
        let all = links_of(site, &from, &text, || Post::parse(text.clone()));
        for link in links::distinct(all.into_iter().filter(|link| !link.target.is_empty())) {
            let Some(target) = site.target(&from, &text, &link, zone) else { continue };
            let old = target.path(&from);
            let new = moved.get(&old).unwrap_or(&old);
            if !is_moved && *new == old {
                continue;
            }
            let is_value = link.kind == LinkKind::Value;
            let written = link.target.of(&text);
            let written = if is_value { decoded(written) } else { written.into() };
            let leads = |spelling: &str| {
                let alone = Link { target: Span::new(0, spelling.len()), ..link };
                let found = after.target(new_from, spelling, &alone, zone);
                found.is_some_and(|target| target.path(new_from) == *new)
            };
            // A value that was no path of a file does not become one: it may be read by what makes links of URLs.
            let was_path = !is_value || written.ends_with(&*old);
            let is_path = |it: &str| it.ends_with(&**new) && !is_its_url(after, &link, it, new);
            let fits = |spelling: &&String| leads(spelling) && (was_path || !is_path(spelling));
            // The very URL of a page stays that of the page, where a server takes others for it too.
            let was_url = is_its_url(site, &link, &written, &old);
            let is_url = |spelling: &&String| !was_url || is_its_url(after, &link, spelling, new);
            let all = spellings(after, &link, &written, new_from, new);
            let exact = all.iter().find(|spelling| fits(spelling) && is_url(spelling));
            let spelling = exact.or_else(|| all.iter().find(fits)).cloned();
            if let Some(spelling) = spelling.filter(|spelling| *spelling != written) {
                edits.push(match link.kind {
                    LinkKind::Value => values::edit(&text, &link, &spelling),
                    LinkKind::Layout => TextEdit::replace(link.target, scalar(&text, &link, &spelling)),
                    _ => TextEdit::replace(link.target, spelling),
                });
            }
        }
        edits.sort_by_key(|edit| edit.span);
        (!edits.is_empty()).then_some(FileEdits { path: from, text, edits })
    };
    linking_files(site).into_par_iter().filter_map(find).collect()
}

/// The name of a layout in the quotes that it stands in, or in those that it needs where there are none.
fn scalar(text: &str, link: &Link, name: &str) -> String {
    match text[..link.target.start].chars().next_back() {
        Some(quote @ ('\'' | '"')) => {
            let wanted = if quote == '"' { Quote::Double } else { Quote::Single };
            let written = write(name, Context::Flow, wanted);
            let inner = written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
            inner.map_or_else(|| name.to_owned(), str::to_owned)
        }
        _ => write(name, Context::Flow, Quote::Plain),
    }
}

/// Every file that moves, with those of moved folders.
fn files(site: &Site, moved: &[Move]) -> HashMap<String, String> {
    let mut all = HashMap::new();
    for Move { from, to } in moved {
        let below = format!("{from}/");
        let posts = site.posts_from(&below).map(|post| &post.path);
        let files = posts.chain(site.files_from(&below).map(|(path, _)| path));
        let mut inside: Vec<String> = files.map(|path| path.to_string()).collect();
        let folder = &site.config().includes_dir;
        inside.extend(
            site.includes()
                .iter()
                .map(|name| format!("{folder}/{name}"))
                .filter(|path| path.starts_with(&below)),
        );
        let templates = site.templates().paths().iter().filter(|path| path.starts_with(&below));
        inside.extend(templates.map(|path| path.to_string()));
        all.extend(inside.into_iter().map(|path| {
            let new = format!("{to}/{}", &path[below.len()..]);
            (path, new)
        }));
        all.insert(from.clone(), to.clone());
    }
    all
}

/// The site after the moves.
fn after(site: &Site, clock: &Clock, whole: &Texts<'_>, moved: &HashMap<String, String>) -> Site {
    let config = site.config();
    let mut changes: Vec<Change> = moved.keys().map(|path| Change::Remove(path.as_str().into())).collect();
    let folder = format!("{}/", config.includes_dir);
    let includes = site.includes().iter().map(|name| {
        let moved = moved.get(&format!("{folder}{name}")).and_then(|to| to.strip_prefix(&folder));
        moved.map_or_else(|| name.clone(), Arc::from)
    });
    changes.push(Change::Includes(includes.collect()));
    let new = |path: &Arc<str>| moved.get(&**path).map_or_else(|| path.clone(), |to| to.as_str().into());
    changes.push(Change::Templates(site.templates().moved(new)));
    for (from, to) in moved {
        let known = site.post(from).is_some() || site.has_file(from);
        if !known {
            continue;
        }
        let kind = classify(to, config);
        let post = || whole(from).map(Post::parse).unwrap_or_else(|| Post::parse(""));
        match kind {
            FileKind::BadPostName if site.post(from).is_some() => {
                changes.push(Change::Put(PostRecord::dropped(to, kind)));
            }
            FileKind::Post | FileKind::Draft | FileKind::Collection(_) if site.post(from).is_some() => {
                changes.push(Change::Put(PostRecord::new(&post(), to, kind, config, clock)));
            }
            FileKind::Page => {
                changes.push(Change::File(to.as_str().into(), Page::new(&post(), to, config, clock)));
            }
            _ if is_in_site(to, config) => changes.push(Change::File(to.as_str().into(), None)),
            _ => {}
        }
    }
    site.apply(changes)
}
