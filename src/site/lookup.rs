//! From a URL, a name or a link to the posts that it may mean.

use std::cmp::Ordering;
use std::num::NonZeroU64;
use std::sync::Arc;

use equivalent::{Comparable, Equivalent};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::order::{self, Before, BySlug, ByUrl, PostsBy};
use super::sorted::Sorted;
use super::tables::Tables;
use super::{FileKind, PostRecord, Site};
use crate::jekyll::url::escape_path;
use crate::post::name::{self, PostName};

/// How many posts of one URL are looked at: a whole site can have one permalink.
const MAX_AT_URL: usize = 200;

/// The paths of posts, in the orders in which they are asked for. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Lookup {
    pub(super) by_url: PostsBy<ByUrl>,
    /// By the URL in lower case, where it is not in lower case itself.
    by_folded_url: Sorted<Keyed>,
    /// By the slug in the file's name, where the front matter has no other one.
    by_name: PostsBy<BySlug>,
    /// By the front matter's own slug.
    by_slug: Sorted<Keyed>,
    by_summary: Sorted<(NonZeroU64, Arc<str>)>,
    /// Those of [`Site::hasten`].
    pub(super) tables: Option<Arc<Tables>>,
}

/// A path under a key of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Keyed {
    pub(super) key: Arc<str>,
    pub(super) path: Arc<str>,
}

impl Equivalent<Keyed> for Before<'_> {
    fn equivalent(&self, _: &Keyed) -> bool {
        false
    }
}

impl Comparable<Keyed> for Before<'_> {
    fn compare(&self, entry: &Keyed) -> Ordering {
        self.0.cmp(&entry.key).then(Ordering::Less)
    }
}

impl Site {
    /// The posts at a URL without `baseurl`: more than one where they collide.
    pub fn at_url<'s>(&'s self, url: &str) -> impl Iterator<Item = &'s Arc<PostRecord>> {
        self.lookup.at_url(url)
    }

    /// The posts at URLs without `baseurl` that begin with `prefix`, which is not escaped, in the order of their URLs: those at
    /// escaped ones before those whose permalink is not.
    pub fn at_urls_from(&self, prefix: &str) -> impl Iterator<Item = &Arc<PostRecord>> {
        self.at_urls_around(prefix, prefix).1
    }

    /// The same, around the place of a `url` that begins with the prefix: those before it, the last of them first, and
    /// those from it on.
    pub fn at_urls_around(
        &self,
        prefix: &str,
        url: &str,
    ) -> (impl Iterator<Item = &Arc<PostRecord>>, impl Iterator<Item = &Arc<PostRecord>>) {
        let around = |prefix: &str, url: &str| {
            let prefix = Arc::<str>::from(prefix);
            let below = move |post: &&Arc<PostRecord>| {
                post.url.as_deref().is_some_and(|url| url.starts_with(&*prefix))
            };
            let until = self.lookup.by_url.until(&Before(url)).map(|post| &post.0).rev();
            let from = self.lookup.by_url.from(&Before(url)).map(|post| &post.0);
            (until.take_while(below.clone()), from.take_while(below))
        };
        let escaped = escape_path(prefix);
        let (before, behind) = around(&escaped, &escape_path(url));
        // A permalink stands as it is written.
        let as_written = (escaped != prefix).then(|| around(prefix, url));
        let (before_too, behind_too) = as_written.unzip();
        (before.chain(before_too.into_iter().flatten()), behind.chain(behind_too.into_iter().flatten()))
    }

    /// The posts at URLs that differ from `url` in the case of ASCII letters only: on a disk that minds no case, as
    /// those of Windows and macOS, they are one file.
    /// At most `most` of those that count.
    pub fn at_url_of_other_case(
        &self,
        url: &str,
        counts: impl Fn(&PostRecord) -> bool,
        most: usize,
    ) -> Vec<&Arc<PostRecord>> {
        let folded = folded(url);
        let same = folded.as_deref().map(|folded| self.lookup.at_url(folded));
        let folded = folded.as_deref().unwrap_or(url);
        let other = self.lookup.at_folded_url(folded).filter_map(|path| self.post(path));
        let all = same.into_iter().flatten().chain(other).take(MAX_AT_URL);
        all.filter(|post| post.url.as_deref() != Some(url) && counts(post)).take(most).collect()
    }

    /// The posts whose slug this is, from the front matter or else from the file's name.
    pub fn with_slug<'s>(&'s self, slug: &str) -> impl Iterator<Item = &'s Arc<PostRecord>> {
        self.lookup.with_slug(slug).filter_map(|path| self.post(path))
    }

    /// The paths of the posts with an excerpt or a description of this [`super::record::summary_hash`].
    pub fn with_summary(&self, hash: NonZeroU64) -> impl Iterator<Item = &Arc<str>> {
        let from = self.lookup.by_summary.from(&(hash, Arc::from("")));
        from.take_while(move |entry| entry.0 == hash).map(|entry| &entry.1)
    }

    /// The post that `{% post_url NAME %}` finds, published or not: `zone` is the site's, in which its day counts.
    ///
    /// The file's name as it is written comes first, with the folder before or behind `_posts`; then any post of
    /// that slug and day. Source: Jekyll `tags/post_url.rb`.
    pub fn post_url(&self, name: &str, zone: &TimeZone) -> Option<&Arc<PostRecord>> {
        self.exactly_named(name, |_| true).or_else(|| self.same_day(name, zone, |_| true))
    }

    /// The post of exactly this name, the folder before or behind `_posts`.
    pub(super) fn exactly_named(
        &self,
        name: &str,
        counts: impl Fn(&PostRecord) -> bool,
    ) -> Option<&Arc<PostRecord>> {
        let name = name.strip_prefix('/').unwrap_or(name);
        let (folder, file) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
        let dir = self.config().collections_dir.trim_matches('/');
        let slash = if dir.is_empty() { "" } else { "/" };
        let at = |before: &str, behind: &str| {
            let prefix = [dir, slash, before, "_posts/", behind, file, "."].concat();
            let is_it = |post: &&Arc<PostRecord>| post.kind == FileKind::Post && counts(post);
            match &self.lookup.tables {
                Some(tables) => tables.below(&prefix).find(is_it),
                None => self.posts_from(&prefix).find(is_it),
            }
        };
        at("", folder).or_else(|| if folder.is_empty() { None } else { at(folder, "") })
    }

    /// A post of the slug and the day in a name, whatever the folder.
    pub(super) fn same_day(
        &self,
        name: &str,
        zone: &TimeZone,
        counts: impl Fn(&PostRecord) -> bool,
    ) -> Option<&Arc<PostRecord>> {
        let dated = format!("{}.md", name::base_name(name));
        let PostName { year, month, day, slug, .. } = PostName::parse(&dated)?;
        // The 31st of a month with 30 days is the 1st of the next, as in the date of a post's file.
        let past: i64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
        let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
        let day = first.checked_add((past - 1).days()).ok()?;
        self.with_slug(slug).find(|post| {
            let is_its = |date| zone.to_datetime(date).date() == day;
            post.kind == FileKind::Post && post.date.is_some_and(is_its) && counts(post)
        })
    }
}

