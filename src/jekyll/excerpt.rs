//! Excerpts. Source: `document.rb` generate_excerpt, `excerpt.rb` (4.x).

use std::collections::HashSet;
use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::data::Data;
use crate::post::front_matter::Value;
use crate::text::Span;

/// What a list of posts shows of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Excerpt {
    /// The front matter's `excerpt`, of any type.
    FrontMatter(Value),
    /// The body's text before the first separator; all of it where there is none.
    Body {
        /// Its bytes in the post.
        span: Span,
        /// The byte of the post behind the separator; none where there is none.
        rest: Option<usize>,
    },
}

impl Excerpt {
    /// What Jekyll renders of it: the front matter's value, or the Markdown made of the body of `text`.
    pub fn source(&self, text: &str) -> Value {
        match self {
            Excerpt::FrontMatter(value) => value.clone(),
            Excerpt::Body { span, rest } => {
                let (head, rest) =
                    (span.of(text), rest.and_then(|rest| text.get(rest..)).unwrap_or_default());
                let cut_blocks = if rest.is_empty() { Vec::new() } else { cut_blocks(head) };
                let mut source = with_end_tags(head, &cut_blocks);
                let definitions = definitions(&source, rest);
                if !definitions.is_empty() {
                    source.push_str("\n\n");
                    source.push_str(&definitions.join("\n"));
                }
                Value::String(source.into())
            }
        }
    }
}

/// The excerpt of a post whose body begins at byte `start`. None where the separator is empty.
pub fn excerpt(data: &Data, text: &str, start: usize, separator: &str) -> Option<Excerpt> {
    if let Some(own) = data.get("excerpt").filter(|value| value.is_truthy()) {
        return Some(Excerpt::FrontMatter(own.clone()));
    }
    let own = data.get("excerpt_separator").filter(|value| value.is_truthy()).map(Value::display);
    let separator = own.as_deref().unwrap_or(separator);
    if separator.is_empty() {
        return None;
    }
    let start = start.min(text.len());
    let body = text.get(start..).unwrap_or_default();
    let found = memmem::find(body.as_bytes(), separator.as_bytes());
    let span = Span::new(start, found.map_or(text.len(), |at| start + at));
    Some(Excerpt::Body { span, rest: found.map(|at| start + at + separator.len()) })
}

/// The link definitions below the separator whose names the head has: Jekyll 4 appends them, 3.9 all there are.
fn definitions<'t>(head: &str, rest: &'t str) -> Vec<&'t str> {
    let mut names = None;
    let all = DEFINITION.captures_iter(rest).filter_map(|captures| {
        let (name, all) = (captures.get(1)?, captures.get(0)?);
        let is_there = names.get_or_insert_with(|| bracketed(head)).contains(name.as_str());
        is_there.then(|| rest.get(name.start()..all.end())).flatten()
    });
    all.collect()
}

/// The longest name of a definition that is looked for, in bytes. CommonMark allows 999 characters.
const LONGEST_NAME: usize = 1024;

/// Every `[name]` of a text, from each `[` to the next `]`.
fn bracketed(text: &str) -> HashSet<&str> {
    let mut names = HashSet::new();
    let mut end = 0;
    for start in memchr::memchr_iter(b'[', text.as_bytes()) {
        if end <= start {
            let Some(close) = memchr::memchr(b']', &text.as_bytes()[start..]) else { break };
            end = start + close + 1;
        }
        if end - start <= LONGEST_NAME {
            names.extend(text.get(start..end));
        }
    }
    names
}

/// The tags of Liquid 4 and Jekyll that have an end tag.
const BLOCKS: &[&str] =
    &["capture", "case", "comment", "for", "highlight", "if", "ifchanged", "raw", "tablerow", "unless"];

