//! Permalinks: style names, placeholders, escaping. Source: Jekyll `url.rb`, `drops/url_drop.rb`,
//! `configuration.rb` style_to_permalink, `utils.rb` add_permalink_suffix.

use std::borrow::Cow;
use std::fmt::Write;

use jiff::civil::DateTime;
use memchr::memchr;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::ruby;
use super::slug::{Mode, slugify, slugify_cased};
use crate::post::front_matter::{Node, Value};
use crate::post::name;

/// Why Jekyll can make no URL of a post, at which it aborts the build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlError {
    /// The template names a placeholder that does not exist; the name without its colon.
    UnknownPlaceholder(String),
    /// `permalink` is a number, a list, a date: anything but a text.
    PermalinkNotText,
    /// `slug` is, and the template asks for it.
    SlugNotText,
    /// A category that looks like the start of an address, `日本:x`, cannot be escaped.
    NotEscapable(String),
    /// The template asks for the date, and it is none.
    NoDate,
    /// The collection's `permalink` is null, or the config's is false.
    NoTemplate,
}

/// The template of `_config.yml`'s `permalink` for posts: a style's name stands for its template.
pub fn style_template(permalink: &str) -> &str {
    match permalink {
        "none" => "/:categories/:title:output_ext",
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        template => template,
    }
}

/// The template of a collection that names none: the config's `permalink` decides how it ends.
pub fn collection_template(permalink: &str) -> String {
    let ending = match permalink {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        template if template.ends_with('/') => "/",
        template if template.ends_with(":output_ext") => ":output_ext",
        _ => "",
    };
    format!("/:collection/:path{ending}")
}

/// What a template may ask of a post.
#[derive(Debug)]
pub struct Placeholders<'r> {
    /// The post's `slug`; none in a post whose front matter does not load.
    pub slug: Option<&'r Value>,
    /// The file's name without its extension.
    pub name: &'r str,
    /// The path from the collection's folder, without extension and without the dots before it.
    pub path: &'r str,
    /// The categories.
    pub categories: &'r [Node],
    /// The collection's name.
    pub collection: &'r str,
    /// The extension of the page that comes out.
    pub output_ext: &'r str,
    /// The post's date in the site's zone; none where it is no date.
    pub date: Option<DateTime>,
}

impl Placeholders<'_> {
    /// The URL that a template gives: placeholders filled in and escaped, dots and doubled slashes tidied.
    ///
    /// # Errors
    /// A template at which Jekyll aborts the build.
    pub fn url(&self, template: &str) -> Result<String, UrlError> {
        let mut filled = String::with_capacity(template.len() + 64);
        let mut rest = template;
        while let Some(colon) = memchr(b':', rest.as_bytes()) {
            filled.push_str(&rest[..colon]);
            let after = &rest[colon + 1..];
            let is_of_word = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'_';
            let end = after.bytes().take_while(is_of_word).count();
            let (word, tail) = after.split_at(end);
            rest = tail;
            if word.is_empty() {
                filled.push(':');
                continue;
            }
            // One underscore at the end belongs to the template: `:month_:day`.
            let (key, underscore) = word.strip_suffix('_').map_or((word, ""), |key| (key, "_"));
            match self.number(key) {
                // Writing into a text does not fail.
                Some((number, digits)) => _ = write!(filled, "{number:0digits$}"),
                None => filled.push_str(&escape(&self.get(key)?)?),
            }
            filled.push_str(underscore);
        }
        filled.push_str(rest);
        Ok(tidy(filled))
    }

    /// The parts of the date that nearly every URL has, each with its number of digits: they need neither a format nor
    /// an escape.
    fn number(&self, key: &str) -> Option<(i16, usize)> {
        let date = self.date?;
        match key {
            "year" => Some((date.year(), 4)).filter(|(year, _)| *year > 0),
            "month" => Some((date.month().into(), 2)),
            "day" => Some((date.day().into(), 2)),
            _ => None,
        }
    }

    fn get(&self, key: &str) -> Result<Cow<'_, str>, UrlError> {
        Ok(match key {
            "title" => self.slug_or_name(|text| slugify_cased(text, Mode::Pretty))?.into(),
            "slug" => self.slug_or_name(|text| slugify(text, Mode::Default))?.into(),
            "name" => slugify(self.name, Mode::Default).into(),
            "path" => self.path.into(),
            "categories" => self.joined(ruby::downcase).into(),
            "slugified_categories" => self.joined(|text| slugify(text, Mode::Default)).into(),
            "output_ext" => self.output_ext.into(),
            "collection" => self.collection.into(),
            _ => {
                let format = format_of(key).ok_or_else(|| UrlError::UnknownPlaceholder(key.to_owned()))?;
                self.date.ok_or(UrlError::NoDate)?.strftime(format).to_string().into()
            }
        })
    }

    /// Whether a template asks for the date, which Jekyll then sets for a document that has none.
    pub fn asks_for_date(template: &str) -> bool {
        let words = template.split(':').skip(1).map(|word| {
            let end = word.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(word.len());
            word[..end].trim_end_matches('_')
        });
        words.into_iter().any(|word| format_of(word).is_some())
    }

    fn slug_or_name(&self, slugify: impl Fn(&str) -> String) -> Result<String, UrlError> {
        match self.slug {
            None | Some(Value::Null) => Ok(slugify(self.name)),
            Some(Value::String(slug)) => Ok(slugify(slug)),
            Some(_) => Err(UrlError::SlugNotText),
        }
    }

    fn joined(&self, change: impl Fn(&str) -> String) -> String {
        let mut words: Vec<String> = Vec::new();
        for category in self.categories {
            let word = match &category.value {
                Value::String(text) => change(text),
                other => change(&other.display()),
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join("/")
    }
}

/// The part of the date that a placeholder is.
fn format_of(key: &str) -> Option<&'static str> {
    Some(match key {
        "year" => "%Y",
        "month" => "%m",
        "day" => "%d",
        "hour" => "%H",
        "minute" => "%M",
        "second" => "%S",
        "i_month" => "%-m",
        "i_day" => "%-d",
        "short_month" => "%b",
        "long_month" => "%B",
        "short_year" => "%y",
        "w_year" => "%G",
        "week" => "%V",
        "w_day" => "%u",
        "short_day" => "%a",
        "long_day" => "%A",
        "y_day" => "%j",
        _ => return None,
    })
}

