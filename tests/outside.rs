//! A site is not trusted: whatever is in it, nothing outside of its folder is read or named.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use std::os::unix::fs::symlink;
use std::process::Command;

use common::{Client, Fixture, Kind};
use serde_json::json;

/// The site lies in `site/`, and beside it what it must not see.
const FILES: &str = "\
//- /outside/_layouts/secret-layout.html
secret
//- /outside/_includes/secret-include.html
secret
//- /outside/_posts/2024-01-01-secret.md
---
title: SECRET
tags: [SECRET]
---
//- /outside/_data/authors.yml
secret-author: SECRET
//- /outside/secret.md
---
title: SECRET
---
//- /outside/masthead.toml
required-keys = [\"secret-key\"]
//- /site/_config.yml
source: ../outside
layouts_dir: ../outside/_layouts
includes_dir: ../outside/_includes
data_dir: ../outside/_data
theme: ../outside
plugins: [../outside/plugin]
include: [\"../outside\", \"../outside/secret.md\"]
collections: {outside: {output: true}}
defaults: [{scope: {path: ../outside}, values: {layout: post}}]
//- /site/_posts/2024-01-03-b.md
---
tags: [Rust]
---
//- /site/_posts/2024-01-02-a.md
---
title: A
layout: 
tags: [AI, ]
author: 
---
{% include ../../outside/secret.md %}
{% include_relative ../../outside/secret.md %}
{% link ../outside/secret.md %}
{% post_url ../../outside/_posts/2024-01-01-secret %}
[a](../../outside/secret.md)
[b](/../outside/secret.md)
![](
";

const POST: &str = "/site/_posts/2024-01-02-a.md";

fn site() -> Fixture {
    let fixture = Fixture::new(FILES);
    let outside = fixture.path("/outside");
    for (target, link) in [
        (outside.clone(), "/site/_posts/out"),
        (outside.clone(), "/site/_drafts"),
        (outside.join("_layouts"), "/site/_layouts"),
        (outside.join("_includes"), "/site/_includes"),
        (outside.join("_data"), "/site/_data"),
        (outside.join("masthead.toml"), "/site/masthead.toml"),
        (outside.join("_posts/2024-01-01-secret.md"), "/site/_posts/2024-01-01-secret.md"),
        (outside.join("secret.md"), "/site/page.md"),
    ] {
        symlink(target, fixture.path(link)).unwrap();
    }
    fixture
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_is_told_of_nothing_outside() {
    let fixture = site();
    let (uri, text) = (fixture.uri(POST), fixture.text(POST));
    let mut client = Client::start(Kind::VsCode, Some(&fixture.path("/site"))).await;
    client.open(&uri, text).await;
    client.wait_for_diagnostics(&uri, Some(1)).await;
    for link in ["/site/_posts/2024-01-01-secret.md", "/site/_posts/out", "/site/_layouts/secret-layout.html"]
    {
        client.watched(&[(&fixture.uri(link), 1)]).await;
    }
    client.save(&uri).await;
    // The site is read when its own tag is offered.
    client.wait_for_label(&uri, 3, 11, "Rust").await;
    let mut answers = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let end = line.encode_utf16().count();
        for character in [0, end / 2, end] {
            let position = json!({"line": number, "character": character});
            let at = json!({"textDocument": {"uri": uri}, "position": position, "context": {"includeDeclaration": true}});
            for method in ["completion", "hover", "definition"] {
                let id = client.ask(&format!("textDocument/{method}"), at.clone()).await;
                answers.push((method, number, client.answer(&id).await["result"].to_string()));
            }
        }
    }
    for (uri, _, found) in std::mem::take(&mut client.pushes) {
        answers.push(("diagnostics", 0, format!("{uri} {}", json!(found))));
    }
    for (method, line, answer) in answers {
        let told = answer.replace("../outside/secret", "").replace("secret-key", "SECRET").to_lowercase();
        // The author's own words may come back: the path that is written there.
        let own = ["outside/secret.md", "outside/_posts/2024-01-01-secret"];
        let told = own.iter().fold(told, |told, own| told.replace(own, ""));
        assert!(!told.contains("secret"), "{method} in line {line}: {answer}");
    }
    client.finish().await;
}

#[test]
fn the_terminal_is_told_of_nothing_outside() {
    let fixture = site();
    for arguments in
        [&["check", "--format", "json"][..], &["check"], &["posts"], &["posts", "--format", "jsonl"]]
    {
        let output = Command::new(env!("CARGO_BIN_EXE_masthead"))
            .args(arguments)
            .current_dir(fixture.path("/site"))
            .output()
            .unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(arguments[0] == "check" || told.contains("2024-01-02"), "{arguments:?}: {told}");
        for secret in ["SECRET", "secret-key", "secret-layout", "secret-include", "secret-author"] {
            assert!(!told.contains(secret), "{arguments:?}: {told}");
        }
    }
}

/// The configuration may be a link as well: out of the site it is none.
#[test]
fn a_configuration_out_of_the_site_is_not_read() {
    let fixture = site();
    std::fs::remove_file(fixture.path("/site/_config.yml")).unwrap();
    fixture.write("/outside/_config.yml", "exclude: [_posts]\nSECRET: x\n: [\n");
    symlink(fixture.path("/outside/_config.yml"), fixture.path("/site/_config.yml")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .arg("check")
        .arg(fixture.path("/site"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("link out of the site") && !told.contains("SECRET"), "{told}");
}
