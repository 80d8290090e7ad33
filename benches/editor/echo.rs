//! What a key costs where the server does nothing: a program that reads as a server does, and answers at once with as
//! many bytes as a list of completions has. Its times are what this machine takes for two pipes and two processes.

use std::io::{BufReader, stdin, stdout};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{self, Client};

/// The argument that makes this benchmark the program that answers.
pub const ARGUMENT: &str = "--echo";

/// How many keys are typed.
const KEYS: usize = 200;

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

/// The times of a change and an answer.
pub fn run() -> Vec<Duration> {
    let this = std::env::current_exe().expect("this program has a path");
    let mut client = Client::start_as(&this, ARGUMENT);
    let change = json!({"text": "x".repeat(250)});
    let key = || {
        let sent = Instant::now();
        client.notify("textDocument/didChange", change.clone());
        client.request("textDocument/completion", json!({})).1 - sent
    };
    let times = std::iter::repeat_with(key).take(KEYS).collect();
    client.hang_up();
    times
}
