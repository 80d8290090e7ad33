//! Writing a word as YAML, so that it comes back as that very string.

use super::tree::Quote;
use super::typing::{no_text, plain_value};
use super::{Value, yaml};
use crate::text::Span;

/// Where a scalar is written: a comma or a bracket ends one in a flow list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// In brackets.
    Flow,
    /// After a colon or a dash.
    Block,
}

/// A string as a scalar, in the quotes that are wanted; in quotes all the same where it would not come back as
/// that string without them.
pub fn write(word: &str, context: Context, wanted: Quote) -> String {
    match wanted {
        Quote::Plain if plain_is_safe(word, context) => word.to_owned(),
        Quote::Plain if word.contains(['"', '\\']) && !word.contains('\'') && fits_single(word) => {
            single(word)
        }
        Quote::Single if fits_single(word) => single(word),
        _ => double(word),
    }
}

/// A value of the corpus, which is known by what Liquid prints of it: written plain where that prints the same,
/// so that `true` stays a boolean and `2024` a number.
pub fn write_value(value: &str, context: Context, wanted: Quote) -> String {
    let prints_the_same = || plain_value(value).is_ok_and(|typed| typed.display() == value);
    let plain = wanted == Quote::Plain
        && !value.is_empty()
        && prints_the_same()
        && loads(value, context).is_some_and(|read| read.display() == value);
    if plain { value.to_owned() } else { write(value, context, wanted) }
}

/// Whether an unquoted scalar comes back as this very string.
pub fn plain_is_safe(word: &str, context: Context) -> bool {
    if no_text(word) != Ok(None) {
        return false;
    }
    is_word(word) || loads(word, context).is_some_and(|value| value.as_str() == Some(word))
}

/// Letters and digits with a letter first, and what stands between them in names: the common case, for which libyaml need
/// not be asked.
fn is_word(word: &str) -> bool {
    let is_inner = |c: char| matches!(c, ' ' | '-' | '_' | '.' | '/' | '+') || is_letter(c) || c.is_numeric();
    word.starts_with(is_letter) && !word.ends_with(' ') && word.chars().all(is_inner)
}

/// [`char::is_alphabetic`]; most letters here are in a script for which nothing is to be looked up.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
        || c.is_alphabetic()
}

/// What libyaml reads in an unquoted scalar.
fn loads(word: &str, context: Context) -> Option<Value> {
    // Characters that begin something else than a scalar need no question. Source: YAML 1.1, 4.2.
    let reserved = ['!', '&', '*', '|', '>', '%', '@', '`', '"', '\'', '#', '[', ']', '{', '}', ','];
    if word.contains(['\n', '\r']) || word.starts_with(reserved) {
        return None;
    }
    // What stands around it must stay: a comment or a second key in the word would swallow it.
    let text = match context {
        Context::Flow => format!("[{word}, end]"),
        Context::Block => format!("- {word}\n- end"),
    };
    let root = yaml::load(&text, Span::new(0, text.len())).ok()?.root?;
    match root.value.as_list()? {
        [first, end] if end.value.as_str() == Some("end") => Some(first.value.clone()),
        _ => None,
    }
}

fn fits_single(word: &str) -> bool {
    !word.contains(needs_escape)
}

fn single(word: &str) -> String {
    format!("'{}'", word.replace('\'', "''"))
}

fn double(word: &str) -> String {
    let mut quoted = String::with_capacity(word.len() + 2);
    quoted.push('"');
    for c in word.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if needs_escape(c) && (c as u32) < 0x1_0000 => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Characters that YAML does not take as they are, or folds as line ends. Source: YAML 1.1, 5.1 and 5.4.
fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(written: &str, context: Context) -> Option<Value> {
        let text = match context {
            Context::Flow => format!("[{written}, end]"),
            Context::Block => format!("- {written}\n- end"),
        };
        let root = yaml::load(&text, Span::new(0, text.len())).ok()?.root?;
        root.value.as_list().filter(|list| list.len() == 2)?.first().map(|node| node.value.clone())
    }

    #[test]
    fn quotes_stand_where_the_value_needs_them() {
        let plain = |word| write(word, Context::Flow, Quote::Plain);
        for word in
            ["AI", "生成AI", "C++", "Machine Learning", "y", "a:b", "it's", "2024年", "v1.2.3", "日本語、"]
        {
            assert_eq!(plain(word), word);
        }
        for word in
            ["yes", "Null", "2024", "1.10", "1,000", "2024-01-02", "~", "", " a", "a ", "a: b", "a #b", "a,b"]
        {
            assert_eq!(plain(word), format!("\"{word}\""));
        }
        for word in
            ["@x", "`x", "%x", "*x", "&x", "!x", "|", ">", "- x", "? x", "[x]", "{x}", "#x", "x:", ":"]
        {
            assert_eq!(plain(word), format!("\"{word}\""));
        }
        assert_eq!(plain("\"x\" y"), "'\"x\" y'");
        assert_eq!(plain("C:\\p\n'"), "\"C:\\\\p\\n'\"");
        assert_eq!(write("a,b", Context::Block, Quote::Plain), "a,b");
        assert_eq!(write("it's", Context::Flow, Quote::Single), "'it''s'");
        let bang = write("[!", Context::Flow, Quote::Single);
        assert_eq!(read(&bang, Context::Flow), Some(Value::String("[!".into())));
        assert_eq!(write("a\tb", Context::Flow, Quote::Single), "\"a\\tb\"");
        assert_eq!(write("a\"b", Context::Flow, Quote::Double), "\"a\\\"b\"");
    }

    #[test]
    fn values_keep_their_type() {
        let value = |value| write_value(value, Context::Block, Quote::Plain);
        assert_eq!(["true", "2024", "1.5", "post"].map(value), ["true", "2024", "1.5", "post"]);
        assert_eq!(["1.10", "yes", "a: b", ""].map(value), ["\"1.10\"", "\"yes\"", "\"a: b\"", "\"\""]);
    }

    proptest! {
        #[test]
        fn libyaml_agrees_about_words(word in r"[a-z日ア한々\-_./+0-9 　é]{1,8}", flow in any::<bool>()) {
            let context = if flow { Context::Flow } else { Context::Block };
            if plain_value(&word).is_ok_and(|value| value.as_str() == Some(&*word)) && is_word(&word) {
                prop_assert_eq!(loads(&word, context), Some(Value::String(word.into())));
            }
        }

        #[test]
        fn a_word_comes_back_as_itself(
            word in r#"[a-z日ア\-:,#\[\]{}&*!|>'"%@`?~=<0-9. \t\\\n\r\u{85}\u{2028}\u{0}😀　]{0,8}"#,
            flow in any::<bool>(),
            wanted in prop::sample::select(vec![Quote::Plain, Quote::Single, Quote::Double]),
        ) {
            let context = if flow { Context::Flow } else { Context::Block };
            let written = write(&word, context, wanted);
            let value = read(&written, context);
            prop_assert_eq!(value.as_ref().and_then(Value::as_str), Some(&*word), "{}", written);
        }
    }
}