/// The extension of the page that comes out of a file. Markdown and Sass change it; a `permalink` of the front
/// matter that has an extension itself wins.
pub fn output_ext<'p>(path: &'p str, permalink: Option<&'p str>, markdown_ext: &[String]) -> &'p str {
    if let Some(permalink) = permalink.filter(|it| !it.ends_with('/')) {
        let extension = name::extension(permalink);
        if !extension.is_empty() {
            return extension;
        }
    }
    let extension = name::extension(path);
    let is_lower = extension.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let lower = if is_lower { Cow::Borrowed(extension) } else { extension.to_lowercase().into() };
    match &*lower {
        _ if lower.strip_prefix('.').is_some_and(|it| markdown_ext.iter().any(|known| known == it)) => {
            ".html"
        }
        ".scss" | ".sass" => ".css",
        _ => extension,
    }
}

/// All but RFC 3986's characters of a path segment, and the slash between two.
const ESCAPED_IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

const ESCAPED_IN_QUERIES: &AsciiSet = &ESCAPED_IN_PATHS.remove(b'?');

/// Percent-escapes a value as the gem addressable does: as a whole address, so that a `?` begins a query and may
/// stay, while a `#` is escaped once.
pub(super) fn escape(value: &str) -> Result<Cow<'_, str>, UrlError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'-');
    let is_plain = |line: &str| !line.is_empty() && line.bytes().all(plain);
    if is_plain(value) || value.lines().any(is_plain) {
        return Ok(value.into());
    }
    let mut out = String::with_capacity(value.len() * 3);
    let scheme_end = value.find([':', '/', '?', '#']).filter(|&at| at > 0 && value[at..].starts_with(':'));
    let mut rest = value;
    if let Some(colon) = scheme_end {
        let (scheme, tail) = value.split_at(colon);
        let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-'));
        if !valid {
            return Err(UrlError::NotEscapable(value.to_owned()));
        }
        out.push_str(scheme);
        out.push(':');
        rest = &tail[1..];
    }
    let (before, fragment) = rest.split_once('#').map_or((rest, None), |(it, fragment)| (it, Some(fragment)));
    let (path, query) = before.split_once('?').map_or((before, None), |(it, query)| (it, Some(query)));
    out.extend(utf8_percent_encode(path, ESCAPED_IN_PATHS));
    for (mark, part) in [("?", query), ("%23", fragment)] {
        if let Some(part) = part {
            out.push_str(mark);
            out.extend(utf8_percent_encode(part, ESCAPED_IN_QUERIES));
        }
    }
    Ok(out.into())
}

/// A path percent-escaped as the URLs of posts are.
pub fn escape_path(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, ESCAPED_IN_PATHS).into()
}

