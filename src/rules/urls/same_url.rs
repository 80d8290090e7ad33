//! `same-url` and `url-case`: two posts at one URL, of which Jekyll keeps the one that it writes last.

use std::sync::Arc;

use crate::jekyll::Status;
use crate::rules::spots::{head, own};
use crate::rules::{Diagnostic, Input, Related, Rule, Severity};
use crate::site::{FileKind, PostRecord, Site};
use crate::text::Span;

/// The same URL.
pub const RULE: Rule = Rule {
    code: "same-url",
    severity: Severity::Error,
    summary: "Another post has the same URL, and one of them is overwritten.",
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
    let others = others(input, input.site.at_url(url));
    report(input, found, &RULE, &others, |other| {
        format!(
            "`{other}` has the same URL, {url}: Jekyll keeps one of the two posts only. Change a name, a slug or a permalink."
        )
    });
}

fn same_but_case(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(url) = url(input) else { return };
    let others = others(input, input.site.at_url_of_other_case(url).into_iter());
    report(input, found, &CASE, &others, |other| {
        format!(
            "The URL of `{other}` differs from this one, {url}, in its case only: on many disks one overwrites the other."
        )
    });
}

/// The URL of a post that becomes a page.
fn url<'a>(input: &Input<'a>) -> Option<&'a str> {
    let is_page = becomes_page(input.kind, input.reading.status, input.site);
    input.reading.url.as_deref().filter(|_| is_page)
}

fn becomes_page(kind: &FileKind, status: Status, site: &Site) -> bool {
    let written = match kind {
        FileKind::Post | FileKind::Draft => true,
        FileKind::Collection(name) => {
            site.config().collection_settings.get(name).is_some_and(|settings| settings.output)
        }
        _ => false,
    };
    // A post that is broken has no date of its own: where it lands changes with its mend.
    written && status == Status::Published
}

fn others<'s>(input: &Input<'s>, at: impl Iterator<Item = &'s Arc<PostRecord>>) -> Vec<Arc<str>> {
    let own = |post: &&Arc<PostRecord>| {
        *post.path != *input.path && becomes_page(&post.kind, post.status, input.site)
    };
    at.filter(own).map(|post| post.path.clone()).take(NAMED).collect()
}

fn report(
    input: &Input<'_>,
    found: &mut Vec<Diagnostic>,
    rule: &Rule,
    others: &[Arc<str>],
    message: impl Fn(&str) -> String,
) {
    let Some(first) = others.first() else { return };
    let related = |path: &Arc<str>| Related::file(path.clone(), "This is the other post");
    found.push(Diagnostic {
        span: place(input),
        severity: rule.severity,
        code: rule.code,
        message: message(first),
        related: others.iter().map(related).collect(),
        fix: None,
    });
}

/// What the author can change: the permalink, the slug, else the file as a whole.
fn place(input: &Input<'_>) -> Span {
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
                error same-url: `_posts/2024-02-01-b.md` has the same URL, /春/: Jekyll keeps one of the two posts only. Change a name, a slug or a permalink.
                see: This is the other post
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
    fn a_post_that_is_not_published_takes_no_url() {
        check(
            "//- /_posts/2024-01-15-a.md\n---\npermalink: /x/\n---\n//- /_posts/2024-02-01-b.md\n---\npermalink: /x/\npublished: false\n---\n//- /_drafts/c.md\n---\npermalink: /x/\n---\n",
            expect![""],
        );
    }
}
