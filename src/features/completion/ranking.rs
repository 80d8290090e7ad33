//! How well a word matches what is typed.

use std::cell::RefCell;

use memchr::memmem::Finder;
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::text::fold::search_key;

/// How well a word matches; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quality {
    /// It is the typed text.
    Exact,
    /// It begins with it.
    Prefix,
    /// One of its words begins with it.
    WordStart,
    /// It holds it.
    Substring,
    /// It has the typed characters in this order, with others between; the number is smaller for a closer match.
    Fuzzy(u16),
}

/// What is typed, ready to be compared.
#[derive(Debug)]
pub(super) struct Query {
    key: String,
    /// Finds the key in a word: it is looked for in thousands.
    whole: Finder<'static>,
    /// Finds its first character.
    first: Finder<'static>,
    is_ascii: bool,
}

thread_local! {
    // The matcher owns 130 KB of scratch memory: one a thread, kept, instead of one a keystroke.
    static MATCHER: RefCell<(Matcher, Vec<char>, Vec<char>)> =
        RefCell::new((Matcher::new(Config::DEFAULT), Vec::new(), Vec::new()));
}

impl Query {
    /// A query for what is typed; nothing typed matches everything.
    pub(super) fn new(typed: &str) -> Self {
        let key = search_key(typed);
        let first = key.chars().next().map_or(0, char::len_utf8);
        let finder = |part: &str| Finder::new(part).into_owned();
        Query { whole: finder(&key), first: finder(&key[..first]), is_ascii: key.is_ascii(), key }
    }

    /// How well a word matches whose [`search_key`] this is; nothing where it does not.
    pub(super) fn quality(&self, word_key: &str) -> Option<Quality> {
        self.whole(word_key).or_else(|| self.fuzzy(word_key))
    }

    /// Whether nothing is typed.
    pub(super) fn is_empty(&self) -> bool {
        self.key.is_empty()
    }

    /// What finds the first character that is typed: each word that matches has it.
    pub(super) fn first(&self) -> &Finder<'static> {
        &self.first
    }

    /// Whether a word can match at all, by a look at it unfolded: nothing beyond ASCII is in a word of ASCII.
    pub(super) fn may_match(&self, word: &str) -> bool {
        self.is_ascii || !word.is_ascii()
    }

    /// [`Query::quality`] of a word that holds what is typed as a whole.
    pub(super) fn whole(&self, word_key: &str) -> Option<Quality> {
        if self.key.is_empty() {
            return Some(Quality::Prefix);
        }
        Some(match self.whole.find(word_key.as_bytes())? {
            0 if word_key.len() == self.key.len() => Quality::Exact,
            0 => Quality::Prefix,
            _ if self.starts_a_word(word_key) => Quality::WordStart,
            _ => Quality::Substring,
        })
    }

    /// What a client that filters by itself compares with the text it has from the edit's start to the cursor,
    /// `written`: that text, then what is left of the word, so that it stays while more of the word is typed.
    /// `likely` is what comes before the word and may still be typed. `word_key` is the word's [`search_key`].
    pub(super) fn filter_text(&self, written: &str, likely: &str, word: &str, word_key: &str) -> String {
        match word_key.strip_prefix(&self.key) {
            Some(_) if written.is_empty() => [likely, word].concat(),
            Some(rest) => [written, rest].concat(),
            None => [written, word].concat(),
        }
    }

    fn starts_a_word(&self, word_key: &str) -> bool {
        let begins = |(at, _): (usize, &str)| {
            let before = word_key[..at].chars().next_back().map(class);
            before != word_key[at..].chars().next().map(class) || before == Some(Class::Other)
        };
        word_key.match_indices(&self.key).any(begins)
    }

    /// Whether a word has the typed characters in their order, and more: most words that do not match fail here, before
    /// the matcher has to spread them out.
    pub(super) fn is_scattered(&self, word_key: &str) -> bool {
        if self.key.len() >= word_key.len() || self.key.chars().nth(1).is_none() {
            return false;
        }
        let Some(first) = self.first.find(word_key.as_bytes()) else { return false };
        let mut rest = word_key[first..].chars();
        self.key.chars().all(|typed| rest.any(|c| c == typed))
    }

    fn fuzzy(&self, word_key: &str) -> Option<Quality> {
        if !self.is_scattered(word_key) {
            return None;
        }
        MATCHER.with_borrow_mut(|(matcher, word, typed)| {
            let word = Utf32Str::new(word_key, word);
            let typed = Utf32Str::new(&self.key, typed);
            matcher.fuzzy_match(word, typed).map(|score| Quality::Fuzzy(u16::MAX - score))
        })
    }
}

/// A word ends where the script changes: `ai` begins a word in `生成ai`.
#[derive(PartialEq, Eq)]
enum Class {
    Latin,
    Kana,
    Ideograph,
    Other,
}

fn class(c: char) -> Class {
    match c {
        '\u{3041}'..='\u{30FF}' => Class::Kana,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => Class::Ideograph,
        c if c.is_alphanumeric() => Class::Latin,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, words: &[&str]) {
        let query = Query::new(typed);
        let qualities: Vec<_> = words.iter().filter_map(|word| query.quality(&search_key(word))).collect();
        assert_eq!(qualities.len(), words.len(), "{typed} {words:?}");
        assert!(qualities.is_sorted(), "{typed}: {qualities:?}");
    }

    #[test]
    fn better_matches_come_first() {
        check("ai", &["AI", "AIエージェント", "生成AI", "Open-AI", "OpenAI", "Asia India"]);
        check("ｒｕｂｙ", &["Ruby", "Ruby on Rails", "JRuby", "R U B Y"]);
        check("さーば", &["サーバ", "サーバー", "ＷＥＢサーバー"]);
        check("ﾆｭｰｽ", &["ニュース", "Ｎニュース"]);
        assert_eq!(Query::new("ai").quality("ia"), None);
        assert_eq!(Query::new("x").quality("ai"), None);
    }

    #[test]
    fn filter_text_begins_with_what_is_there() {
        let filter =
            |typed, written, word| Query::new(typed).filter_text(written, "", word, &search_key(word));
        assert_eq!(filter("", "", "生成AI"), "生成AI");
        assert_eq!(filter("", "\"", "AI"), "\"ai");
        assert_eq!(filter("に", "に", "ニュース"), "にゅーす");
        assert_eq!(filter("A", "\"A", "AI"), "\"Ai");
        assert_eq!(filter("ai", "ai", "生成AI"), "ai生成AI");
    }
}
