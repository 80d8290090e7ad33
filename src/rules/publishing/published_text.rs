//! `published-not-hiding`: a `published` that says no but is a text or a number, which Ruby takes for yes.

use crate::post::front_matter::Value;
use crate::post::front_matter::scalar::Style;
use crate::rules::nearest::distance;
use crate::rules::spots::{is_document, own};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "published-not-hiding",
    severity: Severity::Warning,
    summary: "`published` says no in a way that does not hide the post.",
    example: "---\ntitle: Hello\npublished: \"false\"\n---\nText\n",
    check,
};

/// Texts by which an author means no, in lower case and half width.
const NO: &[&str] = &[
    "false",
    "no",
    "off",
    "n",
    "f",
    "0",
    "-",
    "none",
    "nil",
    "null",
    "never",
    "not",
    "hide",
    "hidden",
    "draft",
    "private",
    "unpublished",
    "いいえ",
    "非公開",
    "下書き",
    "未公開",
];

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(node) = own(input, "published").filter(|_| is_document(input)) else { return };
    let says_no = match &node.value {
        Value::String(text) => says_no(&plain(text)),
        Value::Integer(number) => number.get() == 0,
        Value::Float(number) => *number == 0.0,
        _ => false,
    };
    if !says_no {
        return;
    }
    let written = node.span.of(&input.post.text);
    let edit = TextEdit::replace(node.span, "false");
    let one_line = !matches!(node.style, Style::Literal | Style::Folded | Style::Alias);
    found.push(Diagnostic {
        span: node.span,
        severity: RULE.severity,
        code: RULE.code,
        message: format!(
            "{} does not hide this post: Jekyll publishes it. Only `false`, `no` and `off` without quotes hide it.",
            quoted(written)
        ),
        related: Vec::new(),
        fix: one_line.then(|| Fix::choice("Write `false`", vec![edit])),
    });
}

fn says_no(text: &str) -> bool {
    NO.contains(&text) || ((4..=7).contains(&text.len()) && distance(text, "false") == 1)
}

/// Trimmed, in lower case, full-width letters and digits as ASCII.
fn plain(text: &str) -> String {
    let narrow = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.trim().chars().map(narrow).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn a_letter_is_a_text() {
        check(
            "---\ntitle: 題名\npublished: n # 後で\n---\n本文\n",
            expect![[r#"
                published: n # 後で
                           ^
              warning published-not-hiding: `n` does not hide this post: Jekyll publishes it. Only `false`, `no` and `off` without quotes hide it.
              fix: Write `false`
                published: false # 後で
            "#]],
        );
    }

    #[test]
    fn what_says_yes_or_a_day_is_silent() {
        for (value, finds) in [
            ("'no'", true),
            ("0", true),
            ("ｆａｌｓｅ", true),
            ("下書き", true),
            ("flase", true),
            ("yes", false),
            ("y", false),
        ]
        .into_iter()
        .chain([("1", false), ("\"true\"", false), ("2024-01-15", false), ("[false]", false)])
        {
            let post = format!("---\ntitle: a\npublished: {value}\n---\n");
            let found = codes(&Fixture::new(&post).check()).contains(&super::RULE.code);
            assert_eq!(found, finds, "{value}");
        }
    }
}
