//! A new address in the form of the old one: relative or from the root, with or without `baseurl`, `.html`, a slash at
//! the end, percent escapes.

use percent_encoding::percent_decode_str;

use crate::jekyll::page::copied_url;
use crate::jekyll::url::escape_path;
use crate::post::links::is_external;
use crate::post::{Link, LinkKind};
use crate::site::paths::exact_name;
use crate::site::{Site, Target};

/// How a link may be written to lead to the file at `to` from the file at `from`, the form of `written` first. `site` is
/// the site in which both lie.
pub(super) fn spellings(site: &Site, link: &Link, written: &str, from: &str, to: &str) -> Vec<String> {
    let config = site.config();
    let mut all = vec![written.to_owned()];
    match link.kind {
        LinkKind::PostUrl => {
            let slash = if written.starts_with('/') { "/" } else { "" };
            all.extend(exact_name(to, &config.collections_dir).map(|name| format!("{slash}{name}")));
        }
        LinkKind::LinkTag => {
            let slash = if written.starts_with('/') { "/" } else { "" };
            all.extend([format!("{slash}{to}"), to.to_owned()]);
            let dir = format!("{}/", config.collections_dir.trim_matches('/'));
            all.extend(to.strip_prefix(&*dir).map(str::to_owned));
        }
        LinkKind::Include => all.extend(below(&config.includes_dir, to).map(str::to_owned)),
        LinkKind::Layout => {
            all.extend(below(&config.layouts_dir, to).map(|name| stem(name).to_owned()));
        }
        LinkKind::IncludeRelative => {
            all.extend(relative(folder(from), to).filter(|path| !path.starts_with("../")))
        }
        LinkKind::Value if !written.starts_with('/') && !is_external(written) => all.push(to.to_owned()),
        LinkKind::Url | LinkKind::Embed | LinkKind::Field | LinkKind::Value => {
            addresses(site, link, written, from, to, &mut all)
        }
    }
    all
}

/// Whether an address from the root is the very URL of the file at `path`, and not one that a server takes for it.
pub(super) fn is_its_url(site: &Site, link: &Link, written: &str, path: &str) -> bool {
    let config = site.config();
    let below = |address: &str, before: &str| -> Option<String> {
        let rest = address.strip_prefix(before.trim_end_matches('/'))?;
        rest.starts_with('/').then(|| rest.to_owned())
    };
    let own = config.url.as_deref().unwrap_or_default();
    let slash = if link.from_root && !written.starts_with('/') { "/" } else { "" };
    let rest = below(written, own).unwrap_or_else(|| format!("{slash}{written}"));
    let address = percent_decode_str(&rest).decode_utf8_lossy();
    let bases = [Some(&*config.baseurl).filter(|_| !link.from_root), Some("")];
    let is_address = matches!(link.kind, LinkKind::Url | LinkKind::Embed | LinkKind::Field | LinkKind::Value);
    let Some(url) = url_of(site, path).filter(|_| is_address) else { return false };
    bases.into_iter().flatten().any(|base| below(&address, base).as_ref() == Some(&url))
}

