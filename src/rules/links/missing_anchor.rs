//! `missing-anchor`: a link leads to a heading or an anchor that its page does not have. Source: kramdown, as
//! [`crate::jekyll::anchors`] has it.
//!
//! It is told only where all that a page can have is known: no Liquid, no other converter makes a part of the body, and
//! no layout or include of the site sets such an anchor.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::keep;
use crate::jekyll::anchors::{self, Anchors};
use crate::limits::{MAX_LINKS, MAX_NEAR_NAMES};
use crate::post::links::Seen;
use crate::post::{Link, LinkKind, Post};
use crate::rules::loaded::finding;
use crate::rules::nearest::{did_you_mean, nearest};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Related, Rule, Severity};
use crate::site::targets::anchor;
use crate::site::{AnchorSet, Target};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-anchor",
    severity: Severity::Warning,
    summary: "A link leads to a heading or an anchor that its page does not have.",
    example: "---\nlayout: post\n---\n[始めに](#京都の春)\n\n## 京都の夏\n",
    check,
};

/// Anchors that themes and scripts set in any page.
const USUAL: &[&str] = &[
    "top",
    "main",
    "content",
    "main-content",
    "page",
    "page-content",
    "header",
    "footer",
    "nav",
    "site-nav",
    "sidebar",
    "toc",
    "markdown-toc",
    "search",
    "comments",
    "respond",
    "disqus_thread",
    "page-title",
    "gitalk-container",
];

/// What the anchors of comments and of lines of code begin with, which scripts set.
const USUAL_STARTS: &[&str] = &["comment", "disqus", "isso", "fnref", "L", ":~:"];

/// The posts whose anchors the rule asks for and nobody has read yet, by path.
pub fn unread(input: &Input<'_>) -> Vec<Arc<str>> {
    let targets = links(input.post).filter_map(|(link, _)| input.target(link)?.post());
    let unread: BTreeSet<_> =
        targets.filter(|post| post.anchors == AnchorSet::Unread).map(|post| &post.path).collect();
    unread.into_iter().cloned().collect()
}

/// The links with a fragment that are looked at.
fn links(post: &Post) -> impl Iterator<Item = (&Link, Span)> {
    let kinds = |link: &&Link| {
        link.fragment.is_some()
            && matches!(link.kind, LinkKind::Url | LinkKind::PostUrl | LinkKind::LinkTag)
            && !is_permalink(&post.text, link)
    };
    // Of the links that share the address of a definition the first.
    let mut seen = Seen::default();
    let links = post.body().links.iter().filter(kinds);
    let first =
        links.filter_map(move |link| Some((link, link.fragment.filter(|fragment| seen.insert(*fragment))?)));
    first.take(MAX_LINKS)
}

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let own = OnceCell::new();
    let missing = links(input.post).filter_map(|(link, fragment)| {
        let target = input.target(link)?;
        let id = anchor(text, link).filter(|id| !is_usual(input, id))?;
        if target.path(input.path) == input.path {
            let own = own.get_or_init(|| {
                let own = anchors::read(input.post, input.path, input.site.config());
                (AnchorSet::of(&own), own)
            });
            return own.0.lacks(&id).then(|| here(input, &own.1, &id, fragment));
        }
        let (title, path, set) = match target {
            Target::Post(post) => (&post.title, &post.path, input.anchors(post)),
            Target::File(path) => {
                let (path, page) = input.site.file(path)?;
                // An archive of tags has one anchor for each.
                let page = page.filter(|_| !input.site.templates().may_set_any())?;
                (&page.title, path, page.anchors.clone())
            }
            Target::Here | Target::Include { .. } => return None,
        };
        let name = if title.is_empty() { path } else { title };
        let message = format!("{} has no heading or anchor {}.", quoted(name), quoted(&id));
        let related = vec![Related::file(path.clone(), "The page")];
        set.lacks(&id).then(|| Diagnostic { related, ..finding(&RULE, fragment, message) })
    });
    keep(found, missing);
}

