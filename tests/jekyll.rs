//! Holds us to Jekyll: what it reads in a post and publishes of it, rule by rule. Each case is one that Jekyll 4.3
//! was read or seen to decide so.

// A test that cannot be set up has failed.
#![allow(clippy::unwrap_used, clippy::panic)]

use masthead::jekyll::data::Origin;
use masthead::jekyll::reading::{self, FileFacts};
use masthead::jekyll::{Clock, Config, Reading, Status, date, ruby};
use masthead::post::Post;
use masthead::post::front_matter::{Node, Value};

const NOW: &str = "2026-01-01T00:00:00Z";

fn clock() -> Clock {
    Clock::utc(NOW.parse().unwrap())
}

fn read(config: &str, path: &str, text: &str) -> Reading {
    let config = Config::parse(config).unwrap();
    reading::read(&Post::parse(text), path, &config, &clock())
}

/// A post with these lines of front matter.
fn post(config: &str, path: &str, front_matter: &str) -> Reading {
    read(config, path, &format!("---\n{front_matter}\n---\nBody\n"))
}

fn list(items: &[Node]) -> String {
    let item = |item: &Node| format!("{}:{}", ruby::class(&item.value), item.value.display());
    items.iter().map(item).collect::<Vec<_>>().join(" ")
}

/// What of a reading a case is about, as one text.
fn shown(reading: &Reading, what: &str) -> String {
    let none = || "none".to_owned();
    match what {
        "url" => reading.url.clone().unwrap_or_else(none),
        "title" => reading.title.inspect(),
        "slug" => reading.slug.clone().unwrap_or_else(none),
        "date" => reading.date.map_or_else(none, |date| date.to_string()),
        "tags" => list(&reading.tags),
        "categories" => list(&reading.categories),
        "layout" => reading.layout.as_ref().map_or_else(none, Value::inspect),
        "status" => match &reading.reason {
            None => format!("{:?}", reading.status),
            Some(reason) => format!("{:?} {reason:?}", reading.status),
        },
        key => reading.data.get(key).map_or_else(none, Value::inspect),
    }
}

/// Cases of `_posts/2024-03-05-my-post.md`: config, front matter, what to look at, the expectation.
fn check(cases: &[(&str, &str, &str, &str)]) {
    for (config, front_matter, what, expected) in cases {
        let reading = post(config, "_posts/2024-03-05-my-post.md", front_matter);
        assert_eq!(shown(&reading, what), *expected, "config {config:?}, front matter {front_matter:?}");
    }
}

/// Cases of the path: config, path, front matter, what to look at, the expectation.
fn check_paths(cases: &[(&str, &str, &str, &str, &str)]) {
    for (config, path, front_matter, what, expected) in cases {
        let reading = post(config, path, front_matter);
        assert_eq!(shown(&reading, what), *expected, "config {config:?}, {path}, {front_matter:?}");
    }
}

#[test]
fn a_block_that_is_not_seen_is_body() {
    for (text, title) in [
        ("---\ntitle: T\n---\n", "\"T\""),
        ("\u{feff}---\ntitle: T\n---\n", "\"T\""),
        ("---\r\ntitle: T\r\n---\r\n", "\"T\""),
        ("---  \n\n\ntitle: T\n...\nx", "\"T\""),
        ("---\n---\n", "\"My Post\""),
        ("", "\"My Post\""),
        ("\n---\ntitle: T\n---\n", "\"My Post\""),
        ("--- # c\ntitle: T\n---\n", "\"My Post\""),
        ("---\u{a0}\ntitle: T\n---\n", "\"My Post\""),
        ("---\ntitle: T\n----\n", "\"My Post\""),
        ("---\rtitle: T\r---\r", "\"My Post\""),
    ] {
        let reading = read("", "_posts/2024-03-05-my-post.md", text);
        assert_eq!(
            (shown(&reading, "title").as_str(), reading.status),
            (title, Status::Published),
            "{text:?}"
        );
    }
}

