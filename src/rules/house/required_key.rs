//! `required-key`: a post lacks a key that the site wants in every post.

use crate::jekyll::data::Origin;
use crate::post::front_matter::Load;
use crate::post::front_matter::tree::EntryValue;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FileKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "required-key",
    severity: Severity::Warning,
    summary: "A post lacks a key that `masthead.toml` requires.",
    example: "//- /_posts/2024-01-15-a.md\n---\ntitle: Hello\n---\nText\n//- /masthead.toml\nrequired-keys = [\"title\", \"tags\"]\n",
    check,
};

/// A draft may still lack its keys, and of a post without a block another rule speaks.
fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let required = &input.site.settings().required_keys;
    if *input.kind != FileKind::Post || input.post.front_matter.load == Load::Absent {
        return;
    }
    let (text, front_matter) = (&*input.post.text, &input.post.front_matter);
    let finding = |span, message| Diagnostic {
        span,
        severity: RULE.severity,
        code: RULE.code,
        message,
        related: Vec::new(),
        fix: None,
    };
    let mut missing = Vec::new();
    for key in required.iter().filter(|key| !is_default(input, key)) {
        match input.post.tree().find(text, key) {
            None => missing.push(format!("`{key}`")),
            Some(entry) if entry.value == EntryValue::Empty => {
                let message = format!(
                    "`{key}` is empty, and masthead.toml requires it in every post: give it a value."
                );
                found.push(finding(entry.key.map_or(entry.span, |key| key.span), message));
            }
            Some(_) => {}
        }
    }
    let missing = match missing.as_slice() {
        [] => return,
        [key] => key.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    let message = format!("This post lacks {missing}, which masthead.toml requires in every post.");
    found.push(finding(front_matter.fence.opening, message));
}

/// Whether `_config.yml` gives the key to the post.
fn is_default(input: &Input<'_>, key: &str) -> bool {
    let reading = input.reading.healthy.as_deref().unwrap_or(input.reading);
    reading.data.entry(key).is_some_and(|entry| matches!(entry.origin, Origin::Defaults { .. }))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    const LIST: &str = "//- /masthead.toml\nrequired-keys = [\"title\", \"layout\", \"tags\", \"author\"]\n";

    #[test]
    fn missing_and_empty_ones() {
        check(
            &format!("//- /_posts/2024-01-15-a.md\n---\ntitle: 題\nauthor:\n---\n本文\n{LIST}"),
            expect![[r#"
                  ---
                  ^^^
                warning required-key: This post lacks `layout` and `tags`, which masthead.toml requires in every post.
                  author:
                  ^^^^^^
                warning required-key: `author` is empty, and masthead.toml requires it in every post: give it a value.
            "#]],
        );
    }

    #[test]
    fn defaults_count_and_drafts_may_lack_them() {
        let config = "//- /_config.yml\ndefaults:\n- values: {layout: post, tags: [a], author: x}\n";
        check(
            &format!("//- /_posts/2024-01-15-a.md\n---\ntitle: 題\n---\n本文\n{config}{LIST}"),
            expect![[r#""#]],
        );
        check(&format!("//- /_drafts/a.md\n---\nx: y\n---\n本文\n{LIST}"), expect![[r#""#]]);
    }
}
