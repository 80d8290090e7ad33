//! Workspace symbols: the site's tags and categories, its posts by title, and headings.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::files::Texts;
use super::parts::parts;
use super::sections::trim_end;
use super::terms;
use crate::post::Post;
use crate::site::{PostRecord, Site, TermKind};
use crate::text::Span;
use crate::text::fold::{search_key, search_key_to};

/// A symbol of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteSymbol {
    /// `#AI` for a tag, the title of a post, the text of a heading. Never empty.
    pub name: String,
    /// What it is.
    pub kind: SiteSymbolKind,
    /// What it belongs to, or how often it is used.
    pub detail: Option<String>,
    /// Its file, relative to the site's source, with `/`.
    pub path: Arc<str>,
    /// The text that the place is of, and the place; none for a file as a whole.
    pub place: Option<(Arc<str>, Span)>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteSymbolKind {
    /// A tag.
    Tag,
    /// A category.
    Category,
    /// A post, a draft or another document.
    Post,
    /// A heading.
    Heading,
}

/// The most symbols of each kind in one answer: more are not looked through, but typed away.
const MAX_OF_A_KIND: usize = 100;

/// The most files that are read for their headings, the newest posts first.
const MAX_READ: usize = 10_000;

/// How many of them are read before it is looked whether that is enough.
const READ_AT_ONCE: usize = 500;

/// How many titles one thread looks at before another is worth its start.
const A_THREADS: usize = 8 * 1024;

/// The symbols that a query finds by any part, case, width and kana aside: terms first, the most used of them first;
/// then posts, the newest first; then headings, those of open documents first. After `#` terms alone. `open` are the open
/// documents, `whole` gives whole texts.
pub fn site_symbols(
    site: &Site,
    query: &str,
    texts: &Texts<'_>,
    whole: &Texts<'_>,
    open: &[(Arc<str>, Arc<Post>)],
) -> Vec<SiteSymbol> {
    let (terms_only, words) = match query.trim().strip_prefix('#') {
        Some(rest) => (true, rest),
        None => (false, query.trim()),
    };
    let words: Vec<String> = words.split_whitespace().map(search_key).collect();
    let mut found = Vec::new();
    if terms_only || !words.is_empty() {
        for kind in [TermKind::Tag, TermKind::Category] {
            found.extend(of_terms(site, kind, &words, texts));
        }
    }
    if !terms_only {
        found.extend(of_posts(site, &words));
        if !words.is_empty() {
            found.extend(of_headings(site, &words, whole, open));
        }
    }
    found
}

fn of_terms(site: &Site, kind: TermKind, words: &[String], texts: &Texts<'_>) -> Vec<SiteSymbol> {
    let mut terms: Vec<_> =
        site.vocabulary(kind).ranked().into_iter().filter(|term| holds(&term.search_key, words)).collect();
    // What begins with the query comes before what holds it somewhere.
    terms.sort_by_key(|term| !words.first().is_some_and(|word| term.search_key.starts_with(&**word)));
    terms.truncate(MAX_OF_A_KIND);
    let symbol = |term: &crate::site::Term| {
        let (path, text, span) = terms::home(site, texts, kind, &term.name)?;
        Some(SiteSymbol {
            name: format!("#{}", term.name),
            kind: match kind {
                TermKind::Tag => SiteSymbolKind::Tag,
                TermKind::Category => SiteSymbolKind::Category,
            },
            detail: Some(super::markdown::posts(term.count())),
            path,
            place: Some((text, span)),
        })
    };
    terms.into_iter().filter_map(symbol).collect()
}

fn of_posts(site: &Site, words: &[String]) -> Vec<SiteSymbol> {
    let posts: Vec<_> = site.posts().collect();
    let found = parts(&posts, A_THREADS, |_, part| {
        let mut key = String::new();
        let mut holds_all = |title: &str| {
            // A word beyond ASCII is in no title of ASCII: most of the work is to fold them.
            let may_hold = !title.is_empty() && words.iter().all(|word| word.is_ascii() || !title.is_ascii());
            may_hold && {
                search_key_to(&mut key, title);
                holds(&key, words)
            }
        };
        newest(part.iter().copied().filter(|post| holds_all(&post.title)), MAX_OF_A_KIND).collect::<Vec<_>>()
    });
    let found = newest(found.into_iter().flatten(), MAX_OF_A_KIND);
    let symbol = |post: &Arc<PostRecord>| SiteSymbol {
        name: post.title.to_string(),
        kind: SiteSymbolKind::Post,
        detail: Some(post.path.to_string()),
        path: post.path.clone(),
        place: None,
    };
    found.map(symbol).collect()
}

/// The newest of these posts, no more than `most`, the newest first; equal ones by path, the last first.
fn newest<'s>(
    posts: impl IntoIterator<Item = &'s Arc<PostRecord>>,
    most: usize,
) -> impl Iterator<Item = &'s Arc<PostRecord>> {
    // Dates side by side: to look into a hundred thousand posts at each comparison takes longer than to find them.
    let mut posts: Vec<_> = posts.into_iter().map(|post| (post.date, post)).collect();
    let order = |a: &(_, &Arc<PostRecord>), b: &(_, &Arc<PostRecord>)| {
        let by_date: Ordering = Option::<Timestamp>::cmp(&b.0, &a.0);
        by_date.then_with(|| b.1.path.cmp(&a.1.path))
    };
    // Nor are all of them put in order.
    if posts.len() > most {
        posts.select_nth_unstable_by(most, order);
        posts.truncate(most);
    }
    posts.sort_unstable_by(order);
    posts.into_iter().map(|(_, post)| post)
}

