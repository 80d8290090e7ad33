//! Which of many candidates match what is typed best.
//!
//! It goes through all of them at every key, so it asks first what is cheap to tell: whether a word holds what is typed as
//! a whole. Words that only have its characters between others come after all those, and where these fill an answer, it
//! is not asked how close they match.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::candidate::{Candidate, Words};
use super::place::Wanted;
use crate::features::completion::ranking::{Quality, Query};
use crate::features::completion::{MAX_ITEMS, keep_best};
use crate::features::parts::parts;
use crate::site::Site;
use crate::text::fold::{search_key, search_key_to};

/// What orders candidates: how well one matches, whether it is hidden, the newest first, its place in the list.
pub(super) type Rank = (Quality, bool, Reverse<Option<Timestamp>>, usize);

/// The search keys of a candidate, kept for their space.
#[derive(Default)]
struct Keys {
    label: String,
    written: String,
    name: String,
}

/// What a first look at a candidate tells.
enum Look {
    /// How well it matches: a word holds what is typed as a whole.
    Whole(Quality),
    /// A word has the characters of it in their order. It may match.
    Scattered,
    /// It does not match.
    Nothing,
}

/// How many candidates one thread goes through before another is worth its start.
const A_THREADS: usize = 8 * 1024;

/// The best of the candidates, best first.
pub(super) fn best(site: &Site, wanted: Wanted, query: &Query, candidates: &[Candidate<'_>]) -> Vec<Rank> {
    let rank = |quality, at: usize| {
        let candidate = candidates.get(at)?;
        Some((quality, candidate.is_hidden(), Reverse(candidate.date()), at))
    };
    let part = |start: usize, part: &[Candidate<'_>]| {
        let (mut found, mut scattered, mut keys) = (Vec::new(), Vec::new(), Keys::default());
        for (at, candidate) in (start..).zip(part) {
            let Some(words) = candidate.words(site, wanted) else { continue };
            match look(query, &words, &mut keys) {
                Look::Whole(quality) => found.extend(rank(quality, at)),
                Look::Scattered => scattered.push(at),
                Look::Nothing => {}
            }
        }
        keep_best(&mut found);
        (found, scattered)
    };
    let (mut found, mut scattered) = (Vec::new(), Vec::new());
    for (whole, rest) in parts(candidates, A_THREADS, part) {
        found.extend(whole);
        scattered.extend(rest);
    }
    if found.len() < MAX_ITEMS {
        let part = |_: usize, part: &[usize]| {
            let quality = |at: &usize| quality(query, &candidates.get(*at)?.words(site, wanted)?);
            let mut found: Vec<Rank> = part.iter().filter_map(|at| rank(quality(at)?, *at)).collect();
            keep_best(&mut found);
            found
        };
        found.extend(parts(&scattered, A_THREADS / 8, part).into_iter().flatten());
    }
    keep_best(&mut found);
    found
}

/// How well a candidate matches: by its label and by what is written, and where neither does, by the name of its file.
fn quality(query: &Query, words: &Words<'_>) -> Option<Quality> {
    let of = |word: &str| query.quality(&search_key(word));
    better(words.label.and_then(of), of(&words.written)).or_else(|| of(words.name()?))
}

/// [`quality`] as far as it is cheap to tell.
fn look(query: &Query, words: &Words<'_>, keys: &mut Keys) -> Look {
    if query.is_empty() {
        return Look::Whole(Quality::Prefix);
    }
    let Keys { label, written, name } = keys;
    let has_label = words.label.is_some_and(|word| fold(query, word, label));
    let has_written = fold(query, &words.written, written);
    let whole = |is_there: bool, key: &str| query.whole(key).filter(|_| is_there);
    if let Some(quality) = better(whole(has_label, label), whole(has_written, written)) {
        return Look::Whole(quality);
    }
    let has_name = words.name().is_some_and(|word| fold(query, word, name));
    let is_scattered = has_label && query.is_scattered(label) || has_written && query.is_scattered(written);
    match (whole(has_name, name), is_scattered) {
        (Some(quality), false) => Look::Whole(quality),
        // The name counts only where the others do not match after all.
        (Some(_), true) => match quality(query, words) {
            Some(Quality::Fuzzy(_)) => Look::Scattered,
            Some(quality) => Look::Whole(quality),
            None => Look::Nothing,
        },
        (None, true) => Look::Scattered,
        (None, false) if has_name && query.is_scattered(name) => Look::Scattered,
        (None, false) => Look::Nothing,
    }
}

/// Folds a word that may match.
fn fold(query: &Query, word: &str, key: &mut String) -> bool {
    let may_match = query.may_match(word);
    if may_match {
        search_key_to(key, word);
    }
    may_match
}

fn better(a: Option<Quality>, b: Option<Quality>) -> Option<Quality> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::super::candidate::Offer;
    use super::*;
    use crate::jekyll::Status;
    use crate::site::{FileKind, PostRecord};

    /// What [`best`] finds: it takes short cuts.
    fn plainly(site: &Site, wanted: Wanted, query: &Query, candidates: &[Candidate<'_>]) -> Vec<Rank> {
        let rank = |(at, candidate): (usize, &Candidate<'_>)| {
            let quality = quality(query, &candidate.words(site, wanted)?)?;
            Some((quality, candidate.is_hidden(), Reverse(candidate.date()), at))
        };
        let mut all: Vec<Rank> = candidates.iter().enumerate().filter_map(rank).collect();
        all.sort_unstable();
        all.truncate(MAX_ITEMS);
        all
    }

    /// Few characters, so that words match in all ways; some are other ones when they are folded.
    const WORD: &str = "[abAＡｂカかｶ\u{3099}éÉ京/-]{0,6}";

    fn post() -> impl Strategy<Value = PostRecord> {
        let url = prop::option::of("(/[ab京é%-]{0,4}){1,2}/?");
        (WORD, "[abかカ京-]{1,4}", url, 0..4i64, 0..4usize).prop_map(|(title, name, url, day, status)| {
            PostRecord {
                title: title.into(),
                url: url.map(|url| crate::jekyll::url::escape_path(&url).into()),
                date: Timestamp::from_second(day * 86_400).ok().filter(|_| day > 0),
                status: [Status::Published, Status::Published, Status::Draft, Status::Unpublished][status],
                ..PostRecord::dropped(&format!("_posts/2024-01-0{}-{name}.md", day + 1), FileKind::Post)
            }
        })
    }

    fn offer() -> impl Strategy<Value = Offer> {
        (WORD, WORD, prop::option::of(WORD)).prop_map(|(label, written, name)| Offer {
            label,
            written,
            name,
            detail: None,
            documentation: None,
        })
    }

    fn wanted() -> impl Strategy<Value = Wanted> {
        prop_oneof![
            Just(Wanted::PostUrl),
            Just(Wanted::LinkTag),
            any::<bool>().prop_map(|from_root| Wanted::Address { image: false, from_root }),
        ]
    }

    /// Enough candidates match as a whole, so no other is looked at again. One that has the typed characters in its label
    /// is found by its name all the same, where the matcher takes `é` for another letter there.
    #[test]
    fn a_name_counts_where_the_label_does_not_match_after_all() {
        let offer = |label: &str, name: &str| Offer {
            label: label.to_owned(),
            written: String::new(),
            name: Some(name.to_owned()),
            detail: None,
            documentation: None,
        };
        let offers = std::iter::repeat_n(offer("xéa", ""), MAX_ITEMS).chain([offer("é-a-", "éa")]);
        let candidates: Vec<Candidate<'_>> = offers.map(|offer| Candidate::Other(Box::new(offer))).collect();
        let (site, query) = (Site::default(), Query::new("éa"));
        let found = best(&site, Wanted::Anchor, &query, &candidates);
        assert_eq!(found, plainly(&site, Wanted::Anchor, &query, &candidates));
        assert_eq!(found[0].0, Quality::Exact);
    }

    proptest! {
        #[test]
        fn short_cuts_lead_to_the_same(
            posts in prop::collection::vec(post(), 0..300),
            offers in prop::collection::vec(offer(), 0..40),
            wanted in wanted(),
            typed in prop_oneof!["[abAＡカか京é/-]{0,4}", "2024-01-0[1-4]", "/[ab京]?"],
        ) {
            let (site, query) = (Site::default(), Query::new(&typed));
            let offers = offers.into_iter().map(|offer| Candidate::Other(Box::new(offer)));
            let candidates: Vec<Candidate<'_>> = posts.iter().map(Candidate::Post).chain(offers).collect();
            prop_assert_eq!(
                best(&site, wanted, &query, &candidates),
                plainly(&site, wanted, &query, &candidates)
            );
        }
    }
}
