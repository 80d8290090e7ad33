//! Document highlights: the other places in the document of what is under the cursor.

use super::{Snapshot, footnotes, links, terms};
use crate::text::Span;

/// The places in the document of what a byte offset is on: of a tag or a category, of what a link leads to, of a heading, of
/// a footnote. None where nothing of these is there.
pub fn highlights(snapshot: &Snapshot, offset: usize) -> Option<Vec<Span>> {
    terms::highlights(snapshot, offset)
        .or_else(|| footnotes::references(snapshot, offset, true))
        .or_else(|| links::highlights(snapshot, offset))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::fixture;

    fn check(at: &str, cursor: &str, expected: &[&str]) {
        let text = "\
//- /_posts/2025-01-01-旅.md
---
title: 旅
layout: post
tags: [京都]
---
[a](#京都の春) [b](/2025/01/01/旅.html#京都の春) [c][r] <a href='about.html'> [d]({% link about.html %})

## 京都の春

## 夏

[e](https://e.jp/x) [f](https://e.jp/x) [g](https://e.jp/y)

[r]: /about.html
//- /about.html
---
---
    <a href='/2025/01/01/旅.html'>
";
        assert_eq!(text.matches(at).count(), 1, "{at}");
        let (snapshot, offset) = fixture(&text.replacen(at, cursor, 1));
        let found = highlights(&snapshot, offset).unwrap_or_default();
        let found: Vec<_> = found.iter().map(|span| span.of(&snapshot.post.text)).collect();
        assert_eq!(found, expected, "{cursor}");
    }

    #[test]
    fn what_leads_to_one_place() {
        check("[a](#", "[a](#$0", &["#京都の春", "/2025/01/01/旅.html#京都の春", "京都の春"]);
        check("## 京", "## 京$0", &["#京都の春", "/2025/01/01/旅.html#京都の春", "京都の春"]);
        check("## 夏", "## 夏$0", &[]);
        check("[c][r]", "[c$0][r]", &["[c][r]", "about.html", "/about.html"]);
        check("[e](ht", "[e](ht$0", &[]);
        check("[京都]", "[京$0都]", &["京都"]);
        check("title: 旅", "title: 旅$0", &[]);
    }
}
