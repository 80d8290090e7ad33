//! Beside a second Markdown server: outside the front matter, the links to posts and the Liquid tags every answer is
//! empty, whatever we announce, so that nothing is shown twice and nothing contradicts.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::{Client, Fixture, Kind};
use masthead::text::{LineIndex, PositionEncoding};
use serde_json::{Value, json};

const POST: &str = "/_posts/2026-05-02-b.md";

const SITE: &str = "\
//- /_config.yml
timezone: Asia/Tokyo
//- /_posts/2026-05-01-a.md
---
title: 第一
tags: [AI, Markdown]
---
//- /_posts/2026-05-02-b.md
---
title: 第二
tags: [AI]
---

本文の AI と Markdown、😀 emoji。tags: [AI, と書いても本文。

- a list - of `code` and *words*
- [ ] a task, [a link](https://example.com/ai), <https://example.com>
- [a word][reference], ![a picture](https://example.com/a.png)

[reference]: https://example.com/

| a | table |
|---|---|
| AI | 生成 |

```yaml
tags: [AI, Markdown]
title: in a code block
```

<div class=\"AI\">html</div>
//- /README.md
# A page of the repository

Text with AI, `code` and [a link](https://example.com/). tags: [AI
";

/// The requests about a position that only an announced capability brings.
const AT_A_POSITION: &[(&str, &str)] = &[
    ("hoverProvider", "textDocument/hover"),
    ("completionProvider", "textDocument/completion"),
    ("definitionProvider", "textDocument/definition"),
    ("referencesProvider", "textDocument/references"),
    ("documentHighlightProvider", "textDocument/documentHighlight"),
    ("renameProvider", "textDocument/prepareRename"),
    ("linkedEditingRangeProvider", "textDocument/linkedEditingRange"),
    ("signatureHelpProvider", "textDocument/signatureHelp"),
];

fn is_empty(answer: &Value) -> bool {
    match answer {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(_) => answer["items"].as_array().is_some_and(Vec::is_empty),
        _ => false,
    }
}

/// Whether a place is in the address of a link or a picture: that may become one of the site's.
fn is_address(text: &str, offset: usize) -> bool {
    let line = text[..offset].rsplit('\n').next().unwrap();
    let inline = line.rfind("](").is_some_and(|at| !line[at + 2..].contains(')'));
    inline || line.contains("]: ")
}

/// Asks everything at every character from `start` on.
async fn check(client: &mut Client, announced: &Value, uri: &str, text: &str, start: usize) {
    let lines = LineIndex::new(text);
    let at = |offset: usize| {
        let position = lines.position(text, offset, PositionEncoding::Utf16);
        json!({"line": position.line, "character": position.column})
    };
    let all = text.char_indices().map(|(offset, _)| offset).chain([text.len()]);
    let offsets: Vec<usize> = all.filter(|at| *at >= start && !is_address(text, *at)).collect();
    for (capability, method) in
        AT_A_POSITION.iter().filter(|(capability, _)| !announced[*capability].is_null())
    {
        for offset in &offsets {
            let params = json!({
                "textDocument": {"uri": uri},
                "position": at(*offset),
                "context": {"includeDeclaration": true, "triggerKind": 1},
            });
            let answer = client.request(method, params).await;
            assert!(is_empty(&answer), "{capability} at {:?}: {answer}", &text[*offset..]);
        }
    }
    let range = json!({"start": at(start), "end": at(text.len())});
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    for method in ["textDocument/codeAction", "textDocument/inlayHint"] {
        let answer = client.request(method, params.clone()).await;
        assert!(is_empty(&answer), "{method}: {answer}");
    }
    if !announced["documentLinkProvider"].is_null() {
        let links = client.request("textDocument/documentLink", json!({"textDocument": {"uri": uri}})).await;
        assert!(is_empty(&links), "{links}");
    }
}

async fn start(site: &Fixture) -> (Client, Value) {
    let mut client = Client::raw();
    let answer = client.initialize(Kind::VsCode.params(Some(&site.root()))).await;
    (client, answer["capabilities"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_body_of_a_post_is_left_to_others() {
    let site = Fixture::new(SITE);
    let (mut client, announced) = start(&site).await;
    let (uri, text) = (site.uri(POST), site.text(POST));
    client.open(&uri, text).await;
    // The site is known: it is not for want of words that nothing is offered.
    client.wait_for_label(&uri, 2, 7, "Markdown").await;
    check(&mut client, &announced, &uri, text, text.find("本文").unwrap()).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_front_matter_is_left_to_others() {
    let site = Fixture::new(SITE);
    let (mut client, announced) = start(&site).await;
    let (uri, text) = (site.uri("/README.md"), site.text("/README.md"));
    client.open(&uri, text).await;
    check(&mut client, &announced, &uri, text, 0).await;
    let report = client.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}})).await;
    assert_eq!(report["items"], json!([]));
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_outside_of_every_site_is_left_to_others() {
    let site = Fixture::new(SITE);
    let elsewhere = Fixture::new("//- /notes.md\n# Notes\n\ntags: [AI\n");
    let (mut client, announced) = start(&site).await;
    let (uri, text) = (elsewhere.uri("/notes.md"), elsewhere.text("/notes.md"));
    client.open(&uri, text).await;
    check(&mut client, &announced, &uri, text, 0).await;
    let report = client.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}})).await;
    assert_eq!(report["items"], json!([]));
    client.finish().await;
}
