//! `title-type`: the title is no text: a number, a boolean, a date, a list, a mapping.

use crate::post::front_matter::Value;
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::write::Context;
use crate::rules::loaded::{finding, in_quotes, is_alias, is_liquid, pair, place, source};
use crate::rules::words::{kind_of, quoted};
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FileKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "title-type",
    severity: Severity::Warning,
    summary: "The title is a number, a boolean, a date, a list or a mapping to Jekyll, not a text.",
    example: "---\ntitle: 12:30\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(pair) = pair(input, "title") else { return };
    let node = &pair.value;
    if matches!(node.value, Value::Null | Value::String(_)) || is_alias(input, node) || is_liquid(input, node)
    {
        return;
    }
    let written = source(input, node);
    let one_line = node.style != Style::Block && !written.contains(['\n', '\r']);
    let kind = kind_of(&node.value);
    let read = match &node.value {
        Value::Bool(false) => format!("Jekyll reads {kind} here, and makes a title from the file name"),
        Value::List(_) | Value::Mapping(_) => {
            format!("Jekyll reads {kind} here and prints {}", quoted(&node.value.inspect()))
        }
        value if value.display() == written => format!("Jekyll reads {kind} here, not a text"),
        value => format!("Jekyll reads {kind} here and prints {}", quoted(&value.display())),
    };
    // A page named 404 is printed as it is written: nobody sees the type.
    let shows = node.value.display() == written && matches!(input.kind, FileKind::Page | FileKind::Layout);
    let advice = if one_line { "Put the title in quotes." } else { "A title is one text." };
    found.push(Diagnostic {
        severity: if shows { Severity::Hint } else { RULE.severity },
        fix: in_quotes(&input.post.text, node.span, Context::Block).filter(|_| one_line),
        ..finding(&RULE, place(input, pair), format!("{read}. {advice}"))
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn titles_that_are_no_text() {
        for (title, read) in [
            ("Yes", "the boolean true here and prints `true`"),
            ("0xFF", "the number 255 here and prints `255`"),
            ("+81", "the number 81 here and prints `81`"),
            ("1.10", "the number 1.1 here and prints `1.1`"),
            ("2048", "the number 2048 here, not a text"),
            ("2024-01-15", "the date 2024-01-15 here, not a text"),
            ("[入門]", "a list here and prints `[\"入門\"]`"),
        ] {
            let found = Fixture::new(&format!("---\ntitle: {title}\n---\n本文\n")).check();
            assert_eq!(codes(&found), ["title-type"], "{title}");
            assert_eq!(found[0].message, format!("Jekyll reads {read}. Put the title in quotes."));
        }
        check(
            "---\ntitle: no\ntags: [a]\n---\n本文\n",
            expect![[r#"
              title: no
                     ^^
            warning title-type: Jekyll reads the boolean false here, and makes a title from the file name. Put the title in quotes.
            fix: Put it in quotes
              title: "no"
        "#]],
        );
        check(
            "---\ntitle:\n  ja: 題名\n---\n本文\n",
            expect![[r#"
                  title:
                  ^^^^^
                warning title-type: Jekyll reads a mapping here and prints `{"ja"=>"題名"}`. A title is one text.
            "#]],
        );
    }

    #[test]
    fn titles_that_are_text() {
        for title in ["1e3", "'2024'", "2024年", "1.2.3", "y", "12:60", "Yes, sir", "|\n  2024"] {
            let found = Fixture::new(&format!("---\ntitle: {title}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{title}");
        }
    }
}
