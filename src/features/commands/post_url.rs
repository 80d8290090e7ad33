//! A post's URL, with what else one wants to know of it at a glance.

use jiff::Timestamp;

use crate::features::Snapshot;
use crate::features::hover::{own_reading, reason};
use crate::jekyll::{Status, reading};
use crate::site::FileKind;

/// What Jekyll makes of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostUrl {
    /// The URL, percent-escaped, without `baseurl`; none of a post that is left out.
    pub url: Option<String>,
    /// The same with `url` and `baseurl` of the config before it, where it has a `url`.
    pub absolute: Option<String>,
    /// What becomes of it.
    pub status: Status,
    /// Why, where it is not simply published: a sentence without its full stop.
    pub reason: Option<String>,
    /// The title, as Jekyll prints it.
    pub title: String,
    /// The instant of the post.
    pub date: Option<Timestamp>,
}

/// The open document's URL; none where it is no post, draft or document of a collection. A file in `_posts` that
/// Jekyll passes over for its name has none, and says so.
pub fn post_url(snapshot: &Snapshot) -> Option<PostUrl> {
    let reading = match snapshot.kind {
        FileKind::BadPostName => reading::bad_name(),
        _ => own_reading(snapshot)?,
    };
    let url = reading.url.clone().filter(|_| reading.status != Status::Dropped);
    let config = snapshot.site.config();
    let absolute = url.as_ref().zip(config.url.as_ref()).map(|(path, url)| {
        let base = config.baseurl.trim_matches('/');
        let slash = if base.is_empty() { "" } else { "/" };
        format!("{}{slash}{base}{path}", url.trim_end_matches('/'))
    });
    let said = reading.healthy.as_deref().unwrap_or(&reading);
    Some(PostUrl {
        url,
        absolute,
        status: reading.status,
        reason: reason(snapshot, &reading),
        title: said.title.display(),
        date: said.date,
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing::fixture;

    fn check(document: &str, expected: Expect) {
        expected.assert_debug_eq(&post_url(&fixture(document).0));
    }

    #[test]
    fn a_post_with_and_without_a_host() {
        check(
            "//- /_posts/2025-03-05-春.md\n---\ntitle: 春$0\n---\n",
            expect![[r#"
            Some(
                PostUrl {
                    url: Some(
                        "/2025/03/05/%E6%98%A5.html",
                    ),
                    absolute: None,
                    status: Published,
                    reason: None,
                    title: "春",
                    date: Some(
                        2025-03-04T15:00:00Z,
                    ),
                },
            )
        "#]],
        );
        let config = "//- /_config.yml\nurl: https://example.com/\nbaseurl: /blog\n";
        check(
            &format!("{config}//- /_posts/2025-03-05-a.md\n---\ntitle: a$0\n---\n"),
            expect![[r#"
            Some(
                PostUrl {
                    url: Some(
                        "/2025/03/05/a.html",
                    ),
                    absolute: Some(
                        "https://example.com/blog/2025/03/05/a.html",
                    ),
                    status: Published,
                    reason: None,
                    title: "a",
                    date: Some(
                        2025-03-04T15:00:00Z,
                    ),
                },
            )
        "#]],
        );
    }

    #[test]
    fn a_post_that_is_not_published_says_why() {
        check(
            "//- /_posts/2026-03-05-a.md\n---\ntitle: a$0\n---\n",
            expect![[r#"
            Some(
                PostUrl {
                    url: Some(
                        "/2026/03/05/a.html",
                    ),
                    absolute: None,
                    status: Future,
                    reason: Some(
                        "not published yet: its date is in the future (until 2026-03-05 00:00)",
                    ),
                    title: "a",
                    date: Some(
                        2026-03-04T15:00:00Z,
                    ),
                },
            )
        "#]],
        );
        check(
            "//- /_drafts/a.md\n---\ntitle: a$0\n---\n",
            expect![[r#"
            Some(
                PostUrl {
                    url: Some(
                        "/2026/01/02/a.html",
                    ),
                    absolute: None,
                    status: Draft,
                    reason: Some(
                        "draft (it is in `_drafts`)",
                    ),
                    title: "a",
                    date: Some(
                        2026-01-02T03:04:05Z,
                    ),
                },
            )
        "#]],
        );
        check(
            "//- /_posts/2025-03-05-a.md\n---\ntitle: [a$0\n---\n",
            expect![[r#"
            Some(
                PostUrl {
                    url: Some(
                        "/2026/01/02/2025-03-05-a.html",
                    ),
                    absolute: None,
                    status: Broken,
                    reason: Some(
                        "published without its front matter, which does not load",
                    ),
                    title: "[\"a\"]",
                    date: Some(
                        2025-03-04T15:00:00Z,
                    ),
                },
            )
        "#]],
        );
        check(
            "//- /_posts/2025-03-05_a.md\n---\ntitle: a$0\n---\n",
            expect![[r#"
                Some(
                    PostUrl {
                        url: None,
                        absolute: None,
                        status: Dropped,
                        reason: Some(
                            "left out of the site (its name is not one of a post)",
                        ),
                        title: "",
                        date: None,
                    },
                )
            "#]],
        );
    }

    #[test]
    fn a_page_has_none() {
        assert_eq!(post_url(&fixture("//- /about.md\n---\ntitle: a$0\n---\n").0), None);
    }
}