#[test]
fn a_block_that_does_not_load_is_lost_and_the_post_published() {
    let lost = "/2026/01/01/2024-03-05-my-post.html";
    let defaults = "defaults: [{values: {layout: post, title: D}}]";
    check(&[
        ("", "title: [T", "status", "Broken Unreadable"),
        ("", "title: [T", "url", lost),
        ("", "title: [T", "title", "nil"),
        ("", "title: [T", "slug", "none"),
        ("", "title: [T", "date", NOW),
        (defaults, "title: [T", "layout", "\"post\""),
        (defaults, "title: [T", "title", "\"D\""),
        ("", "- a", "status", "Broken NotMapping"),
        ("", "42", "url", lost),
        ("", "~", "status", "Published"),
        ("", "no", "title", "\"My Post\""),
        ("", "# only a comment", "title", "\"My Post\""),
        ("", "categories: 7", "status", "Broken CategoriesType(\"Integer\")"),
        ("", "title: T\ncategories: {a: b}", "url", lost),
        ("strict_front_matter: true", "title: [T", "status", "Aborts Strict"),
    ]);
}

#[test]
fn the_last_day_of_all() {
    check(&[
        ("", "date: 9999-12-31", "url", "/9999/12/31/my-post.html"),
        ("", "date: 9999-12-30 12:00", "url", "/9999/12/30/my-post.html"),
        ("timezone: Asia/Tokyo", "date: 9999-12-31", "url", "/9999/12/31/my-post.html"),
    ]);
    check_paths(&[("", "_posts/9999-12-31-top.md", "", "url", "/9999/12/31/top.html")]);
}

#[test]
fn defaults_at_which_jekyll_fails_leave_a_post_out() {
    let behind = "defaults: [{scope: {path: ''}, values: {layout: a}}, {values: {layout: b}}]";
    let number = "defaults: [{values: {categories: 7}}]";
    check(&[
        (behind, "title: T", "status", "Dropped Defaults(ScopelessAfterAnother { entry: 1 })"),
        (number, "title: T", "status", "Dropped CategoriesType(\"Integer\")"),
    ]);
    let strict = format!("{number}\nstrict_front_matter: true");
    check(&[(&strict, "title: T", "status", "Aborts Strict")]);
}

#[test]
fn healthy_lines_of_a_lost_block_are_still_known() {
    let reading = post("", "_posts/2024-03-05-my-post.md", "title: \"T\ntags: [a]\ncategories: [b]");
    let healthy = reading.healthy.as_deref().unwrap();
    assert_eq!((list(&healthy.tags).as_str(), list(&healthy.categories).as_str()), ("String:a", "String:b"));
    assert_eq!((list(&reading.tags).as_str(), list(&reading.categories).as_str()), ("", ""));
}

#[test]
fn titles_and_slugs() {
    check(&[
        ("", "x: 1", "title", "\"My Post\""),
        ("", "title:", "title", "\"My Post\""),
        ("", "title: no", "title", "\"My Post\""),
        ("", "title: ''", "title", "\"\""),
        ("", "title: 1.10", "title", "1.1"),
        ("", "title: 2023,2024", "title", "20232024"),
        ("", "title: [a]", "title", "[\"a\"]"),
        ("", "Title: T", "title", "\"My Post\""),
        ("", "title: a\ntitle: b", "title", "\"b\""),
        ("", "x: 1", "slug", "my-post"),
        ("", "slug: My Own", "slug", "My Own"),
        ("", "slug: My Own", "url", "/2024/03/05/My-Own.html"),
        ("", "slug: ''", "url", "/2024/03/05/.html"),
        ("", "slug: no", "url", "/2024/03/05/my-post.html"),
        ("", "slug: 7", "status", "Aborts Url(SlugNotText)"),
        ("", "slug: 7\npermalink: /a/", "status", "Published"),
    ]);
    check_paths(&[
        ("", "_posts/2024-03-05-ÉTÉ-à-la_mer.md", "", "title", "\"Été À La_mer\""),
        ("", "_posts/2024-03-05-.md", "", "title", "\"\""),
        ("", "_posts/2024-03-05-.md", "", "url", "/2024/03/05/.html"),
        ("", "_posts/2024-03-05-wait...md", "", "slug", "wait"),
        ("", "_posts/2024-03-05-日　の.md", "", "url", "/2024/03/05/%E6%97%A5-%E3%81%AE.html"),
    ]);
}

