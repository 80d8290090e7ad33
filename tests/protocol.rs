//! The server as an editor meets it: what it answers, in which order, and what it makes of bad messages.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use common::{Client, Fixture, Kind, error_code};
use serde_json::{Value, json};

const SITE: &str = "\
//- /_config.yml
title: x
//- /_posts/2024-01-02-a.md
---
title: A
tags: [AI, $0]
---
# One
## Two
//- /_posts/2024-01-03-b.md
---
title: B
tags: [Rust, 生成AI]
---
";

/// Where the client says which page explains the rules, and shows such links, a finding's code leads there.
#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_a_finding_leads_to_its_explanation() {
    for (shown, expected) in
        [(true, json!({"href": "file:///x/rules.md#unclosed-quote"})), (false, json!(null))]
    {
        let mut params = Kind::VsCode.params(None);
        params["initializationOptions"] = json!({"rulesPage": "file:///x/rules.md"});
        params["capabilities"]["textDocument"]["publishDiagnostics"]["codeDescriptionSupport"] = json!(shown);
        let mut client = Client::raw();
        client.initialize(params).await;
        client.notify("initialized", json!({})).await;
        client.open("untitled:a.md", "---\ntitle: \"題\n---\n").await;
        let found = client.wait_for_diagnostics("untitled:a.md", Some(1)).await;
        assert_eq!(found[0]["code"], "unclosed-quote");
        assert_eq!(found[0]["codeDescription"], expected);
        client.finish().await;
    }
}

