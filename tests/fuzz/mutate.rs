//! Texts by chance, made of other texts.

/// Numbers that are the same in every run. Source of the step: SplitMix64.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice(seed)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to `bound`, without it; 0 where that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.number() >> 16) as usize % bound.max(1)
    }

    pub(crate) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub(crate) fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// What front matter and Markdown are made of, and what breaks them.
const PIECES: &[&str] = &[
    "---\n",
    "---\r\n",
    "--- ",
    "...\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "　",
    "\u{a0}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "\0",
    "\u{7f}",
    "\u{200b}",
    ":",
    ": ",
    "：",
    "-",
    "- ",
    "\n- ",
    "\n  - ",
    "\n    ",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    ",",
    ", ",
    "、",
    "，",
    "\"",
    "'",
    "“",
    "”",
    "「",
    "」",
    "\\",
    "\\x",
    "\\u12",
    "#",
    " # ",
    "|",
    "|2-\n",
    ">\n",
    ">+9",
    "&a ",
    "*a",
    "*b",
    "!",
    "!!str ",
    "!tag",
    "[!tag, ",
    "!<",
    "%YAML 1.1\n",
    "%TAG ! x\n",
    "<<: ",
    "<<: *a\n",
    "? ",
    "~",
    "null",
    "yes",
    "no",
    "0x1F",
    "0o7",
    "1_000",
    "1:30",
    "1.5e3",
    ".inf",
    "2024-02-30",
    "2024-01-02 25:61:00 +9900",
    "2024年1月2日",
    "９",
    "令和6年",
    "title",
    "title: ",
    "tags: ",
    "tags",
    "categories: ",
    "date: ",
    "layout: ",
    "permalink: /:categories/:title/",
    "published: ",
    "slug: ",
    "excerpt: ",
    "excerpt_separator: ",
    "redirect_from:\n",
    "日本語",
    "ﾊﾝｶｸ",
    "😀",
    "👩‍👩‍👧",
    "e\u{301}",
    "が",
    "か\u{3099}",
    "\u{202e}",
    "# ",
    "\n# 見出し\n",
    "\n===\n",
    "```\n",
    "`",
    "[a](b.md)",
    "![x](",
    "<!-- ",
    "<!--more-->",
    "{% raw %}",
    "{% endraw %}",
    "{% include a.html x=\"",
    "{% post_url 2024-01-01-a %}",
    "{% link _posts/",
    "{% highlight",
    "{{ page.title | ",
    "# masthead-ignore ",
    "masthead-ignore",
    "| a | b |\n|---|---|\n",
    "[^1]: ",
    "\u{10ffff}",
];

/// The longest text that is made, in bytes.
const LONGEST: usize = 48 * 1024;

pub(crate) struct Mutator {
    texts: Vec<String>,
}

impl Mutator {
    pub(crate) fn new(texts: Vec<String>) -> Self {
        Mutator { texts }
    }

    /// A text: mostly a real one with a few changes, mostly in its head.
    pub(crate) fn text(&self, dice: &mut Dice) -> String {
        let mut text = if dice.one_in(12) { "---\n".to_owned() } else { dice.pick(&self.texts).clone() };
        cut(&mut text, LONGEST / 2);
        let most = if dice.one_in(4) { 24 } else { 4 };
        for _ in 0..1 + dice.below(most) {
            self.change(&mut text, dice);
            cut(&mut text, LONGEST);
        }
        text
    }

    fn change(&self, text: &mut String, dice: &mut Dice) {
        let (from, to) = (place(text, dice), place(text, dice));
        let (from, to) = (from.min(to), from.max(to));
        match dice.below(11) {
            0..=3 => text.insert_str(from, piece(dice)),
            4 => {
                // Many of a kind, to find what is quadratic.
                let (piece, most) = (piece(dice), if dice.one_in(8) { 4000 } else { 40 });
                text.insert_str(from, &piece.repeat(1 + dice.below(most)));
            }
            5 => {
                let end = boundary(text, from + 1 + dice.below(12));
                text.replace_range(from..end.max(from), "");
            }
            6 => {
                let end = boundary(text, from + 1 + dice.below(6));
                text.replace_range(from..end.max(from), piece(dice));
            }
            7 => {
                let copy = text[from..to].to_owned();
                let at = place(text, dice);
                text.insert_str(at, &copy);
            }
            8 => {
                let other = dice.pick(&self.texts);
                let (start, end) = (place(other, dice), place(other, dice));
                text.insert_str(from, &other[start.min(end)..start.max(end)]);
            }
            9 => text.truncate(to),
            _ => {
                // Bytes by chance, as a text with what is no UTF-8 replaced.
                let mut bytes = std::mem::take(text).into_bytes();
                if let Some(byte) = bytes.get_mut(from) {
                    *byte = dice.number() as u8;
                }
                *text = String::from_utf8_lossy(&bytes).into_owned();
            }
        }
    }
}

fn piece(dice: &mut Dice) -> &'static str {
    PIECES[dice.below(PIECES.len())]
}

/// A place in a text, most often in its first few hundred bytes, where the front matter is.
fn place(text: &str, dice: &mut Dice) -> usize {
    let within = if dice.one_in(3) { text.len() } else { text.len().min(400) };
    boundary(text, dice.below(within + 1))
}

/// The last character boundary at or before a byte.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn cut(text: &mut String, longest: usize) {
    text.truncate(boundary(text, longest));
}
