//! Excerpts. Source: `document.rb` generate_excerpt, `excerpt.rb` (4.x).

use std::sync::LazyLock;

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
        /// Whether the separator was found.
        cut: bool,
        /// The link definitions below the separator whose names the head has: Jekyll appends them.
        definitions: Vec<Span>,
    },
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
    let Some(at) = body.find(separator) else {
        let span = Span::new(start, text.len());
        return Some(Excerpt::Body { span, cut: false, definitions: Vec::new() });
    };
    let (head, tail_start) = (&body[..at], start + at + separator.len());
    let definitions = DEFINITION.captures_iter(&text[tail_start..]).filter_map(|captures| {
        let (name, all) = (captures.get(1)?, captures.get(0)?);
        let span = Span::new(tail_start + name.start(), tail_start + all.end());
        head.contains(name.as_str()).then_some(span)
    });
    let definitions = definitions.collect();
    Some(Excerpt::Body { span: Span::new(start, start + at), cut: true, definitions })
}

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
            Some(Excerpt::FrontMatter(value)) => value.inspect(),
            Some(Excerpt::Body { span, cut, definitions }) => {
                let more: String = definitions.iter().map(|it| format!(" + {}", it.of(body))).collect();
                format!("{}{}{more}", span.of(body), if cut { "" } else { " (all)" })
            }
        }
    }

    #[test]
    fn excerpts_end_at_the_separator() {
        for (keys, body, expected) in [
            (&[][..], "One.\n\nTwo.", "One."),
            (&[], "One.\nTwo.", "One.\nTwo. (all)"),
            (&[], "One.\r\n\r\nTwo.", "One.\r\n\r\nTwo. (all)"),
            (&[], "# Title\n\nText", "# Title"),
            (&[], "See [a].\n\n[a]: /x\n  [b]: /y", "See [a]. + [a]: /x"),
            (&[("excerpt", "Own")], "One.\n\nTwo.", "\"Own\""),
            (&[("excerpt", "")], "One.\n\nTwo.", "\"\""),
            (&[("excerpt_separator", "<!--more-->")], "One.\n\nTwo.<!--more-->Three", "One.\n\nTwo."),
            (&[("excerpt_separator", "")], "One.", "none"),
        ] {
            assert_eq!(shown(keys, body), expected, "{keys:?} {body:?}");
        }
    }
}
