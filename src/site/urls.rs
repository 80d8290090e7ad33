//! What the site has at a URL, and where the addresses of a page lead.
//!
//! Jekyll escapes what fills the placeholders of a permalink, and leaves the permalink as it is written, so that a URL can be
//! escaped in part.

use super::targets::{is_built, percent_decoded};
use super::{Site, Target};
use crate::jekyll::page;
use crate::jekyll::url::escape_path;

/// The most steps in which the spelling of a URL is looked for.
const MAX_SPELLINGS: usize = 2_000;

impl Site {
    /// The URL without `baseurl` to which a relative address leads on the page of the file `from`, neither escaped; none where it
    /// leads out of the site, or where there is no page. Source: RFC 3986, 5.2.
    pub fn beside_page(&self, from: &str, address: &str) -> Option<String> {
        let own = self.own_url(from)?;
        let own = percent_decoded(&own);
        let mut parts: Vec<&str> =
            own.rsplit_once('/')?.0.split('/').filter(|part| !part.is_empty()).collect();
        let has_base = !self.config().baseurl.trim_matches('/').is_empty();
        for part in address.split('/') {
            match part {
                "" | "." => {}
                // Nothing is above a host, but something may be above `baseurl`.
                ".." => {
                    if parts.pop().is_none() && has_base {
                        return None;
                    }
                }
                part => parts.push(part),
            }
        }
        let is_folder = address.rsplit('/').next().is_some_and(|last| ["", ".", ".."].contains(&last));
        let slash = if is_folder && !parts.is_empty() { "/" } else { "" };
        Some(format!("/{}{slash}", parts.join("/")))
    }

    pub(super) fn own_url(&self, path: &str) -> Option<String> {
        match (self.post(path), self.file(path)) {
            (Some(post), _) => post.url.as_deref().map(str::to_owned),
            (None, Some((_, Some(page)))) => page.url.as_deref().map(str::to_owned),
            (None, Some((path, None))) => Some(page::copied_url(path, self.config())),
            (None, None) => None,
        }
    }

