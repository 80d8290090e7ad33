//! Did you mean?

use std::cell::Cell;

use rapidfuzz::distance::osa;

use crate::limits::{FEWEST_NEAR_NAMES, MAX_NEAR_NAMES};

/// The longest word that is held against others, in bytes: what is longer is no slip.
const MAX_WORD_BYTES: usize = 256;

/// The candidate that a misspelt word most likely is: at most a third of its characters differ. Of equally near ones
/// the first.
pub(super) fn nearest<T: AsRef<str>>(word: &str, candidates: impl IntoIterator<Item = T>) -> Option<T> {
    nearest_that(word, candidates, |_| true)
}

/// The same, of the candidates that count. Only of those that are near is it asked.
pub(super) fn nearest_that<T: AsRef<str>>(
    word: &str,
    candidates: impl IntoIterator<Item = T>,
    counts: impl Fn(&T) -> bool,
) -> Option<T> {
    if word.len() > MAX_WORD_BYTES {
        return None;
    }
    let ((length, letters), word) = (measured(word), osa::BatchComparator::new(word.chars()));
    let mut best: Option<(usize, T)> = None;
    for candidate in candidates {
        let own = candidate.as_ref();
        let (own_length, own_letters) = measured(own);
        let allowed = (own_length / 3).max(1);
        let wanted = best.as_ref().map_or(allowed, |(distance, _)| allowed.min(distance.saturating_sub(1)));
        // Each character that only one of them has takes a change of its own.
        let (only, missing) = (letters & !own_letters, own_letters & !letters);
        let different = only.count_ones().max(missing.count_ones()) as usize;
        if different.max(length.abs_diff(own_length)) > wanted {
            continue;
        }
        let args = osa::Args::default().score_cutoff(wanted);
        if let Some(distance) = word.distance_with_args(own.chars(), &args).filter(|_| counts(&candidate)) {
            best = Some((distance, candidate));
        }
        if best.as_ref().is_some_and(|(distance, _)| *distance == 0) {
            break;
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many characters a word has, and which: of all that are the same but for a multiple of 64 one.
fn measured(word: &str) -> (usize, u64) {
    word.chars().fold((0, 0), |(length, letters), c| (length + 1, letters | 1 << (u32::from(c) % 64)))
}

/// The searches of one rule in one file. They share the names that they may look at, so that what a file costs does not
/// grow with the product of what it names wrongly and what its site has.
#[derive(Debug)]
pub(super) struct Searches {
    left: Cell<usize>,
}

impl Default for Searches {
    fn default() -> Self {
        Searches::of(MAX_NEAR_NAMES)
    }
}

impl Searches {
    /// Searches that share so many names.
    pub(super) fn of(names: usize) -> Self {
        Searches { left: Cell::new(names) }
    }

    /// What the next search looks at: of each pair of sides in turn the next before a place and the next behind it, each
    /// in the order away from the place. They come back in the order of the sides, all before the place first.
    pub(super) fn around<'i, T, const N: usize>(
        &self,
        sides: [(&'i mut dyn Iterator<Item = T>, &'i mut dyn Iterator<Item = T>); N],
    ) -> Vec<T> {
        let most = self.share();
        let mut sides = sides.map(|(before, behind)| (before, Vec::new(), behind, Vec::new()));
        let mut count = 0;
        loop {
            let start = count;
            for (before, back, behind, on) in &mut sides {
                for (side, taken) in [(before, back), (behind, on)] {
                    if count < most
                        && let Some(next) = side.next()
                    {
                        taken.push(next);
                        count += 1;
                    }
                }
            }
            if count == start {
                break;
            }
        }
        self.spend(count);
        sides.into_iter().flat_map(|(_, back, _, on)| back.into_iter().rev().chain(on)).collect()
    }

    /// The same of a list in order, around the place where `name` would stand.
    pub(super) fn around_in<'l, T: AsRef<str>>(&self, sorted: &'l [T], name: &str) -> Vec<&'l T> {
        let (before, behind) = sorted.split_at(sorted.partition_point(|own| own.as_ref() < name));
        self.around([(&mut before.iter().rev(), &mut behind.iter())])
    }

    /// The first of a list in no order.
    pub(super) fn first<T>(&self, all: impl IntoIterator<Item = T>) -> Vec<T> {
        let first: Vec<T> = all.into_iter().take(self.share()).collect();
        self.spend(first.len());
        first
    }

    /// Two thirds of what is left: the first names of a file are those of nearly all files.
    fn share(&self) -> usize {
        (self.left.get() / 3 * 2).max(FEWEST_NEAR_NAMES)
    }

    fn spend(&self, count: usize) {
        self.left.set(self.left.get().saturating_sub(count));
    }
}

/// How many characters are to be written, left out, changed or swapped with their neighbour between two words.
pub(super) fn distance(one: &str, other: &str) -> usize {
    osa::distance(one.chars(), other.chars())
}

/// ` Did you mean …?` for the end of a message, or nothing.
pub(super) fn did_you_mean(candidate: Option<&str>) -> String {
    candidate.map_or_else(String::new, |candidate| format!(" Did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the first search of a file looks at.
    const FIRST: usize = MAX_NEAR_NAMES / 3 * 2;

    /// What a search around a place looks at in the numbers up to `count`.
    fn around(searches: &Searches, place: usize, count: usize) -> Vec<usize> {
        searches.around([(&mut (0..place).rev(), &mut (place..count))])
    }

    #[test]
    fn a_search_looks_around_the_place_of_a_name() {
        let (all, half) = (FIRST, FIRST / 2);
        for (place, count, expected) in [
            (3, 10, 0..10),
            (0, 10, 0..10),
            (10, 10, 0..10),
            (9_000, 100_000, 9_000 - half..9_000 + half),
            (0, 100_000, 0..all),
            (10, 100_000, 0..all),
            (99_990, 100_000, 100_000 - all..100_000),
        ] {
            assert_eq!(around(&Searches::default(), place, count), expected.collect::<Vec<_>>(), "{place}");
        }
        let names = ["a", "b", "d"];
        assert_eq!(Searches::default().around_in(&names, "c"), [&"a", &"b", &"d"]);
        let two = Searches::default().around([
            (&mut [1, 0].into_iter(), &mut [2].into_iter()),
            (&mut [8].into_iter(), &mut [9].into_iter()),
        ]);
        assert_eq!(two, [0, 1, 2, 8, 9]);
    }

    #[test]
    fn the_searches_of_a_file_share_what_they_look_at() {
        let searches = Searches::default();
        let counts: Vec<usize> = (0..100).map(|_| around(&searches, 5_000, 10_000).len()).collect();
        assert_eq!((counts[0], counts[99]), (FIRST, FEWEST_NEAR_NAMES));
        assert!(counts.iter().sum::<usize>() <= MAX_NEAR_NAMES + 100 * FEWEST_NEAR_NAMES, "{counts:?}");
        // Small lists are looked through for each of many names.
        let searches = Searches::default();
        assert!((0..50).all(|_| around(&searches, 5, 20).len() == 20));
    }

    #[test]
    fn a_third_may_differ() {
        let known = ["duplicate-key", "lone-cr", "AI", "生成AI"];
        for (word, expected) in [
            ("duplicat-keys", Some("duplicate-key")),
            ("lonecr", Some("lone-cr")),
            ("IA", Some("AI")),
            ("生成ＡI", Some("生成AI")),
            ("something", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}
