//! A whole front matter typed, key by key, in each editor's way of talking: after every keystroke completion is asked
//! for, now and then an item is accepted as the editor would, and what is there at the end loads.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::buffer::Buffer;
use common::{Client, Fixture, Kind};
use masthead::post::Post;
use masthead::post::front_matter::Load;
use masthead::text::PositionEncoding;
use serde_json::{Value, json};

const SITE: &str = "\
//- /_config.yml
timezone: Asia/Tokyo
//- /_layouts/post.html
{{ content }}
//- /_posts/2024-01-02-a.md
---
layout: post
title: \"最初の投稿😀\"
date: 2024-01-02 09:00:00 +0900
categories: [\"日記\"]
tags: [\"AI\", \"生成AI\", \"季節: 春\", \"GitHub Pages\"]
author: \"編集部\"
---
//- /_posts/2024-01-03-b.md
---
layout: post
title: \"二番目\"
date: 2024-01-03 09:00:00 +0900
categories: [\"日記\", \"投資分析\"]
tags: [\"AI\", \"ｻｰﾊﾞｰ\", \"2024\"]
author: \"編集部\"
---
//- /_posts/2024-01-04-c.md
";

const POST: &str = "/_posts/2024-01-04-c.md";

/// What the author does.
enum Step {
    Type(&'static str),
    Accept(&'static str),
    /// Goes to the end of the line.
    End,
}
use Step::{Accept, End, Type};

/// The items at the cursor, each held to what every editor needs.
async fn items(client: &mut Client, uri: &str, buffer: &Buffer) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": uri }, "position": buffer.position(buffer.cursor) });
    let list = client.request("textDocument/completion", params).await;
    let items = list["items"].as_array().cloned().unwrap_or_default();
    assert!(items.len() <= 100);
    for item in &items {
        let range = &item["textEdit"]["range"];
        let (start, end) = (buffer.offset(&range["start"]), buffer.offset(&range["end"]));
        assert!(
            start <= buffer.cursor && buffer.cursor <= end,
            "{item} at {:?}",
            &buffer.text[..buffer.cursor]
        );
        assert!(!buffer.text[start..end].contains('\n'), "{item}");
        let typed = &buffer.text[start..buffer.cursor];
        let filter = item["filterText"].as_str().unwrap_or_else(|| item["label"].as_str().unwrap());
        assert!(is_kept(typed, filter), "{typed:?} hides {filter:?}");
    }
    items
}

/// Whether an editor that filters for itself keeps an item: what is typed is in its filter text, in order.
fn is_kept(typed: &str, filter: &str) -> bool {
    let mut rest = filter.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|c| rest.any(|other| other == c))
}

/// The text of a snippet of ours, and where in it the cursor goes.
fn expanded(snippet: &str) -> (String, Option<usize>) {
    let (mut text, mut cursor, mut rest) = (String::new(), None, snippet.chars());
    while let Some(c) = rest.next() {
        match c {
            '\\' => text.extend(rest.next()),
            '$' => {
                assert_eq!((rest.next(), cursor), (Some('0'), None), "{snippet}");
                cursor = Some(text.len());
            }
            _ => text.push(c),
        }
    }
    (text, cursor)
}

/// Accepts an item as the editor does.
async fn accept(client: &mut Client, kind: Kind, uri: &str, buffer: &mut Buffer, item: &Value) {
    let edit = &item["textEdit"];
    let written = edit["newText"].as_str().unwrap();
    let (from, mut to) = (buffer.offset(&edit["range"]["start"]), buffer.offset(&edit["range"]["end"]));
    let is_snippet = item["insertTextFormat"] == 2;
    let (mut text, cursor) = if is_snippet { expanded(written) } else { (written.to_owned(), None) };
    if matches!(kind, Kind::Neovim) {
        // Neovim 0.11 replaces what stands before the cursor, and of a text that is no snippet takes the first word.
        to = buffer.cursor;
        if !is_snippet {
            text.truncate(text.find(char::is_whitespace).unwrap_or(text.len()));
        }
    }
    buffer.replace(client, uri, from, to, &text).await;
    buffer.cursor = from + cursor.unwrap_or(text.len());
    // Our plugin goes behind a closing quote that was there.
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'') && !text.ends_with(*c));
    if matches!(kind, Kind::Neovim) && quote.is_some() && buffer.text[buffer.cursor..].chars().next() == quote
    {
        buffer.cursor += 1;
    }
}

/// Types a character, in an editor that closes quotes and brackets (`pairs`) or in one that does not.
async fn type_in(client: &mut Client, uri: &str, buffer: &mut Buffer, c: char, pairs: bool) {
    let at = buffer.cursor;
    let next = buffer.text[at..].chars().next();
    let close = match c {
        '[' => Some(']'),
        '"' | '\'' => Some(c),
        _ => None,
    };
    if pairs && matches!(c, '"' | '\'' | ']') && next == Some(c) {
        buffer.cursor += 1;
        return;
    }
    let close = close.filter(|_| pairs && next.is_none_or(|next| !next.is_alphanumeric()));
    let typed: String = [Some(c), close].into_iter().flatten().collect();
    buffer.replace(client, uri, at, at, &typed).await;
    buffer.cursor = at + c.len_utf8();
}

async fn check(kind: Kind, encoding: PositionEncoding, pairs: bool, steps: &[Step], expected: &str) {
    let fixture = Fixture::new(SITE);
    let uri = fixture.uri(POST);
    let mut client = Client::start(kind, Some(&fixture.root())).await;
    client.open(&uri, "---\ntags: [").await;
    client.wait_for_label(&uri, 1, 7, "生成AI").await;
    let mut buffer = Buffer { text: "---\ntags: [".to_owned(), cursor: 0, version: 1, encoding };
    let all = buffer.text.len();
    buffer.replace(&mut client, &uri, 0, all, "").await;
    for step in steps {
        match step {
            Type(text) => {
                for c in text.chars() {
                    type_in(&mut client, &uri, &mut buffer, c, pairs).await;
                    items(&mut client, &uri, &buffer).await;
                }
            }
            End => {
                let rest = &buffer.text[buffer.cursor..];
                buffer.cursor += rest.find('\n').unwrap_or(rest.len());
            }
            Accept(label) => {
                let items = items(&mut client, &uri, &buffer).await;
                let labels: Vec<&str> = items.iter().filter_map(|item| item["label"].as_str()).collect();
                let chosen = items.iter().find(|item| item["label"] == *label);
                let chosen = chosen.unwrap_or_else(|| panic!("{label} is not in {labels:?}"));
                accept(&mut client, kind, &uri, &mut buffer, chosen).await;
            }
        }
    }
    assert_eq!(buffer.text, expected);
    let front_matter = Post::parse(buffer.text.as_str()).front_matter;
    assert_eq!((front_matter.load, front_matter.problems), (Load::Mapping, Vec::new()));
    client.finish().await;
}

const CLIENTS: [(Kind, PositionEncoding); 3] = [
    (Kind::Neovim, PositionEncoding::Utf8),
    (Kind::Helix, PositionEncoding::Utf8),
    (Kind::VsCode, PositionEncoding::Utf16),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_front_matter_in_brackets() {
    let steps = [
        Type("---\nlay"),
        Accept("layout"),
        Type("p"),
        Accept("post"),
        Type("\ntitle: \"三番目😀の投稿\"\ncate"),
        Accept("categories"),
        Type("[\""),
        Accept("日記"),
        Type("]\ntags: [\""),
        Accept("AI"),
        Type(", \"さー"),
        Accept("ｻｰﾊﾞｰ"),
        Type(", "),
        Accept("季節: 春"),
        Type("] # 三つ\nauthor: "),
        Accept("編集部"),
        Type("\n---\n\n本文。\n"),
    ];
    for ((kind, encoding), pairs) in CLIENTS.into_iter().flat_map(|client| [(client, false), (client, true)])
    {
        let expected = "---\nlayout: post\ntitle: \"三番目😀の投稿\"\ncategories: [\"日記\"]\n\
             tags: [\"AI\", \"ｻｰﾊﾞｰ\", \"季節: 春\"] # 三つ\nauthor: 編集部\n---\n\n本文。\n";
        check(kind, encoding, pairs, &steps, expected).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_front_matter_in_lines() {
    let steps = [
        Type("---\ntitle: 四番目\ntags:\n  - ai"),
        Accept("AI"),
        Type("\n  - "),
        Accept("2024"),
        Type("\n  - 季"),
        Accept("季節: 春"),
        Type("\ncategory: "),
        Accept("投資分析"),
        Type("\nlayout: "),
        Accept("post"),
        Type("\n---\n"),
    ];
    for ((kind, encoding), pairs) in CLIENTS.into_iter().flat_map(|client| [(client, false), (client, true)])
    {
        let expected = "---\ntitle: 四番目\ntags:\n  - \"AI\"\n  - \"2024\"\n  - \"季節: 春\"\ncategory: 投資分析\nlayout: post\n---\n";
        check(kind, encoding, pairs, &steps, expected).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_begins_with_its_first_tag_goes_on_in_its_brackets() {
    let steps = [
        Type("---\ntitle: 五番目\ntags: "),
        Accept("GitHub Pages"),
        Type(", "),
        Accept("季節: 春"),
        Type(", \"生"),
        Accept("生成AI"),
        End,
        Type("\nlayout:"),
        Accept("post"),
        Type("\n---\n"),
    ];
    for ((kind, encoding), pairs) in CLIENTS.into_iter().flat_map(|client| [(client, false), (client, true)])
    {
        let expected =
            "---\ntitle: 五番目\ntags: [\"GitHub Pages\", \"季節: 春\", \"生成AI\"]\nlayout: post\n---\n";
        check(kind, encoding, pairs, &steps, expected).await;
    }
}

/// A list of items that opens at a dash, a colon or a comma lasts when the blank is typed that comes next: Helix compares it
/// with the items.
#[tokio::test(flavor = "multi_thread")]
async fn a_blank_behind_a_dash_or_a_colon_hides_no_item() {
    let fixture = Fixture::new(SITE);
    let uri = fixture.uri(POST);
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    client.open(&uri, "---\ntags: [").await;
    client.wait_for_label(&uri, 1, 7, "生成AI").await;
    let texts = ["---\ntags:\n  -", "---\nlayout:", "---\ntags: [AI,", "---\ndate:"];
    for (version, text) in (2..).zip(texts) {
        client.change(&uri, version, json!([{ "text": text }])).await;
        let buffer =
            Buffer { text: text.to_owned(), cursor: text.len(), version, encoding: PositionEncoding::Utf8 };
        let items = items(&mut client, &uri, &buffer).await;
        assert!(!items.is_empty(), "{text}");
        assert!(
            items.iter().all(|item| item["filterText"].as_str().is_some_and(|text| text.starts_with(' '))),
            "{items:?}"
        );
    }
    client.finish().await;
}
