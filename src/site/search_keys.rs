//! The search keys of all terms, side by side.
//!
//! Completion looks through all of them at every key that is typed. Each term lies somewhere else, and so does its
//! name: to fetch 2,000 of them from memory took a third of the time of a key. Here they lie in one piece, which is
//! copied when it is changed, as [`super::pairs`] does with its rows.

use std::sync::Arc;

use super::pairs::TermId;

/// The keys, by the numbers of their terms. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchKeys {
    /// The keys one behind the other, with gaps where terms are gone.
    text: Arc<String>,
    words: Arc<Vec<Option<Word>>>,
    /// The bytes of the gaps.
    gaps: usize,
}

/// Where a key is, and how many posts use its term.
#[derive(Clone, Copy, Debug)]
struct Word {
    start: usize,
    length: u32,
    count: u32,
}

/// How many bytes of gaps there may be beside as many of keys.
const GAPS: usize = 4 * 1024;

impl SearchKeys {
    /// A term is new.
    pub(super) fn add(&mut self, id: TermId, key: &str, count: usize) {
        let word = Word { start: self.text.len(), length: narrow(key.len()), count: narrow(count) };
        Arc::make_mut(&mut self.text).push_str(key);
        let words = Arc::make_mut(&mut self.words);
        let at = id.place();
        words.resize(words.len().max(at + 1), None);
        words[at] = Some(word);
    }

    /// Another number of posts use a term.
    pub(super) fn count(&mut self, id: TermId, count: usize) {
        if let Some(Some(word)) = Arc::make_mut(&mut self.words).get_mut(id.place()) {
            word.count = narrow(count);
        }
    }

    /// A term is gone.
    pub(super) fn remove(&mut self, id: TermId) {
        let gone = Arc::make_mut(&mut self.words).get_mut(id.place()).and_then(Option::take);
        self.gaps += gone.map_or(0, |word| word.length as usize);
        if self.gaps > GAPS + self.text.len() / 2 {
            self.close_gaps();
        }
    }

    /// Each term's number, its key, and how many posts use it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (TermId, &str, usize)> {
        self.words.iter().enumerate().filter_map(|(at, word)| {
            let word = word.as_ref()?;
            Some((TermId::at(at), self.key(word), word.count as usize))
        })
    }

    fn key(&self, word: &Word) -> &str {
        self.text.get(word.start..word.start + word.length as usize).unwrap_or_default()
    }

    fn close_gaps(&mut self) {
        let before = std::mem::take(self);
        before.words.iter().enumerate().for_each(|(at, word)| {
            if let Some(word) = word {
                self.add(TermId::at(at), before.key(word), word.count as usize);
            }
        });
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_whole_while_gaps_come_and_close() {
        let mut keys = SearchKeys::default();
        let key = |n: usize| format!("単語{n}");
        for n in 0..2_000 {
            keys.add(TermId::at(n), &key(n), n);
        }
        let (before, longest) = (keys.clone(), keys.text.len());
        for n in (0..2_000).filter(|n| n % 10 > 0) {
            keys.remove(TermId::at(n));
        }
        keys.count(TermId::at(10), 7);
        let left: Vec<_> = keys.iter().map(|(id, key, count)| (id.place(), key.to_owned(), count)).collect();
        let expected: Vec<_> =
            (0..2_000).step_by(10).map(|n| (n, key(n), if n == 10 { 7 } else { n })).collect();
        assert_eq!(left, expected);
        assert!(keys.text.len() < longest / 2, "the gaps are closed");
        assert_eq!(before.iter().count(), 2_000);
    }
}