#[test]
fn dates_and_zones() {
    let tokyo = "timezone: Asia/Tokyo";
    let dated = "defaults: [{values: {date: '2020-02-02'}}]";
    check(&[
        ("", "date: 2024-04-01", "date", "2024-04-01T00:00:00Z"),
        (tokyo, "date: 2024-04-01", "date", "2024-03-31T15:00:00Z"),
        (tokyo, "date: 2024-04-01", "url", "/2024/04/01/my-post.html"),
        (tokyo, "date: 2024-04-01 08:00:00", "date", "2024-04-01T08:00:00Z"),
        (tokyo, "date: 2024-04-01 08:00", "date", "2024-03-31T23:00:00Z"),
        (tokyo, "date: '2024-04-01 08:00:00'", "date", "2024-03-31T23:00:00Z"),
        (tokyo, "date: 2024-04-01 20:00:00", "url", "/2024/04/02/my-post.html"),
        ("", "date: 2024-04-01 08:00:00 +0900", "url", "/2024/03/31/my-post.html"),
        (tokyo, "date: 2024-04-01 08:00:00 +0900", "url", "/2024/04/01/my-post.html"),
        (tokyo, "date: 2024-04-01 08:00:00 +09:00 # noon", "url", "/2024/04/01/my-post.html"),
        ("", "date: 2024-02-30", "date", "2024-03-01T00:00:00Z"),
        ("", "date: 03/05/2024", "date", "2024-05-03T00:00:00Z"),
        ("", "date: 2024-04-01 JST", "date", "2024-04-01T00:00:00Z"),
        ("", "title: T\ndate:", "status", "Aborts Date(InvalidDate { text: \"\" })"),
        ("", "date: 2024", "status", "Aborts Date(InvalidDate { text: \"2024\" })"),
        ("", "date: 2024年3月5日", "status", "Aborts Date(InvalidDate { text: \"2024年3月5日\" })"),
        ("", "date: {}", "status", "Aborts Date(InvalidDate { text: \"{}\" })"),
        (dated, "date:", "date", "2020-02-02T00:00:00Z"),
        (dated, "x: 1", "date", "2020-02-02T00:00:00Z"),
        // the name's date counts where the front matter's is the very moment of the build
        ("", "date: 2026-01-01 00:00:00", "date", "2024-03-05T00:00:00Z"),
    ]);
    check_paths(&[
        (tokyo, "_posts/2024-3-5-x.md", "", "date", "2024-03-04T15:00:00Z"),
        (tokyo, "_posts/24-3-5-x.md", "", "url", "/2024/03/05/x.html"),
        ("", "_posts/124-03-05-x.md", "", "url", "/0124/03/05/x.html"),
        ("", "_posts/2024-02-30-x.md", "", "url", "/2024/03/01/x.html"),
        ("", "_posts/2024-13-01-x.md", "", "status", "Aborts NameDate(InvalidDate { text: \"2024-13-01\" })"),
        ("", "_posts/2024-13-01-x.md", "date: 2024-01-01", "status", "Published"),
    ]);
}

