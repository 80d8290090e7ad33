//! Folding: the front matter, its long entries, the sections of the body and its fenced code.

use super::Snapshot;
use super::sections::{sections, trim_end};
use crate::limits::MAX_OUTLINE;
use crate::text::Span;

/// The spans that fold, each from the line of its start to the line of its end, in the order of their starts. All
/// of them have more than one line.
pub fn folds(snapshot: &Snapshot) -> Vec<Span> {
    let post = &*snapshot.post;
    let text = &*post.text;
    let fence = &post.front_matter.fence;
    let block = fence.is_present().then(|| {
        let end = fence.closing.map_or(fence.content.end, |closing| closing.end);
        Span::new(fence.opening.start, end.max(fence.opening.end))
    });
    let entries = post.tree().entries.iter().map(|entry| entry.span);
    let code = post.body().code_blocks.iter().copied();
    let sections = sections(post).into_iter().map(|section| section.span);
    let all = block.into_iter().chain(entries).chain(code).chain(sections);
    let mut folds: Vec<Span> =
        all.map(|span| trim_end(text, span)).filter(|span| span.of(text).contains(['\n', '\r'])).collect();
    folds.sort_unstable();
    folds.dedup();
    folds.truncate(MAX_OUTLINE);
    folds
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing::fixture;
    use crate::text::LineIndex;

    fn check(document: &str, expected: Expect) {
        let (snapshot, _) = fixture(document);
        let lines = LineIndex::new(&snapshot.post.text);
        let fold = |span: Span| format!("{}-{}", lines.line_of(span.start), lines.line_of(span.end));
        expected.assert_eq(&folds(&snapshot).into_iter().map(fold).collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn block_entries_sections_and_code() {
        let text =
            "---\ntitle: x\ntags:\n  - a\n  - b\n\nx: 1\n---\n$0# H\n\n```\ncode\n```\n\n## I\ntext\n\n# J\n";
        check(text, expect!["0-7 2-4 8-15 10-12 14-15"]);
        check(&text.replace('\n', "\r\n"), expect!["0-7 2-4 8-15 10-12 14-15"]);
        check("---\ntags: [\n  a,\n$0", expect!["0-2 1-2"]);
        check("$0one\n", expect![[r#""#]]);
    }
}
