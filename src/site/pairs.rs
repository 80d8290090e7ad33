//! Which tags and categories are used together, and how often.
//!
//! Completion asks on every keystroke for the counts of all terms beside those already chosen. To count them from
//! the posts would cost the time of the most used tag's posts; so each term keeps a row of counts, one for each
//! term that it shares a post with, and a changed post mends the rows of its own few terms. A row is one flat
//! array, copied when it is changed: for a few thousand terms that is faster than a persistent map, four times
//! smaller, and a question reads it from end to end. It is sorted by term, until it has so many that one place for
//! each term there is takes less room.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// The number of a term, unique over tags and categories. Only good within one site; it is given again when its
/// term is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(u32);

impl TermId {
    /// The number, for tables of all terms.
    pub(super) fn place(self) -> usize {
        self.0 as usize
    }

    /// The id of a number.
    pub(super) fn at(place: usize) -> Self {
        TermId(u32::try_from(place).unwrap_or(u32::MAX))
    }
}

/// Which vocabulary a term belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermKind {
    /// A tag.
    Tag,
    /// A category.
    Category,
}

/// How often each two terms stand in one post.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    rows: imbl::Vector<Arc<Row>>,
    free: imbl::Vector<TermId>,
}

#[derive(Clone, Debug)]
struct Row {
    kind: TermKind,
    name: Arc<str>,
    partners: Partners,
}

/// The terms that share a post with one, and how many posts.
#[derive(Clone, Debug)]
enum Partners {
    /// Sorted by id; counts are never 0.
    Few(Vec<(TermId, u32)>),
    /// By id; 0 where there is no such post.
    Many(Vec<u32>),
}

impl Partners {
    /// The counts, sorted by id. `terms`: how many terms there are.
    fn of(few: Vec<(TermId, u32)>, terms: usize) -> Self {
        if few.len() <= terms / 2 {
            return Partners::Few(few);
        }
        let mut many = vec![0; terms];
        few.iter().for_each(|(partner, count)| many[partner.place()] = *count);
        Partners::Many(many)
    }

    /// Counts a post with the partner more or less. `terms`: how many terms there are.
    fn count(&mut self, partner: TermId, up: bool, terms: usize) {
        match self {
            Partners::Few(few) => {
                match few.binary_search_by_key(&partner, |entry| entry.0) {
                    Ok(at) if up => few[at].1 += 1,
                    Ok(at) if few[at].1 > 1 => few[at].1 -= 1,
                    Ok(at) => drop(few.remove(at)),
                    Err(at) if up => {
                        make_room(few);
                        few.insert(at, (partner, 1));
                    }
                    Err(_) => {}
                }
                if few.len() > terms / 2 {
                    *self = Partners::of(std::mem::take(few), terms);
                }
            }
            Partners::Many(many) => {
                while many.len() <= partner.place() {
                    make_room(many);
                    many.push(0);
                }
                let count = &mut many[partner.place()];
                *count = if up { *count + 1 } else { count.saturating_sub(1) };
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = (TermId, u32)> + '_ {
        let (few, many): (&[_], &[u32]) = match self {
            Partners::Few(few) => (few, &[]),
            Partners::Many(many) => (&[], many),
        };
        let many = many.iter().enumerate().map(|(place, count)| (TermId::at(place), *count));
        few.iter().copied().chain(many.filter(|partner| partner.1 > 0))
    }
}

/// The counts of a row while many posts are counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// By id.
    counts: Vec<u32>,
    /// Those whose counts are not 0.
    seen: Vec<TermId>,
}

impl Tally {
    fn add(&mut self, partner: TermId, posts: u32) {
        if self.counts.len() <= partner.place() {
            self.counts.resize(partner.place() + 1, 0);
        }
        let count = &mut self.counts[partner.place()];
        if *count == 0 {
            self.seen.push(partner);
        }
        *count += posts;
    }

