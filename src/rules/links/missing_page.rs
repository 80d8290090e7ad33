//! `missing-page`: an address leads to no page of the site. It is told of addresses that nothing but the site's own files can
//! answer, the path of a Markdown file and a URL of a year or a folder that the site's posts or documents fill, and of such
//! that are nearly the URL of a page.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::absent_files::{is_path, is_plain, may_be_put_there, named_by};
use super::near_page::{folder_of_url, is_full, is_name, misspelt};
use super::{is_rendered, keep, nearest_path};
use crate::limits::{MAX_LINKS, MAX_NEAR_URLS};
use crate::post::links::{distinct, is_external};
use crate::post::name::base_name;
use crate::post::{Link, LinkKind};
use crate::rules::loaded::finding;
use crate::rules::nearest::{Searches, did_you_mean, nearest_that};
use crate::rules::words::quoted_path;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::paths::{classify, join};
use crate::site::targets::{folder_of, is_built, percent_decoded};
use crate::site::{FileKind, PostRecord};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-page",
    severity: Severity::Warning,
    summary: "A link leads to a page or a Markdown file that the site does not have.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[京都](/2024/01/10/kyouto.html)\n\
              //- /_posts/2024-01-10-kyoto.md\n---\nlayout: post\n---\nText\n",
    check,
};

/// The keys in which plugins find the other addresses of a post.
const REDIRECTS: &[&str] = &["redirect_from", "aliases", "alias"];

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !is_rendered(input) {
        return;
    }
    let links = input.post.body().links.iter().copied().filter(|link| link.kind == LinkKind::Url);
    let searches = Searches::default();
    let mut known = Known { searches: Searches::of(MAX_NEAR_URLS), ..Known::default() };
    let missing = distinct(links).take(MAX_LINKS).filter_map(|link| {
        let named = named(input, &link)?;
        // Of an image or a download `missing-image` tells.
        if input.target(&link).is_some() || named_by(input, &link).is_some() {
            return None;
        }
        let by_file = named.path.as_deref().filter(|path| !path.is_empty());
        let by_page = named.at.as_deref().filter(|path| !path.is_empty());
        by_file
            .and_then(|path| source(input, &searches, &link, path))
            .or_else(|| outside(input, &link, &named))
            .or_else(|| of_year(input, &mut known, &link, by_page?))
            .or_else(|| beside(input, &mut known, &link, by_page?))
            .or_else(|| below(input, &known, &link, by_page.filter(|_| named.is_relative)?))
    });
    keep(found, missing);
}

/// What is asked of the site for many links of a file, and looked up once.
#[derive(Default)]
struct Known {
    /// Whether there are posts whose URLs begin with a year's folder and have so many parts.
    years: HashMap<(String, usize), bool>,
    /// Whether a collection fills a folder of URLs.
    folders: HashMap<String, bool>,
    searches: Searches,
    /// The last parts of URLs, without escapes, by where the URL is in memory: the site is the same all the time.
    names: HashMap<*const u8, Rc<str>>,
    /// At which URLs plugins may answer in the place of another page: [`bare_url`].
    redirects: OnceCell<HashSet<String>>,
}

impl Known {
    fn has_year(&mut self, input: &Input<'_>, prefix: &str, parts: usize) -> bool {
        *self.years.entry((prefix.to_owned(), parts)).or_insert_with(|| {
            let mut all = input.site.at_urls_from(prefix).take(MAX_NEAR_URLS);
            all.any(|post| is_at(post, parts))
        })
    }

    fn is_redirected(&self, input: &Input<'_>, url: &str) -> bool {
        let all = || {
            let fields = REDIRECTS.iter().filter_map(|key| input.site.field(key));
            let values = fields.flat_map(|field| field.values.iter());
            values.map(|(value, _)| bare_url(&percent_decoded(value)).to_owned()).collect()
        };
        self.redirects.get_or_init(all).contains(bare_url(url))
    }
}

