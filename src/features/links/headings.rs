//! Headings as what fragments lead to: which one is where, and another text for one with all links to it.

use std::collections::HashMap;
use std::sync::Arc;

use super::leading::leading_to;
use super::spelling;
use crate::features::Snapshot;
use crate::features::files::{FileEdits, Left, SiteEdit, Texts};
use crate::jekyll::anchors::{self, Anchors, Heading};
use crate::jekyll::url::escape_path;
use crate::post::Post;
use crate::rules::Fix;
use crate::rules::links::missing_anchor;
use crate::site::targets::anchor;
use crate::text::edit::apply;
use crate::text::{Span, TextEdit};

/// Nothing of a heading's text is left to make an id of, so no link can lead to it.
const NO_ID: &str = "a heading of this text has no id that a link could name";

/// The anchors of a file of the site, and its text.
pub(in crate::features) fn anchors_of(
    snapshot: &Snapshot,
    whole: &Texts<'_>,
    path: &str,
) -> Option<(Arc<str>, Anchors)> {
    if *path == *snapshot.path {
        let text = snapshot.post.text.clone();
        return Some((text, anchors::read(&snapshot.post, path, snapshot.site.config())));
    }
    let post = Post::parse(whole(path)?);
    let found = anchors::read(&post, path, snapshot.site.config());
    Some((post.text, found))
}

/// Where an anchor of a file is, with the file's text.
pub(super) fn place(
    snapshot: &Snapshot,
    whole: &Texts<'_>,
    path: &str,
    id: &str,
) -> Option<(Arc<str>, Span)> {
    let (text, anchors) = anchors_of(snapshot, whole, path)?;
    anchors.find(id).map(|span| (text, span))
}

/// The heading of the open document whose text a byte offset is on.
pub(in crate::features) fn under(snapshot: &Snapshot, offset: usize) -> Option<Heading> {
    if !snapshot.renders(offset) {
        return None;
    }
    let found = anchors::read(&snapshot.post, &snapshot.path, snapshot.site.config());
    found.heading_at(offset).cloned()
}

/// The mend of a fragment of the open document that names no anchor of another page. `whole` gives whole texts.
pub(in crate::features) fn mend(snapshot: &Snapshot, whole: &Texts<'_>, fragment: Span) -> Option<Fix> {
    let text = &snapshot.post.text;
    let link = snapshot.post.body().links.iter().find(|link| link.fragment == Some(fragment))?;
    let target = snapshot.site.target(&snapshot.path, text, link, &snapshot.zone())?;
    let (_, anchors) = anchors_of(snapshot, whole, &target.path(&snapshot.path))?;
    missing_anchor::mend(&anchors, &anchor(text, link)?, text, fragment)
}

/// The edits that give the heading at a byte offset another text, and every fragment that leads to a heading whose id
/// changes by it the new id: two headings of one text are told apart by a number. None where no heading is there.
/// `whole` gives whole texts.
///
/// # Errors
/// A text that cannot be: why, in a sentence for an author.
pub(in crate::features) fn rename(
    snapshot: &Snapshot,
    whole: &Texts<'_>,
    offset: usize,
    new: &str,
) -> Result<Option<SiteEdit>, String> {
    under(snapshot, offset).map(|heading| rename_to(snapshot, whole, &heading, new)).transpose()
}

