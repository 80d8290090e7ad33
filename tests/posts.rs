//! `masthead posts` as it is called: its output, its exit codes, its messages.

// A test that cannot be set up has failed.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use expect_test::{Expect, expect};

fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn posts(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_masthead"))
        .arg("posts")
        .args(args)
        .args(["--now", "2026-01-01", "--tz", "UTC"])
        .current_dir(folder)
        .output()
        .unwrap()
}

fn check(files: &[(&str, &str)], args: &[&str], expected: &Expect) {
    let folder = site(files);
    let output = posts(folder.path(), args);
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    let end = if output.status.success() { String::new() } else { format!("{:?}\n", output.status.code()) };
    expected.assert_eq(&(text + &end));
}

const SITE: &[(&str, &str)] = &[
    ("_config.yml", "timezone: Asia/Tokyo\ncollections: [docs]\n"),
    ("_posts/2025-04-01-sakura.md", "---\ntitle: 桜の季節\ntags: [花, 2025]\ncategories: 春\n---\n花。\n"),
    ("_posts/2026-02-01-later.md", "---\ntitle: Later\n---\n"),
    ("_posts/2025-05-05-broken.md", "---\ntitle: [x\ntags: [a]\n---\n"),
    ("_posts/no-date.md", "Text\n"),
    ("_drafts/idea.md", "---\ndate: 2025-06-06\n---\n"),
    ("_docs/guide.md", "---\ntitle: Guide\n---\n"),
    ("_docs/copied.txt", "No front matter\n"),
];

