//! What all messages have in common: the author's characters, and what Jekyll does to the file.

use super::Input;
use crate::post::front_matter::{Load, Value};
use crate::site::FileKind;

/// The longest piece of the author's text that a message quotes, in characters.
const QUOTED_CHARS: usize = 30;

/// The longest path or address that a message quotes, in characters.
const PATH_CHARS: usize = 60;

/// The keys whose loss an author notices first.
const MISSED: &[&str] =
    &["title", "date", "tags", "categories", "tag", "category", "layout", "permalink", "published"];

/// A piece of the author's text for a message: its first line, shortened, in backticks; control characters and
/// white space that cannot be seen by their code point.
pub(super) fn quoted(piece: &str) -> String {
    let line = piece.trim_matches(['\n', '\r']).lines().next().unwrap_or_default();
    let mut shown: String = line.chars().take(QUOTED_CHARS).map(visible).collect();
    if line.chars().nth(QUOTED_CHARS).is_some() {
        shown.push('…');
    }
    in_quotes(&shown)
}

/// A path or an address for a message: of a long one the end, which tells most.
pub(super) fn quoted_path(path: &str) -> String {
    let surplus = path.chars().count().saturating_sub(PATH_CHARS);
    let mut shown: String = path.chars().skip(surplus).map(visible).collect();
    if surplus > 0 {
        let from = shown.find('/').filter(|at| *at < PATH_CHARS / 3).unwrap_or_default();
        shown.replace_range(..from, "…");
    }
    in_quotes(&shown)
}

fn in_quotes(shown: &str) -> String {
    if shown.contains('`') { format!("“{shown}”") } else { format!("`{shown}`") }
}

fn visible(c: char) -> String {
    let no_width = matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}');
    let hidden = c.is_control() || no_width || matches!(c, '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{3000}');
    if hidden { format!("U+{:04X}", u32::from(c)) } else { c.to_string() }
}

/// What Jekyll calls the file.
pub(super) fn noun(kind: &FileKind) -> &'static str {
    match kind {
        FileKind::Post | FileKind::BadPostName | FileKind::Draft => "post",
        FileKind::Collection(_) => "document",
        FileKind::Layout => "layout",
        _ => "page",
    }
}

/// What becomes of a file whose block does not load. Source: Jekyll `document.rb` handle_read_error,
/// `convertible.rb` read_yaml: the error is logged, the build goes on.
pub(super) fn loses_front_matter(input: &Input<'_>) -> String {
    if *input.kind == FileKind::Config {
        // What is no mapping is an ArgumentError, which Jekyll catches. Source: `configuration.rb` read_config_files.
        return match input.post.front_matter.load {
            Load::NotMapping => "Jekyll leaves all of it out and builds the site with its own defaults.",
            _ => "Jekyll does not build the site.",
        }
        .to_owned();
    }
    let verb = if *input.kind == FileKind::Layout { "uses" } else { "publishes" };
    format!("Jekyll {verb} this {} without {}.", noun(input.kind), lost(input))
}

/// `its title, date and tags`: of what the block has, what is missed first.
pub(super) fn lost(input: &Input<'_>) -> String {
    let text = &*input.post.text;
    let entries = &input.post.tree().entries;
    let has = |key: &&&str| entries.iter().any(|entry| entry.key_text(text) == **key);
    let keys: Vec<&str> = MISSED.iter().filter(has).take(3).copied().collect();
    match keys.as_slice() {
        [] => "its front matter".to_owned(),
        [key] => format!("its {key}"),
        [first @ .., last] => format!("its {} and {last}", first.join(", ")),
    }
}

/// A typed value for a message: `the number 8`.
pub(super) fn kind_of(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(value) => format!("the boolean {value}"),
        Value::Integer(_) | Value::Float(_) => format!("the number {}", value.display()),
        Value::Date(_) => format!("the date {}", value.display()),
        Value::Time(_) => format!("the time {}", value.display()),
        Value::String(text) => format!("the text {}", quoted(text)),
        Value::List(_) => "a list".to_owned(),
        Value::Mapping(_) => "a mapping".to_owned(),
    }
}

/// `a`, `b` and `c`: at most four are named.
pub(super) fn listed<'t>(pieces: impl IntoIterator<Item = &'t str>) -> String {
    let mut shown: Vec<String> = pieces.into_iter().map(quoted).collect();
    if shown.len() > 4 {
        let more = format!("{} more", shown.len() - 3);
        shown.truncate(3);
        shown.push(more);
    }
    match shown.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_are_short_and_show_what_cannot_be_seen() {
        assert_eq!(quoted("題名"), "`題名`");
        assert_eq!(quoted("a\u{3000}b\u{7}"), "`aU+3000bU+0007`");
        assert_eq!(quoted("一\r\n二"), "`一`");
        assert_eq!(quoted(&"あ".repeat(31)), format!("`{}…`", "あ".repeat(30)));
        assert_eq!(quoted("`x"), "“`x”");
    }
}