    /// What a server shows at a URL that is not escaped: with or without `.html`, `index.html` and a slash at the end.
    pub fn at_any_url(&self, url: &str) -> Option<Target<'_>> {
        let bare = url.trim_end_matches('/');
        let stem = bare.strip_suffix("/index.html").unwrap_or(bare);
        // A URL without an extension gets one for its file.
        let page = bare.strip_suffix(".html").unwrap_or(bare);
        let others = || {
            let forms = [url, &format!("{bare}.html"), &format!("{stem}/"), bare, page];
            let different = (1..forms.len()).filter(|at| !forms[..*at].contains(&forms[*at]));
            different.into_iter().find_map(|at| self.at_exact_url(forms[at]))
        };
        // All of them begin as the shorter of these: one look tells of most links that lead nowhere.
        let begun = if stem.len() < page.len() { stem } else { page };
        let found = self.at_exact_url(url);
        let found = found.or_else(|| if self.has_url_from(begun) { others() } else { None });
        let index = || self.copied_at(&[bare, "/index.html"].concat());
        found.or_else(|| self.copied_at(url)).or_else(index)
    }

    /// Whether a URL begins like this, escaped, as it is written, or both in parts.
    fn has_url_from(&self, begun: &str) -> bool {
        let escaped = escape_path(begun);
        self.begins(&escaped) || (escaped != begun && self.spelt(begun, |own| self.begins(own)).is_some())
    }

    fn begins(&self, begun: &str) -> bool {
        self.lookup.has_url_from(begun) || self.has_page_url_from(begun)
    }

    /// How a URL that is not escaped is spelt where part of it is: a permalink stands as it is written, and what fills its
    /// placeholders is escaped. It is looked for letter by letter, so that only what URLs begin with is tried.
    fn spelt(&self, url: &str, is_it: impl Fn(&str) -> bool) -> Option<String> {
        let mut begun = vec![(String::new(), url)];
        for _ in 0..MAX_SPELLINGS {
            let (mut own, rest) = begun.pop()?;
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
            let plain = rest.find(|c: char| !is_plain(c)).unwrap_or(rest.len());
            own.push_str(&rest[..plain]);
            let Some(next) = rest[plain..].chars().next() else {
                if is_it(&own) {
                    return Some(own);
                }
                continue;
            };
            let (letter, rest) = rest[plain..].split_at(next.len_utf8());
            let escaped = escape_path(letter);
            let spellings = [letter, &*escaped].into_iter().take(if escaped == letter { 1 } else { 2 });
            let longer = spellings.map(|letter| format!("{own}{letter}"));
            begun.extend(longer.filter(|own| self.begins(own)).map(|own| (own, rest)));
        }
        None
    }

    /// What Jekyll writes to a URL that is not escaped, posts before pages.
    fn at_exact_url(&self, url: &str) -> Option<Target<'_>> {
        let escaped = escape_path(url);
        let found = self.at_stored_url(&escaped);
        if found.is_some() || escaped == url {
            return found;
        }
        self.spelt(url, |own| self.at_stored_url(own).is_some()).and_then(|own| self.at_stored_url(&own))
    }

    fn at_stored_url(&self, url: &str) -> Option<Target<'_>> {
        let post = self.at_url(url).min_by_key(|post| !is_built(post));
        post.map(Target::Post).or_else(|| self.pages_at(url).next().map(Target::File))
    }

    /// The file without front matter that Jekyll copies to a URL.
    fn copied_at(&self, url: &str) -> Option<Target<'_>> {
        let path = url.strip_prefix('/')?;
        let own =
            |path: &str| self.file(path).filter(|file| file.1.is_none()).map(|file| Target::File(file.0));
        own(path).or_else(|| {
            let (first, rest) = path.split_once('/')?;
            self.config().collections.iter().find(|name| *name == first)?;
            let dir = self.config().collections_dir.trim_matches('/');
            let dir = if dir.is_empty() { String::new() } else { format!("{dir}/") };
            own(&format!("{dir}_{first}/{rest}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;
    use crate::jekyll::Config;
    use crate::site::{Change, Page, PostRecord};
    use crate::text::Span;

    /// What [`Site::at_any_url`] finds: it looks at fewer forms.
    fn in_any_form<'s>(site: &'s Site, url: &str) -> Option<Target<'s>> {
        let bare = url.trim_end_matches('/');
        let stem = bare.strip_suffix("/index.html").unwrap_or(bare);
        let page = bare.strip_suffix(".html").unwrap_or(bare);
        let forms = [url, &format!("{bare}.html"), &format!("{stem}/"), bare, page];
        let found = forms.iter().find_map(|form| site.at_exact_url(form));
        found.or_else(|| site.copied_at(url)).or_else(|| site.copied_at(&format!("{bare}/index.html")))
    }

    const URL: &str = "(/(a|b|京|index)(.html)?){1,2}/{0,2}|/";

    proptest! {
        #[test]
        fn a_url_in_any_form_leads_to_the_same(
            posts in prop::collection::vec(URL, 0..4),
            pages in prop::collection::vec(URL, 0..3),
            copied in prop::collection::vec("(a|b|京)(/index.html|.html)?", 0..2),
            asked in prop::collection::vec(URL, 8),
        ) {
            let post = |(n, url): (usize, &String)| {
                let url = if n == 0 { std::borrow::Cow::Borrowed(url.as_str()) } else { escape_path(url) };
                let path = format!("_posts/2024-01-0{}-a.md", n + 1);
                Change::Put(PostRecord {
                    url: Some(url.into()),
                    ..PostRecord::dropped(&path, crate::site::FileKind::Post)
                })
            };
            let page = |(n, url): (usize, &String)| {
                let page = Page {
                    url: Some(escape_path(url).into()),
                    title: "".into(),
                    place: Span::empty(0),
                    anchors: crate::site::AnchorSet::Open,
                };
                Change::File(format!("page{n}.md").into(), Some(page))
            };
            let posts = posts.iter().enumerate().map(post);
            let copied = copied.iter().map(|path| Change::File(path.as_str().into(), None));
            let changes = posts.chain(pages.iter().enumerate().map(page)).chain(copied);
            let site = Site::new(PathBuf::new(), Config::default()).apply(changes);
            for url in asked {
                let path = |target: Option<Target<'_>>| target.map(|target| target.path("here").to_string());
                prop_assert_eq!(path(site.at_any_url(&url)), path(in_any_form(&site, &url)), "{}", url);
            }
        }
    }
}
