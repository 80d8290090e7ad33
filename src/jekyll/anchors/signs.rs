//! Classes of characters as Ruby's regular expressions have them.

use crate::jekyll::ruby::is_east_asian;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// `\s`.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r')
}

/// `\p{Word}`.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    is_east_asian(c)
        || is_alphanumeric(c)
        || c.general_category_group() == GeneralCategoryGroup::Mark
        || c.general_category() == GeneralCategory::ConnectorPunctuation
}

/// `[[:alnum:]]`.
pub(super) fn is_alphanumeric(c: char) -> bool {
    c.is_alphabetic() || c.general_category() == GeneralCategory::DecimalNumber
}

/// Whether kramdown takes a footnote of such a name. Source: ALD_ID_NAME.
pub fn is_note_name(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.bytes().next().is_some_and(is_word)
        && name.bytes().all(|byte| is_word(byte) || b":-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_letters_marks_digits_and_joiners() {
        for c in '\u{80}'..=char::MAX {
            let is_mark = c.general_category_group() == GeneralCategoryGroup::Mark
                || c.general_category() == GeneralCategory::ConnectorPunctuation;
            assert_eq!(is_word(c), is_alphanumeric(c) || is_mark, "{c:?}");
        }
    }
}
