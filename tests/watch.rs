//! The site as it stands: files that come and go on disk, buffers that are not saved, findings that are cleared.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::{Client, Fixture, Kind};
use serde_json::json;

const A: &str = "/_posts/2024-01-02-a.md";
const NEW: &str = "/_posts/2024-05-01-new.md";
const SITE: &str = "\
//- /_config.yml
title: x
//- /_posts/2024-01-02-a.md
---
tags: []
---
//- /_posts/2024-01-03-b.md
---
tags: [Rust]
---
";
const NEW_TEXT: &str = "---\ntags: [Fresh]\n---\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_file_counts_where_the_editor_watches() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    client.wait_for_request("client/registerCapability").await;
    client.open(&fixture.uri(A), fixture.text(A)).await;
    client.wait_for_label(&fixture.uri(A), 1, 7, "Rust").await;
    fixture.write(NEW, NEW_TEXT);
    client.watched(&[(&fixture.uri(NEW), 1)]).await;
    client.wait_for_label(&fixture.uri(A), 1, 7, "Fresh").await;
    std::fs::remove_dir_all(fixture.path("/_posts")).unwrap();
    client.watched(&[(&fixture.uri("/_posts"), 3)]).await;
    wait_until_gone(&mut client, &fixture.uri(A), "Fresh").await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_file_counts_after_a_save_where_nobody_watches() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Neovim, Some(&fixture.root())).await;
    client.open(&fixture.uri(A), fixture.text(A)).await;
    client.wait_for_label(&fixture.uri(A), 1, 7, "Rust").await;
    fixture.write(NEW, NEW_TEXT);
    client.save(&fixture.uri(A)).await;
    client.wait_for_label(&fixture.uri(A), 1, 7, "Fresh").await;
    std::fs::remove_file(fixture.path(NEW)).unwrap();
    client.save(&fixture.uri(A)).await;
    wait_until_gone(&mut client, &fixture.uri(A), "Fresh").await;
    client.finish().await;
}

/// No root at all, as Helix has it: the site is found from the document's path.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_saved_counts_as_it_stands() {
    let fixture = Fixture::below(SITE, "私の ブログ");
    let mut client = Client::start(Kind::Helix, None).await;
    client.open(&fixture.uri(A), fixture.text(A)).await;
    client.wait_for_label(&fixture.uri(A), 1, 7, "Rust").await;
    client.open(&fixture.uri(NEW), "---\ntags: [Unsaved]\n---\n").await;
    let labels = client.labels(&fixture.uri(A), 1, 7).await;
    assert!(labels.contains(&"Unsaved".to_owned()), "{labels:?}");
    client.change(&fixture.uri(NEW), 2, json!([{"text": "---\ntags: [Other]\n---\n"}])).await;
    let labels = client.labels(&fixture.uri(A), 1, 7).await;
    assert!(labels.contains(&"Other".to_owned()) && !labels.contains(&"Unsaved".to_owned()), "{labels:?}");
    client.close(&fixture.uri(NEW)).await;
    // The disk counts again, once it has been read.
    wait_until_gone(&mut client, &fixture.uri(A), "Other").await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_are_cleared_on_close_and_when_the_file_goes() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let uri = fixture.uri(A);
    client.open(&uri, "---\ntitle: \"a\n---\n").await;
    assert_eq!(client.wait_for_diagnostics(&uri, Some(1)).await[0]["source"], "masthead");
    client.close(&uri).await;
    assert!(client.wait_for_diagnostics(&uri, None).await.is_empty());
    client.pushes.clear();
    client.open(&uri, "---\ntitle: \"a\n---\n").await;
    client.wait_for_diagnostics(&uri, Some(1)).await;
    std::fs::remove_file(fixture.path(A)).unwrap();
    client.watched(&[(&uri, 3)]).await;
    assert!(client.wait_for_diagnostics(&uri, None).await.is_empty());
    client.finish().await;
}

async fn wait_until_gone(client: &mut Client, uri: &str, label: &str) {
    for _ in 0..400 {
        if !client.labels(uri, 1, 7).await.contains(&label.to_owned()) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("{label} is offered for ever");
}

/// A configuration that does not load leaves the last good one in force; the next good one counts.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_good_configuration_stays_in_force() {
    const CONFIG: &str = "/_config.yml";
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let (uri, config) = (fixture.uri(A), fixture.uri(CONFIG));
    client.open(&uri, fixture.text(A)).await;
    client.wait_for_label(&uri, 1, 7, "Rust").await;
    fixture.write(CONFIG, "exclude: [_posts/2024-01-03]\n");
    client.watched(&[(&config, 2)]).await;
    wait_until_gone(&mut client, &uri, "Rust").await;
    client.pushes.clear();
    fixture.write(CONFIG, "exclude: [a\n");
    client.open(&config, "exclude: [a\n").await;
    client.wait_for_push("a mistake", |(of, _, found)| *of == config && !found.is_empty()).await;
    client.pushes.clear();
    client.watched(&[(&config, 2)]).await;
    client.wait_for_push("read again", |(of, _, _)| *of == uri).await;
    assert!(!client.labels(&uri, 1, 7).await.contains(&"Rust".to_owned()));
    client.close(&config).await;
    fixture.write(CONFIG, "title: x\n");
    client.watched(&[(&config, 2)]).await;
    client.wait_for_label(&uri, 1, 7, "Rust").await;
    client.finish().await;
}

