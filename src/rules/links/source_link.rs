//! `source-link`: a link leads to the Markdown file of a page, and nothing turns it into one to the page. Source: Jekyll leaves
//! links alone; jekyll-relative-links, which GitHub Pages has, converts them.

use super::{is_rendered, keep};
use crate::limits::MAX_LINKS;
use crate::post::links::distinct;
use crate::post::{Link, LinkKind};
use crate::rules::loaded::finding;
use crate::rules::words::quoted_path;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::targets::is_built;
use crate::site::{FileKind, Target};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "source-link",
    severity: Severity::Warning,
    summary: "A link leads to a Markdown file, which is not in the site under that name, and no plugin turns it into one to the page.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[京都](2024-01-10-kyoto.md)\n\
              //- /_posts/2024-01-10-kyoto.md\n---\nlayout: post\n---\nText\n//- /Gemfile\ngem \"jekyll\", \"~> 4.3\"\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !input.site.leaves_links(input.kind) || !is_rendered(input) {
        return;
    }
    let (text, config) = (&*input.post.text, input.site.config());
    let names_source = |link: &Link| link.kind == LinkKind::Url && config.is_markdown(link.target.of(text));
    let links = input.post.body().links.iter().copied().filter(names_source);
    let told = distinct(links).take(MAX_LINKS).filter_map(|link| {
        let target = input.target(&link)?;
        let url = match target {
            Target::Post(post) => post.url.as_deref().filter(|_| is_built(post))?,
            // Without front matter it is copied as it is.
            Target::File(path) => input.site.file(path)?.1?.url.as_deref()?,
            Target::Here | Target::Include { .. } => return None,
        };
        if config.is_markdown(url) {
            return None;
        }
        let tag = format!("{{% link {} %}}", target.path(input.path));
        let url = percent_encoding::percent_decode_str(url).decode_utf8_lossy();
        let message = format!(
            "Jekyll leaves {} in the link as it is, but the page is at {}: readers do not get there. Use a tag of Jekyll's, or the plugin jekyll-relative-links{}.",
            quoted_path(link.target.of(text)),
            quoted_path(&url),
            if *input.kind == FileKind::Page { "" } else { ", which works on posts with `relative_links: {collections: true}`" }
        );
        let fix = Fix::choice(format!("Write `{tag}`"), vec![TextEdit::replace(link.target, tag)]);
        Some(Diagnostic { fix: Some(fix), ..finding(&RULE, link.target, message) })
    });
    keep(found, told);
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    const SITE: &str = "//- /about.md\n---\ntitle: 会社\n---\n# 京都\n//- /notes.md\nText\n//- /_posts/2024-01-10-京都.md\n---\nlayout: post\n---\nText\n";
    const OWN: &str = "//- /Gemfile\ngem 'jekyll'\n";

    fn check(body: &str, more: &str, expected: Expect) {
        let post = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{body}\n{SITE}{more}");
        crate::rules::testing::check(&post, expected);
    }

    #[test]
    fn what_stays_as_it_is() {
        check(
            "🎉[a](2024-01-10-京都.md) [b](/about.md#京都) [c](../notes.md) [d](/about.html)",
            OWN,
            expect![[r#"
                  🎉[a](2024-01-10-京都.md) [b](/about.md#京都) [c](../notes.md) [d](/about.html)
                        ^^^^^^^^^^^^^^^^^^
                warning source-link: Jekyll leaves `2024-01-10-京都.md` in the link as it is, but the page is at `/2024/01/10/京都.html`: readers do not get there. Use a tag of Jekyll's, or the plugin jekyll-relative-links, which works on posts with `relative_links: {collections: true}`.
                fix: Write `{% link _posts/2024-01-10-京都.md %}`
                  🎉[a]({% link _posts/2024-01-10-京都.md %}) [b](/about.md#京都) [c](../notes.md) [d](/about.html)
                  🎉[a](2024-01-10-京都.md) [b](/about.md#京都) [c](../notes.md) [d](/about.html)
                                                ^^^^^^^^^
                warning source-link: Jekyll leaves `/about.md` in the link as it is, but the page is at `/about.html`: readers do not get there. Use a tag of Jekyll's, or the plugin jekyll-relative-links, which works on posts with `relative_links: {collections: true}`.
                fix: Write `{% link about.md %}`
                  🎉[a](2024-01-10-京都.md) [b]({% link about.md %}#京都) [c](../notes.md) [d](/about.html)
            "#]],
        );
        check(
            "[r] [r]\n\n[r]: ../about.md 'x'",
            OWN,
            expect![[r#"
                  [r]: ../about.md 'x'
                       ^^^^^^^^^^^
                warning source-link: Jekyll leaves `../about.md` in the link as it is, but the page is at `/about.html`: readers do not get there. Use a tag of Jekyll's, or the plugin jekyll-relative-links, which works on posts with `relative_links: {collections: true}`.
                fix: Write `{% link about.md %}`
                  [r]: {% link about.md %} 'x'
            "#]],
        );
    }

    /// The codes of what is found in a file of this path that links to a page and to an image by their paths.
    fn codes(path: &str, more: &str) -> Vec<&'static str> {
        let file = format!(
            "//- /{path}\n---\nlayout: post\n---\n[a](about.md) [b](../about.md) ![](../図.png) ![](図.png)\n"
        );
        crate::rules::testing::codes(
            &crate::rules::testing::Fixture::new(&format!("{file}{SITE}//- /図.png\n{more}")).check(),
        )
    }

    #[test]
    fn what_may_be_turned_into_a_page() {
        let (post, page) = ("_posts/2024-01-15-a.md", "docs/a.md");
        for (more, in_post, in_page) in [
            (OWN, true, true),
            // jekyll-relative-links, which GitHub Pages has, turns over pages alone.
            ("", true, false),
            ("//- /Gemfile\ngem 'github-pages'\n", true, false),
            ("//- /Gemfile\ngem 'jekyll'\n//- /_config.yml\nplugins: [jekyll-relative-links]\n", true, false),
            ("//- /_config.yml\nrelative_links: {collections: true}\n", false, false),
            ("//- /_plugins/links.rb\n", false, false),
            ("//- /Gemfile\ngem 'jekyll'\ngem 'jekyll-postfiles'\n", true, true),
        ] {
            let has = |path: &str| codes(path, more).contains(&"source-link");
            assert_eq!((has(post), has(page)), (in_post, in_page), "{more}");
        }
    }
}
