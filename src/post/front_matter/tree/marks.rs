//! The small marks of YAML that the tree is cut at: blanks, quotes, comments.

use super::Quote;

/// The number of blanks, in bytes, that a text begins with.
pub(super) fn blank_run(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// The quote that a text begins with.
pub(super) fn quote_of(text: &str) -> Quote {
    match text.as_bytes().first() {
        Some(b'"') => Quote::Double,
        Some(b'\'') => Quote::Single,
        _ => Quote::Plain,
    }
}

/// Where a comment begins in a line of plain text: at a `#` with a blank before it.
pub(super) fn comment_start(line: &str) -> Option<usize> {
    line.match_indices('#').map(|(at, _)| at).find(|at| line[..*at].ends_with([' ', '\t']))
}

/// The byte of the quote that closes the one that `text` begins with. Source: YAML 1.1, 9.1.
pub(super) fn closing_quote(text: &str) -> Option<usize> {
    let quote = *text.as_bytes().first()?;
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}
