//! The files of a site that are no posts and can be linked to: pages, and files that Jekyll only copies.

use std::ops::Bound;
use std::sync::Arc;

use super::lookup::Keyed;
use super::order::Before;
use super::paths;
use super::record::url_place;
use super::sorted::Sorted;
use super::{AnchorSet, Site};
use crate::jekyll::{Clock, Config, page};
use crate::post::Post;
use crate::text::Span;

/// Paths of files, with what is known of the pages among them. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    all: imbl::OrdMap<Arc<str>, Option<Arc<Page>>>,
    by_url: Sorted<Keyed>,
}

/// A page: a file outside `_posts` and the collections that has front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its URL without `baseurl`; none where Jekyll can make none or `published: false` leaves it out.
    pub url: Option<Arc<str>>,
    /// Its title; empty where it has none.
    pub title: Arc<str>,
    /// [`super::record::url_place`].
    pub place: Span,
    /// The anchors that links can lead to.
    pub anchors: AnchorSet,
}

impl Page {
    /// What the site keeps of a page; none of a file without front matter.
    pub fn new(post: &Post, path: &str, config: &Config, clock: &Clock) -> Option<Self> {
        let page = page::read(post, path, config, clock)?;
        let url = page.url.ok().filter(|_| page.published).map(Arc::from);
        let anchors = AnchorSet::read(post, path, config);
        Some(Page { url, title: page.title.into(), place: url_place(post), anchors })
    }
}

impl Site {
    /// Whether there is a file at a path that is no post: a page, an image, any file that Jekyll copies.
    pub fn has_file(&self, path: &str) -> bool {
        self.files.all.contains_key(path)
    }

    /// The path of such a file as the site holds it, and the page that it is.
    pub fn file(&self, path: &str) -> Option<(&Arc<str>, Option<&Arc<Page>>)> {
        self.files.all.get_key_value(path).map(|(path, page)| (path, page.as_ref()))
    }

    /// The files whose path begins with `prefix`, by path, with the pages among them.
    pub fn files_from<'s>(
        &'s self,
        prefix: &str,
    ) -> impl Iterator<Item = (&'s Arc<str>, Option<&'s Arc<Page>>)> {
        let from = self.files.all.range::<_, str>((Bound::Included(prefix), Bound::Unbounded));
        from.take_while(move |(path, _)| path.starts_with(prefix)).map(|(path, page)| (path, page.as_ref()))
    }

    /// The files whose path begins with `prefix`: those before the place of `path`, which begins with it too, the last of
    /// them first, and those from it on.
    pub fn files_around<'s>(
        &'s self,
        prefix: &str,
        path: &str,
    ) -> (impl Iterator<Item = &'s Arc<str>>, impl Iterator<Item = &'s Arc<str>>) {
        let from = self.files.all.range::<_, str>((Bound::Included(path), Bound::Unbounded));
        let until = self.files.all.range::<_, str>((Bound::Unbounded, Bound::Excluded(path))).rev();
        let below = move |(own, _): &(&Arc<str>, _)| own.starts_with(prefix);
        (until.take_while(below).map(|(path, _)| path), from.take_while(below).map(|(path, _)| path))
    }

    /// A file whose path differs from `path` in case only. It is looked for letter by letter, so that a site of a hundred
    /// thousand files costs as little as a small one.
    pub fn file_of_other_case(&self, path: &str) -> Option<&Arc<str>> {
        let mut begun = vec![String::new()];
        while let Some(known) = begun.pop() {
            let Some(next) = path.get(known.len()..).and_then(|rest| rest.chars().next()) else {
                match self.file(&known) {
                    Some((file, _)) if **file != *path => return Some(file),
                    _ => continue,
                }
            };
            let (lower, upper) = (next.to_lowercase().next(), next.to_uppercase().next());
            let mut cases: Vec<char> = [Some(next), lower, upper].into_iter().flatten().collect();
            // What has another length in the other case is another name to a disk.
            cases.retain(|case| case.len_utf8() == next.len_utf8());
            cases.sort_unstable();
            cases.dedup();
            let longer = cases.into_iter().map(|case| format!("{known}{case}"));
            begun.extend(longer.filter(|longer| self.files_from(longer).next().is_some()));
        }
        None
    }

    /// The paths of the pages at a URL without `baseurl`.
    pub fn pages_at<'s>(&'s self, url: &str) -> impl Iterator<Item = &'s Arc<str>> {
        let from = self.files.by_url.from(&Before(url));
        from.take_while(move |entry| *entry.key == *url).map(|entry| &entry.path)
    }

    /// Whether the URL of a page without `baseurl` begins like this.
    pub(super) fn has_page_url_from(&self, begun: &str) -> bool {
        self.files.by_url.from(&Before(begun)).next().is_some_and(|entry| entry.key.starts_with(begun))
    }

    /// The URLs of pages without `baseurl` that begin with `prefix`, around the place of a `url` that does so too: those before
    /// it, the last of them first, and those from it on. All of them are escaped.
    pub fn page_urls_around<'s>(
        &'s self,
        prefix: &'s str,
        url: &'s str,
    ) -> (impl Iterator<Item = &'s Arc<str>>, impl Iterator<Item = &'s Arc<str>>) {
        let below = move |url: &&Arc<str>| url.starts_with(prefix);
        let until = self.files.by_url.until(&Before(url)).map(|entry| &entry.key).rev();
        let from = self.files.by_url.from(&Before(url)).map(|entry| &entry.key);
        (until.take_while(below), from.take_while(below))
    }
}

impl Files {
    /// All of them, by path, with the pages among them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, Option<&Arc<Page>>)> {
        self.all.iter().map(|(path, page)| (path, page.as_ref()))
    }

    pub(super) fn put(&mut self, path: Arc<str>, page: Option<Page>) {
        let page = page.map(Arc::new);
        if self.all.get(&path).is_some_and(|old| *old == page) {
            return;
        }
        self.remove(&path);
        if let Some(url) = page.as_ref().and_then(|page| page.url.clone()) {
            self.by_url.insert(Keyed { key: url, path: path.clone() });
        }
        self.all.insert(path, page);
    }

    pub(super) fn remove(&mut self, path: &str) {
        let Some((path, page)) = self.all.remove_with_key(path) else { return };
        if let Some(url) = page.and_then(|page| page.url.clone()) {
            self.by_url.remove(&Keyed { key: url, path });
        }
    }

    /// Removes the folder with all that is below it.
    pub(super) fn remove_below(&mut self, folder: &str) {
        let from = self.all.range::<_, str>((Bound::Included(folder), Bound::Unbounded));
        let gone: Vec<Arc<str>> =
            from.take_while(|(path, _)| path.starts_with(folder)).map(|(path, _)| path.clone()).collect();
        gone.iter().for_each(|path| self.remove(path));
    }
}

/// The extensions of the files that are watched although Jekyll reads nothing in them, beside
/// [`crate::post::links::MEDIA`]: of these alone it is known at any moment whether they are there.
pub const COPIED: &[&str] = &["pdf", "zip", "txt", "csv"];

/// Whether it is known at any moment if a file of this path is there.
pub fn is_watched(path: &str, config: &Config) -> bool {
    use crate::post::links::{MEDIA, has_extension};
    paths::is_in_site(path, config) && (has_extension(path, MEDIA) || has_extension(path, COPIED))
}
