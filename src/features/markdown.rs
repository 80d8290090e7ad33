//! Markdown for hovers and documentation: the author's own words must not become markup.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::jekyll::date::civil;

/// A text that shows as it is, on one line: what Markdown or HTML would take for markup there is escaped, and
/// nothing else, since some clients show the source. Control characters become blanks.
///
/// Source: CommonMark 0.31, 2.4 and 2.5; the strikethrough and the bare URLs of GitHub's Markdown.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    escape_to(&mut escaped, text);
    escaped
}

/// [`escape`] to the end of a text that is being written.
pub(crate) fn escape_to(escaped: &mut String, text: &str) {
    let text = text.trim();
    let mut before = None;
    let mut only_digits = true;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '~' | '|' => true,
            '_' => !(in_word(before) && in_word(rest.chars().next())),
            ':' => rest.starts_with("//"),
            '-' | '+' | '=' | '#' => at == 0,
            '.' | ')' => at > 0 && only_digits,
            _ => false,
        };
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            c if c.is_control() => escaped.push(' '),
            c if is_markup => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
        only_digits &= c.is_ascii_digit();
        before = Some(c);
    }
}

/// A text as code, on one line: Neovim shows the backslashes of an escaped `[]`.
pub(crate) fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A backtick at an end would join the fence, and a blank at both ends is taken off.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A link to a file of the site; only the escaped text where the site has no absolute root.
pub(crate) fn file_link(text: &str, root: &Path, path: &str) -> String {
    let shown = if text.trim().is_empty() { path } else { text };
    match Url::from_file_path(root.join(path)) {
        // A bare bracket or parenthesis would end the link.
        Ok(url) => {
            let target = url.as_str().replace('(', "%28").replace(')', "%29");
            format!("[{}]({target})", escape(shown))
        }
        Err(()) => escape(shown),
    }
}

/// An image of the site, to be shown; none where the site has no absolute root.
pub(crate) fn image(root: &Path, path: &str) -> Option<String> {
    let url = Url::from_file_path(root.join(path)).ok()?;
    Some(format!("![]({})", url.as_str().replace('(', "%28").replace(')', "%29")))
}

/// The day of an instant in a zone: `2024-03-05`.
pub(crate) fn day(date: Timestamp, zone: &TimeZone) -> String {
    let mut day = String::with_capacity(10);
    day_to(&mut day, date, zone);
    day
}

/// [`day`] to the end of a text that is being written.
pub(crate) fn day_to(text: &mut String, date: Timestamp, zone: &TimeZone) {
    let date = civil(date, zone).date();
    // Writing to a string cannot fail.
    let _ = write!(text, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
}

/// A number of posts in words: `1 post`, `128 posts`.
pub(crate) fn posts(count: usize) -> String {
    if count == 1 { "1 post".to_owned() } else { count.to_string() + " posts" }
}

/// A text of at most `chars` characters, with an ellipsis where it was cut.
pub(crate) fn shorten(text: &str, chars: usize) -> Cow<'_, str> {
    match text.char_indices().nth(chars) {
        Some((at, _)) => Cow::Owned(format!("{}…", text[..at].trim_end())),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    #[test]
    fn the_authors_words_are_no_markup() {
        assert_eq!(
            escape("<b>*a*</b> [x](y) & `z`\n# h"),
            r"&lt;b&gt;\*a\*&lt;/b&gt; \[x\](y) &amp; \`z\` # h"
        );
        assert_eq!(escape("日本語、😀 a-b_c v1.2: 100 %"), "日本語、😀 a-b_c v1.2: 100 %");
        assert_eq!(escape("2024. x"), r"2024\. x");
        assert_eq!(escape("- https://e.jp"), r"\- https\://e.jp");
    }

    proptest! {
        #[test]
        fn an_escaped_text_shows_as_it_is(text in r"[a1日 *_`\[\]()<>&#+\-=~|!\\:./{}\n;]{0,20}") {
            let escaped = escape(&text);
            let mut shown = String::new();
            for event in Parser::new_ext(&escaped, Options::all() - Options::ENABLE_SMART_PUNCTUATION - Options::ENABLE_MATH) {
                match event {
                    Event::Text(piece) => shown.push_str(&piece),
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                    other => prop_assert!(false, "{:?} in {:?}", other, escaped),
                }
            }
            prop_assert_eq!(shown, text.trim().replace('\n', " "));
        }
    }

    proptest! {
        #[test]
        fn code_shows_as_it_is(text in r"[a日 *_`\[\]<>&|\\]{1,20}") {
            prop_assume!(!text.trim().is_empty());
            let markdown = format!("x {}", code(&text));
            let events: Vec<_> = Parser::new_ext(&markdown, Options::all()).collect();
            let shown = events.iter().find_map(|event| match event {
                Event::Code(code) => Some(code.to_string()),
                _ => None,
            });
            prop_assert_eq!(shown, Some(text));
        }
    }

    #[test]
    fn links_are_file_uris() {
        let link = file_link("題[1]", Path::new("/サイト 1"), "_posts/a (b).md");
        assert_eq!(link, r"[題\[1\]](file:///%E3%82%B5%E3%82%A4%E3%83%88%201/_posts/a%20%28b%29.md)");
        assert_eq!(file_link("", Path::new(""), "a.md"), "a.md");
    }

    #[test]
    fn shortening_counts_characters() {
        assert_eq!(shorten("日本語", 2), "日本…");
        assert_eq!(shorten("日本語", 3), "日本語");
    }
}
