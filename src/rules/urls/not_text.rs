//! `url-not-text`: a `permalink` or a `slug` that is a number, a list or the like, at which Jekyll stops the build.
//! Source: Jekyll `url.rb` generate_url, `utils.rb` slugify.

use crate::jekyll::Reason;
use crate::jekyll::url::UrlError;
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::{Node, Value};
use crate::rules::spots::{head, is_document, own, said};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "url-not-text",
    severity: Severity::Error,
    summary: "A `permalink`, a `slug` or a category of which Jekyll can make no URL.",
    example: "---\ntitle: Hello\nslug: 2024\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(Reason::Url(error)) = said(input).reason.as_ref().filter(|_| is_document(input)) else { return };
    let (key, what) = match error {
        UrlError::PermalinkNotText => ("permalink", "is no text"),
        UrlError::SlugNotText => ("slug", "is no text"),
        UrlError::NotEscapable(_) => ("categories", "cannot be part of a URL, because of its colon"),
        UrlError::UnknownPlaceholder(_) | UrlError::NoDate | UrlError::NoTemplate => return,
    };
    let node = match error {
        UrlError::NotEscapable(text) => category(input, text),
        _ => own(input, key),
    };
    let written = match (node, error) {
        (_, UrlError::NotEscapable(text)) => format!("The category {}", quoted(text)),
        (Some(node), _) => {
            format!("`{key}: {}`", node.span.of(&input.post.text).lines().next().unwrap_or_default())
        }
        (None, _) => format!("The `{key}` that the configuration gives"),
    };
    let fix = node.filter(|node| is_scalar(node)).map(|node| quote(node, &input.post.text));
    let how = match &fix {
        Some(fix) => format!(" {}.", fix.title),
        None => String::new(),
    };
    found.push(Diagnostic {
        span: node.map_or_else(|| head(input), |node| node.span),
        severity: RULE.severity,
        code: RULE.code,
        message: format!("{written} {what}: Jekyll stops the whole build at it.{how}"),
        related: Vec::new(),
        fix,
    });
}

/// The list or the value that holds a category.
fn category<'a>(input: &Input<'a>, name: &str) -> Option<&'a Node> {
    let holds = |node: &&Node| node.span.of(&input.post.text).contains(name);
    ["category", "categories"].into_iter().find_map(|key| own(input, key).filter(holds))
}

fn is_scalar(node: &Node) -> bool {
    let scalar = !matches!(node.value, Value::List(_) | Value::Mapping(_) | Value::String(_) | Value::Null);
    scalar && node.style == Style::Plain
}

fn quote(node: &Node, text: &str) -> Fix {
    let quoted = format!("\"{}\"", node.span.of(text));
    Fix::new(format!("Write `{quoted}`"), vec![TextEdit::replace(node.span, quoted)])
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn numbers_and_lists() {
        check(
            "---\ntitle: 題名\npermalink: 404 # ない\n---\n本文\n",
            expect![[r#"
              permalink: 404 # ない
                         ^^^
            error url-not-text: `permalink: 404` is no text: Jekyll stops the whole build at it. Write `"404"`.
            fix: Write `"404"`
              permalink: "404" # ない
        "#]],
        );
        check(
            "---\ntitle: 題名\npermalink: [/a/, /b/]\n---\n本文\n",
            expect![[r#"
              permalink: [/a/, /b/]
                         ^^^^^^^^^^
            error url-not-text: `permalink: [/a/, /b/]` is no text: Jekyll stops the whole build at it.
        "#]],
        );
        check(
            "---\ntitle: 題名\ncategory: \"日本: 京都\"\n---\n本文\n",
            expect![[r#"
                  category: "日本: 京都"
                            ^^^^^^^^^^^^
                error url-not-text: The category `日本: 京都` cannot be part of a URL, because of its colon: Jekyll stops the whole build at it.
            "#]],
        );
    }

    #[test]
    fn none_at_all_is_fine() {
        check("---\ntitle: a\npermalink: false\nslug:\n---\n", expect![""]);
        check("---\ntitle: a\npermalink: \"404\"\n---\n", expect![""]);
    }
}