    /// The row, and a tally of nothing. `terms`: how many terms there are.
    fn take(&mut self, terms: usize) -> Partners {
        let mut few = std::mem::take(&mut self.seen);
        few.sort_unstable();
        let few = few.into_iter().map(|partner| (partner, std::mem::take(&mut self.counts[partner.place()])));
        Partners::of(few.collect(), terms)
    }
}

/// Rows are copied with each version of the site: to double them again and again is room for nobody.
fn make_room<T>(row: &mut Vec<T>) {
    if row.len() == row.capacity() {
        row.reserve_exact(row.len() / 8 + 4);
    }
}

/// How often each term stands in a post with the chosen ones.
#[derive(Clone, Debug, Default)]
pub struct Together {
    counts: Vec<u32>,
}

impl Together {
    /// The count for a term of the same site: how many times it stands beside one of the chosen terms, so a post
    /// with two of them counts twice.
    pub fn count(&self, term: TermId) -> usize {
        self.counts.get(term.place()).map_or(0, |count| *count as usize)
    }
}

impl Pairs {
    /// A number for a new term.
    pub(super) fn open(&mut self, kind: TermKind, name: &Arc<str>) -> TermId {
        let row = Arc::new(Row { kind, name: name.clone(), partners: Partners::Few(Vec::new()) });
        match self.free.pop_back() {
            Some(id) => {
                self.rows.set(id.place(), row);
                id
            }
            None => {
                let id = TermId::at(self.rows.len());
                self.rows.push_back(row);
                id
            }
        }
    }

    /// How many numbers there are, also of terms that are gone.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The term of a number.
    pub(super) fn term(&self, id: TermId) -> Option<(TermKind, &Arc<str>)> {
        self.rows.get(id.place()).map(|row| (row.kind, &row.name))
    }

    /// The name of a term.
    pub(super) fn name(&self, id: TermId) -> Option<&Arc<str>> {
        self.rows.get(id.place()).map(|row| &row.name)
    }

    /// Gives a term's number back. All its pairs are gone by then.
    pub(super) fn close(&mut self, id: TermId) {
        self.free.push_back(id);
    }

    /// A post had the terms `old` and has the terms `new`; each is given once.
    pub(super) fn replace(&mut self, old: &[TermId], new: &[TermId]) {
        self.count(old, new, false);
        self.count(new, old, true);
    }

    /// Counts a post more or less for each two of its `terms` that are not both among the `other` ones.
    fn count(&mut self, terms: &[TermId], other: &[TermId], up: bool) {
        let all = self.rows.len();
        for id in terms {
            let is_known = other.contains(id);
            let counts = |partner: &&TermId| *partner != id && !(is_known && other.contains(partner));
            let mut partners = terms.iter().filter(counts).peekable();
            // A row that stays as it is stays shared with the sites before.
            if partners.peek().is_none() {
                continue;
            }
            let Some(row) = self.rows.get_mut(id.place()) else { continue };
            let row = Arc::make_mut(row);
            partners.for_each(|partner| row.partners.count(*partner, up, all));
        }
    }

    /// Counts posts that are new with a term: `beside` are the other terms of each of them.
    pub(super) fn add(&mut self, id: TermId, beside: impl Iterator<Item = TermId>, tally: &mut Tally) {
        beside.for_each(|partner| tally.add(partner, 1));
        let all = self.rows.len();
        if let Some(row) = self.rows.get_mut(id.place()).filter(|_| !tally.seen.is_empty()) {
            let row = Arc::make_mut(row);
            row.partners.iter().for_each(|(partner, count)| tally.add(partner, count));
            row.partners = tally.take(all);
        }
    }

    /// The counts of all terms beside the chosen ones.
    pub(super) fn together(&self, chosen: impl IntoIterator<Item = TermId>) -> Together {
        let mut counts = vec![0; self.rows.len()];
        for id in chosen {
            match self.rows.get(id.place()).map(|row| &row.partners) {
                Some(Partners::Few(few)) => {
                    few.iter().for_each(|(partner, count)| counts[partner.place()] += count);
                }
                Some(Partners::Many(many)) => {
                    counts.iter_mut().zip(many).for_each(|(sum, count)| *sum += count);
                }
                None => {}
            }
        }
        Together { counts }
    }

    /// The terms of one kind that stand the most often beside one term, in no order, each with the number of posts
    /// that have both: `most` of them, and those that are as frequent as the last of these.
    pub(super) fn most_beside(&self, id: TermId, kind: TermKind, most: usize) -> Vec<(&Arc<str>, usize)> {
        let row = self.rows.get(id.place());
        let mut beside: Vec<(&Arc<str>, usize)> = Vec::new();
        // The greatest counts so far. A hover wants a few of thousands: most are passed over by a look at their count.
        let (mut greatest, mut least) = (BinaryHeap::new(), 0);
        for (partner, count) in row.into_iter().flat_map(|row| row.partners.iter()).filter(|_| most > 0) {
            if count < least {
                continue;
            }
            if let Some(row) = self.rows.get(partner.place()).filter(|row| row.kind == kind) {
                beside.push((&row.name, count as usize));
                greatest.push(Reverse(count));
                if greatest.len() > most {
                    greatest.pop();
                    least = greatest.peek().map_or(0, |count| count.0);
                }
            }
        }
        beside.retain(|(_, count)| *count >= least as usize);
        beside
    }
}
