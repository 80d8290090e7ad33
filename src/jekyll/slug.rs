//! Slugs: what of a name is left in a URL, and the title made of a file's name. Source: Jekyll `utils.rb` slugify,
//! titleize_slug.

use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

use super::ruby;

/// Which characters a slug keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Letters, marks and decimal digits of any script.
    Default,
    /// The same and `._~!$&'()+,;=@`.
    Pretty,
    /// All but ASCII white space.
    Raw,
    /// ASCII letters and digits.
    Ascii,
    /// Those of [`Mode::Default`], after each Latin letter with a mark has become a plain one and all else beyond ASCII
    /// a `?`.
    Latin,
    /// All: the text as it is.
    None,
}

impl Mode {
    /// The mode of this name. Jekyll takes an unknown name as `none`.
    pub fn of(name: &str) -> Self {
        match name {
            "default" => Mode::Default,
            "pretty" => Mode::Pretty,
            "raw" => Mode::Raw,
            "ascii" => Mode::Ascii,
            "latin" => Mode::Latin,
            _ => Mode::None,
        }
    }
}

/// A slug in lower case: each run of other characters becomes one hyphen, and one goes at either end. It may be empty.
pub fn slugify(text: &str, mode: Mode) -> String {
    ruby::downcase(&slugify_cased(text, mode))
}

/// [`slugify`], with the case of the text.
pub fn slugify_cased(text: &str, mode: Mode) -> String {
    if mode == Mode::None || is_slug(text) {
        return text.to_owned();
    }
    let plain: String;
    let text = match mode {
        Mode::Latin => {
            plain = latin(text);
            &plain
        }
        _ => text,
    };
    let mut slug = String::with_capacity(text.len());
    let mut in_run = false;
    for c in text.chars() {
        let kept = keeps(c, mode);
        match (kept, in_run) {
            (true, _) => slug.push(c),
            (false, false) => slug.push('-'),
            (false, true) => {}
        }
        in_run = !kept;
    }
    if slug.starts_with('-') {
        slug.remove(0);
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

/// Whether it is ASCII words with one hyphen between two, as most names of files are: a slug in any mode.
fn is_slug(text: &str) -> bool {
    let mut words = text.as_bytes().split(|byte| *byte == b'-');
    words.all(|word| !word.is_empty() && word.iter().all(u8::is_ascii_alphanumeric))
}

fn keeps(c: char, mode: Mode) -> bool {
    match mode {
        Mode::Raw => return !matches!(c, ' ' | '\t'..='\r'),
        Mode::Ascii => return c.is_ascii_alphanumeric(),
        _ => {}
    }
    if c.is_ascii() {
        let is_pretty =
            matches!(c, '.' | '_' | '~' | '!' | '$' | '&' | '\'' | '(' | ')' | '+' | ',' | ';' | '=' | '@');
        return c.is_ascii_alphanumeric() || (mode == Mode::Pretty && is_pretty);
    }
    ruby::is_east_asian(c)
        || matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
        || c.general_category() == GeneralCategory::DecimalNumber
}

/// Each letter of Latin-1 and Latin Extended-A as ASCII has it, each other character beyond ASCII as `?`. Source: the
/// gem i18n, `transliterator.rb` DEFAULT_APPROXIMATIONS.
fn latin(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        let whole = match c {
            c if c.is_ascii() => {
                plain.push(c);
                continue;
            }
            'Æ' => "AE",
            'æ' => "ae",
            'Ð' | 'Đ' => "D",
            'ð' | 'đ' => "d",
            '×' => "x",
            'Ø' => "O",
            'ø' => "o",
            'Þ' => "Th",
            'þ' => "th",
            'ß' => "ss",
            'Ħ' => "H",
            'ħ' => "h",
            'ı' => "i",
            'Ĳ' => "IJ",
            'ĳ' => "ij",
            'ĸ' => "k",
            'Ŀ' | 'Ł' => "L",
            'ŀ' | 'ł' => "l",
            'ŉ' => "'n",
            'Ŋ' => "NG",
            'ŋ' => "ng",
            'Œ' => "OE",
            'œ' => "oe",
            'Ŧ' => "T",
            'ŧ' => "t",
            _ => "",
        };
        match whole {
            "" => plain.push(bare(c).unwrap_or('?')),
            whole => plain.push_str(whole),
        }
    }
    plain
}

/// The letter of one that has a mark.
fn bare(c: char) -> Option<char> {
    // U+017F, the long s, has no mark.
    let is_listed = matches!(c, '\u{C0}'..='\u{17E}');
    std::iter::once(c).nfd().next().filter(|letter| is_listed && letter.is_ascii_alphabetic())
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
    fn each_mode_keeps_its_characters() {
        let all = ["default", "pretty", "raw", "ascii", "latin", "none"].map(Mode::of);
        for (text, slugs) in [
            (
                "The _config.yml file",
                [
                    "the-config-yml-file",
                    "the-_config.yml-file",
                    "the-_config.yml-file",
                    "the-config-yml-file",
                    "the-config-yml-file",
                    "the _config.yml file",
                ],
            ),
            ("Ça & Łódź ß", ["ça-łódź-ß", "ça-&-łódź-ß", "ça-&-łódź-ß", "a-d", "ca-lodz-ss", "ça & łódź ß"]),
            ("日本語 C#", ["日本語-c", "日本語-c", "日本語-c#", "c", "c", "日本語 c#"]),
            ("--a  --", ["a", "a", "-a--", "a", "a", "--a  --"]),
            ("read-Me-2", ["read-me-2"; 6]),
            ("read--me", ["read-me", "read-me", "read--me", "read-me", "read-me", "read--me"]),
            (" x\u{3000}y ", ["x-y", "x-y", "x\u{3000}y", "x-y", "x-y", " x\u{3000}y "]),
        ] {
            assert_eq!(all.map(|mode| slugify(text, mode)), slugs, "{text}");
        }
        assert_eq!(slugify_cased("Æsir Ÿ Ž ſ", Mode::Latin), "AEsir-Y-Z");
        assert_eq!(Mode::of("Pretty"), Mode::None);
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
