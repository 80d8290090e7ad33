//! `missing-dash`: a line of a list has no dash.

use super::{Words, report};
use crate::post::front_matter::ProblemKind;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-dash",
    severity: Severity::Error,
    summary: "A line of a list has no dash.",
    example: "---\ntags:\n  - a\n  b\n  - c\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    report(input, found, RULE.code, ProblemKind::MissingDash, |case| {
        let text = &*input.post.text;
        let has_mark = |edit: &TextEdit| !edit.span.of(text).trim_matches(' ').is_empty();
        if case.problem.mend.iter().any(has_mark) {
            let message = format!(
                "{} begins with a mark that is none of a list in YAML. Write `- ` before the item.",
                case.written()
            );
            return Words::new(message, "Write `- `").otherwise("Jekyll reads such lines as one text.");
        }
        Words::new(format!("{} stands in a list and has no `- ` before it.", case.written()), "Add the dash")
            .otherwise("Jekyll reads it as part of the item before it.")
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use crate::text::edit::apply;
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\ntags:\n  - 東京\n  京都\n  - 大阪\n---\n本文\n",
            expect![[r#"
                京都
                ^^^^
            error missing-dash: `京都` stands in a list and has no `- ` before it. Jekyll publishes this post without its tags.
            fix: Add the dash
                - 京都
        "#]],
        );
    }

    #[test]
    fn marks_of_japanese_lists_and_of_word_processors() {
        for (marked, mended, count) in [
            ("  ・AI\n  ・東京\n", "  - AI\n  - 東京\n", 2),
            ("  － AI\n  －　東京\n", "  - AI\n  - 東京\n", 2),
            ("  • AI\n  - 東京\n", "  - AI\n  - 東京\n", 1),
            ("  − AI\n  – 東京\n", "  - AI\n  - 東京\n", 2),
            ("・AI\n・東京\n", "- AI\n- 東京\n", 2),
            ("– AI\n- 東京\n", "- AI\n- 東京\n", 1),
        ] {
            let fixture = Fixture::new(&format!("---\ntitle: 題\ntags:\n{marked}---\n本文\n"));
            let found = fixture.check();
            assert_eq!(codes(&found), vec!["missing-dash"; count], "{marked}");
            let edits: Vec<_> =
                found.into_iter().filter_map(|finding| finding.fix).flat_map(|fix| fix.edits).collect();
            assert_eq!(apply(fixture.text(), &edits), format!("---\ntitle: 題\ntags:\n{mended}---\n本文\n"));
        }
    }

    #[test]
    fn prose_with_such_marks_is_left_alone() {
        check("---\ndescription:\n  ・一つ\n  ・二つ\ntags:\n  - AI\n    — と\n---\n本文\n", expect![""]);
    }
}
