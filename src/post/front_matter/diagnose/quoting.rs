//! Quotes around a value that needs them.

use crate::text::{Span, TextEdit};

/// Edits that put a value in quotes so that it loads as exactly its text.
///
/// Insertions alone, so that they go together with other mends inside the value: double quotes where nothing in it
/// would have to be escaped, else single quotes with each `'` doubled.
pub(super) fn quote(text: &str, span: Span) -> Vec<TextEdit> {
    let value = span.of(text);
    let quote = if value.contains(['"', '\\']) { "'" } else { "\"" };
    let mut edits = vec![TextEdit::insert(span.start, quote)];
    if quote == "'" {
        let doubled = value.match_indices('\'').map(|(at, _)| TextEdit::insert(span.start + at, "'"));
        edits.extend(doubled);
    }
    edits.push(TextEdit::insert(span.end, quote));
    edits
}
