//! Small sites whose files move, by hand and at random.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Move, document_links, moves, references};
use crate::features::testing::fixture;
use crate::jekyll::{Clock, Config};
use crate::post::Post;
use crate::site::paths::{classify, is_in_site};
use crate::site::{Change, FileKind, Page, PostRecord, Site};
use crate::text::edit::apply;

pub(super) type Files = BTreeMap<String, String>;

pub(super) fn clock() -> Clock {
    Clock::utc("2026-01-01T00:00:00Z".parse().unwrap())
}

pub(super) fn site(files: &Files) -> Site {
    let config = files.get("_config.yml").map_or_else(Config::default, |text| Config::parse(text).unwrap());
    let mut changes = Vec::new();
    let includes = files.keys().filter_map(|path| path.strip_prefix("_includes/"));
    changes.push(Change::Includes(includes.map(Arc::from).collect()));
    for (path, text) in files {
        let (kind, post) = (classify(path, &config), Post::parse(text.as_str()));
        match kind {
            FileKind::Post | FileKind::BadPostName | FileKind::Draft | FileKind::Collection(_) => {
                changes.push(Change::Put(PostRecord::new(&post, path, kind, &config, &clock())));
            }
            _ if is_in_site(path, &config) => {
                changes.push(Change::File(path.as_str().into(), Page::new(&post, path, &config, &clock())));
            }
            FileKind::Data => changes.push(Change::Mentions(path.as_str().into(), Vec::new())),
            _ => {}
        }
    }
    Site::new(PathBuf::from("/site"), config).apply(changes)
}

pub(super) fn files(text: &str) -> Files {
    let split = |part: &str| {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        (path.trim().to_owned(), text.to_owned())
    };
    text.split("//- /").skip(1).map(split).collect()
}

/// The files after a move, with the edits made.
pub(super) fn moved(before: &Files, from: &str, to: &str) -> Files {
    let whole = |path: &str| before.get(path).map(|text| Arc::from(text.as_str()));
    let edits = moves(&site(before), &clock(), &whole, &[Move { from: from.into(), to: to.into() }]);
    let mut after = before.clone();
    for file in edits {
        let text = after.get_mut(&*file.path).unwrap();
        *text = apply(text, &file.edits);
    }
    let below = format!("{from}/");
    let paths: Vec<String> =
        after.keys().filter(|path| *path == from || path.starts_with(&below)).cloned().collect();
    for path in paths {
        let text = after.remove(&path).unwrap();
        after.insert(path.replacen(from, to, 1), text);
    }
    after
}

