//! What a key costs where the server does nothing: a program that reads as a server does, and answers at once with as
//! many bytes as a list of completions has. Its times are what this machine takes for two pipes and two processes.

use std::io::{BufReader, stdin, stdout};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{self, Client};

/// The argument that makes this benchmark the program that answers.
pub const ARGUMENT: &str = "--echo";

/// The bytes of an answer, those of a list of tags.
const ANSWER: usize = 16_000;

/// Answers until the input ends.
pub fn serve() {
    let (mut input, mut output) = (BufReader::new(stdin()), stdout());
    let answer = "x".repeat(ANSWER);
    while let Some(frame) = client::frame(&mut input) {
        let message: Value = serde_json::from_slice(&frame.body).expect("JSON");
        if let Some(id) = message.get("id") {
            let answer = json!({"jsonrpc": "2.0", "id": id, "result": answer});
            client::write(&mut output, &answer).expect("the client reads");
        }
    }
}

/// The program, and the way to it.
pub struct Echo {
    client: Client,
    change: Value,
}

impl Echo {
    /// Starts it.
    pub fn start() -> Self {
        let this = std::env::current_exe().expect("this program has a path");
        Echo { client: Client::start_as(&this, ARGUMENT), change: json!({"text": "x".repeat(250)}) }
    }

    /// The time of a change and an answer.
    pub fn key(&mut self) -> Duration {
        let sent = Instant::now();
        self.client.notify("textDocument/didChange", self.change.clone());
        self.client.request("textDocument/completion", json!({})).1 - sent
    }

    /// Ends it.
    pub fn end(self) {
        self.client.hang_up();
    }
}
