//! Links over the wire: what can be opened, and the edits that a rename of a file asks for.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::{Client, Fixture, Kind};
use serde_json::{Value, json};

const SITE: &str = "\
//- /_config.yml
title: x
//- /_posts/2024-01-02-京都.md
---
title: 京都
---
//- /_posts/2024-01-03-b.md
---
title: b
---
🎉 [a]({% post_url 2024-01-02-京都 %})
";

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_file_keeps_its_links() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let (old, new) =
        (fixture.uri("/_posts/2024-01-02-京都.md"), fixture.uri("/_posts/旅/2024-01-02-kyoto.md"));
    let linking = fixture.uri("/_posts/2024-01-03-b.md");
    // Right behind the start: it waits for the site.
    let renames = json!({"files": [{"oldUri": old, "newUri": new}]});
    let edit = client.request("workspace/willRenameFiles", renames).await;
    let change = &edit["documentChanges"][0];
    assert_eq!(change["textDocument"]["uri"], json!(linking), "{edit}");
    // The emoji is two units of UTF-16.
    let range = json!({"start": {"line": 3, "character": 19}, "end": {"line": 3, "character": 32}});
    assert_eq!(change["edits"], json!([{"range": range, "newText": "旅/2024-01-02-kyoto"}]));
    client.open(&linking, fixture.text("/_posts/2024-01-03-b.md")).await;
    let params = json!({"textDocument": {"uri": linking}});
    let links = client.request("textDocument/documentLink", params).await;
    assert_eq!(links, json!([{"range": range, "target": old}]));
    client.finish().await;
}

