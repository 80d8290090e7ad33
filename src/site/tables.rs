//! Tables of the posts by URL and by path, for one who asks for many of them while none changes: a check of the whole site.
//! An ordered set is asked with a dozen comparisons, and the text of each is somewhere else in memory; a table with one or two.
//! Beside them the few places at which files overwrite each other, so that nobody looks for another file at the rest.

use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::quality::RandomState;
use hashbrown::HashTable;
use memchr::{memchr, memrchr};

use super::PostRecord;
use super::files::Files;
use super::order::{ByPath, ByUrl, PostsBy, Text};
use super::written::{place_of, place_of_copy};

/// The tables.
#[derive(Debug)]
pub(super) struct Tables {
    by_url: Table,
    /// By the path up to the first dot of the file's name, with it.
    by_stem: Table,
    contested: Contested,
}

impl Tables {
    pub(super) fn of(by_url: &PostsBy<ByUrl>, by_path: &PostsBy<ByPath>, files: &Files) -> Self {
        let ((by_url, contested), by_stem) = rayon::join(
            || (Table::of(by_url, ByUrl::of), Contested::of(by_url, files)),
            || Table::of(by_path, |post| stem(&post.path)),
        );
        Tables { by_url, by_stem, contested }
    }

    /// Whether two files or more may be built to the place of a URL. Where this says no, it is sure.
    pub(super) fn is_contested(&self, url: &str) -> bool {
        self.contested.has(url)
    }

    /// The posts at a URL, by path.
    pub(super) fn at_url(&self, url: &str) -> &[Arc<PostRecord>] {
        self.by_url.get(url)
    }

    /// The post at a path.
    pub(super) fn at_path(&self, path: &str) -> Option<&Arc<PostRecord>> {
        self.by_stem.get(stem(path)).iter().find(|post| *post.path == *path)
    }

    /// The posts whose path begins with `prefix`, which has a dot in its last part, by path.
    pub(super) fn below(&self, prefix: &str) -> impl Iterator<Item = &Arc<PostRecord>> {
        self.by_stem.get(stem(prefix)).iter().filter(move |post| post.path.starts_with(prefix))
    }
}

/// A path up to the first dot of the file's name, with it.
fn stem(path: &str) -> &str {
    let name = memrchr(b'/', path.as_bytes()).map_or(0, |slash| slash + 1);
    memchr(b'.', &path.as_bytes()[name..]).map_or(path, |dot| &path[..=name + dot])
}

/// Posts by a text of theirs, which is not kept beside them: one who asks waits for the memory of each thing that is looked at.
struct Table {
    text: fn(&PostRecord) -> &str,
    posts: HashTable<Same>,
    hash: RandomState,
}

/// The posts of one text.
#[derive(Debug)]
enum Same {
    /// As nearly always.
    One(Arc<PostRecord>),
    /// In the order of the table's making.
    Many(Vec<Arc<PostRecord>>),
}

impl Same {
    fn all(&self) -> &[Arc<PostRecord>] {
        match self {
            Same::One(post) => std::slice::from_ref(post),
            Same::Many(posts) => posts,
        }
    }
}

impl Table {
    /// The table of posts that are in the order of a text.
    fn of<T>(posts: &PostsBy<T>, text: fn(&PostRecord) -> &str) -> Self {
        let ordered: Vec<_> = posts.iter().map(|post| &post.0).collect();
        let hash = RandomState::default();
        let hash_of = |same: &Same| hash.hash_one(text(&same.all()[0]));
        let mut posts = HashTable::with_capacity(ordered.len());
        for same in ordered.chunk_by(|a, b| text(a) == text(b)) {
            let same = match same {
                [post] => Same::One((*post).clone()),
                posts => Same::Many(posts.iter().map(|post| (*post).clone()).collect()),
            };
            posts.insert_unique(hash_of(&same), same, hash_of);
        }
        Table { text, posts, hash }
    }

    fn get(&self, text: &str) -> &[Arc<PostRecord>] {
        let is_it = |same: &Same| (self.text)(&same.all()[0]) == text;
        self.posts.find(self.hash.hash_one(text), is_it).map_or(&[], Same::all)
    }
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.posts.fmt(f)
    }
}

/// The places to which more than one file is built, which are few: the hash of each [`place_of`], so that some to which
/// only one is may be among them.
#[derive(Debug)]
struct Contested {
    /// In order.
    hashes: Vec<u64>,
    hasher: RandomState,
}

impl Contested {
    fn of(by_url: &PostsBy<ByUrl>, files: &Files) -> Self {
        let hasher = RandomState::default();
        let posts = by_url.iter().filter_map(|post| post.0.url.as_deref()).map(place_of);
        let files = files.iter().filter_map(|(path, page)| match page {
            Some(page) => page.url.as_deref().map(place_of),
            None => Some(place_of_copy(path).into()),
        });
        let mut all: Vec<u64> = posts.chain(files).map(|place| hasher.hash_one(&*place)).collect();
        all.sort_unstable();
        let mut hashes: Vec<u64> =
            all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        hashes.dedup();
        Contested { hashes, hasher }
    }

