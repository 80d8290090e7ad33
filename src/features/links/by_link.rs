//! Another name from where something is linked: for the file that a link leads to, or for the heading that its fragment does.

use std::sync::Arc;

use super::{headings, links_of, moves};
use crate::features::Snapshot;
use crate::features::commands::rename_file::target;
use crate::features::files::{Move, SiteEdit, Texts};
use crate::jekyll::anchors::{self, Heading};
use crate::post::name::{PostName, stem};
use crate::post::{LinkKind, Post, links};
use crate::site::Target;
use crate::site::paths::classify;
use crate::site::targets::anchor;
use crate::text::Span;

/// What a rename in a link is about.
enum Named {
    /// A heading, from a fragment, with the file that it is in, as if that one were open.
    Heading(Span, Snapshot, Heading),
    /// A file of the site, by its path, from what names it.
    File(Span, String),
}

fn under(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Named> {
    let (site, text) = (&snapshot.site, &*snapshot.post.text);
    let links = links_of(site, &snapshot.path, text, || &*snapshot.post);
    let link = links::at(&links, offset).filter(|link| link.kind != LinkKind::Layout)?;
    let target = site.target(&snapshot.path, text, link, &snapshot.zone())?;
    let path = target.path(&snapshot.path);
    if let Some(span) = link.fragment.filter(|fragment| fragment.touches(offset)) {
        let (id, there) = (anchor(text, link)?, at(snapshot, whole, path)?);
        let found = anchors::read(&there.post, &there.path, site.config());
        let heading = found.headings.into_iter().find(|heading| heading.id.as_deref() == Some(&*id))?;
        return Some(Named::Heading(span, there, heading));
    }
    let is_there = link.target.touches(offset) && !link.target.is_empty() && target != Target::Here;
    is_there.then_some(Named::File(link.target, path))
}

/// The snapshot of another file of the site.
fn at(snapshot: &Snapshot, whole: &Texts<'_>, path: String) -> Option<Snapshot> {
    if path == *snapshot.path {
        return Some(snapshot.clone());
    }
    let kind = classify(&path, snapshot.site.config());
    let post = Arc::new(Post::parse(whole(&path)?));
    Some(Snapshot { post, kind, path: path.into(), ..snapshot.clone() })
}

/// The characters that a rename at a byte offset in a link would replace, and the name that what it leads to has now: a
/// heading's text, the name of a file without its folder, date and extension.
/// `whole` gives whole texts.
pub(in crate::features) fn prepare(
    snapshot: &Snapshot,
    whole: &Texts<'_>,
    offset: usize,
) -> Option<(Span, String)> {
    Some(match under(snapshot, whole, offset)? {
        Named::Heading(span, there, heading) => (span, heading.text.of(&there.post.text).to_owned()),
        Named::File(span, path) => {
            let name = PostName::parse(&path).map_or(stem(&path), |name| name.slug).to_owned();
            (span, name)
        }
    })
}

/// The edits that give what the link at a byte offset leads to another name, and all links to it with it. `whole` gives
/// whole texts. None where no link to such a thing is there.
///
/// # Errors
/// A name that cannot be: why, in a sentence for an author.
pub(in crate::features) fn rename(
    snapshot: &Snapshot,
    whole: &Texts<'_>,
    offset: usize,
    new: &str,
) -> Result<Option<SiteEdit>, String> {
    let site = &snapshot.site;
    let path = match under(snapshot, whole, offset) {
        None => return Ok(None),
        Some(Named::Heading(_, there, heading)) => {
            return headings::rename_to(&there, whole, &heading, new).map(Some);
        }
        Some(Named::File(_, path)) => path,
    };
    let folder = format!("{}/", site.config().includes_dir);
    let included = |path: &str| path.strip_prefix(&folder).is_some_and(|name| site.include(name).is_some());
    let new = match new.contains('/') {
        // The folder of includes is the root of their names.
        true if included(&path) => format!("{folder}{}", new.trim().trim_start_matches('/')),
        true => {
            return Err(
                "From a link a file gets another name in its folder: write it without `/`.".to_owned()
            );
        }
        false => new.to_owned(),
    };
    let to = target(&path, &new, |path| site.at_path(path).is_some() || included(path))?;
    let moved = Move { from: path, to };
    let files = moves(site, &snapshot.clock, whole, std::slice::from_ref(&moved));
    Ok(Some(SiteEdit { files, moved: Some(moved), ..SiteEdit::default() }))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::features::rename::{prepare, rename};
    use crate::features::testing::{fixture, texts};
    use crate::text::edit::apply;

    const SITE: &str = "\
//- /_posts/2025-01-01-旅.md
---
title: 旅
---
[b]({% post_url 2025-01-02-b %}#夕食) [b](/2025/01/02/b.html) 🎉 [s](#%E5%AE%BF-の) ![図](/図.png) {% include note.html %} [外](https://e.jp/b) [無](/none/)

## 宿 の

## 夕食
//- /_posts/2025-01-02-b.md
---
title: b
image: /図.png
---
[b](2025-01-02-b.md) [a](2025-01-01-旅.md)

## 夕食
//- /_includes/note.html
<a href=\"/2025/01/02/b.html\">b</a>
//- /図.png
//- /_posts/2025-01-02-c.md
---
title: c
---
//- /_includes/old.html
<hr>
";

    fn check(cursor: &str, new: &str, expected: Expect) {
        let site = SITE.replacen(&cursor.replace("$0", ""), cursor, 1);
        let (snapshot, offset) = fixture(&site);
        let all = texts(&site);
        let whole = |path: &str| all.get(path).cloned();
        let mut shown = match prepare(&snapshot, &whole, offset) {
            Some((span, name)) => format!("{} = {name}\n", span.of(&snapshot.post.text)),
            None => "nothing\n".to_owned(),
        };
        match rename(&snapshot, &whole, &whole, offset, new) {
            Err(why) => shown.push_str(&format!("{why}\n")),
            Ok(None) => {}
            Ok(Some(edit)) => {
                for file in &edit.files {
                    let after = apply(&file.text, &file.edits);
                    let lines =
                        file.text.lines().zip(after.lines()).filter(|(before, after)| before != after);
                    lines.for_each(|(_, after)| shown.push_str(&format!("{}: {after}\n", file.path)));
                }
                edit.moved.iter().for_each(|it| shown.push_str(&format!("{} -> {}\n", it.from, it.to)));
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_file_is_renamed_from_a_link_to_it() {
        check(
            "post_url 2025$0-01-02-b",
            "夕べ",
            expect![[r#"
            2025-01-02-b = b
            _posts/2025-01-01-旅.md: [b]({% post_url 2025-01-02-夕べ %}#夕食) [b](/2025/01/02/夕べ.html) 🎉 [s](#%E5%AE%BF-の) ![図](/図.png) {% include note.html %} [外](https://e.jp/b) [無](/none/)
            _posts/2025-01-02-b.md: [b](2025-01-02-夕べ.md) [a](2025-01-01-旅.md)
            _includes/note.html: <a href="/2025/01/02/夕べ.html">b</a>
            _posts/2025-01-02-b.md -> _posts/2025-01-02-夕べ.md
        "#]],
        );
        check(
            "(/2025/01/02/b$0.html)",
            "b",
            expect![[r#"
            /2025/01/02/b.html = b
            The file has this name already.
        "#]],
        );
        check(
            "![図](/図$0.png)",
            "絵",
            expect![[r#"
            /図.png = 図
            _posts/2025-01-01-旅.md: [b]({% post_url 2025-01-02-b %}#夕食) [b](/2025/01/02/b.html) 🎉 [s](#%E5%AE%BF-の) ![図](/絵.png) {% include note.html %} [外](https://e.jp/b) [無](/none/)
            _posts/2025-01-02-b.md: image: /絵.png
            図.png -> 絵.png
        "#]],
        );
        check(
            "![図](/図$0.png)",
            "a/b",
            expect![[r#"
            /図.png = 図
            From a link a file gets another name in its folder: write it without `/`.
        "#]],
        );
        check(
            "include no$0te.html",
            "x/note",
            expect![[r#"
                note.html = note
                _posts/2025-01-01-旅.md: [b]({% post_url 2025-01-02-b %}#夕食) [b](/2025/01/02/b.html) 🎉 [s](#%E5%AE%BF-の) ![図](/図.png) {% include x/note.html %} [外](https://e.jp/b) [無](/none/)
                _includes/note.html -> _includes/x/note.html
            "#]],
        );
        check(
            "e.jp/$0b",
            "c",
            expect![[r#"
            nothing
        "#]],
        );
        check(
            "/none$0/",
            "c",
            expect![[r#"
            nothing
        "#]],
        );
        check(
            "[b$0](/2025/01/02/b.html)",
            "c",
            expect![[r#"
            nothing
        "#]],
        );
    }

    #[test]
    fn the_name_of_another_file_is_refused() {
        check(
            "post_url 2025$0-01-02-b",
            "c",
            expect![[r#"
            2025-01-02-b = b
            There is a file of this name already: _posts/2025-01-02-c.md. Give another name.
        "#]],
        );
        check(
            "include no$0te.html",
            "old",
            expect![[r#"
            note.html = note
            There is a file of this name already: _includes/old.html. Give another name.
        "#]],
        );
        check(
            "include no$0te.html",
            "/x/note",
            expect![[r#"
            note.html = note
            _posts/2025-01-01-旅.md: [b]({% post_url 2025-01-02-b %}#夕食) [b](/2025/01/02/b.html) 🎉 [s](#%E5%AE%BF-の) ![図](/図.png) {% include x/note.html %} [外](https://e.jp/b) [無](/none/)
            _includes/note.html -> _includes/x/note.html
        "#]],
        );
    }

    #[test]
    fn a_heading_is_renamed_from_a_link_to_it() {
        check(
            "(#%E5%AE$0%BF-の)",
            "朝",
            expect![[r#"
                %E5%AE%BF-の = 宿 の
                _posts/2025-01-01-旅.md: [b]({% post_url 2025-01-02-b %}#夕食) [b](/2025/01/02/b.html) 🎉 [s](#%E6%9C%9D) ![図](/図.png) {% include note.html %} [外](https://e.jp/b) [無](/none/)
                _posts/2025-01-01-旅.md: ## 朝
            "#]],
        );
        check(
            "[s]($0#%E5",
            "朝",
            expect![[r#"
            nothing
        "#]],
        );
        check(
            "#夕食$0)",
            "朝",
            expect![[r#"
                夕食 = 夕食
                _posts/2025-01-02-b.md: ## 朝
                _posts/2025-01-01-旅.md: [b]({% post_url 2025-01-02-b %}#朝) [b](/2025/01/02/b.html) 🎉 [s](#%E5%AE%BF-の) ![図](/図.png) {% include note.html %} [外](https://e.jp/b) [無](/none/)
            "#]],
        );
    }
}
