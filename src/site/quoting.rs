//! In which quotes the posts of a site write their lists of tags and of categories.

use super::TermKind;
use crate::post::Post;
use crate::post::front_matter::tree::{Quote, common_quote};
use crate::post::front_matter::{Load, Value};

/// The quotes of one post's tags and of its categories: those that all items of the list have, none of them where they
/// differ. None where there is no list, or nothing in it.
pub type ListQuotes = [Option<Quote>; 2];

/// The key of the list, and where its counts stand.
const LISTS: [(TermKind, &str); 2] = [(TermKind::Tag, "tags"), (TermKind::Category, "categories")];

/// Of equally many the first counts.
const QUOTES: [Quote; 3] = [Quote::Plain, Quote::Double, Quote::Single];

/// What one post shows. A broken one shows nothing: its quotes may be what is broken.
pub fn sample(post: &Post) -> ListQuotes {
    let front_matter = &post.front_matter;
    if front_matter.load != Load::Mapping {
        return ListQuotes::default();
    }
    LISTS.map(|(_, key)| match &front_matter.get(key)?.value {
        Value::List(items) => common_quote(items.iter().map(|item| item.style.quote())),
        _ => None,
    })
}

/// How many posts of a site write their lists in which quotes. Cheap to clone; a change costs one post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quoting {
    posts: [[usize; QUOTES.len()]; LISTS.len()],
}

impl Quoting {
    /// A post showed `old` and shows `new`.
    pub(super) fn replace(&mut self, old: Option<ListQuotes>, new: Option<ListQuotes>) {
        for (at, counts) in self.posts.iter_mut().enumerate() {
            let quote = |post: Option<ListQuotes>| post.and_then(|quotes| quotes[at]);
            for (count, each) in counts.iter_mut().zip(QUOTES) {
                *count += usize::from(quote(new) == Some(each));
                *count = count.saturating_sub(usize::from(quote(old) == Some(each)));
            }
        }
    }

    /// Those of the other posts.
    #[must_use]
    pub fn without(mut self, post: ListQuotes) -> Self {
        self.replace(Some(post), None);
        self
    }

    /// The quotes that most posts have in their lists of a kind; none of them where no post has such a list.
    pub fn usual(&self, kind: TermKind) -> Quote {
        let counts = LISTS.iter().zip(&self.posts).find(|((of, _), _)| *of == kind).map(|(_, counts)| counts);
        let mut usual = (Quote::Plain, 0);
        for (quote, count) in QUOTES.into_iter().zip(counts.into_iter().flatten().copied()) {
            if count > usual.1 {
                usual = (quote, count);
            }
        }
        usual.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(block: &str) -> ListQuotes {
        let text = format!("---\n{block}\n---\n");
        let quotes = sample(&Post::parse(text.clone()));
        assert_eq!(sample(&Post::parse_values(text)), quotes, "a site is read for its values alone");
        quotes
    }

    #[test]
    fn a_post_shows_the_quotes_of_its_lists() {
        let (plain, single, double) = (Some(Quote::Plain), Some(Quote::Single), Some(Quote::Double));
        assert_eq!(of("tags: [a, 日記]\ncategories: ['b']"), [plain, single]);
        assert_eq!(of("tags:\n- \"a\"\n- \"b\"\ncategories: [a, \"2024\"]"), [double, plain]);
        assert_eq!(of("tags: []\ncategories: \"a b\""), [None, None]);
        assert_eq!(of("tags: [\"a\"\ncategories: [b]"), [None, None], "it is broken");
    }

    #[test]
    fn most_posts_decide() {
        let mut quoting = Quoting::default();
        assert_eq!(quoting.usual(TermKind::Tag), Quote::Plain);
        let [a, b, c] = ["tags: ['a']", "tags: [\"b\"]", "tags: [\"c\"]\ncategories: ['x']"].map(of);
        quoting.replace(None, Some(a));
        assert_eq!(quoting.usual(TermKind::Tag), Quote::Single);
        quoting.replace(None, Some(b));
        quoting.replace(None, Some(c));
        assert_eq!(quoting.usual(TermKind::Tag), Quote::Double);
        assert_eq!(quoting.usual(TermKind::Category), Quote::Single);
        quoting.replace(Some(b), Some(a));
        assert_eq!(quoting.usual(TermKind::Tag), Quote::Single);
        assert_eq!(quoting.without(a).usual(TermKind::Tag), Quote::Double);
        quoting.replace(Some(c), None);
        assert_eq!(quoting.usual(TermKind::Category), Quote::Plain);
    }
}