const ANCHORS: &str = "\
//- /_config.yml
title: x
//- /_posts/2024-01-02-京都.md
---
title: 京都
---
## 春の宿 x
//- /_posts/2024-01-03-b.md
---
title: b
---
🎉 [a]({% post_url 2024-01-02-京都 %}#春の宿-x) [b](/2024/01/02/京都.html#夏)
";

#[tokio::test(flavor = "multi_thread")]
async fn a_heading_is_completed_reached_and_renamed() {
    let fixture = Fixture::new(ANCHORS);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let (post, linking) = (fixture.uri("/_posts/2024-01-02-京都.md"), fixture.uri("/_posts/2024-01-03-b.md"));
    client.open(&post, fixture.text("/_posts/2024-01-02-京都.md")).await;
    client.open(&linking, fixture.text("/_posts/2024-01-03-b.md")).await;
    client.wait_for_label(&post, 1, 0, "title").await;
    let at = |uri: &str, line: u32, character: u32| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
    let place = |line: u32, from: u32, to: u32| json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
    let mut found = json!(null);
    for _ in 0..400 {
        found = client.request("textDocument/definition", at(&linking, 3, 38)).await;
        if found[0]["range"]["start"]["line"] == 3 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert_eq!(found, json!([{"uri": post, "range": place(3, 3, 8)}]));
    let params = json!({"textDocument": {"uri": linking}});
    let links = client.request("textDocument/documentLink", params).await;
    let targets: Vec<_> = links.as_array().unwrap().iter().map(|link| link["target"].clone()).collect();
    // The second anchor is not there: the file opens at its start.
    assert_eq!(targets, [json!(format!("{post}#L4")), json!(post)]);
    let offered = client.request("textDocument/completion", at(&linking, 3, 38)).await;
    assert_eq!(offered["items"][0]["label"], "春の宿 x", "{offered}");
    let mut asked = at(&post, 3, 4);
    asked["newName"] = json!("秋");
    let edit = client.request("textDocument/rename", asked).await;
    let changes = edit["documentChanges"].as_array().unwrap();
    assert_eq!(changes[0]["edits"], json!([{"range": place(3, 3, 8), "newText": "秋"}]));
    assert_eq!(changes[1]["edits"], json!([{"range": place(3, 36, 41), "newText": "秋"}]));
    assert_eq!(changes[1]["textDocument"], json!({"uri": linking, "version": 1}));
    // From the link on the other page it is the same rename.
    let prepared = client.request("textDocument/prepareRename", at(&linking, 3, 38)).await;
    assert_eq!(prepared, json!({"range": place(3, 36, 41), "placeholder": "春の宿 x"}));
    let mut asked = at(&linking, 3, 38);
    asked["newName"] = json!("秋");
    let again = client.request("textDocument/rename", asked).await;
    assert_eq!(again, edit);
    let asked = json!({"textDocument": {"uri": post}, "positions": [{"line": 1, "character": 8}]});
    let selected = client.request("textDocument/selectionRange", asked).await;
    assert_eq!(selected[0]["range"], place(1, 7, 9));
    assert_eq!(selected[0]["parent"]["range"], place(1, 0, 9));
    client.finish().await;
}

/// What is kept of a body while only the front matter changes does not outlive a change of the body.
#[tokio::test(flavor = "multi_thread")]
async fn a_heading_that_goes_is_missed_where_it_is_linked() {
    let fixture = Fixture::new(ANCHORS);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let (post, linking) = (fixture.uri("/_posts/2024-01-02-京都.md"), fixture.uri("/_posts/2024-01-03-b.md"));
    client.open(&post, fixture.text("/_posts/2024-01-02-京都.md")).await;
    client.open(&linking, fixture.text("/_posts/2024-01-03-b.md")).await;
    let names = |push: &(String, Option<i64>, Vec<Value>), part: &str| {
        push.0 == linking && push.2.iter().any(|it| it["message"].as_str().unwrap().contains(part))
    };
    client.wait_for_push("夏", |push| names(push, "`夏`") && !names(push, "`春の宿-x`")).await;
    let at = |line: u32, from: u32, to: u32| json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
    client.change(&post, 2, json!([{"range": at(1, 7, 7), "text": "新"}])).await;
    client.change(&post, 3, json!([{"range": at(3, 3, 4), "text": "秋"}])).await;
    client.wait_for_push("春", |push| names(push, "`春の宿-x`")).await;
    client.finish().await;
}

/// Another program, or the rename before this one, has changed the files that link.
#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_file_takes_the_links_along_that_were_told_of_just_before() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let (old, new) = (fixture.uri("/_posts/2024-01-02-京都.md"), fixture.uri("/_posts/2024-01-02-kyoto.md"));
    client.request("workspace/symbol", json!({"query": "b"})).await;
    let path = |n: usize| format!("/_posts/2024-02-{:02}-c{n}.md", n % 28 + 1);
    for n in 0..400 {
        fixture.write(&path(n), "---\n---\n{% post_url 2024-01-02-京都 %}\n");
    }
    let told: Vec<_> = (0..400).map(|n| json!({"uri": fixture.uri(&path(n)), "type": 1})).collect();
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": told})).await;
    let renames = json!({"files": [{"oldUri": old, "newUri": new}]});
    let edit = client.request("workspace/willRenameFiles", renames).await;
    assert_eq!(edit["documentChanges"].as_array().map(Vec::len), Some(401));
    client.finish().await;
}

/// Data files and the configuration name pages too: an open one counts as the editor has it, and the configuration may lie
/// beside the source.
#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_file_is_followed_by_data_and_configuration() {
    let fixture = Fixture::new(
        "//- /_config.yml\nsource: src\nheader_pages:\n  - about.md # 会社\nexclude: [about.markdown]\n\
         //- /src/about.md\n---\n---\n//- /src/_posts/2024-01-02-京都.md\n---\ntitle: 京都\n---\n\
         //- /src/_data/nav.yml\n- {title: 会社, url: /about.html}\n//- /src/_data/目次.json\n[\"/about.html#x\", \"about\"]\n",
    );
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let (old, new) = (fixture.uri("/src/about.md"), fixture.uri("/src/会社.md"));
    let nav = fixture.uri("/src/_data/nav.yml");
    client.open(&nav, "# 前\n- {title: 会社, url: '/about.html'} # 後\n- about\n").await;
    let renames = json!({"files": [{"oldUri": old, "newUri": new}]});
    let edit = client.request("workspace/willRenameFiles", renames).await;
    let place = |line: u32, from: u32, to: u32| json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
    let mut changes: Vec<(String, Value, Value)> = Vec::new();
    for change in edit["documentChanges"].as_array().unwrap() {
        let uri = change["textDocument"]["uri"].as_str().unwrap().to_owned();
        changes.push((uri, change["textDocument"]["version"].clone(), change["edits"].clone()));
    }
    changes.sort_by(|a, b| a.0.cmp(&b.0));
    let one = |range: Value, text: &str| json!([{"range": range, "newText": text}]);
    let expected = [
        (fixture.uri("/_config.yml"), json!(null), one(place(2, 4, 12), "会社.md")),
        (fixture.uri("/src/_data/目次.json"), json!(null), one(place(0, 2, 13), "/会社.html")),
        (nav.clone(), json!(1), one(place(1, 20, 31), "/会社.html")),
    ];
    assert_eq!(changes, expected, "{edit}");
    // What links here is told from the page.
    client.open(&old, fixture.text("/src/about.md")).await;
    let asked = json!({"textDocument": {"uri": old}, "position": {"line": 0, "character": 0}, "context": {"includeDeclaration": false}});
    let found = client.request("textDocument/references", asked).await;
    assert_eq!(found.as_array().map(Vec::len), Some(3), "{found}");
    // A data file that comes is known, one that goes is not.
    fixture.write("/src/_data/b/新.yaml", "/about.html: x\n");
    std::fs::remove_file(fixture.path("/src/_data/目次.json")).unwrap();
    let told = [("/src/_data/b/新.yaml", 1), ("/src/_data/目次.json", 3)];
    let told = told.map(|(path, kind)| json!({"uri": fixture.uri(path), "type": kind}));
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": told})).await;
    let renames = json!({"files": [{"oldUri": old, "newUri": new}]});
    let edit = client.request("workspace/willRenameFiles", renames).await;
    let uris: Vec<_> =
        edit["documentChanges"].as_array().unwrap().iter().map(|it| &it["textDocument"]["uri"]).collect();
    assert_eq!(uris.len(), 3, "{edit}");
    assert!(uris.contains(&&json!(fixture.uri("/src/_data/b/新.yaml"))), "{edit}");
    client.finish().await;
}

