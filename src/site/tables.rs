//! Tables of the posts by URL and by path, for one who asks for many of them while none changes: a check of the whole site.
//! An ordered set is asked with a dozen comparisons, and the text of each is somewhere else in memory; a table with one or two.

use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::quality::RandomState;
use hashbrown::HashTable;

use super::PostRecord;
use super::order::{ByPath, ByUrl, PostsBy, Text};

/// The tables.
#[derive(Debug)]
pub(super) struct Tables {
    by_url: Table,
    /// By the path up to the first dot of the file's name, with it.
    by_stem: Table,
}

impl Tables {
    pub(super) fn of(by_url: &PostsBy<ByUrl>, by_path: &PostsBy<ByPath>) -> Self {
        let (by_url, by_stem) =
            rayon::join(|| Table::of(by_url, ByUrl::of), || Table::of(by_path, |post| stem(&post.path)));
        Tables { by_url, by_stem }
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
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    path[name..].find('.').map_or(path, |dot| &path[..=name + dot])
}

/// Posts by a text of theirs, which is not kept beside them: one who asks waits for the memory of each text that is looked at.
struct Table {
    /// In the order of that text.
    posts: Vec<Arc<PostRecord>>,
    text: fn(&PostRecord) -> &str,
    /// Where those of each text begin and end.
    places: HashTable<(u32, u32)>,
    hash: RandomState,
}

impl Table {
    /// The table of posts that are in the order of a text.
    fn of<T>(posts: &PostsBy<T>, text: fn(&PostRecord) -> &str) -> Self {
        let posts: Vec<_> = posts.iter().map(|post| post.0.clone()).collect();
        let hash = RandomState::default();
        let mut places = HashTable::with_capacity(posts.len());
        let mut start = 0;
        for same in posts.chunk_by(|a, b| text(a) == text(b)) {
            let end = start + u32::try_from(same.len()).unwrap_or(u32::MAX);
            let hash_of = |place: &(u32, u32)| hash.hash_one(text(&posts[place.0 as usize]));
            places.insert_unique(hash.hash_one(text(&same[0])), (start, end), hash_of);
            start = end;
        }
        Table { posts, text, places, hash }
    }

    fn get(&self, text: &str) -> &[Arc<PostRecord>] {
        let is_it = |place: &(u32, u32)| (self.text)(&self.posts[place.0 as usize]) == text;
        let place = self.places.find(self.hash.hash_one(text), is_it);
        place.map_or(&[], |(start, end)| &self.posts[*start as usize..*end as usize])
    }
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.posts.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use crate::jekyll::Config;
    use crate::site::{Change, FileKind, PostRecord, Site};

    const PATH: &str = "(_posts|x/_posts)/(x/)?2024-01-1[56]-(a|b|b-c)(\\.en)?(\\.md|\\.html)?";

    fn post((path, url): &(String, i32)) -> Change {
        Change::Put(PostRecord {
            date: "2024-01-15T00:00:00Z".parse().ok(),
            url: (*url > 0).then(|| format!("/{url}/").into()),
            ..PostRecord::dropped(path, FileKind::Post)
        })
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
    }
}