    fn has(&self, url: &str) -> bool {
        let hash = || self.hasher.hash_one(&*place_of(url));
        !self.hashes.is_empty() && self.hashes.binary_search(&hash()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use crate::jekyll::{Config, Status};
    use crate::site::written::{place_of, place_of_copy};
    use crate::site::{AnchorSet, Change, FileKind, Page, PostRecord, Site};
    use crate::text::Span;

    const PATH: &str = "(_posts|x/_posts)/(x/)?2024-01-1[56]-(a|b|b-c)(\\.en)?(\\.md|\\.html)?";

    fn post((path, url): &(String, i32)) -> Change {
        Change::Put(PostRecord {
            date: "2024-01-15T00:00:00Z".parse().ok(),
            url: (*url > 0).then(|| format!("/{url}/").into()),
            ..PostRecord::dropped(path, FileKind::Post)
        })
    }

    const URL: &str = "/{0,2}(x|%78|a\\.b|index|春|%E6%98%A5|%|)(/|//|/index|%2Findex|)(\\.html|%2Ehtml|\\.html\\.html|\\.txt|/|)";
    const COPIED: &str = "(x|%78|a\\.b|index|春|%)(/x|/index)?(\\.html|\\.html\\.html|\\.txt)?";

    /// A file with a URL: every other one a post.
    fn file_at((number, url): (usize, &String)) -> (String, Change) {
        let url = Some(url.as_str().into());
        if number.is_multiple_of(2) {
            let path = format!("_posts/2024-01-15-{number}.md");
            let status = Status::Published;
            let post = PostRecord { url, status, ..PostRecord::dropped(&path, FileKind::Post) };
            return (path, Change::Put(post));
        }
        let path = format!("pages/{number}.md");
        let page = Page { url, title: "".into(), place: Span::default(), anchors: AnchorSet::Unread };
        (path.clone(), Change::File(path.into(), Some(page)))
    }

    fn at_urls(site: &Site) -> Vec<Arc<PostRecord>> {
        (1..4).flat_map(|url| site.at_url(&format!("/{url}/")).cloned().collect::<Vec<_>>()).collect()
    }

    proptest! {
        #[test]
        fn the_same_is_found(
            posts in prop::collection::vec((PATH, 0..4), 0..12),
            asked in prop::collection::vec(PATH, 8),
        ) {
            let site = Site::new(PathBuf::new(), Config::default()).apply(posts.iter().map(post));
            let mut quick = site.clone();
            quick.hasten();
            prop_assert_eq!(at_urls(&quick), at_urls(&site));
            for path in posts.iter().map(|post| &post.0).chain(&asked) {
                prop_assert_eq!(quick.post(path), site.post(path));
                let name = path.split_once("_posts/").map_or("", |(_, name)| name);
                for end in [".md", ".html", ".en.md", ".en"] {
                    let name = name.strip_suffix(end).unwrap_or(name);
                    let found = |site: &Site| site.post_url(name, &TimeZone::UTC).cloned();
                    prop_assert_eq!(found(&quick), found(&site), "{}", name);
                }
            }
            let changed = quick.apply([post(&("_posts/2024-01-15-new.md".to_owned(), 1))]);
            prop_assert!(changed.post("_posts/2024-01-15-new.md").is_some());
        }

        #[test]
        fn alone_is_one_beside_whom_nothing_is_built(
            urls in prop::collection::vec(URL, 1..6),
            copied in prop::collection::btree_set(COPIED, 0..3),
        ) {
            let (paths, mut changes): (Vec<_>, Vec<_>) = urls.iter().enumerate().map(file_at).unzip();
            changes.extend(copied.iter().map(|path| Change::File(path.as_str().into(), None)));
            let site = Site::new(PathBuf::new(), Config::default()).apply(changes);
            let mut quick = site.clone();
            quick.hasten();
            let copies = copied.iter().map(|path| place_of_copy(path).to_owned());
            let places: Vec<_> = urls.iter().map(|url| place_of(url).into_owned()).chain(copies).collect();
            for (path, url) in paths.iter().zip(&urls) {
                let others = site.built_at(url, 9).iter().filter(|built| **built.path != **path).count();
                let at_place = places.iter().filter(|place| **place == place_of(url)).count();
                prop_assert_eq!(quick.is_alone_at(url, path), at_place == 1, "{}", url);
                prop_assert!(at_place > 1 || others == 0, "{}", url);
                prop_assert!(!quick.is_alone_at(url, "_posts/2024-01-15-unknown.md"));
                prop_assert!(!site.is_alone_at(url, path));
            }
            let changed = quick.apply([Change::File("new.txt".into(), None)]);
            prop_assert!(!changed.is_alone_at(&urls[0], &paths[0]));
        }
    }
}
