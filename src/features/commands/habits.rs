//! How a site writes its posts, by the newest of them: where they lie, which keys they have, in which spelling.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use super::date_form::DateForm;
use crate::jekyll::{Config, Status};
use crate::limits::MAX_SAMPLES;
use crate::post::Post;
use crate::post::front_matter::Load;
use crate::post::front_matter::tree::{Entry, EntryValue, Quote};
use crate::post::name::{PostName, base_name};
use crate::site::{FileKind, Site};

/// A post that is taken for an example.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Relative to the source, with `/`.
    pub path: Arc<str>,
    /// The post.
    pub post: Arc<Post>,
}

/// How a site writes its posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habits {
    /// The folder of the posts, with `{year}` and `{month}` where it follows the date.
    pub folder: String,
    /// With its dot.
    pub extension: String,
    /// The line break of its files.
    pub line_break: &'static str,
    /// Whether no slug has a letter beyond ASCII.
    pub ascii_slugs: bool,
    /// The keys that most posts have, in their usual order; empty where there are no posts.
    pub keys: Vec<UsualKey>,
}

/// A key that most posts have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsualKey {
    /// The key.
    pub name: String,
    /// The blanks between the colon and the value.
    pub gap: String,
    /// What is written for a new post.
    pub value: UsualValue,
}

/// What a new post has for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsualValue {
    /// Its own title, in these quotes.
    Title(Quote),
    /// Its own date.
    Date(DateForm),
    /// What nearly all posts have, as one of them writes it.
    Fixed(String),
    /// A list that is to be filled, in brackets.
    EmptyList,
    /// Nothing yet.
    Blank,
}

/// Keys of which a blank one would harm the post, or which are no business of a new one.
const NEVER_BLANK: &[&str] = &[
    "layout",
    "published",
    "redirect_from",
    "redirect_to",
    "last_modified_at",
    "updated",
    "modified",
    "slug",
    "permalink",
    "excerpt",
    "reading_time",
    "id",
];

/// Keys that say something of one post alone, even where a few posts say the same.
const NEVER_FIXED: &[&str] = &[
    "title",
    "date",
    "description",
    "excerpt",
    "permalink",
    "slug",
    "redirect_from",
    "redirect_to",
    "last_modified_at",
    "reading_time",
    "id",
];

/// From so many posts on a value that they share is a habit, whatever its key.
const ENOUGH_POSTS: usize = 3;

/// The posts to look at: the newest ones below `home` (a folder such as `blog/_posts`), or of the whole site.
pub fn samples(site: &Site, home: Option<&str>) -> Vec<Arc<str>> {
    let healthy = |status| matches!(status, Status::Published | Status::Future | Status::Unpublished);
    let below = home.map(|home| format!("{home}/")).unwrap_or_default();
    let mut posts: Vec<_> = site
        .posts_from(&below)
        .filter(|post| post.kind == FileKind::Post && healthy(post.status))
        .map(|post| (Reverse((post.date, post.path.clone())), post.path.clone()))
        .collect();
    posts.sort_unstable();
    posts.into_iter().take(MAX_SAMPLES).map(|(_, path)| path).collect()
}

/// The `_posts` that a file or a folder of the site is nearest to, where it holds posts: `ja/_posts` for `ja/_drafts`
/// and for `ja`.
pub fn home(site: &Site, path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let base = match parts.iter().position(|part| *part == "_posts" || *part == "_drafts") {
        Some(at) => &parts[..at],
        None => &parts[..],
    };
    // From the nearest folder up to the source itself, which is no choice.
    let mut folders = (1..=base.len()).rev().map(|length| format!("{}/_posts", base[..length].join("/")));
    folders.find(|folder| site.posts_from(&format!("{folder}/")).next().is_some()).or_else(|| {
        let plain = base.is_empty() && !parts.is_empty();
        plain.then(|| "_posts".to_owned()).filter(|_| site.posts_from("_posts/").next().is_some())
    })
}

