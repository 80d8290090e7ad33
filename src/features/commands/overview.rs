//! A site at a glance: what an editor shows beside the text.

use std::sync::Arc;

use jiff::Timestamp;

use crate::jekyll::{Clock, Status};
use crate::limits::MAX_LISTED;
use crate::post::name::base_name;
use crate::site::{FileKind, PostRecord, Site, TermKind, Vocabulary};

/// A post in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostLine {
    /// Relative to the source, with `/`.
    pub path: Arc<str>,
    /// The title; the file's name where it has none.
    pub title: Arc<str>,
    /// The instant of the post; none of a draft without a `date`.
    pub date: Option<Timestamp>,
    /// What becomes of it.
    pub status: Status,
}

/// Posts of one kind: how many there are, and the newest of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posts {
    /// All.
    pub count: usize,
    /// The newest, at most [`MAX_LISTED`]; those without a date last.
    pub newest: Vec<PostLine>,
}

/// A site at a glance. Documents of collections are not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// How many posts are published.
    pub published: usize,
    /// The tags with the number of their posts, the most used first.
    pub tags: Vec<(Arc<str>, usize)>,
    /// The categories likewise.
    pub categories: Vec<(Arc<str>, usize)>,
    /// What is in `_drafts`.
    pub drafts: Posts,
    /// Posts with a date that is still to come.
    pub future: Posts,
    /// Posts with `published: false`.
    pub unpublished: Posts,
    /// Posts whose front matter does not load, that are left out, or at which the build stops.
    pub broken: Posts,
}

/// A site at a glance, now. It costs one look at each post.
pub fn overview(site: &Site, clock: &Clock) -> Overview {
    let mut seen =
        Overview { tags: ranked(site.tags()), categories: ranked(site.categories()), ..Overview::default() };
    for post in site.posts() {
        let status = status_now(post, clock);
        if matches!(post.kind, FileKind::Collection(_)) {
            continue;
        }
        let list = match status {
            _ if post.kind == FileKind::BadPostName => &mut seen.broken,
            _ if post.kind == FileKind::Draft && status != Status::Broken => &mut seen.drafts,
            Status::Published => {
                seen.published += 1;
                continue;
            }
            Status::Draft => &mut seen.drafts,
            Status::Future => &mut seen.future,
            Status::Unpublished => &mut seen.unpublished,
            Status::Broken | Status::Dropped | Status::Aborts => &mut seen.broken,
        };
        list.newest.push(line(post, status));
    }
    for list in [&mut seen.drafts, &mut seen.future, &mut seen.unpublished, &mut seen.broken] {
        list.count = list.newest.len();
        list.newest.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.path.cmp(&b.path)));
        list.newest.truncate(MAX_LISTED);
    }
    seen
}

/// The posts of a tag or a category, newest first, those without a date last. Empty where nobody uses it.
pub fn posts_with(site: &Site, kind: TermKind, name: &str, clock: &Clock) -> Vec<PostLine> {
    let Some(term) = site.vocabulary(kind).get(name) else { return Vec::new() };
    site.newest(term).map(|post| line(post, status_now(post, clock))).collect()
}

/// The posts that are published now, newest first, at most [`MAX_LISTED`].
pub fn published(site: &Site, clock: &Clock) -> Vec<PostLine> {
    let is_post = |post: &PostRecord| !matches!(post.kind, FileKind::Collection(_) | FileKind::BadPostName);
    let mut posts: Vec<_> =
        site.posts().filter(|post| is_post(post) && status_now(post, clock) == Status::Published).collect();
    posts.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.path.cmp(&b.path)));
    posts.into_iter().take(MAX_LISTED).map(|post| line(post, Status::Published)).collect()
}

fn ranked(terms: &Vocabulary) -> Vec<(Arc<str>, usize)> {
    terms.ranked().into_iter().map(|term| (term.name.clone(), term.count())).collect()
}

