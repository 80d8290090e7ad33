//! An author's whole session as each editor plays it, from the `initialize` that the real one sends: the same steps on the
//! same site as in `tests/editors`, without the editor.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use std::fs;
use std::path::Path;

use common::buffer::Buffer;
use common::{Client, Fixture, Kind};
use masthead::text::PositionEncoding;
use serde_json::{Value, json};

const POST: &str = "/_posts/2026-01-20-open.md";

/// The test site of the real editors.
fn site() -> Fixture {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors/site");
    let mut text = String::new();
    let mut left = vec![root.clone()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            text.push_str(&format!("//- /{name}\n{}", fs::read_to_string(&path).unwrap()));
        }
    }
    Fixture::new(&text)
}

struct Session {
    site: Fixture,
    client: Client,
    buffer: Buffer,
    uri: String,
    markdown: bool,
    pulls: bool,
    watches: bool,
}

impl Session {
    async fn start(kind: Kind, encoding: PositionEncoding, with_root: bool) -> Self {
        let site = site();
        let mut client = Client::raw();
        let params = kind.params(with_root.then(|| site.root()).as_deref());
        let has = |pointer: &str| params["capabilities"].pointer(pointer).cloned().unwrap_or_default();
        let watches = has("/workspace/didChangeWatchedFiles/dynamicRegistration") == true;
        let markdown = has("/textDocument/hover/contentFormat").is_array();
        let announced = client.initialize(params).await;
        let name = match encoding {
            PositionEncoding::Utf8 => "utf-8",
            PositionEncoding::Utf16 => "utf-16",
            PositionEncoding::Utf32 => "utf-32",
        };
        assert_eq!(announced["capabilities"]["positionEncoding"], name);
        let pulls = announced["capabilities"]["diagnosticProvider"].is_object();
        let (uri, text) = (site.uri(POST), site.text(POST).to_owned());
        client.open(&uri, &text).await;
        let buffer = Buffer { text, cursor: 0, version: 1, encoding };
        Session { site, client, buffer, uri, markdown, pulls, watches }
    }

    fn document(&self) -> Value {
        json!({ "textDocument": { "uri": self.uri } })
    }

    fn at(&self, offset: usize) -> Value {
        json!({ "textDocument": { "uri": self.uri }, "position": self.buffer.position(offset) })
    }

    fn find(&self, part: &str) -> usize {
        self.buffer.text.find(part).unwrap_or_else(|| panic!("no {part} in {}", self.buffer.text))
    }

    /// The findings in the newest version, as this editor gets them.
    async fn diagnostics(&mut self) -> Vec<Value> {
        if self.pulls {
            let report = self.client.request("textDocument/diagnostic", self.document()).await;
            return report["items"].as_array().unwrap().clone();
        }
        self.client.wait_for_diagnostics(&self.uri, Some(self.buffer.version)).await
    }

    async fn codes(&mut self) -> Vec<String> {
        let found = self.diagnostics().await;
        found.iter().map(|found| found["code"].as_str().unwrap().to_owned()).collect()
    }

    /// Takes the first fix of a finding, as `gra`, `space a` and the light bulb do.
    async fn fix(&mut self, code: &str) {
        let found = self.diagnostics().await;
        let found = found.iter().find(|found| found["code"] == code).unwrap().clone();
        let params = json!({
            "textDocument": { "uri": self.uri },
            "range": found["range"],
            "context": { "diagnostics": [found], "only": ["quickfix"] },
        });
        let actions = self.client.request("textDocument/codeAction", params).await;
        let first = &actions[0];
        assert_eq!((&first["kind"], &first["diagnostics"][0]["code"]), (&json!("quickfix"), &json!(code)));
        let (mut buffer, uri) = (self.take_buffer(), self.uri.clone());
        buffer.apply(&mut self.client, &uri, &first["edit"]).await;
        self.buffer = buffer;
    }

    fn take_buffer(&mut self) -> Buffer {
        let empty = Buffer { text: String::new(), cursor: 0, version: 0, encoding: self.buffer.encoding };
        std::mem::replace(&mut self.buffer, empty)
    }

    /// Types before `part`, a key at a time, and asks for completion after each; gives the last answer.
    async fn type_before(&mut self, part: &str, typed: &str) -> Vec<Value> {
        let mut list = Value::Null;
        let mut at = self.find(part);
        for c in typed.chars() {
            let (mut buffer, uri) = (self.take_buffer(), self.uri.clone());
            buffer.replace(&mut self.client, &uri, at, at, c.encode_utf8(&mut [0; 4])).await;
            at = buffer.cursor;
            self.buffer = buffer;
            list = self.client.request("textDocument/completion", self.at(at)).await;
        }
        list["items"].as_array().cloned().unwrap_or_default()
    }

    async fn save(&mut self) {
        fs::write(self.site.path(POST), &self.buffer.text).unwrap();
        if self.watches {
            self.client.watched(&[(&self.uri, 2)]).await;
        }
        self.client.save(&self.uri).await;
    }

    /// A file that another program writes: told of where the editor watches, else seen at the next save.
    async fn appears(&mut self, file: &str, text: &str) {
        self.site.write(file, text);
        if self.watches {
            self.client.watched(&[(&self.site.uri(file), 1)]).await;
        } else {
            self.save().await;
        }
    }
}

