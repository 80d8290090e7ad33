//! `name-day-differs`: the file's name bears another day than the front matter. Jekyll goes by the front matter;
//! many authors keep a name when they change a date, so this is a hint.

use super::day_first;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FileKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "name-day-differs",
    severity: Severity::Hint,
    summary: "The file's name bears another day than the date in the front matter.",
    example: "---\ntitle: Hello\ndate: 2024-03-05\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(written) = input.written().filter(|_| *input.kind == FileKind::Post) else { return };
    let (Some(day), Some(name)) = (written.day(), input.name_day()) else { return };
    if written.wall().is_none()
        || name == day
        || name == written.local.date()
        || day_first::is_its(written.text)
    {
        return;
    }
    found.push(Diagnostic {
        span: written.node.span,
        severity: RULE.severity,
        code: RULE.code,
        message: format!("The file's name says {name}, but Jekyll goes by this date: the post is of {day}."),
        related: Vec::new(),
        fix: None,
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn the_front_matter_wins() {
        check(
            "---\ntitle: 題名\ndate: 2024-01-16\n---\n本文\n",
            expect![[r#"
              date: 2024-01-16
                    ^^^^^^^^^^
            hint name-day-differs: The file's name says 2024-01-15, but Jekyll goes by this date: the post is of 2024-01-16.
        "#]],
        );
        check("---\ntitle: 題名\ndate: 2024-1-15\n---\n本文\n", expect![""]);
    }
}
