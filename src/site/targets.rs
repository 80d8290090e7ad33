//! What the links of a post lead to.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::tz::TimeZone;
use percent_encoding::percent_decode_str;

use super::paths::{CONFIGS, join};
use super::{FileKind, PostRecord, Site};
use crate::jekyll::Status;
use crate::post::links::is_external;
use crate::post::links::values::decoded;
use crate::post::{Link, LinkKind, name};

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target<'s> {
    /// The post that the link stands in.
    Here,
    /// A post, a draft, a document of a collection.
    Post(&'s Arc<PostRecord>),
    /// A page, an image, any other file that Jekyll copies: its path.
    File(&'s Arc<str>),
    /// An include.
    Include {
        /// The folder of includes, `_includes` where the site says nothing else.
        folder: &'s str,
        /// Its name there.
        name: &'s Arc<str>,
    },
}

/// What `{% post_url NAME %}` finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PostUrl<'s> {
    /// The post of that name.
    Exact(&'s Arc<PostRecord>),
    /// A post of that slug and that day, of which Jekyll warns.
    ByDay(&'s Arc<PostRecord>),
    /// No post of the site that is built, but one that is not published: the build stops.
    Hidden(&'s Arc<PostRecord>),
    /// Nothing: the build stops.
    Nothing,
}

impl<'s> Target<'s> {
    /// The path of the file, relative to the site's source; `here` is that of the post that the link stands in.
    pub fn path(&self, here: &str) -> String {
        match self {
            Target::Here => here.to_owned(),
            Target::Post(post) => post.path.to_string(),
            Target::File(path) => path.to_string(),
            Target::Include { folder, name } => format!("{folder}/{name}"),
        }
    }

    /// The post, where it is one.
    pub fn post(&self) -> Option<&'s Arc<PostRecord>> {
        match self {
            Target::Post(post) => Some(post),
            _ => None,
        }
    }
}

/// Whether Jekyll renders a post, so that links and tags find it.
pub fn is_built(post: &PostRecord) -> bool {
    matches!(post.status, Status::Published | Status::Broken | Status::Aborts)
}

impl Site {
    /// What a link in the text of the file `from` leads to, hidden posts too. `zone` is the site's.
    pub fn target(&self, from: &str, text: &str, link: &Link, zone: &TimeZone) -> Option<Target<'_>> {
        let written = link.target.of(text);
        match link.kind {
            LinkKind::PostUrl => self.post_url(written, zone).map(Target::Post),
            LinkKind::LinkTag => self.tagged(written),
            LinkKind::Include => {
                let name = written.trim_start_matches('/');
                let name = self.include(name)?;
                Some(Target::Include { folder: &self.config().includes_dir, name })
            }
            LinkKind::IncludeRelative => self.at_path(&join(folder_of(from), written)?),
            LinkKind::Layout => self.layout_named(written).map(Target::File),
            LinkKind::Url | LinkKind::Embed | LinkKind::Field => {
                self.addressed(from, written, link.from_root)
            }
            LinkKind::Value => self.valued(from, &decoded(written)),
        }
    }

    /// The path of the layout of this name: that of its file without the extension. Source: Jekyll
    /// `readers/layout_reader.rb`.
    pub fn layout_named(&self, name: &str) -> Option<&Arc<str>> {
        let path = format!("{}/{name}", self.config().layouts_dir);
        let paths = self.templates().paths();
        let from = paths.partition_point(|own| **own < *path);
        let near = paths.get(from..)?.iter().take_while(|own| own.starts_with(&path));
        near.filter(|own| own.rsplit_once('.').is_some_and(|(stem, _)| stem == path)).last()
    }

    /// What `{% link PATH %}` finds, hidden posts too: the exact path; a leading `/` is for files without front matter
    /// only. Source: Jekyll `tags/link.rb`.
    fn tagged(&self, written: &str) -> Option<Target<'_>> {
        if let Some(path) = written.strip_prefix('/') {
            let (path, page) = self.file(path)?;
            return page.is_none().then_some(Target::File(path));
        }
        let dir = self.config().collections_dir.trim_matches('/');
        let below = (!dir.is_empty()).then(|| self.at_path(&format!("{dir}/{written}"))).flatten();
        let found = below.filter(|target| target.post().is_some()).or_else(|| self.at_path(written))?;
        found.post().is_none_or(|post| post.kind != FileKind::BadPostName).then_some(found)
    }

    /// The file at a path relative to the source.
    pub fn at_path(&self, path: &str) -> Option<Target<'_>> {
        let post = self.post(path).map(Target::Post);
        post.or_else(|| self.file(path).map(|(path, _)| Target::File(path)))
    }

    /// What `{% post_url NAME %}` finds. Source: Jekyll `tags/post_url.rb`.
    pub fn find_post_url(&self, name: &str, zone: &TimeZone) -> PostUrl<'_> {
        let found = |counts: fn(&PostRecord) -> bool| {
            let exact = self.exactly_named(name, counts).map(PostUrl::Exact);
            // A slug can be that of every day's post: it is looked through only where nothing else is found.
            exact.or_else(|| self.same_day(name, zone, counts).map(PostUrl::ByDay))
        };
        found(is_built).unwrap_or_else(|| match found(|_| true) {
            Some(PostUrl::Exact(post) | PostUrl::ByDay(post)) => PostUrl::Hidden(post),
            _ => PostUrl::Nothing,
        })
    }

    /// What an address in the file `from` leads to: by the path of a file, as GitHub and editors read it, or by a URL
    /// of the site. `written` has no query and no fragment. `from_root`: Liquid puts `baseurl` before it.
    fn addressed(&self, from: &str, written: &str, from_root: bool) -> Option<Target<'_>> {
        let written = self.below_site(written)?;
        if written.is_empty() && !from_root {
            return Some(Target::Here);
        }
        let unescaped = unescape(written);
        let decoded = percent_decoded(&unescaped);
        let folder = if from_root { "" } else { folder_of(from) };
        // No file's path ends with a slash, as most URLs do.
        if !decoded.ends_with('/')
            && let Some(found) = join(folder, &decoded).and_then(|path| self.at_path(&path))
        {
            return Some(found);
        }
        let base = self.config().baseurl.trim_end_matches('/');
        let below_base = |rest: &&str| !from_root && (rest.is_empty() || rest.starts_with('/'));
        let rooted = decoded.strip_prefix(base).filter(below_base).unwrap_or(&decoded);
        let url = if rooted.starts_with('/') && !rooted.starts_with("//") {
            Cow::Borrowed(rooted)
        } else if from_root || rooted.starts_with('/') || rooted.is_empty() {
            ["/", rooted.trim_start_matches('/')].concat().into()
        } else {
            self.beside_page(from, rooted)?.into()
        };
        self.at_any_url(&url)
    }

    /// What a value of the file `from`, a data file or the configuration, leads to for sure: by a URL below the site's root,
    /// or by the path of a file. A name without a folder must be that of a page; `index.md` is too common a name for data.
    /// The root itself, `/`, is as often a prefix as a link.
    fn valued(&self, from: &str, value: &str) -> Option<Target<'_>> {
        let below = self.below_site(value)?;
        if below.len() == value.len() && !value.starts_with('/') {
            let found = self.at_path(value)?;
            let page = self.file(value).and_then(|(_, page)| page);
            let is_usual = name::stem(value) == "index" && !CONFIGS.contains(&from);
            return (value.contains('/') || (page.is_some() && !is_usual)).then_some(found);
        }
        let base = self.config().baseurl.trim_matches('/');
        (!["", base].contains(&below.trim_matches('/'))).then(|| self.addressed("", below, false))?
    }

    /// An address without the site's own `url` before it; none where it leads out of the site.
    fn below_site<'w>(&self, written: &'w str) -> Option<&'w str> {
        let own = self.config().url.as_deref().unwrap_or_default().trim_end_matches('/');
        let below = written.strip_prefix(own).filter(|rest| !own.is_empty() && rest.starts_with('/'));
        below.or_else(|| (!is_external(written)).then_some(written))
    }
}

