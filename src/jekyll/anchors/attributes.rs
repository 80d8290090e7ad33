//! Ids that the author sets, wherever they stand: `{: #id}`, `{:name: #id}`, `id="…"`, `<a name="…">`, footnotes.

use memchr::memchr_iter;
use memchr::memmem::{find, find_iter};

use super::signs::is_blank;
use super::{Anchors, Named};
use crate::post::links::html::{Attribute, attributes};
use crate::text::Span;

/// Finds the ids in the body that begins at byte `start`, also those in code, where a reader copies from.
pub(super) fn read(text: &str, start: usize, anchors: &mut Anchors) {
    let body = &text[start..];
    for line in with_names(body) {
        for attribute in attributes(line.of(body), start + line.start) {
            let Attribute::Anchor(span) = attribute else { continue };
            let id = span.of(text);
            if id.contains("{{") || id.contains("{%") {
                anchors.open = true;
            } else {
                anchors.named.push(Named { id: id.to_owned(), span });
            }
        }
    }
    for at in find_iter(body.as_bytes(), "{:") {
        let inner = at + 2;
        // An option may say that headings get no ids.
        anchors.open |= body[inner..].starts_with(":options");
        let end = body[inner..].find(['}', '\n']).map_or(body.len(), |end| inner + end);
        if let Some(id) = in_list(body, Span::new(inner, end)) {
            anchors.named.push(Named { id: id.of(body).to_owned(), span: id.shift(start) });
        }
    }
    for at in find_iter(body.as_bytes(), "[^") {
        let end = body[at + 2..].find([']', '\n']).map_or(body.len(), |end| at + 2 + end);
        if end > at + 2 && body[end..].starts_with("]:") {
            let (name, span) = (&body[at + 2..end], Span::new(at + 2, end).shift(start));
            anchors.named.push(Named { id: format!("fn:{name}"), span });
            anchors.named.push(Named { id: format!("fnref:{name}"), span });
        }
    }
    anchors.named.sort_by_key(|named| named.span);
    // An abbreviation leaves its word out of the ids.
    anchors.open |= find(body.as_bytes(), b"\n*[").is_some();
}

/// The lines in which `id=` or `name=` stands, each with the line break before it: few of a body, whose attributes are
/// costly to look for.
fn with_names(body: &str) -> impl Iterator<Item = Span> + '_ {
    let mut done = 0;
    memchr_iter(b'=', body.as_bytes()).filter_map(move |at| {
        let before = body[..at].trim_end_matches([' ', '\t']);
        let is = |name: &str| {
            before
                .len()
                .checked_sub(name.len())
                .and_then(|from| before.get(from..))
                .is_some_and(|word| word.eq_ignore_ascii_case(name))
        };
        if at < done || !(is("id") || is("name")) {
            return None;
        }
        let start = body[..at].rfind('\n').unwrap_or(0);
        done = body[at..].find('\n').map_or(body.len(), |end| at + end);
        Some(Span::new(start, done))
    })
}

/// The id in the list of attributes of `{: … }`, the last of several. Source: kramdown, ALD_TYPE_ANY.
pub(super) fn in_list(text: &str, list: Span) -> Option<Span> {
    let mut found = None;
    let mut at = list.start;
    for word in list.of(text).split([' ', '\t']) {
        let span = Span::new(at, at + word.len());
        at = span.end + 1;
        if let Some(value) = word.strip_prefix("id=") {
            let bare = value.trim_matches(['"', '\'']);
            if bare.len() + 2 == value.len() {
                found = Some(Span::new(span.start + 4, span.end - 1));
            }
        } else if word.starts_with(['#', '.']) {
            for (hash, _) in word.match_indices('#') {
                let id = &word[hash + 1..];
                let length = id.find(['.', '#']).unwrap_or(id.len());
                if id.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    found = Some(Span::new(span.start + hash + 1, span.start + hash + 1 + length));
                }
            }
        }
    }
    found
}

/// The text of a heading and the `{#id}` behind it. Source: kramdown, HEADER_ID.
pub(super) fn behind_heading(text: &str, contents: Span) -> (Span, Option<Span>) {
    let written = contents.of(text);
    let id = written.strip_suffix('}').and_then(|rest| {
        let open = rest.rfind("{#")?;
        let id = &rest[open + 2..];
        let blank = rest[..open].ends_with([' ', '\t']);
        let named = id.starts_with(is_name_start) && id.chars().all(is_name);
        (blank && named).then(|| (open, Span::new(contents.start + open + 2, contents.end - 1)))
    });
    match id {
        None => (contents, None),
        Some((open, id)) => {
            let text = written[..open].trim_end_matches(is_blank);
            (Span::new(contents.start, contents.start + text.len()), Some(id))
        }
    }
}

/// Source: XML 1.0, NameStartChar.
fn is_name_start(c: char) -> bool {
    matches!(c,
        ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// Source: XML 1.0, NameChar.
fn is_name(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}')
}
