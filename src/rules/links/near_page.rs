//! The pages beside one that is not there: a folder of URLs that a collection fills, a URL that is nearly the wanted one.

use super::missing_page::name_of;
use crate::jekyll::url::escape_path;
use crate::rules::Input;
use crate::rules::nearest::{Searches, distance};
use crate::site::FileKind;
use crate::site::targets::{is_built, percent_decoded};

/// So many documents of a collection fill a folder.
const FULL: usize = 3;

/// How many documents are looked at to see whether they fill a folder.
const MAX_LOOKED_AT: usize = 100;

/// The folder of a URL, with a slash at its end.
pub(super) fn folder_of_url(url: &str) -> &str {
    let bare = url.trim_end_matches('/');
    memchr::memrchr(b'/', bare.as_bytes()).map_or("/", |slash| &bare[..=slash])
}

/// Whether a URL can be that of a page, and not of an image or of some other file.
pub(super) fn is_name(url: &str) -> bool {
    let name = name_of(url);
    !name.is_empty() && !name.contains('.')
}

/// Whether the documents of a collection stand in a folder of URLs, so that nothing else is looked for there. The root is
/// nobody's.
pub(super) fn is_full(input: &Input<'_>, folder: &str) -> bool {
    if folder == "/" {
        return false;
    }
    let beside = |own: &str| folder_of_url(&percent_decoded(own)) == folder;
    let documents = input.site.at_urls_from(folder).take(MAX_LOOKED_AT).filter(|post| {
        let is_document = matches!(post.kind, FileKind::Collection(_)) && is_built(post);
        is_document && post.url.as_deref().is_some_and(beside)
    });
    documents.take(FULL).count() == FULL
}

/// The URL of a post or a page beside a URL that it is surely a slip of: the same in another case, or one letter of many
/// another. A script may well make what differs in a number or by a plural.
pub(super) fn misspelt(input: &Input<'_>, searches: &Searches, url: &str) -> Option<String> {
    if !is_name(url) {
        return None;
    }
    let (folder, name) = (folder_of_url(url), name_of(url));
    if !can_slip(name) {
        return None;
    }
    let (prefix, place) = (escape_path(folder), escape_path(url));
    let (posts, pages) =
        (input.site.at_urls_around(folder, url), input.site.page_urls_around(&prefix, &place));
    let built = |post: &&std::sync::Arc<crate::site::PostRecord>| is_built(post);
    let (mut before, mut behind) = (
        posts.0.filter(built).filter_map(|post| post.url.as_deref()),
        posts.1.filter(built).filter_map(|post| post.url.as_deref()),
    );
    // A permalink stands as it is written.
    let as_written = (prefix != folder).then(|| input.site.page_urls_around(folder, url));
    let (before_too, behind_too) = as_written.unzip();
    let (mut before_page, mut behind_page) = (
        pages.0.chain(before_too.into_iter().flatten()).map(|url| &**url),
        pages.1.chain(behind_too.into_iter().flatten()).map(|url| &**url),
    );
    let near = searches.around([(&mut before, &mut behind), (&mut before_page, &mut behind_page)]);
    let slips = near
        .into_iter()
        .map(percent_decoded)
        .filter(|own| folder_of_url(own) == folder && is_slip(name, name_of(own)));
    slips.min_by_key(|own| distance(name, name_of(own))).map(|own| own.into_owned())
}

/// Whether a name can be a slip of another one: of a few letters only in their case.
fn can_slip(name: &str) -> bool {
    letters(name) >= FEWEST_LETTERS || name.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}

/// How many letters a name has. A sign of Japanese is a word's worth of them.
fn letters(name: &str) -> usize {
    name.bytes().filter(u8::is_ascii_alphabetic).count()
}

/// From so many letters on one of them can be a slip.
const FEWEST_LETTERS: usize = 5;

