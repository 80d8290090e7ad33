//! `key-type`: an unquoted key is no text to YAML: `2024:`, `on:`, a date; or a Ruby symbol, `:author:`.

use std::collections::HashMap;

use crate::limits::MAX_VALUES;
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::typing::plain_value;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{Load, Value};
use crate::rules::loaded::{finding, fix, in_quotes};
use crate::rules::words::{kind_of, quoted};
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "key-type",
    severity: Severity::Warning,
    summary: "An unquoted key is a number, a boolean, a date or nothing to YAML, so that no template finds it by its name.",
    example: "---\ntitle: Hello\n2024: year\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let front_matter = &input.post.front_matter;
    if front_matter.is_usual || !matches!(front_matter.load, Load::Mapping | Load::Broken) {
        return;
    }
    // Made for the first key that needs it: most posts have none.
    let mut loaded: Option<HashMap<Span, Style>> = None;
    for entry in input.post.tree().entries.iter().take(MAX_VALUES) {
        let Some(key) = entry.key.filter(|key| key.quote == Quote::Plain && entry.colon.is_some()) else {
            continue;
        };
        let written = key.span.of(text);
        let (message, mend) = match plain_value(written) {
            Ok(Value::String(_)) if is_symbol(written) => {
                let colon = Span::new(key.span.start, key.span.start + 1);
                let message = format!(
                    "The colon before it is part of this key: Jekyll reads {}, and no template finds it as `{}`.",
                    quoted(written),
                    &written[1..]
                );
                (message, fix("Remove the colon", vec![TextEdit::delete(colon)]))
            }
            Ok(Value::String(_)) | Err(_) => continue,
            Ok(Value::Null) => {
                let message = format!(
                    "{} is nothing to YAML and no key: Jekyll takes the value for the next key, and the pairs slip.",
                    quoted(written)
                );
                (message, in_quotes(text, key.span, Context::Block))
            }
            Ok(value) => {
                let message = format!(
                    "This key is {} to YAML, and no template finds it by its name. Put it in quotes.",
                    kind_of(&value)
                );
                (message, in_quotes(text, key.span, Context::Block))
            }
        };
        let keys = || front_matter.values.iter().map(|pair| (pair.key.span, pair.key.style)).collect();
        let style = loaded.get_or_insert_with(keys).get(&key.span);
        if style.is_none_or(|style| *style == Style::Plain) {
            found.push(Diagnostic { fix: mend, ..finding(&RULE, key.span, message) });
        }
    }
}

/// `:author`
fn is_symbol(key: &str) -> bool {
    key.strip_prefix(':').is_some_and(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn keys_that_are_no_text() {
        check(
            "---\n2024: 年\non: x\n2024-01-15: y\n:author: 私\n---\n本文\n",
            expect![[r#"
              2024: 年
              ^^^^
            warning key-type: This key is the number 2024 to YAML, and no template finds it by its name. Put it in quotes.
            fix: Put it in quotes
              "2024": 年
              on: x
              ^^
            warning key-type: This key is the boolean true to YAML, and no template finds it by its name. Put it in quotes.
            fix: Put it in quotes
              "on": x
              2024-01-15: y
              ^^^^^^^^^^
            warning key-type: This key is the date 2024-01-15 to YAML, and no template finds it by its name. Put it in quotes.
            fix: Put it in quotes
              "2024-01-15": y
              :author: 私
              ^^^^^^^
            warning key-type: The colon before it is part of this key: Jekyll reads `:author`, and no template finds it as `author`.
            fix: Remove the colon
              author: 私
        "#]],
        );
        check(
            "---\ntitle: 題名\n~: x\n---\n本文\n",
            expect![[r#"
              ~: x
              ^
            warning key-type: `~` is nothing to YAML and no key: Jekyll takes the value for the next key, and the pairs slip.
            fix: Put it in quotes
              "~": x
        "#]],
        );
    }

    #[test]
    fn keys_that_are_text() {
        for block in ["'2024': x", "2024年: x", "y: x", "a: {2024: x}", "a: |\n  :b: c\n  on: x"] {
            assert_eq!(
                codes(&Fixture::new(&format!("---\n{block}\n---\nText\n")).check()),
                [""; 0],
                "{block}"
            );
        }
    }
}
