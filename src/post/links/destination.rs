//! What an address in Markdown or HTML names.

use memchr::{memchr, memchr2};

use crate::text::Span;

/// The parts of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Destination {
    /// The path, without query and fragment.
    pub(super) target: Span,
    /// The fragment without its `#`.
    pub(super) fragment: Option<Span>,
    /// Whether Liquid puts the site's `url` or `baseurl` before it.
    pub(super) from_root: bool,
}

/// Reads an address. None where Liquid decides what it names, but for what puts the site's own address before it:
/// `{{ site.baseurl }}/a`, `{{ "/a" | relative_url }}`.
pub(super) fn read(text: &str, address: Span) -> Option<Destination> {
    let mut rest = address;
    let mut from_root = false;
    while let Some((output, behind)) = output(text, rest) {
        if let "site.baseurl" | "site.url" = output.of(text) {
            (rest, from_root) = (behind, true);
            continue;
        }
        let literal = rooted_literal(text, output)?;
        let found = split(text, literal, true)?;
        let Destination { fragment, .. } = split(text, behind, true)?;
        let behind = behind.of(text);
        let fits = behind.is_empty() || behind.starts_with(['#', '?']);
        return fits.then_some(Destination { fragment: fragment.or(found.fragment), ..found });
    }
    split(text, rest, from_root)
}

/// The inside of the `{{ … }}` that a span begins with, and the rest.
fn output(text: &str, span: Span) -> Option<(Span, Span)> {
    let inner = span.of(text).strip_prefix("{{")?;
    let close = inner.find("}}")?;
    let start = span.start + 2;
    Some((trim(text, Span::new(start, start + close), &['-']), Span::new(start + close + 2, span.end)))
}

/// The text of `"/a" | relative_url`, with any filters that only put the site's address before it.
fn rooted_literal(text: &str, output: Span) -> Option<Span> {
    let inner = output.of(text);
    let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = inner[1..].find(quote)?;
    let mut filters = inner[end + 2..].split('|').map(str::trim);
    let rooted = |filter: &str| {
        matches!(filter, "relative_url" | "absolute_url")
            || filter
                .strip_prefix("prepend:")
                .is_some_and(|it| matches!(it.trim(), "site.baseurl" | "site.url"))
    };
    let nothing_before = filters.next() == Some("");
    let mut count = 0;
    let all = filters.inspect(|_| count += 1).all(rooted);
    (nothing_before && all && count > 0).then(|| Span::new(output.start + 1, output.start + 1 + end))
}

/// Splits a path from its query and its fragment. None where the path has Liquid in it.
fn split(text: &str, span: Span, from_root: bool) -> Option<Destination> {
    let written = span.of(text);
    let path = memchr2(b'?', b'#', written.as_bytes()).unwrap_or(written.len());
    let is_plain =
        |part: &str| memchr(b'{', part.as_bytes()).is_none() || !part.contains("{{") && !part.contains("{%");
    if !is_plain(&written[..path]) {
        return None;
    }
    let fragment = memchr(b'#', written.as_bytes()).map(|at| Span::new(span.start + at + 1, span.end));
    Some(Destination {
        target: Span::new(span.start, span.start + path),
        fragment: fragment.filter(|fragment| is_plain(fragment.of(text))),
        from_root,
    })
}

/// A span without the blanks and the `marks` around it.
fn trim(text: &str, span: Span, marks: &[char]) -> Span {
    let drop = |c: char| c.is_whitespace() || marks.contains(&c);
    let written = span.of(text);
    let start = span.start + (written.len() - written.trim_start_matches(drop).len());
    Span::new(start, (start + written.trim_matches(drop).len()).max(start))
}

/// The address of an inline link of Markdown: `at` is where its text ends, before `](`. None where none is there.
pub(in crate::post) fn inline(text: &str, at: usize, end: usize) -> Option<Span> {
    let rest = text.get(at..end)?;
    // Nearly always they are there.
    let close = if rest.starts_with("](") { 0 } else { rest.find("](")? };
    Some(written_at(text, at + close + 2, end))
}

/// The address of a reference definition, `[name]: address "title"`.
pub(in crate::post) fn defined(text: &str, definition: Span) -> Option<Span> {
    let written = definition.of(text);
    let colon = written.match_indices("]:").map(|(at, _)| at).find(|at| !written[..*at].ends_with('\\'))?;
    Some(written_at(text, definition.start + colon + 2, definition.end))
}

/// The address that begins behind `at` and any blanks: in `<…>`, or up to a blank or a bracket that closes more than
/// it opened. Source: CommonMark, link destination.
fn written_at(text: &str, at: usize, end: usize) -> Span {
    let rest = text.get(at..end).unwrap_or_default();
    let start = at + rest.len() - rest.trim_start().len();
    let rest = text.get(start..end).unwrap_or_default();
    if let Some(inner) = rest.strip_prefix('<') {
        let close = inner.find('>').unwrap_or(inner.len());
        return Span::new(start + 1, start + 1 + close);
    }
    let (mut depth, mut escaped) = (0_usize, false);
    let ends = rest.bytes().position(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 0 => return true,
            b')' => depth -= 1,
            byte => return byte.is_ascii_whitespace(),
        }
        false
    });
    Span::new(start, ends.map_or(end, |index| start + index))
}
