//! Folding: one key for all the ways in which a reader takes two words to be the same.

use unicode_normalization::UnicodeNormalization;

/// The search key of a word: NFKC (so full-width `ＡＩ` is `AI` and half-width `ｱｲ` is `アイ`), lower case, and
/// katakana as hiragana. Two words with the same key are one to a person who types fast.
///
/// Source: Unicode Annex 15 for NFKC; the two kana blocks lie 0x60 apart (U+3041.. and U+30A1..).
pub fn search_key(word: &str) -> String {
    word.nfkc().flat_map(char::to_lowercase).map(hiragana).collect()
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
    use super::search_key;

    #[test]
    fn width_case_and_kana_fold_together() {
        assert_eq!(search_key("ＡＩ"), search_key("ai"));
        assert_eq!(search_key("ｱﾌﾟﾘ"), search_key("あぷり"));
        assert_eq!(search_key("サーバー"), search_key("さーばー"));
        assert_ne!(search_key("生成AI"), search_key("AI"));
    }
}
