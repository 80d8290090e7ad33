//! A redirect from the URL that a post had, where the site has the plugin for it. Source: jekyll-redirect-from, whose key
//! `redirect_from` is a URL or a list of them, without `baseurl`.

use crate::jekyll::{Clock, Status, reading};
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::tree::{EntryValue, Quote};
use crate::post::front_matter::write::{Context, write};
use crate::post::front_matter::{Load, Value};
use crate::post::{FrontMatter, Post};
use crate::site::Site;
use crate::text::TextEdit;

const KEY: &str = "redirect_from";

/// Whether the site makes redirects: its config names the plugin, or a post has such a key.
pub fn is_used(site: &Site) -> bool {
    site.config().plugins.iter().any(|plugin| plugin == "jekyll-redirect-from") || site.field(KEY).is_some()
}

/// The edit that makes a post a redirect's target from the URL that it had as `before`. None where its URL is still the
/// same, nobody can have known the old one, or the redirect is there.
pub fn from_before(
    site: &Site,
    clock: &Clock,
    (before, from): (&Post, &str),
    (post, path): (&Post, &str),
) -> Option<TextEdit> {
    edit(post, &url_before(site, clock, (before, from), (post, path))?)
}

/// The URL, not escaped, that a post had as `before` and has no more. None where nobody can have known it: it was not
/// published, as a draft is not.
pub fn url_before(
    site: &Site,
    clock: &Clock,
    (before, from): (&Post, &str),
    (post, path): (&Post, &str),
) -> Option<String> {
    let old = reading::read(before, from, site.config(), clock);
    let new = reading::read(post, path, site.config(), clock);
    let url = old.url.filter(|_| old.status == Status::Published)?;
    let moved = new.url.is_some_and(|new| new != url);
    moved.then(|| percent_encoding::percent_decode_str(&url).decode_utf8_lossy().into_owned())
}

/// The edit that adds a URL to a post's redirects. None where it is there, or the block is not one to add to.
pub fn edit(post: &Post, url: &str) -> Option<TextEdit> {
    let text = &*post.text;
    let FrontMatter { fence, load, .. } = &post.front_matter;
    if *load != Load::Mapping || has(post, url) {
        return None;
    }
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let Some(entry) = post.tree().find(text, KEY) else {
        let line = format!("{KEY}: {}{line_break}", write(url, Context::Block, Quote::Plain));
        return Some(TextEdit::insert(fence.content.end, line));
    };
    match &entry.value {
        EntryValue::Scalar(one) => {
            let list = format!("[{}, {}]", one.span.of(text), write(url, Context::Flow, Quote::Plain));
            let plain = one.closed && !one.span.of(text).contains(['\n', ',', '[', ']', '{', '}']);
            plain.then(|| TextEdit::replace(one.span, list))
        }
        EntryValue::Flow(list) => {
            let comma = if list.items.iter().all(|item| item.span().is_empty()) { "" } else { ", " };
            Some(TextEdit::insert(list.close?, format!("{comma}{}", write(url, Context::Flow, Quote::Plain))))
        }
        EntryValue::Block(list) => {
            let last = list.items.last()?;
            let start = text[..last.dash].rfind('\n').map_or(0, |at| at + 1);
            let item = write(url, Context::Block, Quote::Plain);
            // Behind the comment of the last item.
            let end = list.span.end + text[list.span.end..].find(['\n', '\r']).unwrap_or_default();
            Some(TextEdit::insert(end, format!("{line_break}{}- {item}", &text[start..last.dash])))
        }
        EntryValue::Empty => {
            Some(TextEdit::insert(entry.colon? + 1, format!(" {}", write(url, Context::Block, Quote::Plain))))
        }
        EntryValue::Other(_) => None,
    }
}

fn has(post: &Post, url: &str) -> bool {
    let decoded = |value: &str| percent_encoding::percent_decode_str(value).decode_utf8_lossy() == url;
    let Some(node) = post.front_matter.get(KEY) else { return false };
    match &node.value {
        _ if node.style == Style::Alias => true,
        Value::List(items) => items.iter().any(|item| item.value.as_str().is_some_and(decoded)),
        value => value.as_str().is_some_and(decoded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit::apply;

    #[test]
    fn a_url_more() {
        for (before, after) in [
            ("title: a\n", "title: a\nredirect_from: /京都/\n"),
            ("redirect_from: /a/ # x\nb: 1\n", "redirect_from: [/a/, /京都/] # x\nb: 1\n"),
            ("redirect_from: [/a/]\n", "redirect_from: [/a/, /京都/]\n"),
            ("redirect_from: []\n", "redirect_from: [/京都/]\n"),
            (
                "redirect_from:\n  - /a/\n  - /b/ # c\nx: 1\n",
                "redirect_from:\n  - /a/\n  - /b/ # c\n  - /京都/\nx: 1\n",
            ),
            ("redirect_from:\n", "redirect_from: /京都/\n"),
            ("redirect_from: [/a/, /京都/]\n", "redirect_from: [/a/, /京都/]\n"),
            ("redirect_from: {a: b}\n", "redirect_from: {a: b}\n"),
        ] {
            let text = format!("---\n{before}---\nText\n");
            let edits: Vec<TextEdit> = edit(&Post::parse(&*text), "/京都/").into_iter().collect();
            assert_eq!(apply(&text, &edits), format!("---\n{after}---\nText\n"));
        }
    }
}
