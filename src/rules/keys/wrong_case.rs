//! `wrong-case-key`: a key in other letters than Jekyll or the site reads: `Title`, `ｔｉｔｌｅ`.

use unicode_normalization::UnicodeNormalization;

use super::known::JEKYLL_KEYS;
use super::{meant, odd_keys};
use crate::post::front_matter::scalar::Pair;
use crate::rules::loaded::{finding, pair};
use crate::rules::spots::is_document;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Related, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "wrong-case-key",
    severity: Severity::Warning,
    summary: "A key is in other letters than Jekyll or the site reads: capital or full-width ones.",
    example: "---\nTitle: Hello\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !is_document(input) {
        return;
    }
    for (key, pair) in odd_keys(input) {
        let folded = |key: &str| key.nfkc().flat_map(char::to_lowercase).collect::<String>();
        let small = folded(key);
        let Some(meant) = meant(input, key).find(|meant| *meant != key && folded(meant) == small) else {
            found.extend(twice(input, key, pair, &small));
            continue;
        };
        let message = format!("{} is not the key `{meant}`: nobody reads it. Write `{meant}`.", quoted(key));
        found.push(Diagnostic {
            fix: Some(Fix::new(format!("Write `{meant}`"), vec![TextEdit::replace(pair.key.span, meant)])),
            ..finding(&RULE, pair.key.span, message)
        });
    }
}

/// The key that Jekyll reads is there as well.
fn twice(input: &Input<'_>, key: &str, odd: &Pair, small: &str) -> Option<Diagnostic> {
    let read = JEKYLL_KEYS.iter().find(|read| **read == small && **read != key)?;
    let read = pair(input, read)?;
    let name = quoted(small);
    Some(Diagnostic {
        related: vec![Related::here(read.key.span, format!("{name} is here"))],
        ..finding(
            &RULE,
            odd.key.span,
            format!("{} is not the key {name}, which is there too: nobody reads it. Remove it.", quoted(key)),
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn capital_and_full_width_letters() {
        check(
            "---\nTAGS: [東京]\nｔｉｔｌｅ: 題名\n---\n本文\n",
            expect![[r#"
              TAGS: [東京]
              ^^^^
            warning wrong-case-key: `TAGS` is not the key `tags`: nobody reads it. Write `tags`.
            fix: Write `tags`
              tags: [東京]
              ｔｉｔｌｅ: 題名
              ^^^^^^^^^^
            warning wrong-case-key: `ｔｉｔｌｅ` is not the key `title`: nobody reads it. Write `title`.
            fix: Write `title`
              title: 題名
        "#]],
        );
    }

    #[test]
    fn beside_the_key_that_is_read() {
        check(
            "---\ntitle: 題名\nTitle: 別の題名\n---\n本文\n",
            expect![[r#"
              Title: 別の題名
              ^^^^^
            warning wrong-case-key: `Title` is not the key `title`, which is there too: nobody reads it. Remove it.
            see: `title` is here
              title: 題名
              ^^^^^
        "#]],
        );
    }

    #[test]
    fn keys_that_are_the_authors_own() {
        for key in ["TOC", "myKey", "タイトル"] {
            assert_eq!(
                codes(&Fixture::new(&format!("---\n{key}: x\n---\nText\n")).check()),
                [""; 0],
                "{key}"
            );
        }
    }
}
