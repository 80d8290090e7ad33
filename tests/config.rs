//! `_config.yml` over the wire: what depends on it follows it, from the disk and from the editor.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::{Client, Fixture, Kind};
use serde_json::{Value, json};

const CONFIG: &str = "/_config.yml";
const POST: &str = "/_posts/2024-01-15-京都の桜.md";
const SITE: &str = "\
//- /_config.yml
title: 日記
//- /_posts/2024-01-15-京都の桜.md
---
title: 桜 🌸
date: 2024-01-15 23:30:00 +0000
---
[前](/blog/2024/01/01/梅.html)
//- /_posts/2024-01-01-梅.md
---
title: 梅
---
";

struct Editor {
    fixture: Fixture,
    client: Client,
    uri: String,
    config: String,
}

impl Editor {
    /// An editor with the post open.
    async fn new(kind: Kind) -> Editor {
        let fixture = Fixture::below(SITE, "私の ブログ");
        let mut client = Client::start(kind, Some(&fixture.root())).await;
        let (uri, config) = (fixture.uri(POST), fixture.uri(CONFIG));
        client.open(&uri, fixture.text(POST)).await;
        Editor { fixture, client, uri, config }
    }

    /// Writes the configuration to the disk, as another program does.
    async fn write(&mut self, text: &str) {
        self.fixture.write(CONFIG, text);
        self.client.watched(&[(&self.config, 2)]).await;
    }

    async fn hints(&mut self) -> Vec<String> {
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
        let params = json!({"textDocument": {"uri": self.uri}, "range": range});
        let hints = self.client.request("textDocument/inlayHint", params).await;
        let hints = hints.as_array().cloned().unwrap_or_default();
        hints.iter().map(|hint| hint["label"].as_str().unwrap().trim().to_owned()).collect()
    }

    async fn hover(&mut self, line: u32, character: u32) -> String {
        let position = json!({"line": line, "character": character});
        let params = json!({"textDocument": {"uri": self.uri}, "position": position});
        self.client.request("textDocument/hover", params).await.to_string()
    }

    async fn wait_for_hint(&mut self, part: &str) {
        let has = async |editor: &mut Editor| editor.hints().await.iter().any(|hint| hint.contains(part));
        self.wait_for(part, has).await;
    }