/// The columns of the two mistakes, counted by hand in the editor's units.
fn columns(encoding: PositionEncoding) -> [(&'static str, u64, u64, u64); 2] {
    // The quote after `title: "投資😀と`, and the colon after `date`.
    let quote = match encoding {
        PositionEncoding::Utf8 => 8 + 3 + 3 + 4 + 3,
        PositionEncoding::Utf16 => 8 + 1 + 1 + 2 + 1,
        PositionEncoding::Utf32 => 8 + 4,
    };
    let colon = if encoding == PositionEncoding::Utf8 { 7 } else { 5 };
    [("text-after-quote", 2, quote, quote + 1), ("full-width-colon", 3, 4, colon)]
}

async fn play(kind: Kind, encoding: PositionEncoding, with_root: bool) {
    let mut session = Session::start(kind, encoding, with_root).await;

    let found = session.diagnostics().await;
    let seen: Vec<_> = found
        .iter()
        .map(|found| {
            let (start, end) = (&found["range"]["start"], &found["range"]["end"]);
            assert_eq!(start["line"], end["line"]);
            let number = |value: &Value| value.as_u64().unwrap();
            let code = found["code"].as_str().unwrap().to_owned();
            (code, number(&start["line"]), number(&start["character"]), number(&end["character"]))
        })
        .collect();
    let expected = columns(encoding).map(|(code, line, start, end)| (code.to_owned(), line, start, end));
    assert_eq!(seen, expected, "{kind:?}");

    session.fix("full-width-colon").await;
    assert_eq!(session.buffer.line(3), "date: 2026-01-20 09:00:00 +0900");
    assert_eq!(session.codes().await, ["text-after-quote"]);
    session.fix("text-after-quote").await;
    assert_eq!(session.buffer.line(2), r#"title: "投資😀と\"技術\"の話""#);
    assert_eq!(session.codes().await, Vec::<String>::new());

    // The site is read in the background; what is offered then is there at the next key.
    let (uri, tags) = (session.uri.clone(), session.find("\"東京\"]") + 1);
    let at = session.buffer.position(tags);
    let number = |name: &str| u32::try_from(at[name].as_u64().unwrap()).unwrap();
    session.client.wait_for_label(&uri, number("line"), number("character"), "AI").await;
    let items = session.type_before("]\nauthor", ", \"").await;
    let labels: Vec<&str> = items.iter().filter_map(|item| item["label"].as_str()).collect();
    assert_eq!(labels, ["AI", "生成AI", "技術動向"], "{kind:?}");
    // Beside each item where the editor shows it there, else in the place for the one that is chosen.
    let beside = |item: &Value| [item["labelDetails"]["description"].clone(), item["detail"].clone()];
    let counts = [json!("2 posts"), Value::Null];
    let expected = if matches!(kind, Kind::VsCode) { counts } else { [Value::Null, json!("2 posts")] };
    assert_eq!(beside(&items[0]), expected, "{kind:?}");
    let mut buffer = session.take_buffer();
    buffer.accept(&mut session.client, &uri, &items[0]["textEdit"]).await;
    session.buffer = buffer;
    assert_eq!(session.buffer.line(5), r#"tags: ["東京", "AI"]"#);
    assert_eq!(session.codes().await, Vec::<String>::new());

    let hover = session.client.request("textDocument/hover", session.at(session.find("AI\"]"))).await;
    assert_eq!(hover["contents"]["kind"], if session.markdown { "markdown" } else { "plaintext" });
    assert!(hover["contents"]["value"].as_str().unwrap().contains("最初の投稿"), "{hover}");

    let symbols = session.client.request("textDocument/documentSymbol", session.document()).await;
    let names: Vec<&str> =
        symbols.as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
    assert!(names.contains(&"見出し"), "{names:?}");

    session.save().await;
    assert_eq!(fs::read_to_string(session.site.path(POST)).unwrap(), session.buffer.text);
    assert_eq!(session.codes().await, Vec::<String>::new());

    session.appears("/_posts/2026-01-25-new.md", "---\ntitle: 新しい投稿\ntags: [新しいタグ]\n---\n").await;
    session.type_before("]\nauthor", ", ").await;
    let at = session.buffer.position(session.find("]\nauthor"));
    let number = |name: &str| u32::try_from(at[name].as_u64().unwrap()).unwrap();
    session.client.wait_for_label(&uri, number("line"), number("character"), "新しいタグ").await;

    session.client.close(&uri).await;

    let fresh = session.site.uri("/_posts/2026-01-26-fresh.md");
    session.client.open(&fresh, "---\ntitle: x\ntags: []\n---\n").await;
    let place = json!({ "textDocument": { "uri": fresh }, "position": { "line": 2, "character": 7 } });
    let list = session.client.request("textDocument/completion", place).await;
    assert_eq!(list["items"][0]["textEdit"]["newText"], "\"AI\"", "{kind:?}");
    session.client.close(&fresh).await;
    session.client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn neovim() {
    play(Kind::Neovim, PositionEncoding::Utf8, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn helix() {
    play(Kind::Helix, PositionEncoding::Utf8, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn helix_without_a_root() {
    play(Kind::Helix, PositionEncoding::Utf8, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vs_code() {
    play(Kind::VsCode, PositionEncoding::Utf16, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_says_nothing() {
    play(Kind::Bare, PositionEncoding::Utf16, true).await;
}
