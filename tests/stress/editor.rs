//! An editor that starts the binary and waits for it.

use std::io::BufReader;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{frames, result};

pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    asked: i64,
    /// The document that was opened last.
    opened: String,
    /// The newest version of it whose diagnostics have come.
    pushed: i64,
}

impl Editor {
    pub(crate) fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_masthead"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut editor = Editor { child, input, output, asked: 0, opened: String::new(), pushed: 0 };
        let literals = json!({"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}});
        let document = json!({"codeAction": literals, "inlayHint": {}, "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}});
        editor.request("initialize", &json!({"processId": null, "capabilities": {"textDocument": document}}));
        editor.send(&json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
        editor
    }

    /// Opens a document; the time until its diagnostics.
    pub(crate) fn open(&mut self, uri: &str, text: &str) -> Duration {
        let start = self.now();
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
        (self.opened, self.pushed) = (uri.to_owned(), 0);
        self.wait_for_push(1);
        self.since(start)
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, range: &Value, text: &str) {
        let document = json!({"uri": uri, "version": version});
        let changes = json!([{"range": range, "text": text}]);
        self.notify("textDocument/didChange", &json!({"textDocument": document, "contentChanges": changes}));
    }

    /// Changes a document; the time until its diagnostics.
    pub(crate) fn edit(&mut self, uri: &str, version: i64, range: &Value, text: &str) -> Duration {
        let start = self.now();
        self.change(uri, version, range, text);
        self.wait_for_push(version);
        self.since(start)
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    }

    /// Asks about a document; the time until the answer, which must be a result.
    pub(crate) fn ask(&mut self, method: &str, uri: &str, more: &Value) -> Duration {
        let mut params = more.clone();
        params["textDocument"] = json!({"uri": uri});
        let start = self.now();
        let answer = self.request(method, &params);
        result(&answer);
        self.since(start)
    }

    pub(crate) fn finish(mut self) {
        self.request("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        assert!(self.child.wait().unwrap().success());
    }

    fn now(&self) -> (Instant, Duration) {
        (Instant::now(), self.processor())
    }

    /// The time that has passed since, or what the process has worked in it where that is less: a machine that builds
    /// something else at the same time says nothing of us.
    fn since(&self, (clock, processor): (Instant, Duration)) -> Duration {
        clock.elapsed().min(self.processor() - processor)
    }

    /// What the process has worked since its start, on all its threads.
    fn processor(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks = |at: usize| fields[at].parse::<u64>().unwrap();
        Duration::from_millis((ticks(11) + ticks(12)) * 10)
    }

    /// What the process has in memory, in MiB.
    pub(crate) fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() / 1024
    }

    /// The same, when it has fallen to so much or has had its time: what is freed is given back a little later.
    pub(crate) fn memory_settled(&self, enough: usize) -> usize {
        let start = Instant::now();
        while self.memory() > enough && start.elapsed() < Duration::from_secs(3) {
            std::thread::sleep(Duration::from_millis(50));
        }
        self.memory()
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.receive();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    fn wait_for_push(&mut self, version: i64) {
        while self.pushed < version {
            self.receive();
        }
    }

    fn send(&mut self, message: &Value) {
        frames::send(self.input.as_mut().unwrap(), &message.to_string());
    }

    fn receive(&mut self) -> Value {
        let message: Value = serde_json::from_slice(&frames::receive(&mut self.output)).unwrap();
        if message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["uri"] == self.opened
            && let Some(version) = message["params"]["version"].as_i64()
        {
            self.pushed = version;
        }
        message
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // A failed test leaves no process behind.
        let _ = self.child.kill();
    }
}
