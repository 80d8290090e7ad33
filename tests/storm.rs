//! Storms on disk: a thousand files at a time, another branch, folders that go. When they have passed, the server knows
//! what a server knows that is started then.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use std::fs;
use std::time::Duration;

use common::{Client, Fixture, Kind};
use serde_json::{Value, json};

const OPEN: &str = "/_posts/2024-01-02-open.md";
const SITE: &str = "\
//- /_config.yml
title: x
//- /_posts/2024-01-02-open.md
---
tags: []
categories: []
---
{% post_url 2024-02-01-post-0 %} {% post_url 2024-02-05-post-4 %} {% post_url 旅 日記/2024-02-02-post-1 %}
[T3 と共通](/2024/02/04/post-3.html#見出し)
";

/// How many files a storm has.
const FILES: usize = 1_000;

fn path(number: usize) -> String {
    // Some lie in folders of their own, whose names are not ASCII.
    let folder = ["", "旅 日記/", "a/b/"][number % 3];
    format!("/_posts/{folder}2024-02-{:02}-post-{number}.md", number % 28 + 1)
}

fn text(number: usize, round: usize) -> String {
    let (tag, category) = ((number + round) % 40, (number * round) % 7);
    match number % 50 {
        // Some do not load, and some have no block.
        7 => format!("---\ntags: [t{tag}\n---\n"),
        8 => "no block\n".to_owned(),
        _ => format!("---\ntitle: 題{number}\ntags: [t{tag}, 共通]\ncategories: c{category}\n---\n"),
    }
}

/// All that is said of the site: its terms, each with the number of its posts, its symbols with their places, and what is
/// found in the open post.
async fn known(client: &mut Client, uri: &str) -> Vec<String> {
    let document = json!({"textDocument": {"uri": uri}});
    let found = client.request("textDocument/diagnostic", document).await;
    let symbols = client.request("workspace/symbol", json!({"query": ""})).await;
    let all = [&found["items"], &symbols].map(|list| list.as_array().cloned().unwrap_or_default());
    let mut terms: Vec<String> = all.iter().flatten().map(Value::to_string).collect();
    for (line, character) in [(1, 7), (2, 13)] {
        let params =
            json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
        let list = client.request("textDocument/completion", params).await;
        let shown = |item: &Value| format!("{} {} {}", item["label"], item["detail"], item["documentation"]);
        terms.extend(list["items"].as_array().into_iter().flatten().map(shown));
    }
    terms.sort();
    terms
}

/// Waits until the server that went through the storm knows what a fresh one does.
async fn settles(client: &mut Client, kind: Kind, fixture: &Fixture, what: &str) {
    let uri = fixture.uri(OPEN);
    let fresh = {
        let mut fresh = Client::start(kind, Some(&fixture.root())).await;
        fresh.open(&uri, fixture.text(OPEN)).await;
        while !fresh.progress.iter().any(|value| value["kind"] == "end") {
            known(&mut fresh, &uri).await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let known = known(&mut fresh, &uri).await;
        fresh.finish().await;
        known
    };
    let mut now = Vec::new();
    for _ in 0..400 {
        now = known(client, &uri).await;
        if now == fresh {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(now, fresh, "after {what}");
}

/// Branches of a small site by chance, and news of them in the forms that watchers give it: all at once or one by one, in
/// any order, twice, of another kind, of a folder in place of its files; or no news at all, and a save.
#[tokio::test(flavor = "multi_thread")]
async fn the_index_is_that_of_a_fresh_read_after_any_checkouts() {
    for kind in [Kind::VsCode, Kind::Neovim] {
        let fixture = Fixture::below(SITE, "私の ブログ");
        let mut client = Client::start(kind, Some(&fixture.root())).await;
        let open = fixture.uri(OPEN);
        client.open(&open, fixture.text(OPEN)).await;
        let mut seed = 7_u64;
        let mut chance = move |below: usize| {
            // Source: Knuth, MMIX.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        let files: Vec<String> = (0..30).map(path).chain(["/_config.yml".to_owned()]).collect();
        for round in 1..=16 {
            let mut events: Vec<(String, i64)> = Vec::new();
            for (number, file) in files.iter().enumerate() {
                let (was, uri) = (fixture.path(file).exists(), fixture.uri(file));
                match chance(5) {
                    0 if was => {
                        fs::remove_file(fixture.path(file)).unwrap();
                        events.push((uri, 3));
                    }
                    1 | 2 => {
                        let config =
                            ["title: x\n", "title: y\n", "exclude: [_posts/a]\n", "permalink: pretty\n"];
                        let is_config = file.ends_with(".yml");
                        let text = if is_config { config[chance(4)].to_owned() } else { text(number, round) };
                        fixture.write(file, &text);
                        events.push((uri, if was { 2 } else { 1 }));
                    }
                    _ => {}
                }
            }
            let form = chance(6);
            let mut told: Vec<(&str, i64)> = events.iter().map(|(uri, kind)| (&**uri, *kind)).collect();
            match form {
                _ if matches!(kind, Kind::Neovim) => client.save(&open).await,
                0 => client.watched(&told).await,
                1 => {
                    for event in &told {
                        client.watched(&[*event]).await;
                    }
                }
                2 => {
                    told.reverse();
                    told.extend_from_within(..told.len() / 2);
                    client.watched(&told).await;
                }
                3 => {
                    told.iter_mut().for_each(|event| event.1 = 2);
                    client.watched(&told).await;
                }
                4 => {
                    let (first, second) = told.split_at(told.len() / 2);
                    client.watched(second).await;
                    client.watched(first).await;
                }
                _ => {
                    let folder = fixture.uri("/_posts");
                    told.retain(|(uri, _)| !uri.starts_with(&folder));
                    told.push((&folder, 1));
                    client.watched(&told).await;
                }
            }
            settles(&mut client, kind, &fixture, &format!("round {round} in form {form} with {kind:?}"))
                .await;
        }
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_is_that_of_a_fresh_read_after_every_storm() {
    let fixture = Fixture::below(SITE, "私の ブログ");
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    client.wait_for_request("client/registerCapability").await;
    client.open(&fixture.uri(OPEN), fixture.text(OPEN)).await;
    client.wait_for_diagnostics(&fixture.uri(OPEN), Some(1)).await;

    // One notification for each file, as some watchers have it.
    for number in 0..FILES {
        fixture.write(&path(number), &text(number, 1));
        client.watched(&[(&fixture.uri(&path(number)), 1)]).await;
    }
    settles(&mut client, Kind::VsCode, &fixture, "a thousand files created").await;

    // All in one, and the half of it twice.
    let uris: Vec<String> = (0..FILES).map(|number| fixture.uri(&path(number))).collect();
    let mut events: Vec<(&str, i64)> = uris.iter().map(|uri| (&**uri, 2)).collect();
    events.extend_from_within(..FILES / 2);
    (0..FILES).for_each(|number| fixture.write(&path(number), &text(number, 2)));
    client.watched(&events).await;
    settles(&mut client, Kind::VsCode, &fixture, "a thousand files changed").await;

    // Another branch: files come, go and change at once, the configuration too.
    let mut events = Vec::new();
    for number in 0..FILES {
        match number % 4 {
            0 => fs::remove_file(fixture.path(&path(number))).unwrap(),
            1 => fixture.write(&path(number), &text(number, 3)),
            2 => fixture.write(&path(number + FILES), &text(number, 4)),
            _ => continue,
        }
        let (of, kind) = [(number, 3), (number, 2), (number + FILES, 1)][number % 4];
        events.push((fixture.uri(&path(of)), kind));
    }
    fixture.write("/_config.yml", "exclude: [_posts/a]\n");
    events.push((fixture.uri("/_config.yml"), 2));
    events.reverse();
    client.watched(&events.iter().map(|(uri, kind)| (&**uri, *kind)).collect::<Vec<_>>()).await;
    settles(&mut client, Kind::VsCode, &fixture, "another branch").await;

    // A folder gets another name, of which only the folders are told; then it goes.
    let (old, new) = ("/_posts/旅 日記", "/_posts/旅");
    fs::rename(fixture.path(old), fixture.path(new)).unwrap();
    client.watched(&[(&fixture.uri(old), 3), (&fixture.uri(new), 1)]).await;
    settles(&mut client, Kind::VsCode, &fixture, "a folder renamed").await;
    fs::remove_dir_all(fixture.path(new)).unwrap();
    client.watched(&[(&fixture.uri(new), 3)]).await;
    settles(&mut client, Kind::VsCode, &fixture, "a folder removed").await;

    for number in 0..2 * FILES {
        let _ = fs::remove_file(fixture.path(&path(number)));
    }
    client.watched(&events.iter().map(|(uri, _)| (&**uri, 3)).collect::<Vec<_>>()).await;
    client.watched(&uris.iter().map(|uri| (&**uri, 3)).collect::<Vec<_>>()).await;
    settles(&mut client, Kind::VsCode, &fixture, "all deleted").await;
    client.finish().await;
}

/// What cannot be read costs itself and nothing else, and never holds the server up.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn odd_files_hold_up_nothing() {
    use std::os::unix::fs::symlink;
    let fixture = Fixture::new(SITE);
    let posts = fixture.path("/_posts");
    fixture.write("/_posts/2024-03-01-good.md", "---\ntags: [good]\n---\n");
    fs::create_dir(posts.join("2024-03-02-folder.md")).unwrap();
    symlink("nowhere", posts.join("2024-03-03-dangling.md")).unwrap();
    symlink(".", posts.join("loop")).unwrap();
    symlink("2024-03-05-self.md", posts.join("2024-03-05-self.md")).unwrap();
    for pipe in ["_posts/2024-03-06-pipe.md", "masthead.toml", "_data"] {
        assert!(
            std::process::Command::new("mkfifo")
                .arg(fixture.path("/x").with_file_name(pipe))
                .status()
                .unwrap()
                .success()
        );
    }
    fs::write(posts.join("2024-03-07-bytes.md"), b"---\ntags: [\xff\xfe]\n---\n").unwrap();
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let uri = fixture.uri(OPEN);
    client.open(&uri, fixture.text(OPEN)).await;
    client.wait_for_label(&uri, 1, 7, "good").await;
    let odd = [
        "2024-03-02-folder",
        "2024-03-03-dangling",
        "2024-03-05-self",
        "2024-03-06-pipe",
        "2024-03-07-bytes",
    ];
    for name in odd {
        let odd = fixture.uri(&format!("/_posts/{name}.md"));
        client.watched(&[(&odd, 1), (&odd, 2)]).await;
        client.open(&odd, "---\ntags: [odd]\n---\n").await;
        client.close(&odd).await;
    }
    client.watched(&[(&fixture.uri("/_posts/loop"), 1), (&fixture.uri("/masthead.toml"), 1)]).await;
    settles(&mut client, Kind::VsCode, &fixture, "odd files").await;
    client.finish().await;
}