/// A change of the settings is felt in every open post, from the disk and from the editor.
#[tokio::test(flavor = "multi_thread")]
async fn settings_are_watched() {
    const TOML: &str = "/masthead.toml";
    type Push = (String, Option<i64>, Vec<serde_json::Value>);
    let has =
        |push: &Push, uri: &str, code: &str| push.0 == uri && push.2.iter().any(|it| it["code"] == code);
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let (uri, toml) = (fixture.uri(A), fixture.uri(TOML));
    client.open(&uri, "---\ntags: [a, b]\n---\n").await;
    client.wait_for_push("nothing wrong", |(of, _, found)| *of == uri && found.is_empty()).await;
    fixture.write(TOML, "allowed-tags = [\"a\"]\n");
    client.watched(&[(&toml, 1)]).await;
    client.wait_for_push("b is not allowed", |push| has(push, &uri, "unlisted-tag")).await;
    client.pushes.clear();
    client.open(&toml, "allowed-tags = [\"a\", \"b\"]\nx = 1\n").await;
    client.wait_for_push("x is no setting", |push| has(push, &toml, "unknown-setting")).await;
    client.wait_for_push("nothing wrong", |(of, _, found)| *of == uri && found.is_empty()).await;
    client.finish().await;
}

/// What the editor is asked to watch holds each file that a change is taken of.
#[tokio::test(flavor = "multi_thread")]
async fn every_file_that_counts_is_watched() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let request = client.wait_for_request("client/registerCapability").await;
    let watchers = request["params"]["registrations"][0]["registerOptions"]["watchers"].as_array().unwrap();
    let globs: Vec<_> = watchers
        .iter()
        .map(|it| globset::Glob::new(it["globPattern"].as_str().unwrap()).unwrap().compile_matcher())
        .collect();
    for file in [
        "Gemfile",
        "Gemfile.lock",
        ".gitmodules",
        "_config.yml",
        "masthead.toml",
        "_posts/2024-01-02-a.md",
        "_posts/2024-01-02-a.textile",
        "_layouts/post.html",
        "_data/authors.yml",
        "assets/a.png",
    ] {
        assert!(globs.iter().any(|glob| glob.is_match(file)), "{file}");
    }
    assert!(!globs.iter().any(|glob| glob.is_match("src/main.rs")));
    client.finish().await;
}

/// With the Gemfile a site becomes one of GitHub Pages, and its findings say what is otherwise there.
#[tokio::test(flavor = "multi_thread")]
async fn the_gemfile_is_watched() {
    const GEMFILE: &str = "/Gemfile";
    type Push = (String, Option<i64>, Vec<serde_json::Value>);
    let says = |push: &Push, uri: &str, words: &str| {
        push.0 == uri && push.2.iter().any(|it| it["message"].as_str().unwrap_or_default().contains(words))
    };
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let uri = fixture.uri(A);
    client.open(&uri, "---\ndate: 2999-01-01\n---\n").await;
    client.wait_for_push("a date in the future", |push| says(push, &uri, "future")).await;
    fixture.write(GEMFILE, "gem \"github-pages\"\n");
    client.watched(&[(&fixture.uri(GEMFILE), 1)]).await;
    client.wait_for_push("what GitHub Pages does", |push| says(push, &uri, "GitHub Pages")).await;
    client.finish().await;
}