impl Habits {
    /// The habits that the samples show, newest first. `home` is the folder for a site without posts.
    pub fn of(samples: &[Sample], home: Option<&str>, config: &Config) -> Self {
        let home = home.map_or_else(|| own_home(config), str::to_owned);
        let names: Vec<(&str, PostName<'_>)> = samples
            .iter()
            .filter_map(|sample| Some((&*sample.path, PostName::parse(&sample.path)?)))
            .collect();
        let folder = most_common(names.iter().map(|(path, name)| folder_form(path, name)));
        let extension = most_common(names.iter().map(|(_, name)| name.extension.to_owned()));
        let crlf = samples.iter().filter(|sample| sample.post.text.contains("\r\n")).count();
        Habits {
            folder: folder.unwrap_or(home),
            extension: extension.unwrap_or_else(|| ".md".to_owned()),
            line_break: if crlf * 2 > samples.len() { "\r\n" } else { "\n" },
            ascii_slugs: names.len() >= ENOUGH_POSTS && names.iter().all(|(_, name)| name.slug.is_ascii()),
            keys: keys(samples),
        }
    }

    /// The form of the site's dates; none where its posts have none.
    pub fn date_form(&self) -> Option<DateForm> {
        self.keys.iter().find_map(|key| match key.value {
            UsualValue::Date(form) => Some(form),
            _ => None,
        })
    }
}

fn own_home(config: &Config) -> String {
    match config.collections_dir.trim_matches('/') {
        "" => "_posts".to_owned(),
        folder => format!("{folder}/_posts"),
    }
}

/// `_posts/{year}/{month}` of `_posts/2024/03/2024-03-05-a.md`.
fn folder_form(path: &str, name: &PostName<'_>) -> String {
    let folder = path.strip_suffix(base_name(path)).unwrap_or_default().trim_end_matches('/');
    let mut parts: Vec<&str> = folder.split('/').collect();
    if let Some(year) = parts.iter().position(|part| *part == name.year) {
        parts[year] = "{year}";
        if let Some(month) = parts.get_mut(year + 1).filter(|month| **month == name.month) {
            *month = "{month}";
        }
    }
    parts.join("/")
}

/// One key of one sample.
struct Written<'s> {
    text: &'s str,
    entry: &'s Entry,
    /// What its value prints, and whether it is a list.
    shown: Option<String>,
    /// Its place among the keys of its post, from 0 to 1.
    place: f64,
}

fn keys(samples: &[Sample]) -> Vec<UsualKey> {
    let loaded: Vec<&Post> = samples
        .iter()
        .map(|sample| &*sample.post)
        .filter(|post| post.front_matter.load == Load::Mapping)
        .collect();
    let mut uses: HashMap<&str, Vec<Written<'_>>> = HashMap::new();
    for post in &loaded {
        let entries = &post.tree().entries;
        for (index, entry) in entries.iter().enumerate() {
            let name = entry.key_text(&post.text);
            let is_last = post.tree().find(&post.text, name).is_some_and(|last| last.span == entry.span);
            if name.is_empty() || !is_last {
                continue;
            }
            let shown = post.front_matter.get(name).map(|node| node.value.inspect());
            let place = index as f64 / entries.len() as f64;
            uses.entry(name).or_default().push(Written { text: &post.text, entry, shown, place });
        }
    }
    let mut usual: Vec<(f64, UsualKey)> = uses
        .into_iter()
        .filter(|(_, written)| written.len() * 2 >= loaded.len())
        .filter_map(|(name, written)| {
            let place = written.iter().map(|one| one.place).sum::<f64>() / written.len() as f64;
            Some((place, usual_key(name, &written)?))
        })
        .collect();
    usual.sort_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| one.name.cmp(&other.name)));
    usual.into_iter().map(|(_, key)| key).collect()
}

/// What a new post has for a key; none where it is better without.
fn usual_key(name: &str, written: &[Written<'_>]) -> Option<UsualKey> {
    let value = match name {
        "title" => UsualValue::Title(most_common(written.iter().filter_map(quote)).unwrap_or(Quote::Plain)),
        "date" => UsualValue::Date(
            most_common(written.iter().filter_map(date_form)).unwrap_or(super::date_form::USUAL),
        ),
        _ => match fixed(name, written) {
            Some(text) => UsualValue::Fixed(text),
            None if NEVER_BLANK.contains(&name) => return None,
            None => {
                let brackets =
                    written.iter().filter(|one| matches!(one.entry.value, EntryValue::Flow(_))).count();
                if brackets * 2 > written.len() { UsualValue::EmptyList } else { UsualValue::Blank }
            }
        },
    };
    let gap = most_common(written.iter().filter_map(gap)).unwrap_or_else(|| " ".to_owned());
    Some(UsualKey { name: name.to_owned(), gap, value })
}

/// The value that nearly all posts have, as the newest of them writes it.
fn fixed(name: &str, written: &[Written<'_>]) -> Option<String> {
    if NEVER_FIXED.contains(&name) {
        return None;
    }
    let shown = most_common(written.iter().filter_map(|one| one.shown.as_ref()))?;
    let same = written.iter().filter(|one| one.shown.as_ref() == Some(shown)).count();
    let is_habit = match name {
        // A post without one has no page around it: that of most posts is the best guess.
        "layout" => true,
        _ => written.len() >= ENOUGH_POSTS && same * 5 >= written.len() * 4,
    };
    let newest = written.iter().find(|one| one.shown.as_ref() == Some(shown)).filter(|_| is_habit)?;
    let text = value_text(newest)?;
    // An anchor and its alias stand in one post only.
    (!text.starts_with(['&', '*'])).then(|| text.replace("\r\n", "\n"))
}

/// The value as it is written; none where nothing is.
fn value_text<'s>(written: &Written<'s>) -> Option<&'s str> {
    let span = match &written.entry.value {
        EntryValue::Empty => return None,
        EntryValue::Scalar(scalar) => scalar.span,
        EntryValue::Flow(list) => list.span,
        EntryValue::Block(list) => list.span,
        EntryValue::Other(span) => *span,
    };
    Some(span.of(written.text).trim_end())
}

