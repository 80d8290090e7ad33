//! `misspelt-key`: a key is nearly one that Jekyll or the site reads.

use super::{meant, odd_keys};
use crate::rules::loaded::finding;
use crate::rules::nearest::distance;
use crate::rules::spots::is_document;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "misspelt-key",
    severity: Severity::Warning,
    summary: "A key is nearly one that Jekyll or the site reads, and means nothing as it is.",
    example: "---\ntittle: Hello\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !is_document(input) {
        return;
    }
    for (key, pair) in odd_keys(input) {
        let near = meant(input, key).filter(|candidate| is_slip(key, candidate));
        let Some(near) = near.min_by_key(|candidate| (distance(key, candidate), *candidate)) else {
            continue;
        };
        let message = format!("Nobody reads the key {}. Did you mean `{near}`?", quoted(key));
        found.push(Diagnostic {
            fix: Some(Fix::choice(format!("Write `{near}`"), vec![TextEdit::replace(pair.key.span, near)])),
            ..finding(&RULE, pair.key.span, message)
        });
    }
}

/// Whether `key` is `meant` with a letter or two wrong, left out, added or swapped; or with a dash for its `_`.
/// Another case is another rule's, and one `s` more or less is another word.
fn is_slip(key: &str, meant: &str) -> bool {
    let joined = |word: &str| word.replace(['-', ' ', '_'], "");
    if key != meant && meant.contains(['_', '-']) && joined(key) == joined(meant) {
        return true;
    }
    let allowed = match meant.chars().count() {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    };
    let same_start = key.chars().next() == meant.chars().next() || allowed == 1;
    let plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    let number = !super::known::JEKYLL_KEYS.contains(&meant) && (plural(key, meant) || plural(meant, key));
    if key.len() > 2 * meant.len() + 8 {
        return false;
    }
    let far = distance(key, meant) > allowed;
    let differs = key.to_lowercase() != meant.to_lowercase();
    differs && !number && same_start && key.chars().count() > 2 && !far
}

#[cfg(test)]
mod tests {
    use super::is_slip;
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn slips() {
        for (key, meant) in [
            ("tittle", "title"),
            ("tgas", "tags"),
            ("catagories", "categories"),
            ("categorys", "categories"),
            ("lay-out", "layout"),
            ("excerpt-separator", "excerpt_separator"),
            ("permlink", "permalink"),
        ] {
            assert!(is_slip(key, meant), "{key}");
        }
        for (key, meant) in [("page", "date"), ("map", "tag"), ("images", "image"), ("Title", "title")] {
            assert!(!is_slip(key, meant), "{key}");
        }
    }

    #[test]
    fn in_a_post() {
        check(
            "---\ntitle: 題名\ncatagories: [東京]\n---\n本文\n",
            expect![[r#"
              catagories: [東京]
              ^^^^^^^^^^
            warning misspelt-key: Nobody reads the key `catagories`. Did you mean `categories`?
            fix: Write `categories`
              categories: [東京]
        "#]],
        );
    }

    #[test]
    fn by_the_usage_of_the_site() {
        let others = |key: &str, count: usize| -> String {
            (0..count)
                .map(|n| format!("//- /_posts/2023-01-{:02}-b.md\n---\n{key}: x\n---\nText\n", n + 1))
                .collect()
        };
        let check = |key: &str, others: &str| {
            let post = format!("//- /_posts/2024-01-15-a.md\n---\n{key}: x\n---\nText\n{others}");
            codes(&Fixture::new(&post).check()).contains(&"misspelt-key")
        };
        assert!(check("afiliation", &others("affiliation", 20)));
        assert!(!check("afiliation", &others("affiliation", 4)));
        // Several posts have it: it is a key of this site.
        assert!(!check("tite", &others("tite", 3)));
        assert!(!check("redirect_from", &others("redirect_fron", 20)));
    }
}
