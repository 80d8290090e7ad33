//! `no-front-matter`: a post without any. A page or a document without it is a plain file, and fine.

use super::start;
use crate::jekyll::Status;
use crate::post::front_matter::fence::FenceState;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FileKind;
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: "no-front-matter",
    severity: Severity::Warning,
    summary: "A post has no front matter.",
    example: "Hello\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    if input.kind != &FileKind::Post || input.post.front_matter.fence.state != FenceState::Missing {
        return;
    }
    // It is left out, whatever stands in it.
    if input.reading.status == Status::Dropped {
        return;
    }
    let start = start(text);
    let line = text.get(start..).and_then(|text| text.lines().next()).unwrap_or_default();
    let why = match line.trim_end() {
        "" if text.trim().is_empty() => "This post is empty: it has no front matter.",
        "{" | "+++" | ";;;" => {
            "This post has no front matter that Jekyll knows: that is YAML between two lines `---`."
        }
        _ if line.starts_with("{\"") => {
            "This post has no front matter that Jekyll knows: that is YAML between two lines `---`."
        }
        _ => "This post has no front matter.",
    };
    found.push(Diagnostic {
        span: Span::new(start, start + line.len()),
        severity: RULE.severity,
        code: RULE.code,
        message: format!(
            "{why} Jekyll takes its title and date from the file's name and prints all of the file."
        ),
        related: Vec::new(),
        fix: None,
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn posts_of_other_generators() {
        check(
            "+++\ntitle = \"Hugo\"\n+++\n",
            expect![[r#"
              +++
              ^^^
            warning no-front-matter: This post has no front matter that Jekyll knows: that is YAML between two lines `---`. Jekyll takes its title and date from the file's name and prints all of the file.
        "#]],
        );
        check(
            "{\"title\": \"x\"}\n",
            expect![[r#"
              {"title": "x"}
              ^^^^^^^^^^^^^^
            warning no-front-matter: This post has no front matter that Jekyll knows: that is YAML between two lines `---`. Jekyll takes its title and date from the file's name and prints all of the file.
        "#]],
        );
        check(
            "",
            expect![[r#"
  
              ^
            warning no-front-matter: This post is empty: it has no front matter. Jekyll takes its title and date from the file's name and prints all of the file.
        "#]],
        );
    }

    #[test]
    fn a_page_or_a_draft_without_one_is_fine() {
        check("//- /README.md\n# Read me\n", expect![""]);
    }
}