#[test]
fn tags() {
    let typed = "String:b String:a String:b Integer:2024 Boolean:true Float:1.1";
    check(&[
        ("", "tags: AI, ML", "tags", "String:AI, String:ML"),
        ("", "tags: 機械学習、AI　入門", "tags", "String:機械学習、AI　入門"),
        ("", "tags: [b, a, b, ~, 2024, yes, 1.10]", "tags", typed),
        ("", "tags: [[a], [b, [c]]]", "tags", "String:a String:b String:c"),
        ("", "tags: 2024", "tags", ""),
        ("", "tags:", "tags", ""),
        ("", "tag: one two\ntags: [x]", "tags", "String:one two"),
        ("", "tag:\ntags: x", "tags", "String:x"),
        ("defaults: [{values: {tags: [d]}}]", "tags: [x]", "tags", "String:x"),
        ("defaults: [{values: {tags: [d]}}]", "tags:", "tags", "String:d"),
        ("defaults: [{values: {tag: d}}]", "tags: [x]", "tags", "String:d"),
    ]);
}

#[test]
fn categories() {
    check(&[
        ("", "categories: b a b", "categories", "String:b String:a"),
        ("", "category: machine learning", "categories", "String:machine learning"),
        ("", "categories: [a]\ncategory: b", "categories", "String:a String:b"),
        ("", "categories: [2024, ~]", "categories", "Integer:2024 nil: String:2024 String:"),
        ("", "categories: [Big Data, big data]", "url", "/big%20data/2024/03/05/my-post.html"),
        ("", "categories: [C#, 日]", "url", "/c%23/%E6%97%A5/2024/03/05/my-post.html"),
        ("", "categories:", "categories", ""),
        ("defaults: [{values: {categories: d}}]", "categories: [x]", "categories", "String:d String:x"),
        ("defaults: [{values: {category: d}}]", "categories: [x]", "categories", "String:x String:d"),
    ]);
    check_paths(&[
        ("", "a/B c/_posts/2024-03-05-x.md", "categories: y", "categories", "String:a String:B c String:y"),
        ("", "a/_posts/b/2024-03-05-x.md", "", "url", "/a/2024/03/05/x.html"),
        ("", "my/_drafts/x.md", "", "categories", "String:my"),
    ]);
}

#[test]
fn what_hides_a_post() {
    let hidden = "defaults: [{values: {published: false}}]";
    check(&[
        ("", "published: false", "status", "Unpublished Unpublished"),
        ("", "published: off", "status", "Unpublished Unpublished"),
        ("", "published:", "status", "Unpublished Unpublished"),
        ("", "published: 'false'", "status", "Published"),
        ("", "published: 0", "status", "Published"),
        ("", "published: n", "status", "Published"),
        ("unpublished: true", "published: false", "status", "Published"),
        (hidden, "x: 1", "status", "Unpublished Unpublished"),
        (hidden, "title: [", "status", "Unpublished Unpublished"),
        ("", "draft: true", "status", "Published"),
        ("", "date: 2026-01-01 00:00:01", "status", "Future Future"),
        ("future: true", "date: 2026-01-02", "status", "Published"),
        ("timezone: America/New_York", "date: 2026-01-01", "status", "Future Future"),
        ("timezone: Asia/Tokyo", "date: 2026-01-01 08:00", "status", "Published"),
        ("", "date: 2026-01-02\npublished: false", "status", "Unpublished Unpublished"),
    ]);
    check_paths(&[
        ("", "_drafts/idea.md", "", "status", "Draft Draft"),
        ("show_drafts: true", "_drafts/idea.md", "", "status", "Published"),
        ("", "_drafts/2024-03-05-idea.md", "", "url", "/2024/03/05/idea.html"),
        ("", "_drafts/idea.md", "date: 2027-01-01", "status", "Future Future"),
        ("", "_posts/2024-03-05-x.yml", "", "status", "Dropped NoContent"),
    ]);
    let config = Config::default();
    for (utf16, expected) in [(false, "Dropped NotUtf8"), (true, "Dropped NoContent")] {
        let reading = reading::not_text("_posts/2024-03-05-x.md", utf16, &config, &clock());
        assert_eq!(shown(&reading, "status"), expected);
        assert_eq!(shown(&reading, "url"), "/2026/01/01/2024-03-05-x.html");
    }
    assert_eq!(shown(&reading::bad_name(), "status"), "Dropped BadName");
}