/// [`rename`] for a heading of the open document.
///
/// # Errors
/// Those of [`rename`].
pub(super) fn rename_to(
    snapshot: &Snapshot,
    whole: &Texts<'_>,
    heading: &Heading,
    new: &str,
) -> Result<SiteEdit, String> {
    let new = new.trim();
    if new.is_empty() || new.contains(['\n', '\r']) {
        return Err("A heading needs a text of one line.".to_owned());
    }
    let (config, path) = (snapshot.site.config(), &snapshot.path);
    let text = &snapshot.post.text;
    let own = TextEdit::replace(heading.text, new);
    let before = anchors::read(&snapshot.post, path, config);
    let renamed = Post::parse(apply(text, std::slice::from_ref(&own)));
    let after = anchors::read(&renamed, path, config);
    let same_outline = before.headings.len() == after.headings.len();
    if !same_outline {
        return Err("With this text it would be no heading any more.".to_owned());
    }
    let pairs = before.headings.iter().zip(&after.headings);
    let changed = pairs.filter_map(|(before, after)| {
        let old = before.id.as_deref()?;
        (Some(old) != after.id.as_deref()).then_some((old, after.id.as_deref()))
    });
    let changed: HashMap<&str, Option<&str>> = changed.collect();
    let to_changed = |text: &str, link: &crate::post::Link| {
        link.fragment.filter(|_| anchor(text, link).is_some_and(|id| changed.contains_key(&*id)))
    };
    let places = if changed.is_empty() { Vec::new() } else { leading_to(snapshot, whole, path, to_changed) };
    let mut result = SiteEdit::default();
    let mut own_edits = vec![own];
    for file in places {
        let mut edits = Vec::new();
        for span in file.spans {
            let old = span.of(&file.text);
            let decoded = percent_encoding::percent_decode_str(old).decode_utf8_lossy();
            match changed.get(&*decoded) {
                Some(Some(new)) => {
                    let written = if old.contains('%') {
                        escape_path(new).into_owned()
                    } else {
                        spelling::readable(new)
                    };
                    edits.push(TextEdit::replace(span, written));
                }
                Some(None) => {
                    result.left.push(Left { path: file.path.clone(), why: NO_ID });
                }
                None => {}
            }
        }
        if file.path == *path {
            own_edits.extend(edits);
        } else if !edits.is_empty() {
            result.files.push(FileEdits { path: file.path, text: file.text, edits });
        }
    }
    own_edits.sort_by_key(|edit| edit.span);
    // A heading may hold a link to itself: its new text counts.
    own_edits.retain(|edit| edit.span == heading.text || !edit.span.overlaps(heading.text));
    result.left.dedup();
    result.files.insert(0, FileEdits { path: path.clone(), text: text.clone(), edits: own_edits });
    Ok(result)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::links::{definition, references};
    use crate::features::rename;
    use crate::features::testing::{fixture, texts};

    const SITE: &str = "\
//- /_posts/2025-01-01-旅.md
---
title: 旅
---
[a](#京都の春) [b](#%E4%BA%AC%E9%83%BD%E3%81%AE%E6%98%A5-1) [c](/2025/01/01/旅.html#京都の春)

## 京都の*春*

## 京都の春 ##

## 他 {#other}
//- /_posts/2025-01-02-b.md
---
title: b
---
🎉 [a]({% post_url 2025-01-01-旅 %}#京都の春) [b](2025-01-01-旅.md#京都の春-1) [c](2025-01-01-旅.md#other) [d](2025-01-01-旅.md)
";

    fn with_cursor<T>(at: &str, cursor: &str, look: impl FnOnce(&Snapshot, &Texts<'_>, usize) -> T) -> T {
        assert_eq!(SITE.matches(at).count(), 1, "{at}");
        let site = SITE.replacen(at, cursor, 1);
        let (snapshot, offset) = fixture(&site);
        let all = texts(&site);
        look(&snapshot, &|path: &str| all.get(path).cloned(), offset)
    }

    fn shown(files: Option<Vec<crate::features::files::FilePlaces>>) -> Vec<String> {
        let of = |file: crate::features::files::FilePlaces| {
            let at = |span: &Span| {
                format!(
                    "{}:{} {}",
                    file.path,
                    file.text[..span.start].matches('\n').count(),
                    span.of(&file.text)
                )
            };
            file.spans.iter().map(at).collect::<Vec<_>>()
        };
        files.unwrap_or_default().into_iter().flat_map(of).collect()
    }

    #[test]
    fn fragments_lead_to_headings() {
        for (at, cursor, expected) in [
            ("[b](#%", "[b](#$0%", "_posts/2025-01-01-旅.md:7 京都の春"),
            ("[a](#", "[a]($0#", "_posts/2025-01-01-旅.md:5 京都の*春*"),
            ("[c](2025-01-01-旅.md#other)", "[c](2025-01-01-旅.md#oth$0er)", "_posts/2025-01-01-旅.md:9 他"),
            ("[a]({% post", "[a]({% po$0st", "_posts/2025-01-01-旅.md:5 京都の*春*"),
            ("[d](2025", "[d](20$025", "_posts/2025-01-01-旅.md:0 "),
        ] {
            let found = with_cursor(at, cursor, definition);
            assert_eq!(shown(found), [expected], "{cursor}");
        }
    }

    #[test]
    fn an_anchor_of_another_page_is_mended() {
        let found = with_cursor(
            "[d](2025-01-01-旅.md)",
            "[d](2025-01-01-旅.md#京都の-春)$0",
            |snapshot, whole, offset| {
                crate::features::code_action::mendable_in_site(snapshot, whole, Span::empty(offset))
            },
        );
        let fixes: Vec<_> =
            found.iter().filter_map(|found| found.fix.as_ref()).map(|fix| &*fix.title).collect();
        assert_eq!(fixes, ["Write `#京都の春`"]);
    }

    #[test]
    fn what_leads_to_a_heading() {
        let found = with_cursor("## 京都の*春*", "## 京$0都の*春*", references);
        let expected = [
            "_posts/2025-01-01-旅.md:3 京都の春",
            "_posts/2025-01-01-旅.md:3 京都の春",
            "_posts/2025-01-02-b.md:3 京都の春",
        ];
        assert_eq!(shown(found), expected);
        assert_eq!(
            shown(with_cursor("## 他 {", "## 他$0 {", references)),
            ["_posts/2025-01-02-b.md:3 other"]
        );
    }

    fn check_rename(at: &str, cursor: &str, new: &str, expected: Expect) {
        let edit = with_cursor(at, cursor, |snapshot, whole, offset| {
            rename::rename(snapshot, whole, whole, offset, new)
        });
        let shown = match edit {
            Err(why) => why,
            Ok(None) => "nothing".to_owned(),
            Ok(Some(edit)) => {
                let mut shown = String::new();
                for file in &edit.files {
                    let after = apply(&file.text, &file.edits);
                    let changed = after.lines().zip(file.text.lines()).filter(|(new, old)| new != old);
                    changed.for_each(|(line, _)| shown.push_str(&format!("{}: {line}\n", file.path)));
                }
                shown.extend(edit.warning().map(|warning| warning + "\n"));
                shown
            }
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn links_follow_a_heading() {
        check_rename(
            "## 京都の*春*",
            "## 京$0都の*春*",
            " Kyoto (spring) ",
            expect![[r#"
            _posts/2025-01-01-旅.md: [a](#kyoto-spring) [b](#%E4%BA%AC%E9%83%BD%E3%81%AE%E6%98%A5) [c](/2025/01/01/旅.html#kyoto-spring)
            _posts/2025-01-01-旅.md: ## Kyoto (spring)
            _posts/2025-01-02-b.md: 🎉 [a]({% post_url 2025-01-01-旅 %}#kyoto-spring) [b](2025-01-01-旅.md#京都の春) [c](2025-01-01-旅.md#other) [d](2025-01-01-旅.md)
        "#]],
        );
        check_rename(
            "## 京都の春 ##",
            "## 京都の春$0 ##",
            "秋",
            expect![[r#"
            _posts/2025-01-01-旅.md: [a](#京都の春) [b](#%E7%A7%8B) [c](/2025/01/01/旅.html#京都の春)
            _posts/2025-01-01-旅.md: ## 秋 ##
            _posts/2025-01-02-b.md: 🎉 [a]({% post_url 2025-01-01-旅 %}#京都の春) [b](2025-01-01-旅.md#秋) [c](2025-01-01-旅.md#other) [d](2025-01-01-旅.md)
        "#]],
        );
        check_rename(
            "## 他 {",
            "## $0他 {",
            "外",
            expect![[r#"
            _posts/2025-01-01-旅.md: ## 外 {#other}
        "#]],
        );
        check_rename(
            "## 京都の春 ##",
            "## 京都の春$0 ##",
            "🎉",
            expect![[r#"
            _posts/2025-01-01-旅.md: ## 🎉 ##
            The old name stays in some files: _posts/2025-01-01-旅.md (a heading of this text has no id that a link could name), _posts/2025-01-02-b.md (a heading of this text has no id that a link could name).
        "#]],
        );
        check_rename(
            "## 京都の春 ##",
            "## 京都の春$0 ##",
            " ",
            expect!["A heading needs a text of one line."],
        );
        check_rename("🎉 [a]", "🎉$0 [a]", "x", expect!["nothing"]);
    }
}
