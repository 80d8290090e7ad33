//! Footnotes: the marks `[^name]` of a text and the notes `[^name]: …` that they lead to. Source: kramdown
//! `parser/kramdown/footnote.rb`.

use std::collections::HashSet;

pub use super::anchors::{Note, is_note_name};
use super::{Config, anchors};
use crate::post::Post;
use crate::post::body::marks_in;
use crate::text::Span;

/// The footnotes of one post, in order. Spans are bytes of the whole post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footnotes {
    /// The names of the marks, without `[^` and `]`.
    pub marks: Vec<Span>,
    /// The notes.
    pub notes: Vec<Note>,
    /// Whether the page can have others: Liquid or a plugin makes a part of it.
    pub open: bool,
}

impl Footnotes {
    /// The note of a name: of several the last, which overwrites the others.
    pub fn note(&self, text: &str, name: &str) -> Option<&Note> {
        self.notes.iter().rev().find(|note| note.name.of(text) == name)
    }

    /// The name that a byte offset is on, of a mark or of a note; its brackets count.
    pub fn name_at(&self, offset: usize) -> Option<Span> {
        let names = self.notes.iter().map(|note| note.name).chain(self.marks.iter().copied());
        let mut names = names.filter(|name| (name.start.saturating_sub(2)..=name.end + 1).contains(&offset));
        names.next()
    }
}

/// The footnotes of the post at a path; none where another converter than kramdown reads it.
pub fn read(post: &Post, path: &str, config: &Config) -> Footnotes {
    if !config.is_markdown(path) || !config.kramdown.is_used || !post.body().may_have_marks {
        return Footnotes::default();
    }
    let anchors = anchors::read(post, path, config);
    let labels: HashSet<Span> = anchors.notes.iter().map(|note| note.name).collect();
    // What is indented below a note is its text, and code to CommonMark.
    let in_notes = anchors.notes.iter().flat_map(|note| marks_in(&post.text, note.text));
    let mut marks: Vec<Span> = post.body().marks.iter().copied().chain(in_notes).collect();
    marks.retain(|mark| !labels.contains(mark));
    marks.sort_unstable();
    marks.dedup();
    Footnotes { marks, notes: anchors.notes, open: anchors.open }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, marks: &[&str], notes: &[(&str, &str)]) {
        let post = Post::parse(format!("---\ntitle: 題\n---\n{body}"));
        let found = read(&post, "_posts/2024-01-02-a.md", &Config::default());
        let text = &*post.text;
        let found_marks: Vec<_> = found.marks.iter().map(|mark| mark.of(text)).collect();
        let found_notes: Vec<_> =
            found.notes.iter().map(|note| (note.name.of(text), note.text.of(text))).collect();
        assert_eq!((found_marks, found_notes), (marks.to_vec(), notes.to_vec()), "{body}");
    }

    #[test]
    fn as_kramdown_sees_them() {
        check("京都[^1]と[^2]。\n\n[^1]: 注\n[^2]: n\n", &["1", "2"], &[("1", " 注"), ("2", " n")]);
        check("a[^1]\n[^1]: text\n", &["1", "1"], &[]);
        check(
            "a[^x]\n\n   [^x]: one\n    two\n\n    three [^y]\n\nb\n",
            &["x", "y"],
            &[("x", " one\n    two\n\n    three [^y]")],
        );
        check("`[^1]` \\[^1]\n\n    [^1]\n\n```\n[^1]\n```\n<div>[^1]</div>\n", &[], &[]);
        check("# 題[^1]\n\n- a[^2]\n\n  [^2]: b\n\n> [^1]: c\n", &["1", "2"], &[("2", " b"), ("1", " c")]);
        check("[^日本]\n\n[^日本]: 注\n", &["日本", "日本"], &[]);
        check("| a[^1] |\n|---|\n| b[^2] |\n", &["1", "2"], &[]);
        check("![^1] [^1](u) [a b] [^ c] []\n\n[^1]: https://e.jp\n", &["1"], &[("1", " https://e.jp")]);
        check("{% raw %}[^1]{% endraw %} {{ \"[^2]\" }}\n", &["1"], &[]);
    }
}
