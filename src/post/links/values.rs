//! Values that are addresses or paths: of a data file, and of a `_config.yml`. What they name is not looked at here.
//!
//! A value counts as a whole: `/about/#access`, `about.md`. In `_config.yml` the keys that are Jekyll's own settings hold no
//! links, though `exclude: [about.md]` has the name of a page; nor do the scopes of its defaults.

use std::borrow::Cow;

use super::{Link, LinkKind, is_media, of_layout};
use crate::limits::{MAX_DATA_LINKS, MAX_DATA_VALUES};
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::{Mapping, Node, Value, yaml};
use crate::text::Span;

/// The keys at the top of a `_config.yml` whose values are settings of Jekyll or of a usual plugin, and no links: those of
/// URLs, of folders and of files that are read or left out, and those that may hold a pattern. Source: Jekyll
/// `configuration.rb`.
const SETTINGS: &[&str] = &[
    "algolia",
    "autopages",
    "baseurl",
    "cache_dir",
    "collections",
    "collections_dir",
    "data_dir",
    "defaults",
    "destination",
    "exclude",
    "feed",
    "host",
    "include",
    "includes_dir",
    "jekyll-archives",
    "keep_files",
    "kramdown",
    "layouts_dir",
    "liquid",
    "markdown_ext",
    "paginate_path",
    "pagination",
    "permalink",
    "plugins",
    "plugins_dir",
    "prose",
    "remote_theme",
    "safe",
    "sass",
    "scholar",
    "source",
    "theme",
    "url",
    "webrick",
    "whitelist",
];

/// The longest value that is looked at, in bytes.
const LONGEST: usize = 2_000;

fn root(text: &str) -> Option<Node> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    yaml::load(text, Span::new(start, text.len())).ok()?.root
}

/// The values of a data file that can be addresses or paths, in order; keys too.
pub fn of_data(text: &str) -> Vec<Link> {
    let Some(root) = root(text) else { return Vec::new() };
    // What leads readers on from where something was.
    in_order(each(text, vec![&root], |key| key == "redirect_from"))
}

/// The layouts that the defaults of a `_config.yml` name, the paths of images in them, and the values elsewhere that can be
/// addresses or paths, in order. Source: Jekyll `frontmatter_defaults.rb`.
pub fn of_config(text: &str) -> Vec<Link> {
    let root = root(text);
    let Some(config) = root.as_ref().and_then(|root| root.value.as_mapping()) else { return Vec::new() };
    let is_filter = |key: &str| {
        let key = key.to_ascii_lowercase();
        let filters =
            ["exclude", "include", "ignore", "permalink", "keep_files", "pattern", "glob", "redirect_from"];
        filters.iter().any(|filter| key.contains(filter))
    };
    let is_setting = |key: &str| SETTINGS.contains(&key) || is_filter(key);
    let own = config.iter().filter(|pair| !pair.key.value.as_str().is_some_and(is_setting));
    let mut found = each(text, own.map(|pair| &pair.value).collect(), is_filter);
    let sets = config.get("defaults").and_then(|defaults| defaults.value.as_list()).unwrap_or_default();
    for values in sets.iter().filter_map(|set| set.value.as_mapping()?.get("values")) {
        found.extend(values.value.as_mapping().and_then(|values| of_layout(text, values)));
        let values = each(text, vec![values], is_filter);
        found.extend(values.into_iter().filter(|link| is_media(link.target.of(text))));
    }
    in_order(found)
}

fn in_order(mut links: Vec<Link>) -> Vec<Link> {
    links.sort_by_key(|link| link.span);
    links
}

/// The keys and values in these nodes, but for what stands below a key that `skips` takes.
fn each(text: &str, mut left: Vec<&Node>, skips: impl Fn(&str) -> bool) -> Vec<Link> {
    let mut found = Vec::new();
    left.reverse();
    for _ in 0..MAX_DATA_VALUES {
        let Some(node) = left.pop().filter(|_| found.len() < MAX_DATA_LINKS) else { break };
        match &node.value {
            _ if is_alias(text, node) => {}
            Value::List(items) => left.extend(items.iter().rev()),
            Value::Mapping(mapping) => {
                let pairs = mapping.iter().filter(|pair| !pair.key.value.as_str().is_some_and(&skips));
                let pairs: Vec<_> = pairs.collect();
                left.extend(pairs.into_iter().rev().flat_map(|pair| [&pair.value, &pair.key]));
            }
            Value::String(value) => found.extend(of_scalar(text, node, value)),
            _ => {}
        }
    }
    found
}

/// Whether a value stands elsewhere, and here only `*name`.
fn is_alias(text: &str, node: &Node) -> bool {
    node.style == Style::Alias || node.span.of(text).starts_with('*')
}

