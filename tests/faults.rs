//! A fault of ours over the wire. The log is one for the whole process, so this test has a process of its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};

use common::{Client, Fixture, Kind};
use masthead::rules::{Rule, Severity};
use masthead::server::{Options, log};
use serde_json::json;

/// A fault in one rule costs its own findings: a line in the log with its code, once, and no process, no request and no
/// other rule. It is asked again when the document is opened again.
#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_panics_is_off_until_the_document_is_opened_again() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    static RULES: [Rule; 1] = [Rule {
        code: "faulty-rule",
        severity: Severity::Warning,
        summary: "A fault of ours.",
        example: "",
        check: |input, _| {
            ASKED.fetch_add(1, Ordering::SeqCst);
            panic!("no rule for {}", input.path)
        },
    }];
    let options = Options { rules: &RULES, log: Some(log::start()), ..Options::default() };
    let fixture = Fixture::new("//- /_posts/2024-01-02-日記.md\n");
    let uri = &fixture.uri("/_posts/2024-01-02-日記.md");
    let mut client = Client::with(options);
    client.initialize(Kind::Neovim.params(Some(&fixture.root()))).await;
    let end = json!({"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 3}});
    let broken = "---\ntitle: \"題\n---\n";
    for opened in 1..=2 {
        client.open(uri, broken).await;
        let line = client.wait_for_log("faulty-rule").await;
        assert!(line.contains("日記.md") && line.contains("no rule for"), "{line}");
        for version in 2..5 {
            client.pushes.clear();
            client.change(uri, version, json!([{"range": end, "text": " "}])).await;
            let found = client.wait_for_diagnostics(uri, Some(version)).await;
            assert!(found.iter().any(|found| found["code"] == "unclosed-quote"), "{found:?}");
        }
        assert_eq!(ASKED.load(Ordering::SeqCst), opened, "it is asked once while the document is open");
        client.close(uri).await;
    }
    client.finish().await;
}