/// What is typed behind the question belongs to the next one.
#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_file_is_answered_from_the_texts_as_they_were() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let (old, new) = (fixture.uri("/_posts/2024-01-02-京都.md"), fixture.uri("/_posts/2024-01-02-kyoto.md"));
    let linking = fixture.uri("/_posts/2024-01-03-b.md");
    client.open(&linking, fixture.text("/_posts/2024-01-03-b.md")).await;
    client.wait_for_label(&linking, 1, 0, "title").await;
    let renames = json!({"files": [{"oldUri": old, "newUri": new}]});
    let start = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    for version in 1..40 {
        let id = client.ask("workspace/willRenameFiles", renames.clone()).await;
        client.change(&linking, version + 1, json!([{"range": start, "text": "\n"}])).await;
        let answer = client.answer(&id).await;
        let change = &answer["result"]["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({"uri": linking, "version": version}), "{answer}");
        assert_eq!(change["edits"][0]["range"]["start"]["line"], version + 2, "{answer}");
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layout_is_renamed_with_its_file() {
    let fixture = Fixture::new(
        "//- /_config.yml\ntitle: x\n//- /_posts/2024-01-02-a.md\n---\nlayout: post\n---\n\
         //- /_posts/2024-01-03-b.md\n---\nlayout: post\n---\n//- /_layouts/post.html\n<p>\n",
    );
    let uri = fixture.uri("/_posts/2024-01-02-a.md");
    for kind in [Kind::Neovim, Kind::Bare] {
        let moves_files = !matches!(kind, Kind::Bare);
        let mut client = Client::start(kind, Some(&fixture.root())).await;
        client.open(&uri, fixture.text("/_posts/2024-01-02-a.md")).await;
        let at =
            json!({"textDocument": {"uri": uri}, "position": {"line": 1, "character": 9}, "newName": "記事"});
        if !moves_files {
            assert_eq!(client.error_code("textDocument/rename", at).await, -32803);
            client.finish().await;
            continue;
        }
        let edit = client.request("textDocument/rename", at).await;
        let changes = edit["documentChanges"].as_array().unwrap();
        let named: Vec<_> = changes.iter().map(|change| &change["edits"][0]["newText"]).collect();
        assert_eq!(named, [&json!("記事"), &json!("記事"), &json!(null)], "{edit}");
        assert_eq!(changes[2]["kind"], "rename");
        assert_eq!(changes[2]["newUri"], json!(fixture.uri("/_layouts/記事.html")));
        client.finish().await;
    }
}