/// Whether a name is most likely meant to be another one.
fn is_slip(name: &str, other: &str) -> bool {
    // Two characters more or less, of up to four bytes each.
    if other.contains('.') || name.len().abs_diff(other.len()) > 8 {
        return false;
    }
    let (name, other) = (name.to_lowercase(), other.to_lowercase());
    if name == other {
        return true;
    }
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let plural =
        |one: &str, many: &str| many.strip_suffix('s') == Some(one) || many.strip_suffix("es") == Some(one);
    let allowed = match letters(&name).min(letters(&other)) {
        0..FEWEST_LETTERS => 0,
        5..10 => 1,
        _ => 2,
    };
    let others = |name: &str| name.chars().filter(|c| !c.is_ascii()).collect::<String>();
    digits(&name) == digits(&other)
        && others(&name) == others(&other)
        && !plural(&name, &other)
        && !plural(&other, &name)
        && distance(&name, &other) <= allowed
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::is_slip;

    const SITE: &str = "//- /_config.yml\ncollections: {docs: {output: true, permalink: '/docs/:path/'}}\npermalink: /:title/\n\
        //- /about.md\n---\npermalink: /about/\n---\n//- /プロフィール.html\n---\n---\n//- /_docs/install.md\n---\n---\n\
        //- /_docs/usage.md\n---\n---\n//- /_docs/themes.md\n---\n---\n//- /_posts/2024-01-01-jekyll-and-kramdown.md\n---\nredirect_from: /abott/\n---\n\
        //- /_posts/2099-01-01-future.md\n---\n---\n";

    fn check(body: &str, expected: Expect) {
        let fixture = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{body}\n{SITE}");
        crate::rules::testing::check(&fixture, expected);
    }

    #[test]
    fn slips_of_the_url_of_a_page() {
        check(
            "[a](/abuot/) [b](/About/) 🎉[c](/jekyll-and-karmdown/) [d]({{ site.baseurl }}/abuot)",
            expect![[r#"
                  [a](/abuot/) [b](/About/) 🎉[c](/jekyll-and-karmdown/) [d]({{ site.baseurl }}/abuot)
                      ^^^^^^^
                warning missing-page: The site has no page at `/abuot/`. Did you mean `/about/`?
                fix: Write `/about/`
                  [a](/about/) [b](/About/) 🎉[c](/jekyll-and-karmdown/) [d]({{ site.baseurl }}/abuot)
                  [a](/abuot/) [b](/About/) 🎉[c](/jekyll-and-karmdown/) [d]({{ site.baseurl }}/abuot)
                                   ^^^^^^^
                warning missing-page: The site has no page at `/About/`. Did you mean `/about/`?
                fix: Write `/about/`
                  [a](/abuot/) [b](/about/) 🎉[c](/jekyll-and-karmdown/) [d]({{ site.baseurl }}/abuot)
                  [a](/abuot/) [b](/About/) 🎉[c](/jekyll-and-karmdown/) [d]({{ site.baseurl }}/abuot)
                                                  ^^^^^^^^^^^^^^^^^^^^^
                warning missing-page: The site has no page at `/jekyll-and-karmdown/`. Did you mean `/jekyll-and-kramdown/`?
                fix: Write `/jekyll-and-kramdown/`
                  [a](/abuot/) [b](/About/) 🎉[c](/jekyll-and-kramdown/) [d]({{ site.baseurl }}/abuot)
                  [a](/abuot/) [b](/About/) 🎉[c](/jekyll-and-karmdown/) [d]({{ site.baseurl }}/abuot)
                                                                                               ^^^^^^
                warning missing-page: The site has no page at `/abuot`. Did you mean `/about/`?
                fix: Write `/about/`
                  [a](/abuot/) [b](/About/) 🎉[c](/jekyll-and-karmdown/) [d]({{ site.baseurl }}/about/)
            "#]],
        );
        check(
            "[a](/about/) [b](/about) [c](/abott/) [d](/ab/) [e](/futur/) [f](/jekyll-and-kramdown-2/) [g](/プロフィル/) [h](/a/abuot/) [i](/abuot.xml) [j](/profile/)",
            expect![[""]],
        );
    }

    #[test]
    fn folders_that_a_collection_fills() {
        check(
            "[a](/docs/instal/) [b](/docs/templates/#x)",
            expect![[r#"
              [a](/docs/instal/) [b](/docs/templates/#x)
                  ^^^^^^^^^^^^^
            warning missing-page: The site has no page at `/docs/instal/`. Did you mean `/docs/install/`?
            fix: Write `/docs/install/`
              [a](/docs/install/) [b](/docs/templates/#x)
              [a](/docs/instal/) [b](/docs/templates/#x)
                                     ^^^^^^^^^^^^^^^^
            warning missing-page: The site has no page at `/docs/templates/`.
        "#]],
        );
        check(
            "[a](/docs/) [b](/docs/a/b/) [c](/docs/a.png) [d](/doc/templates/) [e](/docs/usage)",
            expect![""],
        );
    }

    #[test]
    fn a_permalink_in_japanese_is_a_folder_too() {
        let fixture = "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[a](/特集/springtime/) [b](/特集/sprnigtime/) [c](/%E7%89%B9%E9%9B%86/abuot/) [d](/連載/none/)\n\
            //- /_posts/2024-01-16-b.md\n---\nlayout: post\npermalink: /特集/springtime/\n---\n//- /about.md\n---\npermalink: /特集/about/\n---\n\
            //- /_config.yml\ncollections: {docs: {output: true, permalink: '/docs/:path/'}}\n\
            //- /_docs/a.md\n---\npermalink: /連載/a/\n---\n//- /_docs/b.md\n---\npermalink: /連載/b/\n---\n//- /_docs/c.md\n---\npermalink: /連載/c/\n---\n";
        crate::rules::testing::check(
            fixture,
            expect![[r#"
                  [a](/特集/springtime/) [b](/特集/sprnigtime/) [c](/%E7%89%B9%E9%9B%86/abuot/) [d](/連載/none/)
                                             ^^^^^^^^^^^^^^^^^
                warning missing-page: The site has no page at `/特集/sprnigtime/`. Did you mean `/特集/springtime/`?
                fix: Write `/特集/springtime/`
                  [a](/特集/springtime/) [b](/特集/springtime/) [c](/%E7%89%B9%E9%9B%86/abuot/) [d](/連載/none/)
                  [a](/特集/springtime/) [b](/特集/sprnigtime/) [c](/%E7%89%B9%E9%9B%86/abuot/) [d](/連載/none/)
                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^
                warning missing-page: The site has no page at `/特集/abuot/`. Did you mean `/特集/about/`?
                fix: Write `about/`
                  [a](/特集/springtime/) [b](/特集/sprnigtime/) [c](/%E7%89%B9%E9%9B%86/about/) [d](/連載/none/)
                  [a](/特集/springtime/) [b](/特集/sprnigtime/) [c](/%E7%89%B9%E9%9B%86/abuot/) [d](/連載/none/)
                                                                                                    ^^^^^^^^^^^
                warning missing-page: The site has no page at `/連載/none/`.
            "#]],
        );
    }

    #[test]
    fn the_nearest_of_some_pages() {
        let pages = "//- /a.md\n---\npermalink: /getting-startup-a/\n---\n//- /b.md\n---\npermalink: /setting-startup/\n---\n\
            //- /c.md\n---\npermalink: /en/hello/\n---\n//- /d.md\n---\npermalink: /jekyll-入門/\n---\n";
        let post = "[a](/getting-startup/) [b](/jeykll-入門/) [c](/helol/) [d](helol/) [e](en/helol/)";
        let fixture = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{post}\n{pages}");
        crate::rules::testing::check(
            &fixture,
            expect![[r#"
                  [a](/getting-startup/) [b](/jeykll-入門/) [c](/helol/) [d](helol/) [e](en/helol/)
                      ^^^^^^^^^^^^^^^^^
                warning missing-page: The site has no page at `/getting-startup/`. Did you mean `/setting-startup/`?
                fix: Write `/setting-startup/`
                  [a](/setting-startup/) [b](/jeykll-入門/) [c](/helol/) [d](helol/) [e](en/helol/)
                  [a](/getting-startup/) [b](/jeykll-入門/) [c](/helol/) [d](helol/) [e](en/helol/)
                                             ^^^^^^^^^^^^^
                warning missing-page: The site has no page at `/jeykll-入門/`. Did you mean `/jekyll-入門/`?
                fix: Write `/jekyll-入門/`
                  [a](/getting-startup/) [b](/jekyll-入門/) [c](/helol/) [d](helol/) [e](en/helol/)
                  [a](/getting-startup/) [b](/jeykll-入門/) [c](/helol/) [d](helol/) [e](en/helol/)
                                                                             ^^^^^^
                warning missing-page: The site has no page at `/2024/01/15/helol/`.
                  [a](/getting-startup/) [b](/jeykll-入門/) [c](/helol/) [d](helol/) [e](en/helol/)
                                                                                         ^^^^^^^^^
                warning missing-page: The site has no page at `/2024/01/15/en/helol/`.
            "#]],
        );
    }

    #[test]
    fn what_fills_no_folder() {
        let document = |path: &str, more: &str| format!("//- /{path}.md\n---\n{more}---\n");
        let of = |folder: &str, more: &str| {
            ["a", "b", "c"].map(|name| document(&format!("{folder}/{name}"), more)).concat()
        };
        let site = [
            "//- /_config.yml\npermalink: /blog/:title/\ncollections:\n".to_owned(),
            ["few", "deep", "hidden"]
                .map(|name| format!("  {name}: {{output: true, permalink: '/{name}/:path/'}}\n"))
                .concat(),
            "  root: {output: true, permalink: '/:path/'}\n".to_owned(),
            document("_few/a", ""),
            document("_few/b", ""),
            of("_root", ""),
            of("_deep/below", ""),
            of("_hidden", "published: false\n"),
            document("_posts/2024-01-01-x", ""),
            document("_posts/2024-01-02-y", ""),
        ]
        .concat();
        let told = |url: &str, expected: Expect| {
            let post = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[x]({url})\n{site}");
            crate::rules::testing::check(&post, expected);
        };
        for url in ["/few/none/", "/none/", "/deep/none/", "/hidden/none/", "/blog/none/"] {
            told(url, expect![""]);
        }
        told(
            "/deep/below/none/",
            expect![[r#"
              [x](/deep/below/none/)
                  ^^^^^^^^^^^^^^^^^
            warning missing-page: The site has no page at `/deep/below/none/`.
        "#]],
        );
    }

    #[test]
    fn what_is_a_slip() {
        for (name, other, expected) in [
            ("abuot", "about", true),
            ("About", "about", true),
            ("tag", "tags", false),
            ("tags", "tag", false),
            ("releases", "release", false),
            ("page2", "page3", false),
            ("post", "past", false),
            ("京都の春", "京都の夏", false),
            ("rust-入門", "rsut-入門", false),
            ("jekyll-入門", "jeykll-入門", true),
            ("getting-strated", "getting-started", true),
            ("geting-startd", "getting-started", true),
            ("getting-started-春", "getting-started-夏", false),
            ("release", "releases", false),
            ("feednews", "feed.news", false),
            ("getting-started", "getting-printed", false),
        ] {
            assert_eq!(is_slip(name, other), expected, "{name} {other}");
        }
    }
}
