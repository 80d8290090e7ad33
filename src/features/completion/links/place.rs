//! Where the cursor is in a body: in the argument of a Liquid tag, in an address, in a fragment.
//!
//! It reads the cursor's line alone, so it works in a text that is half typed.

use crate::post::Post;
use crate::text::Span;

/// What can be typed at a place, and what goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// What is wanted there.
    pub(super) wanted: Wanted,
    /// What goes when an item is accepted: all of the argument or the address, its fragment apart.
    pub(super) edit: Span,
    /// What of it stands before the cursor.
    pub(super) typed: Span,
    /// What comes after an item.
    pub(super) after: &'static str,
}

/// What is wanted at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The name of a post, for `post_url`.
    PostUrl,
    /// The path of a file, for `link`.
    LinkTag,
    /// The name of a file of `_includes`.
    Include,
    /// The address of a post or a page, or with `image` that of an image; `from_root` where Liquid puts `baseurl`
    /// before it.
    Address {
        /// Of an image.
        image: bool,
        /// Counted from the site's root.
        from_root: bool,
    },
    /// An anchor of this post.
    Anchor,
}

/// What can be typed at a byte offset of the body.
pub(super) fn place(post: &Post, offset: usize) -> Option<Place> {
    let text = &*post.text;
    if offset < post.front_matter.fence.body_start || !text.is_char_boundary(offset) {
        return None;
    }
    let start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[offset..].find(['\n', '\r']).map_or(text.len(), |at| offset + at);
    let line = Line { text, start, offset, end };
    line.tag().or_else(|| line.address().filter(|_| !is_code(post, offset)))
}

fn is_code(post: &Post, offset: usize) -> bool {
    post.body().code_blocks.iter().any(|block| block.contains(offset))
}

struct Line<'p> {
    text: &'p str,
    start: usize,
    offset: usize,
    end: usize,
}