impl Lookup {
    /// A post was `old` and is `new`.
    pub(super) fn replace(&mut self, old: Option<&Arc<PostRecord>>, new: Option<&Arc<PostRecord>>) {
        let with_url = |post: &&Arc<PostRecord>| post.url.is_some();
        order::replace(&mut self.by_url, old.filter(with_url), new.filter(with_url));
        let named = |post: &&Arc<PostRecord>| post.slug.is_none();
        order::replace(&mut self.by_name, old.filter(named), new.filter(named));
        let (old, new) = (old.map(Arc::as_ref), new.map(Arc::as_ref));
        replace(&mut self.by_folded_url, old.and_then(by_folded_url), new.and_then(by_folded_url));
        replace(&mut self.by_slug, old.and_then(by_slug), new.and_then(by_slug));
        for which in 0..2 {
            let by_summary = |post| by_summary(post, which);
            replace(&mut self.by_summary, old.and_then(by_summary), new.and_then(by_summary));
        }
    }

    /// Puts in posts of which none is there.
    pub(super) fn extend(&mut self, posts: &[Arc<PostRecord>]) {
        self.tables = None;
        order::extend(&mut self.by_url, posts.iter().filter(|post| post.url.is_some()));
        order::extend(&mut self.by_name, posts.iter().filter(|post| post.slug.is_none()));
        self.by_folded_url.extend(posts.iter().filter_map(|post| by_folded_url(post)));
        self.by_slug.extend(posts.iter().filter_map(|post| by_slug(post)));
        for which in 0..2 {
            self.by_summary.extend(posts.iter().filter_map(|post| by_summary(post, which)));
        }
    }

    fn at_url<'l>(&'l self, url: &str) -> impl Iterator<Item = &'l Arc<PostRecord>> {
        let from_tables = self.tables.as_ref().map(|tables| tables.at_url(url));
        let from = || self.by_url.from(&Before(url)).map(|post| &post.0);
        let from = from_tables.is_none().then(from).into_iter().flatten();
        let found = from.take_while(move |post| post.url.as_deref().unwrap_or_default() == url);
        from_tables.into_iter().flatten().chain(found)
    }

    /// Whether the URL of a post begins like this.
    pub(super) fn has_url_from(&self, begun: &str) -> bool {
        let post = self.by_url.from(&Before(begun)).next();
        post.and_then(|post| post.0.url.as_deref()).is_some_and(|url| url.starts_with(begun))
    }

    fn at_folded_url<'l>(&'l self, folded: &str) -> impl Iterator<Item = &'l Arc<str>> {
        let range = self.by_folded_url.from(&Before(folded));
        range.take_while(move |entry| *entry.key == *folded).map(|entry| &entry.path)
    }

    fn with_slug<'l>(&'l self, slug: &str) -> impl Iterator<Item = &'l Arc<str>> {
        let named = self.by_name.from(&Before(slug)).map(|post| &post.0);
        let named = named.take_while(move |post| post.name_slug() == slug);
        let own = self.by_slug.from(&Before(slug)).take_while(move |entry| *entry.key == *slug);
        named.map(|post| &post.path).chain(own.map(|entry| &entry.path))
    }
}

