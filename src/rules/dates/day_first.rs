//! `day-first-date`: `03/05/2024`, which Jekyll reads as 3 May, and `03/05/24`, which it reads as 24 May 2003.

use jiff::civil::Date;

use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "day-first-date",
    severity: Severity::Warning,
    summary: "A date such as 03/05/2024 may be read with day and month in the wrong order.",
    example: "//- /_posts/2024-03-05-post.md\n---\ntitle: Hello\ndate: 03/05/2024\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(written) = input.written() else { return };
    let (Some(numbers), Some(read)) = (Numbers::of(written.text), written.day()) else { return };
    let name = input.name_day();
    let others: Vec<Date> = numbers.readings().into_iter().flatten().filter(|day| *day != read).collect();
    let meant = name.filter(|day| others.contains(day));
    if others.is_empty() || name == Some(read) || (meant.is_none() && !numbers.is_unclear()) {
        return;
    }
    let rest = written.text.get(numbers.length..).unwrap_or_default();
    let how = match (meant, others.as_slice()) {
        (Some(meant), _) => format!("the file's name says {meant}"),
        (None, [other, ..]) => format!("write it so, or as {other} if that is meant"),
        (None, []) => return,
    };
    found.push(Diagnostic {
        span: written.node.span,
        severity: RULE.severity,
        code: RULE.code,
        message: format!("Jekyll reads {} as {read}: {how}.", quoted(written.text)),
        related: Vec::new(),
        fix: meant.map(|meant| Fix { safe: false, ..written.rewrite(&format!("{meant}{rest}")) }),
    });
}

/// Whether a date does not begin with a year of four digits, so that the order of its numbers is this rule's.
pub(super) fn is_its(text: &str) -> bool {
    Numbers::of(text).is_some()
}

/// Three numbers at the start of a date, of which the first is no year of four digits.
struct Numbers {
    parts: [i16; 3],
    separator: char,
    /// Whether the last one has four digits.
    whole_year: bool,
    /// In bytes.
    length: usize,
}

impl Numbers {
    fn of(text: &str) -> Option<Self> {
        let separator = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| "/.-".contains(*c))?;
        let short = |part: &&str| matches!(part.len(), 1 | 2);
        let mut parts = text.splitn(3, separator);
        let (first, second, rest) = (parts.next().filter(short)?, parts.next().filter(short)?, parts.next()?);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let last = &rest[..end];
        if !matches!(last.len(), 2 | 4) {
            return None;
        }
        Some(Numbers {
            parts: [first.parse().ok()?, second.parse().ok()?, last.parse().ok()?],
            separator,
            whole_year: last.len() == 4,
            length: text.len() - rest.len() + end,
        })
    }

    /// Month first, day first.
    fn readings(&self) -> [Option<Date>; 2] {
        let [first, second, year] = self.parts;
        let year = if self.whole_year { year } else { 2000 + year };
        let day =
            |month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        [day(first, second), day(second, first)]
    }

    /// Whether a reader cannot know the order. With dots the day comes first everywhere; a short year may well
    /// come first.
    fn is_unclear(&self) -> bool {
        match self.separator {
            '/' => self.whole_year || self.parts[0] <= 12,
            '-' => self.whole_year,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn the_files_name_tells_what_is_meant() {
        check(
            "//- /_posts/2024-03-05-a.md\n---\ntitle: 題名\ndate: \"03/05/2024 08:00\"\n---\n本文\n",
            expect![[r#"
                  date: "03/05/2024 08:00"
                        ^^^^^^^^^^^^^^^^^^
                warning day-first-date: Jekyll reads `03/05/2024 08:00` as 2024-05-03: the file's name says 2024-03-05.
                fix: Write `2024-03-05 08:00`
                  date: "2024-03-05 08:00"
            "#]],
        );
    }

    #[test]
    fn dates_in_other_orders() {
        for (date, finds) in [
            ("03/05/2024", true),
            ("3-5-2024", true),
            ("03/05/24", true),
            ("25/03/2024", false),
            ("05.03.2024", false),
            ("24-03-05", false),
            ("5/5/2024", false),
            ("2024/03/05", false),
        ] {
            let post = format!("---\ntitle: a\ndate: {date}\n---\n");
            let found = codes(&Fixture::new(&post).check()).contains(&super::RULE.code);
            assert_eq!(found, finds, "{date}");
        }
        let agreed = "//- /_posts/2024-05-03-a.md\n---\ntitle: a\ndate: 03/05/2024\n---\n";
        check(agreed, expect![""]);
    }
}
