//! The URLs of pages: files outside the collections that have front matter. Source: Jekyll `page.rb`, `url.rb`,
//! `static_file.rb`.

use super::url::{self, UrlError, collection_template};
use super::{Clock, Config};
use crate::post::Post;
use crate::post::front_matter::{Load, Value};
use crate::post::name;

/// What Jekyll makes of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageReading {
    /// The URL, percent-escaped, without `baseurl`.
    pub url: Result<String, UrlError>,
    /// The title; empty where it has none, since a page gets none from its file's name.
    pub title: String,
    /// False where `published: false` leaves it out.
    pub published: bool,
}

/// Reads a page. None where the file has no front matter, so that Jekyll only copies it: its URL is its path.
pub fn read(post: &Post, path: &str, config: &Config, clock: &Clock) -> Option<PageReading> {
    if post.front_matter.load == Load::Absent {
        return None;
    }
    let own = &post.front_matter.values;
    let defaults = config.defaults.of(path, "pages", &config.collections_dir, &config.site_clock(clock)).ok();
    let value = |key: &str| -> Option<&Value> {
        own.get(key).map(|node| &node.value).or_else(|| defaults.as_ref().and_then(|it| it.get(key)))
    };
    let url = match value("permalink").filter(|value| value.is_truthy()) {
        None => page_url(path, None, config),
        Some(Value::String(permalink)) => page_url(path, Some(permalink), config),
        Some(_) => Err(UrlError::PermalinkNotText),
    };
    let title = value("title").map(Value::display).unwrap_or_default();
    let published = value("published").is_none_or(Value::is_truthy);
    Some(PageReading { url, title, published })
}

fn page_url(path: &str, permalink: Option<&str>, config: &Config) -> Result<String, UrlError> {
    let extension = url::output_ext(path, permalink, &config.markdown_ext);
    let basename = name::stem(path).trim_end_matches('.');
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let template = match permalink {
        Some(permalink) => permalink.to_owned(),
        None if !matches!(extension, ".html" | ".xhtml" | ".htm") => "/:path/:basename:output_ext".to_owned(),
        None if basename == "index" => "/:path/".to_owned(),
        None => {
            // The ending of the posts' permalink is that of pages too.
            let site = config.permalink.as_deref().unwrap_or("date");
            collection_template(site).replacen("/:collection/:path", "/:path/:basename", 1)
        }
    };
    let mut url = template;
    // Others than these are no placeholders of a page, and stay as they are written.
    for (placeholder, value) in [(":path", folder), (":basename", basename), (":output_ext", extension)] {
        if url.contains(placeholder) {
            url = url.replace(placeholder, &url::escape(value)?);
        }
    }
    Ok(url::tidy(url))
}

/// The URL of a file that Jekyll only copies, not escaped: its path, with the folder of a collection under the
/// collection's name.
pub fn copied_url(path: &str, config: &Config) -> String {
    let below = super::defaults::below_collections(path, &config.collections_dir);
    let (first, rest) = below.split_once('/').unwrap_or(("", below));
    match first.strip_prefix('_').filter(|name| config.collections.iter().any(|own| own == name)) {
        Some(name) => format!("/{name}/{rest}"),
        None => format!("/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(config: &str, cases: &[(&str, &str, Option<&str>)]) {
        let config = Config::parse(config).unwrap();
        let clock = Clock::utc(jiff::Timestamp::UNIX_EPOCH);
        for (path, text, expected) in cases {
            let found = read(&Post::parse(*text), path, &config, &clock);
            let url = found.map(|page| page.url.unwrap_or_else(|error| format!("{error:?}")));
            assert_eq!(url.as_deref(), *expected, "{path} {text}");
        }
    }

    #[test]
    fn urls_of_pages() {
        check(
            "permalink: /:title.html",
            &[
                ("about.md", "---\n---\n", Some("/about")),
                ("docs/日本 語.md", "---\n---\n", Some("/docs/%E6%97%A5%E6%9C%AC%20%E8%AA%9E")),
                ("index.md", "---\n---\n", Some("/")),
                ("ja/index.html", "---\n---\n", Some("/ja/")),
                ("a.md", "---\npermalink: /x/:basename/\n---\n", Some("/x/a/")),
                ("a.md", "---\npermalink: /x/:title/\n---\n", Some("/x/:title/")),
                ("a.md", "---\npermalink: 5\n---\n", Some("PermalinkNotText")),
                ("feed.xml", "---\n---\n", Some("/feed.xml")),
                ("css/main.scss", "---\n---\n", Some("/css/main.css")),
                ("README.md", "no front matter", None),
            ],
        );
        check("permalink: pretty", &[("docs/A.b.md", "---\n---\n", Some("/docs/A.b/"))]);
        check("", &[("docs/About.md", "---\n---\n", Some("/docs/About.html"))]);
        check(
            "defaults: [{scope: {path: ''}, values: {permalink: '/p/:path/:basename/'}}]",
            &[("docs/About.md", "---\n---\n", Some("/p/docs/About/"))],
        );
    }

    #[test]
    fn copied_files_keep_their_path() {
        let config = Config::parse("collections: [recipes]\ncollections_dir: c\n").unwrap();
        assert_eq!(copied_url("assets/図 1.png", &config), "/assets/図 1.png");
        assert_eq!(copied_url("c/_recipes/a/b.png", &config), "/recipes/a/b.png");
    }
}
