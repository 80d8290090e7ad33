//! `mojibake`: characters that came of reading a text in the wrong encoding.

use encoding_rs::WINDOWS_1252;

use super::{finding, shown_texts};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "mojibake",
    severity: Severity::Warning,
    summary: "A title, excerpt or description has characters that came of the wrong encoding.",
    example: "---\ntitle: \"CafÃ©\"\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for (key, node) in shown_texts(input) {
        let source = node.span.of(&input.post.text);
        if !may_have_any(source) {
            continue;
        }
        for run in runs(source) {
            let (span, written) = (run.shift(node.span.start), run.of(source));
            if written.contains(char::REPLACEMENT_CHARACTER) {
                let message =
                    format!("A character of the `{key}` is lost: only U+FFFD is left of it. Write it again.");
                found.push(finding(&RULE, span, message, None));
            } else if let Some(meant) = decoded(written) {
                let message =
                    format!("{} is {} read in the wrong encoding.", quoted(written), quoted(&meant));
                let fix =
                    Fix::choice(format!("Write {}", quoted(&meant)), vec![TextEdit::replace(span, meant)]);
                found.push(finding(&RULE, span, message, Some(fix)));
            }
        }
    }
}

/// Whether a character is there that is one, or with which a run of them begins. Where this says no, it is sure.
fn may_have_any(text: &str) -> bool {
    // What begins a character in UTF-8 is one of U+00C2 to U+00F4 to windows-1252, and all of these begin with one byte.
    memchr::memchr(0xc3, text.as_bytes()).is_some() || text.contains(char::REPLACEMENT_CHARACTER)
}

/// The runs of characters outside ASCII; of replacement characters on their own.
fn runs(text: &str) -> Vec<Span> {
    let kind = |c: char| (!c.is_ascii(), c == char::REPLACEMENT_CHARACTER);
    let mut runs: Vec<(Span, (bool, bool))> = Vec::new();
    for (at, c) in text.char_indices() {
        match runs.last_mut() {
            Some((run, of)) if *of == kind(c) => run.end = at + c.len_utf8(),
            _ => runs.push((Span::new(at, at + c.len_utf8()), kind(c))),
        }
    }
    runs.into_iter().filter(|(_, kind)| kind.0).map(|(run, _)| run).collect()
}

/// The last character that windows-1252 has, `™`.
const LAST_OF_WINDOWS_1252: char = '\u{2122}';

/// The text whose UTF-8 was taken for windows-1252, as most programs do where they know no better; none where it is
/// not that. Letters that stand together by chance are no UTF-8.
fn decoded(written: &str) -> Option<String> {
    if written.contains(|c| c > LAST_OF_WINDOWS_1252) {
        return None;
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(written);
    if unmappable {
        return None;
    }
    let meant = std::str::from_utf8(&bytes).ok()?;
    (meant.chars().count() < written.chars().count() && !meant.contains(char::is_control))
        .then(|| meant.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::example::Example;
    use crate::rules::testing::{check, codes};
    use expect_test::expect;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_sign_tells_of_most_texts_that_they_have_none(
            text in "([a ]|é|Ã|©|â|€|™|\u{80}|\u{a0}|ÿ|ô|Â|æ|—|日|ﾃ|\u{fffd}){0,8}",
        ) {
            let told = |run: &Span| {
                let written = run.of(&text);
                written.contains(char::REPLACEMENT_CHARACTER) || decoded(written).is_some()
            };
            prop_assert!(may_have_any(&text) || !runs(&text).iter().any(told));
        }
    }

    #[test]
    fn lost_and_twice_encoded_characters() {
        check(
            "---\ntitle: 題\u{fffd}\u{fffd}名\nexcerpt: \"itâ€™s æ—¥æœ¬\"\n---\n本文\n",
            expect![[r#"
              title: 題��名
                       ^^
            warning mojibake: A character of the `title` is lost: only U+FFFD is left of it. Write it again.
              excerpt: "itâ€™s æ—¥æœ¬"
                          ^^^
            warning mojibake: `â€™` is `’` read in the wrong encoding.
            fix: Write `’`
              excerpt: "it’s æ—¥æœ¬"
              excerpt: "itâ€™s æ—¥æœ¬"
                               ^^^^^^
            warning mojibake: `æ—¥æœ¬` is `日本` read in the wrong encoding.
            fix: Write `日本`
              excerpt: "itâ€™s 日本"
        "#]],
        );
    }

    #[test]
    fn accents_are_fine() {
        for title in ["Café à la crème", "Ã", "«Über»", "naïve Â", "日本語", "é\u{a0}è", "SÃO"]
        {
            let found = Example::new(&format!("---\ntitle: \"{title}\"\n---\nText\n")).check();
            assert!(!codes(&found).contains(&"mojibake"), "{title}");
        }
    }
}
