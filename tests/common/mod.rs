//! An editor in process, which drives the whole server over a wire in memory and speaks raw JSON; and the fixture
//! language for the sites that it opens.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by them")]

pub mod buffer;
pub mod fixture;
mod record;

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use masthead::server::frames::{self, Frame};
use masthead::server::{Options, serve};
use serde_json::{Value, json};
use tokio::io::{AsyncWriteExt, BufReader, DuplexStream, WriteHalf};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tower_lsp::lsp_types::Url;

pub use fixture::Fixture;
use record::Record;

/// How long anything may take. Only a failing test waits for it.
const TIMEOUT: Duration = Duration::from_secs(20);

/// What a client says of itself in `initialize`.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Nothing: UTF-16, push, no watching.
    Bare,
    Neovim,
    Helix,
    VsCode,
}

impl Kind {
    pub fn params(self, root: Option<&Path>) -> Value {
        let text = match self {
            Kind::Bare => r#"{"capabilities": {}}"#,
            Kind::Neovim => include_str!("clients/neovim.json"),
            Kind::Helix => include_str!("clients/helix.json"),
            Kind::VsCode => include_str!("clients/vscode.json"),
        };
        let mut params: Value = serde_json::from_str(text).unwrap();
        let folder = root.map(|root| Url::from_file_path(root).unwrap());
        params["processId"] = json!(std::process::id());
        params["rootUri"] = json!(folder);
        params["workspaceFolders"] = folder.iter().map(|uri| json!({"uri": uri, "name": "site"})).collect();
        params
    }
}

/// An editor. Its drop fails the test where the server sent something that nobody looked at: an answer that was not
/// waited for, a request that no editor knows, a warning in the log.
pub struct Client {
    wire: Option<WriteHalf<DuplexStream>>,
    record: Option<Record>,
    inbox: mpsc::UnboundedReceiver<Value>,
    server: Option<JoinHandle<u8>>,
    next_id: i64,
    answers: HashMap<String, Value>,
    /// Every push, in its order: the URI, the version, the diagnostics.
    pub pushes: Vec<(String, Option<i64>, Vec<Value>)>,
    /// What the server asked: answered unless [`Client::ignore_requests`] is set.
    pub requests: Vec<Value>,
    /// `$/progress` values.
    pub progress: Vec<Value>,
    /// What was shown to the author.
    pub messages: Vec<String>,
    /// Lines of the log.
    pub logs: Vec<String>,
    /// The sites that `masthead/siteChanged` named.
    pub site_changes: Vec<String>,
    pub ignore_requests: bool,
    /// Whether the editor makes the edits that it is asked for.
    pub refuses_edits: bool,
}

impl Client {
    /// A client that has said nothing yet.
    pub fn raw() -> Self {
        Client::with(Options { clock, ..Options::default() })
    }

    pub fn with(options: Options) -> Self {
        let (ours, theirs) = tokio::io::duplex(4 * 1024 * 1024);
        let (their_input, their_output) = tokio::io::split(theirs);
        let server = tokio::spawn(serve(their_input, their_output, options));
        let (input, wire) = tokio::io::split(ours);
        let (send, inbox) = mpsc::unbounded_channel();
        let record = Record::start();
        let recorded = record.clone();
        tokio::spawn(async move {
            let mut input = BufReader::new(input);
            while let Ok(Some(frame)) = frames::read(&mut input).await {
                let Frame::Body(body) = frame else { panic!("the server sent {frame:?}") };
                recorded.iter().for_each(|record| record.line("server", &body));
                let _ = send.send(serde_json::from_slice(&body).unwrap());
            }
        });
        Client {
            wire: Some(wire),
            record,
            inbox,
            server: Some(server),
            next_id: 1,
            answers: HashMap::new(),
            pushes: Vec::new(),
            requests: Vec::new(),
            progress: Vec::new(),
            messages: Vec::new(),
            logs: Vec::new(),
            site_changes: Vec::new(),
            ignore_requests: false,
            refuses_edits: false,
        }
    }

    /// A client that has the site open.
    pub async fn start(kind: Kind, root: Option<&Path>) -> Self {
        let mut client = Client::raw();
        client.initialize(kind.params(root)).await;
        client
    }

    pub async fn initialize(&mut self, params: Value) -> Value {
        let result = self.request("initialize", params).await;
        self.notify("initialized", json!({})).await;
        result
    }

    /// Shuts down as an editor does, and checks that all was in order.
    pub async fn finish(mut self) {
        self.request("shutdown", Value::Null).await;
        self.notify("exit", Value::Null).await;
        assert_eq!(self.exit_code().await, 0);
    }

    /// The exit code, after the end of the wire or `exit`.
    pub async fn exit_code(&mut self) -> u8 {
        let server = self.server.take().expect("asked once");
        let code = timeout("the end", server).await.expect("the server panicked");
        while let Some(message) = self.inbox.recv().await {
            self.take(message).await;
        }
        code
    }

