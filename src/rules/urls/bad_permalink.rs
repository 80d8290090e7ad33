//! `bad-permalink`: a permalink that is legal but leads to a place that nobody means.

use crate::rules::spots::{is_document, own, said};
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "bad-permalink",
    severity: Severity::Warning,
    summary: "The permalink is empty, a style's name or a whole address, and gives another URL than was meant.",
    example: "---\ntitle: Hello\npermalink: pretty\n---\nText\n",
    check,
};

/// Names that mean something in `_config.yml` only. Source: Jekyll `configuration.rb` style_to_permalink.
const STYLES: &[&str] = &["date", "pretty", "ordinal", "weekdate", "none"];

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(node) = own(input, "permalink").filter(|_| is_document(input)) else { return };
    let (Some(permalink), Some(url)) = (node.value.as_str(), said(input).url.as_deref()) else { return };
    let message = if permalink.is_empty() {
        "An empty permalink is the front page of the site: the URL is `/`. Remove the line.".to_owned()
    } else if STYLES.contains(&permalink) {
        format!(
            "`{permalink}` is a style in _config.yml only: here it gives the URL {url}. Write the path itself."
        )
    } else if permalink.contains("://") {
        format!(
            "A permalink is a path, not a whole address: the URL is {url}. Write the part after the host."
        )
    } else {
        return;
    };
    found.push(Diagnostic {
        span: node.span,
        severity: RULE.severity,
        code: RULE.code,
        message,
        related: Vec::new(),
        fix: None,
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn places_that_nobody_means() {
        check(
            "---\ntitle: 題名\npermalink: \"\"\n---\n本文\n",
            expect![[r#"
              permalink: ""
                         ^^
            warning bad-permalink: An empty permalink is the front page of the site: the URL is `/`. Remove the line.
        "#]],
        );
        check(
            "---\ntitle: 題名\npermalink: https://example.com/a/\n---\n本文\n",
            expect![[r#"
              permalink: https://example.com/a/
                         ^^^^^^^^^^^^^^^^^^^^^^
            warning bad-permalink: A permalink is a path, not a whole address: the URL is /https:/example.com/a/. Write the part after the host.
        "#]],
        );
    }

    #[test]
    fn a_path_without_a_slash_is_fine() {
        check("---\ntitle: a\npermalink: about/me\n---\n", expect![""]);
    }
}