/// A scalar as a link, where it has the form of an address or of a path and its characters are known.
fn of_scalar(text: &str, node: &Node, value: &str) -> Option<Link> {
    let is_rooted = value.starts_with('/') && !value.starts_with("//");
    let is_web = value.starts_with("http://") || value.starts_with("https://");
    // A word such as `about` is no file's name.
    let is_file =
        || !value.starts_with('/') && value.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let odd = value.len() > LONGEST || value.contains(char::is_control) || value.contains("{{");
    if odd || !(is_rooted || is_web || is_file()) {
        return None;
    }
    let inset = match node.style {
        Style::Plain => 0,
        Style::SingleQuoted | Style::DoubleQuoted => 1,
        _ => return None,
    };
    let span = Span::new(node.span.start + inset, node.span.end.checked_sub(inset)?);
    let raw = text.get(span.start..span.end)?;
    let is_whole = match node.style {
        Style::DoubleQuoted => decoded(raw) == value,
        _ => raw == value && !raw.contains('\\'),
    };
    let end = if is_rooted || is_web { raw.find(['?', '#']).unwrap_or(raw.len()) } else { raw.len() };
    let target = Span::new(span.start, span.start + end);
    let fragment = raw[end..].find('#').map(|at| Span::new(target.end + at + 1, span.end));
    is_whole.then_some(Link { kind: LinkKind::Value, span, target, fragment, from_root: false })
}

/// What the characters between double quotes stand for. Escapes that no address needs stay as they are. Source: YAML 1.1,
/// 5.6.
pub fn decoded(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return raw.into();
    }
    let mut plain = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let digits = match escape.as_bytes().first() {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let code = escape.get(1..=digits).filter(|_| digits > 0);
        let named = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        let (c, length) = match named {
            Some(c) => (c, 1 + digits),
            None => match escape.chars().next() {
                Some(c @ ('/' | '"' | '\\' | ' ')) => (c, 1),
                _ => ('\\', 0),
            },
        };
        plain.push(c);
        rest = &escape[length..];
    }
    plain.push_str(rest);
    plain.into()
}

/// Whether what stands at a byte offset is in brackets.
pub fn is_in_flow(text: &str, at: usize) -> bool {
    let root = root(text);
    let mut node = root.as_ref();
    while let Some(inside) = node {
        if inside.style == Style::Flow {
            return true;
        }
        let holds = |node: &&Node| !is_alias(text, node) && node.span.contains(at);
        node = match &inside.value {
            Value::List(items) => items.iter().find(holds),
            Value::Mapping(mapping) => parts(mapping).find(holds),
            _ => None,
        };
    }
    false
}

fn parts(mapping: &Mapping) -> impl Iterator<Item = &Node> {
    mapping.iter().flat_map(|pair| [&pair.key, &pair.value])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, links: Vec<Link>) -> Vec<String> {
        let fragment =
            |link: &Link| link.fragment.map(|it| format!(" # {}", it.of(text))).unwrap_or_default();
        links.iter().map(|link| format!("{}{}", link.target.of(text), fragment(link))).collect()
    }

    #[test]
    fn values_that_can_be_addresses() {
        let text = "- {title: 会社, url: /about/#道順}\n- url: '/a/?q=1#x' # /no/\n  \"/key/\": [\"/b c/\", about, //cdn/x.js, a.md]\n\
            - &one https://e.jp/a\n- *one\n- |\n  /block/\n- /two\n  lines/\n- 'it''s.md'\n- '{{ site.baseurl }}/c/'\n- 7\n- /d\\e/\n\
            - redirect_from: /old/\n";
        assert_eq!(
            shown(text, of_data(text)),
            ["/about/ # 道順", "/a/ # x", "/key/", "/b c/", "a.md", "https://e.jp/a"]
        );
        let json =
            "\u{feff}{\"a\": \"\\/\\u4eac\\u90fd\\/\", \"b\": \"/x\\ty/\", \"c\": \"/\\u4eac.html?q\"}";
        let found = shown(json, of_data(json));
        assert_eq!(found, ["\\/\\u4eac\\u90fd\\/", "/\\u4eac.html"]);
        assert_eq!(decoded(&found[0]), "/京都/");
        assert_eq!(of_data("a: [\n"), []);
    }

    #[test]
    fn settings_hold_no_links() {
        let text = "url: https://e.jp/a.md\nbaseurl: /about.md\nexclude: [about.md]\npermalink: /about.html\nlogo: /logo.png\n\
            nav: [{title: x, url: /about/, exclude: [a.md], permalink: /b/}]\nheader_pages:\n  - about.md\n\
            defaults:\n  - scope: {path: about.md}\n    values: {layout: post, image: /a.png, permalink: /c.png, link: /d/}\n";
        assert_eq!(shown(text, of_config(text)), ["/logo.png", "/about/", "about.md", "post", "/a.png"]);
    }

    #[test]
    fn an_alias_costs_one_place() {
        let mut text = "a0: &a0 [/a/, /b/]\n".to_owned();
        for at in 1..15 {
            text.push_str(&format!("a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1));
        }
        assert_eq!(of_data(&text).len(), 2);
    }

    #[test]
    fn the_first_of_too_many_count() {
        let text = "- [/a/, {k: /b/}]\n".repeat(MAX_DATA_LINKS);
        let found = of_data(&text);
        let last = found.last().map(|link| link.span.end);
        assert_eq!((found.len(), last.is_some_and(|end| end < text.len() / 2 + 20)), (MAX_DATA_LINKS, true));
    }

    #[test]
    fn brackets_around_a_place() {
        let text = "a: [{b: /x/}]\nc:\n  - /y/\n";
        assert!(is_in_flow(text, text.find("/x").unwrap()) && !is_in_flow(text, text.find("/y").unwrap()));
    }
}
