//! Sorted lists that are cheap to clone and to change. They lie in pieces, of which a change copies one; what is put in
//! together and in order fills them, so that a list of pointers takes little more than eight bytes for each.

use std::iter::{Chain, FlatMap};
use std::slice::Iter;
use std::sync::Arc;

use equivalent::Comparable;

/// The most elements of a piece. A change copies as many pointers, and those to the pieces of its list.
const MOST: usize = 128;

/// Elements in their order, no two of them equal.
#[derive(Clone, Debug)]
pub struct Sorted<E> {
    /// None of them is empty.
    pieces: Arc<Vec<Piece<E>>>,
    len: usize,
}

type Piece<E> = Arc<Vec<E>>;

/// Whole pieces, from end to end.
type Pieces<'s, E> = FlatMap<Iter<'s, Piece<E>>, Iter<'s, E>, fn(&'s Piece<E>) -> Iter<'s, E>>;

fn all<E>(pieces: &[Piece<E>]) -> Pieces<'_, E> {
    pieces.iter().flat_map(|piece| piece.iter())
}

impl<E> Default for Sorted<E> {
    fn default() -> Self {
        Sorted { pieces: Arc::default(), len: 0 }
    }
}

impl<E> Sorted<E> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All of them.
    pub fn iter(&self) -> Pieces<'_, E> {
        all(&self.pieces)
    }

    /// The one that is equal to a key.
    pub fn get<Q: Comparable<E> + ?Sized>(&self, key: &Q) -> Option<&E> {
        let (piece, at) = self.place(key);
        self.pieces.get(piece)?.get(at.ok()?)
    }

    /// Those that are not before a key.
    pub fn from<Q: Comparable<E> + ?Sized>(&self, key: &Q) -> Chain<Iter<'_, E>, Pieces<'_, E>> {
        let (piece, at) = self.place(key);
        let (first, rest) = self.pieces[piece..].split_first().unzip();
        let first = first.map(|first| &first[at.unwrap_or_else(|at| at)..]);
        first.unwrap_or_default().iter().chain(all(rest.unwrap_or_default()))
    }

    /// Those that are before a key.
    pub fn until<Q: Comparable<E> + ?Sized>(&self, key: &Q) -> Chain<Pieces<'_, E>, Iter<'_, E>> {
        let (piece, at) = self.place(key);
        let (before, behind) = self.pieces.split_at(piece);
        let last = behind.first().map(|last| &last[..at.unwrap_or_else(|at| at)]);
        all(before).chain(last.unwrap_or_default())
    }

    /// The first piece that does not end before a key, and where the key is in it or belongs.
    fn place<Q: Comparable<E> + ?Sized>(&self, key: &Q) -> (usize, Result<usize, usize>) {
        let ends_before = |piece: &Piece<E>| piece.last().is_some_and(|last| key.compare(last).is_gt());
        let piece = self.pieces.partition_point(ends_before);
        let at = self.pieces.get(piece).map(|piece| piece.binary_search_by(|own| key.compare(own).reverse()));
        (piece, at.unwrap_or(Err(0)))
    }
}

impl<E: Ord + Clone> Sorted<E> {
    /// Puts one in, instead of an equal one.
    pub fn insert(&mut self, element: E) {
        let (piece, at) = match self.pieces.last().and_then(|piece| piece.last()) {
            Some(last) if *last < element => (self.pieces.len(), Err(0)),
            _ => self.place(&element),
        };
        let pieces = Arc::make_mut(&mut self.pieces);
        let at = match at {
            Ok(at) => return Arc::make_mut(&mut pieces[piece])[at] = element,
            Err(at) => at,
        };
        self.len += 1;
        if piece < pieces.len() {
            let own = Arc::make_mut(&mut pieces[piece]);
            if own.len() < MOST {
                make_room(own);
                return own.insert(at, element);
            }
            let mut tail = own.split_off(MOST / 2);
            if at <= own.len() {
                own.insert(at, element)
            } else {
                tail.insert(at - own.len(), element)
            };
            return pieces.insert(piece + 1, Arc::new(tail));
        }
        match pieces.last_mut().filter(|last| last.len() < MOST) {
            Some(last) => {
                let last = Arc::make_mut(last);
                make_room(last);
                last.push(element);
            }
            None => {
                pieces.reserve_exact(1 + pieces.len() / 8);
                pieces.push(Arc::new(vec![element]));
            }
        }
    }

