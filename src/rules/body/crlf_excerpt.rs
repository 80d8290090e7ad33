//! `crlf-excerpt`: a body with Windows line ends, whose excerpt is all of it.

use super::{finding, is_post};
use crate::jekyll::excerpt::Excerpt;
use crate::post::front_matter::fence::FenceState;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "crlf-excerpt",
    severity: Severity::Hint,
    summary: "The excerpt is the whole post, since its lines end with CRLF.",
    example: "---\r\ntitle: Hello\r\n---\r\nOne.\r\n\r\nTwo.\r\n",
    check,
};

/// Source: Jekyll `excerpt.rb` extract_excerpt: two LFs side by side part the excerpt from the rest, and between
/// those of a blank line there is a CR.
fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let Some(Excerpt::Body { span, rest: None }) = &input.reading.excerpt else { return };
    let body = span.of(text);
    if !is_post(input)
        || input.post.front_matter.fence.state != FenceState::Seen
        || input.site.config().excerpt_separator != "\n\n"
        || input.reading.data.has("excerpt_separator")
    {
        return;
    }
    let Some(at) = body.find("\r\n\r\n").filter(|at| !body[at + 2..].trim().is_empty()) else { return };
    let first = body[..at].rfind('\n').map_or(0, |lf| lf + 1);
    let message = "The lines of this file end with CRLF, so Jekyll finds no blank line in it: the excerpt is the whole post, not its first paragraph. Save it with LF line ends, or write an `excerpt`.";
    let fix = Fix::choice(
        "End the lines with LF",
        vec![TextEdit::replace(Span::new(0, text.len()), text.replace("\r\n", "\n"))],
    );
    found.push(finding(&RULE, Span::new(first, at).shift(span.start), message.to_owned(), Some(fix)));
}

#[cfg(test)]
mod tests {
    use crate::rules::example::Example;
    use crate::rules::testing::{check, codes};
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\r\ntitle: 題\r\n---\r\n一。\r\n二。\r\n\r\n三。\r\n",
            expect![[r#"
              二。
              ^^^^
            hint crlf-excerpt: The lines of this file end with CRLF, so Jekyll finds no blank line in it: the excerpt is the whole post, not its first paragraph. Save it with LF line ends, or write an `excerpt`.
            fix: End the lines with LF
              ---
              title: 題
              ---
              一。
              二。

              三。
        "#]],
        );
    }

    #[test]
    fn one_paragraph_an_own_excerpt_and_lf_are_fine() {
        for text in [
            "---\r\ntitle: a\r\n---\r\nOne.\r\nTwo.\r\n\r\n",
            "---\r\ntitle: a\r\nexcerpt: One.\r\n---\r\nOne.\r\n\r\nTwo.\r\n",
            "---\r\ntitle: a\r\nexcerpt_separator: <!--more-->\r\n---\r\nOne.\r\n\r\nTwo.\r\n",
            "---\ntitle: a\n---\nOne.\n\nTwo.\n",
        ] {
            assert_eq!(codes(&Example::new(text).check()), [""; 0], "{text}");
        }
    }
}
