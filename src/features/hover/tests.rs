use expect_test::{Expect, expect};

use super::hover;
use crate::features::testing::fixture;

const SITE: &str = "\
//- /_posts/2024-01-01-a.md
---
title: \"One [x] <b>\"
layout: post
tags: [AI, 生成AI]
---
//- /_posts/2024-02-01-b.md
---
title: 二つ目の記事
layout: post
tags: [AI, Ruby]
categories: [Tech]
---
//- /_posts/2025-06-01-here.md
";

/// The characters that the hover is about, then its Markdown.
fn check(document: &str, expected: Expect) {
    let (snapshot, offset) = fixture(&format!("{SITE}{document}"));
    let shown = match hover(&snapshot, offset) {
        Some(hover) => format!("`{}`\n{}", hover.span.of(&snapshot.post.text), hover.markdown),
        None => "nothing".to_owned(),
    };
    expected.assert_eq(&shown);
}

#[test]
fn terms() {
    check(
        "---\ntags: [\"A$0I\"]\n---\n",
        expect![[r#"
        `"AI"`
        **AI** (tag): 3 posts, from 2024-01-01 to 2025-06-01

        - 2025-06-01 [Here](file:///site/_posts/2025-06-01-here.md)
        - 2024-02-01 [二つ目の記事](file:///site/_posts/2024-02-01-b.md)
        - 2024-01-01 [One \[x\] &lt;b&gt;](file:///site/_posts/2024-01-01-a.md)

        Most used with: Ruby (1), 生成AI (1)
    "#]],
    );
    check(
        "---\ntags:\n  - 新$0しい\n---\n",
        expect![[r#"
        `新しい`
        **新しい** (tag): 1 post, on 2025-06-01

        - 2025-06-01 [Here](file:///site/_posts/2025-06-01-here.md)
    "#]],
    );
    check(
        "---\ncategories: Te$0ch\ntitle: a: b\n---\n",
        expect![[r#"
            `Tech`
            **Tech** (category): 2 posts, from 2024-02-01 to 2025-06-01

            - 2025-06-01 [a: b](file:///site/_posts/2025-06-01-here.md)
            - 2024-02-01 [二つ目の記事](file:///site/_posts/2024-02-01-b.md)
        "#]],
    );
}

#[test]
fn keys() {
    check(
        "---\nlay$0out: post\n---\n",
        expect![[r#"
        `layout`
        **layout**: The layout that the post is put into.

        Takes: The name of a file in `_layouts`, without extension; `null` for none.

        In 3 posts of this site (100 %).

        Most used: post (3)
    "#]],
    );
    check(
        "---\n$0tags: []\n---\n",
        expect![[r#"
        `tags`
        **tags**: The tags of the post.

        Takes: A list, or a text that Jekyll splits at blanks (not at commas).

        In 3 posts of this site (100 %).

        Most used: AI (2), Ruby (1), 生成AI (1)
    "#]],
    );
    check("---\nmy_*key*$0: 1\n---\n", expect!["nothing"]);
    check(
        "---\nmy_*ke$0y*: 1\n---\n",
        expect![[r#"
        `my_*key*`
        **my\_\*key\***: Jekyll itself gives this key no meaning; a theme or a plugin may.

        In 1 post of this site (33 %).

        Most used: 1 (1)
    "#]],
    );
}

#[test]
fn a_title_shows_the_post_in_a_list() {
    let body = "\n最初の段落です。*強調*。\n\n次の段落。Two words.\n";
    check(&format!("---\ntitle: 題名: $0\n---{body}"), expect!["nothing"]);
    check(
        &format!("---\nti$0tle: \"題<i>\"\ntags: [AI]\nexcerpt: 抜粋\n---\r\n{body}"),
        expect![[r#"
            `title`
            **題&lt;i&gt;**

            2025-06-01 · /2025/06/01/here.html

            抜粋

            Tags: AI

            16 characters, 2 words: 1 minute to read
        "#]],
    );
    check(
        "---\ntitle: $0x\n---\n",
        expect![[r#"
            `x`
            **x**

            2025-06-01 · /2025/06/01/here.html

            No text yet
        "#]],
    );
}

#[test]
fn links_show_the_post_they_lead_to() {
    let body = |body: &str| format!("---\ntitle: x\n---\n{body}\n");
    check(
        &body("😀 {% post_url 2024-02-$001-b %}"),
        expect![[r#"
            `{% post_url 2024-02-01-b %}`
            **[二つ目の記事](file:///site/_posts/2024-02-01-b.md)**

            2024-02-01 · /tech/2024/02/01/b.html

            Tags: AI, Ruby
        "#]],
    );
    check(
        &body("[日$0本]({% link _posts/2024-01-01-a.md %})"),
        expect![[r#"
            `[日本]({% link _posts/2024-01-01-a.md %})`
            **[One \[x\] &lt;b&gt;](file:///site/_posts/2024-01-01-a.md)**

            2024-01-01 · /2024/01/01/a.html

            Tags: AI, 生成AI
        "#]],
    );
    check(
        &body("[a](2024-01-01-a$0.md)"),
        expect![[r#"
            `[a](2024-01-01-a.md)`
            **[One \[x\] &lt;b&gt;](file:///site/_posts/2024-01-01-a.md)**

            2024-01-01 · /2024/01/01/a.html

            Tags: AI, 生成AI
        "#]],
    );
    check(&body("{% post_url 2020-0$01-01-none %}"), expect![["nothing"]]);
    check(&body("![a](2024-01-01-a$0.md)"), expect![["nothing"]]);
    check(&body("`[a](2024-01-01-a$0.md)`"), expect![["nothing"]]);
    check(&body("tags: [A$0I]"), expect![["nothing"]]);
}

#[test]
fn an_empty_site_and_a_lone_file_work() {
    let (mut snapshot, offset) = fixture("---\ntags: [A$0I]\n---\n");
    snapshot.site = Default::default();
    expect![[r#"
        **AI** (tag): no post of this site uses it yet.
    "#]]
    .assert_eq(&hover(&snapshot, offset).unwrap().markdown);
}

#[test]
fn a_value_says_how_jekyll_reads_it() {
    let note = |line: &str| {
        let (snapshot, offset) = fixture(&format!("---\n{line}\n---\n"));
        hover(&snapshot, offset).map_or("nothing".to_owned(), |hover| hover.markdown.trim().to_owned())
    };
    for (line, expected) in [
        ("version: 1.1$00", "Jekyll reads the number 1.1."),
        ("comments: y$0es", "Jekyll reads the boolean true."),
        ("comments: t$0rue", "nothing"),
        ("start: 12:$030", "Jekyll reads the number 750.0."),
        ("x: 1e$03", "Jekyll reads the text \"1e3\"."),
        ("x: $0~", "Jekyll reads nothing (null)."),
        ("x: 2024-02-$030", "Jekyll reads the text \"2024-02-30\"."),
        ("x: {v: 1.1$00, w: a}", "Jekyll reads the number 1.1."),
        ("x: {v: 1.10, w: $0a}", "nothing"),
        ("x: [a, n$0o]", "Jekyll reads the boolean false."),
        ("subtitle: 普通$0の文", "nothing"),
        ("x: \"a\\u304$02*\"", "Jekyll reads the text \"aあ\\*\"."),
        ("date: 2024-03-0$05", "Jekyll reads 2024-03-05 00:00:00 +0900 in Asia/Tokyo."),
        ("date: 2024-03-05 08:00:0$00 +0900", "nothing"),
        ("date: so$0on", "Jekyll cannot read this date: the build stops."),
    ] {
        assert_eq!(note(line), expected, "{line}");
    }
}

const DEFAULTS: &str = "\
//- /_config.yml
defaults:
  - scope: {path: ''}
    values: {layout: post, author: \"a*b\"}
//- /_posts/2025-06-01-here.md
";

fn check_with_defaults(document: &str, expected: Expect) {
    let (snapshot, offset) = fixture(&format!("{DEFAULTS}{document}"));
    expected.assert_eq(&hover(&snapshot, offset).map_or("nothing".to_owned(), |hover| hover.markdown));
}

#[test]
fn a_value_that_is_not_in_force_says_what_is() {
    check_with_defaults(
        "---\nauthor: nu$0ll\n---\n",
        expect![[r#"
            In force: "a\*b", from `_config.yml`, line 3.
        "#]],
    );
    check_with_defaults("---\nauthor: m$0e\n---\n", expect!["nothing"]);
    check_with_defaults(
        "---\ntags: \"A$0I, ML\"\n---\n",
        expect![[r#"
            **AI,** (tag): 1 post, on 2025-06-01

            - 2025-06-01 [Here](file:///site/_posts/2025-06-01-here.md)

            Most used with: ML (1)

            Jekyll splits this text at blanks: “AI,”, “ML”.
        "#]],
    );
}

#[test]
fn the_fence_shows_all_that_jekyll_has() {
    check_with_defaults(
        "--$0-\ntitle: 題*名*\ntags: a b\nn: 1.10\npublished: no\n---\n",
        expect![[r#"
            **What Jekyll has of this file**

            URL: /2025/06/01/here.html

            Status: not published (`published` hides it)

            - categories: `[]`
            - layout: `"post"` (from `_config.yml`, line 3)
            - author: `"a*b"` (from `_config.yml`, line 3)
            - title: `"題*名*"`
            - tags: `["a", "b"]`
            - n: `1.1`
            - published: `false`
            - date: `2025-06-01 00:00:00 +0900` (from the file's path)
            - slug: `"here"` (from the file's path)
        "#]],
    );
    check_with_defaults(
        "---\ntitle: \"a\n-$0--\n",
        expect![[r#"
            **What Jekyll has of this file**

            URL: /2026/01/02/2025-06-01-here.html

            Status: published without its front matter, which does not load

            - categories: `[]`
            - layout: `"post"` (from `_config.yml`, line 3)
            - author: `"a*b"` (from `_config.yml`, line 3)
            - date: `2026-01-02 12:04:05 +0900` (from the clock)
        "#]],
    );
    check(
        "--$0-\ndate: soon\n---\n",
        expect![[r#"
            `---`
            **What Jekyll has of this file**

            URL: none

            Status: stops the build (Jekyll cannot read the date “soon”)

            - categories: `[]`
            - date: `"soon"`
        "#]],
    );
}

#[test]
fn the_fence_of_a_future_post_on_github_pages() {
    use std::sync::Arc;

    use crate::site::Change;

    let (mut snapshot, offset) = fixture("//- /_posts/2999-01-01-a.md\n-$0--\ntitle: a\n---\n");
    let says = |snapshot: &_| hover(snapshot, offset).is_some_and(|it| it.markdown.contains("GitHub Pages"));
    assert!(!says(&snapshot));
    snapshot.site = Arc::new(snapshot.site.apply([Change::Pages(true)]));
    assert!(says(&snapshot));
}

#[test]
fn the_fence_says_what_defaults_github_pages_does_not_give() {
    use std::sync::Arc;

    use crate::site::Change;

    for (path, differs) in [("_posts/ja", true), ("_posts/jazz", false), ("_posts/", false), ("''", false)] {
        let config = format!("defaults:\n  - scope: {{path: {path}}}\n    values: {{layout: post}}\n");
        let post = "//- /_posts/jazz/2024-01-01-a.md\n-$0--\ntitle: a\n---\n";
        let (mut snapshot, offset) = fixture(&format!("{post}//- /_config.yml\n{config}"));
        snapshot.site = Arc::new(snapshot.site.apply([Change::Pages(true)]));
        let shown = hover(&snapshot, offset).unwrap().markdown;
        assert_eq!(shown.contains("by whole folders"), differs, "{path}");
    }
}