/// The blocks of a head that no end tag in it closes. Source: `excerpt.rb` sanctify_liquid_tags, which is content with
/// one end tag for all blocks of a name, and with `endifchanged` for an `if`.
fn cut_blocks(head: &str) -> Vec<String> {
    let mut head = head.to_owned();
    let tags = TAG.captures_iter(&head).filter_map(|tag| Some(tag.get(1)?.as_str()));
    let mut names: Vec<String> = Vec::new();
    for name in tags.filter(|name| BLOCKS.contains(name)) {
        // Once looked at, a name has its end tag: of several the last is enough.
        names.retain(|known| known != name);
        names.push(name.to_owned());
    }
    let mut cut = Vec::new();
    for name in names.into_iter().rev() {
        let closes = head.rfind("%}").unwrap_or_default();
        let is_end = |at: usize| {
            let inside = head[at + 2..].trim_start_matches('-').trim_start();
            at < closes && inside.strip_prefix("end").is_some_and(|rest| rest.starts_with(&name))
        };
        if !head.match_indices("{%").any(|(at, _)| is_end(at)) {
            head = with_end_tags(&head, std::slice::from_ref(&name));
            cut.push(name);
        }
    }
    cut
}

fn with_end_tags(head: &str, blocks: &[String]) -> String {
    let mut whole = head.to_owned();
    blocks.iter().for_each(|name| whole.push_str(&format!("\n{{% end{name} %}}")));
    whole
}

/// A Liquid tag and its name.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    #[allow(clippy::expect_used)] // the pattern is a constant, and the tests compile it
    Regex::new(r"(?s)\{%-?[ \t\r\n]*([0-9A-Za-z_]+).*?%\}").expect("the pattern is well formed")
});

/// `[name]: target`, indented by three blanks at the most.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    #[allow(clippy::expect_used)] // the pattern is a constant, and the tests compile it
    Regex::new(r"(?m)^ {0,3}(\[[^\]]+\]):.+$").expect("the pattern is well formed")
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jekyll::data::Origin;

    fn shown(keys: &[(&str, &str)], body: &str) -> String {
        let mut data = Data::default();
        for (key, value) in keys {
            data.set(key, Value::String((*value).into()), Origin::Path);
        }
        match excerpt(&data, body, 0, "\n\n") {
            None => "none".to_owned(),
            Some(excerpt) => match excerpt.source(body) {
                Value::String(source) => source.to_string(),
                other => other.inspect(),
            },
        }
    }

    #[test]
    fn excerpts_end_at_the_separator() {
        for (keys, body, expected) in [
            (&[][..], "One.\n\nTwo.", "One."),
            (&[], "One.\nTwo.", "One.\nTwo."),
            (&[], "One.\r\n\r\nTwo.", "One.\r\n\r\nTwo."),
            (&[], "# Title\n\nText", "# Title"),
            (&[], "See [a].\n\n[a]: /x\n  [b]: /y", "See [a].\n\n[a]: /x"),
            (
                &[],
                "{% if a %}\n{% raw %}x\n\ny{% endraw %}{% endif %}",
                "{% if a %}\n{% raw %}x\n{% endraw %}\n{% endif %}",
            ),
            (&[], "{% if a %}b{% endif %}{%- if c -%}\n\nd{% endif %}", "{% if a %}b{% endif %}{%- if c -%}"),
            (&[], "{% include a %}\n\nb", "{% include a %}"),
            (
                &[],
                "{% raw %}{% if a %}{% raw %}\n\nb",
                "{% raw %}{% if a %}{% raw %}\n{% endraw %}\n{% endif %}",
            ),
            (&[], "[[a] [b c] d]\n\n[a]: /x\n[[a]: /y\n[c]: /z", "[[a] [b c] d]\n\n[a]: /x\n[[a]: /y"),
            (&[], "{% if a %}\n\n", "{% if a %}"),
            (&[("excerpt", "Own")], "One.\n\nTwo.", "Own"),
            (&[("excerpt", "")], "One.\n\nTwo.", ""),
            (&[("excerpt_separator", "<!--more-->")], "One.\n\nTwo.<!--more-->Three", "One.\n\nTwo."),
            (&[("excerpt_separator", "")], "One.", "none"),
        ] {
            assert_eq!(shown(keys, body), expected, "{keys:?} {body:?}");
        }
    }
}