/// A post was read some time ago: what was the future then may have come.
fn status_now(post: &PostRecord, clock: &Clock) -> Status {
    match post.status {
        Status::Future if post.date.is_some_and(|date| date <= clock.now) => Status::Published,
        status => status,
    }
}

fn line(post: &PostRecord, status: Status) -> PostLine {
    let title = if post.title.is_empty() { base_name(&post.path).into() } else { post.title.clone() };
    // Without one of its own a draft has the time of the build, which says nothing.
    let has_date = post.kind != FileKind::Draft || post.fields.iter().any(|(key, _)| &**key == "date");
    PostLine { path: post.path.clone(), title, date: post.date.filter(|_| has_date), status }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::features::testing::fixture;

    const SITE: &str = "\
//- /_config.yml\ncollections: [notes]
//- /_posts/2025-01-01-a.md\n---\ntitle: あ\ntags: [AI, 生成AI]\n---\n$0
//- /_posts/2025-01-02-b.md\n---\ntitle: い\ntags: [AI]\ncategories: 日記\n---\n
//- /_posts/2027-01-01-later.md\n---\ntitle: 後で\ntags: [AI]\n---\n
//- /_posts/2025-01-03-hidden.md\n---\npublished: false\n---\n
//- /_posts/2025-01-04-broken.md\n---\ntitle: [x\n---\n
//- /_posts/2025-01-05_name.md\n---\ntitle: x\n---\n
//- /_drafts/idea.md\n---\ntitle: 案\n---\n
//- /_notes/n.md\n---\ntitle: n\n---\n
";

    fn paths(posts: &Posts) -> String {
        let paths: Vec<String> =
            posts.newest.iter().map(|post| format!("{} «{}»", post.path, post.title)).collect();
        format!("{}: {}", posts.count, paths.join(", "))
    }

    #[test]
    fn every_post_is_in_its_list() {
        let (snapshot, _) = fixture(SITE);
        let seen = overview(&snapshot.site, &snapshot.clock);
        let lists = [&seen.drafts, &seen.future, &seen.unpublished, &seen.broken].map(paths).join("\n");
        expect![[r#"
            2 [("AI", 3), ("生成AI", 1)] [("日記", 1)]
            1: _drafts/idea.md «案»
            1: _posts/2027-01-01-later.md «後で»
            1: _posts/2025-01-03-hidden.md «Hidden»
            2: _posts/2025-01-05_name.md «x», _posts/2025-01-04-broken.md «["x"]»"#]]
        .assert_eq(&format!("{} {:?} {:?}\n{lists}", seen.published, seen.tags, seen.categories));
    }

    #[test]
    fn the_future_comes() {
        let (snapshot, _) = fixture(SITE);
        let later = Clock::utc("2027-06-01T00:00:00Z".parse().unwrap());
        let seen = overview(&snapshot.site, &later);
        assert_eq!((seen.future.count, seen.published), (0, 3));
    }

    #[test]
    fn the_posts_of_a_term() {
        let (snapshot, _) = fixture(SITE);
        let with = |kind, name| {
            let posts = posts_with(&snapshot.site, kind, name, &snapshot.clock);
            posts.iter().map(|post| post.title.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(with(TermKind::Tag, "AI"), ["後で", "い", "あ"]);
        assert_eq!(with(TermKind::Category, "日記"), ["い"]);
        assert!(with(TermKind::Tag, "ai").is_empty());
    }

    #[test]
    fn the_published_posts() {
        let (snapshot, _) = fixture(SITE);
        let titles = |clock: &Clock| {
            let posts = published(&snapshot.site, clock);
            assert!(posts.iter().all(|post| post.status == Status::Published));
            posts.iter().map(|post| post.title.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(titles(&snapshot.clock), ["い", "あ"]);
        assert_eq!(titles(&Clock::utc("2027-06-01T00:00:00Z".parse().unwrap())), ["後で", "い", "あ"]);
    }
}
