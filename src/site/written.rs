//! Which files are built to which place: two at one of them overwrite each other.

use std::borrow::Cow;
use std::sync::Arc;

use super::targets::percent_decoded;
use super::{FileKind, Site};
use crate::jekyll::Status;
use crate::text::Span;

/// A file that Jekyll builds or copies to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built<'s> {
    /// Its path, relative to the site's source.
    pub path: &'s Arc<str>,
    /// What decides its URL, in bytes of its text: a permalink, a slug, else the opening line. Empty for a file that
    /// is only copied.
    pub place: Span,
    /// Its URL without `baseurl`; none of a file that is only copied.
    pub url: Option<&'s str>,
}

impl Site {
    /// Whether Jekyll builds a file for a document of this kind and status. A post that is broken has no date of its
    /// own: where it lands changes with its mend, so it does not count.
    pub fn builds(&self, kind: &FileKind, status: Status) -> bool {
        let written = match kind {
            FileKind::Post | FileKind::Draft => true,
            FileKind::Collection(name) => {
                self.config().collection_settings.get(&**name).is_some_and(|settings| settings.output)
            }
            _ => false,
        };
        written && status == Status::Published
    }

    /// The files that are built to the place of a URL: posts, drafts, documents of collections, pages, and the file
    /// that is copied to it. At most `most` of the posts and of the pages of one spelling of the URL: a whole site can
    /// have one permalink.
    pub fn built_at(&self, url: &str, most: usize) -> Vec<Built<'_>> {
        let mut all = Vec::new();
        let file = file_of(url);
        for url in urls_of_the_same_file(url, &file) {
            let posts = self.at_url(url).filter(|post| self.builds(&post.kind, post.status));
            all.extend(posts.take(most).map(|post| Built {
                path: &post.path,
                place: post.url_place(),
                url: post.url.as_deref(),
            }));
            let pages = self.pages_at(url).filter_map(|path| {
                let page = self.file(path)?.1?;
                Some(Built { path, place: page.place, url: page.url.as_deref() })
            });
            all.extend(pages.take(most));
        }
        let copied = percent_decoded(file.trim_start_matches('/'));
        let copied = self.file(&copied).filter(|(_, page)| page.is_none());
        all.extend(copied.map(|(path, _)| Built { path, place: Span::default(), url: None }));
        all
    }

    /// Whether `url` is that of the file at `path` and no other file is built to its place. False where only
    /// [`Site::built_at`] can tell: it is known after [`Site::hasten`] alone.
    pub fn is_alone_at(&self, url: &str, path: &str) -> bool {
        let Some(tables) = &self.lookup.tables else { return false };
        let is_posts = || self.post(path).is_some_and(|post| post.url.as_deref() == Some(url));
        let page = || self.file(path).and_then(|(_, page)| page);
        let is_pages = || page().is_some_and(|page| page.url.as_deref() == Some(url));
        !tables.is_contested(url) && (is_posts() || is_pages())
    }
}

/// What the URLs of one file have in common, and the paths of the files that are copied to it: [`place_of_copy`]. A few
/// other URLs may have it too.
pub(super) fn place_of(url: &str) -> Cow<'_, str> {
    match percent_decoded(url) {
        Cow::Borrowed(url) => place_of_copy(url).into(),
        Cow::Owned(url) => place_of_copy(&url).to_owned().into(),
    }
}

/// The [`place_of`] for the path of a file that is only copied.
pub(super) fn place_of_copy(path: &str) -> &str {
    let mut bare = path.trim_start_matches('/');
    while let Some(barer) = bare.strip_suffix(".html") {
        bare = barer;
    }
    let folder = bare.strip_suffix("index").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folder.unwrap_or(bare)
}

/// The file that a page of a URL is written to, from the destination. Source: `document.rb` and `page.rb` destination.
pub fn file_of(url: &str) -> String {
    if url.ends_with('/') {
        return [url, "index.html"].concat();
    }
    let name = memchr::memrchr(b'/', url.as_bytes()).map_or(url, |slash| &url[slash..]);
    if name.contains('.') { url.to_owned() } else { [url, ".html"].concat() }
}

/// The URLs whose page is written to the same file, the [`file_of`] one of them.
fn urls_of_the_same_file<'f>(url: &'f str, file: &'f str) -> impl Iterator<Item = &'f str> {
    let bare = file.strip_suffix(".html");
    let folder = bare.and_then(|bare| bare.strip_suffix("index")).filter(|folder| folder.ends_with('/'));
    // Each is shorter than the one before.
    let others = [Some(file), bare, folder].into_iter().flatten();
    std::iter::once(url).chain(others.filter(move |other| !other.is_empty() && *other != url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_many_urls() {
        for (url, expected) in [
            ("/x/", vec!["/x/", "/x/index.html", "/x/index"]),
            ("/x/index.html", vec!["/x/index.html", "/x/index", "/x/"]),
            ("/x", vec!["/x", "/x.html"]),
            ("/春.html", vec!["/春.html", "/春"]),
            ("/", vec!["/", "/index.html", "/index"]),
            ("/feed.xml", vec!["/feed.xml"]),
        ] {
            assert_eq!(urls_of_the_same_file(url, &file_of(url)).collect::<Vec<_>>(), expected, "{url}");
        }
    }
}
