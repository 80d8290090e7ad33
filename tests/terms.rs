//! Tags and categories as symbols of a site, over the wire: places in UTF-16 and UTF-8 after an emoji, versions of
//! what is open, what each editor can take.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::{Client, Fixture, Kind};
use serde_json::{Value, json};

const A: &str = "/_posts/2024-01-02-a.md";
const B: &str = "/_posts/2024-01-03-b.md";
const SITE: &str = "\
//- /_config.yml
title: x
//- /_posts/2024-01-02-a.md
---
title: 本日のメモ
tags: [\"😀\", ai, 京都]
---
# 見出し
//- /_posts/2024-01-03-b.md
---
title: B
tags:
  - ai # 😀
  - AI
---
//- /_posts/2024-01-04-c.md
---
title: C
tags: 😀 ai
---
本文に見出し。

東京の*見出し*
---
//- /tags/ai.md
---
layout: tag
tag: ai
---
";

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}})
}

fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})
}

fn with(mut params: Value, key: &str, value: Value) -> Value {
    params[key] = value;
    params
}

/// A client with A open, that has read the site.
async fn start(kind: Kind, fixture: &Fixture) -> (Client, String) {
    let mut client = Client::raw();
    let mut params = kind.params(Some(&fixture.root()));
    let editor = &mut params["capabilities"];
    if matches!(kind, Kind::VsCode) {
        editor["workspace"]["workspaceEdit"]["changeAnnotationSupport"] = json!({"groupsOnLabel": true});
        editor["textDocument"]["rename"] = json!({"prepareSupport": true});
    }
    client.initialize(params).await;
    let uri = fixture.uri(A);
    client.open(&uri, fixture.text(A)).await;
    let column = if matches!(kind, Kind::VsCode | Kind::Bare) { 14 } else { 16 };
    wait_for_references(&mut client, at(&uri, 2, column), 4).await;
    (client, uri)
}

