//! Links: what they name must be there. The tags `post_url`, `link` and `include` stop the build where it is not; an
//! address that leads nowhere is told only where no plugin can have made what it names.

pub(super) mod absent_files;
pub mod hidden_target;
pub mod image_case;
pub mod inexact_post_url;
pub mod missing_anchor;
pub mod missing_footnote;
pub mod missing_image;
pub mod missing_include;
pub mod missing_linked_file;
pub mod missing_page;
pub mod missing_post;
pub mod missing_scheme;
mod near_page;
pub mod relative_to_source;
pub mod source_link;
pub mod unused_footnote;

use super::nearest::{Searches, nearest};
use super::{Diagnostic, Input};
use crate::jekyll::Status;
use crate::limits::{MAX_DIAGNOSTICS, MAX_LINKS};
use crate::post::front_matter::Load;
use crate::post::{Link, LinkKind};
use crate::site::{FileKind, PostRecord};
use crate::text::Span;

/// The links of this kind in a file of which Jekyll renders the Liquid, with what each names as it is written; at most
/// [`MAX_LINKS`].
fn tags<'a>(input: &Input<'a>, kind: LinkKind) -> impl Iterator<Item = (&'a Link, &'a str)> {
    let text = &*input.post.text;
    let links: &[Link] = if is_rendered(input) { &input.post.body().links } else { &[] };
    links
        .iter()
        .filter(move |link| link.kind == kind)
        .map(|link| (link, link.target.of(text)))
        .take(MAX_LINKS)
}

/// Keeps as many findings as a file can have. `all` is lazy: the names of no more are held against those of the site.
fn keep(found: &mut Vec<Diagnostic>, all: impl Iterator<Item = Diagnostic>) {
    found.extend(all.take(MAX_DIAGNOSTICS));
}

/// Whether Jekyll runs the Liquid of the file: not in a page without front matter, which it only copies, nor where
/// `render_with_liquid: false` says so.
fn is_rendered(input: &Input<'_>) -> bool {
    let front_matter = &input.post.front_matter;
    let copied = *input.kind == FileKind::Page && front_matter.load == Load::Absent;
    let off = front_matter.get("render_with_liquid").is_some_and(|it| !it.value.is_truthy());
    !copied && !off && *input.kind != FileKind::BadPostName
}

/// Whether the file is in the site that is built: else what it links to may be as hidden as itself.
fn is_published(input: &Input<'_>) -> bool {
    match input.kind {
        FileKind::Post | FileKind::Collection(_) => {
            !matches!(input.reading.status, Status::Future | Status::Unpublished | Status::Draft)
        }
        FileKind::Draft => false,
        _ => true,
    }
}

/// Where a finding about a link is shown: what it names, else all of it.
fn place(link: &Link) -> Span {
    if link.target.is_empty() { link.span } else { link.target }
}

/// Why a post is not in the site that is built, for an author.
fn why_hidden(post: &PostRecord) -> &'static str {
    match post.status {
        Status::Future => "its date is in the future",
        Status::Unpublished => "it is not published",
        Status::Draft => "it is a draft",
        _ => "Jekyll leaves it out",
    }
}

/// The path that a misspelt one most likely is: of the files that have its name or are in its folder.
fn nearest_path(
    input: &Input<'_>,
    searches: &Searches,
    path: &str,
    counts: impl Fn(&str) -> bool,
) -> Option<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let (posts, files) = (input.site.posts_around(&prefix, path), input.site.files_around(&prefix, path));
    let (mut before, mut behind) = (posts.0.map(|post| &post.path), posts.1.map(|post| &post.path));
    let (mut before_file, mut behind_file) = files;
    let near = searches.around([(&mut before, &mut behind), (&mut before_file, &mut behind_file)]);
    nearest(path, near.into_iter().map(|path| &**path).filter(|path| counts(path))).map(str::to_owned)
}

/// The address of a file from the root of the site, as an author writes it, with `baseurl`.
fn root_address(input: &Input<'_>, path: &str) -> String {
    format!("{}/{path}", input.site.config().baseurl.trim_end_matches('/'))
}
