//! `idle-key`: a key under which Jekyll has a value of its own, so that the file's is never seen.
//! Source: `document.rb` populate_title, `drops/document_drop.rb`.

use super::{MOST_SLIPS, uses};
use crate::post::front_matter::Value;
use crate::rules::loaded::{finding, pair};
use crate::rules::spots::is_document;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "idle-key",
    severity: Severity::Warning,
    summary: "Jekyll has a value of its own under this key, and never looks at the file's.",
    example: "---\ntitle: Hello\next: .txt\n---\nText\n",
    check,
};

/// The keys, and what does what they seem to do.
const IDLE: &[(&str, &str)] = &[
    ("ext", "The extension of the file's name decides."),
    ("url", "To set the URL, write `permalink`."),
    ("id", "To keep a number of your own, take another name."),
    ("path", "It is the path of the file."),
    ("relative_path", "It is the path of the file."),
    ("content", "It is the text below the front matter."),
    ("output", "It is the finished page."),
    ("collection", "The file's folder decides."),
    ("next", "It is the next post."),
    ("previous", "It is the previous post."),
];

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !is_document(input) {
        return;
    }
    for (key, instead) in IDLE {
        let Some(pair) = pair(input, key) else { continue };
        if *key == "output" && is_of_r_markdown(&pair.value.value) {
            continue;
        }
        // A key that the site is used to has its reader: a plugin, or another program.
        let habit = uses(input.site, key) > MOST_SLIPS;
        let message =
            format!("Jekyll has a value of its own under `{key}`, and this one has no effect. {instead}");
        found.push(Diagnostic {
            severity: if habit { Severity::Hint } else { RULE.severity },
            ..finding(&RULE, pair.key.span, message)
        });
    }
}

/// Whether an `output` is R Markdown's, which made the post and left it there: `html_document`, with settings or without.
fn is_of_r_markdown(output: &Value) -> bool {
    let is_format = |name: &str| name.ends_with("_document") || name.contains("::");
    match output {
        Value::Null => true,
        Value::String(name) => is_format(name),
        Value::Mapping(pairs) => pairs.iter().any(|pair| pair.key.value.as_str().is_some_and(is_format)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn what_r_markdown_leaves_is_no_mistake() {
        for (output, expected) in [
            ("html_document", 0),
            ("", 0),
            ("\n  md_document:\n    variant: gfm", 0),
            ("bookdown::html_document2", 0),
            ("true", 1),
            ("ページ", 1),
        ] {
            let found = Fixture::new(&format!("---\ntitle: 題\noutput: {output}\n---\n本文\n")).check();
            assert_eq!(codes(&found).len(), expected, "{output}");
        }
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: 題名\nurl: /東京/\n---\n本文\n",
            expect![[r#"
              url: /東京/
              ^^^
            warning idle-key: Jekyll has a value of its own under `url`, and this one has no effect. To set the URL, write `permalink`.
        "#]],
        );
    }
}
