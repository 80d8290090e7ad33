//! The search keys of all terms, side by side.
//!
//! Completion looks through all of them at every key that is typed. Each term lies somewhere else, and so does its
//! name: to fetch 2,000 of them from memory took a third of the time of a key. Here the keys of many terms lie in one
//! text, in which what is typed is looked for once. A half-typed word is a term too, so every key changes one of them:
//! the pieces are small, and only the one that is changed is copied.

use std::sync::Arc;

use memchr::memmem::Finder;

use super::pairs::TermId;

/// The keys, by the numbers of their terms. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchKeys {
    pieces: imbl::Vector<Arc<Piece>>,
}

/// How many terms are in a piece: all of them are copied when one changes.
const TERMS: usize = 128;

/// The keys of [`TERMS`] terms whose numbers follow each other.
#[derive(Clone, Debug, Default)]
struct Piece {
    /// The keys in the order of the numbers, with nothing in between.
    text: String,
    words: Vec<Word>,
}

/// Where a key ends, and how many posts use its term: none where there is no such term.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    end: u32,
    count: u32,
}

impl SearchKeys {
    /// A term is new. It is to be given a count before anybody looks.
    pub(super) fn add(&mut self, id: TermId, key: &str) {
        while self.pieces.len() <= id.place() / TERMS {
            self.pieces.push_back(Arc::default());
        }
        self.change(id, |piece, at| piece.set_key(at, key));
    }

    /// Another number of posts use a term.
    pub(super) fn count(&mut self, id: TermId, count: usize) {
        self.change(id, |piece, at| {
            if let Some(word) = piece.words.get_mut(at) {
                word.count = narrow(count);
            }
        });
    }

    /// A term is gone.
    pub(super) fn remove(&mut self, id: TermId) {
        self.change(id, |piece, at| piece.set_key(at, ""));
    }

    /// Each term whose key holds a text: its number, its key, and how many posts use it.
    pub(super) fn holding<'k>(
        &'k self,
        text: &'k Finder<'_>,
    ) -> impl Iterator<Item = (TermId, &'k str, usize)> {
        self.pieces.iter().enumerate().flat_map(move |(piece_at, piece)| {
            piece.holding(text).map(move |(at, key, count)| (TermId::at(piece_at * TERMS + at), key, count))
        })
    }

    fn change(&mut self, id: TermId, change: impl FnOnce(&mut Piece, usize)) {
        if let Some(piece) = self.pieces.get_mut(id.place() / TERMS) {
            change(Arc::make_mut(piece), id.place() % TERMS);
        }
    }
}

impl Piece {
    fn start(&self, at: usize) -> usize {
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        before.map_or(0, |word| word.end as usize)
    }

    /// Sets a key, with no posts yet.
    fn set_key(&mut self, at: usize, key: &str) {
        let end = self.text.len();
        while self.words.len() <= at {
            self.words.push(Word { end: narrow(end), count: 0 });
        }
        let (start, end) = (self.start(at), self.words[at].end as usize);
        self.text.replace_range(start..end, key);
        self.words[at].count = 0;
        for word in &mut self.words[at..] {
            word.end = narrow(word.end as usize + key.len() - (end - start));
        }
    }

    fn holding<'k>(&'k self, text: &'k Finder<'_>) -> impl Iterator<Item = (usize, &'k str, usize)> {
        let (mut at, mut hit) = (0, text.find(self.text.as_bytes()));
        std::iter::from_fn(move || {
            loop {
                let (word, start) = (self.words.get(at)?, self.start(at));
                let end = word.end as usize;
                // The next place that is not before this key; one that reaches beyond its end is in none.
                if hit? < start {
                    hit = text.find(&self.text.as_bytes()[start..]).map(|further| start + further);
                }
                let is_here = hit? + text.needle().len() <= end;
                at += 1;
                if is_here && word.count > 0 {
                    return Some((at - 1, &self.text[start..end], word.count as usize));
                }
            }
        })
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Step {
        Add(usize, String, usize),
        Count(usize, usize),
        Remove(usize),
    }

    fn any_step() -> impl Strategy<Value = Step> {
        // Numbers at both sides of where one piece ends and the next begins.
        let number = || prop_oneof![0..4usize, TERMS - 2..TERMS + 2];
        prop_oneof![
            3 => (number(), "[aあい]{0,4}", 1..3usize).prop_map(|(at, key, count)| Step::Add(at, key, count)),
            1 => (number(), 1..9usize).prop_map(|(at, count)| Step::Count(at, count)),
            1 => number().prop_map(Step::Remove),
        ]
    }

    proptest! {
        #[test]
        fn the_keys_that_hold_a_text_are_found(
            steps in prop::collection::vec(any_step(), 0..30),
            text in "[aあい]{0,2}",
        ) {
            let (mut keys, mut model) = (SearchKeys::default(), BTreeMap::new());
            for step in steps {
                match step {
                    Step::Add(at, key, count) => {
                        keys.remove(TermId::at(at));
                        keys.add(TermId::at(at), &key);
                        keys.count(TermId::at(at), count);
                        model.insert(at, (key, count));
                    }
                    Step::Count(at, count) => {
                        if let Some(known) = model.get_mut(&at) {
                            known.1 = count;
                            keys.count(TermId::at(at), count);
                        }
                    }
                    Step::Remove(at) => {
                        keys.remove(TermId::at(at));
                        model.remove(&at);
                    }
                }
            }
            let finder = Finder::new(&text);
            let found: Vec<_> = keys.holding(&finder).map(|(id, key, count)| (id.place(), key.to_owned(), count)).collect();
            let expected = model.into_iter().filter(|(_, (key, _))| key.contains(&text));
            prop_assert_eq!(found, expected.map(|(at, (key, count))| (at, key, count)).collect::<Vec<_>>());
        }
    }
}