#[test]
fn a_draft_without_a_date_bears_that_of_its_file() {
    let facts = FileFacts { modified: Some("2026-05-06T07:08:09Z".parse().unwrap()) };
    let post = Post::parse("---\ntitle: T\n---\n");
    let reading = reading::read_file(&post, "_drafts/idea.md", facts, &Config::default(), &clock());
    assert_eq!(shown(&reading, "url"), "/2026/05/06/idea.html");
    assert_eq!(shown(&reading, "status"), "Draft Draft");
}

#[test]
fn permalinks() {
    let named = "collections: {posts: {permalink: '/p/:name/'}}\npermalink: pretty";
    check(&[
        ("permalink: pretty", "", "url", "/2024/03/05/my-post/"),
        ("permalink: none", "categories: [a, b]", "url", "/a/b/my-post.html"),
        ("permalink: ordinal", "", "url", "/2024/065/my-post.html"),
        ("permalink: weekdate", "", "url", "/2024/W10/Tue/my-post.html"),
        ("permalink: /blog/:title", "", "url", "/blog/my-post"),
        ("permalink: b/:year-:i_month-:i_day/:slug:output_ext", "", "url", "/b/2024-3-5/my-post.html"),
        ("permalink: /:year_:month_x/", "", "status", "Aborts Url(UnknownPlaceholder(\"month_x\"))"),
        ("permalink: /:author/", "", "url", "none"),
        (named, "", "url", "/p/2024-03-05-my-post/"),
        ("", "permalink: pretty", "url", "/pretty"),
        ("permalink: pretty", "permalink: /a b/:title.html", "url", "/a b/my-post.html"),
        ("", "permalink: ''", "url", "/"),
        ("permalink: pretty", "permalink: no", "url", "/2024/03/05/my-post/"),
        ("", "permalink: [a]", "status", "Aborts Url(PermalinkNotText)"),
        ("", "permalink: 7", "status", "Aborts Url(PermalinkNotText)"),
        ("defaults: [{values: {permalink: '/d/:title/'}}]", "", "url", "/d/my-post/"),
        ("baseurl: /base", "", "url", "/2024/03/05/my-post.html"),
        ("", "permalink: ../../x//y/", "url", "/x/y/"),
        ("permalink: /:categories/:title/", "categories: ['日本: x']", "url", "none"),
    ]);
    check_paths(&[
        ("", "_posts/2024-03-05-a.txt", "", "url", "/2024/03/05/a.txt"),
        ("markdown_ext: txt", "_posts/2024-03-05-a.txt", "", "url", "/2024/03/05/a.html"),
        ("permalink: ':path'", "_posts/x/2024-03-05-A b.md", "", "url", "/x/2024-03-05-A%20b"),
    ]);
}

