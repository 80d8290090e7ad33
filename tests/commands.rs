//! `workspace/executeCommand`: what an author asks for by name, as each editor would.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use common::{Client, Fixture, Kind};
use expect_test::{Expect, expect};
use serde_json::{Value, json};

const SITE: &str = "\
//- /_config.yml
timezone: Asia/Tokyo
url: https://example.com
//- /_layouts/post.html
{{ content }}
//- /_posts/2026-05-01-第一.md
---
layout: post
title: \"第一\"
date: 2026-05-01 09:00:00 +0900
tags: [AI, 生成AI]
---
//- /_posts/2026-05-02-second.md
---
layout: post
title: \"第二\"
date: 2026-05-02 09:00:00 +0900
tags: [AI]
categories: 日記
---
//- /_posts/2026-05-03-broken.md
---
title: [x
---
//- /_posts/2027-01-01-later.md
---
layout: post
title: \"後で\"
date: 2027-01-01 09:00:00 +0900
tags: [AI]
---
//- /_drafts/連載/案.md
---
layout: post
title: \"案😀\"
tags: []
---
本文
";

/// What the editor was asked to change, one operation a line, with the site's folder left out.
async fn check_edit(client: &mut Client, site: &Fixture, expected: Expect) {
    let request = client.wait_for_request("workspace/applyEdit").await;
    let changes = request["params"]["edit"]["documentChanges"].as_array().unwrap();
    let lines: Vec<_> = changes.iter().map(|change| shown(change, site)).collect();
    expected.assert_eq(&lines.join("\n"));
}

fn shown(value: &Value, site: &Fixture) -> String {
    value.to_string().replace(site.uri("/").trim_end_matches('/'), "…")
}

fn new(site: &Fixture, title: &str) -> Value {
    json!({"uri": site.uri("/"), "title": title})
}

#[tokio::test]
async fn every_editor_gets_a_new_post() {
    let expected = || {
        expect![[r#"
            {"kind":"create","uri":"…/_posts/2026-06-01-%E6%9D%B1%E4%BA%AC%E3%81%AE-%E6%98%A5.md","options":{"overwrite":false,"ignoreIfExists":false}}
            {"textDocument":{"uri":"…/_posts/2026-06-01-%E6%9D%B1%E4%BA%AC%E3%81%AE-%E6%98%A5.md","version":null},"edits":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"newText":"---\nlayout: post\ntitle: \"東京の「春」: 😀\"\ndate: 2026-06-01 21:00:00 +0900\ntags: []\n---\n\n"}]}"#]]
    };
    for kind in [Kind::Neovim, Kind::Helix, Kind::VsCode] {
        let site = Fixture::new(SITE);
        let mut client = Client::start(kind, Some(&site.root())).await;
        let answer = client.command("masthead.newPost", new(&site, "東京の「春」: 😀")).await;
        let uri = site.uri("/_posts/2026-06-01-東京の-春.md");
        assert_eq!(answer, json!({"uri": uri, "position": {"line": 7, "character": 0}}));
        check_edit(&mut client, &site, expected()).await;
        client.finish().await;
    }
}

#[tokio::test]
async fn a_draft_is_shown_where_that_is_asked_for() {
    let site = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&site.root())).await;
    let mut asked = new(&site, "下書き");
    asked["draft"] = json!(true);
    asked["show"] = json!(true);
    let answer = client.command("masthead.newPost", asked).await;
    assert_eq!(answer["uri"], site.uri("/_drafts/下書き.md"));
    let show = client.wait_for_request("window/showDocument").await;
    assert_eq!(show["params"]["uri"], answer["uri"]);
    client.finish().await;
}

#[tokio::test]
async fn a_name_is_told_before_anything_is_written() {
    let site = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, None).await;
    let answer = client.command("masthead.newPostName", new(&site, "題")).await;
    let expected = json!({"path": "_posts/2026-06-01-題.md", "slug": "題", "whole": true, "taken": false});
    assert_eq!(answer, expected);
    assert_eq!(
        client.refusal("masthead.newPostName", new(&site, " ")).await,
        "A new post needs a title, since its file is named after it."
    );
    client.finish().await;
}

