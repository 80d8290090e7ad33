//! `front-matter-not-first`: something stands before the opening line.

use super::{consequence, line_break, start};
use crate::post::front_matter::fence::FenceState;
use crate::rules::{Diagnostic, Fix, Input, Related, Rule, Severity};
use crate::site::FileKind;
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "front-matter-not-first",
    severity: Severity::Error,
    summary: "The front matter does not begin at the first character of the file.",
    example: "\n---\ntitle: Hello\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let fence = &input.post.front_matter.fence;
    if fence.state != FenceState::NotFirst {
        return;
    }
    let before = Span::new(start(text), fence.opening.start);
    let blank = before.of(text).trim().is_empty();
    // A page may well have a rule and a line with a colon near its top.
    if !blank && matches!(input.kind, FileKind::Page | FileKind::Layout) {
        return;
    }
    let what = if blank { "A blank line stands" } else { "Text stands" };
    let message = format!(
        "{what} before the front matter, which Jekyll sees at the very first line only. {}",
        consequence(input, false)
    );
    found.push(Diagnostic {
        span: first_line(before, text),
        severity: RULE.severity,
        code: RULE.code,
        message,
        related: vec![Related::here(fence.opening, "The block begins here")],
        fix: Some(fix(input, before, blank)),
    });
}

fn first_line(before: Span, text: &str) -> Span {
    let line = before.of(text).lines().next().unwrap_or_default();
    Span::new(before.start, before.start + line.len().max(1))
}

fn fix(input: &Input<'_>, before: Span, blank: bool) -> Fix {
    let text = &*input.post.text;
    let mut edits = vec![TextEdit::delete(before)];
    if blank {
        return Fix::new("Remove the blank lines before the front matter", edits);
    }
    let body = input.post.front_matter.fence.body_start;
    let lead =
        if text.get(..body).is_some_and(|block| block.ends_with('\n')) { "" } else { line_break(text) };
    edits.push(TextEdit::insert(body, format!("{lead}{}", before.of(text))));
    Fix::choice("Move the text below the front matter", edits)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn a_blank_line() {
        check(
            "\u{feff}\r\n---\r\ntitle: 題名\r\ntags: [a]\r\n---\r\n本文\r\n",
            expect![[r#"
                  \u{feff}
                          ^
                error front-matter-not-first: A blank line stands before the front matter, which Jekyll sees at the very first line only. Jekyll prints the block as text and uses this post without its title and tags.
                see: The block begins here
                  ---
                  ^^^
                fix: Remove the blank lines before the front matter
                  \u{feff}---\r
            "#]],
        );
    }

    #[test]
    fn text_before_it_moves_below() {
        check(
            "<!-- 下書き -->\n---\ntitle: 題名\n---\n本文\n",
            expect![[r#"
              <!-- 下書き -->
              ^^^^^^^^^^^^^^^
            error front-matter-not-first: Text stands before the front matter, which Jekyll sees at the very first line only. Jekyll prints the block as text and uses this post without its title.
            see: The block begins here
              ---
              ^^^
            fix: Move the text below the front matter
              ---
              title: 題名
              ---
              <!-- 下書き -->
        "#]],
        );
    }

    #[test]
    fn a_page_is_copied_as_it_is_and_a_rule_in_it_is_no_block() {
        check(
            "//- /about.md\n\n---\ntitle: About\n---\n",
            expect![[r#"
  
              ^
            error front-matter-not-first: A blank line stands before the front matter, which Jekyll sees at the very first line only. Jekyll copies this page to the site as it is, with the block and without a layout.
            see: The block begins here
              ---
              ^^^
            fix: Remove the blank lines before the front matter
        "#]],
        );
        check("//- /README.md\nUsage\n---\nnote: this\n---\n", expect![""]);
    }
}
