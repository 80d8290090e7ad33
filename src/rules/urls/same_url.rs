//! `same-url` and `url-case`: two files that are built to one place, of which Jekyll keeps the one that it writes last.

use std::borrow::Cow;

use crate::jekyll::page;
use crate::rules::loaded::finding;
use crate::rules::spots::{head, own};
use crate::rules::{Diagnostic, Input, Related, Rule, Severity};
use crate::site::record::url_place;
use crate::site::written::file_of;
use crate::site::{FileKind, PostRecord};
use crate::text::Span;

/// The same URL.
pub const RULE: Rule = Rule {
    code: "same-url",
    severity: Severity::Error,
    summary: "Another file has the same URL, and one of them is overwritten.",
    example: "//- /_posts/2024-01-15-post.md\n---\ntitle: Hello\n---\nText\n\
              //- /en/_posts/2024-01-16-post.md\n---\ndate: 2024-01-15\ncategory: []\npermalink: /2024/01/15/post.html\n---\n",
    check: same,
};

/// The same but for case.
pub const CASE: Rule = Rule {
    code: "url-case",
    severity: Severity::Warning,
    summary: "The URL of another post differs from this one in its case only.",
    example: "//- /_posts/2024-01-15-post.md\n---\ntitle: Hello\n---\nText\n\
              //- /_posts/2024-01-15-Post.md\n---\ntitle: Hello\n---\n",
    check: same_but_case,
};

/// How many of the other posts are named.
const NAMED: usize = 3;

fn same(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(url) = url(input) else { return };
    if input.site.is_alone_at(&url, input.path) {
        return;
    }
    // One more than are named, since the file itself may be among them.
    let mut others = input.site.built_at(&url, NAMED + 1);
    others.retain(|other| **other.path != *input.path);
    let Some(first) = others.first() else { return };
    let what = if first.url == Some(&*url) {
        format!("has the same URL, {url}")
    } else {
        format!("is built to the same file, `{}`", file_of(&url))
    };
    let message = format!(
        "`{}` {what}: Jekyll keeps only one of the two. Change a name, a slug or a permalink.",
        first.path
    );
    let related = others.iter().take(NAMED).map(|other| Related {
        path: Some(other.path.clone()),
        span: other.place,
        message: "This is the other file".to_owned(),
    });
    found.push(Diagnostic { related: related.collect(), ..finding(&RULE, place(input), message) });
}

fn same_but_case(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(url) = url(input).filter(|_| *input.kind != FileKind::Page) else { return };
    let is_other =
        |post: &PostRecord| *post.path != *input.path && input.site.builds(&post.kind, post.status);
    let others = input.site.at_url_of_other_case(&url, is_other, NAMED);
    let Some(first) = others.first() else { return };
    let message = format!(
        "The URL of `{}` differs from this one, {url}, in its case only: on many disks one overwrites the other.",
        first.path
    );
    let related = others.iter().map(|post| Related {
        path: Some(post.path.clone()),
        span: post.url_place(),
        message: "This is the other post".to_owned(),
    });
    found.push(Diagnostic { related: related.collect(), ..finding(&CASE, place(input), message) });
}

/// The URL of a file that is built.
fn url<'a>(input: &Input<'a>) -> Option<Cow<'a, str>> {
    if *input.kind == FileKind::Page {
        let page = page::read(input.post, input.path, input.site.config(), input.clock)?;
        return page.url.ok().filter(|_| page.published).map(Cow::Owned);
    }
    let is_built = input.site.builds(input.kind, input.reading.status);
    input.reading.url.as_deref().filter(|_| is_built).map(Cow::Borrowed)
}

/// What the author can change: the permalink, the slug, else the file as a whole.
fn place(input: &Input<'_>) -> Span {
    if *input.kind == FileKind::Page {
        return url_place(input.post);
    }
    let own = own(input, "permalink").or_else(|| own(input, "slug"));
    own.map(|node| node.span).filter(|span| !span.is_empty()).unwrap_or_else(|| head(input))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn the_other_end_is_marked_as_well() {
        check(
            "//- /_posts/2024-01-15-a.md\n---\ntitle: 題名\npermalink: /春/ # 京都\n---\n本文\n//- /_posts/2024-02-01-b.md\n---\npermalink: /春/\n---\n",
            expect![[r#"
                  permalink: /春/ # 京都
                             ^^^^
                error same-url: `_posts/2024-02-01-b.md` has the same URL, /春/: Jekyll keeps only one of the two. Change a name, a slug or a permalink.
                see: This is the other file
                  _posts/2024-02-01-b.md
            "#]],
        );
        check(
            "//- /_posts/2024-01-15-Sakura.md\n---\ntitle: 桜\n---\n本文\n//- /_posts/2024-01-15-sakura.md\n---\ntitle: 桜\n---\n",
            expect![[r#"
                  ---
                  ^^^
                warning url-case: The URL of `_posts/2024-01-15-sakura.md` differs from this one, /2024/01/15/Sakura.html, in its case only: on many disks one overwrites the other.
                see: This is the other post
                  _posts/2024-01-15-sakura.md
            "#]],
        );
    }

    #[test]
    fn pages_and_copied_files_take_a_url_too() {
        let files = "//- /about.md\n---\ntitle: 私\n---\n//- /about.html\n---\n---\n//- /index.html\n<p>写し\n//- /_posts/2024-01-15-a.md\n---\npermalink: \"/\"\n---\n";
        check(
            files,
            expect![[r#"
              ---
              ^^^
            error same-url: `about.html` has the same URL, /about.html: Jekyll keeps only one of the two. Change a name, a slug or a permalink.
            see: This is the other file
              about.html
        "#]],
        );
        let post = files.split("//- ").last().unwrap();
        check(
            &format!("//- {post}{files}"),
            expect![[r#"
              permalink: "/"
                         ^^^
            error same-url: `index.html` is built to the same file, `/index.html`: Jekyll keeps only one of the two. Change a name, a slug or a permalink.
            see: This is the other file
              index.html
        "#]],
        );
        check(
            "//- /春.md\n---\npermalink: /春/index.html\n---\n//- /_posts/2024-01-15-a.md\n---\npermalink: /春/\n---\n",
            expect![[r#"
                  permalink: /春/index.html
                             ^^^^^^^^^^^^^^
                error same-url: `_posts/2024-01-15-a.md` is built to the same file, `/春/index.html`: Jekyll keeps only one of the two. Change a name, a slug or a permalink.
                see: This is the other file
                  _posts/2024-01-15-a.md
            "#]],
        );
        for other in
            ["about.html\n---\npublished: false\n---\n", "about/index.txt\nx", "_about.html\n---\n---\n"]
        {
            check(&format!("//- /about.md\n---\ntitle: 私\n---\n//- /{other}"), expect![[""]]);
        }
    }

    #[test]
    fn a_post_that_is_not_published_takes_no_url() {
        check(
            "//- /_posts/2024-01-15-a.md\n---\npermalink: /x/\n---\n//- /_posts/2024-02-01-b.md\n---\npermalink: /x/\npublished: false\n---\n//- /_drafts/c.md\n---\npermalink: /x/\n---\n",
            expect![""],
        );
    }
}
