//! What the site keeps of a post: as little as its questions need (at most about 1 KiB a post).

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU64;
use std::sync::Arc;

use jiff::Timestamp;

use super::quoting::{self, ListQuotes};
use super::{AnchorSet, FileKind, TermKind, pace};
use crate::jekyll::{Clock, Config, Reading, Status, reading};
use crate::limits::{MAX_FIELDS, MAX_TERMS, MAX_VALUE_CHARS};
use crate::post::Post;
use crate::post::front_matter::{Node, Value};
use crate::text::Span;

/// A front matter key, with a value where it is short enough to recur in other posts.
pub type FieldUse = (Arc<str>, Option<Arc<str>>);

/// A post as the site knows it. Made from a [`Post`] and its [`crate::jekyll::Reading`]; the text is not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct PostRecord {
    /// Relative to the site's source, with `/`.
    pub path: Arc<str>,
    /// [`PostRecord::name_slug`], as bytes of the path: from its start to its end.
    pub name_slug: (u16, u16),
    /// What it is by its path.
    pub kind: FileKind,
    /// What becomes of it.
    pub status: Status,
    /// The title as Jekyll prints it.
    pub title: Arc<str>,
    /// The instant of the post.
    pub date: Option<Timestamp>,
    /// The URL without `baseurl`.
    pub url: Option<Arc<str>>,
    /// The slug, where it is not the one in the file's name.
    pub slug: Option<Arc<str>>,
    /// The tags as Jekyll prints them, each once, also those of the healthy lines of a broken block.
    pub tags: Arc<[Arc<str>]>,
    /// The categories likewise.
    pub categories: Arc<[Arc<str>]>,
    /// The front matter's keys, each with its value where that is short enough to recur. A list gives its key once
    /// for each short item, side by side.
    pub fields: Arc<[FieldUse]>,
    /// [`summary_hash`] of its own `excerpt` and `description`, where it has them.
    pub summaries: [Option<NonZeroU64>; 2],
    /// [`url_place`], its ends in 32 bits.
    pub place: (u32, u32),
    /// [`pace::sample`]: what it says of the site's reading speed.
    pub pace: Option<i16>,
    /// [`quoting::sample`]: in which quotes its lists are.
    pub quotes: ListQuotes,
    /// The anchors that links can lead to.
    pub anchors: AnchorSet,
}

/// The shortest excerpt or description that is compared, in characters.
const MIN_SUMMARY_CHARS: usize = 15;

/// Whether the values of a key are a post's own: they have no vocabulary, or their own one.
fn has_own_values(key: &str) -> bool {
    matches!(
        key,
        "title"
            | "date"
            | "excerpt"
            | "description"
            | "permalink"
            | "slug"
            | "image"
            | "tags"
            | "tag"
            | "categories"
            | "category"
    )
}

impl PostRecord {
    /// What the site keeps of `post`.
    pub fn new(post: &Post, path: &str, kind: FileKind, config: &Config, clock: &Clock) -> Self {
        let anchors = AnchorSet::read(post, path, config);
        PostRecord::with_anchors(post, path, kind, config, clock, anchors)
    }

    /// The same where the anchors are known, which only the body decides.
    pub fn with_anchors(
        post: &Post,
        path: &str,
        kind: FileKind,
        config: &Config,
        clock: &Clock,
        anchors: AnchorSet,
    ) -> Self {
        let reading = reading::read(post, path, config, clock);
        PostRecord { anchors, ..PostRecord::of_reading(post, &reading, path.into(), kind) }
    }

    /// The same where the reading is there already, its anchors unread.
    pub(super) fn of_reading(post: &Post, reading: &Reading, path: Arc<str>, kind: FileKind) -> Self {
        let name_slug = super::paths::name_slug(&path);
        // A broken post keeps its terms for completion and its date for the order, which else would be the moment of
        // the build; what Jekyll publishes of it, the URL, stays true.
        let said = reading.healthy.as_deref().unwrap_or(reading);
        PostRecord {
            name_slug: place_in(&path, name_slug.unwrap_or_default()),
            kind,
            status: reading.status,
            title: printed(&said.title),
            date: said.date,
            url: reading.url.as_deref().map(Arc::from),
            slug: said.slug.as_deref().filter(|slug| Some(*slug) != name_slug).map(Arc::from),
            tags: terms(&said.tags),
            categories: terms(&said.categories),
            fields: fields(post),
            summaries: ["excerpt", "description"]
                .map(|key| summary_hash(post.front_matter.get(key)?.value.as_str()?)),
            place: {
                let place = url_place(post);
                let short = |byte| u32::try_from(byte).unwrap_or(0);
                (short(place.start), short(place.end))
            },
            pace: pace::sample(post),
            quotes: quoting::sample(post),
            anchors: AnchorSet::Unread,
            path,
        }
    }

