//! The text that the server holds, after any edits, in all three encodings; and the order of edits and requests.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::{Client, Fixture, Kind};
use masthead::text::{Document, Position, PositionEncoding, Range};
use proptest::prelude::*;
use serde_json::{Value, json};

/// One change: a range, which may be reversed or far away, and a text; or the whole text.
#[derive(Clone, Debug)]
struct Change {
    range: Option<(Position, Position)>,
    text: String,
}

fn text() -> impl Strategy<Value = String> {
    let pieces =
        ["a", "日", "😀", "e\u{301}", "\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{B}", "\u{FEFF}", " "];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..8).prop_map(|pieces| pieces.concat())
}

fn position() -> impl Strategy<Value = Position> {
    let line = prop_oneof![12 => 0..6u32, 1 => Just(u32::MAX)];
    let column = prop_oneof![12 => 0..8u32, 1 => Just(u32::MAX)];
    (line, column).prop_map(|(line, column)| Position { line, column })
}

fn change() -> impl Strategy<Value = Change> {
    let range = prop_oneof![10 => (position(), position()).prop_map(Some), 1 => Just(None)];
    (range, text()).prop_map(|(range, text)| Change { range, text })
}

fn encoding() -> impl Strategy<Value = PositionEncoding> {
    prop::sample::select(vec![PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32])
}

/// The model: walks the text from its start, character by character, each time.
fn offset(text: &str, position: Position, encoding: PositionEncoding) -> usize {
    let (mut line, mut column) = (0, 0);
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let breaks = c == '\n' || c == '\r';
        if line == position.line {
            let width = match encoding {
                PositionEncoding::Utf8 => c.len_utf8(),
                PositionEncoding::Utf16 => c.len_utf16(),
                PositionEncoding::Utf32 => 1,
            };
            if breaks || column + width as u64 > u64::from(position.column) {
                return at;
            }
            column += width as u64;
        }
        if breaks && !(c == '\r' && characters.peek().is_some_and(|(_, next)| *next == '\n')) {
            line += 1;
        }
    }
    text.len()
}

fn model(text: &mut String, change: &Change, encoding: PositionEncoding) {
    let Some((start, end)) = change.range else { return text.clone_from(&change.text) };
    let (start, end) = (offset(text, start, encoding), offset(text, end, encoding));
    text.replace_range(start.min(end)..start.max(end), &change.text);
}

fn wire(change: &Change) -> Value {
    let at = |position: Position| json!({"line": position.line, "character": position.column});
    match change.range {
        Some((start, end)) => json!({"range": {"start": at(start), "end": at(end)}, "text": change.text}),
        None => json!({"text": change.text}),
    }
}

proptest! {
    #[test]
    fn a_document_is_what_the_model_is(
        start in text(), changes in prop::collection::vec(change(), 1..40), encoding in encoding(),
    ) {
        let (mut document, mut expected) = (Document::new(&start), start);
        for change in &changes {
            match change.range {
                Some((start, end)) => document.replace(Range { start, end }, encoding, &change.text),
                None => document.replace_all(&change.text),
            }
            model(&mut expected, change, encoding);
            prop_assert_eq!(&*document.snapshot().text, &*expected);
        }
    }
}