/// Whether a link is the mark of a heading that was copied along with it: `[#](#id7 "Permalink")`.
fn is_permalink(text: &str, link: &Link) -> bool {
    let written = link.span.of(text);
    ["[](", "[#](", "[¶]("].iter().any(|start| written.starts_with(start))
}

/// A fragment that leads nowhere in its own page.
fn here(input: &Input<'_>, own: &Anchors, id: &str, fragment: Span) -> Diagnostic {
    let meant = meant(id, own);
    let message = format!("This page has no heading or anchor {}.{}", quoted(id), did_you_mean(meant));
    Diagnostic { fix: mend(own, id, &input.post.text, fragment), ..finding(&RULE, fragment, message) }
}

/// The mend of a fragment in a text that names no anchor of the page that has these: the one that is most likely meant.
pub fn mend(anchors: &Anchors, id: &str, text: &str, fragment: Span) -> Option<Fix> {
    let meant = meant(id, anchors)?;
    let written = spelt(meant, fragment.of(text));
    Some(Fix::choice(format!("Write `#{meant}`"), vec![TextEdit::replace(fragment, written)]))
}

/// Whether an anchor may well be set by a theme, or is none: a route of a script, the number of a slide.
fn is_usual(input: &Input<'_>, id: &str) -> bool {
    USUAL.iter().any(|usual| id.eq_ignore_ascii_case(usual))
        || USUAL_STARTS.iter().any(|start| id.starts_with(start))
        || id.contains(['/', '=', '&', '?'])
        || id.starts_with('!')
        || id.bytes().all(|byte| byte.is_ascii_digit())
        || input.site.templates().may_set(id)
}

/// The id that is most likely meant: the same in another case or with other signs, else the nearest.
fn meant<'i>(id: &str, anchors: &'i Anchors) -> Option<&'i str> {
    let ids: Vec<&str> = anchors.all().map(|(id, _)| id).take(MAX_NEAR_NAMES).collect();
    let bare = |id: &str| -> String {
        id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let wanted = bare(id);
    let same = ids.iter().copied().find(|own| !wanted.is_empty() && bare(own) == wanted);
    same.or_else(|| nearest(id, ids.iter().copied()))
}

