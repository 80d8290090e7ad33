//! `bad-opening-line`: the first line was meant to be `---` and is not.

use super::{after_dashes, consequence, line_break};
use crate::post::front_matter::fence::FenceState;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "bad-opening-line",
    severity: Severity::Error,
    summary: "The opening line of the front matter is more or other than three hyphens.",
    example: "----\ntitle: Hello\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let fence = &input.post.front_matter.fence;
    if fence.state != FenceState::BadOpening {
        return;
    }
    let written = quoted(fence.opening.of(text));
    let message = format!(
        "{written} does not open front matter: the first line must be `---` alone. {}",
        consequence(input, false)
    );
    let rest = after_dashes(fence.opening, text);
    let keep = rest.contains(": ") || rest.starts_with('#');
    let line = if keep { format!("---{}{rest}", line_break(text)) } else { "---".to_owned() };
    let mut mend = vec![TextEdit::replace(fence.opening, line)];
    let mut title = "Write `---` alone on the line";
    if let Some(closing) = fence.closing.filter(|closing| !closing.of(text).starts_with(['-', '.'])) {
        mend.push(TextEdit::replace(closing, "---"));
        title = "Write `---` alone on both lines";
    }
    found.push(Diagnostic {
        span: fence.opening,
        severity: RULE.severity,
        code: RULE.code,
        message,
        related: Vec::new(),
        fix: Some(Fix::new(title, mend)),
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn full_width_dashes() {
        check(
            "－－－\ntitle: 題名\ndate: 2024-01-15\n---\n",
            expect![[r#"
              －－－
              ^^^^^^
            error bad-opening-line: `－－－` does not open front matter: the first line must be `---` alone. Jekyll prints the block as text and uses this post without its title and date.
            fix: Write `---` alone on the line
              ---
        "#]],
        );
    }

    #[test]
    fn an_input_method_writes_both_lines() {
        check(
            "ーーー\ntitle: 題名\nーーー\n本文\n",
            expect![[r#"
              ーーー
              ^^^^^^
            error bad-opening-line: `ーーー` does not open front matter: the first line must be `---` alone. Jekyll prints the block as text and uses this post without its title.
            fix: Write `---` alone on both lines
              ---
              title: 題名
              ---
        "#]],
        );
    }

    #[test]
    fn a_comment_and_a_key_are_kept() {
        check(
            "--- # 注\ntitle: x\n---\n",
            expect![[r#"
              --- # 注
              ^^^^^^^^
            error bad-opening-line: `--- # 注` does not open front matter: the first line must be `---` alone. Jekyll prints the block as text and uses this post without its title.
            fix: Write `---` alone on the line
              ---
              # 注
        "#]],
        );
        check(
            "--- layout: post\ntitle: x\n---\n",
            expect![[r#"
              --- layout: post
              ^^^^^^^^^^^^^^^^
            error bad-opening-line: `--- layout: post` does not open front matter: the first line must be `---` alone. Jekyll prints the block as text and uses this post without its title.
            fix: Write `---` alone on the line
              ---
              layout: post
        "#]],
        );
    }

    #[test]
    fn a_page_is_copied_as_it_is() {
        check(
            "//- /about.md\n ---\ntitle: x\n---\n",
            expect![[r#"
               ---
              ^^^^
            error bad-opening-line: ` ---` does not open front matter: the first line must be `---` alone. Jekyll copies this page to the site as it is, with the block and without a layout.
            fix: Write `---` alone on the line
              ---
        "#]],
        );
    }
}
