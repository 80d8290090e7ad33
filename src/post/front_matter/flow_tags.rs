//! Tags that end at the comma of a list, `[!tag, x]`. libyaml reads nothing there; its port `libyaml-safer` panics. So
//! the parser is given a `~` in their place, which is nothing too.

use std::borrow::Cow;

use std::io::Read;

use libyaml_safer::{EventData, Parser};

use crate::text::Span;

/// The YAML with each such tag as a `~` and blanks, byte for byte as long, and where they are in it.
pub(super) fn hidden(yaml: &str) -> (Cow<'_, str>, Vec<Span>) {
    let candidates = candidates(yaml);
    if candidates.is_empty() {
        return (Cow::Borrowed(yaml), candidates);
    }
    // What looks like one may be text, or stand outside a list, where libyaml refuses it.
    let tags = nothings(&without(yaml, &candidates), &candidates);
    (without(yaml, &tags).into(), tags)
}

/// Each `!word,` at the start of a word, of the characters that libyaml takes for a tag's but `'`: in `'[!', x` that ends
/// a text, which must stay closed.
fn candidates(yaml: &str) -> Vec<Span> {
    let is_of_tag = |c: char| c.is_ascii_alphanumeric() || "_-;/?:@&=+$.!~*()".contains(c);
    let (mut found, mut word_end) = (Vec::new(), 0);
    let mut starts = yaml.match_indices('!').map(|(at, _)| at).peekable();
    while let Some(at) = starts.next() {
        let before = yaml[..at].bytes().next_back();
        if before.is_some_and(|byte| !b" \t\n\r[,{:".contains(&byte)) {
            continue;
        }
        if at >= word_end {
            word_end = yaml[at..].find(|c| !is_of_tag(c)).map_or(yaml.len(), |length| at + length);
        }
        if yaml[word_end..].starts_with(',') {
            found.push(Span::new(at, word_end));
            // What is inside one is no other.
            while starts.next_if(|inside| *inside < word_end).is_some() {}
        }
    }
    found
}

fn without(yaml: &str, tags: &[Span]) -> String {
    let mut out = String::with_capacity(yaml.len());
    let mut from = 0;
    for tag in tags {
        out.push_str(&yaml[from..tag.start]);
        out.push('~');
        out.extend(std::iter::repeat_n(' ', tag.len() - 1));
        from = tag.end;
    }
    out.push_str(&yaml[from..]);
    out
}

/// Those of `candidates` at which a parser finds a `~` that is a value, and all behind the place where it gives up: a
/// document that does not load anyhow must not make it panic.
fn nothings(yaml: &str, candidates: &[Span]) -> Vec<Span> {
    let mut input = yaml.as_bytes().chain(&b"\n"[..]);
    let mut parser = Parser::new();
    parser.set_input(&mut input);
    let mut found = Vec::new();
    let mut seen = 0;
    loop {
        let Ok(event) = parser.parse() else {
            found.extend(candidates.iter().filter(|span| span.start >= seen));
            return found;
        };
        let at = usize::try_from(event.start_mark.index).unwrap_or(usize::MAX);
        seen = usize::try_from(event.end_mark.index).unwrap_or(usize::MAX);
        match event.data {
            EventData::DocumentEnd { .. } | EventData::StreamEnd => return found,
            EventData::Scalar { value, .. } if value == "~" => {
                found.extend(candidates.iter().filter(|span| span.start == at));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn one_in_a_word() {
        let words =
            |yaml: &'static str| -> Vec<&str> { candidates(yaml).iter().map(|span| span.of(yaml)).collect() };
        assert_eq!(words("[!a, !!b, x!c, !d]"), ["!a", "!!b"]);
        assert_eq!(words("[:!:!a, b]"), ["!:!a"]);
        assert_eq!(words("a: !x"), [""; 0]);
    }
}
