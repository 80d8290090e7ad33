//! Frames of the wire as a program reads and writes them that waits for each.

use std::io::{BufRead, Write};

/// Writes one message.
pub(crate) fn send(input: &mut impl Write, body: &str) {
    write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    input.flush().unwrap();
}

/// The bytes of the next message.
pub(crate) fn receive(output: &mut impl BufRead) -> Vec<u8> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        assert_ne!(output.read_line(&mut line).unwrap(), 0, "the server went away");
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().unwrap(),
            _ if line.trim().is_empty() => break,
            _ => panic!("stdout is the wire and nothing else: {line}"),
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).unwrap();
    body
}
