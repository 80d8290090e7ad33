//! Folding: one key for all the ways in which a reader takes two words to be the same.

use std::iter;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The search key of a word: NFKC (so full-width `ＡＩ` is `AI` and half-width `ｱｲ` is `アイ`), lower case, and
/// katakana as hiragana. Two words with the same key are one to a person who types fast.
///
/// Source: Unicode Annex 15 for NFKC; the two kana blocks lie 0x60 apart (U+3041.. and U+30A1..).
pub fn search_key(word: &str) -> String {
    let mut key = String::new();
    search_key_to(&mut key, word);
    key
}

/// [`search_key`] in the place of what stands in `key`: a buffer for many words.
pub fn search_key_to(key: &mut String, word: &str) {
    key.clear();
    if word.is_ascii() {
        key.push_str(word);
        key.make_ascii_lowercase();
        return;
    }
    key.reserve(word.len());
    for c in word.chars() {
        if !fold_lone(key, c) {
            key.clear();
            key.extend(word.nfkc().flat_map(char::to_lowercase).map(hiragana));
            return;
        }
    }
}

/// Folds a character that NFKC neither joins to another nor moves, so that its key needs none beside it. False for
/// others, and for those that take a table to be told apart.
///
/// The ranges are those that Japanese is written with: to hold every character of a title against the tables takes ten
/// times as long.
fn fold_lone(key: &mut String, c: char) -> bool {
    match c {
        '\0'..='\x7f' => key.push(c.to_ascii_lowercase()),
        '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => key.push(c),
        '\u{30A1}'..='\u{30FE}' => key.push(hiragana(c)),
        '\u{3001}'..='\u{3029}' => key.push(c),
        '\u{3000}' => key.push(' '),
        // Full width is 0xFEE0 above ASCII.
        '\u{FF01}'..='\u{FF5E}' => {
            key.push(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_lowercase());
        }
        _ => {
            let stays = is_nfkc_quick(iter::once(c)) == IsNormalized::Yes;
            if !stays || canonical_combining_class(c) != 0 {
                return false;
            }
            key.extend(c.to_lowercase());
        }
    }
    true
}

/// A katakana as hiragana; any other character as it is.
pub fn hiragana(c: char) -> char {
    match c {
        '\u{30A1}'..='\u{30F6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a search key is: [`search_key`] takes short cuts.
    fn plainly(word: &str) -> String {
        word.nfkc().flat_map(char::to_lowercase).map(hiragana).collect()
    }

    #[test]
    fn width_case_and_kana_fold_together() {
        assert_eq!(search_key("ＡＩ"), search_key("ai"));
        assert_eq!(search_key("ｱﾌﾟﾘ"), search_key("あぷり"));
        assert_eq!(search_key("サーバー"), search_key("さーばー"));
        assert_ne!(search_key("生成AI"), search_key("AI"));
    }

    #[test]
    fn every_character_folds_as_it_does_plainly() {
        let mut lone = String::new();
        // The planes between and behind these are empty or for private use.
        for c in (0..0x4_0000).chain(0xE_0000..0xE_1000).filter_map(char::from_u32) {
            let word = c.to_string();
            assert_eq!(search_key(&word), plainly(&word), "U+{:04X}", u32::from(c));
            if fold_lone(&mut String::new(), c) {
                lone.push(c);
            }
        }
        // Nor do those that need none beside them join: each stands once before and once behind others.
        let reversed: String = lone.chars().rev().collect();
        assert_eq!(search_key(&lone), plainly(&lone));
        assert_eq!(search_key(&reversed), plainly(&reversed));
    }

    /// A character that joins, moves or changes with others is not rare here.
    fn character() -> impl Strategy<Value = char> {
        prop_oneof![
            2 => "[a-zA-Z0-9 /.-]",
            2 => "[ぁ-ゖァ-ヾ]",
            1 => "[\u{3000}-\u{30FF}]",
            1 => "[\u{FF00}-\u{FFEF}]",
            1 => "[\u{80}-\u{24F}]",
            1 => "[\u{300}-\u{345}\u{3099}\u{309A}\u{FF9E}\u{FF9F}]",
            1 => "[\u{1100}-\u{11FF}\u{AC00}-\u{AC80}]",
            1 => "\\PC",
        ]
        .prop_map(|c| c.chars().next().unwrap_or('a'))
    }

    proptest! {
        #[test]
        fn a_word_folds_as_it_does_plainly(word in prop::collection::vec(character(), 0..12)) {
            let word: String = word.into_iter().collect();
            prop_assert_eq!(search_key(&word), plainly(&word));
        }
    }
}