impl Line<'_> {
    fn before(&self) -> &str {
        &self.text[self.start..self.offset]
    }

    fn rest(&self) -> &str {
        &self.text[self.offset..self.end]
    }

    /// In `{% name argument`, behind the name and a blank.
    fn tag(&self) -> Option<Place> {
        let before = self.before();
        let open = before.rfind("{%")?;
        let inner = &before[open + 2..];
        if inner.contains("%}") {
            return None;
        }
        let bare = inner.strip_prefix('-').unwrap_or(inner).trim_start();
        let (name, argument) = bare.split_at(bare.find([' ', '\t'])?);
        let wanted = match name {
            "post_url" => Wanted::PostUrl,
            "link" => Wanted::LinkTag,
            "include" | "include_cached" => Wanted::Include,
            _ => return None,
        };
        let typed = argument.trim_start();
        // A parameter of an include is not ours.
        if wanted == Wanted::Include && typed.contains([' ', '\t']) {
            return None;
        }
        let rest = self.rest();
        let closed = rest.find("%}").filter(|at| !rest[..*at].contains("{%"));
        let word = rest.find([' ', '\t']).unwrap_or(rest.len());
        let tail = match closed {
            // A file's name may have blanks in it; an include's ends at one.
            Some(close) if wanted != Wanted::Include => {
                rest[..close].trim_end_matches([' ', '\t', '-']).len()
            }
            Some(close) => rest[..close.min(word)].len(),
            // The brace that the editor has set with the opening one goes into the end of the tag.
            None => usize::from(rest.starts_with('}')),
        };
        let typed = Span::new(self.offset - typed.len(), self.offset);
        let after = match closed {
            None => " %}",
            Some(close) if close == tail => " ",
            Some(_) => "",
        };
        Some(Place { wanted, edit: Span::new(typed.start, self.offset + tail), typed, after })
    }

    /// In the address of a link of Markdown, of a definition, of an `href` or a `src`.
    fn address(&self) -> Option<Place> {
        let before = self.before();
        let (start, image, close) = self.open_address(before)?;
        let mut address = Span::new(self.start + start, self.offset);
        let mut from_root = false;
        while let Some(close) = address.of(self.text).strip_prefix("{{").and_then(|inner| inner.find("}}")) {
            let output = &address.of(self.text)[2..2 + close];
            if !matches!(output.trim(), "site.baseurl" | "site.url") {
                return None;
            }
            (address.start, from_root) = (address.start + close + 4, true);
        }
        let typed = address.of(self.text);
        if typed.contains(['{', '}']) || crate::post::links::is_external(typed) {
            return None;
        }
        let rest = self.rest();
        let stop =
            rest.find(|c: char| close.contains(c) || (c.is_whitespace() && close != "\"" && close != "'"));
        let tail = stop.filter(|at| {
            close.contains(&rest[*at..*at + rest[*at..].chars().next().map_or(0, char::len_utf8)])
        });
        let tail = tail.unwrap_or(0);
        if let Some(hash) = typed.find('#') {
            let own = hash == 0 && !from_root;
            let typed = Span::new(address.start + hash + 1, self.offset);
            let edit = Span::new(typed.start, self.offset + tail);
            return own.then_some(Place { wanted: Wanted::Anchor, edit, typed, after: "" });
        }
        let path_end = rest[..tail].find('#').unwrap_or(tail);
        let wanted = Wanted::Address { image, from_root };
        Some(Place {
            wanted,
            edit: Span::new(address.start, self.offset + path_end),
            typed: address,
            after: "",
        })
    }

    /// Where an address begins that is open at the cursor, whether it is an image's, and the characters that close it.
    fn open_address(&self, before: &str) -> Option<(usize, bool, &'static str)> {
        if let Some(open) = before.rfind("](") {
            let typed = &before[open + 2..];
            if !typed.contains([')', ' ', '\t', '"']) || typed.starts_with("{{") && !typed.contains(')') {
                let text = before[..open].rfind('[').filter(|at| before[..*at].ends_with('!'));
                return Some((open + 2, text.is_some(), ")"));
            }
        }
        for (attribute, image) in [("href=", false), ("src=", true)] {
            let Some(open) = before.rfind(attribute) else { continue };
            let value = &before[open + attribute.len()..];
            let (quote, close) = if value.starts_with('"') { ('"', "\"") } else { ('\'', "'") };
            if value.strip_prefix(quote).is_some_and(|typed| !typed.contains([quote, '>'])) {
                return Some((open + attribute.len() + 1, image, close));
            }
        }
        let defined = before.starts_with('[').then(|| before.find("]: ")).flatten()?;
        let typed = &before[defined + 3..];
        (!typed.contains([' ', '\t'])).then_some((defined + 3, false, " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(Wanted, &str, &str)>) {
        let offset = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let found = place(&Post::parse(&*text), offset);
        let found = found
            .map(|place| (place.wanted, place.edit.of(&text).to_owned(), place.typed.of(&text).to_owned()));
        let expected = expected.map(|(wanted, edit, typed)| (wanted, edit.to_owned(), typed.to_owned()));
        assert_eq!(found, expected, "{text} at {offset}");
    }

    #[test]
    fn arguments_of_tags() {
        check("{% post_url |", Some((Wanted::PostUrl, "", "")));
        check("🎉[題]({% post_url 京|都 a %}#x) {% b %}", Some((Wanted::PostUrl, "京都 a", "京")));
        check("[題]({% post_url 京|})", Some((Wanted::PostUrl, "京}", "京")));
        check("{%- link a b| -%}", Some((Wanted::LinkTag, "a b", "a b")));
        check("{% include no| x=1 %}", Some((Wanted::Include, "no", "no")));
        check("{% include note.html | %}", None);
        check("{% post_url| %}", None);
        check("{% post_url a %} |", None);
        check("{% if x| %}", None);
    }

    #[test]
    fn addresses_and_fragments() {
        let url = |from_root| Wanted::Address { image: false, from_root };
        let image = Wanted::Address { image: true, from_root: false };
        check("[a](|", Some((url(false), "", "")));
        check(
            "[a](/京|都/#x \"t\")",
            Some((url(false), "", "")).filter(|_| false).or(Some((url(false), "/京", "/京"))),
        );
        check("[a](/京|都/#x)", Some((url(false), "/京都/", "/京")));
        check("![🎉](/as|)", Some((image, "/as", "/as")));
        check("[a]({{ site.baseurl }}/x|)", Some((url(true), "/x", "/x")));
        check("[a](#見|出)", Some((Wanted::Anchor, "見出", "見")));
        check("<img src=\"/a b|c\">", Some((image, "/a bc", "/a b")));
        check("[r]: /a|", Some((url(false), "/a", "/a")));
        check("[a](https://e.jp/|)", None);
        check("[a](x) |", None);
        check("---\ntitle: '[a](|'\n---\n", None);
        check("```\n[a](|)\n```\n", None);
    }
}