/// Whether a post is at a URL of so many parts.
fn is_at(post: &PostRecord, parts: usize) -> bool {
    let alike = |url: &str| url.trim_matches('/').split('/').count() == parts;
    is_built(post) && post.url.as_deref().is_some_and(alike)
}

/// A URL without what a server can leave out: the slashes around it, `.html`, `index.html`.
fn bare_url(url: &str) -> &str {
    let bare = url.trim_matches('/');
    let bare = bare.strip_suffix("/index.html").unwrap_or(bare);
    bare.strip_suffix(".html").unwrap_or(bare)
}

/// What an address names, without escapes.
struct Named {
    /// The path of a file, from the source.
    path: Option<String>,
    /// The URL from the page, without `baseurl` and the slash before it; none where nobody knows.
    at: Option<String>,
    /// Whether it counts from the page.
    is_relative: bool,
}

fn named(input: &Input<'_>, link: &Link) -> Option<Named> {
    let config = input.site.config();
    let written = link.target.of(&input.post.text);
    let own = config.url.as_deref().unwrap_or_default().trim_end_matches('/');
    let below = written.strip_prefix(own).filter(|rest| !own.is_empty() && rest.starts_with('/'));
    let written = below.unwrap_or(written);
    if is_external(written) || written.is_empty() {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8().ok()?;
    if !link.from_root && !decoded.starts_with('/') {
        let is_kept = !input.site.templates().move_addresses();
        // Of anything else than a page nobody knows.
        let is_path = is_kept && is_path(&decoded) && is_name(&decoded);
        let at = is_path.then(|| input.site.beside_page(input.path, &decoded)).flatten();
        let at = at.map(|url| url.trim_start_matches('/').to_owned());
        return Some(Named { path: join(folder_of(input.path), &decoded), at, is_relative: true });
    }
    let base = config.baseurl.trim_end_matches('/');
    let below = decoded.strip_prefix(base).filter(|rest| !link.from_root && rest.starts_with('/'));
    let path = join("", below.unwrap_or(&decoded).trim_start_matches('/'));
    Some(Named { at: path.clone(), path, is_relative: false })
}

/// The path of a Markdown file that is not there: no plugin makes one.
fn source(input: &Input<'_>, searches: &Searches, link: &Link, path: &str) -> Option<Diagnostic> {
    let config = input.site.config();
    if !config.is_markdown(path) {
        return None;
    }
    let known = matches!(
        classify(path, config),
        FileKind::Post | FileKind::Draft | FileKind::BadPostName | FileKind::Page
    );
    if !known || input.site.at_path(path).is_some() || input.site.is_in_submodule(path) {
        return None;
    }
    let near = nearest_path(input, searches, path, |near| config.is_markdown(near));
    let message = format!("The site has no file {}.{}", quoted_path(path), did_you_mean(near.as_deref()));
    let fix = near.as_deref().and_then(|near| {
        if input.site.leaves_links(input.kind) {
            let tag = format!("{{% link {near} %}}");
            return Some(Fix::choice(format!("Write `{tag}`"), vec![TextEdit::replace(link.target, tag)]));
        }
        let is_beside = folder_of(near) == folder_of(path);
        is_beside.then(|| respelt(input, link, base_name(path), base_name(near))).flatten()
    });
    Some(Diagnostic { fix, ..finding(&RULE, link.target, message) })
}

/// The path of a Markdown file outside of the source, which nothing turns into the address of a page.
fn outside(input: &Input<'_>, link: &Link, named: &Named) -> Option<Diagnostic> {
    let site = input.site;
    if named.path.is_some() || !site.leaves_links(input.kind) || site.templates().move_addresses() {
        return None;
    }
    let written = link.target.of(&input.post.text);
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8().ok()?;
    let is_source = site.config().is_markdown(&decoded) && is_path(&decoded);
    let url = site.beside_page(input.path, &decoded).filter(|_| is_source)?;
    Some(no_page(input, link, &url, None))
}

/// The URL of a year in which the posts of the site stand at such URLs, and none at this one.
fn of_year(input: &Input<'_>, known: &mut Known, link: &Link, path: &str) -> Option<Diagnostic> {
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let is_number =
        |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let year = parts.windows(2).position(|pair| is_number(pair[0], 4) && is_number(pair[1], 2))?;
    // The archive of a month is made by a plugin.
    let last = parts.last().filter(|last| parts.len() > year + 2 && !is_number(last, 2))?;
    let (site, url) = (input.site, ["/", path].concat());
    if known.is_redirected(input, &url) {
        return None;
    }
    let prefix = format!("/{}/", parts[..=year].join("/"));
    if !known.has_year(input, &prefix, parts.len()) {
        return None;
    }
    // The same name on another day, of the same part of the site; else a name like it, in the same year.
    let slug = last.strip_suffix(".html").unwrap_or(last);
    let part = format!("/{}", parts[..year].iter().map(|part| format!("{part}/")).collect::<String>());
    let same = site.with_slug(slug).filter(|post| is_built(post)).filter_map(|post| post.url.as_deref());
    let same = known.searches.first(same).into_iter().map(percent_decoded).find(|url| url.starts_with(&part));
    let same = same.map(Cow::into_owned);
    let like = || {
        let (mut before, mut behind) = site.at_urls_around(&prefix, &url);
        let near = known.searches.around([(&mut before, &mut behind)]);
        let named = near.into_iter().filter_map(|post| {
            let url = post.url.as_deref()?;
            let name =
                known.names.entry(url.as_ptr()).or_insert_with(|| percent_decoded(name_of(url)).into());
            Some(AtUrl { name: name.clone(), post })
        });
        // One letter for another is no misspelling in a name of one or two.
        slug.chars().nth(2)?;
        let near = nearest_that(slug, named, |near| is_at(near.post, parts.len()))?;
        near.post.url.as_deref().map(|url| percent_decoded(url).into_owned())
    };
    Some(no_page(input, link, &url, same.or_else(like)))
}

/// The URL of a page that is not there, beside such as are: in a folder that a collection fills, or nearly the URL of one.
fn beside(input: &Input<'_>, known: &mut Known, link: &Link, path: &str) -> Option<Diagnostic> {
    let url = ["/", path].concat();
    let near = misspelt(input, &known.searches, &url);
    let mut is_full = || {
        // Most sites have no collection.
        let folder = folder_of_url(&url);
        let can_be = !input.site.config().collections.is_empty() && is_name(&url);
        can_be && *known.folders.entry(folder.to_owned()).or_insert_with(|| is_full(input, folder))
    };
    if (near.is_none() && !is_full()) || known.is_redirected(input, &url) {
        return None;
    }
    Some(no_page(input, link, &url, near))
}

/// The URL of a page that is not there, below the folder of the document that leads to it: no plugin that we know makes one.
fn below(input: &Input<'_>, known: &Known, link: &Link, path: &str) -> Option<Diagnostic> {
    let (site, url) = (input.site, format!("/{path}"));
    let is_document = matches!(input.kind, FileKind::Post | FileKind::Collection(_));
    // What the page itself would be at, without its own name.
    let folder = site.beside_page(input.path, "x")?;
    let folder = folder_of_url(&folder).to_owned();
    let is_below =
        is_document && folder != "/" && url.strip_prefix(&folder).is_some_and(|rest| !rest.is_empty());
    let is_sure = is_below && is_name(&url) && site.has_known_plugins() && !may_be_put_there(site, path);
    (is_sure && !known.is_redirected(input, &url)).then(|| no_page(input, link, &url, None))
}

fn no_page(input: &Input<'_>, link: &Link, url: &str, near: Option<String>) -> Diagnostic {
    let message = format!("The site has no page at {}.{}", quoted_path(url), did_you_mean(near.as_deref()));
    let fix = near.as_deref().and_then(|near| {
        let near = if name_of(url).len() < last_of(url).len() {
            near
        } else {
            near.strip_suffix(".html").unwrap_or(near)
        };
        respelt(input, link, url, near).or_else(|| {
            let folder = folder_of_url(url);
            let (own, near) = (url.strip_prefix(folder)?, near.strip_prefix(folder)?);
            respelt(input, link, own, near)
        })
    });
    Diagnostic { fix, ..finding(&RULE, link.target, message) }
}

/// The last part of a URL.
fn last_of(url: &str) -> &str {
    let bare = url.trim_end_matches('/');
    memchr::memrchr(b'/', bare.as_bytes()).map_or(bare, |slash| &bare[slash + 1..])
}

/// The last part of a URL, without `.html`.
pub(super) fn name_of(url: &str) -> &str {
    let last = last_of(url);
    last.strip_suffix(".html").unwrap_or(last)
}

/// A post under the last part of its URL, without escapes.
struct AtUrl<'s> {
    name: Rc<str>,
    post: &'s PostRecord,
}