/// A URL in lower case; the letters of percent escapes stay. None for one that is so.
fn folded(url: &str) -> Option<String> {
    let mut at = first_capital(url.as_bytes(), 0)?;
    let mut bytes = url.as_bytes().to_vec();
    loop {
        bytes[at].make_ascii_lowercase();
        match first_capital(&bytes, at + 1) {
            Some(next) => at = next,
            None => return String::from_utf8(bytes).ok(),
        }
    }
}

/// Where the first upper-case letter from `at` on stands that is in no percent escape.
fn first_capital(url: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match url.get(at)? {
            b'%' => at += 1 + url[at + 1..].iter().take(2).take_while(|byte| **byte != b'%').count(),
            b'A'..=b'Z' => return Some(at),
            _ => at += 1,
        }
    }
}

fn by_folded_url(post: &PostRecord) -> Option<Keyed> {
    Some(Keyed { key: folded(post.url.as_deref()?)?.into(), path: post.path.clone() })
}

fn by_slug(post: &PostRecord) -> Option<Keyed> {
    Some(Keyed { key: post.slug.clone()?, path: post.path.clone() })
}

fn by_summary(post: &PostRecord, which: usize) -> Option<(NonZeroU64, Arc<str>)> {
    Some((post.summaries[which]?, post.path.clone()))
}

fn replace<T: Ord + Clone>(set: &mut Sorted<T>, old: Option<T>, new: Option<T>) {
    if old == new {
        return;
    }
    if let Some(old) = old {
        set.remove(&old);
    }
    set.extend(new);
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::jekyll::Config;
    use crate::site::Change;

    fn site() -> Site {
        let config = Config { baseurl: "/blog".into(), ..Config::default() };
        let post = |path: &str, date: &str, url: &str, slug: Option<&str>| PostRecord {
            date: date.parse().ok(),
            url: Some(url.into()),
            slug: slug.map(Arc::from),
            ..PostRecord::dropped(path, FileKind::Post)
        };
        Site::new(PathBuf::new(), config).apply(
            [
                post("_posts/2024-01-15-hello.md", "2024-01-15T00:00:00Z", "/2024/01/15/hello.html", None),
                post("_posts/2024-01-16-v1.2.en.md", "2024-01-16T00:00:00Z", "/v/", None),
                post("_posts/trips/2024-02-01-京都.md", "2024-02-03T20:00:00Z", "/2024/%E4%BA%AC/", None),
                post("en/_posts/2024-01-17-x.md", "2024-01-17T00:00:00Z", "/en/x/", Some("own")),
            ]
            .map(Change::Put),
        )
    }

    #[test]
    fn post_url_takes_the_name_first_then_slug_and_day() {
        let (site, tokyo) = (site(), TimeZone::fixed(jiff::tz::offset(9)));
        for (name, expected) in [
            ("2024-01-15-hello", Some("_posts/2024-01-15-hello.md")),
            ("/2024-01-15-hello", Some("_posts/2024-01-15-hello.md")),
            ("2024-01-16-v1.2", Some("_posts/2024-01-16-v1.2.en.md")),
            ("2024-01-15-hell", None),
            ("trips/2024-02-01-京都", Some("_posts/trips/2024-02-01-京都.md")),
            ("2024-02-04-京都", Some("_posts/trips/2024-02-01-京都.md")),
            ("2024-02-03-京都", None),
            ("en/2024-01-17-x", Some("en/_posts/2024-01-17-x.md")),
            ("2024-01-17-own", Some("en/_posts/2024-01-17-x.md")),
            ("2024-01-17-x", None),
            ("hello", None),
        ] {
            assert_eq!(site.post_url(name, &tokyo).map(|post| &*post.path), expected, "{name}");
        }
    }

    #[test]
    fn urls_of_another_case_are_found_from_either_side() {
        let post = |path: &str, url: &str| {
            Change::Put(PostRecord { url: Some(url.into()), ..PostRecord::dropped(path, FileKind::Post) })
        };
        let site = Site::new(PathBuf::new(), Config::default()).apply([
            post("a", "/Rust/%E4%BA/"),
            post("b", "/rust/%E4%BA/"),
            post("c", "/RUST/%E4%BA/"),
            post("d", "/rust/%e4%ba/"),
            post("e", "/rust/%E4%BA/"),
        ]);
        for (url, expected) in [("/Rust/%E4%BA/", vec!["b", "e", "c"]), ("/rust/%E4%BA/", vec!["a", "c"])] {
            let found: Vec<_> =
                site.at_url_of_other_case(url, |_| true, 9).iter().map(|post| &*post.path).collect();
            assert_eq!(found, expected, "{url}");
        }
        let gone = site.apply([Change::Remove("c".into()), Change::Remove("a".into())]);
        assert_eq!(gone.at_url_of_other_case("/rust/%E4%BA/", |_| true, 9).len(), 0);
    }
}
