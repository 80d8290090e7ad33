//! Terms over a small site: what is found where, and what a rename does to each file.

use expect_test::{Expect, expect};

use super::*;
use crate::features::code_action::mendable;
use crate::features::files::{FilePlaces, SiteEdit, Texts};
use crate::features::testing::{fixture, texts};
use crate::features::{definition, rename as renames};
use crate::text::edit::apply;

/// Files that name the tag `ai` in every way, without its posts.
const OTHERS: &str = "\
//- /_config.yml
collections: [tags, notes]
defaults:
  - scope: {path: _posts/news}
    values: {tags: [ai, 'ニュース']}
  - scope: {path: ''}
    values:
      category: 日記 # ai
//- /tags/ai.md
---
layout: tag
tag: \"ai\" # 頁
title: ai
slug: ai
---
//- /_tags/ai.md
---
name: ai
permalink: /tags/ai/
---
//- /_notes/one.md
---
tags: [note, ai]
---
//- /_data/tags.yml
ai:
  name: 人工知能
生成AI: {name: ai}
//- /_data/links.yml
- title: ai
  tag: ai
//- /masthead.toml
allowed-tags = [\"ai\", '生成AI']
";

fn site(posts: &str) -> String {
    format!("{posts}{OTHERS}")
}

fn shown(files: &[FilePlaces]) -> String {
    let mut shown = String::new();
    for file in files {
        for span in &file.spans {
            let start = file.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
            let end = file.text[span.end..].find('\n').map_or(file.text.len(), |at| span.end + at);
            shown.push_str(&format!(
                "{}: {}⟦{}⟧{}\n",
                file.path,
                &file.text[start..span.start],
                span.of(&file.text),
                &file.text[span.end..end]
            ));
        }
    }
    shown
}

fn with_texts<T>(text: &str, work: impl FnOnce(&Texts<'_>) -> T) -> T {
    let files = texts(text);
    work(&|path: &str| files.get(path).cloned())
}

fn check_references(posts: &str, declarations: bool, expected: Expect) {
    let text = site(posts);
    let (snapshot, offset) = fixture(&text);
    let mut found =
        with_texts(&text, |texts| references(&snapshot, texts, offset, declarations)).unwrap_or_default();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    expected.assert_eq(&shown(&found));
}

fn check_rename(posts: &str, new: &str, expected: Expect) {
    let text = site(posts);
    let (snapshot, offset) = fixture(&text);
    let result = with_texts(&text, |texts| renames::rename(&snapshot, texts, texts, offset, new));
    let shown = match result {
        Err(why) => format!("error: {why}\n"),
        Ok(None) => "nothing\n".to_owned(),
        Ok(Some(edit)) => {
            let warning = edit.warning().map(|it| format!("{it}\n"));
            shown_edit(edit) + &warning.unwrap_or_default()
        }
    };
    expected.assert_eq(&shown);
}

fn shown_edit(mut edit: SiteEdit) -> String {
    edit.files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut shown = edit.confirm.iter().map(|it| format!("asks: {}\n", it.label)).collect::<String>();
    for file in &edit.files {
        let after = apply(&file.text, &file.edits);
        let lines = file.text.lines().collect::<Vec<_>>();
        let changed = after.lines().filter(|line| !lines.contains(line));
        shown.push_str(&format!("{}: {}\n", file.path, changed.collect::<Vec<_>>().join(" | ")));
    }
    shown
}

const POSTS: &str = "\
//- /_posts/2024-01-01-a.md
---
title: 題
tags: [\"$0ai\", 京都]
---
ai
//- /_posts/2024-01-02-b.md
---
tags: b ai
---
//- /_posts/2024-01-03-c.md
---
tags:
  - ai # 😀
  - 生成AI
categories: [ai]
---
//- /_posts/news/2024-01-04-d.md
---
title: d
---
//- /_posts/2023-01-01-e.md
---
tags: 'ai'
title: \"x
---
";

#[test]
fn references_are_all_places_of_the_site() {
    check_references(
        POSTS,
        false,
        expect![[r#"
            _config.yml:     values: {tags: [⟦ai⟧, 'ニュース']}
            _data/links.yml:   tag: ⟦ai⟧
            _notes/one.md: tags: [note, ⟦ai⟧]
            _posts/2023-01-01-e.md: tags: '⟦ai⟧'
            _posts/2024-01-01-a.md: tags: ["⟦ai⟧", 京都]
            _posts/2024-01-02-b.md: tags: b ⟦ai⟧
            _posts/2024-01-03-c.md:   - ⟦ai⟧ # 😀
            masthead.toml: allowed-tags = ["⟦ai⟧", '生成AI']
        "#]],
    );
    check_references(
        POSTS,
        true,
        expect![[r#"
            _config.yml:     values: {tags: [⟦ai⟧, 'ニュース']}
            _data/links.yml:   tag: ⟦ai⟧
            _data/tags.yml: ⟦ai⟧:
            _data/tags.yml: 生成AI: {name: ⟦ai⟧}
            _notes/one.md: tags: [note, ⟦ai⟧]
            _posts/2023-01-01-e.md: tags: '⟦ai⟧'
            _posts/2024-01-01-a.md: tags: ["⟦ai⟧", 京都]
            _posts/2024-01-02-b.md: tags: b ⟦ai⟧
            _posts/2024-01-03-c.md:   - ⟦ai⟧ # 😀
            _tags/ai.md: name: ⟦ai⟧
            masthead.toml: allowed-tags = ["⟦ai⟧", '生成AI']
            tags/ai.md: tag: "⟦ai⟧" # 頁
            tags/ai.md: title: ⟦ai⟧
            tags/ai.md: slug: ⟦ai⟧
        "#]],
    );
}

#[test]
fn from_any_place_where_it_stands() {
    for place in
        ["values: {tags: [ai", "tag: \"ai", "name: ai", "[note, ai", "yml\nai", "allowed-tags = [\"ai"]
    {
        let text = format!("{}{OTHERS}", POSTS.replace("$0", ""));
        let text = text.replacen(place, &format!("{place}$0"), 1);
        let (snapshot, offset) = fixture(&text);
        let found = with_texts(&text, |texts| references(&snapshot, texts, offset, true)).unwrap();
        let places: usize = found.iter().map(|file| file.spans.len()).sum();
        assert_eq!(places, 14, "{place}: {}", shown(&found));
    }
}

#[test]
fn definition_is_the_page_and_the_entry() {
    let text = site(POSTS);
    let (snapshot, offset) = fixture(&text);
    let found = with_texts(&text, |texts| definition::definition(&snapshot, texts, texts, offset)).unwrap();
    expect![[r#"
        _data/tags.yml: ⟦ai⟧:
        _tags/ai.md: name: ⟦ai⟧
        tags/ai.md: tag: "⟦ai⟧" # 頁
    "#]]
    .assert_eq(&shown(&found));
    let (snapshot, offset) = fixture("---\ntags: [a$0]\n---\n");
    assert_eq!(definition::definition(&snapshot, &|_| None, &|_| None, offset), Some(Vec::new()));
}

#[test]
fn highlights_are_of_this_post() {
    let (snapshot, offset) = fixture("---\ntags: [a$0, b, 'a']\ncategories: a\n---\na\n");
    let spans = highlights(&snapshot, offset).unwrap();
    let lines: Vec<_> = spans.iter().map(|span| span.start).collect();
    assert_eq!(lines, [11, 18]);
    let (snapshot, offset) = fixture("---\ntags: [a]\n---\na$0\n");
    assert_eq!(highlights(&snapshot, offset), None);
}

#[test]
fn rename_follows_everywhere() {
    check_rename(
        POSTS,
        " AI & ML ",
        expect![[r#"
            _config.yml:     values: {tags: [AI & ML, 'ニュース']}
            _data/links.yml:   tag: AI & ML
            _data/tags.yml: AI & ML: | 生成AI: {name: AI & ML}
            _notes/one.md: tags: [note, AI & ML]
            _posts/2023-01-01-e.md: tags: ['AI & ML']
            _posts/2024-01-01-a.md: tags: ["AI & ML", 京都]
            _posts/2024-01-02-b.md: tags: [b, AI & ML]
            _posts/2024-01-03-c.md:   - AI & ML # 😀
            _tags/ai.md: name: AI & ML
            masthead.toml: allowed-tags = ["AI & ML", '生成AI']
            tags/ai.md: tag: "AI & ML" # 頁 | title: AI & ML
        "#]],
    );
    check_rename(
        POSTS,
        "a: b",
        expect![[r#"
            _config.yml:     values: {tags: ["a: b", 'ニュース']}
            _data/links.yml:   tag: "a: b"
            _data/tags.yml: "a: b": | 生成AI: {name: "a: b"}
            _notes/one.md: tags: [note, "a: b"]
            _posts/2023-01-01-e.md: tags: ['a: b']
            _posts/2024-01-01-a.md: tags: ["a: b", 京都]
            _posts/2024-01-02-b.md: tags: [b, "a: b"]
            _posts/2024-01-03-c.md:   - "a: b" # 😀
            _tags/ai.md: name: "a: b"
            masthead.toml: allowed-tags = ["a: b", '生成AI']
            tags/ai.md: tag: "a: b" # 頁 | title: "a: b"
        "#]],
    );
}

#[test]
fn a_mistake_of_form_that_stays_is_no_bar() {
    check_rename(
        "//- /_posts/2024-01-15-a.md\n---\ntags: [$0ai]\n---\n//- /_posts/2024-01-16-b.md\n---\ntitle: a\ntitle: b\ntags: ai\n---\n",
        "ML",
        expect![[r#"
            _config.yml:     values: {tags: [ML, 'ニュース']}
            _data/links.yml:   tag: ML
            _data/tags.yml: ML: | 生成AI: {name: ML}
            _notes/one.md: tags: [note, ML]
            _posts/2024-01-15-a.md: tags: [ML]
            _posts/2024-01-16-b.md: tags: ML
            _tags/ai.md: name: ML
            masthead.toml: allowed-tags = ["ML", '生成AI']
            tags/ai.md: tag: "ML" # 頁 | title: ML
        "#]],
    );
}

#[test]
fn rename_to_a_known_name_is_a_merge() {
    check_rename(
        POSTS,
        "生成AI",
        expect![[r#"
            asks: Merge the tag `ai` (5 posts) into `生成AI` (1 post)
            _config.yml:     values: {tags: [生成AI, 'ニュース']}
            _data/links.yml:   tag: 生成AI
            _notes/one.md: tags: [note, 生成AI]
            _posts/2023-01-01-e.md: tags: '生成AI'
            _posts/2024-01-01-a.md: tags: ["生成AI", 京都]
            _posts/2024-01-02-b.md: tags: b 生成AI
            _posts/2024-01-03-c.md:   # 😀
            _tags/ai.md: name: 生成AI
            tags/ai.md: tag: "生成AI" # 頁 | title: 生成AI
            The old name stays in some files: _data/tags.yml (the new name has its own entry or page), masthead.toml (the new name has its own entry or page).
        "#]],
    );
}

#[test]
fn a_term_goes_from_every_post() {
    let text = site(POSTS);
    let all = texts(&text);
    let (snapshot, offset) = fixture(&text);
    let edit = remove(&snapshot, &|path| all.get(path).cloned(), TermKind::Tag, "ai");
    expect![[r#"
        asks: Remove the tag `ai` from 5 posts
        _config.yml:     values: {tags: ['ニュース']}
        _notes/one.md: tags: [note]
        _posts/2023-01-01-e.md: tags: []
        _posts/2024-01-01-a.md: tags: [京都]
        _posts/2024-01-02-b.md: tags: b
        _posts/2024-01-03-c.md:   # 😀

        The name stays in some files: _data/links.yml (it lists the name: take it out there), _data/tags.yml (it says what the name is: delete it there), _tags/ai.md (it says what the name is: delete it there), 2 more."#]].assert_eq(&format!("{}\n{}", shown_edit(edit.clone()), edit.removal_warning().unwrap()));
    let (term, count) = removable(&snapshot, offset).unwrap();
    assert_eq!((&*term.name, count), ("ai", 5));
    let (snapshot, offset) = fixture("---\ntags: [ai$0]\n---\n");
    assert_eq!(removable(&snapshot, offset), None, "a term of one post");
}

#[test]
fn a_post_that_cannot_be_mended_offers_the_others() {
    let mut text = "//- /_posts/2024-01-01-a.md\n---\ntags: &t [a$0i]\nkeywords: *t\n---\n".to_owned();
    for (day, tag) in [(2, "ai"), (3, "AI"), (4, "AI"), (5, "AI")] {
        text.push_str(&format!("//- /_posts/2024-01-0{day}-b.md\n---\ntags: [{tag}]\n---\n"));
    }
    let all = texts(&text);
    let (snapshot, offset) = fixture(&text);
    let found = mendable(&snapshot, Span::empty(offset));
    assert!(found.iter().all(|found| found.fix.is_none()), "{found:?}");
    let mends: Vec<_> = found
        .iter()
        .filter_map(|found| merge(&snapshot, &|path| all.get(path).cloned(), found))
        .map(|(title, edit)| (title, edit.files.len()))
        .collect();
    let title = "Merge the tag `ai` into `AI` in the whole site (1 of 2 posts)";
    assert_eq!(mends, [(title.to_owned(), 1)]);
}

#[test]
fn a_merge_of_many_posts_is_left_to_a_command() {
    let mut text = "//- /_posts/2024-01-01-a.md\n---\ntags: [a$0i]\n---\n".to_owned();
    for at in 0..301 + 302 {
        let tag = if at < 300 { "ai" } else { "AI" };
        text.push_str(&format!("//- /_posts/2024-02-02-{at}.md\n---\ntags: [{tag}]\n---\n"));
    }
    let (snapshot, offset) = fixture(&text);
    let found = mendable(&snapshot, Span::empty(offset));
    let large: Vec<_> = found.iter().filter_map(|found| large_merge(&snapshot, found)).collect();
    let [merge] = large.as_slice() else { panic!("{large:?}") };
    assert_eq!(merge.title, "Merge the tag `ai` into `AI` in the whole site (301 posts)");
    assert_eq!((&*merge.old, &*merge.new), ("ai", "AI"));
    assert!(found.iter().all(|found| super::merge(&snapshot, &|_| None, found).is_none()));
}

#[test]
fn names_that_cannot_be() {
    check_rename(
        POSTS,
        "  ",
        expect![[r#"
        error: A tag needs a name: write at least one character.
    "#]],
    );
    check_rename(
        POSTS,
        "a\nb",
        expect![[r#"
        error: The name of a tag is one line: take the line break out.
    "#]],
    );
    check_rename(
        POSTS,
        "a\u{7}b",
        expect![[r#"
        error: The name of a tag cannot hold U+0007: take it out.
    "#]],
    );
    check_rename(POSTS, "ai", expect![[r#""#]]);
}

#[test]
fn what_stays_is_told() {
    check_rename(
        "//- /ai/_posts/2024-01-01-a.md\n---\ncategories: [x, $0ai]\n---\n//- /_posts/2024-01-02-b.md\n---\nk: &k [ai]\ncategories: *k\n---\n",
        "AI",
        expect![[r#"
            ai/_posts/2024-01-01-a.md: categories: [x, AI]
            The old name stays in some files: _posts/2024-01-02-b.md (the name is written there so that it cannot be changed alone), ai/_posts/2024-01-01-a.md (a folder gives the category).
        "#]],
    );
}

#[test]
fn a_category_that_no_characters_are_alone_is_told_to_stay() {
    let posts = "//- /_posts/2025-01-01-a.md\n---\ncategories: [日記, [旅]]\ntitle: x$0\n---\n";
    let (snapshot, _) = fixture(posts);
    let all = texts(posts);
    let edit =
        rename(&snapshot, &|path| all.get(path).cloned(), TermKind::Category, "[\"旅\"]", "x").unwrap();
    let warning = "The old name stays in one file: _posts/2025-01-01-a.md (the name is written there so that it cannot be changed alone).";
    assert_eq!((edit.files.len(), edit.warning().as_deref()), (0, Some(warning)));
}
