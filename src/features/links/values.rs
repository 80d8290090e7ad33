//! Another address in a value of YAML or JSON: in the quotes and the escapes that are there, or in those that it needs.

use crate::post::Link;
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::write::{Context, write};
use crate::post::links::values::{decoded, is_in_flow};
use crate::text::{Span, TextEdit};

/// The edit that gives a value another address, before the query and the fragment that it has.
pub(super) fn edit(text: &str, link: &Link, address: &str) -> TextEdit {
    let quote = text[..link.span.start].chars().next_back().filter(|c| matches!(c, '\'' | '"'));
    let wanted = match quote {
        Some('"') => Quote::Double,
        Some(_) => Quote::Single,
        None => Quote::Plain,
    };
    let behind = Span::new(link.target.end, link.span.end).of(text);
    let whole = format!("{address}{}", decoded(behind));
    let plain_holds = |context| write(&whole, context, Quote::Plain) == whole;
    match quote {
        // What holds in brackets holds everywhere.
        None if plain_holds(Context::Flow) => TextEdit::replace(link.target, address),
        None if !is_in_flow(text, link.span.start) => {
            TextEdit::replace(link.span, write(&whole, Context::Block, wanted))
        }
        None => TextEdit::replace(link.span, write(&whole, Context::Flow, wanted)),
        Some(quote) => {
            let written = write(address, Context::Flow, wanted);
            match written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
                Some(inside) => TextEdit::replace(link.target, escaped_as(link.target.of(text), inside)),
                // A character that only double quotes take.
                None => {
                    let around = Span::new(link.span.start - 1, link.span.end + 1);
                    TextEdit::replace(around, write(&whole, Context::Flow, wanted))
                }
            }
        }
    }
}