#[tokio::test]
async fn a_site_that_nobody_has_opened_is_found_from_any_of_its_files() {
    let site = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, None).await;
    let asked = json!({"uri": site.uri("/_posts/2026-05-01-第一.md"), "title": "題"});
    let answer = client.command("masthead.newPost", asked).await;
    assert_eq!(answer["uri"], site.uri("/_posts/2026-06-01-題.md"));
    client.finish().await;
}

#[tokio::test]
async fn a_new_post_that_cannot_be_is_refused_in_a_sentence() {
    let site = Fixture::new(&format!("{SITE}//- /_posts/2026-06-01-題.md\n---\ntitle: 題\n---\n"));
    let mut client = Client::start(Kind::VsCode, Some(&site.root())).await;
    let check =
        |got: String, expected: Expect| expected.assert_eq(&got.replace(site.root().to_str().unwrap(), "…"));
    let refused = client.refusal("masthead.newPost", new(&site, "題")).await;
    check(
        refused,
        expect![
            "There is a post of this name already: _posts/2026-06-01-題.md. Give the new one another title."
        ],
    );
    check(
        client.refusal("masthead.newPost", new(&site, " ")).await,
        expect!["A new post needs a title, since its file is named after it."],
    );
    check(
        client.refusal("masthead.newPost", json!({"title": "x"})).await,
        expect![[
            r#"`masthead.newPost` takes one argument of this form: {"uri": "file:///site", "title": "Hello", "draft": false}"#
        ]],
    );
    check(
        client.refusal("masthead.newPost", Value::Null).await,
        expect![[
            r#"`masthead.newPost` takes one argument of this form: {"uri": "file:///site", "title": "Hello", "draft": false}"#
        ]],
    );
    let elsewhere = Fixture::new("//- /notes/a.md\n");
    let asked = json!({"uri": elsewhere.uri("/notes/a.md"), "title": "x"});
    let refused = client.refusal("masthead.newPost", asked).await;
    let refused = refused.replace(elsewhere.root().to_str().unwrap(), "…");
    check(
        refused,
        expect![
            "This folder is not in a Jekyll site: …notes. Neither it nor a folder above it has a `_config.yml`."
        ],
    );
    client.refuses_edits = true;
    check(
        client.refusal("masthead.newPost", new(&site, "別")).await,
        expect!["The editor did not make the change."],
    );
    assert_eq!(client.error_code("workspace/executeCommand", json!({"command": "x"})).await, -32602);
    client.finish().await;
}

#[tokio::test]
async fn a_client_that_makes_no_files_is_told_so() {
    let site = Fixture::new(SITE);
    let mut client = Client::start(Kind::Bare, Some(&site.root())).await;
    let refused = client.refusal("masthead.newPost", new(&site, "題")).await;
    expect!["This editor does not let a language server make files, so Masthead cannot do this here."]
        .assert_eq(&refused);
    let refused = client.refusal("masthead.promoteDraft", json!(site.uri("/_drafts/連載/案.md"))).await;
    expect!["This editor does not let a language server move files, so Masthead cannot do this here."]
        .assert_eq(&refused);
    client.finish().await;
}