/// The posts of a tag come with it, or when they are asked for, as the client likes it.
#[tokio::test(flavor = "multi_thread")]
async fn the_documentation_of_a_tag_comes_when_it_is_asked_for() {
    for (kind, later) in
        [(Kind::Bare, false), (Kind::Neovim, false), (Kind::Helix, true), (Kind::VsCode, true)]
    {
        let fixture = Fixture::new(SITE);
        let mut client = Client::raw();
        let server = client.initialize(kind.params(Some(&fixture.root()))).await;
        assert_eq!(server["capabilities"]["completionProvider"]["resolveProvider"], later, "{kind:?}");
        client.notify("initialized", json!({})).await;
        let uri = fixture.uri("/_posts/2024-01-02-a.md");
        client.open(&uri, fixture.text("/_posts/2024-01-02-a.md")).await;
        client.wait_for_label(&uri, 2, 11, "生成AI").await;
        let params = json!({"textDocument": {"uri": uri}, "position": {"line": 2, "character": 11}});
        let list = client.request("textDocument/completion", params).await;
        let items = list["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["label"] == "生成AI").unwrap();
        assert_eq!(item["documentation"].is_null(), later, "{kind:?}");
        let mut item = item.clone();
        if later {
            item = client.request("completionItem/resolve", item).await;
        }
        let shown = item["documentation"]["value"].as_str().unwrap();
        assert_eq!(shown.trim_start_matches("- ").trim(), "2024-01-03 B", "{kind:?}");
        let other = json!({"label": "x", "data": {"site": 99, "category": true}});
        assert_eq!(client.request("completionItem/resolve", other.clone()).await, other);
        client.finish().await;
    }
}

/// 100 tags that each say where they go are twice as much to write and to read.
#[tokio::test(flavor = "multi_thread")]
async fn what_all_completions_share_is_said_once() {
    for (kind, once, later) in
        [(Kind::Bare, false, false), (Kind::Neovim, true, false), (Kind::VsCode, true, true)]
    {
        let fixture = Fixture::new(SITE);
        let mut client = Client::start(kind, Some(&fixture.root())).await;
        let uri = fixture.uri("/_posts/2024-01-02-a.md");
        client.open(&uri, fixture.text("/_posts/2024-01-02-a.md")).await;
        client.wait_for_label(&uri, 2, 11, "生成AI").await;
        let params = json!({"textDocument": {"uri": uri}, "position": {"line": 2, "character": 11}});
        let id = client.ask("textDocument/completion", params).await;
        let answer = client.answer(&id).await;
        let (list, own) = (&answer["result"], |name: &str| answer["result"]["items"][0].get(name).is_some());
        assert_eq!(list["itemDefaults"]["editRange"].is_object(), once, "{kind:?} {list}");
        assert_eq!((own("textEditText"), own("textEdit")), (once, !once), "{kind:?} {list}");
        assert_eq!(list["itemDefaults"].get("data").is_some(), later, "{kind:?} {list}");
        assert!(!own("data"), "{kind:?} {list}");
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_editor_is_served() {
    for (kind, encoding, pull) in [
        (Kind::Bare, "utf-16", false),
        // It asks, but cannot be told to ask again: it would keep what was found before the site was read.
        (Kind::Neovim, "utf-8", false),
        (Kind::Helix, "utf-8", false),
        (Kind::VsCode, "utf-16", true),
    ] {
        let fixture = Fixture::new(SITE);
        let mut client = Client::raw();
        let server = client.initialize(kind.params(Some(&fixture.root()))).await;
        let can = &server["capabilities"];
        assert_eq!(can["positionEncoding"], encoding, "{kind:?}");
        assert_eq!(can["textDocumentSync"]["change"], 2);
        assert_eq!(can["diagnosticProvider"].is_object(), pull, "{kind:?}");
        assert_eq!(server["serverInfo"]["name"], "masthead");
        let uri = fixture.uri("/_posts/2024-01-02-a.md");
        client.open(&uri, fixture.text("/_posts/2024-01-02-a.md")).await;
        client.change(&uri, 2, json!([{"text": "---\ntitle: \"a\n---\n"}])).await;
        assert_eq!(client.wait_for_diagnostics(&uri, Some(2)).await.len(), 1, "{kind:?} is pushed to");
        if pull {
            client.pushes.clear();
            let params = json!({"textDocument": {"uri": uri}});
            let report = client.request("textDocument/diagnostic", params).await;
            assert_eq!(report["items"].as_array().map(Vec::len), Some(1), "{kind:?}");
            assert!(
                client.wait_for_diagnostics(&uri, None).await.is_empty(),
                "{kind:?} asks: the pushed ones go"
            );
        }
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_missing_before_the_site_has_been_read() {
    let mut posts = String::from(
        "//- /_config.yml\ntitle: a\n//- /_posts/2024-01-01-a.md\n---\ntitle: a\n---\n\
         [京都]({% post_url 2024-01-02-京都-999 %})\n[奈良]({% post_url 2024-01-02-奈良 %})\n",
    );
    for number in 0..1000 {
        posts += &format!("//- /_posts/2024-01-02-京都-{number}.md\n---\ntitle: 京都\n---\n");
    }
    let fixture = Fixture::new(&posts);
    for kind in [Kind::Neovim, Kind::Helix] {
        let mut client = Client::start(kind, None).await;
        let uri = fixture.uri("/_posts/2024-01-01-a.md");
        client.open(&uri, fixture.text("/_posts/2024-01-01-a.md")).await;
        let is_told = |found: &[Value]| found.iter().any(|it| it["code"] == "missing-post");
        let told = client.wait_for_push("what is missing", |(_, _, found)| is_told(found)).await;
        assert_eq!(told.len(), 1, "{kind:?}: {told:?}");
        assert!(told[0]["message"].as_str().unwrap().contains("奈良"), "{kind:?}: {told:?}");
        client.finish().await;
    }
}

/// A question about the whole site right behind the start waits until there is a site.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_question_about_the_site_is_answered_in_full() {
    let fixture = Fixture::new(SITE);
    for _ in 0..8 {
        let mut client = Client::raw();
        client.initialize(Kind::Neovim.params(Some(&fixture.root()))).await;
        client.notify("initialized", json!({})).await;
        let found = client.request("workspace/symbol", json!({"query": "#Rust"})).await;
        assert_eq!(found.as_array().map(Vec::len), Some(1));
        client.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_messages_are_refused_and_the_next_is_answered() {
    let mut client = Client::raw();
    assert_eq!(client.error_code("textDocument/hover", json!({})).await, -32002, "before initialize");
    assert_eq!(client.error_code("no/such", json!({})).await, -32002, "before initialize");
    client.notify("textDocument/didOpen", json!({"early": true})).await;
    client.initialize(Kind::Bare.params(None)).await;

    for (body, code) in [
        (&b"{\"jsonrpc\": \"2.0\", "[..], -32700),
        (b"", -32700),
        (b"\xff\xfe", -32700),
        (b"[]", -32600),
        (b"[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}]", -32600),
        (b"null", -32600),
        (b"{}", -32600),
        (b"{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"shutdown\"}", -32600),
        (b"{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"shutdown\"}", -32600),
        (b"{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"shutdown\"}", -32600),
    ] {
        client.send_bytes(body).await;
        let answer = client.answer(&Value::Null).await;
        assert_eq!(error_code(&answer), code, "{}", String::from_utf8_lossy(body));
        assert_alive(&mut client).await;
    }
    client.send_bytes(b"{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":7}").await;
    assert_eq!(error_code(&client.answer(&json!("a")).await), -32600);
    client.send_bytes("[".repeat(100_000).as_bytes()).await;
    assert_eq!(error_code(&client.answer(&Value::Null).await), -32700);
    client.send_raw(b"Content-Length: many\r\n\r\n{}").await;
    assert_eq!(error_code(&client.answer(&Value::Null).await), -32700);
    assert_alive(&mut client).await;

    for (method, params, code) in [
        ("no/such", json!({}), -32601),
        ("$/no/such", json!({}), -32601),
        ("textDocument/hover", Value::Null, -32602),
        ("textDocument/hover", json!({}), -32602),
        ("textDocument/hover", json!(7), -32602),
        (
            "textDocument/hover",
            json!({"textDocument": {"uri": "no uri"}, "position": {"line": 0, "character": 0}}),
            -32602,
        ),
        (
            "textDocument/completion",
            json!({"textDocument": {"uri": "file:///a"}, "position": {"line": -1, "character": 0}}),
            -32602,
        ),
        ("textDocument/didOpen", json!({}), -32600),
        ("initialize", json!({"capabilities": {}}), -32600),
    ] {
        assert_eq!(client.error_code(method, params.clone()).await, code, "{method} {params}");
    }
    for (method, params) in [
        ("no/such", json!({})),
        ("$/no/such", Value::Null),
        ("textDocument/didOpen", json!({"textDocument": 7})),
        ("textDocument/hover", json!({})),
        ("$/cancelRequest", json!({"id": 99})),
        ("$/cancelRequest", json!({})),
        ("$/setTrace", json!({"value": "verbose"})),
    ] {
        client.notify(method, params).await;
        assert_alive(&mut client).await;
    }
    for answer in
        [json!({"id": 99, "result": null}), json!({"id": {}, "error": 7}), json!({"id": 98, "error": {}})]
    {
        client.send(&answer).await;
        assert_alive(&mut client).await;
    }

    client.request("shutdown", json!({})).await;
    assert_eq!(client.error_code("textDocument/hover", json!({})).await, -32600, "after shutdown");
    assert_eq!(client.error_code("shutdown", Value::Null).await, -32600, "after shutdown");
    client.notify("exit", Value::Null).await;
    assert_eq!(client.exit_code().await, 0);
}

async fn assert_alive(client: &mut Client) {
    let params = json!({"textDocument": {"uri": "file:///nowhere.md"}});
    assert_eq!(client.request("textDocument/documentSymbol", params).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_documents_are_taken_as_they_come() {
    let mut client = Client::start(Kind::Bare, None).await;
    for uri in [
        "untitled:Untitled-1",
        "git:/a/b.md?x",
        "file:///%E6%97%A5%FF.md",
        "file:///C%3A/b.md",
        "http://x/a.md",
        "x:",
    ] {
        client.open(uri, "---\ntitle: \"a\n---\n").await;
        client.change(uri, 2, json!([{"text": "---\ntitle: a\n---\n"}])).await;
        client.open(uri, "---\n").await;
        let at = json!({"textDocument": {"uri": uri}, "position": {"line": 9, "character": 9}});
        client.request("textDocument/hover", at.clone()).await;
        client.request("textDocument/completion", at).await;
        client.close(uri).await;
        client.close(uri).await;
        client.change(uri, 3, json!([{"text": ""}])).await;
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_spellings_are_one_document() {
    let fixture = Fixture::below(SITE, "日記 帳");
    let uri = fixture.uri("/_posts/2024-01-02-a.md");
    let spelled = uri.replace("2024", "%32024").replace("%20", " ");
    assert_ne!(uri, spelled);
    let mut client = Client::start(Kind::Neovim, Some(&fixture.root())).await;
    client.open(&uri, "---\ntags: []\n---\n").await;
    let change = json!([{"range": range(1, 7, 1, 7), "text": "A"}]);
    client.change(&spelled, 2, change).await;
    client.wait_for_label(&spelled, 1, 7, "生成AI").await;
    client.finish().await;
}

fn range(line: u32, column: u32, end_line: u32, end_column: u32) -> Value {
    json!({"start": {"line": line, "character": column}, "end": {"line": end_line, "character": end_column}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_never_answers_wedges_nothing() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::raw();
    client.ignore_requests = true;
    client.initialize(Kind::VsCode.params(Some(&fixture.root()))).await;
    client.wait_for_request("client/registerCapability").await;
    let uri = fixture.uri("/_posts/2024-01-02-a.md");
    client.open(&uri, fixture.text("/_posts/2024-01-02-a.md")).await;
    client.wait_for_label(&uri, 2, 11, "Rust").await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_cancelled_request_is_answered() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Neovim, Some(&fixture.root())).await;
    let uri = fixture.uri("/_posts/2024-01-02-a.md");
    client.open(&uri, &"# Heading\n".repeat(20_000)).await;
    let mut ids = Vec::new();
    for _ in 0..6 {
        ids.push(client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}})).await);
        let at = json!({
            "textDocument": {"uri": uri},
            "position": {"line": 0, "character": 3},
            "context": {"includeDeclaration": true},
            "newName": "B",
        });
        ids.push(client.ask("textDocument/references", at.clone()).await);
        ids.push(client.ask("textDocument/rename", at).await);
    }
    for id in &ids {
        client.notify("$/cancelRequest", json!({"id": id})).await;
    }
    for id in ids {
        let answer = client.answer(&id).await;
        assert!(answer.get("result").is_some() || error_code(&answer) == -32800, "{answer}");
    }
    assert_alive(&mut client).await;
    client.finish().await;
}

/// What is answered from many files may take long, and goes past the cancels of tower-lsp.
#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_search_is_answered_before_its_end() {
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::Neovim, Some(&fixture.root())).await;
    let uri = fixture.uri("/_posts/2024-01-02-a.md");
    let text = format!("---\ntags: [Rust]\n---\n{}", "# Heading\n".repeat(20_000));
    client.open(&uri, "").await;
    for (version, method) in (2..).zip(["textDocument/references", "textDocument/rename"]) {
        client.change(&uri, version, json!([{"text": text}])).await;
        let at = json!({
            "textDocument": {"uri": uri},
            "position": {"line": 1, "character": 8},
            "context": {"includeDeclaration": true},
            "newName": "B",
        });
        let id = client.ask(method, at).await;
        client.notify("$/cancelRequest", json!({"id": id})).await;
        assert_eq!(error_code(&client.answer(&id).await), -32800, "{method}");
    }
    assert_alive(&mut client).await;
    client.finish().await;
}

/// The clock is read when a request takes its snapshot: a handler that panics there is as good as any.
#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_one_failed_request() {
    fn clock() -> masthead::jekyll::Clock {
        panic!("no clock today")
    }
    let mut client = Client::with(masthead::server::Options { clock, ..Default::default() });
    client.initialize(Kind::Neovim.params(None)).await;
    client.open("untitled:a", "---\n---\n").await;
    let at = json!({"textDocument": {"uri": "untitled:a"}, "position": {"line": 0, "character": 0}});
    for method in ["textDocument/hover", "textDocument/completion", "textDocument/diagnostic"] {
        assert_eq!(client.error_code(method, at.clone()).await, -32603, "{method}");
        assert_alive(&mut client).await;
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_safe_fixes_are_one_source_action() {
    const A: &str = "/_posts/2024-01-02-a.md";
    let fixture = Fixture::new(SITE);
    let mut client = Client::start(Kind::VsCode, Some(&fixture.root())).await;
    let uri = fixture.uri(A);
    client.open(&uri, "---\ntitle：題\nlayout: post\ntags: [a\n---\n").await;
    let params = |only: Value| json!({"textDocument": {"uri": uri}, "range": range(1, 0, 1, 0), "context": {"diagnostics": [], "only": only}});
    for only in ["source", "source.fixAll", "source.fixAll.masthead"] {
        let actions = client.request("textDocument/codeAction", params(json!([only]))).await;
        assert_eq!(actions.as_array().map(Vec::len), Some(1), "{only}: {actions}");
        assert_eq!(actions[0]["kind"], "source.fixAll.masthead");
        let edits = &actions[0]["edit"]["documentChanges"][0]["edits"];
        let expected = [(range(1, 0, 2, 0), "title: 題\n"), (range(3, 0, 4, 0), "tags: [a]\n")];
        assert_eq!(edits, &json!(expected.map(|(range, text)| json!({"range": range, "newText": text}))));
    }
    for (only, kinds) in [
        (json!(["quickfix"]), json!(["quickfix"])),
        (json!(["refactor"]), json!([])),
        (json!(["source.fixAll.other"]), json!([])),
        (Value::Null, json!(["quickfix", "source.fixAll.masthead"])),
    ] {
        let actions = client.request("textDocument/codeAction", params(only)).await;
        let shown: Vec<Value> =
            actions.as_array().into_iter().flatten().map(|action| action["kind"].clone()).collect();
        assert_eq!(json!(shown), kinds);
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn inlay_hints_are_there_where_they_are_wanted() {
    const A: &str = "/_posts/2024-01-02-a.md";
    let fixture = Fixture::new(SITE);
    for (wanted, options) in
        [(true, Value::Null), (true, json!({"inlayHints": true})), (false, json!({"inlayHints": false}))]
    {
        let mut params = Kind::Neovim.params(Some(&fixture.root()));
        params["capabilities"]["textDocument"]["inlayHint"] = json!({"dynamicRegistration": true});
        params["initializationOptions"] = options;
        let mut client = Client::raw();
        let server = client.initialize(params).await;
        assert_eq!(server["capabilities"]["inlayHintProvider"] == true, wanted);
        let uri = fixture.uri(A);
        client.open(&uri, fixture.text(A)).await;
        if wanted {
            let asked = json!({"textDocument": {"uri": uri}, "range": range(0, 0, 3, 0)});
            let hints = client.request("textDocument/inlayHint", asked).await;
            let label = "/2024/01/02/a.html";
            let place = json!({"line": 0, "character": 3});
            assert_eq!(hints, json!([{"position": place, "label": label, "paddingLeft": true}]));
        }
        client.finish().await;
    }
}

/// Two posts at one URL are marked at both ends, each with the exact place in the other, as soon as one is typed so.
#[tokio::test(flavor = "multi_thread")]
async fn both_ends_of_a_shared_url_are_marked_while_it_is_typed() {
    type Push = (String, Option<i64>, Vec<Value>);
    let (a, b) = ("/_posts/2024-01-15-a.md", "/_posts/2024-01-16-b.md");
    let fixture = Fixture::new(
        "//- /_config.yml\ntitle: x\n//- /_posts/2024-01-15-a.md\n---\ntitle: 桜🌸\n---\n//- /_posts/2024-01-16-b.md\n---\ntitle: 梅\n題: 🌸 # \"x\"\npermalink: /春/\n---\n",
    );
    let mut client = Client::start(Kind::Neovim, Some(&fixture.root())).await;
    let (a, b) = (&fixture.uri(a), &fixture.uri(b));
    client.open(a, "---\ntitle: 桜🌸\n---\n").await;
    client.open(b, fixture.text("/_posts/2024-01-16-b.md")).await;
    client.wait_for_push("nothing wrong", |(of, _, found)| of == b && found.is_empty()).await;
    client.pushes.clear();
    client.change(a, 2, json!([{"text": "---\n題: \"🌸\"\npermalink: /春/\n---\n"}])).await;
    let shared = |push: &Push, uri: &str| push.0 == uri && push.2.iter().any(|it| it["code"] == "same-url");
    let related = |found: Vec<Value>| found[0]["relatedInformation"][0]["location"].clone();
    let in_a = client.wait_for_push("the end that is typed", |push| shared(push, a)).await;
    assert_eq!(
        related(in_a),
        json!({"uri": b, "range": {"start": {"line": 3, "character": 11}, "end": {"line": 3, "character": 16}}})
    );
    let in_b = client.wait_for_push("the other end", |push| shared(push, b)).await;
    assert_eq!(
        related(in_b),
        json!({"uri": a, "range": {"start": {"line": 2, "character": 11}, "end": {"line": 2, "character": 16}}})
    );
    client.pushes.clear();
    client.change(a, 3, json!([{"text": "---\ntitle: 桜\n---\n"}])).await;
    client.wait_for_push("nothing wrong any more", |(of, _, found)| of == b && found.is_empty()).await;
    client.finish().await;
}