/// Asks until all places are found: the site is read in the background, the page last.
async fn wait_for_references(client: &mut Client, place: Value, count: usize) {
    let params = with(place, "context", json!({"includeDeclaration": true}));
    for _ in 0..400 {
        let found = client.request("textDocument/references", params.clone()).await;
        if found.as_array().map(Vec::len) == Some(count) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("never {count} references");
}

#[tokio::test(flavor = "multi_thread")]
async fn references_highlights_and_definition() {
    let fixture = Fixture::new(SITE);
    for (kind, a, c) in [(Kind::VsCode, (13, 15), (9, 11)), (Kind::Neovim, (15, 17), (11, 13))] {
        let (mut client, uri) = start(kind, &fixture).await;
        let params = with(at(&uri, 2, a.0), "context", json!({"includeDeclaration": false}));
        let found = client.request("textDocument/references", params).await;
        let place = |path: &str, range| json!({"uri": fixture.uri(path), "range": range});
        let expected = json!([
            place("/_posts/2024-01-04-c.md", range(2, c.0, c.1)),
            place(B, range(3, 4, 6)),
            place(A, range(2, a.0, a.1)),
        ]);
        assert_eq!(found, expected, "{kind:?}");
        let highlights = client.request("textDocument/documentHighlight", at(&uri, 2, a.1)).await;
        assert_eq!(highlights, json!([{"range": range(2, a.0, a.1), "kind": 1}]));
        let definition = client.request("textDocument/definition", at(&uri, 2, a.0)).await;
        assert_eq!(definition, json!([place("/tags/ai.md", range(2, 5, 7))]));
        for method in ["textDocument/documentHighlight", "textDocument/definition"] {
            assert_eq!(client.request(method, at(&uri, 4, 3)).await, Value::Null, "{method} in the body");
        }
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rename_names_the_version_of_what_is_open() {
    let fixture = Fixture::new(SITE);
    let (mut client, uri) = start(Kind::VsCode, &fixture).await;
    let change = json!([{"range": range(2, 0, 0), "text": "# \u{1F600}\n"}]);
    client.change(&uri, 7, change).await;
    let prepared = client.request("textDocument/prepareRename", at(&uri, 3, 14)).await;
    assert_eq!(prepared, json!({"range": range(3, 13, 15), "placeholder": "ai"}));
    let params = with(at(&uri, 3, 14), "newName", json!("人工 知能"));
    let edit = client.request("textDocument/rename", params).await;
    assert_eq!(edit.get("changeAnnotations"), None, "{edit}");
    let mut changes = edit["documentChanges"].as_array().unwrap().clone();
    changes.sort_by_key(|change| change["textDocument"]["uri"].to_string());
    let file = |path: &str, version: Value, range: Value, text: &str| json!({"textDocument": {"uri": fixture.uri(path), "version": version}, "edits": [{"range": range, "newText": text}]});
    let expected = json!([
        file(A, json!(7), range(3, 13, 15), "人工 知能"),
        file(B, Value::Null, range(3, 4, 6), "人工 知能"),
        file("/_posts/2024-01-04-c.md", Value::Null, range(2, 6, 11), "[😀, 人工 知能]"),
        file("/tags/ai.md", Value::Null, range(2, 5, 7), "人工 知能"),
    ]);
    assert_eq!(json!(changes), expected);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_is_asked_about_where_the_editor_can() {
    let fixture = Fixture::new(SITE);
    for kind in [Kind::VsCode, Kind::Bare] {
        let (mut client, uri) = start(kind, &fixture).await;
        let params = with(at(&uri, 2, 14), "newName", json!("AI"));
        let edit = client.request("textDocument/rename", params).await;
        if matches!(kind, Kind::Bare) {
            let removed = json!([{"range": {"start": {"line": 3, "character": 2}, "end": {"line": 3, "character": 7}}, "newText": ""}]);
            assert_eq!(edit["changes"][fixture.uri(B)], removed);
            assert_eq!(edit.as_object().unwrap().len(), 1, "{edit}");
        } else {
            let annotation = &edit["changeAnnotations"]["confirm"];
            assert_eq!(annotation["label"], "Merge the tag `ai` (3 posts) into `AI` (1 post)");
            assert_eq!(annotation["needsConfirmation"], true);
            let edits = edit["documentChanges"].as_array().unwrap();
            let ids = edits.iter().flat_map(|file| file["edits"].as_array().unwrap());
            assert!(ids.into_iter().all(|edit| edit["annotationId"] == "confirm"), "{edit}");
        }
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rename_waits_for_the_whole_site() {
    let more: String = (0..400)
        .map(|at| format!("//- /_posts/2023-01-01-{at}.md\n---\ntitle: x{at}\ntags: [ai]\n---\n{at}\n"))
        .collect();
    let fixture = Fixture::new(&format!("{SITE}{more}"));
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let uri = fixture.uri(A);
    client.open(&uri, fixture.text(A)).await;
    let params = with(at(&uri, 2, 16), "newName", json!("人工知能"));
    let edit = client.request("textDocument/rename", params).await;
    assert_eq!(edit["documentChanges"].as_array().map(Vec::len), Some(404));
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_cannot_be_is_an_error_in_words() {
    let fixture = Fixture::new(SITE);
    let (mut client, uri) = start(Kind::Helix, &fixture).await;
    let id = client.ask("textDocument/rename", with(at(&uri, 2, 16), "newName", json!(" "))).await;
    let answer = client.answer(&id).await;
    assert_eq!(answer["error"]["code"], -32803);
    assert_eq!(answer["error"]["message"], "A tag needs a name: write at least one character.");
    let nothing = client.request("textDocument/rename", with(at(&uri, 3, 1), "newName", json!("x"))).await;
    assert_eq!(nothing, Value::Null);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_is_told_in_a_warning() {
    let fixture = Fixture::new(SITE);
    let (mut client, uri) = start(Kind::Neovim, &fixture).await;
    client.change(&uri, 2, json!([{"text": "---\nk: &k [ai]\ntags: *k\n---\n"}])).await;
    let params = with(at(&uri, 2, 7), "newName", json!("AI"));
    client.request("textDocument/rename", params).await;
    let shown = client.wait_for_message("The old name stays").await;
    assert!(shown.contains("_posts/2024-01-02-a.md ("), "{shown}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn symbols_of_the_site() {
    let fixture = Fixture::new(SITE);
    let (mut client, uri) = start(Kind::VsCode, &fixture).await;
    let setext = json!({"start": {"line": 6, "character": 0}, "end": {"line": 7, "character": 3}});
    for (query, expected) in [
        ("#a", json!([["#ai", "/tags/ai.md", range(2, 5, 7)], ["#AI", B, range(4, 4, 6)]])),
        ("めも 本日", json!([["本日のメモ", A, range(0, 0, 0)]])),
        ("みだし", json!([])),
        ("見出", json!([["見出し", A, range(4, 0, 5)], ["東京の見出し", "/_posts/2024-01-04-c.md", setext]])),
        ("東京 見出", json!([["東京の見出し", "/_posts/2024-01-04-c.md", setext]])),
        ("nothing", json!([])),
    ] {
        let found = client.request("workspace/symbol", json!({"query": query})).await;
        let shown = found.as_array().unwrap().iter().map(|symbol| {
            let path = symbol["location"]["uri"].as_str().unwrap();
            let path = path.strip_prefix(fixture.uri("/").trim_end_matches('/')).unwrap_or(path);
            json!([symbol["name"], path, symbol["location"]["range"]])
        });
        assert_eq!(json!(shown.collect::<Vec<_>>()), expected, "{query}");
    }
    assert!(!uri.is_empty());
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_near_duplicate_is_mended_here_or_in_the_whole_site() {
    let more: String = (1..8)
        .map(|day| format!("//- /_posts/2023-01-0{day}-x.md\n---\ntitle: x{day}\ntags: [ＡＩ]\n---\n{day}\n"))
        .collect();
    let fixture = Fixture::new(&format!("{SITE}{more}"));
    let (mut client, uri) = start(Kind::VsCode, &fixture).await;
    let params =
        json!({"textDocument": {"uri": uri}, "range": range(2, 14, 14), "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", params).await;
    let titles: Vec<&str> =
        actions.as_array().unwrap().iter().map(|action| action["title"].as_str().unwrap()).collect();
    let expected = [
        "Write `ＡＩ` here",
        "Merge the tag `ai` into `ＡＩ` in the whole site (3 posts)",
        "Remove the tag `ai` from all 3 posts",
    ];
    assert_eq!(titles, expected);
    let edit = &actions[1]["edit"];
    assert_eq!(edit["documentChanges"].as_array().map(Vec::len), Some(4), "{edit}");
    assert_eq!(edit.get("changeAnnotations"), None);
    assert_eq!(actions[1]["diagnostics"][0]["code"], "near-duplicate-term");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_stand_above_tags_where_they_are_asked_for() {
    let fixture = Fixture::new(SITE);
    for options in [json!({"codeLens": true}), json!({}), Value::Null] {
        let wanted = options["codeLens"] == true;
        let mut params = Kind::Neovim.params(Some(&fixture.root()));
        params["initializationOptions"] = options;
        let mut client = Client::raw();
        let server = client.initialize(params).await;
        assert_eq!(server["capabilities"]["codeLensProvider"].is_object(), wanted);
        let uri = fixture.uri(A);
        client.open(&uri, fixture.text(A)).await;
        if wanted {
            wait_for_references(&mut client, at(&uri, 2, 16), 4).await;
            let lenses = client.request("textDocument/codeLens", json!({"textDocument": {"uri": uri}})).await;
            let command = json!({"title": "😀 2 · ai 3 · 京都 1", "command": "masthead.tags", "arguments": [{"uri": uri, "categories": false}]});
            assert_eq!(lenses, json!([{"range": range(2, 0, 4), "command": command}]));
            let asked = json!({"command": "masthead.tags", "arguments": [uri]});
            let tags = client.request("workspace/executeCommand", asked).await;
            let first = json!({"name": "ai", "count": 3, "firstUse": "2024-01-02T00:00:00+00:00", "lastUse": "2024-01-04T00:00:00+00:00", "nearDuplicates": [{"name": "AI", "count": 1}]});
            assert_eq!(tags[0], first);
            assert_eq!(tags.as_array().map(Vec::len), Some(4));
            let asked = json!({"command": "masthead.tags", "arguments": [{"uri": uri, "categories": true}]});
            assert_eq!(client.request("workspace/executeCommand", asked).await, json!([]));
        }
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_removed_from_all_posts() {
    let fixture = Fixture::new(SITE);
    let (mut client, uri) = start(Kind::VsCode, &fixture).await;
    let context = json!({"diagnostics": [], "only": ["refactor"]});
    let range = range(2, 14, 14);
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
    let actions = client.request("textDocument/codeAction", params).await;
    let title = "Remove the tag `ai` from all 3 posts";
    let argument = json!({"uri": uri, "tag": "ai"});
    let command = json!({"title": title, "command": "masthead.removeTerm", "arguments": [argument]});
    assert_eq!(actions, json!([{"title": title, "kind": "refactor.rewrite", "command": command}]));
    let answer = client.command("masthead.removeTerm", argument).await;
    assert_eq!(answer, json!({"files": 3}));
    let asked = client.wait_for_request("workspace/applyEdit").await;
    let edit = &asked["params"]["edit"];
    assert_eq!(edit["changeAnnotations"]["confirm"]["label"], "Remove the tag `ai` from 3 posts");
    let changes = edit["documentChanges"].as_array().unwrap();
    let mut made: Vec<(String, i64, String)> = changes
        .iter()
        .map(|file| {
            let name = file["textDocument"]["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            let version = file["textDocument"]["version"].as_i64().unwrap_or(0);
            (name, version, file["edits"][0]["range"].to_string())
        })
        .collect();
    made.sort();
    let span = |line, start, end_line, end| {
        json!({"start": {"line": line, "character": start}, "end": {"line": end_line, "character": end}})
            .to_string()
    };
    let expected = [
        ("2024-01-02-a.md".to_owned(), 1, span(2, 13, 2, 17)),
        ("2024-01-03-b.md".to_owned(), 0, span(3, 2, 3, 7)),
        ("2024-01-04-c.md".to_owned(), 0, span(2, 8, 2, 11)),
    ];
    assert_eq!(made, expected, "{edit}");
    let told = client.wait_for_message("The name stays").await;
    let about = "tags/ai.md (it says what the name is: delete it there)";
    assert_eq!(told, format!("The name stays in one file: {about}."));
    let why = client.refusal("masthead.removeTerm", json!({"uri": uri, "tag": "none"})).await;
    assert_eq!(why, "No post of this site has the tag `none`.");
    client.finish().await;
}

/// What the views and the commands of editors ask for, from the site's folder as well as from a post.
#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_renamed_by_its_name() {
    let fixture = Fixture::new(SITE);
    let (mut client, uri) = start(Kind::VsCode, &fixture).await;
    let command = "masthead.renameTerm";
    let answer = client.command(command, json!({"uri": uri, "tag": "京都", "name": " 京都市 "})).await;
    assert_eq!(answer, json!({"files": 1}));
    let edit = client.wait_for_request("workspace/applyEdit").await["params"]["edit"].clone();
    let change = json!({"textDocument": {"uri": uri, "version": 1}, "edits": [{"range": range(2, 17, 19), "newText": "京都市"}]});
    assert_eq!(edit, json!({"documentChanges": [change]}));
    client.change(&uri, 2, json!([{"range": range(4, 0, 0), "text": "新"}])).await;
    let root = fixture.uri("/");
    let merge = json!({"uri": root, "tag": "ai", "name": "AI"});
    assert_eq!(client.command(command, merge).await, json!({"files": 4}));
    let mut requests = client.requests.iter().filter(|asked| asked["method"] == "workspace/applyEdit");
    let edit = requests.next_back().unwrap()["params"]["edit"].clone();
    assert_eq!(
        edit["changeAnnotations"]["confirm"]["label"],
        "Merge the tag `ai` (3 posts) into `AI` (1 post)"
    );
    let changes = edit["documentChanges"].as_array().unwrap();
    let own = changes.iter().find(|change| change["textDocument"]["uri"] == json!(uri)).unwrap();
    assert_eq!(own["textDocument"]["version"], 2, "as the editor has it");
    client.refuses_edits = true;
    let no = json!({"uri": root, "tag": "ai", "name": "AI"});
    assert_eq!(client.command(command, no).await, json!({"files": 0}), "its author said no");
    let why = client.refusal(command, json!({"uri": root, "tag": "ai", "name": " "})).await;
    assert_eq!(why, "A tag needs a name: write at least one character.");
    let why = client.refusal(command, json!({"uri": root, "category": "ai", "name": "x"})).await;
    assert_eq!(why, "No post of this site has the category `ai`.");
    client.finish().await;
}
