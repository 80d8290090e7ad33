//! Selection ranges: what grows around the cursor, from a word's place to the whole document.

use super::Snapshot;
use super::sections::{sections, trim_end};
use crate::post::Post;
use crate::post::front_matter::tree::{EntryValue, Item, Scalar};
use crate::text::Span;

/// The spans around a byte offset, each inside the next and smaller than it, the innermost first. Never empty.
pub fn around(snapshot: &Snapshot, offset: usize) -> Vec<Span> {
    let post = &*snapshot.post;
    let text = &*post.text;
    let offset = offset.min(text.len());
    let mut all = vec![Span::new(0, text.len())];
    let fence = &post.front_matter.fence;
    let in_block = !fence.content.is_empty() && fence.content.touches(offset);
    if in_block || (fence.is_present() && offset < fence.body_start) {
        front_matter(post, offset, &mut all);
    } else {
        body(post, offset, &mut all);
    }
    all.retain(|span| span.touches(offset) && text.get(span.start..span.end).is_some());
    all.sort_unstable_by_key(|span| (span.len(), span.start));
    let mut chain: Vec<Span> = Vec::new();
    for span in all {
        if chain.last().is_none_or(|inner| span.encloses(*inner) && span.len() > inner.len()) {
            chain.push(span);
        }
    }
    chain
}

fn front_matter(post: &Post, offset: usize, all: &mut Vec<Span>) {
    let (text, fence) = (&*post.text, &post.front_matter.fence);
    let end = fence.closing.map_or(fence.content.end, |closing| closing.end);
    all.push(trim_end(text, Span::new(fence.opening.start, end)));
    all.push(trim_end(text, fence.content));
    let Some(entry) = post.tree().entry_at(offset) else { return };
    all.push(trim_end(text, entry.span));
    all.extend(entry.key.map(|key| key.span));
    let mut scalar = |scalar: &Scalar| all.extend([scalar.span, scalar.content]);
    let mut items: Vec<Span> = Vec::new();
    match &entry.value {
        EntryValue::Empty => {}
        EntryValue::Scalar(value) => scalar(value),
        EntryValue::Flow(list) => {
            list.items.iter().filter_map(Item::scalar).for_each(scalar);
            let inner =
                Span::new(list.span.start + 1, list.close.unwrap_or(list.span.end).max(list.span.start + 1));
            items.extend([list.span, inner]);
        }
        EntryValue::Block(list) => {
            list.items.iter().filter_map(|item| item.item.scalar()).for_each(scalar);
            items.push(list.span);
            items.extend(
                list.items.iter().map(|item| Span::new(item.dash, item.item.span().end.max(item.dash))),
            );
        }
        EntryValue::Other(span) => items.push(*span),
    }
    all.extend(items.into_iter().map(|span| trim_end(text, span)));
}

fn body(post: &Post, offset: usize, all: &mut Vec<Span>) {
    let text = &*post.text;
    let body = Span::new(post.front_matter.fence.body_start.min(text.len()), text.len());
    all.push(trim_end(text, body));
    all.extend(sections(post).into_iter().map(|section| section.span));
    all.extend(post.body().headings.iter().map(|heading| trim_end(text, heading.span)));
    all.extend(post.body().code_blocks.iter().map(|block| trim_end(text, *block)));
    for link in &post.body().links {
        all.extend([link.span, link.target]);
        all.extend(link.fragment);
        all.extend(link.fragment.map(|fragment| link.target.cover(fragment)));
    }
    all.extend(paragraph(text, body, offset));
}

/// The line at a byte offset, and the lines around it up to blank ones.
fn paragraph(text: &str, body: Span, offset: usize) -> [Span; 2] {
    let breaks = ['\n', '\r'];
    let start = text[body.start..offset].rfind(breaks).map_or(body.start, |at| body.start + at + 1);
    let end = text[offset..].find(breaks).map_or(text.len(), |at| offset + at);
    let line = Span::new(start, end);
    let mut paragraph = line;
    if line.of(text).trim().is_empty() {
        return [line, line];
    }
    let above = text[body.start..start].split_inclusive('\n').rev();
    for line in above.take_while(|line| !line.trim().is_empty()) {
        paragraph.start -= line.len();
    }
    let below = text[end..].split_inclusive('\n').skip(usize::from(end < text.len()));
    let mut at = end + text[end..].find('\n').map_or(text.len() - end, |at| at + 1);
    for line in below.take_while(|line| !line.trim().is_empty()) {
        at += line.len();
        paragraph.end = at;
    }
    [line, trim_end(text, paragraph)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::fixture;

    fn check(document: &str, expected: &[&str]) {
        let (snapshot, offset) = fixture(document);
        let text = &snapshot.post.text;
        let spans = around(&snapshot, offset);
        assert!(spans.windows(2).all(|pair| pair[1].encloses(pair[0])), "{spans:?}");
        let shown: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        assert_eq!(shown[..shown.len() - 1], *expected);
        assert_eq!(shown.last().map(|all| all.len()), Some(text.len()));
    }

    #[test]
    fn values_entries_and_the_block() {
        check(
            "---\ntitle: \"京$0都\"\nx: 1\n---\nText\n",
            &[
                "京都",
                "\"京都\"",
                "title: \"京都\"",
                "title: \"京都\"\nx: 1",
                "---\ntitle: \"京都\"\nx: 1\n---",
            ],
        );
        check(
            "---\ntags: [a, b$0]\n---\n",
            &["b", "a, b", "[a, b]", "tags: [a, b]", "---\ntags: [a, b]\n---"],
        );
        check(
            "---\r\ntags:\r\n  - a\r\n  - 'b$0'\r\nx: y\r\n---\r\n",
            &[
                "b",
                "'b'",
                "- 'b'",
                "- a\r\n  - 'b'",
                "tags:\r\n  - a\r\n  - 'b'",
                "tags:\r\n  - a\r\n  - 'b'\r\nx: y",
                "---\r\ntags:\r\n  - a\r\n  - 'b'\r\nx: y\r\n---",
            ],
        );
        check("---\ntitle: [a$0", &["a", "[a", "title: [a"]);
    }

    #[test]
    fn paragraphs_and_sections() {
        check(
            "---\nx: y\n---\n# A\n\n## B\n\none [a](b$0.md#c)\ntwo\n\nthree\n\n# C\n",
            &[
                "b.md",
                "b.md#c",
                "[a](b.md#c)",
                "one [a](b.md#c)",
                "one [a](b.md#c)\ntwo",
                "## B\n\none [a](b.md#c)\ntwo\n\nthree",
                "# A\n\n## B\n\none [a](b.md#c)\ntwo\n\nthree",
                "# A\n\n## B\n\none [a](b.md#c)\ntwo\n\nthree\n\n# C",
            ],
        );
        check("$0", &[]);
    }
}
