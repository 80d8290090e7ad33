//! A layout under another name: its file gets it, and every front matter and every default that names it follows.

use std::sync::Arc;

use super::moves;
use crate::features::Snapshot;
use crate::features::files::{Move, SiteEdit, Texts};
use crate::post::{LinkKind, links};
use crate::site::paths::CONFIGS;
use crate::text::Span;

/// The name of the layout that a byte offset is on, and the path of its file. None where the site has no such file: it
/// is a theme's.
pub(in crate::features) fn under(snapshot: &Snapshot, offset: usize) -> Option<(Span, Arc<str>)> {
    let text = &snapshot.post.text;
    let links = match CONFIGS.contains(&&*snapshot.path) {
        true => links::values::of_config(text),
        false => links::of_front_matter(text, &snapshot.post.front_matter),
    };
    let link = links::at(&links, offset).filter(|link| link.kind == LinkKind::Layout)?;
    let path = snapshot.site.layout_named(link.target.of(text))?;
    Some((link.target, path.clone()))
}

/// The edits that give the layout at a path another name, and its file with it. `whole` gives whole texts.
///
/// # Errors
/// A name that cannot be: why, in a sentence for an author.
pub(in crate::features) fn rename(
    snapshot: &Snapshot,
    whole: &Texts<'_>,
    path: &str,
    new: &str,
) -> Result<SiteEdit, String> {
    let new = new.trim();
    let odd = |part: &str| part.is_empty() || part.starts_with('.') || part.ends_with('.');
    if new.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c)) || new.split('/').any(odd) {
        return Err("A layout needs the name of a file, such as `post` or `日記/写真`.".to_owned());
    }
    let folder = &snapshot.site.config().layouts_dir;
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let to = format!("{folder}/{new}.{extension}");
    let mut edit = SiteEdit::default();
    if to == *path {
        return Ok(edit);
    }
    if snapshot.site.layout_named(new).is_some() {
        return Err(format!("There is a layout of this name already: {to}. Give another name."));
    }
    let moved = Move { from: path.to_owned(), to };
    edit.files = moves(&snapshot.site, &snapshot.clock, whole, std::slice::from_ref(&moved));
    edit.moved = Some(moved);
    Ok(edit)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::features::links::{Move, moves};
    use crate::features::rename::{prepare, rename};
    use crate::features::testing::{fixture, texts};
    use crate::text::edit::apply;

    const SITE: &str = "\
//- /_posts/2025-01-01-a.md
---
layout: po$0st # 題
title: post
---
post
//- /_posts/2025-01-02-b.md
---
{layout: \"post\", title: b}
---
//- /_drafts/c.md
---
layout: 'post'
---
//- /about.html
---
layout: page
---
//- /_layouts/post.html
---
layout: base
---
//- /_layouts/page.html
---
layout: post
---
//- /_layouts/base.html
<html>
//- /_config.yml
defaults:
  - scope: {path: '', type: posts}
    values: {layout: post, author: post}
  - scope: {path: news}
    values:
      layout: base
";

    fn check(site: &str, new: &str, expected: Expect) {
        let (snapshot, offset) = fixture(site);
        let all = texts(site);
        let text = |path: &str| all.get(path).cloned();
        let shown = match rename(&snapshot, &text, &text, offset, new) {
            Ok(Some(edit)) => {
                let moved = edit.moved.iter().map(|moved| format!("{} -> {}\n", moved.from, moved.to));
                let mut shown: String = moved.collect();
                for file in &edit.files {
                    let after = apply(&file.text, &file.edits);
                    let lines = after.lines().zip(file.text.lines()).filter(|(new, old)| new != old);
                    lines.for_each(|(line, _)| shown.push_str(&format!("{}: {line}\n", file.path)));
                }
                shown
            }
            Ok(None) => "nothing".to_owned(),
            Err(why) => why,
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn the_file_goes_with_the_name() {
        let (snapshot, offset) = fixture(SITE);
        let (span, name) = prepare(&snapshot, &|_| None, offset).unwrap();
        assert_eq!((span.of(&snapshot.post.text), &*name), ("post", "post"));
        check(
            SITE,
            "日記",
            expect![[r#"
            _layouts/post.html -> _layouts/日記.html
            _drafts/c.md: layout: '日記'
            _posts/2025-01-01-a.md: layout: 日記 # 題
            _posts/2025-01-02-b.md: {layout: "日記", title: b}
            _layouts/page.html: layout: 日記
            _config.yml:     values: {layout: 日記, author: post}
        "#]],
        );
        check(
            SITE,
            "a, b",
            expect![[r#"
            _layouts/post.html -> _layouts/a, b.html
            _drafts/c.md: layout: 'a, b'
            _posts/2025-01-01-a.md: layout: "a, b" # 題
            _posts/2025-01-02-b.md: {layout: "a, b", title: b}
            _layouts/page.html: layout: "a, b"
            _config.yml:     values: {layout: "a, b", author: post}
        "#]],
        );
        check(
            SITE,
            "page",
            expect!["There is a layout of this name already: _layouts/page.html. Give another name."],
        );
        check(SITE, "../x", expect!["A layout needs the name of a file, such as `post` or `日記/写真`."]);
    }

    #[test]
    fn a_default_renames_its_layout_too() {
        let at = SITE.replace("po$0st", "post").replace("values: {layout: post", "values: {layout: po$0st");
        let begin = at.find("//- /_config.yml").unwrap();
        // The file with the cursor is the open one: it stands first.
        let site = format!("{}{}", &at[begin..], &at[..begin]);
        check(
            &site,
            "日記",
            expect![[r#"
                _layouts/post.html -> _layouts/日記.html
                _drafts/c.md: layout: '日記'
                _posts/2025-01-01-a.md: layout: 日記 # 題
                _posts/2025-01-02-b.md: {layout: "日記", title: b}
                _layouts/page.html: layout: 日記
                _config.yml:     values: {layout: 日記, author: post}
            "#]],
        );
        let other = site.replace("po$0st", "post").replace("author: post", "author: po$0st");
        check(&other, "x", expect!["nothing"]);
    }

    #[test]
    fn a_layout_of_a_theme_has_no_file() {
        check("//- /_posts/2025-01-01-a.md\n---\nlayout: ho$0me\n---\n", "x", expect!["nothing"]);
    }

    #[test]
    fn the_names_go_with_the_file() {
        let site = SITE.replace("_layouts/", "_theme/layouts/") + "layouts_dir: _theme/layouts\n";
        let (snapshot, _) = fixture(&site);
        let all = texts(&site);
        let moved = |from: &str, to: &str| {
            let text = |path: &str| all.get(path).cloned();
            let files =
                moves(&snapshot.site, &snapshot.clock, &text, &[Move { from: from.into(), to: to.into() }]);
            files.iter().map(|file| file.path.to_string()).collect::<Vec<_>>()
        };
        let all_but_about = [
            "_drafts/c.md",
            "_posts/2025-01-01-a.md",
            "_posts/2025-01-02-b.md",
            "_theme/layouts/page.html",
            "_config.yml",
        ];
        assert_eq!(moved("_theme/layouts/post.html", "_theme/layouts/sub/entry.html"), all_but_about);
        assert_eq!(
            moved("_theme/layouts/base.html", "_theme/layouts/root.html"),
            ["_theme/layouts/post.html", "_config.yml"]
        );
        assert_eq!(moved("_theme/layouts/post.html", "_theme/layouts/post.md"), [""; 0]);
    }
}
