//! `title-in-body`: the body begins with the title, which most layouts print above it.

use super::{finding, is_post};
use crate::rules::{Diagnostic, Fix, Input, Related, Rule, Severity, loaded};
use crate::text::{Span, TextEdit};

/// The rule. A hint: a layout may leave the title to the body.
pub const RULE: Rule = Rule {
    code: "title-in-body",
    severity: Severity::Hint,
    summary: "The body begins with the title again.",
    example: "---\ntitle: Hello\n---\n# Hello\n\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let Some(pair) = loaded::pair(input, "title").filter(|_| is_post(input)) else { return };
    let title = pair.value.value.display();
    let body = input.post.front_matter.fence.body_start;
    let rest = text.get(body..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
    let line = first_line(&rest[blank..]);
    if title.trim().is_empty() || plain(line) != title.trim() {
        return;
    }
    let span = Span::new(body + blank, body + blank + line.len());
    let after = text.get(span.end..).unwrap_or_default();
    // The line under a title that makes it a heading goes with it.
    let underline = after.trim_start_matches(['\n', '\r']).lines().next().unwrap_or_default().trim_end();
    let is_underlined = !underline.is_empty() && underline.chars().all(|c| c == '=');
    let mut end = span.end;
    if is_underlined {
        end += after.find('=').unwrap_or_default() + underline.len();
    }
    let rest = text.get(end..).unwrap_or_default();
    let whole = Span::new(span.start, end + rest.len() - rest.trim_start_matches(['\n', '\r']).len());
    let message = "The body begins with the title, so it stands there twice if the layout prints it too: remove it here.";
    let fix = Fix::choice("Remove the title from the body", vec![TextEdit::delete(whole)]);
    let related = vec![Related::here(pair.value.span, "The title")];
    found.push(Diagnostic { related, ..finding(&RULE, span, message.to_owned(), Some(fix)) });
}

/// A text up to its first line break: a paragraph can be one line of many thousand characters.
fn first_line(text: &str) -> &str {
    &text[..memchr::memchr2(b'\n', b'\r', text.as_bytes()).unwrap_or(text.len())]
}

/// A first line without the marks of a heading or of bold text.
fn plain(line: &str) -> &str {
    let line = line.trim();
    let heading = line.trim_start_matches('#');
    let line = if heading.len() < line.len() && heading.starts_with([' ', '\t']) {
        heading.trim().trim_end_matches('#').trim()
    } else {
        line
    };
    let bold = |mark: &str| line.strip_prefix(mark).and_then(|line| line.strip_suffix(mark));
    bold("**").or_else(|| bold("__")).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use crate::rules::example::Example;
    use crate::rules::testing::{check, codes};
    use expect_test::expect;

    #[test]
    fn a_heading_and_a_line() {
        check(
            "---\ntitle: 題名\n---\n\n# 題名 #\n\n本文\n",
            expect![[r#"
              # 題名 #
              ^^^^^^^^
            hint title-in-body: The body begins with the title, so it stands there twice if the layout prints it too: remove it here.
            see: The title
              title: 題名
                     ^^^^
            fix: Remove the title from the body
        "#]],
        );
        check(
            "---\ntitle: 'It''s'\n---\r\nIt's\r\n====\r\n\r\nText\r\n",
            expect![[r#"
              It's
              ^^^^
            hint title-in-body: The body begins with the title, so it stands there twice if the layout prints it too: remove it here.
            see: The title
              title: 'It''s'
                     ^^^^^^^
            fix: Remove the title from the body
              ====
              ^^^^
            hint crlf-excerpt: The lines of this file end with CRLF, so Jekyll finds no blank line in it: the excerpt is the whole post, not its first paragraph. Save it with LF line ends, or write an `excerpt`.
            fix: End the lines with LF
              ---
              It's
              ====

              Text
        "#]],
        );
    }

    #[test]
    fn other_first_lines_are_fine() {
        for body in ["題名です", "# 題", "#題名", "## その他", "", "```\n題名"] {
            let found = Example::new(&format!("---\ntitle: 題名\n---\n{body}\n")).check();
            assert!(!codes(&found).contains(&"title-in-body"), "{body}");
        }
        assert_eq!(codes(&Example::new("---\ntitle: 題名\n---\n**題名**\n").check()), ["title-in-body"]);
    }
}
