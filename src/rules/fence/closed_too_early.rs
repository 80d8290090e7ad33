//! `closed-too-early`: the block is closed before lines that belong to it, as in `---` twice at the top.

use super::first_closing;
use crate::post::Post;
use crate::post::front_matter::fence::FenceState;
use crate::post::front_matter::{Load, ProblemKind};
use crate::rules::keys::known::JEKYLL_KEYS;
use crate::rules::loaded::finding;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Related, Rule, Severity};
use crate::text::edit::apply;
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "closed-too-early",
    severity: Severity::Error,
    summary: "The front matter is closed before lines that belong to it, which Jekyll prints as text.",
    example: "---\ntitle: Hello\n---\ntags: [a]\n---\nText\n",
    check,
};

/// How many bytes of the body are looked at.
const LONGEST_BLOCK: usize = 8_000;

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let fence = &input.post.front_matter.fence;
    let (FenceState::Seen, Some(closing)) = (fence.state, fence.closing) else { return };
    let body = text.get(fence.body_start..).unwrap_or_default();
    // A second opening line belongs to the block that is meant.
    let inner = body.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])).unwrap_or(body);
    let inner = inner.trim_start_matches(['\n', '\r']);
    // Most bodies are no block at the first look.
    let first = inner.lines().next().unwrap_or_default();
    if !first.starts_with(|c: char| c.is_ascii_alphabetic()) || !first.contains(':') {
        return;
    }
    let Some(end) = first_closing(inner, LONGEST_BLOCK) else { return };
    let block = &inner[..end];
    if block.lines().any(|line| line.trim().is_empty()) {
        return;
    }
    let lines = Post::parse_yaml(block).front_matter;
    let Some(key) = JEKYLL_KEYS.iter().find(|key| lines.get(key).is_some()) else { return };
    if lines.load != Load::Mapping {
        return;
    }
    let start = text.len() - inner.len();
    let first = Span::new(start, start + first.len());
    let edits = vec![TextEdit::delete(Span::new(closing.start, start))];
    let mended = Post::parse(apply(text, &edits)).front_matter;
    let twice = mended.problems.iter().any(|problem| problem.kind == ProblemKind::DuplicateKey);
    let loads = mended.load == Load::Mapping && !twice;
    let message = format!(
        "The front matter ends at this line, and Jekyll prints the lines below it, {} among them, as text. Remove it.",
        quoted(key)
    );
    found.push(Diagnostic {
        related: vec![Related::here(first, "This line is not read")],
        fix: loads.then(|| Fix::choice("Take the lines below into the front matter", edits)),
        ..finding(&RULE, closing, message)
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn lines_below_the_block() {
        check(
            "---\ntitle: 題名\n---\ntags:\n  - 東京\n---\n本文\n",
            expect![[r#"
              ---
              ^^^
            error closed-too-early: The front matter ends at this line, and Jekyll prints the lines below it, `tags` among them, as text. Remove it.
            see: This line is not read
              tags:
              ^^^^^
            fix: Take the lines below into the front matter
        "#]],
        );
        check(
            "---\n---\ntitle: 題名\nlayout: post\n---\n本文\n",
            expect![[r#"
              ---
              ^^^
            error closed-too-early: The front matter ends at this line, and Jekyll prints the lines below it, `layout` among them, as text. Remove it.
            see: This line is not read
              title: 題名
              ^^^^^^^^^^^
            fix: Take the lines below into the front matter
        "#]],
        );
        check(
            "---\ntitle: 題名\n---\n\n---\ntitle: 題\n---\n本文\n",
            expect![[r#"
              ---
              ^^^
            error closed-too-early: The front matter ends at this line, and Jekyll prints the lines below it, `title` among them, as text. Remove it.
            see: This line is not read
              title: 題
              ^^^^^^^^^
        "#]],
        );
    }

    #[test]
    fn bodies_that_are_bodies() {
        for body in [
            "---\n\n本文\n",
            "本文\n---\n",
            "title: 題名\n\n本文\n---\n",
            "注: 本文です。\n---\n続き\n",
            "```yaml\n---\ntitle: 題名\n---\n```\n",
            "tags: [a]\n",
        ] {
            let found = Fixture::new(&format!("---\nauthor: 私\n---\n{body}")).check();
            assert!(!codes(&found).contains(&"closed-too-early"), "{body}");
        }
    }
}