/// A URL with dots and doubled slashes tidied.
pub(super) fn tidy(url: String) -> String {
    let is_untidy = |pair: &[u8]| matches!(pair, b".." | b"./" | b"//");
    if url.starts_with('/') && !url.as_bytes().windows(2).any(is_untidy) {
        return url;
    }
    let dotless = format!("/{url}").replace("..", "/").replace("./", "");
    let mut tidy = String::with_capacity(dotless.len());
    for c in dotless.chars() {
        if c != '/' || !tidy.ends_with('/') {
            tidy.push(c);
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jekyll::data::placeless;
    use crate::jekyll::date::zone;

    fn text(text: &str) -> Value {
        Value::String(text.into())
    }

    fn url_of(template: &str, slug: Option<Value>, categories: &[&str]) -> Result<String, UrlError> {
        let date = "2024-03-05T08:07:09Z".parse::<jiff::Timestamp>().unwrap();
        let date = zone("Asia/Tokyo").to_datetime(date);
        let categories: Vec<Node> = categories.iter().map(|it| placeless(text(it))).collect();
        Placeholders {
            slug: slug.as_ref(),
            name: "2024-03-05-The Name",
            path: "/sub/The Name",
            categories: &categories,
            collection: "posts",
            output_ext: ".html",
            date: Some(date),
        }
        .url(template)
    }

    #[test]
    fn placeholders_are_filled_in() {
        for (template, expected) in [
            ("/:categories/:year/:month/:day/:title:output_ext", "/a-b/%C3%BC/2024/03/05/My-Slug!.html"),
            ("/:slugified_categories/:slug/", "/a-b/%C3%BC/my-slug/"),
            ("/:name", "/2024-03-05-the-name"),
            (":collection:path", "/posts/sub/The%20Name"),
            ("/:i_month/:i_day/:short_year/:y_day", "/3/5/24/065"),
            ("/:hour:minute:second", "/170709"),
            ("/:short_month/:long_month/:short_day/:long_day", "/Mar/March/Tue/Tuesday"),
            ("/:w_year/W:week/:w_day", "/2024/W10/2"),
            ("/:year_:month_:day", "/2024_03_05"),
            ("/:Title/a:1", "/:Title/a:1"),
            ("/日本/記事/", "/日本/記事/"),
            ("", "/"),
            ("a//b///c", "/a/b/c"),
            ("/../a/./b", "/a/b"),
        ] {
            let actual = url_of(template, Some(text("My Slug!")), &["A-b", "a-b", "Ü"]);
            assert_eq!(actual.as_deref(), Ok(expected), "{template}");
        }
    }

    #[test]
    fn some_templates_abort_the_build() {
        for (template, slug, expected) in [
            ("/:author/", None, UrlError::UnknownPlaceholder("author".into())),
            ("/:titles", None, UrlError::UnknownPlaceholder("titles".into())),
            ("/:title__", None, UrlError::UnknownPlaceholder("title_".into())),
            ("/:title", Some(Value::Integer(7.into())), UrlError::SlugNotText),
        ] {
            assert_eq!(url_of(template, slug, &[]), Err(expected), "{template}");
        }
        assert_eq!(url_of("/:year", Some(Value::Integer(7.into())), &[]).as_deref(), Ok("/2024"));
    }

    #[test]
    fn no_slug_is_the_name_and_an_empty_one_is_empty() {
        assert_eq!(url_of("/:title/", None, &[]).as_deref(), Ok("/2024-03-05-The-Name/"));
        assert_eq!(url_of("/:slug", None, &[]).as_deref(), Ok("/2024-03-05-the-name"));
        assert_eq!(url_of("/x/:title.html", Some(text("")), &[]).as_deref(), Ok("/x/.html"));
        assert_eq!(url_of("/x/:title.html", Some(text("🎉")), &[]).as_deref(), Ok("/x/.html"));
    }

    #[test]
    fn values_are_escaped_as_addresses() {
        for (value, expected) in [
            ("a b", Some("a%20b")),
            ("c++", Some("c++")),
            ("c#", Some("c%23")),
            ("what?", Some("what?")),
            ("50%", Some("50%25")),
            ("日本", Some("%E6%97%A5%E6%9C%AC")),
            ("tip: x", Some("tip:%20x")),
            ("日本: x", None),
            ("a/日", Some("a/%E6%97%A5")),
            ("[x]", Some("%5Bx%5D")),
        ] {
            assert_eq!(escape(value).ok().as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn extensions_follow_the_converter() {
        let markdown = ["markdown", "md"].map(str::to_owned);
        for (path, permalink, expected) in [
            ("_posts/a.md", None, ".html"),
            ("_posts/a.MD", None, ".html"),
            ("_posts/a.mkd", None, ".mkd"),
            ("_posts/a.txt", None, ".txt"),
            ("_posts/a.scss", None, ".css"),
            ("_posts/a.md", Some("/feed.xml"), ".xml"),
            ("_posts/a.md", Some("/v1.2/"), ".html"),
            ("_posts/a.md", Some("/v1.2/:title:output_ext"), ".html"),
        ] {
            assert_eq!(output_ext(path, permalink, &markdown), expected, "{path} {permalink:?}");
        }
    }

    #[test]
    fn a_collection_ends_as_the_permalink_does() {
        for (permalink, ending) in [
            ("date", ":output_ext"),
            ("pretty", "/"),
            ("/:title/", "/"),
            ("weekdate", ""),
            ("/:title.html", ""),
        ] {
            assert_eq!(collection_template(permalink), format!("/:collection/:path{ending}"));
        }
    }
}