/// A post that goes is missed by the posts that link to it, and found again.
#[tokio::test(flavor = "multi_thread")]
async fn links_are_rechecked_when_their_target_goes() {
    type Push = (String, Option<i64>, Vec<serde_json::Value>);
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let (uri, target) = (fixture.uri(A), "/_posts/2024-01-03-b.md");
    let missing = |push: &Push| push.0 == uri && push.2.iter().any(|found| found["code"] == "missing-post");
    client.open(&uri, "---\ntags: []\n---\n🎉 {% post_url 2024-01-03-b %}\n").await;
    client.wait_for_push("nothing wrong", |(of, _, found)| *of == uri && found.is_empty()).await;
    std::fs::remove_file(fixture.path(target)).unwrap();
    client.watched(&[(&fixture.uri(target), 3)]).await;
    client.wait_for_push("b is missed", missing).await;
    client.pushes.clear();
    fixture.write(target, NEW_TEXT);
    client.watched(&[(&fixture.uri(target), 1)]).await;
    client.wait_for_push("b is back", |(of, _, found)| *of == uri && found.is_empty()).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_rechecked_after_a_save_where_nobody_watches() {
    type Push = (String, Option<i64>, Vec<serde_json::Value>);
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Neovim, Some(&fixture.root())).await;
    let (uri, target) = (fixture.uri(A), "/_posts/2024-01-03-b.md");
    let missing = |push: &Push| push.0 == uri && push.2.iter().any(|found| found["code"] == "missing-post");
    client.open(&uri, "---\ntags: []\n---\n🎉 {% post_url 2024-01-03-b %}\n").await;
    client.open(&fixture.uri(NEW), NEW_TEXT).await;
    client.wait_for_push("nothing wrong", |(of, _, found)| *of == uri && found.is_empty()).await;
    client.wait_for_label(&uri, 1, 7, "Rust").await;
    std::fs::remove_file(fixture.path(target)).unwrap();
    client.save(&fixture.uri(NEW)).await;
    client.wait_for_push("b is missed", missing).await;
    client.finish().await;
}

