//! `unknown-placeholder`: a permalink with a `:word` that Jekyll does not know, at which it stops the build.
//! Source: Jekyll `drops/url_drop.rb`.

use std::borrow::Cow;

use crate::jekyll::url::UrlError;
use crate::jekyll::{Reason, reading};
use crate::post::front_matter::Value;
use crate::rules::spots::{head, is_document, own, said};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::FileKind;
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

/// What Jekyll 4 alone knows. Source: Jekyll v3.9.5 `drops/url_drop.rb`.
const OF_4: &[&str] =
    &["slugified_categories", "long_month", "w_year", "week", "w_day", "short_day", "long_day"];

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
    let Some(Reason::Url(UrlError::UnknownPlaceholder(word))) = reason else {
        found.extend(of_4(input).or_else(|| left_in_url(input)));
        return;
    };
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

/// A placeholder of Jekyll 4 on a site that is built with 3.9.
fn of_4(input: &Input<'_>) -> Option<Diagnostic> {
    if !input.site.is_on_pages() || !is_document(input) {
        return None;
    }
    let collection = match input.kind {
        FileKind::Collection(name) => name,
        _ => "posts",
    };
    let template = match said(input).data.get("permalink") {
        Some(Value::String(template)) => Cow::Borrowed(&**template),
        Some(value) if value.is_truthy() => return None,
        _ => reading::template(input.site.config(), collection).ok()?,
    };
    let mut words = template.split(':').skip(1).map(|word| {
        let end = word.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(word.len());
        word[..end].trim_end_matches('_')
    });
    let word = words.find(|word| OF_4.contains(word))?;
    let place = place(input, word);
    let whose = if place.is_some() { "this permalink" } else { "the permalink of the configuration" };
    Some(Diagnostic {
        span: place.unwrap_or_else(|| head(input)),
        severity: RULE.severity,
        code: RULE.code,
        message: format!("Only Jekyll 4 knows `:{word}` in {whose}, and this site is built with Jekyll 3."),
        related: Vec::new(),
        fix: None,
    })
}

/// `:Year`, `:タイトル`: no placeholder, so that it stays in the URL. Source: `url.rb` generate_url_from_drop, which looks for
/// `:` and small ASCII letters.
fn left_in_url(input: &Input<'_>) -> Option<Diagnostic> {
    let node = own(input, "permalink").filter(|node| is_document(input) && node.value.as_str().is_some())?;
    let written = node.span.of(&input.post.text);
    let begins = |at: usize| {
        let begins_word = |c: char| c.is_ascii_uppercase() || (!c.is_ascii() && c.is_alphabetic());
        written[at + 1..].starts_with(begins_word)
            && !written[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':')
    };
    let at = written.match_indices(':').map(|(at, _)| at).find(|at| begins(*at))?;
    let word = &written[at + 1..];
    let end = word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len());
    let span = Span::new(node.span.start + at, node.span.start + at + 1 + end);
    let known = nearest(&word[..end].to_lowercase());
    let how = known.map_or_else(String::new, |known| format!(" Did you mean `:{known}`?"));
    Some(Diagnostic {
        span,
        severity: Severity::Warning,
        code: RULE.code,
        message: format!(
            "{} is no placeholder, and Jekyll leaves it in the URL as it is.{how}",
            quoted(span.of(&input.post.text))
        ),
        related: Vec::new(),
        fix: known.map(|known| {
            Fix::choice(format!("Write `:{known}`"), vec![TextEdit::replace(span, format!(":{known}"))])
        }),
    })
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
    fn of_jekyll_4_alone_on_github_pages() {
        let post = |line: &str, files: &str| {
            let text = format!("//- /_posts/2024-01-15-a.md\n---\ntitle: 題名\n{line}---\n{files}");
            let found = crate::rules::example::Example::new(&text).check();
            found.into_iter().map(|it| format!("{} {}", it.code, it.message)).collect::<Vec<_>>()
        };
        let pages = "//- /Gemfile\ngem \"github-pages\"\n";
        let own = post("permalink: /:w_year/:title/\n", pages);
        assert!(
            own.len() == 1 && own[0].starts_with("unknown-placeholder Only Jekyll 4 knows `:w_year` in this")
        );
        let config = post("", &format!("{pages}//- /_config.yml\npermalink: weekdate\n"));
        assert!(
            config.len() == 1 && config[0].contains("knows `:week` in the permalink of the configuration")
        );
        assert_eq!(post("permalink: /:year/:title/\n", pages), [""; 0]);
        assert_eq!(post("permalink: /:w_year/:title/\n", ""), [""; 0]);
    }

    #[test]
    fn words_that_stay_in_the_url() {
        check(
            "---\ntitle: 題名\npermalink: /:Year/:title/\n---\n本文\n",
            expect![[r#"
              permalink: /:Year/:title/
                          ^^^^^
            warning unknown-placeholder: `:Year` is no placeholder, and Jekyll leaves it in the URL as it is. Did you mean `:year`?
            fix: Write `:year`
              permalink: /:year/:title/
        "#]],
        );
        check(
            "---\ntitle: 題名\npermalink: /:タイトル/\n---\n本文\n",
            expect![[r#"
              permalink: /:タイトル/
                          ^^^^^^^^^
            warning unknown-placeholder: `:タイトル` is no placeholder, and Jekyll leaves it in the URL as it is.
        "#]],
        );
        check("---\ntitle: 題名\npermalink: /a:B/こ:れ/\n---\n本文\n", expect![[r#""#]]);
    }

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
