//! The binary as a process: how it ends.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by them")]

#[path = "common/frames.rs"]
mod frames;

use std::io::{BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

struct Server {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_masthead"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        Server { child, input, output }
    }

    fn send(&mut self, body: &str) {
        frames::send(self.input.as_mut().unwrap(), body);
    }

    fn receive(&mut self) -> String {
        String::from_utf8(frames::receive(&mut self.output)).unwrap()
    }

    fn initialize(&mut self, process: u32) {
        let params = format!(r#"{{"processId":{process},"capabilities":{{}}}}"#);
        self.send(&format!(r#"{{"jsonrpc":"2.0","id":1,"method":"initialize","params":{params}}}"#));
        assert!(self.receive().contains("\"capabilities\""));
        self.send(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
    }

    fn shut_down(&mut self) {
        self.send(r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#);
        assert!(self.receive().contains("\"id\":2"));
    }

    fn exit(&mut self) {
        self.send(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    }

    /// Asks [`UNREAD`] times. A server that waits for us to read does not read any more itself.
    fn ask_without_reading(&mut self, method: &'static str, first_id: u64) {
        let (mut input, (all_sent, is_sent)) = (self.input.take().unwrap(), mpsc::channel());
        std::thread::spawn(move || {
            for id in first_id..first_id + UNREAD {
                let asked = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"{method}","params":{HERE}}}"#);
                frames::send(&mut input, &asked);
            }
            all_sent.send(input)
        });
        let input = is_sent.recv_timeout(Duration::from_secs(60));
        self.input = Some(input.expect("the server reads on"));
    }

    /// The exit code, which must come within 5 seconds.
    fn code(mut self) -> Option<i32> {
        let patience = Instant::now() + Duration::from_secs(5);
        while Instant::now() < patience {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.child.kill().unwrap();
        panic!("the server does not end");
    }
}

#[test]
fn exit_gives_0_after_shutdown_and_1_without() {
    for arguments in [&["lsp"][..], &["lsp", "--stdio"], &["--stdio"], &[], &["lsp", "--clientProcessId=1"]] {
        let mut server = Server::start(arguments);
        server.initialize(std::process::id());
        server.shut_down();
        server.exit();
        assert_eq!(server.code(), Some(0), "{arguments:?}");
    }
    let mut server = Server::start(&["lsp"]);
    server.initialize(std::process::id());
    server.exit();
    assert_eq!(server.code(), Some(1));
    let mut server = Server::start(&["lsp"]);
    server.exit();
    assert_eq!(server.code(), Some(1), "before initialize");
}

#[test]
fn the_end_of_the_input_is_the_end() {
    let mut server = Server::start(&["lsp"]);
    server.initialize(std::process::id());
    server.input = None;
    assert_eq!(server.code(), Some(1));
    let mut server = Server::start(&["lsp"]);
    server.initialize(std::process::id());
    server.shut_down();
    server.input = None;
    assert_eq!(server.code(), Some(0));
    let mut server = Server::start(&["lsp"]);
    server.input.as_mut().unwrap().write_all(b"Content-Length: 100\r\n\r\n{").unwrap();
    server.input = None;
    assert_eq!(server.code(), Some(1), "inside a frame");
}

#[test]
fn what_was_asked_before_the_end_of_the_input_is_answered() {
    let mut server = Server::start(&["lsp"]);
    server.initialize(std::process::id());
    server.send(r#"{"jsonrpc":"2.0","id":7,"method":"no/such"}"#);
    server.input = None;
    assert!(server.receive().contains("\"id\":7"));
    assert_eq!(server.code(), Some(1));
}

/// The wire stays open here: only the process that was named is gone.
#[test]
fn it_ends_with_the_editor_s_process() {
    let mut editor = Command::new("sleep").arg("60").spawn().unwrap();
    let id = editor.id();
    let mut by_initialize = Server::start(&["lsp"]);
    by_initialize.initialize(id);
    let by_argument = Server::start(&["lsp", &format!("--clientProcessId={id}")]);
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(by_initialize.code(), Some(1));
    assert_eq!(by_argument.code(), Some(1));
}

/// What is asked fills the pipe many times over. Answers are written by several threads then: each is to come whole.
#[test]
fn a_client_that_reads_late_gets_every_answer_whole() {
    let mut server = unread_answers();
    server.ask_without_reading("textDocument/hover", 2_000);
    let mut left: std::collections::HashSet<u64> =
        (1_000..1_000 + UNREAD).chain(2_000..2_000 + UNREAD).collect();
    while !left.is_empty() {
        let message: serde_json::Value = serde_json::from_str(&server.receive()).unwrap();
        if let Some(id) = message["id"].as_u64().filter(|_| message.get("method").is_none()) {
            assert!(message.get("error").is_none() && left.remove(&id), "{message}");
        }
    }
    server.exit();
    assert_eq!(server.code(), Some(1));
}

#[test]
fn a_client_that_never_reads_holds_up_no_end() {
    let mut server = unread_answers();
    server.exit();
    assert_eq!(server.code(), Some(1));
    let mut server = unread_answers();
    server.input = None;
    assert_eq!(server.code(), Some(1));
}

/// Many enough for the requests to fill the pipe as well.
const UNREAD: u64 = 1_000;
const HERE: &str = r#"{"textDocument":{"uri":"untitled:post.md"},"position":{"line":1,"character":0}}"#;

/// A server that has been asked for many lists of keys, none of which is read.
fn unread_answers() -> Server {
    let mut server = Server::start(&["lsp"]);
    server.initialize(std::process::id());
    let post = r#"{"uri":"untitled:post.md","languageId":"markdown","version":1,"text":"---\n\n---\n"}"#;
    let open =
        format!(r#"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{post}}}}}"#);
    server.send(&open);
    while !server.receive().contains("publishDiagnostics") {}
    server.ask_without_reading("textDocument/completion", 1_000);
    server
}
