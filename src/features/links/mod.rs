//! Links as symbols: where they lead, what leads to a file, and what has to change when a file gets another name.
//!
//! - `by_link`: another name from where something is linked;
//! - `find`: definition, document links, references;
//! - `graph`: the links of the whole site;
//! - `headings`: what fragments lead to, and another text for a heading;
//! - `leading`: which links of the whole site lead to one file;
//! - `layouts`: another name for a layout, which is its file's;
//! - `moves`: the edits that keep links whole when files move;
//! - `spelling`: a new address in the form of the old one;
//! - `values`: that address in the quotes of a value of YAML.

pub(super) mod by_link;
mod find;
mod graph;
pub(super) mod headings;
pub(super) mod layouts;
mod leading;
mod moves;
mod spelling;
mod values;

#[cfg(test)]
mod tests;

pub use find::{DocumentLink, definition, document_links, highlights, references};
pub use graph::{Linked, Nowhere, graph};
pub use moves::{moves, moves_becoming};
pub(super) use spelling::readable;

use std::borrow::Borrow;
use std::sync::Arc;

pub use super::files::Move;

use super::Snapshot;
use crate::post::links::has_extension;
use crate::post::{Link, Post, links};
use crate::site::mentions::can_mention;
use crate::site::paths::{CONFIGS, classify};
use crate::site::{FileKind, Site};

/// The files of the site in which links can stand: posts, drafts, documents of collections, pages; layouts and includes;
/// data files; the configuration.
fn linking_files(site: &Site) -> Vec<Arc<str>> {
    let posts = site.posts().map(|post| post.path.clone());
    let pages = site.files_from("").filter(|(_, page)| page.is_some()).map(|(path, _)| path.clone());
    let configs = CONFIGS.iter().map(|name| Arc::from(*name));
    let templates = site.templates().paths().iter().cloned();
    posts.chain(pages).chain(templates).chain(site.data_files()).chain(configs).collect()
}

/// The links of a file of the site. `post` gives its text as a post, which is not asked for of a data file.
fn links_of<P: Borrow<Post>>(site: &Site, path: &str, text: &str, post: impl FnOnce() -> P) -> Vec<Link> {
    if CONFIGS.contains(&path) {
        return links::values::of_config(text);
    }
    if is_data(site, path) {
        return links::values::of_data(text);
    }
    let is_html = has_extension(path, &["html", "htm"]) && !site.config().is_markdown(path);
    let post = post();
    if is_html || site.templates().has(path) { links::of_html(post.borrow()) } else { post.borrow().links() }
}

fn is_data(site: &Site, path: &str) -> bool {
    let kind = classify(path, site.config());
    kind == FileKind::Data && can_mention(path, &kind)
}

/// What the text of a file must hold somewhere to link to `path`: the end of its path or of its URL, as they can be
/// written. Empty where that can be anything.
fn needles(site: &Site, path: &str) -> Vec<String> {
    let mut ends = vec![crate::post::name::stem(path).to_owned()];
    ends.extend(crate::post::name::PostName::parse(path).map(|name| name.slug.to_owned()));
    let record = site.post(path);
    ends.extend(record.and_then(|post| post.slug.as_deref()).map(str::to_owned));
    let page = site.file(path).and_then(|(_, page)| page);
    let url = record.and_then(|post| post.url.clone()).or_else(|| page.and_then(|page| page.url.clone()));
    if let Some(url) = url {
        let decoded = percent_encoding::percent_decode_str(&url).decode_utf8_lossy().into_owned();
        let bare = decoded.trim_end_matches('/');
        let last = bare.rsplit('/').next().unwrap_or_default();
        ends.push(last.strip_suffix(".html").unwrap_or(last).to_owned());
    }
    if ends.iter().any(|end| end.is_empty() || end == "index") {
        return Vec::new();
    }
    let escaped = |end: &String| crate::jekyll::url::escape_path(end).into_owned();
    let escaped: Vec<String> = ends.iter().map(escaped).collect();
    let lower = escaped.iter().map(|end| end.to_lowercase()).collect::<Vec<_>>();
    ends.extend(escaped);
    ends.extend(lower);
    ends.sort_unstable();
    ends.dedup();
    ends
}

fn mentions(text: &str, needles: &[String]) -> bool {
    // In JSON every character can be written as an escape.
    needles.is_empty() || text.contains("\\u") || needles.iter().any(|needle| text.contains(needle.as_str()))
}

/// A file of the site as a post: the open document, or what `texts` gives.
fn post_at(snapshot: &Snapshot, text: &Arc<str>, path: &str) -> Arc<Post> {
    if *path == *snapshot.path { snapshot.post.clone() } else { Arc::new(Post::parse(text.clone())) }
}