const SITE: &str = "\
//- /_config.yml
url: https://e.jp
baseurl: /blog
//- /_posts/2024-01-15-京都.md
---
title: 京都の春
image: /assets/春.png
---
[東京](2024-02-01-tokyo.md) ![](/blog/assets/春.png) {% include note.html %}
//- /_posts/2024-02-01-tokyo.md
---
title: 東京
---
🎉 [a]({% post_url 2024-01-15-京都 %}#宿) [b]({% link _posts/2024-01-15-京都.md %}) [c](2024-01-15-京都.md#x)
[d](/blog/2024/01/15/京都) [e](/2024/01/15/%E4%BA%AC%E9%83%BD.html?q) [f][r] {% raw %}{% post_url 2024-01-15-京都 %}{% endraw %}
`[g](2024-01-15-京都.md)` [h](https://e.jp/blog/2024/01/15/京都.html) <a href=\"{{ '/2024/01/15/京都.html' | relative_url }}\">

[r]: ./2024-01-15-京都.md '題'
//- /about.md
---
---
京都 [x]({{ site.baseurl }}/2024/01/15/京都.html) ![](assets/春.png)
//- /assets/春.png
//- /_includes/note.html
";

fn check(from: &str, to: &str, expected: Expect) {
    let before = files(SITE);
    let after = moved(&before, from, to);
    let mut shown = String::new();
    for (path, text) in &after {
        let old = before.get(&path.replacen(to, from, 1)).unwrap();
        let changed = text.lines().zip(old.lines()).filter(|(new, old)| new != old);
        for (line, _) in changed {
            shown.push_str(&format!("{path}: {line}\n"));
        }
        assert_eq!(text.lines().count(), old.lines().count());
    }
    expected.assert_eq(&shown);
}

#[test]
fn links_follow_a_file() {
    check(
        "_posts/2024-01-15-京都.md",
        "_posts/旅/2024-01-16-kyoto.md",
        expect![[r#"
        _posts/2024-02-01-tokyo.md: 🎉 [a]({% post_url 旅/2024-01-16-kyoto %}#宿) [b]({% link _posts/旅/2024-01-16-kyoto.md %}) [c](旅/2024-01-16-kyoto.md#x)
        _posts/2024-02-01-tokyo.md: [d](/blog/2024/01/16/kyoto) [e](/2024/01/16/kyoto.html?q) [f][r] {% raw %}{% post_url 2024-01-15-京都 %}{% endraw %}
        _posts/2024-02-01-tokyo.md: `[g](2024-01-15-京都.md)` [h](https://e.jp/blog/2024/01/16/kyoto.html) <a href="{{ '/2024/01/16/kyoto.html' | relative_url }}">
        _posts/2024-02-01-tokyo.md: [r]: ./旅/2024-01-16-kyoto.md '題'
        _posts/旅/2024-01-16-kyoto.md: [東京](../2024-02-01-tokyo.md) ![](/blog/assets/春.png) {% include note.html %}
        about.md: 京都 [x]({{ site.baseurl }}/2024/01/16/kyoto.html) ![](assets/春.png)
    "#]],
    );
    check(
        "assets/春.png",
        "assets/図/春 1.png",
        expect![[r#"
        _posts/2024-01-15-京都.md: image: /assets/図/春%201.png
        _posts/2024-01-15-京都.md: [東京](2024-02-01-tokyo.md) ![](/blog/assets/図/春%201.png) {% include note.html %}
        about.md: 京都 [x]({{ site.baseurl }}/2024/01/15/京都.html) ![](assets/図/春%201.png)
    "#]],
    );
    check(
        "assets",
        "図",
        expect![[r#"
        _posts/2024-01-15-京都.md: image: /図/春.png
        _posts/2024-01-15-京都.md: [東京](2024-02-01-tokyo.md) ![](/blog/図/春.png) {% include note.html %}
        about.md: 京都 [x]({{ site.baseurl }}/2024/01/15/京都.html) ![](図/春.png)
    "#]],
    );
    check(
        "_includes/note.html",
        "_includes/a/note.html",
        expect![[r#"
        _posts/2024-01-15-京都.md: [東京](2024-02-01-tokyo.md) ![](/blog/assets/春.png) {% include a/note.html %}
    "#]],
    );
    check(
        "about.md",
        "pages/about.md",
        expect![[r#"
        pages/about.md: 京都 [x]({{ site.baseurl }}/2024/01/15/京都.html) ![](../assets/春.png)
    "#]],
    );
}

#[test]
fn a_relative_url_stays_one() {
    let text = "//- /_config.yml\npermalink: /:title/\n//- /_posts/2024-01-01-a.md\n---\n---\n\
        [a](../bee/) [b](../bee) [c](2024-01-02-bee.md) [d](./2024-01-02-bee.md)\n//- /_posts/2024-01-02-bee.md\n---\n---\n";
    for (to, expected) in [
        (
            "_posts/2024-01-02-cee.md",
            "[a](../cee/) [b](../cee) [c](2024-01-02-cee.md) [d](./2024-01-02-cee.md)",
        ),
        (
            "_posts/m/2024-01-02-cee.md",
            "[a](../cee/) [b](../cee) [c](m/2024-01-02-cee.md) [d](./m/2024-01-02-cee.md)",
        ),
    ] {
        let after = moved(&files(text), "_posts/2024-01-02-bee.md", to);
        let lines = after.get("_posts/2024-01-01-a.md").and_then(|text| text.lines().nth(2));
        assert_eq!(lines, Some(expected), "{to}");
    }
}

#[test]
fn an_extension_stays_that_the_url_does_not_have() {
    let text = "//- /_config.yml\npermalink: /:title\n//- /_posts/2024-01-15-a.md\n---\n---\n//- /about.md\n---\n---\n[a](/a.html) [b](/a) [c](/a/)\n";
    let after = moved(&files(text), "_posts/2024-01-15-a.md", "_posts/2024-01-15-b.md");
    assert_eq!(after.get("about.md").map(String::as_str), Some("---\n---\n[a](/b.html) [b](/b) [c](/b/)\n"));
}

#[test]
fn what_links_here_and_what_can_be_opened() {
    let (snapshot, cursor) = fixture(&SITE.replacen("title: 京都の春", "title: 京都$0の春", 1));
    let all = files(SITE);
    let whole = |path: &str| all.get(path).map(|text| Arc::from(text.as_str()));
    let found = references(&snapshot, &whole, cursor).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|file| (&*file.path, file.spans.iter().map(|span| span.of(&file.text)).collect::<Vec<_>>()))
        .collect();
    let forms = vec![
        "2024-01-15-京都",
        "_posts/2024-01-15-京都.md",
        "2024-01-15-京都.md",
        "/blog/2024/01/15/京都",
        "/2024/01/15/%E4%BA%AC%E9%83%BD.html",
        "https://e.jp/blog/2024/01/15/京都.html",
        "/2024/01/15/京都.html",
        "./2024-01-15-京都.md",
    ];
    assert_eq!(found, [("_posts/2024-02-01-tokyo.md", forms), ("about.md", vec!["/2024/01/15/京都.html"])]);
    let links: Vec<_> = document_links(&snapshot, &whole).into_iter().map(|link| link.path).collect();
    let targets = ["assets/春.png", "_posts/2024-02-01-tokyo.md", "assets/春.png", "_includes/note.html"];
    assert_eq!(links, targets);
}

#[test]
fn a_page_of_html_has_no_code_by_its_blanks() {
    let body = "---\n---\n<ul>\n\n    <li><a href=\"/2024/01/02/a.html\">$0</a></li>\n</ul>\n";
    let post = "//- /_posts/2024-01-02-a.md\n---\n---\n";
    for (name, expected) in [("index.html", 1), ("index.md", 0)] {
        let (snapshot, offset) = fixture(&format!("//- /{name}\n{body}{post}"));
        assert_eq!(document_links(&snapshot, &|_| None).len(), expected, "{name}");
        assert_eq!(super::definition(&snapshot, &|_| None, offset - 5).is_some(), expected > 0, "{name}");
    }
}

const PATHS: [&str; 9] = [
    "_posts/2024-01-15-京都.md",
    "_posts/2024-01-15-kyoto.md",
    "_posts/旅/2024-02-01-a b.md",
    "en/_posts/2024-03-01-x.md",
    "_drafts/idea.md",
    "about.md",
    "docs/index.md",
    "assets/図/春.png",
    "assets/haru.png",
];

const NEW: [&str; 8] = [
    "_posts/2025-05-05-新.md",
    "_posts/sub/2025-05-05-new one.md",
    "ja/_posts/2025-05-05-z.md",
    "_drafts/sub/x.md",
    "pages/新.md",
    "new.md",
    "assets/new.png",
    "図/新 (1).png",
];

fn link() -> impl Strategy<Value = String> {
    let path = prop::sample::select(PATHS.to_vec());
    let urls = [
        "2024/01/15/京都",
        "2024/01/15/kyoto.html",
        "2024/02/01/a%20b.html",
        "about",
        "docs/",
        "en/2024/03/01/x.html",
    ];
    prop_oneof![
        path.clone().prop_map(|path| format!("[a](</{path}>)")),
        path.clone().prop_map(|path| format!("[a](<../{path}#x>)")),
        path.clone().prop_map(|path| format!("![a](<{path}>)")),
        path.clone().prop_map(|path| format!("{{% link {path} %}}")),
        path.prop_map(|path| format!(
            "{{% post_url {} %}}#日",
            path.replace("_posts/", "").trim_end_matches(".md")
        )),
        prop::sample::select(urls.to_vec()).prop_map(|url| format!("[b](/{url}?q#x)")),
        prop::sample::select(urls.to_vec()).prop_map(|url| format!("[b](/blog/{url})")),
        prop::sample::select(urls.to_vec()).prop_map(|url| format!("[b]({{{{ site.baseurl }}}}/{url})")),
        Just("`[c](about.md)` 日本 🎉".to_owned()),
    ]
}

/// Every link that leads somewhere, as the file that it leads to, and the text around the links.
fn graph(files: &Files) -> Vec<(String, Vec<Option<String>>, String)> {
    let site = site(files);
    let zone = jiff::tz::TimeZone::UTC;
    let one = |(path, text): (&String, &String)| {
        let links = Post::parse(text.as_str()).links();
        let targets = links.iter().map(|link| site.target(path, text, link, &zone).map(|it| it.path(path)));
        let mut rest = text.clone();
        let mut spans: Vec<_> = links.iter().map(|link| link.target).collect();
        spans.sort_unstable();
        spans.dedup();
        for span in spans.into_iter().rev() {
            rest.replace_range(span.start..span.end, "*");
        }
        (path.clone(), targets.collect(), rest)
    };
    files.iter().map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn every_link_leads_where_it_led(
        bodies in prop::collection::vec(prop::collection::vec(link(), 0..5), PATHS.len()),
        from in 0..PATHS.len(),
        to in 0..NEW.len(),
    ) {
        let mut before = Files::from([("_config.yml".to_owned(), "baseurl: /blog\n".to_owned())]);
        for (path, links) in PATHS.iter().zip(bodies) {
            let text = if path.ends_with(".png") { String::new() } else { format!("---\n---\n{}\n", links.join("\n")) };
            before.insert((*path).to_owned(), text);
        }
        let (from, to) = (PATHS[from], NEW[to]);
        // A file stays what it is: an image an image, a post a post.
        let same = (from.ends_with(".png") == to.ends_with(".png")) && (from.contains("_posts/") == to.contains("_posts/"))
            && (from.contains("_drafts/") == to.contains("_drafts/"));
        prop_assume!(same);
        let after = moved(&before, from, to);
        let renamed = |path: &String| if path == from { to.to_owned() } else { path.clone() };
        let mut expected: Vec<_> = graph(&before)
            .into_iter()
            .map(|(path, targets, rest)| {
                (renamed(&path), targets.into_iter().map(|target| target.as_ref().map(renamed)).collect::<Vec<_>>(), rest)
            })
            .collect();
        expected.sort();
        let found = graph(&after);
        for (expected, found) in expected.iter().zip(&found) {
            prop_assert_eq!(&expected.0, &found.0);
            prop_assert_eq!(&expected.2, &found.2);
            for (was, is) in expected.1.iter().zip(&found.1) {
                // What led nowhere may lead to the new file.
                prop_assert!(was.is_none() || was == is, "{} {:?} {:?}\n{:?}", expected.0, was, is, after);
            }
        }
    }
}