    /// Puts many in that are in order, no two of them equal.
    pub fn extend_in_order(&mut self, mut elements: impl ExactSizeIterator<Item = E>) {
        if !self.is_empty() {
            return self.extend(elements);
        }
        // Where there is nothing yet, nothing is compared and no piece grows.
        self.len = elements.len();
        let mut pieces = Vec::with_capacity(self.len.div_ceil(MOST));
        while elements.len() > 0 {
            let mut piece = Vec::with_capacity(elements.len().min(MOST));
            piece.extend(elements.by_ref().take(MOST));
            pieces.push(Arc::new(piece));
        }
        self.pieces = Arc::new(pieces);
    }

    /// Takes the one out that is equal to a key.
    pub fn remove<Q: Comparable<E> + ?Sized>(&mut self, key: &Q) -> Option<E> {
        let (piece, at) = self.place(key);
        let at = at.ok()?;
        let pieces = Arc::make_mut(&mut self.pieces);
        self.len -= 1;
        if pieces[piece].len() == 1 {
            return pieces.remove(piece).first().cloned();
        }
        Some(Arc::make_mut(&mut pieces[piece]).remove(at))
    }
}

/// Puts many in. Those that come in order are found beside each other, and fill the pieces.
impl<E: Ord + Clone> Extend<E> for Sorted<E> {
    fn extend<I: IntoIterator<Item = E>>(&mut self, elements: I) {
        elements.into_iter().for_each(|element| self.insert(element));
    }
}

/// Most lists are those of a term with a few posts: to double them again and again is room for nobody.
fn make_room<E>(piece: &mut Vec<E>) {
    if piece.len() == piece.capacity() {
        piece.reserve_exact(1 + piece.len() / 4);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn equal(sorted: &Sorted<u32>, set: &BTreeSet<u32>, asked: u32) -> Result<(), TestCaseError> {
        prop_assert!(sorted.iter().eq(set));
        prop_assert!(sorted.iter().rev().eq(set.iter().rev()));
        prop_assert!(sorted.from(&asked).eq(set.range(asked..)));
        prop_assert!(sorted.from(&asked).rev().eq(set.range(asked..).rev()));
        prop_assert!(sorted.until(&asked).eq(set.range(..asked)));
        prop_assert!(sorted.until(&asked).rev().eq(set.range(..asked).rev()));
        prop_assert_eq!(sorted.get(&asked), set.get(&asked));
        prop_assert_eq!((sorted.len(), sorted.is_empty()), (set.len(), set.is_empty()));
        prop_assert!(sorted.pieces.iter().all(|piece| (1..=MOST).contains(&piece.len())));
        Ok(())
    }

    proptest! {
        #[test]
        fn it_is_a_set(
            first in prop::collection::vec(0..2_000u32, 0..1_500),
            changes in prop::collection::vec((any::<bool>(), 0..2_000u32), 0..600),
            is_sorted in any::<bool>(),
        ) {
            let set: BTreeSet<u32> = first.iter().copied().collect();
            let mut sorted = Sorted::default();
            if is_sorted { sorted.extend_in_order(set.iter().copied()) } else { sorted.extend(first) };
            equal(&sorted, &set, 1_000)?;
            let (before, mut after, mut left) = (sorted.clone(), sorted, set.clone());
            for (is_new, number) in changes {
                match is_new {
                    true => { after.insert(number); left.insert(number); }
                    false => prop_assert_eq!(after.remove(&number), left.take(&number)),
                }
                prop_assert_eq!(after.get(&number), left.get(&number));
            }
            for asked in [0, 1_000, 1_999, 2_000] {
                equal(&after, &left, asked)?;
                equal(&before, &set, asked)?;
            }
        }
    }
}
