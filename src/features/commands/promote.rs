//! A draft's publication: it moves beside the posts, under today's name and with the date as the site writes it.

use super::habits::{Habits, UsualValue};
use super::new_post::post_path;
use crate::features::Snapshot;
use crate::post::front_matter::tree::EntryValue;
use crate::post::front_matter::{Fence, Load};
use crate::post::name::{PostName, base_name, dateless};
use crate::site::FileKind;
use crate::text::TextEdit;

/// What makes a draft a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// Where it goes: relative to the source, with `/`.
    pub path: String,
    /// What changes in its text before that.
    pub edits: Vec<TextEdit>,
}

/// The publication of the open draft, today. `taken` tells of a path whether there is such a file.
///
/// # Errors
/// A sentence for the author, where it is no draft or cannot go there.
pub fn promote(
    snapshot: &Snapshot,
    habits: &Habits,
    taken: impl Fn(&str) -> bool,
) -> Result<Promotion, String> {
    if snapshot.kind != FileKind::Draft {
        return Err("Only a draft can be published, and this file is in no `_drafts` folder.".to_owned());
    }
    if matches!(snapshot.post.front_matter.load, Load::Broken | Load::NotMapping) {
        return Err(
            "The front matter of this draft does not load. Mend what is marked in it first.".to_owned()
        );
    }
    let path =
        target(snapshot, habits).ok_or("This draft's name has no extension, so it cannot be a post's.")?;
    if taken(&path) {
        return Err(format!("There is a post of this name already: {path}. Give the draft another name."));
    }
    let edits = date_edit(snapshot, habits).into_iter().collect();
    Ok(Promotion { path, edits })
}

/// Whether this is a draft that can be published, and the author is at its front matter.
pub fn is_ready(snapshot: &Snapshot, offset: usize) -> bool {
    let front_matter = &snapshot.post.front_matter;
    snapshot.kind == FileKind::Draft
        && front_matter.load == Load::Mapping
        && offset <= front_matter.fence.body_start
}

/// `_drafts/a/b.md` goes to `_posts/a/DATE-b.md`, or to the year's folder where the site has one for each year.
fn target(snapshot: &Snapshot, habits: &Habits) -> Option<String> {
    let path = &*snapshot.path;
    let today = snapshot.zone().to_datetime(snapshot.clock.now).date();
    let name = base_name(path);
    let (slug, extension) = match PostName::parse(name) {
        Some(dated) => (dated.slug, dated.extension),
        None => dateless(name)?,
    };
    let folder = if habits.folder.contains("{year}") {
        habits.folder.clone()
    } else {
        let parts = path.strip_suffix(name)?.trim_end_matches('/').split('/');
        parts.map(|part| if part == "_drafts" { "_posts" } else { part }).collect::<Vec<_>>().join("/")
    };
    Some(post_path(&folder, today, slug, extension))
}

/// Today's date in its place: in that of the draft's own one, else where the site has it.
fn date_edit(snapshot: &Snapshot, habits: &Habits) -> Option<TextEdit> {
    let post = &snapshot.post;
    let (text, front_matter) = (&*post.text, &post.front_matter);
    if front_matter.load == Load::Absent {
        return None;
    }
    let clock = snapshot.site.config().site_clock(&snapshot.clock);
    let form = habits.date_form();
    let written = form.unwrap_or(super::date_form::USUAL).write(clock.now, &clock);
    if let Some(entry) = post.tree().find(text, "date") {
        return match (&entry.value, entry.colon) {
            (EntryValue::Scalar(scalar), _) => Some(TextEdit::replace(scalar.span, written)),
            (EntryValue::Empty, Some(colon)) => Some(TextEdit::insert(colon + 1, format!(" {written}"))),
            _ => None,
        };
    }
    form?;
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = habits.keys.iter().find(|key| matches!(key.value, UsualValue::Date(_))).map(|key| &*key.gap);
    let line = format!("date:{}{written}{line_break}", gap.unwrap_or(" "));
    Some(TextEdit::insert(place(&front_matter.fence, snapshot, habits), line))
}

