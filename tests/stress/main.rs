//! The binary under load: hostile documents, and hours of editing in minutes. Not part of `cargo test`, since it takes a
//! release build and minutes: `tests/run stress`, or `cargo test --release --test stress -- --ignored --nocapture`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod editor;
#[path = "../common/frames.rs"]
mod frames;
mod hostile;
mod odd_sites;

use std::time::Duration;

use editor::Editor;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(2);

const URI: &str = "untitled:2024-01-02-hostile.md";

/// A site that has a place for a hostile post.
fn site() -> TempDir {
    let site = TempDir::new().unwrap();
    std::fs::create_dir(site.path().join("_posts")).unwrap();
    std::fs::write(site.path().join("_config.yml"), "title: x\ntimezone: Asia/Tokyo\n").unwrap();
    for number in 1..=20 {
        let path = site.path().join(format!("_posts/2024-01-{number:02}-記事.md"));
        std::fs::write(path, format!("---\ntitle: 題{number}\ntags: [AI, t{number}]\n---\n# 見出し\n"))
            .unwrap();
    }
    site
}

#[test]
#[ignore = "takes a release build and minutes"]
fn hostile_documents_are_answered() {
    let (mut failed, slow) = (Vec::new(), std::env::var("MASTHEAD_STRESS_SLOW").is_ok());
    let site = site();
    let uri = &format!("file://{}/_posts/2024-01-02-hostile.md", site.path().display());
    for (name, text) in hostile::documents() {
        let mut editor = Editor::start();
        // The site is known before the clock runs.
        let other = uri.replace("hostile", "other");
        editor.open(&other, "---\ntitle: x\n---\n");
        editor.ask("workspace/symbol", &other, &json!({"query": ""}));
        editor.close(&other);
        let empty = editor.memory();
        let mut took: Vec<(&str, Duration)> = Vec::new();
        let lines = text.matches('\n').count();
        let at = |line: usize, column: usize| json!({"line": line, "character": column});
        let all = json!({"start": at(0, 0), "end": at(lines, 0)});
        took.push(("open", editor.open(uri, &text)));
        for (line, column) in [(0, 1), (1, 8), (1, 9_999_999), (3, 9_000_000), (lines / 2, 3), (lines, 0)] {
            let place = json!({"position": at(line, column)});
            took.push(("completion", editor.ask("textDocument/completion", uri, &place)));
            took.push(("hover", editor.ask("textDocument/hover", uri, &place)));
        }
        let context = json!({"range": all, "context": {"diagnostics": []}});
        let fix_all = json!({"range": all, "context": {"diagnostics": [], "only": ["source.fixAll"]}});
        for (what, method, params) in [
            ("symbols", "textDocument/documentSymbol", json!({})),
            ("folds", "textDocument/foldingRange", json!({})),
            ("actions", "textDocument/codeAction", context),
            ("fix all", "textDocument/codeAction", fix_all),
            ("hints", "textDocument/inlayHint", json!({"range": all})),
        ] {
            took.push((what, editor.ask(method, uri, &params)));
        }
        took.push(("edit", editor.edit(uri, 2, &json!({"start": at(1, 3), "end": at(1, 3)}), "x")));
        let far = at(lines, 4_000_000);
        took.push(("far edit", editor.edit(uri, 3, &json!({"start": far, "end": far}), "x")));
        editor.close(uri);
        let left = editor.memory_settled(empty + 64);
        editor.finish();
        let worst = took.iter().max_by_key(|took| took.1).unwrap();
        println!(
            "{name}: {} KB, {} in {} ms, {left} MiB left",
            text.len() / 1024,
            worst.0,
            worst.1.as_millis()
        );
        failed.extend(took.iter().filter(|took| took.1 > PATIENCE).map(|took| format!("{name}: {took:?}")));
        // What is left after a document of megabytes is the allocator's, within reason.
        if left > empty + 64 + text.len() / 1024 / 1024 * 8 {
            failed.push(format!("{name}: {left} MiB after it was closed, {empty} before"));
        }
    }
    assert!(failed.is_empty() || slow, "{failed:#?}");
}

/// Four times the posts are four times the work and not sixteen times, whatever is odd about all of them; and no oddity is
/// many times the work of a usual site. The processor's time is counted, not the clock's.
#[test]
#[ignore = "takes a release build and minutes"]
fn odd_sites_are_checked_in_the_order_of_their_posts() {
    let (few, many) = (5_000, 20_000);
    let (mut failed, mut usual) = (Vec::new(), None);
    for odd in odd_sites::SITES {
        let (small, large) = (odd_sites::work(odd, few), odd_sites::work(odd, many));
        let usual = *usual.get_or_insert(large);
        let (growth, oddity) = (large as f64 / small as f64, large as f64 / usual as f64);
        println!(
            "{}: {large} ticks, {growth:.1} times those of a quarter, {oddity:.1} times a usual site's",
            odd.0
        );
        if growth > 8.0 || oddity > 12.0 {
            failed.push(odd.0);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

/// Memory after many rounds is memory after few.
#[test]
#[ignore = "takes a release build and minutes"]
fn memory_is_flat_over_opening_and_editing() {
    let mut editor = Editor::start();
    let text = |n: usize| {
        format!("---\ntitle: \"題{n}\"\ntags: [\"AI\", t{n}]\n---\n# 見出し\n\n{}", "本文です。".repeat(400))
    };
    let mut figures = Vec::new();
    for round in 0..5_000 {
        let uri = format!("untitled:post-{}.md", round % 97);
        editor.open(&uri, &text(round));
        editor.ask("textDocument/completion", &uri, &json!({"position": {"line": 2, "character": 13}}));
        editor.close(&uri);
        if (round + 1) % 1_000 == 0 {
            figures.push(editor.memory());
        }
    }
    editor.open(URI, &text(0));
    for version in 2..20_002 {
        let column = version % 20;
        let place = json!({"line": 4, "character": column});
        let new = if version % 3 == 0 { "" } else { "あ" };
        let end = json!({"line": 4, "character": column + version % 2});
        editor.change(URI, version as i64, &json!({"start": place, "end": end}), new);
        if version % 50 == 0 {
            editor.ask("textDocument/documentSymbol", URI, &json!({}));
        }
        if version % 4_000 == 0 {
            figures.push(editor.memory());
        }
    }
    editor.finish();
    println!("MiB: {figures:?}");
    let (first, last) = (figures[0], *figures.last().unwrap());
    assert!(last <= first + first / 4 + 4, "memory grows: {figures:?} MiB");
}

/// The answer's result, for those who look at it.
fn result(answer: &Value) -> &Value {
    assert!(answer.get("error").is_none(), "{answer}");
    &answer["result"]
}
