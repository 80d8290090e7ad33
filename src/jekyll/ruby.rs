//! How Ruby prints, compares and splits what a front matter holds. Jekyll leans on it everywhere: a category is
//! the text of any value, two tags are the same when Ruby says so.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::post::front_matter::{Mapping, Value};

/// Ruby's `to_s`.
pub fn to_s(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.to_string(),
        other => inspect(other),
    }
}

/// Ruby's `inspect`, as 3.1 words it.
pub fn inspect(value: &Value) -> String {
    match value {
        Value::Null => "nil".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => float(*number),
        Value::Date(date) => date.to_string(),
        Value::Time(time) => TimeZone::UTC.to_datetime(*time).strftime("%Y-%m-%d %H:%M:%S +0000").to_string(),
        Value::String(text) => quoted(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| inspect(&item.value)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(pairs) => {
            let pair = |(key, value)| format!("{}=>{}", inspect(key), inspect(value));
            let pairs: Vec<String> =
                pairs.iter().map(|it| (&it.key.value, &it.value.value)).map(pair).collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// A Float as Ruby prints it: `1.0`, `1.0e+20`, `1.0e-05`.
fn float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number != 0.0 && !(1e-4..1e16).contains(&number.abs()) {
        let text = format!("{number:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let point = if digits.contains('.') { "" } else { ".0" };
        let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |it| ('-', it));
        return format!("{digits}{point}e{sign}{exponent:0>2}");
    }
    format!("{number:?}")
}

/// A String in double quotes, with what would not be itself in Ruby's source escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\u{1b}' => out.push_str("\\e"),
            '#' if matches!(chars.peek(), Some('{' | '$' | '@')) => out.push_str("\\#"),
            c if c.is_ascii_control() => drop(write!(out, "\\x{:02X}", u32::from(c))),
            c if c.is_control() => drop(write!(out, "\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a Hash takes two values for one key: the same type and the same content, wherever they are written.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len()
                && one.iter().zip(other.iter()).all(|(one, other)| same(&one.value, &other.value))
        }
        (Value::Mapping(one), Value::Mapping(other)) => {
            one.len() == other.len()
                && one.iter().all(|pair| has_pair(other, &pair.key.value, &pair.value.value))
        }
        _ => one == other,
    }
}

fn has_pair(mapping: &Mapping, key: &Value, value: &Value) -> bool {
    mapping.iter().any(|pair| same(&pair.key.value, key) && same(&pair.value.value, value))
}

/// Ruby's `split` without arguments: at runs of ASCII white space, so not at U+3000.
pub fn split(text: &str) -> impl Iterator<Item = Arc<str>> + '_ {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r');
    text.split(blank).filter(|word| !word.is_empty()).map(Arc::from)
}

/// Ruby's `downcase`: letter by letter, without the final sigma that Rust knows.
pub fn downcase(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Ruby's `capitalize`: the first letter large, all the rest small.
pub fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut upper = first.to_uppercase();
    let mut out: String = upper.next().into_iter().collect();
    out.extend(upper.flat_map(char::to_lowercase));
    out.push_str(&downcase(chars.as_str()));
    out
}

/// The name of a value's class, as Ruby has it; true and false are called `Boolean`, a list names its items'
/// classes once each.
pub fn class(value: &Value) -> String {
    class_at(value, 0)
}

fn class_at(value: &Value, depth: usize) -> String {
    let name = match value {
        Value::Null => "nil",
        Value::Bool(_) => "Boolean",
        Value::Integer(_) => "Integer",
        Value::Float(_) => "Float",
        Value::Date(_) => "Date",
        Value::Time(_) => "Time",
        Value::String(_) => "String",
        Value::Mapping(_) => "Hash",
        Value::List(_) if depth > 3 => "Array",
        Value::List(items) => {
            let mut names: Vec<String> =
                items.iter().take(200).map(|item| class_at(&item.value, depth + 1)).collect();
            names.sort();
            names.dedup();
            return format!("Array<{}>", names.join("|"));
        }
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_ruby() {
        for (number, expected) in [
            (1.1, "1.1"),
            (750.0, "750.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1.0e+16"),
            (1.5e20, "1.5e+20"),
            (0.0001, "0.0001"),
            (0.000_01, "1.0e-05"),
            (-0.0, "-0.0"),
            (f64::INFINITY, "Infinity"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(float(number), expected);
        }
    }

    #[test]
    fn strings_print_as_in_ruby() {
        for (text, expected) in [
            ("a", "\"a\""),
            ("日本 \"x\"\\", r#""日本 \"x\"\\""#),
            ("#{x} #1\n\u{1}", r##""\#{x} #1\n\x01""##),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn words_split_at_ascii_blanks_only() {
        let words: Vec<_> = split(" a\tb　c、d,\u{a0}e ").collect();
        assert_eq!(words.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["a", "b　c、d,\u{a0}e"]);
    }

    #[test]
    fn letters_change_case_as_in_ruby() {
        assert_eq!(capitalize("hELLO wORLD"), "Hello world");
        assert_eq!(capitalize("ünï"), "Ünï");
        assert_eq!(capitalize("ßa"), "Ssa");
        assert_eq!(downcase("ΟΔΟΣ"), "οδοσ");
    }
}
