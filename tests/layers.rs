//! The rooms use each other one way only, and the protocol stays in its room.

#![allow(clippy::unwrap_used, reason = "a test fails by them")]

use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom up. A room may name itself and the rooms before it.
const LAYERS: [&[&str]; 7] =
    [&["text"], &["post"], &["jekyll"], &["site"], &["rules"], &["features"], &["server", "cli"]];

/// Names that belong to `server` alone.
const PROTOCOL: [&str; 5] = ["tower_lsp", "lsp_types", "tokio", "async fn", ".await"];

/// Where the disk and the clock may be asked below `server` and `cli`.
const DISK: [&str; 2] = ["site/scan.rs", "site/scan/read.rs"];

fn sources(below: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file without comments and its own tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let body = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&room))
}

/// Each file with its room's name and its path below `src`.
fn rooms() -> Vec<(String, String, PathBuf)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let of = |path: PathBuf| {
        let inside = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let room = inside.split(['/', '.']).next().unwrap().to_owned();
        (room, inside, path)
    };
    sources(&src).into_iter().map(of).collect()
}

#[test]
fn rooms_use_only_the_rooms_below_them() {
    let mut wrong = Vec::new();
    for (room, inside, path) in rooms() {
        let Some(own) = layer(&room) else { continue };
        let code = code(&path);
        for (other, names) in LAYERS.iter().enumerate() {
            let above = names.iter().filter(|name| **name != room && other >= own);
            wrong.extend(
                above
                    .filter(|name| code.contains(&format!("crate::{name}")))
                    .map(|name| format!("{inside} uses {name}")),
            );
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_the_server_names_the_protocol() {
    let mut wrong = Vec::new();
    for (room, inside, path) in rooms().into_iter().filter(|(room, ..)| room != "server") {
        let code = code(&path);
        let _ = room;
        wrong.extend(
            PROTOCOL.iter().filter(|name| code.contains(**name)).map(|name| format!("{inside} names {name}")),
        );
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn analysis_asks_neither_disk_nor_clock() {
    let asks = [
        "std::fs",
        "fs::read",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "env::var",
        "TimeZone::system",
    ];
    let mut wrong = Vec::new();
    for (room, inside, path) in rooms() {
        if layer(&room).is_none_or(|layer| layer + 1 == LAYERS.len()) || DISK.contains(&inside.as_str()) {
            continue;
        }
        let code = code(&path);
        wrong.extend(
            asks.iter().filter(|name| code.contains(**name)).map(|name| format!("{inside} asks {name}")),
        );
    }
    assert_eq!(wrong, Vec::<String>::new());
}
