//! `masthead links`: what is linked to, what nothing links to, what leads nowhere; its JSON.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod common;

use std::process::Command;

use common::Fixture;
use expect_test::{Expect, expect};

const SITE: &str = "\
//- /_config.yml
baseurl: /blog
//- /_posts/2019-01-02-京都.md
---
title: 京都の春
---
[次]({% post_url 2020-05-06-b %}) [次](/blog/2020/05/06/b.html) [無](/blog/nowhere/) ![図](/図.png)
[無](/blog/nowhere/)
//- /_posts/2020-05-06-b.md
---
title: B
---
[前](/blog/2019/01/02/京都.html) [私](../about.md) [外](https://example.com/)
//- /_posts/2099-01-01-先.md
---
title: 先
---
//- /about.md
---
title: \"私\\nたち\"
---
//- /404.html
---
permalink: /404.html
---
//- /index.html
---
---
{% for post in site.posts %}<a href=\"{{ post.url }}\">x</a>{% endfor %}
//- /notes/独り.md
---
---
//- /_includes/nav.html
<a href=\"{{ '/about.html' | relative_url }}\">私</a>
";

fn run(arguments: &[&str]) -> (String, String, i32) {
    let fixture = Fixture::new(SITE);
    let output = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .arg("links")
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
fn what_links_to_what() {
    check(
        &[],
        expect![[r#"
             LINKED FROM  LINKS TO  POST OR PAGE               TITLE
                       2         0  about.md                   私 たち
                       1         1  _posts/2019-01-02-京都.md  京都の春
                       1         2  _posts/2020-05-06-b.md     B

            Nothing links to:
              notes/独り.md

            Found nowhere, unless a plugin or another build makes it:
              _posts/2019-01-02-京都.md:4  /blog/nowhere/
              _posts/2019-01-02-京都.md:4  /図.png
              _posts/2019-01-02-京都.md:5  /blog/nowhere/

            7 posts and pages, 3 links between them, 1 that nothing links to, 3 addresses found nowhere
        "#]],
    );
}

#[test]
fn one_json_object_a_post_or_page() {
    check(
        &["--format", "json"],
        expect![[r#"
            {"path":"404.html","title":"","url":"/404.html","built":true,"links_to":[],"linked_from":[],"nowhere":[]}
            {"path":"_posts/2019-01-02-京都.md","title":"京都の春","url":"/2019/01/02/%E4%BA%AC%E9%83%BD.html","built":true,"links_to":["_posts/2020-05-06-b.md"],"linked_from":["_posts/2020-05-06-b.md"],"nowhere":[{"line":4,"address":"/blog/nowhere/"},{"line":4,"address":"/図.png"},{"line":5,"address":"/blog/nowhere/"}]}
            {"path":"_posts/2020-05-06-b.md","title":"B","url":"/2020/05/06/b.html","built":true,"links_to":["_posts/2019-01-02-京都.md","about.md"],"linked_from":["_posts/2019-01-02-京都.md"],"nowhere":[]}
            {"path":"_posts/2099-01-01-先.md","title":"先","url":"/2099/01/01/%E5%85%88.html","built":false,"links_to":[],"linked_from":[],"nowhere":[]}
            {"path":"about.md","title":"私\nたち","url":"/about.html","built":true,"links_to":[],"linked_from":["_includes/nav.html","_posts/2020-05-06-b.md"],"nowhere":[]}
            {"path":"index.html","title":"","url":"/","built":true,"links_to":[],"linked_from":[],"nowhere":[]}
            {"path":"notes/独り.md","title":"","url":"/notes/%E7%8B%AC%E3%82%8A.html","built":true,"links_to":[],"linked_from":[],"nowhere":[]}
        "#]],
    );
}

#[test]
fn one_of_each() {
    let fixture = Fixture::new("//- /_config.yml\n//- /_posts/2024-01-01-a.md\n---\n---\n[b](/none/)\n");
    let output = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .arg("links")
        .current_dir(fixture.root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        text.lines().last(),
        Some("1 post or page, 0 links between them, 1 that nothing links to, 1 address found nowhere")
    );
}

#[test]
fn what_the_navigation_names_is_linked() {
    let fixture = Fixture::new(
        "//- /_config.yml\nnav: [/会社/, /none/]\n//- /_data/nav.yml\n- url: /about.html\n- url: /nowhere/\n\
         //- /about.md\n---\n---\n//- /会社/index.md\n---\n---\n//- /c.md\n---\n---\n",
    );
    let output = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .arg("links")
        .current_dir(fixture.root())
        .output()
        .unwrap();
    expect![[r#"
         LINKED FROM  LINKS TO  POST OR PAGE   TITLE
                   1         0  about.md
                   1         0  会社/index.md

        Nothing links to:
          c.md

        3 posts and pages, 0 links between them, 1 that nothing links to, 0 addresses found nowhere
    "#]]
    .assert_eq(&String::from_utf8(output.stdout).unwrap());
}

#[test]
fn what_is_no_site_is_told() {
    let (out, errors, code) = run(&["_posts"]);
    assert_eq!((out.as_str(), code), ("", 2));
    assert!(errors.contains("is no Jekyll site"), "{errors}");
}
