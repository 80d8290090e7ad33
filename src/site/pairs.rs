//! Which tags and categories are used together, and how often.
//!
//! Completion asks on every keystroke for the counts of all terms beside those already chosen. To count them from
//! the posts would cost the time of the most used tag's posts; so each term keeps a row of counts, one for each
//! term that it shares a post with, and a changed post mends the rows of its own few terms. A row is one flat
//! sorted array, copied when it is changed: for a few thousand terms that is faster than a persistent map, four
//! times smaller, and a question reads it from end to end.

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
    /// Sorted by id; counts are never 0.
    partners: Vec<(TermId, u32)>,
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
        let row = Arc::new(Row { kind, name: name.clone(), partners: Vec::new() });
        match self.free.pop_back() {
            Some(id) => {
                self.rows.set(id.0 as usize, row);
                id
            }
            None => {
                let id = TermId::at(self.rows.len());
                self.rows.push_back(row);
                id
            }
        }
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
        let both = |list: &[TermId], a, b| list.contains(&a) && list.contains(&b);
        for (a, b) in each_two(old).filter(|&(a, b)| !both(new, a, b)) {
            self.count(a, b, false);
            self.count(b, a, false);
        }
        for (a, b) in each_two(new).filter(|&(a, b)| !both(old, a, b)) {
            self.count(a, b, true);
            self.count(b, a, true);
        }
    }

    fn count(&mut self, id: TermId, partner: TermId, up: bool) {
        let Some(row) = self.rows.get_mut(id.0 as usize) else { return };
        let partners = &mut Arc::make_mut(row).partners;
        match partners.binary_search_by_key(&partner, |entry| entry.0) {
            Ok(at) if up => partners[at].1 += 1,
            Ok(at) if partners[at].1 > 1 => partners[at].1 -= 1,
            Ok(at) => drop(partners.remove(at)),
            Err(at) if up => {
                // Rows are copied with each version of the site: to double them again and again is room for nobody.
                if partners.len() == partners.capacity() {
                    partners.reserve_exact(partners.len() / 8 + 4);
                }
                partners.insert(at, (partner, 1));
            }
            Err(_) => {}
        }
    }

    /// The counts of all terms beside the chosen ones.
    pub(super) fn together(&self, chosen: impl IntoIterator<Item = TermId>) -> Together {
        let mut counts = vec![0; self.rows.len()];
        for id in chosen {
            for (partner, count) in self.partners(id) {
                counts[partner.0 as usize] += count;
            }
        }
        Together { counts }
    }

    /// The terms of one kind that stand the most often beside one term, in no order, each with the number of posts
    /// that have both: `most` of them, and those that are as frequent as the last of these.
    pub(super) fn most_beside(&self, id: TermId, kind: TermKind, most: usize) -> Vec<(&Arc<str>, usize)> {
        let mut partners = self.partners(id).to_vec();
        partners.sort_unstable_by_key(|partner| std::cmp::Reverse(partner.1));
        let mut beside: Vec<(&Arc<str>, usize)> = Vec::new();
        for (partner, count) in partners {
            let count = count as usize;
            if beside.len() >= most && beside.last().is_none_or(|last| last.1 > count) {
                break;
            }
            if let Some(row) = self.rows.get(partner.0 as usize).filter(|row| row.kind == kind) {
                beside.push((&row.name, count));
            }
        }
        beside
    }

    fn partners(&self, id: TermId) -> &[(TermId, u32)] {
        self.rows.get(id.0 as usize).map_or(&[], |row| &row.partners)
    }
}

fn each_two(list: &[TermId]) -> impl Iterator<Item = (TermId, TermId)> {
    list.iter().enumerate().flat_map(move |(at, a)| list[at + 1..].iter().map(move |b| (*a, *b)))
}