/// The anchor that a link's fragment names, without escapes; none without a fragment or in an empty one.
pub fn anchor(text: &str, link: &Link) -> Option<String> {
    let written = link.fragment?.of(text);
    let decoded = percent_decoded(&unescape(written)).into_owned();
    (!decoded.is_empty()).then_some(decoded)
}

/// An address of Markdown or HTML without its escapes.
fn unescape(written: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\\', b'&', written.as_bytes()).is_none() {
        return Cow::Borrowed(written);
    }
    let mut plain = String::with_capacity(written.len());
    let mut rest = written.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => plain.push(c),
        }
    }
    plain.replace("&amp;", "&").into()
}

/// An address without its percent escapes.
pub fn percent_decoded(address: &str) -> Cow<'_, str> {
    // Most have none.
    match memchr::memchr(b'%', address.as_bytes()) {
        Some(_) => percent_decode_str(address).decode_utf8_lossy(),
        None => Cow::Borrowed(address),
    }
}

/// The folder of a path, without a slash at its end.
pub fn folder_of(path: &str) -> &str {
    memchr::memrchr(b'/', path.as_bytes()).map_or("", |slash| &path[..slash])
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::jekyll::{Clock, Config};
    use crate::post::Post;
    use crate::site::{Change, Page};

    const FROM: &str = "_posts/2024-01-15-hello.md";

    fn site() -> Site {
        let config = "baseurl: /blog\nurl: https://e.jp\ncollections: {recipes: {output: true}}\n";
        let config = Config::parse(config).unwrap();
        let clock = Clock::utc("2026-01-01T00:00:00Z".parse().unwrap());
        let post = |path: &str, text: &str| {
            let kind = crate::site::paths::classify(path, &config);
            Change::Put(PostRecord::new(&Post::parse(text), path, kind, &config, &clock))
        };
        let file = |path: &str, text: &str| {
            Change::File(path.into(), Page::new(&Post::parse(text), path, &config, &clock))
        };
        let changes = [
            post(FROM, "---\n---\n"),
            post("_posts/旅/2024-02-01-京都.md", "---\n---\n"),
            post("_posts/2024-03-01-gone.md", "---\npublished: false\n---\n"),
            post("_posts/2024-04-01-own.md", "---\npermalink: /特集/\n---\n"),
            post("_posts/2024-04-02-春.md", "---\npermalink: /記事/:year:title/\n---\n"),
            post("_posts/2024-05-01-moved.md", "---\ndate: 2024-05-09\n---\n"),
            post("_posts/2023-02-30-rolled.md", "---\n---\n"),
            post("_drafts/2024-06-01-idea.md", "---\n---\n"),
            post("_recipes/soup.md", "---\n---\n"),
            file("_recipes/鍋.png", ""),
            file("about.md", "---\npermalink: /about/\n---\n"),
            file("docs/index.html", "---\n---\n"),
            file("index.md", "---\n---\n"),
            file("plain.txt", ""),
            file("media.md", "---\npermalink: /media\n---\n"),
            file("old/index.html", ""),
            file("assets/図 1.png", ""),
            Change::Includes(vec!["a/note.html".into()]),
        ];
        Site::new(PathBuf::new(), config.clone()).apply(changes)
    }

    fn check(body: &str, expected: Option<&str>) {
        let (site, post) = (site(), Post::parse(body));
        let links = post.links();
        let [link] = &links[..] else { panic!("{body}: {links:?}") };
        let found = site.target(FROM, body, link, &TimeZone::UTC).map(|target| target.path("here"));
        assert_eq!(found.as_deref(), expected, "{body}");
    }

    #[test]
    fn addresses_lead_to_files_and_urls() {
        let kyoto = Some("_posts/旅/2024-02-01-京都.md");
        for (address, expected) in [
            ("#part", Some("here")),
            ("旅/2024-02-01-京都.md#x", kyoto),
            ("/blog/2024/02/01/京都", kyoto),
            ("/2024/02/01/%E4%BA%AC%E9%83%BD.html?q", kyoto),
            ("https://e.jp/blog/2024/02/01/京都.html", kyoto),
            ("https://e.jpg/blog/2024/02/01/京都.html", None),
            ("{{ site.baseurl }}/2024/02/01/京都.html", kyoto),
            ("{{ '2024/02/01/京都.html' | relative_url }}", kyoto),
            ("/blogs/about/", None),
            ("/特集", Some("_posts/2024-04-01-own.md")),
            ("/記事/2024春", Some("_posts/2024-04-02-春.md")),
            ("/%E8%A8%98%E4%BA%8B/2024%E6%98%A5/", Some("_posts/2024-04-02-春.md")),
            ("/記事/2024夏/", None),
            ("/blog/about", Some("about.md")),
            ("/media.html", Some("media.md")),
            ("/about.html", None),
            ("/about/index.html", Some("about.md")),
            ("/docs", Some("docs/index.html")),
            ("/docs/index.html", Some("docs/index.html")),
            ("/old/", Some("old/index.html")),
            ("/assets/%E5%9B%B3%201.png", Some("assets/図 1.png")),
            ("../assets/図%201.png", Some("assets/図 1.png")),
            ("/recipes/鍋.png", Some("_recipes/鍋.png")),
            ("./hello.html", Some(FROM)),
            ("../../../../etc", None),
            ("mailto:a@e.jp", None),
        ] {
            check(&format!("[x]({address})"), expected);
        }
    }

    #[test]
    fn tags_lead_to_files() {
        for (tag, expected) in [
            ("link _posts/2024-01-15-hello.md", Some(FROM)),
            ("link /_posts/2024-01-15-hello.md", None),
            ("link about.md", Some("about.md")),
            ("link /about.md", None),
            ("link /assets/図 1.png", Some("assets/図 1.png")),
            ("link assets/図 1.png", Some("assets/図 1.png")),
            ("link About.md", None),
            ("include a/note.html x=1", Some("_includes/a/note.html")),
            ("include note.html", None),
            ("include_relative 旅/2024-02-01-京都.md", Some("_posts/旅/2024-02-01-京都.md")),
        ] {
            check(&format!("{{% {tag} %}}"), expected);
        }
    }

    #[test]
    fn values_lead_to_what_they_surely_name() {
        let site = site();
        for (value, from, expected) in [
            ("/about/", "_data/a.yml", Some("about.md")),
            ("/blog/about", "_data/a.yml", Some("about.md")),
            ("https://e.jp/blog/2024/02/01/京都.html", "_data/a.yml", Some("_posts/旅/2024-02-01-京都.md")),
            ("\\/2024\\/02/01/\\u4eac%E9%83%BD", "_data/a.yml", Some("_posts/旅/2024-02-01-京都.md")),
            ("_posts/2024-01-15-hello.md", "_data/a.yml", Some(FROM)),
            ("_recipes/soup.md", "_data/a.yml", Some("_recipes/soup.md")),
            ("assets/図 1.png", "_data/a.yml", Some("assets/図 1.png")),
            ("about.md", "_data/a.yml", Some("about.md")),
            ("media.md", "_config.yml", Some("media.md")),
            ("about", "_data/a.yml", None),
            ("about/", "_data/a.yml", None),
            ("./about.md", "_data/a.yml", None),
            ("docs/", "_data/a.yml", None),
            ("//e.jp/blog/about", "_data/a.yml", None),
            ("https://other.jp/about", "_data/a.yml", None),
            ("/", "_data/a.yml", None),
            ("/blog", "_data/a.yml", None),
            ("/blog/", "_data/a.yml", None),
            ("https://e.jp/", "_data/a.yml", None),
            ("index.md", "_config.yml", Some("index.md")),
            ("index.md", "_data/a.yml", None),
            ("plain.txt", "_data/a.yml", None),
            ("/plain.txt", "_data/a.yml", Some("plain.txt")),
        ] {
            let found = site.valued(from, &decoded(value)).map(|target| target.path("here"));
            assert_eq!(found.as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn post_url_says_how_it_finds() {
        let site = site();
        let find = |name: &str| match site.find_post_url(name, &TimeZone::UTC) {
            PostUrl::Exact(post) => format!("exact {}", post.path),
            PostUrl::ByDay(post) => format!("day {}", post.path),
            PostUrl::Hidden(post) => format!("hidden {}", post.path),
            PostUrl::Nothing => "nothing".to_owned(),
        };
        for (name, expected) in [
            ("2024-01-15-hello", "exact _posts/2024-01-15-hello.md"),
            ("旅/2024-02-01-京都", "exact _posts/旅/2024-02-01-京都.md"),
            ("2024-02-01-京都", "day _posts/旅/2024-02-01-京都.md"),
            ("2024-1-15-hello", "day _posts/2024-01-15-hello.md"),
            ("2024-05-09-moved", "day _posts/2024-05-01-moved.md"),
            ("2023-2-30-rolled", "day _posts/2023-02-30-rolled.md"),
            ("2023-03-02-rolled", "day _posts/2023-02-30-rolled.md"),
            ("2023-02-32-rolled", "nothing"),
            ("2024-03-01-gone", "hidden _posts/2024-03-01-gone.md"),
            ("2024-01-15-Hello", "nothing"),
            ("2024-01-15-hello.md", "nothing"),
            ("2024-06-01-idea", "nothing"),
            ("hello", "nothing"),
        ] {
            assert_eq!(find(name), expected, "{name}");
        }
    }
}
