//! How Ruby compares, splits and names what a front matter holds: two categories are the same when Ruby says so.
//! How it prints a value is [`Value::display`].

use std::sync::Arc;

use crate::limits::MAX_VALUES;
use crate::post::front_matter::Value;
use crate::post::front_matter::scalar::Pair;

/// Whether a Hash takes two values for one key: the same type and the same content, wherever they are written.
pub fn same(one: &Value, other: &Value) -> bool {
    same_within(one, other, &mut MAX_VALUES.saturating_mul(10))
}

/// Values that are too large to compare are not the same.
fn same_within(one: &Value, other: &Value, left: &mut usize) -> bool {
    *left = left.saturating_sub(1);
    match (one, other) {
        (Value::List(one), Value::List(other)) if Arc::ptr_eq(one, other) => true,
        (Value::Mapping(one), Value::Mapping(other)) if Arc::ptr_eq(one, other) => true,
        _ if *left == 0 => false,
        (Value::List(one), Value::List(other)) => {
            let mut pairs = one.iter().zip(other.iter());
            one.len() == other.len() && pairs.all(|(one, other)| same_within(&one.value, &other.value, left))
        }
        (Value::Mapping(one), Value::Mapping(other)) => {
            let has = |pair: &Pair| {
                other.iter().any(|it| {
                    same_within(&it.key.value, &pair.key.value, left)
                        && same_within(&it.value.value, &pair.value.value, left)
                })
            };
            one.len() == other.len() && one.iter().all(has)
        }
        _ => one == other,
    }
}

/// Ruby's `split` without arguments: at runs of ASCII white space, so not at U+3000.
pub fn split(text: &str) -> impl Iterator<Item = Arc<str>> + '_ {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r');
    text.split(blank).filter(|word| !word.is_empty()).map(Arc::from)
}

/// Ruby's `downcase`: letter by letter, without the final sigma that Rust knows.
pub fn downcase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    out.extend(lower(text));
    out
}

/// Whether a character is one of the letters that most of Japanese and Korean is made of: there the tables of all letters
/// need not be asked.
pub fn is_east_asian(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='\u{9FEF}' | '가'..='힣')
}

/// [`downcase`], letter by letter.
pub fn lower(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(|c| {
        // Most of Japanese and Korean, which knows no case: the tables need not be asked.
        let has_no_case = matches!(c, '\u{2E80}'..='\u{A63F}' | '\u{AC00}'..='\u{D7A3}');
        let (same, other) = if c.is_ascii() {
            (Some(c.to_ascii_lowercase()), None)
        } else if has_no_case {
            (Some(c), None)
        } else {
            (None, Some(c.to_lowercase()))
        };
        same.into_iter().chain(other.into_iter().flatten())
    })
}

/// Ruby's `capitalize`: the first letter large, all the rest small.
pub fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut out = titlecase(first);
    out.push_str(&downcase(chars.as_str()));
    out
}

/// The large form of a word's first letter, which for a few is not the upper case. Source: Unicode's UnicodeData.txt
/// and SpecialCasing.txt.
fn titlecase(letter: char) -> String {
    let own = match letter {
        'Ǆ' | 'ǅ' | 'ǆ' => 'ǅ',
        'Ǉ' | 'ǈ' | 'ǉ' => 'ǈ',
        'Ǌ' | 'ǋ' | 'ǌ' => 'ǋ',
        'Ǳ' | 'ǲ' | 'ǳ' => 'ǲ',
        // Georgian: its capitals are for whole words alone.
        'ა'..='ჺ' | 'ჽ'..='ჿ' => letter,
        'ᾀ'..='ᾇ' | 'ᾐ'..='ᾗ' | 'ᾠ'..='ᾧ' => char::from_u32(letter as u32 + 8).unwrap_or(letter),
        'ᾈ'..='ᾏ' | 'ᾘ'..='ᾟ' | 'ᾨ'..='ᾯ' | 'ᾼ' | 'ῌ' | 'ῼ' => letter,
        'ᾳ' => 'ᾼ',
        'ῃ' => 'ῌ',
        'ῳ' => 'ῼ',
        'ŉ' => return "ʼN".to_owned(),
        _ => {
            let mut upper = letter.to_uppercase();
            let mut out: String = upper.next().into_iter().collect();
            out.extend(upper.flat_map(char::to_lowercase));
            return out;
        }
    };
    own.to_string()
}

/// The name of a value's class, as Ruby has it; true and false are called `Boolean`, a list names its items'
/// classes once each.
pub fn class(value: &Value) -> String {
    class_at(value, 0, &mut MAX_VALUES.saturating_mul(10))
}

fn class_at(value: &Value, depth: usize, left: &mut usize) -> String {
    *left = left.saturating_sub(1);
    let name = match value {
        Value::Null => "nil",
        Value::Bool(_) => "Boolean",
        Value::Integer(_) => "Integer",
        Value::Float(_) => "Float",
        Value::Date(_) => "Date",
        Value::Time(_) => "Time",
        Value::String(_) => "String",
        Value::Mapping(_) => "Hash",
        Value::List(_) if depth > 3 || *left == 0 => "Array",
        Value::List(items) => {
            let mut names: Vec<String> =
                items.iter().take(200).map(|item| class_at(&item.value, depth + 1, left)).collect();
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
    fn words_split_at_ascii_blanks_only() {
        let words: Vec<_> = split(" a\tb　c、d,\u{a0}e ").collect();
        assert_eq!(words.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["a", "b　c、d,\u{a0}e"]);
    }

    #[test]
    fn east_asian_letters_are_letters() {
        use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};
        let all = ('\0'..=char::MAX).filter(|c| super::is_east_asian(*c));
        assert!(
            all.into_iter()
                .all(|c| c.is_alphabetic() && c.general_category() == GeneralCategory::OtherLetter)
        );
    }

    #[test]
    fn every_letter_gets_its_small_form() {
        for c in '\0'..=char::MAX {
            assert!(super::lower(c.encode_utf8(&mut [0; 4])).eq(c.to_lowercase()), "{c:?}");
        }
    }

    #[test]
    fn letters_change_case_as_in_ruby() {
        assert_eq!(capitalize("hELLO wORLD"), "Hello world");
        assert_eq!(capitalize("ünï"), "Ünï");
        assert_eq!(capitalize("ßa"), "Ssa");
        assert_eq!(capitalize("ǆEMPER"), "ǅemper");
        assert_eq!(capitalize("ﬁnd"), "Find");
        assert_eq!(capitalize("თბილისი"), "თბილისი");
        assert_eq!(capitalize("ᾳ"), "ᾼ");
        assert_eq!(downcase("ΟΔΟΣ"), "οδοσ");
    }
}