#[tokio::test]
async fn a_draft_in_a_folder_is_published() {
    let expected = || {
        expect![[r#"
            {"textDocument":{"uri":"…/_drafts/%E9%80%A3%E8%BC%89/%E6%A1%88.md","version":1},"edits":[{"range":{"start":{"line":3,"character":0},"end":{"line":3,"character":0}},"newText":"date: 2026-06-01 21:00:00 +0900\n"}]}
            {"kind":"rename","oldUri":"…/_drafts/%E9%80%A3%E8%BC%89/%E6%A1%88.md","newUri":"…/_posts/%E9%80%A3%E8%BC%89/2026-06-01-%E6%A1%88.md","options":{"overwrite":false,"ignoreIfExists":false}}"#]]
    };
    let site = Fixture::new(SITE);
    let draft = site.uri("/_drafts/連載/案.md");
    for kind in [Kind::Neovim, Kind::Helix, Kind::VsCode] {
        let mut client = Client::start(kind, Some(&site.root())).await;
        client.open(&draft, site.text("/_drafts/連載/案.md")).await;
        let answer = client.command("masthead.promoteDraft", json!(draft)).await;
        assert_eq!(answer, json!({"uri": site.uri("/_posts/連載/2026-06-01-案.md")}));
        check_edit(&mut client, &site, expected()).await;
        client.finish().await;
    }
}

#[tokio::test]
async fn a_draft_that_is_not_open_is_read_from_the_disk() {
    let site = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&site.root())).await;
    let draft = json!({"uri": site.uri("/_drafts/連載/案.md"), "show": true});
    let answer = client.command("masthead.promoteDraft", draft).await;
    assert_eq!(client.wait_for_request("window/showDocument").await["params"]["uri"], answer["uri"]);
    let post = json!(site.uri("/_posts/2026-05-02-second.md"));
    expect!["Only a draft can be published, and this file is in no `_drafts` folder."]
        .assert_eq(&client.refusal("masthead.promoteDraft", post).await);
    let gone = json!(site.uri("/_drafts/gone.md"));
    expect!["There is no such draft."].assert_eq(&client.refusal("masthead.promoteDraft", gone).await);
    client.finish().await;
}