/// What is typed in one post and not saved counts for what another open one says of it.
#[tokio::test(flavor = "multi_thread")]
async fn links_are_rechecked_when_their_target_is_hidden_in_a_buffer() {
    type Push = (String, Option<i64>, Vec<serde_json::Value>);
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let (uri, target) = (fixture.uri(A), fixture.uri("/_posts/2024-01-03-b.md"));
    let hidden = |push: &Push| push.0 == uri && push.2.iter().any(|found| found["code"] == "missing-post");
    client.open(&uri, "---\ntags: []\n---\n🎉 {% post_url 2024-01-03-b %}\n").await;
    client.open(&target, "---\ntags: [Rust]\n---\n").await;
    client.wait_for_push("nothing wrong", |(of, _, found)| *of == uri && found.is_empty()).await;
    client.pushes.clear();
    let line = json!({"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 0}});
    client.change(&target, 2, json!([{"range": line, "text": "published: false\n"}])).await;
    client.wait_for_push("b is hidden", hidden).await;
    client.pushes.clear();
    let line = json!({"start": {"line": 2, "character": 0}, "end": {"line": 3, "character": 0}});
    client.change(&target, 3, json!([{"range": line, "text": ""}])).await;
    client.wait_for_push("b is back", |(of, _, found)| *of == uri && found.is_empty()).await;
    client.finish().await;
}

/// A checkout of another branch, told of file by file: what is open is looked at a few times, not once a file.
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_notices_are_few_looks() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let uri = fixture.uri(A);
    client.open(&uri, fixture.text(A)).await;
    client.wait_for_label(&uri, 1, 7, "Rust").await;
    client.pushes.clear();
    let paths: Vec<String> = (0..1_000).map(|number| format!("/_posts/2024-02-01-{number}.md")).collect();
    for path in &paths {
        let is_last = path.ends_with("-999.md");
        fixture.write(path, if is_last { NEW_TEXT } else { "---\ntags: [Other]\n---\n" });
    }
    for path in &paths {
        client.watched(&[(&fixture.uri(path), 1)]).await;
    }
    client.wait_for_label(&uri, 1, 7, "Fresh").await;
    let looks = client.pushes.len();
    assert!(looks < 100, "{looks} looks");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_editor_has_told_of_is_known_to_the_next_request() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    client.wait_for_request("client/registerCapability").await;
    client.open(&fixture.uri(A), fixture.text(A)).await;
    client.wait_for_label(&fixture.uri(A), 1, 7, "Rust").await;
    let b = fixture.uri("/_posts/2024-01-03-b.md");
    client.open(&b, fixture.text("/_posts/2024-01-03-b.md")).await;
    let new: Vec<String> = (0..200).map(|at| format!("/_posts/2023-01-01-{at}.md")).collect();
    new.iter().for_each(|path| fixture.write(path, "---\ntags: [Rust]\n---\n"));
    let uris: Vec<String> = new.iter().map(|path| fixture.uri(path)).collect();
    client.watched(&uris.iter().map(|uri| (uri.as_str(), 1)).collect::<Vec<_>>()).await;
    let place = json!({"textDocument": {"uri": b}, "position": {"line": 1, "character": 8}, "newName": "R"});
    let edit = client.request("textDocument/rename", place).await;
    assert_eq!(edit["documentChanges"].as_array().map(Vec::len), Some(201));
    client.finish().await;
}

/// An editor that watches is asked to watch the folders too that a site has under other names.
#[tokio::test(flavor = "multi_thread")]
async fn folders_of_other_names_are_watched() {
    const OWN: &str = "\
//- /_config.yml
data_dir: 資料[1]
layouts_dir: theme/_layouts
//- /_posts/2024-01-02-a.md
---
author:
---
";
    let fixture = Fixture::new(OWN);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    client.open(&fixture.uri(A), fixture.text(A)).await;
    let is_own = |request: &serde_json::Value| {
        request["params"]["registrations"][0]["registerOptions"]["watchers"]
            == json!([{"globPattern": "**/資料?1?/**"}])
    };
    for _ in 0..400 {
        if client.requests.iter().any(is_own) {
            break;
        }
        client.request("textDocument/foldingRange", json!({"textDocument": {"uri": fixture.uri(A)}})).await;
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert!(client.requests.iter().any(is_own), "{:?}", client.requests);
    let registered = client.requests.iter().filter(|it| it["method"] == "client/registerCapability");
    assert_eq!(registered.count(), 2);
    fixture.write("/資料[1]/authors.yml", "春子:\n  name: 春\n");
    client.watched(&[(&fixture.uri("/資料[1]/authors.yml"), 1)]).await;
    client.wait_for_label(&fixture.uri(A), 1, 7, "春子").await;
    client.finish().await;
}

/// The anchors of a page are read when a link asks for them, and again when the page changes, on disk or in a buffer.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_heading_follows_its_page() {
    let page = "/_posts/2024-01-04-page.md";
    let with = |heading: &str| format!("---\ntitle: page\n---\n## {heading}\n");
    let fixture = Fixture::new(&format!("{SITE}//- {page}\n{}", with("春")));
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    client.wait_for_request("client/registerCapability").await;
    let text = "---\ntitle: a\n---\n[🎉]({% post_url 2024-01-04-page %}#春)\n";
    client.open(&fixture.uri(A), text).await;
    client.wait_for_label(&fixture.uri(A), 3, 36, "春").await;
    client.change(&fixture.uri(A), 2, json!([{"text": text}])).await;
    wait_for(&mut client, &fixture.uri(A), false).await;
    fixture.write(page, &with("夏"));
    client.watched(&[(&fixture.uri(page), 2)]).await;
    wait_for(&mut client, &fixture.uri(A), true).await;
    client.open(&fixture.uri(page), &with("春")).await;
    wait_for(&mut client, &fixture.uri(A), false).await;
    client.change(&fixture.uri(page), 2, json!([{"text": with("秋")}])).await;
    wait_for(&mut client, &fixture.uri(A), true).await;
    client.close(&fixture.uri(page)).await;
    fixture.write(page, &with("春"));
    client.watched(&[(&fixture.uri(page), 2)]).await;
    wait_for(&mut client, &fixture.uri(A), false).await;
    client.finish().await;
}

/// Waits until the newest findings of a document tell of a missing anchor, or do not.
async fn wait_for(client: &mut Client, uri: &str, missing: bool) {
    let is_missing = |found: &serde_json::Value| found["code"] == "missing-anchor";
    let push = |push: &(String, Option<i64>, Vec<serde_json::Value>)| {
        push.0 == uri && push.2.iter().any(is_missing) == missing
    };
    client.pushes.clear();
    client.wait_for_push(&format!("missing: {missing}"), push).await;
}

/// A site in the folder of another one, which reads its posts too: what changes there is news for both.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_site_in_a_site_counts_in_both() {
    let inner = "/docs/_posts/2024-02-02-inner.md";
    let fixture =
        Fixture::new(&format!("{SITE}//- /docs/_config.yml\ntitle: y\n//- {inner}\n---\ntags: []\n---\n"));
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    client.open(&fixture.uri(A), fixture.text(A)).await;
    client.open(&fixture.uri(inner), "---\ntags: []\n---\n").await;
    client.wait_for_label(&fixture.uri(A), 1, 7, "Rust").await;
    let new = "/docs/_posts/2024-02-03-new.md";
    fixture.write(new, NEW_TEXT);
    client.watched(&[(&fixture.uri(new), 1)]).await;
    for uri in [fixture.uri(inner), fixture.uri(A)] {
        client.wait_for_label(&uri, 1, 7, "Fresh").await;
    }
    std::fs::remove_file(fixture.path(new)).unwrap();
    client.watched(&[(&fixture.uri(new), 3)]).await;
    for uri in [fixture.uri(inner), fixture.uri(A)] {
        wait_until_gone(&mut client, &uri, "Fresh").await;
    }
    client.finish().await;
}
