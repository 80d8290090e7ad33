//! `unknown-placeholder`: a permalink with a `:word` that Jekyll does not know, at which it stops the build.
//! Source: Jekyll `drops/url_drop.rb`.

use crate::jekyll::Reason;
use crate::jekyll::url::UrlError;
use crate::rules::spots::{head, is_document, own, said};
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "unknown-placeholder",
    severity: Severity::Error,
    summary: "The permalink has a placeholder that Jekyll does not know.",
    example: "---\ntitle: Hello\npermalink: /:yaer/:title/\n---\nText\n",
    check,
};

/// What Jekyll 4 knows.
pub(in crate::rules) const KNOWN: &[&str] = &[
    "title",
    "slug",
    "name",
    "path",
    "categories",
    "slugified_categories",
    "collection",
    "output_ext",
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "i_month",
    "i_day",
    "short_year",
    "short_month",
    "long_month",
    "y_day",
    "w_year",
    "week",
    "w_day",
    "short_day",
    "long_day",
];

/// What other generators call them.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("category", "categories"),
    ("date", "year/:month/:day"),
    ("filename", "title"),
    ("basename", "name"),
    ("ext", "output_ext"),
    ("post_title", "title"),
];

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let reason = said(input).reason.as_ref().filter(|_| is_document(input));
    let Some(Reason::Url(UrlError::UnknownPlaceholder(word))) = reason else { return };
    let known = nearest(word);
    let place = place(input, word);
    let whose = if place.is_some() { "this permalink" } else { "the permalink of the configuration" };
    let how = match known {
        Some(known) => format!("Did you mean `:{known}`?"),
        None => "Such words are `:year`, `:month`, `:day`, `:title`, `:categories`.".to_owned(),
    };
    let fix = place.zip(known).map(|(span, known)| {
        Fix::choice(format!("Write `:{known}`"), vec![TextEdit::replace(span, format!(":{known}"))])
    });
    found.push(Diagnostic {
        span: place.unwrap_or_else(|| head(input)),
        severity: RULE.severity,
        code: RULE.code,
        message: format!("Jekyll does not know `:{word}` in {whose} and stops the whole build at it. {how}"),
        related: Vec::new(),
        fix,
    });
}

/// Where the word stands in the post's own permalink.
fn place(input: &Input<'_>, word: &str) -> Option<Span> {
    let node = own(input, "permalink")?;
    let written = format!(":{word}");
    let start = node.span.start + node.span.of(&input.post.text).find(&written)?;
    Some(Span::new(start, start + written.len()))
}

/// A longer word, in bytes, is no slip of a placeholder: their distance takes memory by the product of the lengths.
const LONGEST_WORD: usize = 64;

/// The placeholder that a word was meant to be.
pub(in crate::rules) fn nearest(word: &str) -> Option<&'static str> {
    let other = OTHER_NAMES.iter().find(|(name, _)| *name == word).map(|(_, known)| *known);
    let distance = |known: &&&str| crate::rules::nearest::distance(word, known);
    let near = || KNOWN.iter().min_by_key(distance).filter(|known| distance(known) <= 2).copied();
    other.or_else(|| if word.len() <= LONGEST_WORD { near() } else { None })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_the_post_and_in_the_configuration() {
        check(
            "---\ntitle: 題名\npermalink: '/:category/:title/'\n---\n本文\n",
            expect![[r#"
              permalink: '/:category/:title/'
                           ^^^^^^^^^
            error unknown-placeholder: Jekyll does not know `:category` in this permalink and stops the whole build at it. Did you mean `:categories`?
            fix: Write `:categories`
              permalink: '/:categories/:title/'
        "#]],
        );
        check(
            "//- /_posts/2024-01-15-a.md\n---\ntitle: 題名\n---\n//- /_config.yml\npermalink: /:author/:title/\n",
            expect![[r#"
                  ---
                  ^^^
                error unknown-placeholder: Jekyll does not know `:author` in the permalink of the configuration and stops the whole build at it. Such words are `:year`, `:month`, `:day`, `:title`, `:categories`.
            "#]],
        );
    }
}
