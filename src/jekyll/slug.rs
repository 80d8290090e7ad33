//! Slugs: what of a name is left in a URL, and the title made of a file's name. Source: Jekyll `utils.rb` slugify,
//! titleize_slug.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

use super::ruby;

/// Which characters a slug keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Letters, marks and decimal digits of any script.
    Default,
    /// The same and `._~!$&'()+,;=@`.
    Pretty,
}

/// A slug in lower case: each run of other characters becomes one hyphen, none at either end. It may be empty.
pub fn slugify(text: &str, mode: Mode) -> String {
    ruby::downcase(&slugify_cased(text, mode))
}

/// [`slugify`], with the case of the text.
pub fn slugify_cased(text: &str, mode: Mode) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if keeps(c, mode) {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

fn keeps(c: char, mode: Mode) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || (mode == Mode::Pretty && "._~!$&'()+,;=@".contains(c));
    }
    matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
        || c.general_category() == GeneralCategory::DecimalNumber
}

/// The title of a post that has none: the slug's words, each capitalized and all else of it in lower case.
pub fn titleize(slug: &str) -> String {
    let words: Vec<String> = slug.trim_end_matches('-').split('-').map(ruby::capitalize).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_and_digits() {
        for (text, default, pretty) in [
            ("Hello World", "hello-world", "Hello-World"),
            ("a--b__c", "a-b-c", "a-b__c"),
            ("-x-", "x", "x"),
            ("C++ & C#", "c-c", "C++-&-C"),
            ("v1.2 (beta)!", "v1-2-beta", "v1.2-(beta)!"),
            ("100% 🎉", "100", "100"),
            ("日本語「の」名前、です。", "日本語-の-名前-です", "日本語-の-名前-です"),
            ("全角　空白２", "全角-空白２", "全角-空白２"),
            ("Ünïcode", "ünïcode", "Ünïcode"),
            ("ガ e\u{301}", "ガ-e\u{301}", "ガ-e\u{301}"),
            ("½ ⅳ", "", ""),
            ("🎉", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(slugify(text, Mode::Default), default, "{text}");
            assert_eq!(slugify_cased(text, Mode::Pretty), pretty, "{text}");
        }
    }

    #[test]
    fn titles_come_from_slugs() {
        for (slug, title) in [
            ("hello-world", "Hello World"),
            ("what-is-LSP", "What Is Lsp"),
            ("snake_case stays", "Snake_case stays"),
            ("a--b-", "A  B"),
            ("-a", " A"),
            ("日本語-の名前", "日本語 の名前"),
            ("", ""),
        ] {
            assert_eq!(titleize(slug), title, "{slug}");
        }
    }
}
