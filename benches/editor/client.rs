//! An editor that talks to a server process over its stdin and stdout, and notes when each answer came.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// A message as it came.
pub struct Frame {
    /// When its first line was there.
    began: Instant,
    /// When all of it was.
    ended: Instant,
    /// Its JSON.
    pub body: Vec<u8>,
}

/// A server and the way to it.
pub struct Client {
    process: Child,
    /// None at the end.
    input: Option<ChildStdin>,
    inbox: mpsc::Receiver<Frame>,
    next_id: i64,
    /// When the last message that was waited for began to come.
    pub began: Instant,
    /// When the process was started.
    pub started: Instant,
}

impl Client {
    /// Starts a server, with nothing said yet.
    pub fn start(server: &Path) -> Self {
        Self::start_as(server, "lsp")
    }

    /// Starts a program that speaks as a server does when it is called with this argument.
    pub fn start_as(program: &Path, argument: &str) -> Self {
        let started = Instant::now();
        let mut process = Command::new(program)
            .arg(argument)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let input = process.stdin.take();
        let output = process.stdout.take().expect("stdout is piped");
        let (send, inbox) = mpsc::channel();
        std::thread::spawn(move || {
            let mut output = BufReader::with_capacity(64 * 1024, output);
            while let Some(frame) = frame(&mut output) {
                if send.send(frame).is_err() {
                    return;
                }
            }
        });
        Client { process, input, inbox, next_id: 1, began: started, started }
    }

    /// The server's process id.
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request, and gives its result with the moment at which it was there.
    pub fn request(&mut self, method: &str, params: Value) -> (Value, Instant) {
        let id = self.next_id;
        self.next_id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let (mut answer, at) =
            self.wait(method, |message| message["id"] == id && message.get("method").is_none());
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        (answer["result"].take(), at)
    }

    /// The next diagnostics of a document in this version or a later one, and the moment at which they were there.
    pub fn diagnostics(&mut self, uri: &str, version: i64) -> (usize, Instant) {
        let (push, at) = self.wait("diagnostics", |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["version"].as_i64().is_some_and(|pushed| pushed >= version)
        });
        (push["params"]["diagnostics"].as_array().map_or(0, Vec::len), at)
    }

    /// Ends the server by the end of its input.
    pub fn hang_up(mut self) {
        drop(self.input.take());
        self.process.wait().expect("the program can be waited for");
    }

    /// Ends the server as an editor does.
    pub fn end(mut self) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        let status = self.process.wait().expect("the server can be waited for");
        assert!(status.success(), "the server ended with {status}");
    }

    fn wait(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> (Value, Instant) {
        loop {
            let frame =
                self.inbox.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("waited in vain for {what}"));
            let message: Value = serde_json::from_slice(&frame.body).expect("JSON");
            if wanted(&message) {
                self.began = frame.began;
                return (message, frame.ended);
            }
            if let (Some(_), Some(id)) = (message.get("method"), message.get("id")) {
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
            }
        }
    }

    fn send(&mut self, message: &Value) {
        let input = self.input.as_mut().expect("the server is not at its end");
        write(input, message).expect("the server reads");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Writes a message.
pub fn write(output: &mut impl Write, message: &Value) -> std::io::Result<()> {
    let body = serde_json::to_vec(message).expect("JSON");
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend(body);
    output.write_all(&frame)
}

/// The next message; none at the end.
pub fn frame(output: &mut impl BufRead) -> Option<Frame> {
    let (mut length, mut began) = (0, None);
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        began = began.or_else(|| Some(Instant::now()));
        match line.trim().strip_prefix("Content-Length:") {
            Some(value) => length = value.trim().parse().ok()?,
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(Frame { began: began?, ended: Instant::now(), body })
}