    /// Closes the server's input.
    pub async fn hang_up(&mut self) {
        if let Some(mut wire) = self.wire.take() {
            wire.shutdown().await.unwrap();
        }
    }

    pub async fn send(&mut self, message: &Value) {
        self.send_bytes(&serde_json::to_vec(message).unwrap()).await;
    }

    pub async fn send_bytes(&mut self, body: &[u8]) {
        self.record.iter().for_each(|record| record.line("client", body));
        let wire = self.wire.as_mut().expect("the wire is open");
        let header = format!("Content-Length: {}\r\n\r\n", body.len());
        wire.write_all(&[header.as_bytes(), body].concat()).await.unwrap();
    }

    pub async fn send_raw(&mut self, bytes: &[u8]) {
        // Whatever its header is, the body is what the server answers.
        let body = bytes.iter().position(|byte| *byte == b'{').map(|start| &bytes[start..]);
        self.record.iter().zip(body).for_each(|(record, body)| record.line("client", body));
        self.wire.as_mut().expect("the wire is open").write_all(bytes).await.unwrap();
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(&message(None, method, params)).await;
    }

    /// Sends a request and gives its id.
    pub async fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = json!(self.next_id);
        self.next_id += 1;
        self.send(&message(Some(&id), method, params)).await;
        id
    }

    /// The whole answer to a request.
    pub async fn answer(&mut self, id: &Value) -> Value {
        let key = id.to_string();
        loop {
            if let Some(answer) = self.answers.remove(&key) {
                return answer;
            }
            self.receive(&format!("the answer to {id}")).await;
        }
    }

    /// Whether the answer to a request has come.
    pub fn is_answered(&self, id: &Value) -> bool {
        self.answers.contains_key(&id.to_string())
    }

    /// The result of a request, which must not fail.
    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        let mut answer = self.answer(&id).await;
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        let result = answer["result"].take();
        if method == "textDocument/completion" { with_defaults(result) } else { result }
    }

    /// The code of the error that a request fails with.
    pub async fn error_code(&mut self, method: &str, params: Value) -> i64 {
        let id = self.ask(method, params).await;
        error_code(&self.answer(&id).await)
    }

    pub async fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document})).await;
    }

    /// Changes a document; `changes` are as the protocol has them.
    pub async fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}))
            .await;
    }

    pub async fn save(&mut self, uri: &str) {
        self.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}})).await;
    }

    pub async fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}})).await;
    }

    /// Tells of changes on disk: 1 created, 2 changed, 3 deleted.
    pub async fn watched(&mut self, changes: &[(&str, i64)]) {
        let changes: Vec<_> = changes.iter().map(|(uri, kind)| json!({"uri": uri, "type": kind})).collect();
        self.notify("workspace/didChangeWatchedFiles", json!({"changes": changes})).await;
    }

    /// The first push, from now on or before, for a document in this version.
    pub async fn wait_for_diagnostics(&mut self, uri: &str, version: Option<i64>) -> Vec<Value> {
        self.wait_for_push(&format!("diagnostics of {uri}, version {version:?}"), |push| {
            push.0 == uri && push.1 == version
        })
        .await
    }

    pub async fn wait_for_push(
        &mut self,
        what: &str,
        wanted: impl Fn(&(String, Option<i64>, Vec<Value>)) -> bool,
    ) -> Vec<Value> {
        loop {
            if let Some(push) = self.pushes.iter().find(|push| wanted(push)) {
                return push.2.clone();
            }
            self.receive(what).await;
        }
    }

    /// Reads until a server's request of this method has come.
    pub async fn wait_for_request(&mut self, method: &str) -> Value {
        loop {
            if let Some(request) = self.requests.iter().find(|request| request["method"] == method) {
                return request.clone();
            }
            self.receive(method).await;
        }
    }

    /// Does a command and gives its result, which must not be an error.
    pub async fn command(&mut self, command: &str, argument: Value) -> Value {
        self.request("workspace/executeCommand", json!({"command": command, "arguments": [argument]})).await
    }

    /// The message with which a command is refused.
    pub async fn refusal(&mut self, command: &str, argument: Value) -> String {
        let params = json!({"command": command, "arguments": [argument]});
        let id = self.ask("workspace/executeCommand", params).await;
        let answer = self.answer(&id).await;
        answer["error"]["message"].as_str().unwrap_or_else(|| panic!("no error: {answer}")).to_owned()
    }

    /// Reads until a site is told to be another, and forgets that it was.
    pub async fn wait_for_site_change(&mut self) -> String {
        while self.site_changes.is_empty() {
            self.receive("masthead/siteChanged").await;
        }
        self.site_changes.remove(0)
    }

    /// Reads until a log line has come that holds `part`.
    pub async fn wait_for_log(&mut self, part: &str) -> String {
        loop {
            if let Some(at) = self.logs.iter().position(|line| line.contains(part)) {
                return self.logs.remove(at);
            }
            self.receive(part).await;
        }
    }

    /// Reads until a message has been shown that holds `part`.
    pub async fn wait_for_message(&mut self, part: &str) -> String {
        loop {
            if let Some(at) = self.messages.iter().position(|line| line.contains(part)) {
                return self.messages.remove(at);
            }
            self.receive(part).await;
        }
    }

    /// The labels that completion offers.
    pub async fn labels(&mut self, uri: &str, line: u32, character: u32) -> Vec<String> {
        let position = json!({"line": line, "character": character});
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        let list = self.request("textDocument/completion", params).await;
        let items = list["items"].as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }

    /// Asks for completion until it offers `label`: the site is read in the background.
    pub async fn wait_for_label(&mut self, uri: &str, line: u32, character: u32, label: &str) {
        let mut offered = Vec::new();
        for _ in 0..400 {
            offered = self.labels(uri, line, character).await;
            if offered.iter().any(|offer| offer == label) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{label} is never offered, only {offered:?}");
    }

    async fn receive(&mut self, what: &str) {
        let message = timeout(what, self.inbox.recv()).await;
        let message = message.unwrap_or_else(|| panic!("the server went away before {what}"));
        self.take(message).await;
    }

    async fn take(&mut self, message: Value) {
        let method = message["method"].as_str().unwrap_or_default().to_owned();
        let params = &message["params"];
        match (method.as_str(), message.get("id")) {
            ("", id) => drop(self.answers.insert(id.expect("an id").to_string(), message.clone())),
            ("textDocument/publishDiagnostics", None) => self.pushes.push((
                params["uri"].as_str().unwrap().to_owned(),
                params["version"].as_i64(),
                params["diagnostics"].as_array().unwrap().clone(),
            )),
            ("$/progress", None) => self.progress.push(params["value"].clone()),
            ("masthead/siteChanged", None) => {
                self.site_changes.push(params["site"].as_str().unwrap().to_owned());
            }
            ("window/showMessage", None) => {
                self.messages.push(params["message"].as_str().unwrap().to_owned());
            }
            ("window/logMessage", None) => self.logs.push(params["message"].as_str().unwrap().to_owned()),
            (
                "client/registerCapability"
                | "window/workDoneProgress/create"
                | "workspace/diagnostic/refresh"
                | "workspace/applyEdit"
                | "window/showDocument"
                | "workspace/inlayHint/refresh",
                Some(id),
            ) => {
                let result = match method.as_str() {
                    "workspace/applyEdit" => json!({"applied": !self.refuses_edits}),
                    "window/showDocument" => json!({"success": true}),
                    _ => Value::Null,
                };
                if let Some(wire) = self.wire.as_mut().filter(|_| !self.ignore_requests) {
                    let answer = json!({"jsonrpc": "2.0", "id": id, "result": result});
                    // The server may have ended meanwhile.
                    let _ = wire.write_all(&frames::frame(&answer).unwrap()).await;
                }
                self.requests.push(message);
            }
            _ => panic!("no editor knows what to do with {message}"),
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.answers.is_empty(), "nobody looked at {:?}", self.answers);
            assert!(self.logs.is_empty(), "nobody looked at {:?}", self.logs);
            assert!(self.messages.is_empty(), "nobody looked at {:?}", self.messages);
        }
    }
}

