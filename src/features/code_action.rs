//! Code actions: the mends of what is wrong where the author is.

use super::Snapshot;
use super::commands::rename_file::is_about_name;
use super::diagnostics::diagnostics;
use super::files::Texts;
use super::links::headings;
use super::terms::is_mergeable;
use crate::rules::links::missing_anchor;
use crate::rules::mend::mend;
use crate::rules::{self, Diagnostic};
use crate::text::edit::difference;
use crate::text::{Span, TextEdit};

/// The findings on the lines of `asked` that have a mend, here or in the whole site: those under the cursor first, then
/// by their places.
///
/// The lines, not the characters: an author who sees a message beside the line asks for its mend from wherever the
/// cursor stands in it.
pub fn mendable(snapshot: &Snapshot, asked: Span) -> Vec<Diagnostic> {
    let lines = lines_around(&snapshot.post.text, asked);
    let mut found = diagnostics(snapshot);
    found.retain(|diagnostic| {
        let has_mend = diagnostic.fix.is_some() || is_mergeable(diagnostic);
        has_mend && (lines.overlaps(diagnostic.span) || lines.touches(diagnostic.span.start))
    });
    found
        .sort_by_key(|diagnostic| !(diagnostic.span.touches(asked.start) || diagnostic.span.overlaps(asked)));
    found
}

/// The findings on the lines of `asked` that another name for the file mends.
pub fn about_name(snapshot: &Snapshot, asked: Span) -> Vec<Diagnostic> {
    let lines = lines_around(&snapshot.post.text, asked);
    let mut found = diagnostics(snapshot);
    found.retain(|found| is_about_name(found) && lines.touches(found.span.start));
    found
}

/// The findings on the lines of `asked` whose mend stands in another file: the anchor that a link to another page means.
/// `whole` gives whole texts.
pub fn mendable_in_site(snapshot: &Snapshot, whole: &Texts<'_>, asked: Span) -> Vec<Diagnostic> {
    let lines = lines_around(&snapshot.post.text, asked);
    let mut fragments = snapshot.post.body().links.iter().filter_map(|link| link.fragment);
    if !fragments.any(|fragment| lines.touches(fragment.start)) {
        return Vec::new();
    }
    let open = |found: &Diagnostic| {
        found.code == missing_anchor::RULE.code && found.fix.is_none() && lines.touches(found.span.start)
    };
    let found = diagnostics(snapshot).into_iter().filter(open);
    let mended = found.filter_map(|found| {
        let fix = headings::mend(snapshot, whole, found.span)?;
        Some(Diagnostic { fix: Some(fix), ..found })
    });
    mended.collect()
}

/// The edits that make all safe fixes of the document, line by line, and how many they are. None where there are none.
pub fn fix_all(snapshot: &Snapshot) -> Option<(Vec<TextEdit>, usize)> {
    let Snapshot { post, path, kind, site, clock } = snapshot;
    let reading = &rules::read(post, path, kind, site, clock);
    let mended =
        mend(&rules::Input { post, path, kind, site, clock, reading, leads: &rules::Leads::default() })?;
    Some((difference(&post.text, &mended.text), mended.mended.len()))
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

    #[test]
    fn all_safe_fixes_are_edits_of_their_lines() {
        let (snapshot, _) = fixture("---\ntitle：題$0\nlayout: post\nlayout: page\ntags: [a\n---\n");
        let (edits, count) = fix_all(&snapshot).unwrap();
        let edits: Vec<_> =
            edits.iter().map(|edit| (edit.span.of(&snapshot.post.text), &*edit.new_text)).collect();
        assert_eq!((edits, count), (vec![("title：題\n", "title: 題\n"), ("tags: [a\n", "tags: [a]\n")], 2));
        assert_eq!(fix_all(&fixture("---\nlayout: a$0\nlayout: b\n---\n").0), None);
    }

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
