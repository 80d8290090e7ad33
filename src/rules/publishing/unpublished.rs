//! `unpublished`: `published` hides the post. That is what it is for, so it is no more than good to know, but where
//! the value is missing.

use crate::jekyll::Status;
use crate::jekyll::data::Origin;
use crate::post::front_matter::Value;
use crate::rules::spots::{head, own};
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "unpublished",
    severity: Severity::Information,
    summary: "`published` hides this post.",
    example: "---\ntitle: Hello\npublished: false\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if input.reading.status != Status::Unpublished {
        return;
    }
    let node = own(input, "published");
    // A `published` without a value looks unfinished, and says nothing of hiding.
    let nothing = node.is_some_and(|node| node.value == Value::Null);
    let message = match node.map(|node| &node.value) {
        Some(Value::Null) => {
            "Jekyll does not publish this post: a `published` without a value hides it as `false` does. \
             Write `true` or `false`."
                .to_owned()
        }
        Some(_) => "Jekyll does not publish this post: `published` hides it.".to_owned(),
        None => format!("Jekyll does not publish this post: `published` {} hides it.", source(input)),
    };
    found.push(Diagnostic {
        span: node.map(|node| node.span).filter(|span| !span.is_empty()).unwrap_or_else(|| place(input)),
        severity: if nothing { Severity::Warning } else { RULE.severity },
        code: RULE.code,
        message,
        related: Vec::new(),
        fix: None,
    });
}

fn source(input: &Input<'_>) -> String {
    match input.reading.data.entry("published").map(|entry| entry.origin) {
        Some(Origin::Defaults { line, .. }) => format!("on line {line} of `_config.yml`"),
        _ => "in its front matter".to_owned(),
    }
}

fn place(input: &Input<'_>) -> crate::text::Span {
    match input.reading.data.entry("published").map(|entry| entry.origin) {
        Some(Origin::File { key, .. }) => key,
        _ => head(input),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn false_no_and_nothing_hide() {
        check(
            "---\ntitle: 題名\npublished: no\n---\n本文\n",
            expect![[r#"
                published: no
                           ^^
              information unpublished: Jekyll does not publish this post: `published` hides it.
            "#]],
        );
        check(
            "---\ntitle: 題名\npublished:\n---\n本文\n",
            expect![[r#"
                  published:
                  ^^^^^^^^^
                warning unpublished: Jekyll does not publish this post: a `published` without a value hides it as `false` does. Write `true` or `false`.
            "#]],
        );
    }

    #[test]
    fn so_do_the_defaults() {
        check(
            "//- /_posts/2024-01-15-a.md\n---\ntitle: a\n---\n//- /_config.yml\ndefaults:\n  - values:\n      published: false\n",
            expect![[r#"
                  ---
                  ^^^
                information unpublished: Jekyll does not publish this post: `published` on line 3 of `_config.yml` hides it.
            "#]],
        );
    }

    #[test]
    fn a_published_post_is_silent() {
        check("---\ntitle: a\npublished: true\n---\n", expect![""]);
    }
}
