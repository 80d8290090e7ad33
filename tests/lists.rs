//! What the commands that print a list have in common.
#![allow(clippy::unwrap_used, reason = "a test fails by them")]

use std::process::{Command, Stdio};

/// `masthead tags | head`: who has seen enough closes the pipe.
#[test]
fn a_closed_pipe_is_no_error() {
    for command in ["tags", "posts", "links", "rules"] {
        let mut masthead = Command::new(env!("CARGO_BIN_EXE_masthead"));
        masthead.arg(command).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/demo"));
        let mut child = masthead.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), &*told), (Some(0), ""), "{command}");
    }
}