impl AsRef<str> for AtUrl<'_> {
    fn as_ref(&self) -> &str {
        &self.name
    }
}

/// Another end for the address, where it is written as it is read.
fn respelt(input: &Input<'_>, link: &Link, end: &str, new: &str) -> Option<Fix> {
    let written = link.target.of(&input.post.text);
    let fits = written.ends_with(end) && is_plain(new);
    let span = Span::new(link.target.end.checked_sub(end.len())?, link.target.end);
    fits.then(|| Fix::choice(format!("Write `{new}`"), vec![TextEdit::replace(span, new)]))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(body: &str, more: &str, expected: Expect) {
        let site = "//- /_posts/2024-01-10-京都の春.md\n---\nlayout: post\n---\n\
                    //- /_posts/2024-02-10-old.md\n---\nredirect_from: /2024/02/09/old.html\n---\n//- /about.md\n---\n---\n";
        let fixture = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{body}\n{site}{more}");
        crate::rules::testing::check(&fixture, expected);
    }

    #[test]
    fn files_of_markdown() {
        check(
            "🎉 [a](2024-01-10-京都の夏.md) [b](../abuot.md) [c](/about.md) [d](../readme/x.md)",
            "",
            expect![[r#"
                  🎉 [a](2024-01-10-京都の夏.md) [b](../abuot.md) [c](/about.md) [d](../readme/x.md)
                         ^^^^^^^^^^^^^^^^^^^^^^
                warning missing-page: The site has no file `_posts/2024-01-10-京都の夏.md`. Did you mean `_posts/2024-01-10-京都の春.md`?
                fix: Write `{% link _posts/2024-01-10-京都の春.md %}`
                  🎉 [a]({% link _posts/2024-01-10-京都の春.md %}) [b](../abuot.md) [c](/about.md) [d](../readme/x.md)
                  🎉 [a](2024-01-10-京都の夏.md) [b](../abuot.md) [c](/about.md) [d](../readme/x.md)
                                                     ^^^^^^^^^^^
                warning missing-page: The site has no file `abuot.md`. Did you mean `about.md`?
                fix: Write `{% link about.md %}`
                  🎉 [a](2024-01-10-京都の夏.md) [b]({% link about.md %}) [c](/about.md) [d](../readme/x.md)
                  🎉 [a](2024-01-10-京都の夏.md) [b](../abuot.md) [c](/about.md) [d](../readme/x.md)
                                                                      ^^^^^^^^^
                warning source-link: Jekyll leaves `/about.md` in the link as it is, but the page is at `/about.html`: readers do not get there. Use a tag of Jekyll's, or the plugin jekyll-relative-links, which works on posts with `relative_links: {collections: true}`.
                fix: Write `{% link about.md %}`
                  🎉 [a](2024-01-10-京都の夏.md) [b](../abuot.md) [c]({% link about.md %}) [d](../readme/x.md)
                  🎉 [a](2024-01-10-京都の夏.md) [b](../abuot.md) [c](/about.md) [d](../readme/x.md)
                                                                                     ^^^^^^^^^^^^^^
                warning missing-page: The site has no file `readme/x.md`.
            "#]],
        );
        check(
            "[a](../../out.md) [b](../docs/x.md) [c](x.jsp) [d](https://e.jp/x.md) [e](2024-01-10-京都の春.md) `[f](x.md)`",
            "//- /_config.yml\nexclude: [docs]\n",
            expect![[r#"
                  [a](../../out.md) [b](../docs/x.md) [c](x.jsp) [d](https://e.jp/x.md) [e](2024-01-10-京都の春.md) `[f](x.md)`
                      ^^^^^^^^^^^^
                warning missing-page: The site has no page at `/2024/out.md`.
                  [a](../../out.md) [b](../docs/x.md) [c](x.jsp) [d](https://e.jp/x.md) [e](2024-01-10-京都の春.md) `[f](x.md)`
                                                                                            ^^^^^^^^^^^^^^^^^^^^^^
                warning source-link: Jekyll leaves `2024-01-10-京都の春.md` in the link as it is, but the page is at `/2024/01/10/京都の春.html`: readers do not get there. Use a tag of Jekyll's, or the plugin jekyll-relative-links, which works on posts with `relative_links: {collections: true}`.
                fix: Write `{% link _posts/2024-01-10-京都の春.md %}`
                  [a](../../out.md) [b](../docs/x.md) [c](x.jsp) [d](https://e.jp/x.md) [e]({% link _posts/2024-01-10-京都の春.md %}) `[f](x.md)`
            "#]],
        );
    }

    #[test]
    fn the_same_name_on_another_day() {
        let more = "//- /ja/_posts/2023-05-05-hanami.md\n---\n---\n//- /ja/_posts/2024-05-05-x.md\n---\n---\n\
                    //- /en/_posts/2024-04-04-hanabi.md\n---\n---\n";
        check(
            "[a](/ja/2024/04/04/hanami.html) [b](/ja/2024/04/04/hanabi)",
            more,
            expect![[r#"
              [a](/ja/2024/04/04/hanami.html) [b](/ja/2024/04/04/hanabi)
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^
            warning missing-page: The site has no page at `/ja/2024/04/04/hanami.html`. Did you mean `/ja/2023/05/05/hanami.html`?
            fix: Write `/ja/2023/05/05/hanami.html`
              [a](/ja/2023/05/05/hanami.html) [b](/ja/2024/04/04/hanabi)
              [a](/ja/2024/04/04/hanami.html) [b](/ja/2024/04/04/hanabi)
                                                  ^^^^^^^^^^^^^^^^^^^^^
            warning missing-page: The site has no page at `/ja/2024/04/04/hanabi`.
        "#]],
        );
    }

    #[test]
    fn urls_of_a_year_that_the_posts_fill() {
        check(
            "🎉 [a](/2024/01/10/京都の夏.html) [b](/blog/2024/01/11/%E4%BA%AC%E9%83%BD%E3%81%AE%E6%98%A5/) \
             [c]({{ site.baseurl }}/2024/01/10/京都の夏)",
            "//- /_config.yml\nbaseurl: /blog\n",
            expect![[r#"
                  🎉 [a](/2024/01/10/京都の夏.html) [b](/blog/2024/01/11/%E4%BA%AC%E9%83%BD%E3%81%AE%E6%98%A5/) [c]({{ site.baseurl }}/2024/01/10/京都の夏)
                         ^^^^^^^^^^^^^^^^^^^^^^^^^
                warning missing-page: The site has no page at `/2024/01/10/京都の夏.html`. Did you mean `/2024/01/10/京都の春.html`?
                fix: Write `/2024/01/10/京都の春.html`
                  🎉 [a](/2024/01/10/京都の春.html) [b](/blog/2024/01/11/%E4%BA%AC%E9%83%BD%E3%81%AE%E6%98%A5/) [c]({{ site.baseurl }}/2024/01/10/京都の夏)
                  🎉 [a](/2024/01/10/京都の夏.html) [b](/blog/2024/01/11/%E4%BA%AC%E9%83%BD%E3%81%AE%E6%98%A5/) [c]({{ site.baseurl }}/2024/01/10/京都の夏)
                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                warning missing-page: The site has no page at `/2024/01/11/京都の春/`. Did you mean `/2024/01/10/京都の春.html`?
                  🎉 [a](/2024/01/10/京都の夏.html) [b](/blog/2024/01/11/%E4%BA%AC%E9%83%BD%E3%81%AE%E6%98%A5/) [c]({{ site.baseurl }}/2024/01/10/京都の夏)
                                                                                                                                      ^^^^^^^^^^^^^^^^^^^^
                warning missing-page: The site has no page at `/2024/01/10/京都の夏`. Did you mean `/2024/01/10/京都の春.html`?
                fix: Write `/2024/01/10/京都の春`
                  🎉 [a](/2024/01/10/京都の夏.html) [b](/blog/2024/01/11/%E4%BA%AC%E9%83%BD%E3%81%AE%E6%98%A5/) [c]({{ site.baseurl }}/2024/01/10/京都の春)
            "#]],
        );
        check(
            "[a](/2023/01/10/x.html) [b](/2024/01/) [c](/2024/02/09/old) [d](/en/2024/01/10/x.html) [e](/2024/01/10/a/b.html) \
             [f](/about/x/) [g](/2024/01/10/%E4%BA%AC%E9%83%BD%E3%81%AE%E6%98%A5.html) [h]({{ x }}/2024/01/10/x.html)",
            "",
            expect![""],
        );
    }

    #[test]
    fn below_the_page() {
        check(
            "🎉 [a](2024-01-11-京都.html) [b](../10/京都の夏.html) [c](LICENSE) [d](資料/) [e](../../about.html) [f](x.jsp) [g](../x/)",
            "//- /_config.yml\npermalink: pretty\n",
            expect![[r#"
                  🎉 [a](2024-01-11-京都.html) [b](../10/京都の夏.html) [c](LICENSE) [d](資料/) [e](../../about.html) [f](x.jsp) [g](../x/)
                         ^^^^^^^^^^^^^^^^^^^^
                warning missing-page: The site has no page at `/2024/01/15/a/2024-01-11-京都.html`.
                  🎉 [a](2024-01-11-京都.html) [b](../10/京都の夏.html) [c](LICENSE) [d](資料/) [e](../../about.html) [f](x.jsp) [g](../x/)
                                                                            ^^^^^^^
                warning missing-page: The site has no page at `/2024/01/15/a/LICENSE`.
                  🎉 [a](2024-01-11-京都.html) [b](../10/京都の夏.html) [c](LICENSE) [d](資料/) [e](../../about.html) [f](x.jsp) [g](../x/)
                                                                                         ^^^^^
                warning missing-page: The site has no page at `/2024/01/15/a/資料/`.
                  🎉 [a](2024-01-11-京都.html) [b](../10/京都の夏.html) [c](LICENSE) [d](資料/) [e](../../about.html) [f](x.jsp) [g](../x/)
                                                                                                                                     ^^^^^
                warning missing-page: The site has no page at `/2024/01/15/x/`.
            "#]],
        );
        check("[a](資料)", "//- /_plugins/pages.rb\n//- /_config.yml\npermalink: pretty\n", expect![[""]]);
    }
}