/// The findings after edits are those of a fresh open of the model's text.
fn hold_over_the_wire(changes: &[Vec<Change>], encoding: PositionEncoding) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut params = Kind::Bare.params(None);
        let name = match encoding {
            PositionEncoding::Utf8 => "utf-8",
            PositionEncoding::Utf16 => "utf-16",
            PositionEncoding::Utf32 => "utf-32",
        };
        params["capabilities"] = json!({"general": {"positionEncodings": [name]}});
        let mut client = Client::raw();
        client.initialize(params).await;
        let mut expected = "---\ntitle: \"日\ntags: [a\n---\n".to_owned();
        client.open("untitled:a", &expected).await;
        let mut version = 1;
        for together in changes {
            version += 1;
            client.change("untitled:a", version, together.iter().map(wire).collect()).await;
            together.iter().for_each(|change| model(&mut expected, change, encoding));
        }
        // The first line as a heading shows its text.
        let start = Position { line: 0, column: 0 };
        let heading = Change { range: Some((start, start)), text: "# ".to_owned() };
        client.change("untitled:a", version + 1, json!([wire(&heading)])).await;
        model(&mut expected, &heading, encoding);
        let edited = client.wait_for_diagnostics("untitled:a", Some(version + 1)).await;
        client.open("untitled:b", &expected).await;
        let fresh = client.wait_for_diagnostics("untitled:b", Some(1)).await;
        assert_eq!(edited, fresh, "{expected:?}");
        // The places around each line show where it begins and ends.
        let places: Vec<Value> = (0..40).map(|line| json!({"line": line, "character": 3})).collect();
        for method in ["documentSymbol", "selectionRange"] {
            let method = format!("textDocument/{method}");
            let of = |uri: &str| json!({"textDocument": {"uri": uri}, "positions": places});
            let edited = client.request(&method, of("untitled:a")).await;
            let fresh = client.request(&method, of("untitled:b")).await;
            assert_eq!(
                edited.to_string().replace("untitled:a", "untitled:b"),
                fresh.to_string(),
                "{expected:?}"
            );
        }
        client.finish().await;
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn edits_over_the_wire_end_as_a_fresh_open(
        changes in prop::collection::vec(prop::collection::vec(change(), 1..4), 1..20), encoding in encoding(),
    ) {
        hold_over_the_wire(&changes, encoding);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(6) })]
    #[test]
    fn five_hundred_edits_over_the_wire_end_as_a_fresh_open(
        changes in prop::collection::vec(prop::collection::vec(change(), 1..3), 500), encoding in encoding(),
    ) {
        hold_over_the_wire(&changes, encoding);
    }
}

const SITE: &str = "\
//- /_config.yml
title: x
//- /_posts/2024-01-02-a.md
---
tags: []
---
";

#[tokio::test(flavor = "multi_thread")]
async fn a_request_after_a_burst_is_answered_from_the_last_text() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    let uri = fixture.uri("/_posts/2024-01-02-a.md");
    client.open(&uri, "").await;
    for version in 2..202 {
        let text = format!("# Heading {version}\n");
        client.change(&uri, version, json!([{"text": text}])).await;
    }
    let symbols = client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}})).await;
    assert_eq!(symbols[0]["name"], "Heading 201", "{symbols}");
    client.wait_for_diagnostics(&uri, Some(201)).await;
    let versions: Vec<_> = client.pushes.iter().map(|push| push.1).collect();
    assert!(versions.is_sorted(), "an older version was published after a newer one: {versions:?}");
    client.finish().await;
}

/// Helix sends each key's change on a task of its own: keys that come at once may come in any order.
#[tokio::test]
async fn changes_that_come_in_another_order_than_they_were_made() {
    let fixture = Fixture::new("//- /_config.yml\n//- /_posts/2026-01-20-a.md\n---\ntags: [\"東京\"]\n---\n");
    let (uri, text) = (fixture.uri("/_posts/2026-01-20-a.md"), fixture.text("/_posts/2026-01-20-a.md"));
    let mut client = Client::start(Kind::Helix, Some(&fixture.root())).await;
    client.open(&uri, text).await;
    let at = |column: u32, text: &str| {
        let place = json!({"line": 1, "character": column});
        json!([{"range": {"start": place, "end": place}, "text": text}])
    };
    client.change(&uri, 2, at(15, ",")).await;
    client.change(&uri, 4, at(17, "\"新\"")).await;
    client.change(&uri, 3, at(16, " ")).await;
    client.wait_for_push("a healthy block", |push| push.1 == Some(4) && push.2.is_empty()).await;
    let hover = json!({"textDocument": {"uri": uri}, "position": {"line": 1, "character": 18}});
    let hover = client.request("textDocument/hover", hover).await;
    assert!(hover["contents"]["value"].as_str().unwrap().contains("**新**"), "{hover}");
    client.finish().await;
}