fn addresses(site: &Site, link: &Link, written: &str, from: &str, to: &str, all: &mut Vec<String>) {
    let config = site.config();
    let own = config.url.as_deref().unwrap_or_default().trim_end_matches('/');
    let (host, rest) = match written.strip_prefix(own).filter(|rest| !own.is_empty() && rest.starts_with('/'))
    {
        Some(rest) => (own, rest),
        None => ("", written),
    };
    let is_escaped = written.contains('%');
    let spell =
        |address: &str| if is_escaped { escape_path(address).into_owned() } else { readable(address) };
    let rooted = rest.starts_with('/') || link.from_root;
    let dotted = if rest.starts_with("./") { "./" } else { "" };
    let base = config.baseurl.trim_end_matches('/');
    let has_base = !link.from_root
        && rest.strip_prefix(base).is_some_and(|rest| !base.is_empty() && rest.starts_with('/'));
    let slash = if link.from_root && !rest.starts_with('/') { "" } else { "/" };
    let by_path =
        relative(folder(from), to).filter(|_| !rooted).map(|path| format!("{dotted}{}", spell(&path)));
    // `../b/` is a URL below that of the page, and not the file that is written there.
    let names_file =
        extension(rest).is_some_and(|end| extension(to).is_some_and(|to| to.eq_ignore_ascii_case(end)));
    let (first, last) = if names_file { (by_path, None) } else { (None, by_path) };
    all.extend(first);
    let url = url_of(site, to);
    let variants: Vec<String> = url.iter().flat_map(|url| variants(rest, url)).collect();
    for url in &variants {
        let bases: [&str; 3] = if has_base { [base, "", base] } else { ["", "", base] };
        if !rooted && let Some(relative) = url_of(site, from).and_then(|own| relative(folder(&own), url)) {
            all.push(format!("{dotted}{}", spell(&relative)));
        }
        for base in bases {
            all.push(format!("{host}{base}{slash}{}", spell(url.trim_start_matches('/'))));
        }
    }
    all.extend(last);
    all.push(format!("{slash}{}", spell(to)));
}

/// The URL in the form of the old address: with or without `.html` and the slash at its end, then as it is.
fn variants(written: &str, url: &str) -> Vec<String> {
    let bare = url.trim_end_matches('/');
    let stem = bare.strip_suffix(".html").unwrap_or(bare);
    let mut all = Vec::new();
    if written.ends_with("/index.html") && url.ends_with('/') {
        all.push(format!("{url}index.html"));
    } else if written.ends_with('/') {
        all.push(format!("{stem}/"));
    } else if !written.ends_with(".html") {
        all.push(stem.to_owned());
    } else if !url.ends_with('/') {
        all.push(format!("{stem}.html"));
    }
    all.push(url.to_owned());
    all
}

/// The path of a file below a folder.
fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// The extension of the file that a path ends in.
fn extension(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.rsplit_once('.').map(|(_, extension)| extension)
}

/// A path without the extension.
fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// The URL of a file, not escaped.
fn url_of(site: &Site, path: &str) -> Option<String> {
    let url = match site.at_path(path)? {
        Target::Post(post) => post.url.as_deref()?.to_owned(),
        Target::File(path) => match site.file(path)?.1 {
            Some(page) => page.url.as_deref()?.to_owned(),
            None => return Some(copied_url(path, site.config())),
        },
        Target::Here | Target::Include { .. } => return None,
    };
    Some(percent_decode_str(&url).decode_utf8_lossy().into_owned())
}

/// The path that leads from a folder to a file.
fn relative(folder: &str, to: &str) -> Option<String> {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.trim_start_matches('/').split('/').collect();
    let (name, dirs) = to.split_last()?;
    let same = from.iter().zip(dirs).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - same);
    let down = dirs.get(same..)?.iter().copied();
    Some(up.chain(down).chain([*name]).collect::<Vec<_>>().join("/"))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// An address as it can stand in Markdown, HTML and YAML: only what would end it is escaped.
pub(in crate::features) fn readable(address: &str) -> String {
    let mut shown = String::with_capacity(address.len());
    for c in address.chars() {
        let ends = c.is_whitespace() || c.is_control() || "%()<>\"'#?\\{}".contains(c);
        if ends {
            shown.push_str(
                &percent_encoding::utf8_percent_encode(
                    c.encode_utf8(&mut [0; 4]),
                    percent_encoding::NON_ALPHANUMERIC,
                )
                .to_string(),
            );
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_between_folders() {
        for (folder, to, expected) in [
            ("_posts", "_posts/a.md", "a.md"),
            ("_posts/旅", "_posts/a.md", "../a.md"),
            ("", "b/c.md", "b/c.md"),
            ("a/b", "c.md", "../../c.md"),
        ] {
            assert_eq!(relative(folder, to).as_deref(), Some(expected), "{folder} {to}");
        }
    }
}