#[test]
fn a_table_for_people() {
    check(
        SITE,
        &[],
        &expect![[r#"
             DATE        STATUS     TITLE              TAGS      CATEGORIES  URL
             -           published  Guide                                    /docs/guide.html
             2025-06-06  draft      Idea                                     /2025/06/06/idea.html
             2025-04-01  published  桜の季節           花, 2025  春          /%E6%98%A5/2025/04/01/sakura.html
             2026-01-01  broken     ["x"]              a                     /2026/01/01/2025-05-05-broken.html
             2026-02-01  future     Later                                    /2026/02/01/later.html
             -           dropped    _posts/no-date.md                        -
            6 posts: 2 published, 1 future, 1 draft, 1 broken, 1 dropped
        "#]],
    );
}

#[test]
fn json_lines_for_programs() {
    check(
        SITE,
        &["--format", "jsonl"],
        &expect![[r#"
            {"path":"_docs/guide.md","kind":"collection","draft":false,"status":"published","url":"/docs/guide.html","title":"Guide","slug":"guide","date":null,"categories":[],"tags":[],"layout":null,"types":{"title":"String","date":"nil","categories":"Array<>","tags":"Array<>","layout":"nil","slug":"String"},"excerpt_from":"content","excerpt":""}
            {"path":"_drafts/idea.md","kind":"draft","draft":true,"status":"published","url":"/2025/06/06/idea.html","title":"Idea","slug":"idea","date":"2025-06-05T15:00:00Z","categories":[],"tags":[],"layout":null,"types":{"title":"String","date":"Time","categories":"Array<>","tags":"Array<>","layout":"nil","slug":"String"},"excerpt_from":"content","excerpt":""}
            {"path":"_posts/2025-04-01-sakura.md","kind":"post","draft":false,"status":"published","url":"/%E6%98%A5/2025/04/01/sakura.html","title":"桜の季節","slug":"sakura","date":"2025-03-31T15:00:00Z","categories":["春"],"tags":["花",2025],"layout":null,"types":{"title":"String","date":"Time","categories":"Array<String>","tags":"Array<Integer|String>","layout":"nil","slug":"String"},"excerpt_from":"content","excerpt":"花。\n"}
            {"path":"_posts/2025-05-05-broken.md","kind":"post","draft":false,"status":"published","url":"/2026/01/01/2025-05-05-broken.html","title":null,"slug":null,"date":"2025-12-31T15:00:00Z","categories":[],"tags":null,"layout":null,"types":{"title":"nil","date":"Time","categories":"Array<>","tags":"nil","layout":"nil","slug":"nil"},"excerpt_from":null,"excerpt":null}
            {"path":"_posts/2026-02-01-later.md","kind":"post","draft":false,"status":"future","url":"/2026/02/01/later.html","title":"Later","slug":"later","date":"2026-01-31T15:00:00Z","categories":[],"tags":[],"layout":null,"types":{"title":"String","date":"Time","categories":"Array<>","tags":"Array<>","layout":"nil","slug":"String"},"excerpt_from":"content","excerpt":""}
            {"path":"_posts/no-date.md","kind":"post","draft":false,"status":"bad_filename","url":null,"title":null,"slug":null,"date":null,"categories":null,"tags":null,"layout":null,"types":null,"excerpt_from":null,"excerpt":null}
        "#]],
    );
}

#[test]
fn configurations_can_be_named() {
    check(
        &[
            ("_posts/2025-04-01-a.md", "---\n---\n"),
            ("one.yml", "permalink: /one/:title/\n"),
            ("two.yml", "permalink: /two/:title/\n"),
        ],
        &["--config", "one.yml,two.yml"],
        &expect![[r#"
             DATE        STATUS     TITLE  TAGS  CATEGORIES  URL
             2025-04-01  published  A                        /two/a/
            1 post: 1 published
        "#]],
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    check(
        &[],
        &[],
        &expect![[r#"
        masthead: . is no Jekyll site: it has neither a _config.yml nor a _posts folder. Give the site's folder.
        Some(2)
    "#]],
    );
    check(
        &[],
        &["nowhere"],
        &expect![[r#"
        masthead: nowhere does not exist. Give the folder that holds the site's _config.yml.
        Some(2)
    "#]],
    );
    check(
        &[("_config.yml", "")],
        &["--config", "x.yml"],
        &expect![[r#"
        masthead: The configuration x.yml cannot be read: No such file or directory (os error 2).
        Some(2)
    "#]],
    );
    check(
        &[("_config.yml", "")],
        &[],
        &expect![[r#"
         DATE  STATUS  TITLE  TAGS  CATEGORIES  URL
        0 posts
    "#]],
    );
}

/// What Jekyll would have made of the posts is known from the lines that are healthy.
#[test]
fn a_configuration_that_does_not_load_costs_its_own_line() {
    let files = &[
        ("_config.yml", "permalink: /:title/\ntitle: 日記: 京都\ntimezone: Asia/Tokyo\n"),
        ("_posts/2025-04-01-sakura.md", "---\ndate: 2025-04-01 20:00:00 +0000\n---\n"),
        ("two.yml", "- x\n"),
    ];
    check(
        files,
        &[],
        &expect![[r#"
             DATE        STATUS     TITLE   TAGS  CATEGORIES  URL
             2025-04-02  published  Sakura                    /sakura/
            1 post: 1 published
            error: ./_config.yml:2:10: This does not load as YAML: mapping values are not allowed in this context. Jekyll builds nothing until this is mended; the list goes by the lines that are healthy.
            Some(1)
        "#]],
    );
    check(
        files,
        &["--config", "_config.yml,two.yml"],
        &expect![[r#"
             DATE        STATUS     TITLE   TAGS  CATEGORIES  URL
             2025-04-02  published  Sakura                    /sakura/
            1 post: 1 published
            error: _config.yml:2:10: This does not load as YAML: mapping values are not allowed in this context. Jekyll builds nothing until this is mended; the list goes by the lines that are healthy.
            Some(1)
        "#]],
    );
    check(
        files,
        &["--config", "two.yml"],
        &expect![[r#"
             DATE        STATUS     TITLE   TAGS  CATEGORIES  URL
             2025-04-01  published  Sakura                    /2025/04/01/sakura.html
            1 post: 1 published
            error: two.yml:1:1: Jekyll needs lines of the form `key: value` here, but this is a list. Jekyll leaves the file out and goes on without it.
            Some(1)
        "#]],
    );
}

#[test]
fn a_reader_may_stop_early() {
    let text = "x".repeat(200);
    let names: Vec<String> = (0..2_000).map(|at| format!("_posts/2025-01-01-{at}-{text}.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let folder = site(&files);
    let mut child = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .args(["posts", "--format", "jsonl"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    lines.read_line(&mut String::new()).unwrap();
    drop(lines);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn a_broken_post_has_no_date_where_future_posts_are_published() {
    check(
        &[("_config.yml", "future: true\n"), ("_posts/2025-05-05-broken.md", "---\ntitle: [x\n---\n")],
        &["--format", "jsonl"],
        &expect![[r#"
            {"path":"_posts/2025-05-05-broken.md","kind":"post","draft":false,"status":"published","url":"/2026/01/01/2025-05-05-broken.html","title":null,"slug":null,"date":null,"categories":[],"tags":null,"layout":null,"types":{"title":"nil","date":"Time","categories":"Array<>","tags":"nil","layout":"nil","slug":"nil"},"excerpt_from":null,"excerpt":null}
        "#]],
    );
}

#[test]
fn a_hidden_post_without_a_date_has_none() {
    for (config, class) in
        [("", "Time"), ("permalink: none\n", "nil"), ("permalink: none\nfuture: true\n", "nil")]
    {
        let broken = "---\ntitle: [x\n---\n";
        let defaults = "defaults:\n- values: {published: false}\n";
        let site = site(&[
            ("_config.yml", &*format!("{config}{defaults}")),
            ("_posts/2025-05-05-broken.md", broken),
            ("_drafts/idea.md", "---\ntitle: a\n---\n"),
        ]);
        let out = posts(site.path(), &["--format", "jsonl"]);
        for line in String::from_utf8_lossy(&out.stdout).lines() {
            // The URL asks for it, later.
            let types = format!("\"date\":\"{class}\"");
            let says = ["\"status\":\"unpublished\"", "\"date\":null", &types];
            assert!(says.iter().all(|word| line.contains(word)), "{config}: {line}");
        }
    }
}

#[test]
fn the_ids_of_headings_are_listed_where_they_are_asked_for() {
    let post =
        "---\ntitle: a\n---\n# 京都の 春\n\n## 京都の 春\n\n## 🎉\n\n## {{ page.title }}\n\n## x {#own}\n";
    let folder = site(&[("_config.yml", ""), ("_posts/2024-01-15-a.md", post)]);
    let line = |args: &[&str]| -> serde_json::Value {
        serde_json::from_slice(&posts(folder.path(), args).stdout).unwrap()
    };
    let ids = &line(&["--format", "jsonl", "--anchors"])["anchors"];
    assert_eq!(ids, &serde_json::json!(["京都の-春", "京都の-春-1", null, null, "own"]));
    assert!(line(&["--format", "jsonl"]).get("anchors").is_none());
}

/// A pipe holds up whoever opens it until somebody writes into it.
#[cfg(unix)]
#[test]
fn a_configuration_that_is_a_pipe_holds_up_nothing() {
    let folder = site(&[("_posts/2025-04-01-sakura.md", "---\ntitle: 桜\n---\n")]);
    let pipe = folder.path().join("_config.yml");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut child = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .arg("posts")
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if Instant::now() > until => {
                child.kill().unwrap();
                panic!("it waits for the pipe");
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("no plain file but a pipe or a device"), "{said}");
    assert_eq!(status.code(), Some(1));
}