/// What is being answered goes first. The clock stands still until it is there, so findings have not waited for long.
#[tokio::test]
async fn findings_come_behind_the_answer_to_a_request() {
    let long: String = (0..1_500).map(|number| format!("# 見出し{number}\n\n本文\n\n")).collect();
    let (long, long_uri) = (format!("---\ntitle: 題\n---\n{long}"), "untitled:2024-01-02-long.md");
    let (short, uri) = ("---\ntitle: 題\n---\n", "untitled:2024-01-02-short.md");
    for pull in [false, true] {
        let mut client = Client::start(Kind::Bare, None).await;
        client.open(long_uri, &long).await;
        client.open(uri, short).await;
        client.wait_for_diagnostics(uri, Some(1)).await;
        let standstill = Standstill::begin();
        let slow =
            client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": long_uri}})).await;
        let found = if pull {
            client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri}})).await
        } else {
            client.change(uri, 2, json!([{"text": "---\ntitle: x\n---\n"}])).await;
            json!(null)
        };
        client.answer(&slow).await;
        let is_pushed = client.pushes.iter().any(|push| push.1 == Some(2));
        assert!(!is_pushed && !client.is_answered(&found), "findings first, pull: {pull}");
        standstill.end().await;
        if pull {
            client.answer(&found).await;
        } else {
            client.wait_for_diagnostics(uri, Some(2)).await;
        }
        client.finish().await;
    }
}

/// Who types goes on: findings of a text that has changed wait behind an answer, those of one that is opened do not.
#[tokio::test]
async fn findings_wait_for_the_next_key() {
    let mut client = Client::start(Kind::Bare, None).await;
    let (other, uri, text) =
        ("untitled:2024-01-02-a.md", "untitled:2024-01-02-b.md", "---\ntitle: 題\n---\n");
    client.open(other, text).await;
    client.wait_for_diagnostics(other, Some(1)).await;
    let standstill = Standstill::begin();
    let hover = json!({"textDocument": {"uri": other}, "position": {"line": 1, "character": 0}});
    client.request("textDocument/hover", hover.clone()).await;
    client.open(uri, text).await;
    client.wait_for_diagnostics(uri, Some(1)).await;
    client.change(uri, 2, json!([{"text": "---\ntitle: x\n---\n"}])).await;
    for _ in 0..20 {
        client.request("textDocument/hover", hover.clone()).await;
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    assert!(client.pushes.iter().all(|push| push.1 != Some(2)));
    standstill.end().await;
    client.wait_for_diagnostics(uri, Some(2)).await;
    client.finish().await;
}

/// A text that is typed faster than anybody types is not left without findings.
#[tokio::test]
async fn findings_come_while_keys_never_pause() {
    let mut client = Client::start(Kind::Bare, None).await;
    let uri = "untitled:2024-01-02-a.md";
    client.open(uri, "---\ntitle: 題\n---\n").await;
    client.wait_for_diagnostics(uri, Some(1)).await;
    let standstill = Standstill::begin();
    let hover = json!({"textDocument": {"uri": uri}, "position": {"line": 1, "character": 0}});
    for version in 2..400 {
        client.change(uri, version, json!([{"text": format!("---\ntitle: {version}\n---\n")}])).await;
        client.request("textDocument/hover", hover.clone()).await;
        tokio::time::advance(std::time::Duration::from_millis(1)).await;
        // Nobody types so fast that findings are late when they are found.
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(client.pushes.iter().any(|push| push.1 > Some(1)));
    standstill.end().await;
    client.wait_for_diagnostics(uri, Some(399)).await;
    client.finish().await;
}

/// A clock that stands still, also while everybody waits.
struct Standstill {
    go_on: std::sync::mpsc::Sender<()>,
    work: tokio::task::JoinHandle<()>,
}

impl Standstill {
    fn begin() -> Self {
        tokio::time::pause();
        // The clock goes on by itself only where no work is done.
        let (go_on, wait) = std::sync::mpsc::channel();
        let stand = move || {
            let _ = wait.recv_timeout(std::time::Duration::from_secs(20));
        };
        Standstill { go_on, work: tokio::task::spawn_blocking(stand) }
    }

    async fn end(self) {
        drop(self.go_on);
        self.work.await.unwrap();
        tokio::time::resume();
    }
}
