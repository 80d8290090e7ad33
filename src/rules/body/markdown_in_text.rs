//! `markdown-in-text`: bold marks in a text that Jekyll does not render as Markdown.

use std::sync::LazyLock;

use regex::Regex;

use super::{finding, shown_texts};
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "markdown-in-text",
    severity: Severity::Warning,
    summary: "A title, excerpt or description has Markdown's bold marks, which are shown as they are.",
    example: "---\ntitle: \"A **bold** title\"\n---\nText\n",
    check,
};

/// `**text**` as CommonMark opens and closes it: `**kwargs` and `x**2` are none.
static BOLD: LazyLock<Regex> = LazyLock::new(|| {
    #[allow(clippy::expect_used)] // the pattern is a constant, and the tests compile it
    Regex::new(r"(?:^|[^0-9A-Za-z*\\])(\*\*)[^\s*](?:[^*\n]*[^\s*\\])?(\*\*)(?:[^*]|$)")
        .expect("the pattern is well formed")
});

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    // Who renders it is for a theme to say where the site's own layouts do not.
    let elsewhere = input.site.config().theme.is_some() || input.site.is_source_elsewhere();
    let is_theirs = |key| key != "title" && elsewhere;
    for (key, node) in shown_texts(input).filter(|(key, _)| !input.site.templates().render(key)) {
        let source = node.span.of(&input.post.text);
        if !source.contains('*') {
            continue;
        }
        for bold in BOLD.captures_iter(source) {
            let (Some(open), Some(close)) = (bold.get(1), bold.get(2)) else { continue };
            let place = |range: std::ops::Range<usize>| Span::from(range).shift(node.span.start);
            let span = place(open.start()..close.end());
            let message = format!(
                "The `{key}` is shown as it is, with the asterisks: Jekyll renders Markdown in the body only."
            );
            let edits = vec![TextEdit::delete(place(open.range())), TextEdit::delete(place(close.range()))];
            found.push(Diagnostic {
                severity: if is_theirs(key) { Severity::Information } else { RULE.severity },
                ..finding(&RULE, span, message, Some(Fix::choice("Remove the asterisks", edits)))
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::example::Example;
    use crate::rules::testing::{check, codes};
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntitle: 今日の**話**です\nexcerpt: \"**a** b\"\n---\n本文\n",
            expect![[r#"
              title: 今日の**話**です
                           ^^^^^^
            warning markdown-in-text: The `title` is shown as it is, with the asterisks: Jekyll renders Markdown in the body only.
            fix: Remove the asterisks
              title: 今日の話です
              excerpt: "**a** b"
                        ^^^^^
            warning markdown-in-text: The `excerpt` is shown as it is, with the asterisks: Jekyll renders Markdown in the body only.
            fix: Remove the asterisks
              excerpt: "a b"
        "#]],
        );
    }

    #[test]
    fn a_layout_or_a_theme_may_render_it() {
        let post = "//- /_posts/2024-01-15-a.md\n---\ntitle: \"題\"\nexcerpt: \"**a** b\"\n---\n本文\n";
        check(&format!("{post}//- /_includes/a.html\n{{{{ post.excerpt | markdownify }}}}\n"), expect![""]);
        check(
            &format!("{post}//- /_config.yml\ntheme: minima\n"),
            expect![[r#"
                  excerpt: "**a** b"
                            ^^^^^
                information markdown-in-text: The `excerpt` is shown as it is, with the asterisks: Jekyll renders Markdown in the body only.
                fix: Remove the asterisks
                  excerpt: "a b"
            "#]],
        );
    }

    #[test]
    fn code_and_sums_are_fine() {
        for title in ["Using args and **kwargs in Python", "x**2 + y**2", "2 ** 3 ** 4", "A * b * c", "****"]
        {
            let found = Example::new(&format!("---\ntitle: \"{title}\"\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{title}");
        }
    }
}