fn of_headings(
    site: &Site,
    words: &[String],
    whole: &Texts<'_>,
    open: &[(Arc<str>, Arc<Post>)],
) -> Vec<SiteSymbol> {
    let mut found: Vec<_> = open.iter().flat_map(|(path, post)| in_post(path, post, words)).collect();
    let is_open = |path: &Arc<str>| open.iter().any(|(open, _)| open == path);
    let posts = newest(site.posts(), MAX_READ);
    let pages = site.files_from("").filter(|(_, page)| page.is_some()).map(|(path, _)| path.clone());
    let paths = posts.map(|post| post.path.clone()).chain(pages);
    let paths: Vec<_> = paths.filter(|path| !is_open(path)).take(MAX_READ).collect();
    for some in paths.chunks(READ_AT_ONCE) {
        if found.len() >= MAX_OF_A_KIND {
            break;
        }
        let read = some.par_iter().flat_map_iter(|path| {
            let text = whole(path).filter(|text| may_hold(text, words));
            text.map(|text| in_post(path, &Post::parse(text), words)).unwrap_or_default()
        });
        found.extend(read.collect::<Vec<_>>());
    }
    found.truncate(MAX_OF_A_KIND);
    found
}

/// Whether a line of a text that may be a heading, by itself or by the line below it, holds the words.
fn may_hold(text: &str, words: &[String]) -> bool {
    let mut lines = text.lines().peekable();
    let mut key = String::new();
    while let Some(line) = lines.next() {
        let begins = |line: &str, signs: &[char]| line.trim_start().starts_with(signs);
        let mut is_underlined = || lines.peek().is_some_and(|below| begins(below, &['=', '-']));
        if begins(line, &['#', '<', '>', '-', '*', '+']) || is_underlined() {
            search_key_to(&mut key, line);
            if holds(&key, words) {
                return true;
            }
        }
    }
    false
}

fn in_post(path: &Arc<str>, post: &Post, words: &[String]) -> Vec<SiteSymbol> {
    let named = post.body().headings.iter().filter(|heading| !heading.text.trim().is_empty());
    let headings =
        named.filter(|heading| holds(&search_key(&heading.text), words)).map(|heading| SiteSymbol {
            name: heading.text.trim().to_owned(),
            kind: SiteSymbolKind::Heading,
            detail: Some(path.to_string()),
            path: path.clone(),
            place: Some((post.text.clone(), trim_end(&post.text, heading.span))),
        });
    headings.take(MAX_OF_A_KIND).collect()
}

fn holds(key: &str, words: &[String]) -> bool {
    words.iter().all(|word| key.contains(&**word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::{fixture, texts};

    #[test]
    fn of_many_posts_the_newest_are_found() {
        let post = |n: usize| {
            let (month, day) = (n / 28 + 1, n % 28 + 1);
            format!("//- /_posts/2024-{month:02}-{day:02}-a.md\n---\ntitle: 旅 {n}\n---\n")
        };
        let last = MAX_OF_A_KIND + 37;
        // In no order, and the first of them is the one that is open.
        let files: String = (0..=last).map(|n| post(n * 53 % (last + 1))).collect();
        let files = files.replacen("title", "ti$0tle", 1);
        let (snapshot, _) = fixture(&files);
        let all = texts(&files.replace("$0", ""));
        let whole = |path: &str| all.get(path).cloned();
        let found = site_symbols(&snapshot.site, "旅", &whole, &whole, &[]);
        let expected = (0..MAX_OF_A_KIND).map(|n| format!("旅 {}", last - n));
        assert_eq!(
            found.into_iter().map(|symbol| symbol.name).collect::<Vec<_>>(),
            expected.collect::<Vec<_>>()
        );
    }

    #[test]
    fn titles_are_found_in_any_width_and_kana() {
        let titles = ["Kyoto", "Ｋｙｏｔｏ の旅", "きょうと", "キョウト 旅"];
        let post = |(n, title): (usize, &str)| {
            format!("//- /_posts/2024-01-0{}-a.md\n---\ntitle: {title}\n---\n", 9 - n)
        };
        let files: String = titles.into_iter().enumerate().map(post).collect();
        let (snapshot, _) = fixture(&files.replacen("title", "ti$0tle", 1));
        for (query, expected) in
            [("kyo", &titles[..2]), ("ＫＹＯ 旅", &titles[1..2]), ("キョウ", &titles[2..]), ("ky 旅 京", &[])]
        {
            let found = site_symbols(&snapshot.site, query, &|_| None, &|_| None, &[]);
            assert_eq!(found.into_iter().map(|symbol| symbol.name).collect::<Vec<_>>(), expected, "{query}");
        }
    }
}
