//! `empty-title`: the title is there and says nothing.

use crate::post::front_matter::Value;
use crate::post::front_matter::write::Context;
use crate::rules::loaded::{comment_after, finding, in_quotes, is_alias, pair, properties, source};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FileKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "empty-title",
    severity: Severity::Warning,
    summary: "The title is empty.",
    example: "---\ntitle:\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !matches!(input.kind, FileKind::Post | FileKind::Draft | FileKind::Collection(_)) {
        return;
    }
    let text = &*input.post.text;
    let Some(pair) = pair(input, "title") else { return };
    let node = &pair.value;
    let written = source(input, node);
    let message = match &node.value {
        Value::Null if is_alias(input, node) || !properties(text, node).is_empty() => return,
        Value::Null if comment_after(text, node).is_some_and(|it| !it.of(text).starts_with("# ")) => return,
        Value::Null => {
            let read = match written {
                "" => "The title is empty".to_owned(),
                word => format!("{} is nothing to YAML", quoted(word)),
            };
            match input.reading.title.display() {
                made if made.is_empty() => format!("{read}."),
                made => format!("{read}, and Jekyll makes one from the file name: {}.", quoted(&made)),
            }
        }
        // A document of a collection need not have one, and whoever writes the quotes means it.
        Value::String(_) if matches!(input.kind, FileKind::Collection(_)) => return,
        Value::String(title) if title.trim().is_empty() => {
            "The title is an empty text, and Jekyll leaves it so. Without the key it makes one from the file name."
                .to_owned()
        }
        _ => return,
    };
    let word = node.value == Value::Null && written.len() > 1;
    let span = if written.is_empty() { pair.key.span } else { node.span };
    found.push(Diagnostic {
        fix: in_quotes(text, node.span, Context::Block).filter(|_| word),
        ..finding(&RULE, span, message)
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn titles_that_say_nothing() {
        check(
            "---\ntitle:\ntags: [東京]\n---\n本文\n",
            expect![[r#"
              title:
              ^^^^^
            warning empty-title: The title is empty, and Jekyll makes one from the file name: `Post`.
        "#]],
        );
        check(
            "---\ntitle: null\n---\n本文\n",
            expect![[r#"
              title: null
                     ^^^^
            warning empty-title: `null` is nothing to YAML, and Jekyll makes one from the file name: `Post`.
            fix: Put it in quotes
              title: "null"
        "#]],
        );
        check(
            "---\ntitle: \" \"\n---\n本文\n",
            expect![[r#"
              title: " "
                     ^^^
            warning empty-title: The title is an empty text, and Jekyll leaves it so. Without the key it makes one from the file name.
        "#]],
        );
        check(
            "---\ntitle: # あとで\n---\n本文\n",
            expect![[r#"
              title: # あとで
              ^^^^^
            warning empty-title: The title is empty, and Jekyll makes one from the file name: `Post`.
        "#]],
        );
    }

    #[test]
    fn a_post_without_the_key() {
        assert_eq!(codes(&Fixture::new("---\ntags: [a]\n---\nText\n").check()), [""; 0]);
        let sample = "//- /_samples/0_intro.md\n---\ntitle: \"\"\n---\nText\n//- /_config.yml\ncollections: [samples]\n";
        assert_eq!(codes(&Fixture::new(sample).check()), [""; 0]);
    }
}
