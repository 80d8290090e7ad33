//! Messages as no good editor sends them: each gets the reply that the specification names, and the next is answered.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::{Client, Fixture, Kind, error_code};
use serde_json::{Value, json};

const SYMBOLS: &str = "textDocument/documentSymbol";

async fn assert_alive(client: &mut Client) {
    let params = json!({"textDocument": {"uri": "file:///nowhere.md"}});
    assert_eq!(client.request(SYMBOLS, params).await, Value::Null);
}

fn framed(header: &str, body: &str) -> Vec<u8> {
    format!("{header}\r\n\r\n{body}").into_bytes()
}

/// A request as its bytes, with a header of its own.
fn request(id: &Value) -> String {
    let params = json!({"textDocument": {"uri": "file:///nowhere.md"}});
    json!({"jsonrpc": "2.0", "id": id, "method": SYMBOLS, "params": params}).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_are_odd_but_good() {
    let mut client = Client::start(Kind::Bare, None).await;
    let id = json!("odd");
    let body = request(&id);
    let length = body.len();
    for header in [
        format!("content-length: {length}"),
        format!("CONTENT-LENGTH:{length}"),
        format!("Content-Length:   {length}  "),
        format!("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {length}"),
        format!("Content-Length: {length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf8"),
        format!("X-Other: 1\r\nContent-Length: {length}"),
        format!("\r\n\r\nContent-Length: {length}"),
    ] {
        client.send_raw(&framed(&header, &body)).await;
        assert_eq!(client.answer(&id).await["result"], Value::Null, "{header}");
    }
    // Line ends of a hand-written client.
    client.send_raw(format!("Content-Length: {length}\n\n{body}").as_bytes()).await;
    assert_eq!(client.answer(&id).await["result"], Value::Null, "line feeds alone");
    client.finish().await;
}

/// Places beyond every text, and ranges that run backwards, are those of its end.
#[tokio::test(flavor = "multi_thread")]
async fn places_beyond_the_end() {
    let mut client = Client::start(Kind::Bare, None).await;
    let uri = "untitled:%E3%81%82.md";
    client.open(uri, "---\ntitle: \"題\ntags: [a]\n---\n# H\n").await;
    for (line, character) in [(u32::MAX, u32::MAX), (u32::MAX, 0), (1, u32::MAX)] {
        let at = json!({"line": line, "character": character});
        let range = json!({"start": at, "end": {"line": 0, "character": 0}});
        for (method, more) in [
            ("hover", json!({"position": at})),
            ("completion", json!({"position": at})),
            ("definition", json!({"position": at})),
            ("documentHighlight", json!({"position": at})),
            ("prepareRename", json!({"position": at})),
            ("references", json!({"position": at, "context": {"includeDeclaration": true}})),
            ("inlayHint", json!({"range": range})),
            ("codeAction", json!({"range": range, "context": {"diagnostics": []}})),
        ] {
            let mut params = more;
            params["textDocument"] = json!({"uri": uri});
            client.request(&format!("textDocument/{method}"), params).await;
        }
        let change = json!([{"range": range, "rangeLength": u32::MAX, "text": "# X\n"}]);
        client.change(uri, 2, change).await;
        assert_alive(&mut client).await;
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_are_wrong_cost_what_they_cover() {
    let mut client = Client::start(Kind::Bare, None).await;
    for header in [
        "Content-Type: x",
        "Content-Length: many",
        "Content-Length: -5",
        "Content-Length: 99999999999",
        "Content-Length: 1e3",
        "Content-Length:",
        "Content-Length: 99999999999999999999999999",
    ] {
        client.send_raw(&framed(header, "{}")).await;
        assert_eq!(error_code(&client.answer(&Value::Null).await), -32700, "{header}");
        assert_alive(&mut client).await;
    }
    // Too short: the body is cut, and its rest is no header.
    let body = request(&json!("cut"));
    client.send_raw(&framed(&format!("Content-Length: {}", body.len() - 7), &body)).await;
    assert_eq!(error_code(&client.answer(&Value::Null).await), -32700);
    assert_alive(&mut client).await;
    // Too long: it takes the next header in, and no more.
    client.send_raw(&framed(&format!("Content-Length: {}", body.len() + 7), &body)).await;
    client.send_raw(&framed(&format!("Content-Length: {}", body.len()), &body)).await;
    // The body that ran on, and the header whose start it took.
    for _ in 0..2 {
        assert_eq!(error_code(&client.answer(&Value::Null).await), -32700);
    }
    assert_alive(&mut client).await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_of_all_kinds() {
    let mut client = Client::start(Kind::Bare, None).await;
    let good =
        [json!("a"), json!(""), json!("日本😀"), json!(0), json!(-7), json!(i64::MAX), json!(i64::MIN)];
    for id in good {
        client.send_bytes(request(&id).as_bytes()).await;
        assert_eq!(client.answer(&id).await["result"], Value::Null, "{id}");
    }
    for id in [json!(1.5), json!(true), json!([1]), json!({"a": 1}), Value::Null, json!(u64::MAX)] {
        client.send_bytes(request(&id).as_bytes()).await;
        assert_eq!(error_code(&client.answer(&Value::Null).await), -32600, "{id}");
        assert_alive(&mut client).await;
    }
    // One id twice: both are answered.
    for _ in 0..2 {
        client.send_bytes(request(&json!("twice")).as_bytes()).await;
        assert_eq!(client.answer(&json!("twice")).await["result"], Value::Null);
    }
    // Answers to what was never asked.
    for answer in [
        json!({"jsonrpc": "2.0", "id": "no", "result": {}}),
        json!({"jsonrpc": "2.0", "id": 1_000_000, "error": {"code": -1, "message": ""}}),
        json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32700, "message": "x"}}),
        json!({"jsonrpc": "2.0", "result": 1}),
        json!({"jsonrpc": "1.0", "id": 3, "result": [], "error": null}),
    ] {
        client.send(&answer).await;
        assert_alive(&mut client).await;
    }
    client.finish().await;
}

/// LSP names its parameters: a list of them is none of its forms, also where it happens to have as many.
#[tokio::test(flavor = "multi_thread")]
async fn parameters_by_position() {
    let mut client = Client::start(Kind::Bare, None).await;
    let (document, place) = (json!({"uri": "untitled:a.md"}), json!({"line": 0, "character": 0}));
    client.open("untitled:a.md", "# One\n").await;
    for method in ["hover", "completion", "prepareRename", "documentSymbol", "codeAction"] {
        let method = format!("textDocument/{method}");
        for params in
            [json!([]), json!([document]), json!([document, place]), json!([["untitled:a.md"], [0, 0]])]
        {
            assert_eq!(client.error_code(&method, params.clone()).await, -32602, "{method} {params}");
        }
    }
    client.notify("textDocument/didClose", json!([document])).await;
    let symbols = client.request(SYMBOLS, json!({"textDocument": document})).await;
    assert_eq!(symbols[0]["name"], "One");
    client.finish().await;
}

/// A request without an id is none: the step that it would be is not taken.
#[tokio::test(flavor = "multi_thread")]
async fn requests_without_an_id() {
    let mut client = Client::raw();
    client.notify("initialize", Kind::Bare.params(None)).await;
    client.notify("shutdown", Value::Null).await;
    assert_eq!(client.error_code(SYMBOLS, json!({})).await, -32002);
    client.initialize(Kind::Bare.params(None)).await;
    for (method, params) in [("shutdown", Value::Null), ("initialize", json!({"capabilities": {}}))] {
        client.notify(method, params).await;
        assert_alive(&mut client).await;
    }
    client.finish().await;
}

/// However a URI is spelled, it is the document that it names.
#[tokio::test(flavor = "multi_thread")]
async fn spellings_of_one_uri() {
    let fixture = Fixture::below("//- /_posts/2024-01-02-あ.md\n", "日記 帳");
    let uri = fixture.uri("/_posts/2024-01-02-あ.md");
    let mut client = Client::start(Kind::Neovim, Some(&fixture.root())).await;
    client.open(&uri, "# One\n").await;
    let lower = uri.replace("%E3%81%82", "%e3%81%82");
    assert_ne!(uri, lower);
    let plain = uri.replace("%E3%81%82", "あ").replace("%20", " ");
    let all = uri.replace("_posts", "%5Fposts").replace("2024", "%32%30%32%34");
    let host = uri.replacen("file:///", "file://localhost/", 1);
    for (version, spelled) in [lower, plain, all, host].iter().enumerate() {
        let text = format!("# {version}\n");
        client.change(spelled, version as i64 + 2, json!([{"text": text}])).await;
        let symbols = client.request(SYMBOLS, json!({"textDocument": {"uri": uri}})).await;
        assert_eq!(symbols[0]["name"], version.to_string(), "{spelled}");
    }
    client.finish().await;
}

/// Documents that are no files of a site, and calls in no good order.
#[tokio::test(flavor = "multi_thread")]
async fn documents_of_all_schemes_in_any_order() {
    let mut client = Client::start(Kind::Bare, None).await;
    for uri in [
        "untitled:Untitled-1",
        "untitled:/home/a/b.md",
        "git:/a/b.md?%7B%22path%22%3A%22%2Fa%22%7D",
        "vscode-notebook-cell:/a/b.ipynb#W0sZmlsZQ%3D%3D",
        "vscode-remote://wsl%2Bubuntu/a/b.md",
        "file:///c%3A/Users/%E5%A4%AA%E9%83%8E/b.md",
        "file:///C:/Users/b.md",
        "file://server/share/b.md",
        "file:///a%2Fb.md",
        "file:///a%00b.md",
        "file:///%FF%FE.md",
        "file:///a/../../../../b.md",
        "file:///",
        "inmemory://model/1",
        "zipfile:///a.zip::b.md",
    ] {
        let at = json!({"textDocument": {"uri": uri}, "position": {"line": 1, "character": 2}});
        // Nothing is open yet.
        client.change(uri, 1, json!([{"text": "x"}])).await;
        client.close(uri).await;
        client.save(uri).await;
        assert_eq!(client.request("textDocument/hover", at.clone()).await, Value::Null, "{uri}");
        client.open(uri, "# First\n").await;
        client.open(uri, "# Second\n").await;
        // No change, a change without end, a change before the start.
        client.change(uri, 2, json!([])).await;
        let far = json!({"start": {"line": 9_999, "character": 0}, "end": {"line": 0, "character": 2}});
        client.change(uri, 2, json!([{"range": far, "rangeLength": 4_000_000, "text": "Third\n"}])).await;
        client.change(uri, -1, json!([{"text": "# Fourth\n"}])).await;
        let symbols = client.request(SYMBOLS, json!({"textDocument": {"uri": uri}})).await;
        assert_eq!(symbols[0]["name"], "Fourth", "{uri}");
        client.request("textDocument/completion", at.clone()).await;
        client.close(uri).await;
        assert_eq!(
            client.request(SYMBOLS, json!({"textDocument": {"uri": uri}})).await,
            Value::Null,
            "{uri}"
        );
    }
    for bad in ["", "no uri", "//a/b.md", "日本"] {
        assert_eq!(client.error_code(SYMBOLS, json!({"textDocument": {"uri": bad}})).await, -32602, "{bad}");
    }
    client.finish().await;
}