#[test]
fn defaults() {
    let two = "defaults:\n- scope: {path: _posts}\n  values: {layout: long, a: {x: 1, y: 1}}\n\
               - scope: {path: ''}\n  values: {layout: short, a: {y: 2, z: 2}}\n";
    check(&[
        (two, "", "layout", "\"long\""),
        (two, "", "a", r#"{"y"=>1, "z"=>2, "x"=>1}"#),
        (two, "a: {y: 3}", "a", r#"{"y"=>3, "z"=>2, "x"=>1}"#),
        (two, "a: 3", "a", "3"),
        (two, "layout:", "layout", "\"long\""),
        (two, "layout: no", "layout", "false"),
        ("defaults: {a: b}", "", "layout", "none"),
    ]);
    let drafts = "defaults: [{scope: {type: drafts}, values: {layout: d}}]";
    let posts = "defaults: [{scope: {type: posts}, values: {layout: d}}]";
    let prefix = "defaults: [{scope: {path: _posts/ja}, values: {layout: d}}]";
    let moved = "collections_dir: c\ndefaults: [{scope: {path: _posts}, values: {layout: d}}]";
    check_paths(&[
        (drafts, "_drafts/x.md", "", "layout", "none"),
        (posts, "_drafts/x.md", "", "layout", "\"d\""),
        (prefix, "_posts/jazz/2024-03-05-x.md", "", "layout", "\"d\""),
        (moved, "c/_posts/2024-03-05-x.md", "", "layout", "\"d\""),
    ]);
}

#[test]
fn collections() {
    let config = "permalink: pretty\ncollections:\n  docs: {output: true}\n  posts: {}\n  \
                  people: {permalink: '/who/:name/'}\n";
    check_paths(&[
        (config, "_docs/Guide/First steps.md", "", "url", "/docs/Guide/First%20steps/"),
        (config, "_docs/first-steps.md", "", "title", "\"First Steps\""),
        (config, "_docs/2024-03-05-first.md", "", "slug", "first"),
        (config, "_docs/x/y.md", "", "categories", ""),
        (config, "_people/Ada L.md", "", "url", "/who/ada-l/"),
        (config, "_people/ada.md", "published:", "status", "Published"),
        (config, "_people/ada.md", "published: false", "status", "Unpublished Unpublished"),
        (config, "_people/ada.md", "x: 1", "date", NOW),
    ]);
    let reading = read(config, "_docs/plain.md", "No front matter\n");
    assert_eq!(shown(&reading, "status"), "Dropped StaticFile");
}

#[test]
fn values_say_where_they_come_from() {
    let config = "defaults:\n- values: {layout: post, title: D}\n";
    let text = "---\ntitle: T\ntags: a\n---\n";
    let reading = read(config, "x/_posts/2024-03-05-my-post.md", text);
    let origin = |key: &str| reading.data.entry(key).map(|entry| entry.origin).unwrap();
    let Origin::File { key, value } = origin("title") else { panic!("{:?}", origin("title")) };
    assert_eq!((key.of(text), value.of(text)), ("title", "T"));
    let Origin::Defaults { entry: 0, value, line: _ } = origin("layout") else {
        panic!("{:?}", origin("layout"))
    };
    assert_eq!(value.of(config), "post");
    assert!(matches!(origin("tags"), Origin::File { .. }));
    assert_eq!(
        (origin("date"), origin("slug"), origin("categories")),
        (Origin::Path, Origin::Path, Origin::Path)
    );
}

#[test]
fn the_site_zone_beats_the_machines() {
    let machine = Clock { now: NOW.parse().unwrap(), zone: date::zone("Asia/Tokyo") };
    for (config, expected) in [("", "2024-03-04T15:00:00Z"), ("timezone: UTC", "2024-03-05T00:00:00Z")] {
        let config = Config::parse(config).unwrap();
        let reading = reading::read(&Post::parse(""), "_posts/2024-03-05-x.md", &config, &machine);
        assert_eq!(shown(&reading, "date"), expected);
    }
}

/// Where Jekyll sees no block, all of the file is body.
#[test]
fn excerpts_begin_where_the_body_does() {
    for (text, expected) in [
        ("---\ntitle: T\n---\n\nOne.\n\nTwo.\n", "One."),
        ("\u{feff}---\ntitle: T\n---x\nOne.\n\nTwo.\n", "---\ntitle: T\n---x\nOne."),
        ("---\nexcerpt: 抜粋\n---\nOne.\n", "抜粋"),
        ("One. [a]\n\nTwo.\n\n[a]: /x\n", "One. [a]\n\n[a]: /x"),
    ] {
        let excerpt = read("", "_posts/2024-03-05-my-post.md", text).excerpt.unwrap();
        assert_eq!(excerpt.source(text).display(), expected, "{text}");
    }
}