    /// A record of a file that could not be read as text: it is there, and that is all.
    pub fn dropped(path: &str, kind: FileKind) -> Self {
        PostRecord {
            path: path.into(),
            name_slug: place_in(path, super::paths::name_slug(path).unwrap_or_default()),
            kind,
            status: Status::Dropped,
            title: "".into(),
            date: None,
            url: None,
            slug: None,
            tags: Arc::default(),
            categories: Arc::default(),
            fields: Arc::default(),
            summaries: [None; 2],
            place: (0, 0),
            pace: None,
            quotes: ListQuotes::default(),
            anchors: AnchorSet::Open,
        }
    }

    /// The slug in the file's name, which the front matter can override; empty where there is none.
    pub fn name_slug(&self) -> &str {
        self.path.get(self.name_slug.0.into()..self.name_slug.1.into()).unwrap_or_default()
    }

    /// [`url_place`] of its text.
    pub fn url_place(&self) -> Span {
        Span::new(self.place.0 as usize, self.place.1 as usize)
    }

    /// Its tags or its categories.
    pub fn terms(&self, kind: TermKind) -> &[Arc<str>] {
        match kind {
            TermKind::Tag => &self.tags,
            TermKind::Category => &self.categories,
        }
    }

    /// Whether its tags and categories are the site's: those of posts and drafts, since `site.tags` knows no other
    /// documents.
    pub fn has_terms(&self) -> bool {
        matches!(self.kind, FileKind::Post | FileKind::Draft)
    }
}

/// Where the slug in a file's name is in its path, in bytes.
fn place_in(path: &str, slug: &str) -> (u16, u16) {
    // It is a piece of the path, so where it begins tells where it is. No file system has longer paths.
    let start = (slug.as_ptr() as usize).wrapping_sub(path.as_ptr() as usize);
    let byte = |at: usize| u16::try_from(at).ok().filter(|_| !slug.is_empty());
    byte(start).zip(byte(start.wrapping_add(slug.len()))).unwrap_or_default()
}

/// What decides the URL of a file, in bytes: its permalink or its slug, else its opening line, empty where it has none.
pub fn url_place(post: &Post) -> Span {
    let front_matter = &post.front_matter;
    let written = ["permalink", "slug"].into_iter().filter_map(|key| front_matter.get(key));
    let own =
        written.filter(|node| node.value.is_truthy()).map(|node| node.span).find(|span| !span.is_empty());
    own.unwrap_or(front_matter.fence.opening)
}

/// What is kept of an excerpt or a description, to find posts with the same one. None for one of a few words, which
/// may well be the same by chance.
pub fn summary_hash(text: &str) -> Option<NonZeroU64> {
    let text = text.trim();
    let long = text.chars().nth(MIN_SUMMARY_CHARS - 1).is_some();
    if !long {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    NonZeroU64::new(hasher.finish())
}

/// A value as Jekyll prints it.
fn printed(value: &Value) -> Arc<str> {
    match value {
        Value::String(text) => text.clone(),
        other => other.display().into(),
    }
}

fn terms(items: &[Node]) -> Arc<[Arc<str>]> {
    let mut terms: Vec<Arc<str>> = Vec::with_capacity(items.len().min(MAX_TERMS));
    for item in items.iter().take(MAX_TERMS) {
        let text = printed(&item.value);
        if !text.is_empty() && !terms.contains(&text) {
            terms.push(text);
        }
    }
    terms.into()
}

fn fields(post: &Post) -> Arc<[FieldUse]> {
    let values = &post.front_matter.values;
    let mut uses = Vec::with_capacity(values.len().min(MAX_FIELDS));
    for pair in values.iter().take(MAX_FIELDS) {
        let key = printed(&pair.key.value);
        let start = uses.len();
        if !has_own_values(&key) {
            let items = match &pair.value.value {
                Value::List(items) => items,
                _ => std::slice::from_ref(&pair.value),
            };
            for value in items.iter().take(MAX_FIELDS).filter_map(|item| short(&item.value)) {
                let entry = (key.clone(), Some(value));
                if !uses[start..].contains(&entry) {
                    uses.push(entry);
                }
            }
        }
        if uses.len() == start {
            uses.push((key, None));
        }
    }
    uses.into()
}

fn short(value: &Value) -> Option<Arc<str>> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) => value.display().into(),
        Value::Null | Value::Date(_) | Value::Time(_) | Value::List(_) | Value::Mapping(_) => return None,
    };
    let fits = !text.is_empty() && text.chars().count() <= MAX_VALUE_CHARS && !text.contains('\n');
    fits.then_some(text)
}
