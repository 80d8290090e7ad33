//! `draft-not-hidden`: `draft: true` in a post. Jekyll knows drafts by their folder only.

use crate::jekyll::Status;
use crate::post::front_matter::Value;
use crate::rules::spots::own;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::FileKind;
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "draft-not-hidden",
    severity: Severity::Warning,
    summary: "`draft: true` does not hide a post.",
    example: "---\ntitle: Hello\ndraft: true\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let shown = matches!(input.reading.status, Status::Published | Status::Future);
    let Some(node) = own(input, "draft").filter(|_| shown && *input.kind == FileKind::Post) else { return };
    let says_yes = match &node.value {
        Value::Bool(value) => *value,
        Value::String(text) => ["true", "yes", "y", "on"].contains(&&*text.trim().to_lowercase()),
        Value::Integer(number) => number.get() == 1,
        _ => false,
    };
    let front_matter = &input.post.front_matter;
    let Some(pair) = front_matter.values.get_pair("draft").filter(|_| says_yes) else { return };
    let free = front_matter.get("published").is_none();
    let edits =
        vec![TextEdit::replace(pair.key.span, "published"), TextEdit::replace(pair.value.span, "false")];
    found.push(Diagnostic {
        span: pair.key.span.cover(pair.value.span),
        severity: RULE.severity,
        code: RULE.code,
        message: "`draft` does not hide a post: Jekyll publishes it. Write `published: false`, or move the file to \
                  `_drafts`."
            .to_owned(),
        related: Vec::new(),
        fix: free.then(|| Fix::choice("Write `published: false`", edits)),
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_a_post_it_hides_nothing() {
        check(
            "---\ntitle: 題名\ndraft: yes   # まだ\n---\n本文\n",
            expect![[r#"
                draft: yes   # まだ
                ^^^^^^^^^^
              warning draft-not-hidden: `draft` does not hide a post: Jekyll publishes it. Write `published: false`, or move the file to `_drafts`.
              fix: Write `published: false`
                published: false   # まだ
            "#]],
        );
    }

    #[test]
    fn a_hidden_post_and_a_real_draft_are_silent() {
        check("---\ntitle: a\ndraft: false\n---\n", expect![""]);
        check("//- /_drafts/a.md\n---\ntitle: a\ndraft: true\n---\n", expect![""]);
        check(
            "---\ntitle: a\ndraft: true\npublished: false\n---\n",
            expect![[r#"
                published: false
                           ^^^^^
              information unpublished: Jekyll does not publish this post: `published` hides it.
            "#]],
        );
    }
}