    /// Asks until it is so: the site is read in the background.
    async fn wait_for(&mut self, what: &str, is_so: impl AsyncFn(&mut Editor) -> bool) {
        for _ in 0..400 {
            if is_so(self).await {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("{what}: waited in vain");
    }

    /// Waits until the post's findings have this code, or have it no longer.
    async fn wait_for_code(&mut self, code: &str, there: bool) {
        let uri = self.uri.clone();
        let has = |found: &[Value]| found.iter().any(|it| it["code"] == code);
        self.client.wait_for_push(code, |(of, _, found)| *of == uri && has(found) == there).await;
    }

    async fn wait_for_config(&mut self, what: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let config = self.config.clone();
        self.client.wait_for_push(what, |(of, _, found)| *of == config && wanted(found)).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_depends_on_it_follows_it() {
    let mut editor = Editor::new(Kind::Helix).await;
    editor.wait_for_hint("/2024/01/15/").await;
    // An excluded post has no URL.
    editor.write("exclude: [_posts/2024-01-15]\n").await;
    editor.wait_for("no hint", async |editor| editor.hints().await.is_empty()).await;
    editor.write("baseurl: /blog\n").await;
    editor.wait_for("the post behind a link", async |editor| editor.hover(4, 8).await.contains("梅")).await;
    editor.client.pushes.clear();
    editor.write("timezone: Asia/Tokyo\n").await;
    editor.wait_for_hint("/2024/01/16/").await;
    editor.wait_for_code("shifted-day", true).await;
    editor.client.pushes.clear();
    editor.write("permalink: /:slug/\n").await;
    editor.wait_for_hint("/京都の桜/").await;
    editor.wait_for_code("shifted-day", false).await;
    editor.client.pushes.clear();
    editor.write("defaults:\n- scope: {path: ''}\n  values: {permalink: '/:yaer/:title/'}\n").await;
    editor.wait_for_code("unknown-placeholder", true).await;
    editor.client.pushes.clear();
    editor.write("title: x\n").await;
    editor.wait_for_code("unknown-placeholder", false).await;
    editor.wait_for_hint("/2024/01/15/").await;
    editor.client.finish().await;
}

/// Each kind of client: one that is pushed to, and one that asks.
#[tokio::test(flavor = "multi_thread")]
async fn one_that_does_not_load_is_told_though_it_is_not_open() {
    for kind in [Kind::Helix, Kind::VsCode] {
        let mut editor = Editor::new(kind).await;
        let uri = editor.uri.clone();
        if matches!(kind, Kind::VsCode) {
            editor.client.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}})).await;
        }
        editor.write("permalink: /good/:title/\n").await;
        editor.wait_for_hint("/good/").await;
        editor.write("permalink: /bad/:title/\nexclude: [a\n").await;
        let found = editor.wait_for_config("a mistake", |found| !found.is_empty()).await;
        assert_eq!(found[0]["code"], "unclosed-bracket");
        assert_eq!(found[0]["range"]["start"]["line"], 1);
        editor.wait_for_hint("/good/").await;
        editor.client.pushes.clear();
        editor.write("permalink: /mended/:title/\nexclude: [a]\n").await;
        editor.wait_for_config("nothing wrong", <[Value]>::is_empty).await;
        editor.wait_for_hint("/mended/").await;
        editor.client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_editor_has_open_wins() {
    let mut editor = Editor::new(Kind::Helix).await;
    let config = editor.config.clone();
    editor.client.open(&config, "permalink: /unsaved/:title/\n").await;
    editor.wait_for_hint("/unsaved/").await;
    editor.client.change(&config, 2, json!([{"text": "permalink: \"/broken/:title/\n"}])).await;
    editor.wait_for_config("a mistake", |found| !found.is_empty()).await;
    editor.write("permalink: /disk/:title/\n").await;
    editor.wait_for_hint("/unsaved/").await;
    editor.client.change(&config, 3, json!([{"text": "permalink: \"/mended/:title/\"\n"}])).await;
    editor.wait_for_hint("/mended/").await;
    editor.client.close(&config).await;
    editor.wait_for_hint("/disk/").await;
    editor.client.finish().await;
}

/// `source` names the folder that a URL's folders are counted from; what it says comes from the configuration above it.
#[tokio::test(flavor = "multi_thread")]
async fn the_source_may_be_a_folder_in_the_site() {
    let site = "//- /_config.yml\nsource: src\npermalink: /disk/:categories/:title/\n\
                //- /src/日記/_posts/2024-01-15-桜.md\n---\ntitle: 桜\n---\n本文\n";
    let fixture = Fixture::below(site, "私の ブログ");
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let (uri, config) = (fixture.uri("/src/日記/_posts/2024-01-15-桜.md"), fixture.uri(CONFIG));
    client.open(&uri, "---\ntitle: 桜\n---\n本文\n").await;
    let mut editor = Editor { fixture, client, uri, config: config.clone() };
    editor.wait_for_hint("/disk/日記/桜/").await;
    editor.write("source: src\npermalink: /new/:title/\n").await;
    editor.wait_for_hint("/new/桜/").await;
    editor.client.open(&config, "source: src\npermalink: /unsaved/:yaer/\n").await;
    editor.wait_for_config("a mistake", |found| !found.is_empty()).await;
    editor.client.finish().await;
}

/// A broken file on the disk is told again once the mended buffer is thrown away.
#[tokio::test(flavor = "multi_thread")]
async fn a_buffer_that_is_thrown_away_leaves_what_the_disk_says() {
    let mut editor = Editor::new(Kind::Helix).await;
    let config = editor.config.clone();
    editor.write("exclude: [a\n").await;
    editor.wait_for_config("a mistake", |found| !found.is_empty()).await;
    editor.client.pushes.clear();
    editor.client.open(&config, "permalink: /mended/:title/\n").await;
    editor.wait_for_config("nothing wrong", <[Value]>::is_empty).await;
    editor.wait_for_hint("/mended/").await;
    editor.client.pushes.clear();
    editor.client.close(&config).await;
    editor.wait_for_config("the mistake on the disk", |found| !found.is_empty()).await;
    editor.wait_for_hint("/mended/").await;
    editor.client.finish().await;
}
