//! Terms that a reader takes for one: they differ in nothing but how they are typed.

use unicode_normalization::UnicodeNormalization;

use crate::text::fold::{hiragana, search_key};

/// In what two names can differ and still be one to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Full-width and half-width characters.
    Width,
    /// Upper and lower case.
    Case,
    /// Hiragana and katakana.
    Kana,
    /// The long vowel at the end of a word of kana: `サーバー`, `サーバ`. Source: JIS Z 8301, by which it may stand or not in a
    /// word of three sounds or more.
    LongVowel,
    /// Blanks, hyphens, underscores, middle dots.
    Separators,
    /// A comma at the end, which a list written as a string leaves there.
    Comma,
    /// One and many, in English.
    Plural,
}

impl Aspect {
    const ALL: [Aspect; 7] = [
        Aspect::Width,
        Aspect::Case,
        Aspect::Kana,
        Aspect::LongVowel,
        Aspect::Separators,
        Aspect::Comma,
        Aspect::Plural,
    ];

    /// In words, for a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Aspect::Width => "width",
            Aspect::Case => "case",
            Aspect::Kana => "kana",
            Aspect::LongVowel => "the long vowel at the end",
            Aspect::Separators => "spaces or hyphens",
            Aspect::Comma => "the comma at the end",
            Aspect::Plural => "number",
        }
    }
}

/// The key that names share which a reader takes for one.
pub fn loose_key(name: &str) -> String {
    key(name, None)
}

/// In what two names with the same [`loose_key`] differ.
pub fn differences(one: &str, other: &str) -> Vec<Aspect> {
    let matters = |aspect: &Aspect| key(one, Some(*aspect)) != key(other, Some(*aspect));
    Aspect::ALL.into_iter().filter(matters).collect()
}

/// The key, without folding one aspect.
fn key(name: &str, kept: Option<Aspect>) -> String {
    let folds = |aspect| kept != Some(aspect);
    let mut key: String = match (folds(Aspect::Width), folds(Aspect::Case), folds(Aspect::Kana)) {
        (true, true, true) => search_key(name),
        (true, true, false) => name.nfkc().flat_map(char::to_lowercase).collect(),
        (true, false, _) => name.nfkc().map(hiragana).collect(),
        (false, ..) => search_key(name).chars().chain(name.chars().filter(|c| is_wide(*c))).collect(),
    };
    if folds(Aspect::Comma) {
        key.truncate(key.trim_end_matches(|c: char| c == ',' || c == '、' || c.is_whitespace()).len());
    }
    if folds(Aspect::LongVowel) {
        shorten_vowels(&mut key);
    }
    if folds(Aspect::Separators) {
        key.retain(|c| !is_separator(c));
    }
    if folds(Aspect::Plural) {
        singular(&mut key);
    }
    if key.is_empty() { search_key(name) } else { key }
}

/// Words of kana without the long vowel at their ends, where three signs are left.
fn shorten_vowels(key: &mut String) {
    if !key.contains('ー') {
        return;
    }
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | 'ー');
    let mut short = String::with_capacity(key.len());
    let mut length = 0;
    let mut rest = key.chars().peekable();
    while let Some(c) = rest.next() {
        let ends = !rest.peek().is_some_and(|next| is_kana(*next));
        if c != 'ー' || !ends || length < 3 {
            short.push(c);
        }
        length = if is_kana(c) { length + 1 } else { 0 };
    }
    *key = short;
}

fn is_wide(c: char) -> bool {
    c != '\u{3000}' && c.nfkc().next() != Some(c)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '・' | '\u{2010}'..='\u{2015}')
}

/// Words that end as a plural does and are none.
const SINGULAR: &[&str] =
    &["news", "series", "species", "windows", "rails", "pages", "actions", "atlas", "canvas"];

/// The last word of a key without the `s` of an English plural.
fn singular(key: &mut String) {
    let start = key
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| at + key[at..].chars().next().map_or(1, char::len_utf8));
    let word = &key[start..];
    if word.len() < 4 || SINGULAR.iter().any(|whole| word.eq_ignore_ascii_case(whole)) {
        return;
    }
    let ends = |end: &str| word.len() > end.len() + 1 && word.to_ascii_lowercase().ends_with(end);
    let cut = if ends("ies") && word.len() > 4 {
        let length = key.len() - 3;
        key.truncate(length);
        key.push('y');
        return;
    } else if ["sses", "xes", "ches", "shes"].iter().any(|end| ends(end)) {
        2
    } else if ends("s") && !["ss", "us", "is", "os"].iter().any(|end| ends(end)) {
        1
    } else {
        0
    };
    key.truncate(key.len() - cut);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_takes_for_one() {
        for (one, other, aspects) in [
            ("AI", "ai", &[Aspect::Case][..]),
            ("AI", "ＡＩ", &[Aspect::Width]),
            ("ai", "ＡＩ", &[Aspect::Width, Aspect::Case]),
            ("サーバー", "さーばー", &[Aspect::Kana]),
            ("サーバー", "ｻｰﾊﾞｰ", &[Aspect::Width]),
            ("サーバー", "サーバ", &[Aspect::LongVowel]),
            ("サーバー管理", "さーば管理", &[Aspect::Kana, Aspect::LongVowel]),
            ("Webブラウザー", "webブラウザ", &[Aspect::Case, Aspect::LongVowel]),
            ("machine learning", "machine-learning", &[Aspect::Separators]),
            ("MachineLearning", "machine_learning", &[Aspect::Case, Aspect::Separators]),
            ("機械　学習", "機械学習", &[Aspect::Separators]),
            ("AI,", "AI", &[Aspect::Comma]),
            ("映画、", "映画", &[Aspect::Comma]),
            ("Game", "Games", &[Aspect::Plural]),
            ("Diary", "diaries", &[Aspect::Case, Aspect::Plural]),
            ("box", "boxes", &[Aspect::Plural]),
            ("Webサイト", "web サイト", &[Aspect::Case, Aspect::Separators]),
        ] {
            assert_eq!(loose_key(one), loose_key(other), "{one} {other}");
            assert_eq!(differences(one, other), aspects, "{one} {other}");
        }
    }

    #[test]
    fn what_is_not() {
        for (one, other) in [
            ("AI", "生成AI"),
            ("news", "new"),
            ("CSS", "CS"),
            ("iOS", "io"),
            ("C", "C#"),
            ("C++", "C"),
            ("Vue.js", "Vue"),
            ("status", "statu"),
            ("カバー", "カバ"),
            ("スキー", "スキ"),
            ("ユーザー", "ユザ"),
            ("バー", "バ"),
            ("データ新バー", "データ新バ"),
            ("アルコール", "アルコル"),
            ("1.0", "10"),
            ("aws", "aw"),
            ("-", "_"),
            ("ハハ", "パパ"),
        ] {
            assert_ne!(loose_key(one), loose_key(other), "{one} {other}");
        }
    }
}
