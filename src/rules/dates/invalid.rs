//! `invalid-date`: a `date` that Ruby cannot read. Jekyll stops the whole build at it.

use jiff::civil::Date;

use super::japanese;
use crate::jekyll::Reason;
use crate::jekyll::date::fields::Fields;
use crate::jekyll::date::recognise::fields;
use crate::post::front_matter::{Node, Value};
use crate::rules::spots::{blank_before, content, head, is_document, own, said};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "invalid-date",
    severity: Severity::Error,
    summary: "Jekyll cannot read the date and stops the whole build.",
    example: "---\ntitle: Hello\ndate: tomorrow\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(Reason::Date(error)) = said(input).reason.as_ref().filter(|_| is_document(input)) else {
        return not_one_date(input, found);
    };
    let text = &*input.post.text;
    let pair = input.post.front_matter.values.get_pair("date");
    let node = pair.map(|pair| &pair.value);
    let mend = node.and_then(|node| mend(input, node));
    let what = match node {
        Some(node) => what(node, text),
        None => format!(
            "The defaults of the configuration give {} as this post's date, which is none.",
            quoted(&error.text)
        ),
    };
    let how = match &mend {
        Some(mend) => format!("Write `{mend}`."),
        None => "Write it as 2024-01-15, with a time if you like: 2024-01-15 08:00 +0900.".to_owned(),
    };
    let span = match pair {
        Some(pair) if pair.value.span.is_empty() => pair.key.span,
        Some(pair) => pair.value.span,
        None => head(input),
    };
    found.push(Diagnostic {
        span,
        severity: RULE.severity,
        code: RULE.code,
        message: format!("{what} Jekyll stops the whole build at it. {how}"),
        related: Vec::new(),
        fix: node.zip(mend).and_then(|(node, mend)| fix(node, text, &mend)),
    });
}

/// A list is no date even where Ruby finds one in how it prints it.
fn not_one_date(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let node = own(input, "date").filter(|_| is_document(input));
    let Some(node) = node.filter(|node| matches!(node.value, Value::List(_) | Value::Mapping(_))) else {
        return;
    };
    found.push(Diagnostic {
        span: node.span,
        severity: Severity::Warning,
        code: RULE.code,
        message:
            "This is not one date: Jekyll takes the first that it finds in it. Write one, without brackets."
                .to_owned(),
        related: Vec::new(),
        fix: None,
    });
}

fn fix(node: &Node, text: &str, mend: &str) -> Option<Fix> {
    let span = if node.span.is_empty() { node.span } else { content(node, text)? };
    let edit = TextEdit::replace(span, format!("{}{mend}", blank_before(node, text)));
    let title = format!("Write `{mend}`");
    let written = !matches!(&node.value, Value::Null) && !content(node, text)?.of(text).trim().is_empty();
    Some(if written { Fix::new(title, vec![edit]) } else { Fix::choice(title, vec![edit]) })
}

/// The one date that the author can have meant.
fn mend(input: &Input<'_>, node: &Node) -> Option<String> {
    let text = match &node.value {
        Value::Null => "",
        Value::String(text) => text,
        _ => return None,
    };
    if text.trim().is_empty() {
        return input.name_day().map(|day| day.to_string());
    }
    japanese::gregorian(text).or_else(|| month_first(text))
}

/// `03/25/2024`: a month first, as only it can be meant.
fn month_first(text: &str) -> Option<String> {
    let mut parts = text.trim().splitn(3, '/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 {
        return None;
    }
    Some(Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?.to_string())
}

fn what(node: &Node, text: &str) -> String {
    let written = match &node.value {
        Value::Null => return "This date is empty.".to_owned(),
        Value::String(value) if value.trim().is_empty() => return "This date is empty.".to_owned(),
        _ => quoted(node.span.of(text)),
    };
    let value = match &node.value {
        Value::String(value) => &**value,
        _ => return format!("Jekyll cannot read {written} as a date."),
    };
    let Fields { year, month, day, hour, minute, second, .. } = fields(value);
    let parts = [
        ("month", month, 1..=12),
        ("day", day, 1..=31),
        ("hour", hour, 0..=24),
        ("minute", minute, 0..=59),
        ("second", second, 0..=60),
    ];
    let missing = parts.into_iter().find_map(|(name, part, range)| {
        let part = part.filter(|part| year.is_some() && !range.contains(part))?;
        Some(format!("There is no {name} {part}, as in {written}."))
    });
    let digits_only = value.chars().all(|c| c.is_ascii_digit() || "-/.".contains(c));
    missing.unwrap_or_else(|| match digits_only && value.len() <= "2024-03".len() {
        true => format!("{written} is no whole day."),
        false => format!("Jekyll cannot read {written} as a date."),
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check};
    use expect_test::expect;

    #[test]
    fn a_japanese_date() {
        check(
            "---\ntitle: 題名\ndate: '2024年3月5日 午後3時' # 公開\n---\n本文\n",
            expect![[r#"
                  date: '2024年3月5日 午後3時' # 公開
                        ^^^^^^^^^^^^^^^^^^^^^^
                error invalid-date: Jekyll cannot read `'2024年3月5日 午後3時'` as a date. Jekyll stops the whole build at it. Write `2024-03-05 15:00`.
                fix: Write `2024-03-05 15:00`
                  date: '2024-03-05 15:00' # 公開
            "#]],
        );
    }

    #[test]
    fn an_empty_date_is_the_day_of_the_name() {
        check(
            "---\ntitle: 題名\ndate:\n---\n本文\n",
            expect![[r#"
              date:
              ^^^^
            error invalid-date: This date is empty. Jekyll stops the whole build at it. Write `2024-01-15`.
            fix: Write `2024-01-15`
              date: 2024-01-15
        "#]],
        );
    }

    #[test]
    fn each_says_what_is_wrong() {
        for (value, message) in [
            ("2024-13-01", "There is no month 13"),
            ("2024-01-32", "There is no day 32"),
            ("2024-03-05 08:60", "There is no minute 60"),
            ("2024-03", "`2024-03` is no whole day"),
            ("2024", "cannot read `2024`"),
            ("tomorrow", "cannot read `tomorrow`"),
            ("yes", "cannot read `yes`"),
            ("\"\"", "This date is empty"),
            ("[2024-01-01]", "not one date"),
            ("03/25/2024", "Write `2024-03-25`"),
        ] {
            let found = Fixture::new(&format!("---\ntitle: a\ndate: {value}\n---\n")).check();
            assert!(found.iter().any(|found| found.message.contains(message)), "{value}: {found:?}");
        }
    }

    #[test]
    fn dates_that_ruby_reads_are_silent() {
        for value in [
            "2024-01-15",
            "2024-1-15 8:00:00 +0000",
            "Jan 15, 2024",
            "20240115",
            "2024/01/15",
            "2024-01-15 08:00 PM",
        ] {
            check(&format!("---\ntitle: a\ndate: {value}\n---\n"), expect![""]);
        }
    }
}
