//! `unused-footnote`: a note that no mark leads to, or that another one of its name overwrites, is not in the page. Source:
//! kramdown `parser/kramdown/footnote.rb`.

use std::collections::{HashMap, HashSet};

use super::keep;
use super::missing_footnote::own;
use crate::rules::loaded::finding;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Related, Rule, Severity};
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: "unused-footnote",
    severity: Severity::Warning,
    summary: "A note that no mark leads to is left out of the page.",
    example: "---\nlayout: post\n---\n半導体が足りない[^1]。\n\n[^1]: 2026年1月の調べ。\n[^2]: 経済産業省。\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(notes) = own(input) else { return };
    let text = &*input.post.text;
    let marks: HashSet<&str> = notes.marks.iter().map(|mark| mark.of(text)).collect();
    let last: HashMap<&str, Span> = notes.notes.iter().map(|note| (note.name.of(text), note.name)).collect();
    let lost = notes.notes.iter().filter_map(|note| {
        let name = note.name.of(text);
        let label = Span::new(note.name.start - 2, note.name.end + 2);
        if !marks.contains(name) {
            let mark = quoted(&format!("[^{name}]"));
            let message = format!("No {mark} leads to this note: kramdown leaves it out of the page.");
            return Some(finding(&RULE, label, message));
        }
        let last = last.get(name).copied().filter(|last| *last != note.name)?;
        let message =
            "A later note has this name too: kramdown takes that one, and leaves this one out.".to_owned();
        let related = vec![Related::here(last, "The later one")];
        Some(Diagnostic { related, ..finding(&RULE, label, message) })
    });
    keep(found, lost);
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(body: &str, expected: Expect) {
        crate::rules::testing::check(&format!("---\nlayout: post\n---\n{body}"), expected);
    }

    #[test]
    fn notes_that_are_not_shown() {
        check(
            "京都[^1]\n\n[^1]: 注 [^3]\n[^2]: 二\n[^3]: 三\n",
            expect![[r#"
              [^2]: 二
              ^^^^^
            warning unused-footnote: No `[^2]` leads to this note: kramdown leaves it out of the page.
        "#]],
        );
        check(
            "京都[^1]\n\n[^1]: 注\n\n[^1]: 二\n",
            expect![[r#"
              [^1]: 注
              ^^^^^
            warning unused-footnote: A later note has this name too: kramdown takes that one, and leaves this one out.
            see: The later one
              [^1]: 二
                ^
        "#]],
        );
        check("```\n[^1]: 注\n```\n\n    [^2]: 注\n", expect![[""]]);
    }
}
