//! Posts in the order of one of their texts, by which they are found: path, URL, the slug in the file's name. What is
//! kept is the post alone, which has its texts with it: eight bytes a post.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use equivalent::{Comparable, Equivalent};

use super::PostRecord;
use super::sorted::Sorted;

/// Which text.
pub(super) trait Text {
    /// The text of a post.
    fn of(post: &PostRecord) -> &str;
}

/// By path.
#[derive(Debug)]
pub(super) enum ByPath {}

/// By URL; those without one first.
#[derive(Debug)]
pub(super) enum ByUrl {}

/// By the slug in the file's name.
#[derive(Debug)]
pub(super) enum BySlug {}

impl Text for ByPath {
    fn of(post: &PostRecord) -> &str {
        &post.path
    }
}

impl Text for ByUrl {
    fn of(post: &PostRecord) -> &str {
        post.url.as_deref().unwrap_or_default()
    }
}

impl Text for BySlug {
    fn of(post: &PostRecord) -> &str {
        post.name_slug()
    }
}

/// A post in the order of a text, those with the same by path. Cheap to clone.
pub(super) struct Ordered<T>(pub(super) Arc<PostRecord>, PhantomData<fn() -> T>);

/// A set of posts in the order of a text.
pub(super) type PostsBy<T> = Sorted<Ordered<T>>;

impl<T> Ordered<T> {
    pub(super) fn new(post: &Arc<PostRecord>) -> Self {
        Ordered(post.clone(), PhantomData)
    }
}

impl<T> Clone for Ordered<T> {
    fn clone(&self) -> Self {
        Ordered::new(&self.0)
    }
}

impl<T> fmt::Debug for Ordered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Text> Ord for Ordered<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        T::of(&self.0).cmp(T::of(&other.0)).then_with(|| self.0.path.cmp(&other.0.path))
    }
}

impl<T: Text> PartialOrd for Ordered<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Text> PartialEq for Ordered<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T: Text> Eq for Ordered<T> {}

/// The place before the first post with a text, to search from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before<'k>(pub(super) &'k str);

impl<T: Text> Equivalent<Ordered<T>> for Before<'_> {
    fn equivalent(&self, _: &Ordered<T>) -> bool {
        false
    }
}

impl<T: Text> Comparable<Ordered<T>> for Before<'_> {
    fn compare(&self, post: &Ordered<T>) -> Ordering {
        self.0.cmp(T::of(&post.0)).then(Ordering::Less)
    }
}

/// The post at a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct AtPath<'k>(pub(super) &'k str);

impl Equivalent<Ordered<ByPath>> for AtPath<'_> {
    fn equivalent(&self, post: &Ordered<ByPath>) -> bool {
        *self.0 == *post.0.path
    }
}

impl Comparable<Ordered<ByPath>> for AtPath<'_> {
    fn compare(&self, post: &Ordered<ByPath>) -> Ordering {
        self.0.cmp(&post.0.path)
    }
}

/// Puts posts in of which none is there.
pub(super) fn extend<'p, T: Text>(
    posts: &mut PostsBy<T>,
    fresh: impl IntoIterator<Item = &'p Arc<PostRecord>>,
) {
    // A text lies somewhere else in memory than its post: each is looked for once, and not at each comparison.
    let mut fresh: Vec<_> = fresh.into_iter().map(|post| (T::of(post), post)).collect();
    fresh.sort_by(|a, b| a.0.cmp(b.0).then_with(|| a.1.path.cmp(&b.1.path)));
    posts.extend_in_order(fresh.into_iter().map(|(_, post)| Ordered::new(post)));
}

/// Takes out a post and puts in another, where there are such. Also where both stand at one place: what is kept is
/// the post, and it is another.
pub(super) fn replace<T: Text>(
    posts: &mut PostsBy<T>,
    old: Option<&Arc<PostRecord>>,
    new: Option<&Arc<PostRecord>>,
) {
    let (was, is) = (old.map(Ordered::new), new.map(Ordered::new));
    if let Some(was) = was.filter(|was| is.as_ref() != Some(was)) {
        posts.remove(&was);
    }
    posts.extend(is);
}