fn gap(written: &Written<'_>) -> Option<String> {
    let colon = written.entry.colon?;
    let value = value_text(written)?;
    let start = value.as_ptr() as usize - written.text.as_ptr() as usize;
    let gap = written.text.get(colon + 1..start)?.replace("\r\n", "\n");
    gap.chars().all(|c| c == ' ' || c == '\n').then_some(gap)
}

fn quote(written: &Written<'_>) -> Option<Quote> {
    match &written.entry.value {
        EntryValue::Scalar(scalar) => Some(scalar.quote),
        _ => None,
    }
}

fn date_form(written: &Written<'_>) -> Option<DateForm> {
    match &written.entry.value {
        EntryValue::Scalar(scalar) => DateForm::of(scalar.content.of(written.text), scalar.quote),
        _ => None,
    }
}

/// What occurs most often; of equals the first.
fn most_common<T: Eq + Hash + Clone>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: HashMap<T, (usize, Reverse<usize>)> = HashMap::new();
    for (index, one) in all.enumerate() {
        counts.entry(one).or_insert((0, Reverse(index))).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(one, _)| one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(posts: &[(&str, &str)]) -> Habits {
        let sample = |(path, block): &(&str, &str)| Sample {
            path: (*path).into(),
            post: Arc::new(Post::parse(format!("---\n{block}\n---\n"))),
        };
        Habits::of(&posts.iter().map(sample).collect::<Vec<_>>(), None, &Config::default())
    }

    fn folder(paths: &[&str]) -> String {
        of(&paths.iter().map(|path| (*path, "title: a")).collect::<Vec<_>>()).folder
    }

    #[test]
    fn a_folder_can_follow_the_date() {
        assert_eq!(folder(&[]), "_posts");
        assert_eq!(folder(&["_posts/2024/2024-03-05-a.md", "_posts/2023/2023-03-05-a.md"]), "_posts/{year}");
        assert_eq!(folder(&["blog/_posts/2024/03/2024-03-05-a.md"]), "blog/_posts/{year}/{month}");
        assert_eq!(folder(&["_posts/2024-01-01-a.md", "_posts/x/2024-01-02-b.md"]), "_posts");
    }

    #[test]
    fn slugs_beyond_ascii() {
        let ascii = |slugs: [&str; 3]| {
            let paths = slugs.map(|slug| format!("_posts/2024-01-01-{slug}.md"));
            of(&paths.each_ref().map(|path| (&**path, "title: a"))).ascii_slugs
        };
        assert!(ascii(["a", "b", "c"]));
        assert!(!ascii(["a", "日記", "c"]));
        assert!(!of(&[("_posts/2024-01-01-a.md", "")]).ascii_slugs);
    }

    #[test]
    fn one_post_shows_its_keys_and_its_layout() {
        let habits = of(&[("_posts/2024-01-01-a.md", "layout: note\ntitle: '題'\nmood: fine\ntags: [a]")]);
        let keys: Vec<_> = habits.keys.iter().map(|key| (&*key.name, &key.value)).collect();
        assert_eq!(
            keys,
            [
                ("layout", &UsualValue::Fixed("note".to_owned())),
                ("title", &UsualValue::Title(Quote::Single)),
                ("mood", &UsualValue::Blank),
                ("tags", &UsualValue::EmptyList),
            ]
        );
    }

    #[test]
    fn what_nearly_all_share_is_fixed() {
        let block = |author: &str| format!("author: {author}\ntitle:   \"a\"\nimg:\n  w: 1\n  h: 2");
        let blocks = ["花", "花", "花", "花", "太郎"].map(block);
        let habits = of(&blocks.each_ref().map(|block| ("_posts/2024-01-01-a.md", &**block)));
        let keys: Vec<_> = habits.keys.iter().map(|key| (&*key.name, &*key.gap, &key.value)).collect();
        assert_eq!(
            keys,
            [
                ("author", " ", &UsualValue::Fixed("花".to_owned())),
                ("title", "   ", &UsualValue::Title(Quote::Double)),
                ("img", "\n  ", &UsualValue::Fixed("w: 1\n  h: 2".to_owned())),
            ]
        );
    }
}