/// What stands in double quotes with the escapes that the text in its place had: JSON that is ASCII stays so.
fn escaped_as(old: &str, new: &str) -> String {
    let (ascii, slashes) = (old.contains("\\u"), old.contains("\\/"));
    let mut written = String::with_capacity(new.len());
    for c in new.chars() {
        match c {
            '/' if slashes => written.push_str("\\/"),
            // Ruby's YAML knows no pairs of surrogates.
            c if ascii && !c.is_ascii() && u32::from(c) < 0x1_0000 => {
                written.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => written.push(c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{files, moved};
    use super::super::{graph, references};
    use crate::features::rename::rename;
    use crate::features::testing::{fixture, texts};
    use crate::text::edit::apply;

    const SITE: &str = "\
//- /_config.yml
url: https://e.jp
baseurl: /blog
include: [about.md]
permalink: /:year/:title.html
logo: /assets/春.png
header_pages:
  - about.md # 会社
nav: [{title: 会社, url: /about.html}, {title: 家, url: /}]
defaults:
  - scope: {path: about.md}
    values: {image: /assets/春.png}
//- /_data/navigation.yml
# /about.html
- title: about
  url: /about.html # here
- url: '/blog/about.html?q=1#道順'
- {title: \"私\", url: https://e.jp/blog/about}
- [/about.html, //about.html, about, /, about.html, ./about.md, /about.html/x, https://other.jp/about.html]
- text: See /about.html or about.md.
- about.md
- file: /2024/京都.html
  same: /2024/%E4%BA%AC%E9%83%BD.html
  source: _posts/2024-01-15-京都.md
  redirect_from: /about.html
- /about.html: key
  /index.html: /about/
//- /_data/docs/目次.json
{\"a\": \"/2024/\\u4eac\\u90fd.html#x\", \"b\": \"\\/2024\\/京都.html\", \"index\": \"index.md\"}
//- /_data/navigation.csv
/about.html
//- /_posts/2024-01-15-京都.md
---
---
//- /about.md
---
---
//- /index.md
---
---
//- /assets/春.png
";

    fn check(site: &str, from: &str, to: &str, expected: Expect) {
        let before = files(site);
        let after = moved(&before, from, to);
        let mut shown = String::new();
        for (path, text) in &after {
            let Some(old) = before.get(path) else { continue };
            assert_eq!(text.lines().count(), old.lines().count());
            for (line, _) in text.lines().zip(old.lines()).filter(|(new, old)| new != old) {
                shown.push_str(&format!("{path}: {line}\n"));
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn data_and_configuration_follow_a_file() {
        check(
            SITE,
            "about.md",
            "会社/案内 1.md",
            expect![[r#"
            _config.yml:   - 会社/案内 1.md # 会社
            _config.yml: nav: [{title: 会社, url: /会社/案内%201.html}, {title: 家, url: /}]
            _data/navigation.yml:   url: /会社/案内%201.html # here
            _data/navigation.yml: - url: '/blog/会社/案内%201.html?q=1#道順'
            _data/navigation.yml: - {title: "私", url: https://e.jp/blog/会社/案内%201}
            _data/navigation.yml: - [/会社/案内%201.html, //about.html, about, /, about.html, ./about.md, /about.html/x, https://other.jp/about.html]
            _data/navigation.yml: - 会社/案内 1.md
            _data/navigation.yml: - /会社/案内%201.html: key
            _data/navigation.yml:   /index.html: /会社/案内%201/
        "#]],
        );
        check(
            SITE,
            "_posts/2024-01-15-京都.md",
            "_posts/旅/2025-01-15-大阪.md",
            expect![[r#"
            _data/docs/目次.json: {"a": "/2025/\u5927\u962a.html#x", "b": "\/2025\/大阪.html", "index": "index.md"}
            _data/navigation.yml: - file: /2025/大阪.html
            _data/navigation.yml:   same: /2025/%E5%A4%A7%E9%98%AA.html
            _data/navigation.yml:   source: _posts/旅/2025-01-15-大阪.md
        "#]],
        );
        check(
            SITE,
            "assets",
            "図",
            expect![[r#"
            _config.yml: logo: /図/春.png
            _config.yml:     values: {image: /図/春.png}
        "#]],
        );
        check(
            SITE,
            "index.md",
            "home.md",
            expect![[r#"
            _data/navigation.yml:   /home.html: /about/
        "#]],
        );
    }

    #[test]
    fn data_and_configuration_are_among_the_references() {
        let site = SITE.replace("//- /about.md\n---\n---\n", "//- /about.md\n---$0\n---\n# 道順\n");
        let (snapshot, cursor) = fixture(&site);
        let all = texts(&site);
        let whole = |path: &str| all.get(path).cloned();
        let mut shown = String::new();
        for file in references(&snapshot, &whole, cursor).unwrap() {
            for span in &file.spans {
                shown.push_str(&format!("{}: {}\n", file.path, span.of(&file.text)));
            }
        }
        expect![[r#"
            _data/navigation.yml: /about.html
            _data/navigation.yml: /blog/about.html
            _data/navigation.yml: https://e.jp/blog/about
            _data/navigation.yml: /about.html
            _data/navigation.yml: about.md
            _data/navigation.yml: /about.html
            _data/navigation.yml: /about/
            _config.yml: about.md
            _config.yml: /about.html
        "#]]
        .assert_eq(&shown);
        let found = graph(&snapshot.site, &whole, &snapshot.zone());
        let shown: Vec<_> = found.iter().map(|it| (&*it.path, &it.from, it.nowhere.len())).collect();
        expect![[r#"
            [
                (
                    "_posts/2024-01-15-京都.md",
                    {
                        "_data/docs/目次.json",
                        "_data/navigation.yml",
                    },
                    0,
                ),
                (
                    "about.md",
                    {
                        "_config.yml",
                        "_data/navigation.yml",
                    },
                    0,
                ),
                (
                    "index.md",
                    {
                        "_data/navigation.yml",
                    },
                    0,
                ),
            ]
        "#]]
        .assert_eq(&format!("{shown:#?}\n"));
        // A heading takes the fragment along.
        let (snapshot, cursor) = fixture(&site.replacen("$0", "", 1).replace("# 道順\n//", "# 道$0順\n//"));
        let edit = rename(&snapshot, &whole, &whole, cursor, "行き方").unwrap().unwrap();
        let data = edit.files.iter().find(|file| &*file.path == "_data/navigation.yml").unwrap();
        let after = apply(&data.text, &data.edits);
        assert_eq!(after, data.text.replace("#道順", "#行き方"));
    }

    #[test]
    fn quotes_come_where_the_new_address_needs_them() {
        let site = "//- /_data/a.yml\n- a.md\n- [a.md]\n- 'a.md'\n- \"a.md\"\n- /a.html#x\n- [/a.html?y]\n//- /a.md\n---\n---\n";
        check(
            site,
            "a.md",
            "it's, \"b\" [#1].md",
            expect![[r#"
            _data/a.yml: - it's, "b" [#1].md
            _data/a.yml: - ["it's, \"b\" [#1].md"]
            _data/a.yml: - 'it''s, "b" [#1].md'
            _data/a.yml: - "it's, \"b\" [#1].md"
            _data/a.yml: - /it%27s,%20%22b%22%20[%231].html#x
            _data/a.yml: - ["/it%27s,%20%22b%22%20[%231].html?y"]
        "#]],
        );
        check(
            site,
            "a.md",
            "- b: c.md",
            expect![[r#"
            _data/a.yml: - "- b: c.md"
            _data/a.yml: - ["- b: c.md"]
            _data/a.yml: - '- b: c.md'
            _data/a.yml: - "- b: c.md"
            _data/a.yml: - /-%20b:%20c.md#x
            _data/a.yml: - [/-%20b:%20c.md?y]
        "#]],
        );
        check(
            site,
            "a.md",
            "b, c.md",
            expect![[r#"
            _data/a.yml: - b, c.md
            _data/a.yml: - ["b, c.md"]
            _data/a.yml: - 'b, c.md'
            _data/a.yml: - "b, c.md"
            _data/a.yml: - /b,%20c.html#x
            _data/a.yml: - ["/b,%20c.html?y"]
        "#]],
        );
    }

    #[test]
    fn a_url_stays_the_very_url_of_a_page() {
        let site = "//- /_data/a.yml\n- /about/\n- /about\n- /about/index.html\n//- /about/index.md\n---\n---\n//- /b.md\n---\n---\n[a](/about/) [b](/about) [c](/about/index.html)\n";
        check(
            site,
            "about/index.md",
            "会社.md",
            expect![[r#"
            _data/a.yml: - /会社.html
            _data/a.yml: - /会社
            _data/a.yml: - /会社.html
            b.md: [a](/会社.html) [b](/会社) [c](/会社.html)
        "#]],
        );
        check(
            site,
            "about",
            "会社",
            expect![[r#"
            _data/a.yml: - /会社/
            _data/a.yml: - /会社
            _data/a.yml: - /会社/index.html
            b.md: [a](/会社/) [b](/会社) [c](/会社/index.html)
        "#]],
        );
    }

    #[test]
    fn what_leaves_the_site_keeps_its_address() {
        let site = "//- /_data/a.yml\n- /about.html\n- about.md\n- /2024/01/15/a.html\n//- /about.md\n---\n---\n\
            //- /_posts/2024-01-15-a.md\n---\n---\n";
        check(site, "_posts/2024-01-15-a.md", "_posts/無題.md", expect![[r#""#]]);
        check(site, "about.md", "_site/about.md", expect![[r#""#]]);
        check(site, "about.md", "_drafts/about.md", expect![[r#""#]]);
    }
}
