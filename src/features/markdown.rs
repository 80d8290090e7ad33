//! Markdown for hovers and documentation: the author's own words must not become markup.

use std::fmt::Write as _;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

/// A text that shows as it is: every character that Markdown or HTML could take for markup is escaped, and line
/// ends become blanks. Source: CommonMark 0.31, 2.4: any ASCII punctuation may be escaped.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '!' | '|'
            | '~' | ':' | '.' => {
                escaped.extend(['\\', c]);
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
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

/// The day of an instant in a zone: `2024-03-05`.
pub(crate) fn day(date: Timestamp, zone: &TimeZone) -> String {
    let date = zone.to_datetime(date).date();
    let mut day = String::with_capacity(10);
    // Writing to a string cannot fail.
    let _ = write!(day, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
    day
}

/// A number of posts in words: `1 post`, `128 posts`.
pub(crate) fn posts(count: usize) -> String {
    if count == 1 { "1 post".to_owned() } else { format!("{count} posts") }
}

/// A text of at most `chars` characters, with an ellipsis where it was cut.
pub(crate) fn shorten(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authors_words_are_no_markup() {
        assert_eq!(
            escape("<b>*a*</b> [x](y) & `z`\n# h"),
            "&lt;b&gt;\\*a\\*&lt;/b&gt; \\[x\\]\\(y\\) &amp; \\`z\\` \\# h"
        );
        assert_eq!(escape("日本語、😀"), "日本語、😀");
        let escaped = escape("1. _a_ <i> ![x](y) https://e.jp");
        let mut events = pulldown_cmark::Parser::new(&escaped);
        assert!(events.all(|event| !matches!(event, pulldown_cmark::Event::InlineHtml(_))));
    }

    #[test]
    fn links_are_file_uris() {
        let link = file_link("題[1]", Path::new("/サイト 1"), "_posts/a (b).md");
        assert_eq!(link, "[題\\[1\\]](file:///%E3%82%B5%E3%82%A4%E3%83%88%201/_posts/a%20%28b%29.md)");
        assert_eq!(file_link("", Path::new(""), "a.md"), "a\\.md");
    }

    #[test]
    fn shortening_counts_characters() {
        assert_eq!(shorten("日本語", 2), "日本…");
        assert_eq!(shorten("日本語", 3), "日本語");
    }
}
