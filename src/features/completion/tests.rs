//! What is offered where, and the line after accepting it.

use expect_test::{Expect, expect};

use super::{Completions, Documentation, complete, complete_in_site, latest_posts};
use crate::features::testing::fixture;
use crate::site::TermKind;
use crate::text::edit::apply;

const SITE: &str = "\
//- /_posts/2024-01-01-a.md
---
title: One
layout: post
tags: [AI, 生成AI, Ruby, \"C: the language\"]
categories: [Tech]
lang: ja
---
//- /_posts/2024-02-01-b.md
---
title: Two
layout: post
tags: [AI, Ruby, サーバー, Machine Learning]
categories: [Tech]
lang: ja
comments: true
---
//- /_posts/2024-03-01-c.md
---
title: Three
layout: link
tags: [AI, \"2024\", ニュース]
categories: [Diary]
---
//- /_layouts/post.html
//- /_layouts/page.html
//- /_data/authors.yml
hanako:
  name: 山田花子
//- /_posts/2025-06-01-here.md
";

fn completions(document: &str) -> (Completions, String) {
    let (snapshot, offset) = fixture(&format!("{SITE}{document}"));
    (complete(&snapshot, offset), snapshot.post.text.to_string())
}

/// Each item: label | detail | the lines that accepting it changes.
fn check(document: &str, expected: Expect) {
    let (completions, text) = completions(document);
    let mut shown = String::new();
    for item in &completions.items {
        let after = apply(&text, std::slice::from_ref(&item.edit));
        let start = after[..item.edit.span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = item.edit.span.start + item.edit.new_text.len();
        let end = after[end..].find(['\r', '\n']).map_or(after.len(), |at| end + at);
        let detail = item.detail.as_deref().unwrap_or("");
        shown.push_str(&format!("{} | {detail} | {}\n", item.label, &after[start..end]));
    }
    expected.assert_eq(&shown);
}

/// The lines after accepting the item with this label.
fn accepts(document: &str, label: &str, expected: &str) {
    let (completions, text) = completions(document);
    let item = completions.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("{label} is not offered in {document:?}"));
    assert_eq!(apply(&text, std::slice::from_ref(&item.edit)), expected, "{document:?}");
}

fn nothing(document: &str) {
    let (completions, _) = completions(document);
    assert!(completions.items.is_empty(), "{document:?}: {:?}", completions.items);
}

#[test]
fn what_the_settings_allow_is_offered_before_anybody_uses_it() {
    let (mut snapshot, offset) = fixture(
        "//- /_posts/2025-06-01-here.md\n---\ntags: [東京, $0]\n---\n//- /_posts/2025-06-02-b.md\n---\ntags: [京都]\n---\n",
    );
    let settings = crate::site::settings::parse("allowed-tags = [\"生成AI\", \"京都\", \"東京\"]\n").0;
    let site = snapshot.site.apply([crate::site::Change::Settings(Box::new(settings))]);
    snapshot.site = std::sync::Arc::new(site);
    let items = complete(&snapshot, offset).items;
    let shown: Vec<_> = items.iter().map(|item| (&*item.label, item.detail.as_deref().unwrap())).collect();
    assert_eq!(shown, [("京都", "1 post"), ("生成AI", "allowed, not used yet")]);
}

#[test]
fn tags_in_brackets() {
    check(
        "---\ntags: [AI, $0\n---\n",
        expect![[r#"
        Ruby | 2 posts | tags: [AI, Ruby
        2024 | 1 post | tags: [AI, "2024"
        C: the language | 1 post | tags: [AI, "C: the language"
        Machine Learning | 1 post | tags: [AI, Machine Learning
        サーバー | 1 post | tags: [AI, サーバー
        ニュース | 1 post | tags: [AI, ニュース
        生成AI | 1 post | tags: [AI, 生成AI
    "#]],
    );
    check(
        "---\ntags: [\"AI\", \"ru$0\"] # c\n---\n",
        expect![[r#"
        Ruby | 2 posts | tags: ["AI", "Ruby"] # c
    "#]],
    );
    check(
        "---\ntags: [ai$0]\n---\n",
        expect![[r#"
        AI | 3 posts | tags: [AI]
        生成AI | 1 post | tags: [生成AI]
        Machine Learning | 1 post | tags: [Machine Learning]
    "#]],
    );
}

#[test]
fn order_and_folding() {
    let labels = |document: &str| -> Vec<String> {
        completions(document).0.items.into_iter().map(|item| item.label).collect()
    };
    let first = |document: &str, count: usize| labels(document).into_iter().take(count).collect::<Vec<_>>();
    assert_eq!(first("---\ntags: [ニュース, $0]\n---\n", 3), ["AI", "2024", "Ruby"]);
    assert_eq!(first("---\ncategories: [Diary]\ntags: [$0]\n---\n", 3), ["AI", "2024", "ニュース"]);
    assert_eq!(first("---\ntags: [ﾆｭ$0]\n---\n", 1), ["ニュース"]);
    assert_eq!(first("---\ntags: [さーば$0]\n---\n", 1), ["サーバー"]);
    assert_eq!(first("---\ntags: [ＲＵ$0]\n---\n", 1), ["Ruby"]);
    assert_eq!(first("---\ntags: [ai$0]\n---\n", 2), ["AI", "生成AI"]);
    assert!(!labels("---\ntags: [AI, \"生成AI\", a$0]\n---\n").iter().any(|label| label.contains("AI")));
}

#[test]
fn every_spelling_of_a_list() {
    let both = |before: &str, after: &str, label: &str| {
        accepts(&format!("---\n{before}\n---\n"), label, &format!("---\n{after}\n---\n"));
    };
    both("tags: [AI, $0", "tags: [AI, Ruby", "Ruby");
    both("tags: [AI,$0]", "tags: [AI, Ruby]", "Ruby");
    both("tags: [AI,$0,b,c]", "tags: [AI,Ruby,b,c]", "Ruby");
    both("tags: [$0AI]", "tags: [Ruby, AI]", "Ruby");
    both("tags: [AI, $0 x]", "tags: [AI, Ruby, x]", "Ruby");
    both("tags: [\"AI\", $0]", "tags: [\"AI\", \"Ruby\"]", "Ruby");
    both("tags: [\"AI\", \"$0", "tags: [\"AI\", \"Ruby\"", "Ruby");
    both("tags: ['AI', '$0]", "tags: ['AI', 'Ruby']", "Ruby");
    both("tags: [\"AI\" $0]", "tags: [\"AI\", \"Ruby\"]", "Ruby");
    both("tags: [AI, mach$0]", "tags: [AI, Machine Learning]", "Machine Learning");
    both("tags: [AI, Machine l$0]", "tags: [AI, Machine Learning]", "Machine Learning");
    both("tags: [AI, $0] # c", "tags: [AI, \"2024\"] # c", "2024");
    both("tags: [ $0# c", "tags: [ Ruby # c", "Ruby");
    both("tags: [\n  AI,\n  $0\n]", "tags: [\n  AI,\n  Ruby\n]", "Ruby");
    both("tags: [\n  AI,\n  $0\n  x\n]", "tags: [\n  AI,\n  Ruby,\n  x\n]", "Ruby");
    both("tags:\n  - AI\n  - $0\ntitle: x", "tags:\n  - AI\n  - Ruby\ntitle: x", "Ruby");
    both("tags:\n- 'AI'\n-$0", "tags:\n- 'AI'\n- 'Ruby'", "Ruby");
    both("tags:\n- AI\n- ru$0 # c", "tags:\n- AI\n- Ruby # c", "Ruby");
    both("tags:\n- \"ru$0", "tags:\n- \"Ruby\"", "Ruby");
    both("tags:\n  - AI\n  $0", "tags:\n  - AI\n  - Ruby", "Ruby");
    both("tags:\n  $0", "tags:\n  - Ruby", "Ruby");
    both("tags:\n  ru$0", "tags:\n  - Ruby", "Ruby");
    both("tags:\r\n  - AI\r\n  - $0\r\ntitle: x\r", "tags:\r\n  - AI\r\n  - Ruby\r\ntitle: x\r", "Ruby");
    both("tags: [AI, 😀, さー$0]", "tags: [AI, 😀, サーバー]", "サーバー");
    both("tags: [Ru$0by]", "tags: [Ruby]", "Ruby");
}

#[test]
fn the_first_of_a_list_has_the_quotes_that_the_site_has() {
    const POST: &str = "---\ntags: [\"AI\", \"生成AI\"]\ncategories: ['日記']\n---\n";
    let accepts = |before: &str, after: &str, label: &str| {
        let posts = ["a", "b"].map(|name| format!("//- /_posts/2024-01-02-{name}.md\n{POST}")).concat();
        let plain =
            "//- /_posts/2024-01-03-c.md\n---\ntags: [Machine Learning, C#]\ncategories: [Tech]\n---\n";
        let here = format!("//- /_posts/2025-06-01-here.md\n---\n{before}\n---\n");
        let (snapshot, offset) = fixture(&format!("{posts}{plain}{here}"));
        let items = complete(&snapshot, offset).items;
        let item = items.iter().find(|item| item.label == label);
        let item = item.unwrap_or_else(|| panic!("{label} is not offered in {before:?}"));
        let accepted = apply(&snapshot.post.text, std::slice::from_ref(&item.edit));
        assert_eq!(accepted, format!("---\n{after}\n---\n"), "{before:?}");
    };
    accepts("tags: [$0]", "tags: [\"AI\"]", "AI");
    accepts("tags: [$0]", "tags: [\"C#\"]", "C#");
    accepts("tags: [生$0]", "tags: [\"生成AI\"]", "生成AI");
    accepts("tags: $0", "tags: [\"AI\"]", "AI");
    accepts("tags: mach$0 x", "tags: [\"Machine Learning\", \"x\"]", "Machine Learning");
    accepts("tags:\n  - $0", "tags:\n  - \"AI\"", "AI");
    accepts("tags:\n  $0", "tags:\n  - \"AI\"", "AI");
    accepts("categories: [$0]", "categories: ['Tech']", "Tech");
    accepts("category: $0", "category: Tech", "Tech");
    // What stands beside it comes first, and so does what is typed.
    accepts("tags: [x, $0]", "tags: [x, AI]", "AI");
    accepts("tags: ['x', $0]", "tags: ['x', 'AI']", "AI");
    accepts("tags:\n- x\n- $0", "tags:\n- x\n- AI", "AI");
    accepts("tags: ['$0", "tags: ['AI'", "AI");
    accepts("tags: A$0", "tags: AI", "AI");
    accepts("tags: x mach$0", "tags: [\"x\", \"Machine Learning\"]", "Machine Learning");
}

#[test]
fn strings_that_jekyll_splits() {
    let both = |before: &str, after: &str, label: &str| {
        accepts(&format!("---\n{before}\n---\n"), label, &format!("---\n{after}\n---\n"));
    };
    both("tags: AI ru$0", "tags: AI Ruby", "Ruby");
    both("tags: AI $0", "tags: AI Ruby", "Ruby");
    both("tags: AI $0x # c", "tags: AI Ruby x # c", "Ruby");
    both("tags: AI mach$0 x", "tags: [AI, Machine Learning, x]", "Machine Learning");
    both("tags: AI the$0", "tags: [AI, \"C: the language\"]", "C: the language");
    both("tags: 20$0", "tags: [\"2024\"]", "2024");
    both("tags: AI 20$0", "tags: AI 2024", "2024");
    both("tags: 'AI ru$0'", "tags: 'AI Ruby'", "Ruby");
    both("tags: 'AI ru$0", "tags: 'AI Ruby'", "Ruby");
    both("tags: \"AI mach$0\"", "tags: [\"AI\", \"Machine Learning\"]", "Machine Learning");
    both("tag: mach$0", "tag: Machine Learning", "Machine Learning");
    both("tag: Machine $0", "tag: Machine Learning", "Machine Learning");
    both("category: $0", "category: Tech", "Tech");
    both("category:$0 # c", "category: Tech # c", "Tech");
    both("tags: $0", "tags: [Ruby]", "Ruby");
    both("tags: $0", "tags: [Ruby]", "Ruby");
    both("tags:ru$0", "tags: Ruby", "Ruby");
    both("categories: [Diary, $0", "categories: [Diary, Tech", "Tech");
}

#[test]
fn broken_and_open_blocks() {
    accepts(
        "---\ntitle: \"x\ndate: a: b\ntags: [AI, ru$0",
        "Ruby",
        "---\ntitle: \"x\ndate: a: b\ntags: [AI, Ruby",
    );
    accepts("---\ntags: [AI, $0\ntitle: x: y\n---\n", "Ruby", "---\ntags: [AI, Ruby\ntitle: x: y\n---\n");
    accepts("---\ntags:\n  $0", "Ruby", "---\ntags:\n  - Ruby");
    accepts("\u{feff}---\r\ntags: [$0]\r\n---\r\n", "Ruby", "\u{feff}---\r\ntags: [Ruby]\r\n---\r\n");
}

#[test]
fn nothing_elsewhere() {
    for document in [
        "---\ntags: [AI]\n---\ntags: [$0",
        "---\ntags: [AI] # [$0\n---\n",
        "---\ntags: [AI]$0\n---\n",
        "---\n# tags: $0\n---\n",
        "---\ntags: [\"AI\"$0]\n---\n",
        "---\ntags: [a, [$0]]\n---\n",
        "---\ntitle: $0\n---\n",
        "---\nmeta:\n  tags: [$0]\n---\n",
        "---\ntags: $0\n  - AI\n---\n",
        "--$0-\ntags: []\n---\n",
        "---\ntags: []\n$0---\n",
        "Body $0\n",
        "$0",
    ] {
        nothing(document);
    }
}

#[test]
fn keys_by_share() {
    check(
        "---\n$0\n---\n",
        expect![[r#"
            layout | 100 % of posts | layout: 
            title | 100 % of posts | title: 
            tags | 100 % of posts | tags: 
            categories | 100 % of posts | categories: 
            lang | 66 % of posts | lang: 
            comments | 33 % of posts | comments: 
            date |  | date: 
            excerpt |  | excerpt: 
            permalink |  | permalink: 
            published |  | published: 
            slug |  | slug: 
            category |  | category: 
            tag |  | tag: 
            excerpt_separator |  | excerpt_separator: 
            render_with_liquid |  | render_with_liquid: 
            author |  | author: 
            description |  | description: 
            image |  | image: 
            last_modified_at |  | last_modified_at: 
            canonical_url |  | canonical_url: 
            redirect_from |  | redirect_from: 
            sitemap |  | sitemap: 
        "#]],
    );
    check(
        "---\ntitle: x\nt$0: y\n---\n",
        expect![[r#"
            tags | 100 % of posts | tags: y
            tag |  | tag: y
            layout | 100 % of posts | layout: y
            categories | 100 % of posts | categories: y
            comments | 33 % of posts | comments: y
            date |  | date: y
            excerpt |  | excerpt: y
            category |  | category: y
            excerpt_separator |  | excerpt_separator: y
            render_with_liquid |  | render_with_liquid: y
            author |  | author: y
            description |  | description: y
            last_modified_at |  | last_modified_at: y
            redirect_from |  | redirect_from: y
            sitemap |  | sitemap: y
        "#]],
    );
    check(
        "---\nlay$0",
        expect![[r#"
        layout | 100 % of posts | layout: 
    "#]],
    );
}

#[test]
fn values_of_other_keys() {
    check(
        "---\nlayout: $0\n---\n",
        expect![[r#"
        post | 2 posts | layout: post
        link | 1 post | layout: link
        page |  | layout: page
    "#]],
    );
    check(
        "---\nauthor: $0\n---\n",
        expect![[r#"
        hanako | 山田花子 | author: hanako
    "#]],
    );
    check(
        "---\ncomments:$0\n---\n",
        expect![[r#"
        true | 1 post | comments: true
        false |  | comments: false
    "#]],
    );
    check(
        "---\npublished: f$0 # c\n---\n",
        expect![[r#"
        false |  | published: false # c
    "#]],
    );
    check(
        "---\ndate: $0\n---\n",
        expect![[r#"
        2026-01-02 12:04:05 +0900 |  | date: 2026-01-02 12:04:05 +0900
    "#]],
    );
    check(
        "---\nlang: $0\n---\n",
        expect![[r#"
        ja | 2 posts | lang: ja
    "#]],
    );
    check(
        "---\nauthors: [\"$0\"]\n---\n",
        expect![[r#"
        hanako | 山田花子 | authors: ["hanako"]
    "#]],
    );
}

#[test]
fn documentation_lists_the_latest_posts() {
    let (snapshot, offset) = fixture(&format!("{SITE}---\ntags: [ai$0\n---\n"));
    let completions = complete(&snapshot, offset);
    let item = completions.items.iter().find(|item| item.label == "AI").unwrap();
    assert_eq!(item.documentation, Some(Documentation::LatestPosts(TermKind::Tag)));
    let posts = latest_posts(&snapshot.site, &snapshot.zone(), TermKind::Tag, "AI");
    expect![[r#"
        - 2024-03-01 Three
        - 2024-02-01 Two
        - 2024-01-01 One
    "#]]
    .assert_eq(&posts.unwrap());
}

#[test]
fn many_tags_are_cut() {
    let tags: Vec<String> = (0..250).map(|n| format!("tag{n}")).collect();
    let site = format!(
        "//- /_posts/2024-01-01-a.md\n---\ntags: [{}]\n---\n//- /_posts/b.md\n---\ntags: [t$0]\n---\n",
        tags.join(", ")
    );
    let (snapshot, offset) = fixture(&site);
    let completions = complete(&snapshot, offset);
    assert_eq!((completions.items.len(), completions.incomplete), (super::MAX_ITEMS, true));
}

const LINKED: &str = "\
//- /_config.yml
baseurl: /blog
permalink: /:title/
//- /_posts/旅/2024-01-10-kyoto.md
---
title: 京都の春
---
//- /_posts/2024-03-01-tokyo.md
---
title: 東京
published: false
---
//- /about.md
---
title: このサイト
---
//- /assets/図/春 1.png
//- /_includes/a/note.html
//- /_posts/2025-06-01-here.md
---
layout: post
---
";

fn check_link(line: &str, expected: Expect) {
    let (snapshot, offset) = fixture(&format!("{LINKED}{line}\n"));
    let text = &snapshot.post.text;
    let mut shown = String::new();
    for item in complete(&snapshot, offset).items {
        let after = apply(text, std::slice::from_ref(&item.edit));
        let detail = item.detail.unwrap_or_default();
        shown.push_str(&format!(
            "{} | {detail} | {}\n",
            item.label,
            after.lines().last().unwrap_or_default()
        ));
    }
    expected.assert_eq(&shown);
}

#[test]
fn names_and_addresses_in_the_body() {
    check_link("🎉 [a]({% post_url きょ$0", expect![""]);
    check_link(
        "[a]({% post_url 京都$0xx %}#x)",
        expect![[r#"
        京都の春 | 2024-01-10 | [a]({% post_url 旅/2024-01-10-kyoto %}#x)
    "#]],
    );
    check_link(
        "{% post_url kyo$0 %}",
        expect![[r#"
        京都の春 | 2024-01-10 | {% post_url 旅/2024-01-10-kyoto %}
        東京 | 2024-03-01, not published | {% post_url 2024-03-01-tokyo %}
    "#]],
    );
    check_link(
        "{% link 春$0 %}",
        expect![[r#"
        京都の春 | 2024-01-10 | {% link _posts/旅/2024-01-10-kyoto.md %}
        assets/図/春 1.png |  | {% link assets/図/春 1.png %}
    "#]],
    );
    check_link("{% link here$0 %}", expect![""]);
    check_link(
        "{% include $0 x=1 %}",
        expect![[r#"
        a/note.html |  | {% include a/note.html x=1 %}
    "#]],
    );
    check_link(
        "[a]($0)",
        expect![[r#"
            京都の春 | 2024-01-10 | [a](/blog/kyoto/)
            このサイト | about.md | [a](/blog/about/)
            東京 | 2024-03-01, not published | [a](/blog/tokyo/)
        "#]],
    );
    check_link(
        "[a](2024-01-10$0)",
        expect![[r#"
        京都の春 | 2024-01-10 | [a](/blog/kyoto/)
    "#]],
    );
    check_link(
        "[a](about.md$0)",
        expect![[r#"
        このサイト | about.md | [a](/blog/about/)
    "#]],
    );
    check_link(
        "[a]({{ site.baseurl }}/ky$0)",
        expect![[r#"
        京都の春 | 2024-01-10 | [a]({{ site.baseurl }}/kyoto/)
        東京 | 2024-03-01, not published | [a]({{ site.baseurl }}/tokyo/)
    "#]],
    );
    check_link(
        "![a](春$0)",
        expect![[r#"
        assets/図/春 1.png |  | ![a](/blog/assets/図/春%201.png)
    "#]],
    );
    check_link("[a](https://$0) 京$0都", expect![""]);
}

/// Clients show what begins as the author has typed.
#[test]
fn what_is_found_by_the_name_of_its_file_stays_in_the_list() {
    for typed in ["2024-01-10", "about.m"] {
        let (snapshot, offset) = fixture(&format!("{LINKED}[a]({typed}$0)\n"));
        let items = complete(&snapshot, offset).items;
        let [item] = &items[..] else { panic!("{typed}: {} items", items.len()) };
        assert!(
            item.filter_text.starts_with(typed) && item.filter_text.len() > typed.len(),
            "{}",
            item.filter_text
        );
        assert!(!item.filter_text.contains("京都"), "{}", item.filter_text);
    }
}

fn check_anchor(line: &str, expected: Expect) {
    let site = format!(
        "//- /_posts/2024-01-10-kyoto.md\n---\ntitle: 京都\n---\n# 見どころ `A`\n## 見どころ\n<a name='x'></a>\n\
         //- /_posts/2025-01-01-a.md\n---\ntitle: a\n---\n# 春 の 朝\n\n{line}\n"
    );
    let (snapshot, offset) = fixture(&site);
    let all = crate::features::testing::texts(&site);
    let text = &snapshot.post.text;
    let mut shown = String::new();
    for item in complete_in_site(&snapshot, &|path: &str| all.get(path).cloned(), offset).items {
        let after = apply(text, std::slice::from_ref(&item.edit));
        let detail = item.detail.unwrap_or_default();
        shown.push_str(&format!(
            "{} | {detail} | {}\n",
            item.label,
            after.lines().last().unwrap_or_default()
        ));
    }
    expected.assert_eq(&shown);
}

#[test]
fn anchors_of_this_and_of_other_pages() {
    check_anchor(
        "🎉 [a](#$0)",
        expect![[r#"
        春 の 朝 | h1 | 🎉 [a](#春-の-朝)
    "#]],
    );
    check_anchor(
        "🎉 [a](#春$0",
        expect![[r#"
        春 の 朝 | h1 | 🎉 [a](#春-の-朝
    "#]],
    );
    check_anchor(
        "[a]({% post_url 2024-01-10-kyoto %}#$0)",
        expect![[r#"
        見どころ A | h1 | [a]({% post_url 2024-01-10-kyoto %}#見どころ-a)
        見どころ | h2 | [a]({% post_url 2024-01-10-kyoto %}#見どころ)
        x | anchor | [a]({% post_url 2024-01-10-kyoto %}#x)
    "#]],
    );
    check_anchor(
        "[a](/2024/01/10/kyoto.html#見$0x)",
        expect![[r#"
        見どころ A | h1 | [a](/2024/01/10/kyoto.html#見どころ-a)
        見どころ | h2 | [a](/2024/01/10/kyoto.html#見どころ)
    "#]],
    );
    check_anchor(
        "<a href='2024-01-10-kyoto.md#$0'>",
        expect![[r#"
            見どころ A | h1 | <a href='2024-01-10-kyoto.md#見どころ-a'>
            見どころ | h2 | <a href='2024-01-10-kyoto.md#見どころ'>
            x | anchor | <a href='2024-01-10-kyoto.md#x'>
        "#]],
    );
    check_anchor("[a](none.md#$0)", expect![[r#""#]]);
}

#[test]
fn images_in_the_front_matter() {
    check(
        "---\nheader_image: 春$0\n---\n//- /assets/図/春 1.png\n",
        expect![[r#"
        /assets/図/春 1.png |  | header_image: /assets/図/春 1.png
    "#]],
    );
}

#[test]
fn what_is_typed_to_its_end_takes_no_key() {
    let labels = |fixture_text: &str| {
        let (snapshot, offset) = fixture(fixture_text);
        complete(&snapshot, offset).items.into_iter().map(|item| item.label).collect::<Vec<_>>()
    };
    let site = "//- /_layouts/post.html\n//- /_posts/2024-01-01-b.md\n---\ntags: [Ruby]\n---\n";
    let post = |lines: &str| format!("{site}//- /_posts/2025-01-01-here.md\n---\n{lines}\n---\n");
    assert_eq!(labels(&post("layout: pos$0")), ["post"]);
    assert!(labels(&post("layout: post$0")).is_empty());
    assert_eq!(labels(&post("tags:\n  - Rub$0")), ["Ruby"]);
    assert!(labels(&post("tags:\n  - Ruby$0")).is_empty());
    // Here an author may go on below.
    assert!(labels(&post("tags:$0")).is_empty());
    assert_eq!(labels(&post("tags: $0")), ["Ruby"]);
}
