//! `no-space-after-colon`: no blank stands between a colon and the value.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "no-space-after-colon",
    severity: Severity::Error,
    summary: "No space stands between a colon and the value.",
    example: "---\ntitle:Hello\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::NoSpaceAfterColon, |_| {
        Words::new(
            "A space is missing after this colon: without it YAML sees no key.",
            "Add a space after the colon",
        )
        .otherwise("Jekyll reads it as one with the word before it.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_braces() {
        check(
            "---\nimage: {path:/a.png, alt: x:y, u:http://x, v://z}\nbox: {\"a\":1}\n---\n本文\n",
            expect![[r#"
                  image: {path:/a.png, alt: x:y, u:http://x, v://z}
                              ^
                warning no-space-after-colon: A space is missing after this colon: without it YAML sees no key. Jekyll reads it as one with the word before it.
                fix: Add a space after the colon
                  image: {path: /a.png, alt: x:y, u:http://x, v://z}
                  image: {path:/a.png, alt: x:y, u:http://x, v://z}
                                                  ^
                warning no-space-after-colon: A space is missing after this colon: without it YAML sees no key. Jekyll reads it as one with the word before it.
                fix: Add a space after the colon
                  image: {path:/a.png, alt: x:y, u: http://x, v://z}
            "#]],
        );
    }

    #[test]
    fn below_a_key() {
        check(
            "---\nauthor:\n  name:山田\n  url:/about/\ntitle:\n  a:b\n---\n本文\n",
            expect![[r#"
                name:山田
                    ^
            warning no-space-after-colon: A space is missing after this colon: without it YAML sees no key. Jekyll reads it as one with the word before it.
            fix: Add a space after the colon
                name: 山田
                url: /about/
        "#]],
        );
    }

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle:題名\nlayout: post\n---\n本文\n",
            expect![[r#"
              title:題名
                   ^
            error no-space-after-colon: A space is missing after this colon: without it YAML sees no key. Jekyll publishes this post without its title and layout.
            fix: Add a space after the colon
              title: 題名
        "#]],
        );
    }
}
