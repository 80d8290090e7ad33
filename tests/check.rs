//! `masthead check` from end to end: the built binary on small sites.

// The helpers of a test fail as the test does.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use expect_test::{Expect, expect};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

/// A site in a temporary folder, from a fixture whose files begin with lines such as `//- /_posts/2024-01-02-a.md`.
fn site(fixture: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in fixture.split("//- /").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A site of one post.
fn post(text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "_posts/2024-01-02-a.md", text.as_bytes());
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.current_dir(folder).arg("check").args(args).env("NO_COLOR", "1");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn code(folder: &Path, args: &[&str]) -> i32 {
    run(folder, args).status.code().unwrap()
}

/// `source` names the folder that paths and URLs are counted from; its configuration is checked along with it.
#[test]
fn a_site_whose_source_is_a_folder_in_it() {
    let folder = site(
        "//- /_config.yml\nsource: src\npermalink: /:categories/:yaer/\n//- /masthead.toml\nwrong = 1\n\
         //- /src/_posts/2024-01-02-a.md\n---\ntitle: a\npermalink: /a/\n---\n![](/a.png)\n//- /src/b.md\n---\ntitle: b\npermalink: /a/\n---\n\
         //- /src/a.png\n",
    );
    let found = |args: &[&str]| {
        let shown = stdout(&run(folder.path(), &[args, &["--format", "json"]].concat()));
        let found = shown.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let mut found: Vec<String> = found.map(|it| format!("{} {}", it["path"], it["code"])).collect();
        found.sort();
        found
    };
    let all = [
        r#""../_config.yml" "config-permalink""#,
        r#""../masthead.toml" "unknown-setting""#,
        r#""_posts/2024-01-02-a.md" "same-url""#,
        r#""b.md" "same-url""#,
    ];
    assert_eq!(found(&[]), all);
    assert_eq!(found(&["src"])[..], all[2..]);
    assert!(stdout(&run(folder.path(), &[])).contains("--> _config.yml:2:"));
}

/// What is future is so by the clock and the zone that are asked for.
#[test]
fn the_moment_and_the_zone_can_be_pinned() {
    let folder = post("---\ntitle: 桜\ndate: 2024-01-16 08:00\n---\n");
    let found = |args: &[&str]| stdout(&run(folder.path(), &[args, &["--format", "json"]].concat()));
    let now = ["--now", "2024-01-16T00:00:00Z"];
    assert!(!found(&[&now[..], &["--tz", "Asia/Tokyo"]].concat()).contains("future-date"));
    assert!(found(&[&now[..], &["--tz", "UTC"]].concat()).contains("future-date"));
    assert_eq!(code(folder.path(), &["--tz", "Asia/Tokio"]), 2);
}

#[track_caller]
fn check(folder: &Path, args: &[&str], expected: Expect) {
    let shown = stdout(&run(folder, args));
    let shown: String = shown.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    expected.assert_eq(&shown);
}

const BROKEN: &str = "\
//- /_config.yml
title: ブログ
//- /_posts/2024-01-02-壊れた.md
---
title: \"題名 😀 です
tags: [東京, 京都
layout: post
layout: page
---
本文
//- /_posts/2024-01-03-good.md
---
title: 大丈夫
---
";

#[test]
fn safe_fixes_are_made_or_shown() {
    let broken = site(BROKEN);
    let path = broken.path().join("_posts/2024-01-02-壊れた.md");
    let before = fs::read_to_string(&path).unwrap();
    check(
        broken.path(),
        &["--fix", "--dry-run"],
        expect![[r#"
        --- a/_posts/2024-01-02-壊れた.md
        +++ b/_posts/2024-01-02-壊れた.md
        @@ -1,6 +1,6 @@
         ---
        -title: "題名 😀 です
        -tags: [東京, 京都
        +title: "題名 😀 です"
        +tags: [東京, 京都]
         layout: post
         layout: page
         ---
    "#]],
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    check(
        broken.path(),
        &["--fix", "--format", "json"],
        expect![[r#"
        {"path":"_posts/2024-01-02-壊れた.md","line":5,"column":1,"end_line":5,"end_column":7,"severity":"warning","code":"duplicate-key","message":"The key `layout` is there twice, and Jekyll keeps only the last value."}
    "#]],
    );
    expect![[r#"
        ---
        title: "題名 😀 です"
        tags: [東京, 京都]
        layout: post
        layout: page
        ---
        本文
    "#]]
    .assert_eq(&fs::read_to_string(&path).unwrap());
    assert_eq!(code(broken.path(), &["--fix", "--fail-on", "warning"]), 1);
    assert_eq!(code(broken.path(), &["--dry-run"]), 2);
}

/// Fixes are written when the report is out. So a reader who waits holds up the writing, and a file can change meanwhile.
#[test]
fn a_file_that_changes_while_it_is_checked_is_left_alone() {
    let site = site(BROKEN);
    let path = site.path().join("_posts/2024-01-02-壊れた.md");
    // What no fix takes away makes the report longer than a pipe holds.
    let twice: String = (0..50).map(|key| format!("key-{key}: a\nkey-{key}: b\n")).collect();
    for day in 1..=28 {
        let text = format!("---\n{twice}title: \"題\n---\n");
        write(site.path(), &format!("_posts/2024-02-{day:02}-a.md"), text.as_bytes());
    }
    let mut command = command(site.path(), &["--fix", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut report = BufReader::new(child.stdout.take().unwrap());
    let mut all = String::new();
    report.read_line(&mut all).unwrap();
    let theirs = "---\ntitle: \"書き直した\n---\n";
    fs::write(&path, theirs).unwrap();
    report.read_to_string(&mut all).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(all.len() > 256 * 1024, "{} bytes: they fit into a pipe", all.len());
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("壊れた.md: it has changed since it was read, so it is left alone"), "{said}");
    assert!(said.contains("Fixed 28 problems in 28 files"), "the others are mended: {said}");
    assert_eq!(ended.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    let names = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(names, 2 + 28, "a file that was begun is left behind");
}

#[test]
fn more_than_one_run_mends_is_told() {
    let text = |colon: &str| {
        let lines: String = (0..2_100).map(|key| format!("key{key}{colon}v\n")).collect();
        format!("---\ntitle: a\n{lines}---\n")
    };
    let site = post(&text("："));
    let said = |output: &Output| String::from_utf8(output.stderr.clone()).unwrap();
    let first = said(&run(site.path(), &["--fix"]));
    assert_eq!(first, "Fixed 2000 problems in 1 file\nThere are more in 1 file: run it again\n");
    let second = said(&run(site.path(), &["--fix"]));
    assert_eq!(second, "Fixed 100 problems in 1 file\n");
    assert_eq!(fs::read_to_string(site.path().join("_posts/2024-01-02-a.md")).unwrap(), text(": "));
}

#[test]
fn settings_are_heeded_and_checked() {
    let site = site(BROKEN);
    write(site.path(), "masthead.toml", b"required-keys = [\"tags\"]\n[rules]\nunclosed-quote = \"off\"\nunclosed-bracket = \"hint\"\nduplicate-kye = \"off\"\n");
    check(
        site.path(),
        &["--format", "json"],
        expect![[r#"
        {"path":"_posts/2024-01-02-壊れた.md","line":3,"column":7,"end_line":3,"end_column":8,"severity":"hint","code":"unclosed-bracket","message":"This list is never closed: `[` has no `]`. Jekyll publishes this post without its title, tags and layout.","fix":{"title":"Close the list","edits":[{"line":3,"column":14,"end_line":3,"end_column":14,"new_text":"]"}]}}
        {"path":"_posts/2024-01-02-壊れた.md","line":5,"column":1,"end_line":5,"end_column":7,"severity":"warning","code":"duplicate-key","message":"The key `layout` is there twice, and Jekyll keeps only the last value."}
        {"path":"_posts/2024-01-03-good.md","line":1,"column":1,"end_line":1,"end_column":4,"severity":"warning","code":"required-key","message":"This post lacks `tags`, which masthead.toml requires in every post."}
        {"path":"masthead.toml","line":5,"column":1,"end_line":5,"end_column":14,"severity":"warning","code":"unknown-rule","message":"There is no rule `duplicate-kye`. Did you mean `duplicate-key`?","fix":{"title":"Write `duplicate-key`","edits":[{"line":5,"column":1,"end_line":5,"end_column":14,"new_text":"duplicate-key"}]}}
    "#]],
    );
}

#[test]
fn rules_are_listed_and_explained() {
    let rules = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_masthead")).arg("rules").args(args).output().unwrap()
    };
    let list = stdout(&rules(&[]));
    assert!(list.lines().any(|line| line.trim_start().starts_with("unclosed-quote ")), "{list}");
    assert!(stdout(&rules(&["--format", "jsonl"])).lines().count() > 40);
    assert!(stdout(&rules(&["unclosed-quote"])).starts_with("# unclosed-quote"));
    let none = rules(&["unclosed-quotes"]);
    assert_eq!((none.status.code(), stdout(&none)), (Some(2), String::new()));
}

#[test]
fn a_report_is_like_a_compilers() {
    check(
        site(BROKEN).path(),
        &[],
        expect![[r#"
        error[unclosed-quote]: This quote is never closed: `"題名 😀 です`. Jekyll publishes this post without its title, tags and layout.
         --> _posts/2024-01-02-壊れた.md:2:8
          |
        2 | title: "題名 😀 です
          |        ^^^^^^^^^^^^^
          |
        fix: Close the quote
          |
        2 | title: "題名 😀 です"
          |

        error[unclosed-bracket]: This list is never closed: `[` has no `]`. Jekyll publishes this post without its title, tags and layout.
         --> _posts/2024-01-02-壊れた.md:3:7
          |
        3 | tags: [東京, 京都
          |       ^
          |
        fix: Close the list
          |
        3 | tags: [東京, 京都]
          |

        warning[duplicate-key]: The key `layout` is there twice, and Jekyll keeps only the last value.
         --> _posts/2024-01-02-壊れた.md:5:1
          |
        5 | layout: page
          | ^^^^^^
          |
        note: It is here as well
         --> _posts/2024-01-02-壊れた.md:4:1
          |
        4 | layout: post
          | ^^^^^^

        2 errors and 1 warning in 1 of 2 posts
    "#]],
    );
}

#[test]
fn json_has_one_object_a_finding_with_columns_in_characters() {
    check(
        site(BROKEN).path(),
        &["--format", "json"],
        expect![[r#"
        {"path":"_posts/2024-01-02-壊れた.md","line":2,"column":8,"end_line":2,"end_column":16,"severity":"error","code":"unclosed-quote","message":"This quote is never closed: `\"題名 😀 です`. Jekyll publishes this post without its title, tags and layout.","fix":{"title":"Close the quote","edits":[{"line":2,"column":16,"end_line":2,"end_column":16,"new_text":"\""}]}}
        {"path":"_posts/2024-01-02-壊れた.md","line":3,"column":7,"end_line":3,"end_column":8,"severity":"error","code":"unclosed-bracket","message":"This list is never closed: `[` has no `]`. Jekyll publishes this post without its title, tags and layout.","fix":{"title":"Close the list","edits":[{"line":3,"column":14,"end_line":3,"end_column":14,"new_text":"]"}]}}
        {"path":"_posts/2024-01-02-壊れた.md","line":5,"column":1,"end_line":5,"end_column":7,"severity":"warning","code":"duplicate-key","message":"The key `layout` is there twice, and Jekyll keeps only the last value."}
    "#]],
    );
}

#[test]
fn exit_codes() {
    let broken = site(BROKEN);
    let good = post("---\ntitle: x\n---\n");
    let warning = post("---\ntitle: x\ntitle: y\n---\n");
    let table = [
        (&broken, "error", 1),
        (&broken, "warning", 1),
        (&broken, "never", 0),
        (&warning, "error", 0),
        (&warning, "warning", 1),
        (&good, "warning", 0),
    ];
    for (site, fail_on, expected) in table {
        assert_eq!(code(site.path(), &["--fail-on", fail_on]), expected, "{fail_on}");
        assert_eq!(code(site.path(), &["--fail-on", fail_on, "--format", "json"]), expected, "{fail_on}");
    }
}

#[test]
fn what_cannot_run_says_what_to_do() {
    let bad_config = site("//- /_posts/2024-01-02-a.md\n---\n---\n");
    write(bad_config.path(), "_config.yml", b"title: \x93\xfa\n");
    for (args, says) in [
        (&["nowhere"][..], "Give a site's folder"),
        (&["--now", "soon"][..], "Give one like 2026-01-31"),
        (&[][..], "_config.yml cannot be used: This file"),
    ] {
        let output = run(bad_config.path(), args);
        let stderr = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{args:?}");
        assert!(stderr.contains(says), "{args:?}: {stderr}");
    }
}

#[test]
fn a_config_that_does_not_load_is_a_finding_in_its_own_file() {
    let folder = site("//- /_config.yml\ntitle: [a\n//- /_posts/2024-01-02-a.md\n---\ntitle: a\n---\n");
    for args in [&["--format", "json"][..], &["--format", "json", "_posts"]] {
        let output = run(folder.path(), args);
        let shown = stdout(&output);
        assert_eq!((output.status.code(), shown.lines().count()), (Some(1), 1), "{shown}");
        assert!(shown.starts_with("{\"path\":\"_config.yml\",\"line\":1,\"column\":8,"), "{shown}");
    }
}

/// The cells before the first `^` are the cells before the marked characters, whatever stands there.
#[test]
fn marks_stand_under_their_characters() {
    let table = [
        ("---\ntitle: 日本語の題名、「引用」: 続き\n---\n", ": 続き"),
        ("---\ntitle: 😀 emoji 🗾: more\n---\n", ": more"),
        ("---\r\ntitle: 半角ｶﾅ: 全角\r\n---\r\n", ": 全角"),
        ("---\nlist:\n  - \"閉じない\n---\n", "\"閉じない"),
        ("\u{feff}---\ntitle: [日本\n---\n", "[日本"),
    ];
    for (text, marked) in table {
        let report = stdout(&run(post(text).path(), &[]));
        let lines: Vec<&str> = report.lines().collect();
        let mark = lines.iter().position(|line| line.contains('^')).unwrap_or_else(|| panic!("{report}"));
        let (source, marks) = (lines[mark - 1], lines[mark]);
        let before = &source[..source.find(marked).unwrap_or_else(|| panic!("{report}"))];
        assert_eq!(before.width(), marks.find('^').unwrap(), "{report}");
    }
}

#[test]
fn a_very_long_line_is_cut_around_the_mark() {
    let text = format!("---\ntitle: {}: い{}\n---\n", "あ".repeat(4_000), "う".repeat(4_000));
    let report = stdout(&run(post(&text).path(), &[]));
    let mark = report.lines().position(|line| line.contains('^')).unwrap();
    let source = report.lines().nth(mark - 1).unwrap();
    assert!(source.contains("あ: い") && source.width() < 200, "{report}");
    assert!(report.contains(":2:4008"), "{report}");
}

#[test]
fn tabs_and_control_characters_do_not_break_the_report() {
    check(
        post("---\ntags:\n\t- a\ntitle: b\u{8}c\0\n---\n").path(),
        &[],
        expect![[r#"
        error[tab-indentation]: YAML allows no tab as indentation. Use spaces. Jekyll publishes this post without its title and tags.
         --> _posts/2024-01-02-a.md:3:1
          |
        3 |     - a
          | ^^^^
          |
        fix: Indent with spaces
          |
        3 |   - a
          |

        error[control-character]: The invisible character `U+0008` is not allowed in YAML. Remove it. Jekyll publishes this post without its title and tags.
         --> _posts/2024-01-02-a.md:4:9
          |
        4 | title: b␈c␀
          |         ^
          |
        fix: Remove the character
          |
        4 | title: bc␀
          |

        error[control-character]: The invisible character `U+0000` is not allowed in YAML. Remove it. Jekyll publishes this post without its title and tags.
         --> _posts/2024-01-02-a.md:4:11
          |
        4 | title: b␈c␀
          |           ^
          |
        fix: Remove the character
          |
        4 | title: b␈c
          |

        3 errors in 1 of 1 post
    "#]],
    );
}

#[test]
fn one_bad_file_is_a_finding_and_not_the_end() {
    let folder = site(BROKEN);
    write(folder.path(), "_posts/2024-01-01-sjis.md", b"---\ntitle: \x93\xfa\x96\x7b\x8c\xea\n---\n");
    let shown = stdout(&run(folder.path(), &["--format", "json"]));
    let first = shown.lines().next().unwrap();
    assert!(first.contains("\"code\":\"not-utf-8\"") && first.contains("2024-01-01-sjis.md"), "{first}");
    assert!(shown.contains("unclosed-quote"), "{shown}");
}

#[test]
fn paths_name_what_is_checked() {
    let more = "//- /en/_posts/2024-01-04-en.md\n---\ntitle: 'x\n---\n//- /about.md\n---\nlayout:page\n---\n";
    let folder = site(&format!("{BROKEN}{more}"));
    let paths = |args: &[&str]| -> Vec<String> {
        let args = [&["--format", "json"], args].concat();
        let shown = stdout(&run(folder.path(), &args));
        let object = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        let mut paths: Vec<String> =
            shown.lines().map(|line| object(line)["path"].as_str().unwrap().to_owned()).collect();
        paths.dedup();
        paths
    };
    assert_eq!(paths(&[]), ["_posts/2024-01-02-壊れた.md", "about.md", "en/_posts/2024-01-04-en.md"]);
    assert_eq!(paths(&["en"]), ["en/_posts/2024-01-04-en.md"]);
    assert_eq!(paths(&["about.md", "_posts/2024-01-03-good.md"]), ["about.md"]);
}

#[test]
fn a_file_outside_any_site_is_checked() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "2024-01-02-note.txt", "---\ntitle: 'メモ\n---\n".as_bytes());
    write(folder.path(), "README.md", b"# Read me\n");
    assert_eq!(code(folder.path(), &["2024-01-02-note.txt"]), 1);
    assert_eq!(code(folder.path(), &["README.md", "--fail-on", "warning"]), 0);
}

#[test]
fn a_reader_that_goes_away_is_no_crash() {
    let folder = TempDir::new().unwrap();
    for post in 0..300 {
        write(folder.path(), &format!("_posts/2024-01-02-{post}.md"), "---\ntitle: '題名\n---\n".as_bytes());
    }
    let mut child =
        command(folder.path(), &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(1), ""));
}
