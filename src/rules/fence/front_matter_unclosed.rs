//! `front-matter-unclosed` and `bad-closing-line`: no line closes the block.

use super::{after_dashes, consequence, line_break, opening};
use crate::post::front_matter::fence::FenceState;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::FileKind;
use crate::text::TextEdit;

/// Nothing looks like a closing line.
pub const RULE: Rule = Rule {
    code: "front-matter-unclosed",
    severity: Severity::Error,
    summary: "No line closes the front matter.",
    example: "---\ntitle: Hello\n\nText\n",
    check: check_unclosed,
};

/// A line was meant to close the block.
pub const BAD_CLOSING_LINE: Rule = Rule {
    code: "bad-closing-line",
    severity: Severity::Error,
    summary: "The closing line of the front matter is more or other than three hyphens.",
    example: "---\ntitle: Hello\n----\nText\n",
    check: check_closing,
};

fn check_unclosed(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let fence = &input.post.front_matter.fence;
    let is_rule_of_a_page = input.kind == &FileKind::Page && fence.content.is_empty();
    if fence.state != FenceState::Unclosed || is_rule_of_a_page {
        return;
    }
    let message = format!(
        "This front matter is never closed: it needs a line `---` at its end. {}",
        consequence(input, true)
    );
    let end = fence.content.end;
    let line_break = line_break(text);
    let lead = if text.get(..end).is_some_and(|block| block.ends_with('\n')) { "" } else { line_break };
    found.push(Diagnostic {
        span: fence.opening,
        severity: RULE.severity,
        code: RULE.code,
        message,
        related: Vec::new(),
        fix: Some(Fix::choice(
            "Close the front matter with `---`",
            vec![TextEdit::insert(end, format!("{lead}---{line_break}"))],
        )),
    });
}

fn check_closing(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let fence = &input.post.front_matter.fence;
    let (FenceState::BadClosing, Some(closing)) = (fence.state, fence.closing) else { return };
    let message = format!(
        "{} does not close the front matter: the line must be `---` alone, at its first column. {}",
        quoted(closing.of(text)),
        consequence(input, true)
    );
    let rest = after_dashes(closing, text);
    let line = if rest.is_empty() { "---".to_owned() } else { format!("---{}{rest}", line_break(text)) };
    found.push(Diagnostic {
        span: closing,
        severity: BAD_CLOSING_LINE.severity,
        code: BAD_CLOSING_LINE.code,
        message,
        related: vec![opening(fence)],
        fix: Some(Fix::new("Write `---` alone on the line", vec![TextEdit::replace(closing, line)])),
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn never_closed() {
        check(
            "---\r\ntitle: 題名\r\ntags: [a]\r\n\r\n本文\r\n",
            expect![[r#"
              ---
              ^^^
            error front-matter-unclosed: This front matter is never closed: it needs a line `---` at its end. Jekyll prints the block as text and uses this post without its title and tags.
            fix: Close the front matter with `---`
              ---\r
        "#]],
        );
        check(
            "---\ntitle: x",
            expect![[r#"
              ---
              ^^^
            error front-matter-unclosed: This front matter is never closed: it needs a line `---` at its end. Jekyll prints the block as text and uses this post without its title.
            fix: Close the front matter with `---`
              ---
  
        "#]],
        );
    }

    #[test]
    fn closed_by_a_line_that_does_not_close() {
        check(
            "---\ntitle: 題名\n ---\n本文\n",
            expect![[r#"
               ---
              ^^^^
            error bad-closing-line: ` ---` does not close the front matter: the line must be `---` alone, at its first column. Jekyll prints the block as text and uses this post without its title.
            see: The block begins here
              ---
              ^^^
            fix: Write `---` alone on the line
              ---
        "#]],
        );
        check(
            "---\ntitle: 題名\n--- おわり\n本文\n",
            expect![[r#"
              --- おわり
              ^^^^^^^^^^
            error bad-closing-line: `--- おわり` does not close the front matter: the line must be `---` alone, at its first column. Jekyll prints the block as text and uses this post without its title.
            see: The block begins here
              ---
              ^^^
            fix: Write `---` alone on the line
              ---
              おわり
        "#]],
        );
    }

    #[test]
    fn a_page_that_begins_with_a_rule_is_fine() {
        check("//- /about.md\n---\n\nText\n", expect![""]);
    }
}
