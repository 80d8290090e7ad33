//! The edits that keep links whole when files get another name or another folder.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::spelling::spellings;
use super::{linking_files, links_of, mentions, needles};
use crate::features::files::{FileEdits, Texts};
use crate::jekyll::Clock;
use crate::post::{Link, Post, links};
use crate::site::paths::{classify, is_in_site};
use crate::site::{Change, FileKind, Page, PostRecord, Site};
use crate::text::{Span, TextEdit};

/// A file that gets another path. Both are relative to the site's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The path that it has.
    pub from: String,
    /// The path that it gets.
    pub to: String,
}

/// The edits, of the files where they lie now, after which every link that leads to a moved file still does, and so do
/// the links in the moved files. `whole` gives whole texts. A move of a folder moves all that is below it.
pub fn moves(site: &Site, clock: &Clock, whole: &Texts<'_>, moved: &[Move]) -> Vec<FileEdits> {
    let moved = files(site, moved);
    let after = &after(site, clock, whole, &moved);
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
        let all = links_of(site, &Post::parse(text.clone()), &from);
        for link in links::distinct(all.into_iter().filter(|link| !link.target.is_empty())) {
            let Some(target) = site.target(&from, &text, &link, zone) else { continue };
            let old = target.path(&from);
            let new = moved.get(&old).unwrap_or(&old);
            if !is_moved && *new == old {
                continue;
            }
            let written = link.target.of(&text);
            let leads = |spelling: &String| {
                let alone = Link { target: Span::new(0, spelling.len()), ..link };
                let found = after.target(new_from, spelling, &alone, zone);
                found.is_some_and(|target| target.path(new_from) == *new)
            };
            let spelling = spellings(after, &link, written, new_from, new).into_iter().find(leads);
            if let Some(spelling) = spelling.filter(|spelling| spelling != written) {
                edits.push(TextEdit::replace(link.target, spelling));
            }
        }
        edits.sort_by_key(|edit| edit.span);
        (!edits.is_empty()).then_some(FileEdits { path: from, text, edits })
    };
    linking_files(site).into_par_iter().filter_map(find).collect()
}

/// Every file that moves, with those of moved folders.
fn files(site: &Site, moved: &[Move]) -> HashMap<String, String> {
    let mut all = HashMap::new();
    for Move { from, to } in moved {
        let below = format!("{from}/");
        let posts = site.posts_from(&below).map(|post| &post.path);
        let files = posts.chain(site.files_from(&below).map(|(path, _)| path));
        let mut inside: Vec<String> = files.map(|path| path.to_string()).collect();
        let includes = site.includes().iter().map(|name| format!("_includes/{name}"));
        inside.extend(includes.filter(|path| path.starts_with(&below)));
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
    let includes = site.includes().iter().map(|name| {
        let moved = moved.get(&format!("_includes/{name}")).and_then(|to| to.strip_prefix("_includes/"));
        moved.map_or_else(|| name.clone(), Arc::from)
    });
    changes.push(Change::Includes(includes.collect()));
    for (from, to) in moved {
        let known = site.post(from).is_some() || site.has_file(from);
        if !known {
            continue;
        }
        let kind = classify(to, config);
        let post = || whole(from).map(Post::parse).unwrap_or_else(|| Post::parse(""));
        match kind {
            FileKind::Post | FileKind::Draft | FileKind::BadPostName | FileKind::Collection(_)
                if site.post(from).is_some() =>
            {
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
