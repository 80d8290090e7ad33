//! Code actions: the mends of what is wrong where the author is.

use super::Snapshot;
use super::diagnostics::diagnostics;
use crate::rules::Diagnostic;
use crate::text::Span;

/// The findings with a mend on the lines of `asked`: those under the cursor first, then by their places.
///
/// The lines, not the characters: an author who sees a message beside the line asks for its mend from wherever the
/// cursor stands in it.
pub fn mendable(snapshot: &Snapshot, asked: Span) -> Vec<Diagnostic> {
    let lines = lines_around(&snapshot.post.text, asked);
    let mut found = diagnostics(snapshot);
    found.retain(|diagnostic| {
        diagnostic.fix.is_some() && (lines.overlaps(diagnostic.span) || lines.touches(diagnostic.span.start))
    });
    found
        .sort_by_key(|diagnostic| !(diagnostic.span.touches(asked.start) || diagnostic.span.overlaps(asked)));
    found
}

/// From the start of the first line of a span to the end of its last, without the line break.
fn lines_around(text: &str, span: Span) -> Span {
    let breaks = ['\n', '\r'];
    let start = text.get(..span.start).and_then(|before| before.rfind(breaks)).map_or(0, |at| at + 1);
    let end =
        text.get(span.end..).and_then(|after| after.find(breaks)).map_or(text.len(), |at| span.end + at);
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::fixture;

    fn check(text: &str, expected: &[&str]) {
        let (snapshot, cursor) = fixture(text);
        let codes: Vec<&str> =
            mendable(&snapshot, Span::empty(cursor)).iter().map(|found| found.code).collect();
        assert_eq!(codes, expected, "{text}");
    }

    #[test]
    fn mends_of_the_line_the_nearest_first() {
        check("---\n$0title：x\n---\n", &["full-width-colon"]);
        check("---\ntitle：x$0\n---\n", &["full-width-colon"]);
        check("---\nlayout: post$0\ntitle：x\n---\n", &[]);
        check("---\ntags: [\"a\"、 \"b$0]\n---\n", &["unclosed-quote", "full-width-comma"]);
        check("---\ntags: [\"a\"$0、 \"b]\n---\n", &["full-width-comma", "unclosed-quote"]);
    }
}