/// A list of completions as an editor takes it: what it says once counts for each item that does not say it itself.
fn with_defaults(mut list: Value) -> Value {
    let defaults = list["itemDefaults"].take();
    let Some(items) = list["items"].as_array_mut().filter(|_| defaults.is_object()) else { return list };
    for item in items.iter_mut().filter_map(Value::as_object_mut) {
        if let Some(text) = item.remove("textEditText") {
            item.insert("textEdit".into(), json!({"range": defaults["editRange"], "newText": text}));
        }
        if let Some(data) = defaults.get("data") {
            item.entry("data").or_insert_with(|| data.clone());
        }
    }
    list
}

pub fn error_code(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("no error: {answer}"))
}

fn message(id: Option<&Value>, method: &str, params: Value) -> Value {
    let mut message = json!({"jsonrpc": "2.0", "method": method});
    if let Some(id) = id {
        message["id"] = id.clone();
    }
    if !params.is_null() {
        message["params"] = params;
    }
    message
}

/// Noon of 1 June 2026, in UTC.
pub fn clock() -> masthead::jekyll::Clock {
    masthead::jekyll::Clock {
        now: jiff::Timestamp::from_second(1_780_315_200).unwrap(),
        zone: jiff::tz::TimeZone::UTC,
    }
}

async fn timeout<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(TIMEOUT, future).await {
        Ok(result) => result,
        Err(_) => panic!("{what}: waited in vain"),
    }
}