/// After the last of the keys that usually stand before the date.
fn place(fence: &Fence, snapshot: &Snapshot, habits: &Habits) -> usize {
    let before = habits.keys.iter().take_while(|key| !matches!(key.value, UsualValue::Date(_)));
    let names: Vec<&str> = before.map(|key| &*key.name).collect();
    let text = &*snapshot.post.text;
    let mut entries = snapshot.post.tree().entries.iter();
    let last = entries.rfind(|entry| names.contains(&entry.key_text(text)));
    last.map_or(fence.content.start, |entry| entry.span.end)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};

    use super::super::Sample;
    use super::*;
    use crate::features::testing::fixture;
    use crate::post::Post;
    use crate::text::edit::apply;

    const USUAL: &str = "---\nlayout: post\ntitle: a\ndate: 2025-12-01 09:00:00 +0900\ntags: [a]\n---\n";

    /// The clock of the fixtures stands at noon of 2 January 2026 in Tokyo.
    fn check(path: &str, draft: &str, samples: &[(&str, &str)], expected: Expect) {
        let (snapshot, _) = fixture(&format!("//- /{path}\n{draft}"));
        let sample =
            |(path, text): &(&str, &str)| Sample { path: (*path).into(), post: Arc::new(Post::parse(*text)) };
        let samples: Vec<Sample> = samples.iter().map(sample).collect();
        let habits = Habits::of(&samples, None, snapshot.site.config());
        let taken = |path: &str| samples.iter().any(|sample| *sample.path == *path);
        let shown = match promote(&snapshot, &habits, taken) {
            Ok(made) => format!("{}\n{}", made.path, apply(&snapshot.post.text, &made.edits)),
            Err(message) => message,
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_draft_gets_its_date_and_its_name() {
        let usual = [("_posts/2025-12-01-a.md", USUAL)];
        check(
            "_drafts/日記.md",
            "---\nlayout: post\ntitle: 日記$0\ntags: []\n---\n本文\n",
            &usual,
            expect![[r#"
                _posts/2026-01-02-日記.md
                ---
                layout: post
                title: 日記
                date: 2026-01-02 12:04:05 +0900
                tags: []
                ---
                本文
            "#]],
        );
        check(
            "_drafts/a/2025-01-01-b.md",
            "---\ntitle: b$0\ndate: '2025-01-01'\n---\n",
            &usual,
            expect![[r#"
                _posts/a/2026-01-02-b.md
                ---
                title: b
                date: 2026-01-02 12:04:05 +0900
                ---
            "#]],
        );
        check(
            "_drafts/c.md",
            "---\n$0tags: [x]\n---\n",
            &usual,
            expect![[r#"
            _posts/2026-01-02-c.md
            ---
            date: 2026-01-02 12:04:05 +0900
            tags: [x]
            ---
        "#]],
        );
    }

    #[test]
    fn a_site_without_dates_gives_none() {
        let bare = [("_posts/2025/2025-12-01-a.md", "---\ntitle: a\n---\n")];
        check(
            "_drafts/a.md",
            "---\ntitle: b$0\n---\n",
            &bare,
            expect![[r#"
            _posts/2026/2026-01-02-a.md
            ---
            title: b
            ---
        "#]],
        );
        check(
            "_drafts/a.md",
            "---\ntitle: b$0\ndate:\n---\n",
            &bare,
            expect![[r#"
            _posts/2026/2026-01-02-a.md
            ---
            title: b
            date: 2026-01-02 12:04:05 +0900
            ---
        "#]],
        );
    }

    #[test]
    fn what_cannot_be_published() {
        let taken = [("_posts/2026-01-02-a.md", USUAL)];
        check(
            "_drafts/a.md",
            "---\ntitle: b$0\n---\n",
            &taken,
            expect![
                "There is a post of this name already: _posts/2026-01-02-a.md. Give the draft another name."
            ],
        );
        check(
            "_drafts/b.md",
            "---\ntitle: [b$0\n---\n",
            &taken,
            expect!["The front matter of this draft does not load. Mend what is marked in it first."],
        );
        check(
            "_posts/2025-01-01-a.md",
            "---\ntitle: b$0\n---\n",
            &taken,
            expect!["Only a draft can be published, and this file is in no `_drafts` folder."],
        );
    }
}
