//! How much there is to read in a body. Apart from [`super::Body`], because to look at every character costs as much as
//! to read the Markdown, and hardly anybody asks.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::body::MARKDOWN;
use super::liquid::{Liquid, mask, visible};
use crate::text::Span;
use crate::text::columns::floor_boundary;

/// How much there is to read, without code, markup and Liquid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Japanese, Chinese and Korean characters, with their punctuation.
    pub cjk: usize,
    /// Words of other scripts: runs between blanks that hold a letter or a digit.
    pub words: usize,
}

impl Counts {
    /// Counts the body that begins at byte `start` of `text`.
    pub fn of(text: &str, start: usize) -> Self {
        let start = floor_boundary(text, start);
        let liquid = Liquid::parse(text, start);
        let masked = mask(text, start, &liquid.masked);
        let mut counts = Counts::default();
        let mut in_code = false;
        let mut word_end = None;
        for (event, range) in Parser::new_ext(&masked, MARKDOWN).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Text(piece) if !in_code => {
                    let span = Span::from(range).shift(start);
                    // Emphasis can stand inside a word.
                    let gap = word_end.and_then(|end| text.get(end..span.start));
                    let in_word = gap.is_some_and(|gap| gap.chars().all(|c| matches!(c, '*' | '_' | '~')));
                    let parts = visible(text, &liquid.masked, &piece, span);
                    let in_word = parts.into_iter().fold(in_word, |in_word, part| counts.add(part, in_word));
                    word_end = in_word.then_some(span.end);
                }
                _ => {}
            }
        }
        counts
    }

    /// Adds a text, which begins inside a word or not; whether it ends in one.
    fn add(&mut self, text: &str, mut in_word: bool) -> bool {
        for c in text.chars() {
            if is_cjk(c) {
                self.cjk += 1;
                in_word = false;
            } else if c.is_whitespace() {
                in_word = false;
            } else if !in_word && c.is_alphanumeric() {
                self.words += 1;
                in_word = true;
            }
        }
        in_word
    }
}

/// Characters that are read one by one: kana, ideographs, Hangul, and the full-width punctuation between them.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{2FFF}' | '\u{3001}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FFEF}'
        | '\u{1B000}'..='\u{1B16F}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_counts(text: &str, cjk: usize, words: usize) {
        assert_eq!(Counts::of(text, 0), Counts { cjk, words }, "{text:?}");
    }

    #[test]
    fn counts_leave_out_code_markup_and_liquid() {
        check_counts("日本語です。", 6, 0);
        check_counts("Hello, *wor*ld — it's 2024.", 0, 4);
        check_counts("生成AIの話", 4, 1);
        check_counts("a `code here` b\n\n```rb\nputs 1\n```\n\n    indented\n", 0, 2);
        check_counts("[リンク](https://example.com/long) ![alt](a.png)", 3, 1);
        check_counts("{% include a.html %} x {{ y }} 日", 1, 1);
        check_counts("{% highlight rb %}\n# puts 日本\n{% endhighlight %}\n\nx", 0, 1);
        check_counts("{% raw %}\nword\n{% endraw %}\n", 0, 1);
        check_counts("ｱｲｳ　ＡＢ", 5, 0);
        check_counts("", 0, 0);
    }
}
