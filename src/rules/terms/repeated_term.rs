//! `repeated-term`: the same tag or category is there twice.

use super::edit::remove_item;
use crate::post::front_matter::Value;
use crate::rules::loaded::{finding, fix, source};
use crate::rules::spots::content;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Related, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "repeated-term",
    severity: Severity::Warning,
    summary: "The same tag or category is there twice.",
    example: "---\ntitle: Hello\ntags: [AI, ML, AI]\n---\nText\n",
    check,
};

/// Longer lists are not compared: nobody reads them.
const MAX_COMPARED: usize = 200;

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for &(key, pair) in input.term_pairs() {
        let places: Vec<(&str, Span)> = match &pair.value.value {
            Value::List(items) => {
                items.iter().filter_map(|item| Some((item.value.as_str()?, item.span))).collect()
            }
            Value::String(_) if key.splits && content(&pair.value, &input.post.text).is_some() => {
                words(source(input, &pair.value), pair.value.span.start)
            }
            _ => continue,
        };
        for (index, (word, span)) in places.iter().enumerate().take(MAX_COMPARED) {
            let Some((_, first)) = places[..index].iter().find(|(other, at)| other == word && at != span)
            else {
                continue;
            };
            let (severity, consequence) = match key.is_tag() {
                true => (RULE.severity, "Jekyll lists the post twice under it"),
                false => (Severity::Hint, "Jekyll counts it once"),
            };
            let item =
                pair.value.value.as_list().and_then(|items| items.iter().position(|it| it.span == *span));
            let mend = match item {
                Some(item) => remove_item(&input.post.text, &pair.value, item),
                // The word goes with the blanks before it: the first of two is never the first of all.
                None => index
                    .checked_sub(1)
                    .and_then(|before| places.get(before))
                    .map(|(_, before)| vec![TextEdit::replace(Span::new(before.end, span.end), "")]),
            };
            found.push(Diagnostic {
                severity,
                related: vec![Related::here(*first, "It is here as well")],
                fix: mend.and_then(|edits| fix("Remove it", edits)),
                ..finding(
                    &RULE,
                    *span,
                    format!("The {} {} is there twice: {consequence}.", key.noun, quoted(word)),
                )
            });
        }
    }
}

/// The words of a text that Jekyll splits, and where they stand; quotes at its ends belong to none of them.
fn words(source: &str, start: usize) -> Vec<(&str, Span)> {
    let blank = |c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'');
    let mut found = Vec::new();
    let mut rest = 0;
    for word in source.split(blank) {
        if !word.is_empty() {
            found.push((word, Span::new(start + rest, start + rest + word.len())));
        }
        rest += word.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn in_each_style() {
        check(
            "---\ntags: [東京, \"AI\", AI]\n---\n本文\n",
            expect![[r#"
              tags: [東京, "AI", AI]
                                 ^^
            warning repeated-term: The tag `AI` is there twice: Jekyll lists the post twice under it.
            see: It is here as well
              tags: [東京, "AI", AI]
                           ^^^^
            fix: Remove it
              tags: [東京, "AI"]
        "#]],
        );
        check(
            "---\ncategories:\n  - 東京\n  - 京都\n  - 東京\n---\n本文\n",
            expect![[r#"
                - 東京
                  ^^^^
            hint repeated-term: The category `東京` is there twice: Jekyll counts it once.
            see: It is here as well
                - 東京
                  ^^^^
            fix: Remove it
        "#]],
        );
        check(
            "---\ntags: AI ML AI\n---\n本文\n",
            expect![[r#"
                  tags: AI ML AI
                              ^^
                warning repeated-term: The tag `AI` is there twice: Jekyll lists the post twice under it.
                see: It is here as well
                  tags: AI ML AI
                        ^^
                fix: Remove it
                  tags: AI ML
            "#]],
        );
    }

    #[test]
    fn a_text_loses_the_word_and_nothing_else() {
        for (before, after) in [
            ("\"AI  ML AI\" # 題", "\"AI  ML\" # 題"),
            ("'東京 京都\t東京 大阪'", "'東京 京都 大阪'"),
            ("AI AI AI", "AI AI"),
        ] {
            let fixture = Fixture::new(&format!("---\ntags: {before}\n---\n本文\n"));
            let found = fixture.check();
            let fix = found.iter().find_map(|found| found.fix.as_ref()).unwrap();
            assert_eq!(fixture.mended(fix).text(), format!("---\ntags: {after}\n---\n本文\n"));
        }
        // The lines of a block are not words of one line.
        let found = Fixture::new("---\ntags: >\n  AI ML\n  AI\n---\nText\n").check();
        assert!(!codes(&found).contains(&"repeated-term"));
    }

    #[test]
    fn another_spelling_is_another_term() {
        let found = Fixture::new("---\ntags: [AI, ai, 'A I']\n---\nText\n").check();
        assert_eq!(codes(&found), ["near-duplicate-term", "near-duplicate-term"]);
    }
}