/// An id as a fragment, escaped where the old one is.
fn spelt(id: &str, old: &str) -> String {
    let escapes = |c: char| c.is_whitespace() || "%()<>\"'\\{}".contains(c);
    if old.contains('%') || id.contains(escapes) {
        crate::jekyll::url::escape_path(id).into_owned()
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(body: &str, expected: Expect) {
        let site = "//- /_posts/2024-01-10-京都.md\n---\ntitle: 京都\n---\n## 見どころ（１）\n\n<a name=\"x\"></a>\n\
                    //- /_posts/2024-01-11-open.md\n---\ntitle: o\n---\n{% include note.html %}\n\
                    //- /_includes/note.html\n<p id=\"note\"><p id=\"c-{{ x }}\">\n\
                    //- /about.md\n---\ntitle: About\n---\n# 会社\n";
        let fixture = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{body}\n{site}");
        crate::rules::testing::check(&fixture, expected);
    }

    #[test]
    fn anchors_of_this_and_of_other_pages() {
        check(
            "# 春 Haru\n[a](#春-haru) [b](#%E6%98%A5-haru) [c]({% post_url 2024-01-10-京都 %}#見どころ１) [d](about.md#会社) \
             [e](2024-01-10-京都.md#x) [f](/about.html#%E4%BC%9A%E7%A4%BE) [g](#) [h](#top) [i](#note) [j](#c-7)\n\
             [k]({% post_url 2024-01-11-open %}#any) [l](https://e.jp/#any) `[m](#any)`\n",
            expect![[r#"
                  [a](#春-haru) [b](#%E6%98%A5-haru) [c]({% post_url 2024-01-10-京都 %}#見どころ１) [d](about.md#会社) [e](2024-01-10-京都.md#x) [f](/about.html#%E4%BC%9A%E7%A4%BE) [g](#) [h](#top) [i](#note) [j](#c-7)
                                                                                                        ^^^^^^^^
                warning missing-page: The site has no file `_posts/about.md`.
                  [a](#春-haru) [b](#%E6%98%A5-haru) [c]({% post_url 2024-01-10-京都 %}#見どころ１) [d](about.md#会社) [e](2024-01-10-京都.md#x) [f](/about.html#%E4%BC%9A%E7%A4%BE) [g](#) [h](#top) [i](#note) [j](#c-7)
                                                                                                                           ^^^^^^^^^^^^^^^^^^
                warning source-link: Jekyll leaves `2024-01-10-京都.md` in the link as it is, but the page is at `/2024/01/10/京都.html`: readers do not get there. Use a tag of Jekyll's, or the plugin jekyll-relative-links, which works on posts with `relative_links: {collections: true}`.
                fix: Write `{% link _posts/2024-01-10-京都.md %}`
                  [a](#春-haru) [b](#%E6%98%A5-haru) [c]({% post_url 2024-01-10-京都 %}#見どころ１) [d](about.md#会社) [e]({% link _posts/2024-01-10-京都.md %}#x) [f](/about.html#%E4%BC%9A%E7%A4%BE) [g](#) [h](#top) [i](#note) [j](#c-7)
            "#]],
        );
        check(
            "# 春 Haru\n🎉 [a](#春_haru)",
            expect![[r#"
              🎉 [a](#春_haru)
                      ^^^^^^^
            warning missing-anchor: This page has no heading or anchor `春_haru`. Did you mean `春-haru`?
            fix: Write `#春-haru`
              🎉 [a](#春-haru)
        "#]],
        );
        check(
            "🎉 [a]({% post_url 2024-01-10-京都 %}#見どころ2)",
            expect![[r#"
              🎉 [a]({% post_url 2024-01-10-京都 %}#見どころ2)
                                                    ^^^^^^^^^
            warning missing-anchor: `京都` has no heading or anchor `見どころ2`.
            see: The page
              _posts/2024-01-10-京都.md
        "#]],
        );
        check(
            "🎉 [a](/about.html#%E4%BC%9A)",
            expect![[r#"
              🎉 [a](/about.html#%E4%BC%9A)
                                 ^^^^^^^^^
            warning missing-anchor: `About` has no heading or anchor `会`.
            see: The page
              about.md
        "#]],
        );
    }

    #[test]
    fn marks_of_copied_headings_are_no_links_to_follow() {
        check("# 春[#](#id7 \"Permalink to this heading\") [](#夏) [¶](#秋)", expect![""]);
        check(
            "# 春[# ](#id7)",
            expect![[r#"
                  # 春[# ](#id7)
                            ^^^
                warning missing-anchor: This page has no heading or anchor `id7`.
            "#]],
        );
    }

    #[test]
    fn an_archive_has_an_anchor_for_each_tag() {
        let site = |id: &str| {
            format!(
                "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[a](/tags/#京都)\n\
                 //- /tags/index.md\n---\nlayout: tags\n---\n//- /_layouts/tags.html\n<h2 id=\"{id}\">\n//- /_layouts/post.html\n"
            )
        };
        crate::rules::testing::check(&site("{{ tag[0] }}"), expect![""]);
        crate::rules::testing::check(
            &site("t-{{ tag[0] }}"),
            expect![[r#"
                  [a](/tags/#京都)
                             ^^^^
                warning missing-anchor: `tags/index.md` has no heading or anchor `京都`.
                see: The page
                  tags/index.md
            "#]],
        );
    }

    #[test]
    fn silent_where_liquid_writes_headings() {
        check("{% include note.html %}\n\n[a](#any)", expect![""]);
        check("# {{ page.title }}\n\n[a](#any)", expect![""]);
    }
}
