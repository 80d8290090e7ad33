//! `masthead tags`: the list, its sums, its JSON.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use std::process::Command;

use common::Fixture;
use expect_test::{Expect, expect};

const SITE: &str = "\
//- /_config.yml
timezone: Asia/Tokyo
//- /_posts/2019-01-02-a.md
---
tags: [AI, 東京, \"a\tb\"]
categories: 日記
---
//- /_posts/2020-05-06-b.md
---
date: 2020-05-06 23:30:00 +0000
tags: AI ai サーバー
---
//- /_posts/2021-07-08-c.md
---
tags:
  - AI
  - さーばー
---
//- /_drafts/d.md
---
date: 2022-01-01
tags: [下書き]
---
";

fn run(arguments: &[&str]) -> (String, String, i32) {
    let fixture = Fixture::new(SITE);
    let output = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .arg("tags")
        .args(arguments)
        .current_dir(fixture.root())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn check(arguments: &[&str], expected: Expect) {
    let (out, errors, code) = run(arguments);
    assert_eq!((errors.as_str(), code), ("", 0));
    expected.assert_eq(&out);
}

#[test]
fn the_list_and_its_sums() {
    check(
        &[],
        expect![[r#"
         POSTS  TAG       FIRST USE   LAST USE
             3  AI        2019-01-02  2021-07-08
             1  a b       2019-01-02  2019-01-02
             1  ai        2020-05-07  2020-05-07
             1  さーばー  2021-07-08  2021-07-08
             1  サーバー  2020-05-07  2020-05-07
             1  下書き    -           -
             1  東京      2019-01-02  2019-01-02

        Near-duplicates, the most used first:
          AI (3), ai (1)
          さーばー (1), サーバー (1)

        Used once: a b, ai, さーばー, サーバー, 下書き, 東京

        7 tags, 6 used once, 2 with near-duplicates
    "#]],
    );
    check(
        &["--categories"],
        expect![[r#"
         POSTS  CATEGORY  FIRST USE   LAST USE
             1  日記      2019-01-02  2019-01-02

        Used once: 日記

        1 category, 1 used once, 0 with near-duplicates
    "#]],
    );
}

#[test]
fn one_json_object_a_term() {
    check(
        &["--format", "json"],
        expect![[r#"
            {"name":"AI","posts":3,"first_use":"2019-01-02T00:00:00+09:00","last_use":"2021-07-08T00:00:00+09:00","near_duplicates":[{"name":"ai","posts":1}]}
            {"name":"a\tb","posts":1,"first_use":"2019-01-02T00:00:00+09:00","last_use":"2019-01-02T00:00:00+09:00","near_duplicates":[]}
            {"name":"ai","posts":1,"first_use":"2020-05-07T08:30:00+09:00","last_use":"2020-05-07T08:30:00+09:00","near_duplicates":[{"name":"AI","posts":3}]}
            {"name":"さーばー","posts":1,"first_use":"2021-07-08T00:00:00+09:00","last_use":"2021-07-08T00:00:00+09:00","near_duplicates":[{"name":"サーバー","posts":1}]}
            {"name":"サーバー","posts":1,"first_use":"2020-05-07T08:30:00+09:00","last_use":"2020-05-07T08:30:00+09:00","near_duplicates":[{"name":"さーばー","posts":1}]}
            {"name":"下書き","posts":1,"first_use":null,"last_use":null,"near_duplicates":[]}
            {"name":"東京","posts":1,"first_use":"2019-01-02T00:00:00+09:00","last_use":"2019-01-02T00:00:00+09:00","near_duplicates":[]}
        "#]],
    );
}

#[test]
fn what_is_no_site_is_told() {
    let (out, errors, code) = run(&["_posts"]);
    assert_eq!((out.as_str(), code), ("", 2));
    assert!(errors.contains("is no Jekyll site"), "{errors}");
    let (_, errors, code) = run(&["nowhere"]);
    assert_eq!(code, 2);
    assert!(errors.contains("nowhere does not exist"), "{errors}");
}