#[tokio::test]
async fn links_follow_a_draft_that_is_published() {
    let site = Fixture::new(
        "//- /_config.yml\nplugins: [jekyll-redirect-from]\n//- /_drafts/案.md\n---\ntitle: 案\ndate: 2025-01-01\n---\n\
         [a](../_posts/旅/2026-05-01-a.md) [b](案.md)\n//- /_posts/旅/2026-05-01-a.md\n---\ntitle: a\n---\n\
         😀 {% link _drafts/案.md %} [b](../../_drafts/案.md#x)\n",
    );
    let mut client = Client::start(Kind::Neovim, Some(&site.root())).await;
    client.command("masthead.promoteDraft", json!(site.uri("/_drafts/案.md"))).await;
    check_edit(&mut client, &site, expect![[r#"
        {"textDocument":{"uri":"…/_drafts/%E6%A1%88.md","version":null},"edits":[{"range":{"start":{"line":2,"character":6},"end":{"line":2,"character":16}},"newText":"2026-06-01 12:00:00 +0000"},{"range":{"start":{"line":4,"character":39},"end":{"line":4,"character":45}},"newText":"2026-06-01-案.md"}]}
        {"textDocument":{"uri":"…/_posts/%E6%97%85/2026-05-01-a.md","version":null},"edits":[{"range":{"start":{"line":3,"character":13},"end":{"line":3,"character":27}},"newText":"_posts/2026-06-01-案.md"},{"range":{"start":{"line":3,"character":35},"end":{"line":3,"character":55}},"newText":"../2026-06-01-案.md"}]}
        {"kind":"rename","oldUri":"…/_drafts/%E6%A1%88.md","newUri":"…/_posts/2026-06-01-%E6%A1%88.md","options":{"overwrite":false,"ignoreIfExists":false}}"#]]).await;
    client.finish().await;
}

const LINKED: &str = "\
//- /_config.yml
plugins: [jekyll-redirect-from]
//- /_posts/2026-05-01-京都.md
---
title: 京都
---
[b](2026-05-02-b.md)
//- /_posts/2026-05-02-b.md
---
title: b
---
😀 [a]({% post_url 2026-05-01-京都 %}#宿)
//- /_layouts/post.html
<nav>
    {% include 道.html %} <a href=\"{% post_url 2026-05-01-京都 %}\">
//- /_includes/道.html
<p>
";

#[tokio::test]
async fn a_file_is_renamed_with_its_links_and_a_redirect() {
    let expected = || {
        expect![[r#"
            {"textDocument":{"uri":"…/_posts/2026-05-02-b.md","version":null},"edits":[{"range":{"start":{"line":3,"character":21},"end":{"line":3,"character":38}},"newText":"2026-05-01-kyoto"}]}
            {"textDocument":{"uri":"…/_layouts/post.html","version":null},"edits":[{"range":{"start":{"line":1,"character":48},"end":{"line":1,"character":65}},"newText":"2026-05-01-kyoto"}]}
            {"textDocument":{"uri":"…/_posts/2026-05-01-%E4%BA%AC%E9%83%BD.md","version":1},"edits":[{"range":{"start":{"line":2,"character":0},"end":{"line":2,"character":0}},"newText":"redirect_from: /2026/05/01/京都.html\n"}]}
            {"kind":"rename","oldUri":"…/_posts/2026-05-01-%E4%BA%AC%E9%83%BD.md","newUri":"…/_posts/2026-05-01-kyoto.md","options":{"overwrite":false,"ignoreIfExists":false}}"#]]
    };
    let site = Fixture::new(LINKED);
    let post = site.uri("/_posts/2026-05-01-京都.md");
    for kind in [Kind::Neovim, Kind::Helix] {
        let mut client = Client::start(kind, Some(&site.root())).await;
        client.open(&post, site.text("/_posts/2026-05-01-京都.md")).await;
        let answer = client.command("masthead.renameFile", json!({"uri": post, "name": "kyoto"})).await;
        assert_eq!(answer, json!({"uri": site.uri("/_posts/2026-05-01-kyoto.md")}));
        check_edit(&mut client, &site, expected()).await;
        client.finish().await;
    }
}

#[tokio::test]
async fn an_include_is_renamed_and_a_bad_name_refused() {
    let site = Fixture::new(LINKED);
    let post = site.uri("/_posts/2026-05-01-京都.md");
    let mut client = Client::start(Kind::VsCode, Some(&site.root())).await;
    let include = json!({"uri": site.uri("/_includes/道.html"), "name": "michi"});
    client.command("masthead.renameFile", include).await;
    let expected = expect![[r#"
        {"textDocument":{"uri":"…/_layouts/post.html","version":null},"edits":[{"range":{"start":{"line":1,"character":15},"end":{"line":1,"character":21}},"newText":"michi.html"}]}
        {"kind":"rename","oldUri":"…/_includes/%E9%81%93.html","newUri":"…/_includes/michi.html","options":{"overwrite":false,"ignoreIfExists":false}}"#]];
    check_edit(&mut client, &site, expected).await;
    for (name, why) in [
        (
            "2026-05-02-b",
            expect!["There is a file of this name already: _posts/2026-05-02-b.md. Give another name."],
        ),
        ("../x", expect!["Give a name such as `kyoto` or `kyoto.md`, or a path from the site's folder."]),
    ] {
        why.assert_eq(&client.refusal("masthead.renameFile", json!({"uri": post, "name": name})).await);
    }
    client.finish().await;
    let mut bare = Client::start(Kind::Bare, Some(&site.root())).await;
    expect!["This editor does not let a language server move files, so Masthead cannot do this here."]
        .assert_eq(&bare.refusal("masthead.renameFile", json!({"uri": post, "name": "kyoto"})).await);
    bare.finish().await;
}

#[tokio::test]
async fn name_date_and_url_are_brought_into_line() {
    let site = Fixture::new(LINKED);
    let mut client = Client::start(Kind::Helix, Some(&site.root())).await;
    let post = site.uri("/_posts/2026-05-02-b.md");
    client.open(&post, "---\ntitle: b\ndate: 2026-05-03 09:00:00 +0000\nslug: c\n---\n").await;
    let range = json!({"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}});
    let params = json!({"textDocument": {"uri": post}, "range": range, "context": {"diagnostics": [], "only": ["source.masthead"]}});
    let mut actions = json!([]);
    for _ in 0..200 {
        actions = client.request("textDocument/codeAction", params.clone()).await;
        if actions.as_array().is_some_and(|actions| actions.len() > 1) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    let shown: Vec<_> = actions.as_array().unwrap().iter().map(|action| shown(action, &site)).collect();
    expect![[r#"
        {"title":"Rename this file to `2026-05-03-c.md`, as its front matter says","kind":"source.masthead","command":{"title":"Rename this file to `2026-05-03-c.md`, as its front matter says","command":"masthead.renameFile","arguments":[{"uri":"…/_posts/2026-05-02-b.md","name":"2026-05-03-c.md","show":true}]}}
        {"title":"Lead readers on from the URL that this post had","kind":"source.masthead","edit":{"documentChanges":[{"textDocument":{"uri":"…/_posts/2026-05-02-b.md","version":1},"edits":[{"range":{"start":{"line":4,"character":0},"end":{"line":4,"character":0}},"newText":"redirect_from: /2026/05/02/b.html\n"}]}]}}"#]].assert_eq(&shown.join("\n"));
    client.finish().await;
}

#[tokio::test]
async fn another_name_is_a_mend_of_what_is_told_of_the_name() {
    let site = Fixture::new(&format!("{SITE}//- /_posts/2026-05-04_京都.md\n---\ntitle: 京都\n---\n"));
    let titles = |actions: Vec<Value>| -> Vec<String> {
        let named = actions.iter().filter(|action| action["command"]["command"] == "masthead.renameFile");
        named.map(|action| action["title"].as_str().unwrap().to_owned()).collect()
    };
    for (kind, expected) in [(Kind::Neovim, 1), (Kind::Bare, 0)] {
        let mut client = Client::start(kind, Some(&site.root())).await;
        let named = site.uri("/_posts/2026-05-04_京都.md");
        client.open(&named, site.text("/_posts/2026-05-04_京都.md")).await;
        let found = titles(offered(&mut client, &named, 0, Some("quickfix")).await);
        assert_eq!(found, ["Rename this file to `2026-05-04-京都.md`"; 1][..expected]);
        let dated = site.uri("/_posts/2026-05-02-second.md");
        client.open(&dated, "---\ntitle: b\ndate: 2026-05-09 09:00:00 +0900\n---\n").await;
        let found = titles(offered(&mut client, &dated, 2, Some("quickfix")).await);
        assert_eq!(found, ["Rename this file to `2026-05-09-second.md`"; 1][..expected]);
        assert_eq!(
            titles(offered(&mut client, &dated, 1, Some("quickfix")).await),
            [""; 0],
            "on another line"
        );
        client.finish().await;
    }
}

#[tokio::test]
async fn the_url_of_a_post_follows_the_buffer() {
    let site = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&site.root())).await;
    let uri = site.uri("/_posts/2026-05-01-第一.md");
    let answer = client.command("masthead.postUrl", json!(uri)).await;
    expect![[r#"{"url":"/2026/05/01/%E7%AC%AC%E4%B8%80.html","absolute":"https://example.com/2026/05/01/%E7%AC%AC%E4%B8%80.html","status":"published","reason":null,"title":"第一","date":"2026-05-01T09:00:00+09:00"}"#]].assert_eq(&shown(&answer, &site));
    client.open(&uri, "---\ntitle: 別\npermalink: /x/\n---\n").await;
    assert_eq!(client.command("masthead.postUrl", json!(uri)).await["url"], "/x/");
    let later = client.command("masthead.postUrl", json!(site.uri("/_posts/2027-01-01-later.md"))).await;
    assert_eq!(later["status"], "future");
    expect!["not published yet: its date is in the future (until 2027-01-01 09:00)"]
        .assert_eq(later["reason"].as_str().unwrap());
    assert_eq!(client.command("masthead.postUrl", json!("file:///nowhere/a.md")).await, Value::Null);
    assert_eq!(client.command("masthead.postUrl", json!("untitled:a")).await, Value::Null);
    client.finish().await;
}

/// The overview of a site that has been read as a whole.
async fn ready(client: &mut Client, file: Value) -> Value {
    loop {
        let mut answer = client.command("masthead.overview", file.clone()).await;
        assert_eq!(answer.as_array().unwrap().len(), 1);
        if answer[0]["ready"] == true {
            return answer[0].take();
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn the_overview_and_the_posts_of_a_tag() {
    let site = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&site.root())).await;
    let mut answer = ready(&mut client, json!(site.uri("/_posts/2026-05-02-second.md"))).await;
    assert_eq!(answer["uri"], site.uri("/").trim_end_matches('/'));
    answer["name"] = json!("site");
    expect![[r#"{"uri":"…","name":"site","ready":true,"counts":{"posts":5,"published":2,"drafts":1,"future":1,"unpublished":0,"broken":1},"tags":[{"name":"AI","count":3},{"name":"生成AI","count":1}],"categories":[{"name":"日記","count":1}],"drafts":[{"uri":"…/_drafts/%E9%80%A3%E8%BC%89/%E6%A1%88.md","title":"案😀","date":null,"status":"draft"}],"future":[{"uri":"…/_posts/2027-01-01-later.md","title":"後で","date":"2027-01-01T09:00:00+09:00","status":"future"}],"unpublished":[],"broken":[{"uri":"…/_posts/2026-05-03-broken.md","title":"[\"x\"]","date":"2026-05-03T00:00:00+09:00","status":"broken"}]}"#]].assert_eq(&shown(&answer, &site));
    let all = client.request("workspace/executeCommand", json!({"command": "masthead.overview"})).await;
    assert_eq!(all.as_array().unwrap().len(), 1);
    let posts = client.command("masthead.postsWith", json!({"site": site.uri("/"), "tag": "AI"})).await;
    expect![[r#"[{"uri":"…/_posts/2027-01-01-later.md","title":"後で","date":"2027-01-01T09:00:00+09:00","status":"future"},{"uri":"…/_posts/2026-05-02-second.md","title":"第二","date":"2026-05-02T09:00:00+09:00","status":"published"},{"uri":"…/_posts/2026-05-01-%E7%AC%AC%E4%B8%80.md","title":"第一","date":"2026-05-01T09:00:00+09:00","status":"published"}]"#]].assert_eq(&shown(&posts, &site));
    let category = json!({"site": site.uri("/"), "category": "日記"});
    assert_eq!(client.command("masthead.postsWith", category).await.as_array().unwrap().len(), 1);
    let both = json!({"site": site.uri("/"), "tag": "a", "category": "b"});
    expect!["Give either a `tag` or a `category`, or the `status` `published`."]
        .assert_eq(&client.refusal("masthead.postsWith", both).await);
    let published = json!({"site": site.uri("/"), "status": "published"});
    let posts = client.command("masthead.postsWith", published).await;
    let titles: Vec<_> = posts.as_array().unwrap().iter().map(|post| &post["title"]).collect();
    assert_eq!(titles, ["第二", "第一"]);
    client.finish().await;
}

#[tokio::test]
async fn a_view_hears_of_changes() {
    let site = Fixture::new(SITE);
    let mut params = Kind::VsCode.params(Some(&site.root()));
    params["capabilities"]["experimental"] = json!({"mastheadSiteChanged": true});
    let mut client = Client::raw();
    client.initialize(params).await;
    let root = site.uri("/").trim_end_matches('/').to_owned();
    let (overview, here) = ("masthead.overview", json!(root));
    loop {
        assert_eq!(client.wait_for_site_change().await, root);
        if client.command(overview, here.clone()).await[0]["ready"] == true {
            break;
        }
    }
    let uri = site.uri("/_posts/2026-05-02-second.md");
    let tags = |answer: Value| answer[0]["tags"].as_array().unwrap().len();
    let before = tags(client.command(overview, here.clone()).await);
    client.open(&uri, "---\nlayout: post\ntitle: \"第二\"\ntags: [AI, 新しい]\n---\n").await;
    client.wait_for_site_change().await;
    assert_eq!(tags(client.command(overview, here.clone()).await), before + 1);
    site.write("/_posts/2026-05-04-new.md", "---\ntitle: 新\ntags: [別の]\n---\n");
    client.watched(&[(&site.uri("/_posts/2026-05-04-new.md"), 1)]).await;
    client.wait_for_site_change().await;
    assert_eq!(tags(client.command(overview, here).await), before + 2);
    client.finish().await;
}

/// The titles of what is offered at a line of a document.
async fn offered(client: &mut Client, uri: &str, line: u32, only: Option<&str>) -> Vec<Value> {
    let at = json!({"line": line, "character": 0});
    let mut context = json!({"diagnostics": []});
    if let Some(kind) = only {
        context["only"] = json!([kind]);
    }
    let params = json!({"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": context});
    let actions = client.request("textDocument/codeAction", params).await;
    actions.as_array().unwrap().clone()
}

#[tokio::test]
async fn an_empty_post_is_offered_its_front_matter() {
    let site = Fixture::new(&format!("{SITE}//- /_posts/2026-06-01-東京の春.md\n"));
    for kind in [Kind::Neovim, Kind::Helix, Kind::VsCode] {
        let mut client = Client::start(kind, Some(&site.root())).await;
        client.command("masthead.newPost", new(&site, "読む")).await; // the site is read by then
        let uri = site.uri("/_posts/2026-06-01-東京の春.md");
        client.open(&uri, "\n").await;
        let actions = offered(&mut client, &uri, 0, Some("quickfix")).await;
        assert_eq!(actions.len(), 1, "{actions:?}");
        let edit = &actions[0]["edit"];
        let text = edit.pointer("/documentChanges/0/edits/0/newText");
        let text = text.or_else(|| Some(&edit["changes"][&uri][0]["newText"])).unwrap().as_str().unwrap();
        expect![[r#"
            ---
            layout: post
            title: "東京の春"
            date: 2026-06-01 21:00:00 +0900
            tags: []
            ---

        "#]]
        .assert_eq(text);
        client.change(&uri, 2, json!([{"text": text}])).await;
        assert_eq!(offered(&mut client, &uri, 0, Some("quickfix")).await, Vec::<Value>::new());
        client.finish().await;
    }
}

#[tokio::test]
async fn publishing_is_offered_in_the_front_matter_of_a_draft() {
    let site = Fixture::new(SITE);
    let (draft, text) = (site.uri("/_drafts/連載/案.md"), site.text("/_drafts/連載/案.md"));
    let mut client = Client::start(Kind::Helix, Some(&site.root())).await;
    client.open(&draft, text).await;
    let actions = offered(&mut client, &draft, 1, None).await;
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["title"], "Publish this draft");
    assert_eq!(actions[0]["kind"], "source.masthead");
    let command = &actions[0]["command"];
    let params = json!({"command": command["command"], "arguments": command["arguments"]});
    client.request("workspace/executeCommand", params).await;
    client.wait_for_request("workspace/applyEdit").await;
    assert_eq!(offered(&mut client, &draft, 1, Some("quickfix")).await, Vec::<Value>::new());
    assert_eq!(offered(&mut client, &draft, 6, None).await, Vec::<Value>::new(), "in the body");
    client.change(&draft, 2, json!([{"text": "---\ntitle: [a\n---\n"}])).await;
    let broken = offered(&mut client, &draft, 1, Some("source")).await;
    assert!(broken.iter().all(|action| action["title"] != "Publish this draft"), "{broken:?}");
    client.finish().await;
    let mut client = Client::start(Kind::Bare, Some(&site.root())).await;
    client.open(&draft, text).await;
    assert_eq!(offered(&mut client, &draft, 1, None).await, Vec::<Value>::new());
    client.finish().await;
}
