//! The Markdown of a body without the paragraphs in which nothing is to be found.
//!
//! Most of a body is prose without a link, and to read Markdown costs the most of all that is done with a body.

use std::cell::Cell;

use memchr::{memchr, memchr3};

use crate::text::Span;

/// From this size on, how often definitions are followed depends on the size of the text.
const TOO_LARGE: usize = 100_000;

/// How many pieces are left of a body, but for few.
const USUAL_PIECES: usize = 16;

/// What is left of a body.
pub(super) struct Gist {
    /// Its text.
    pub(super) text: String,
    /// The pieces of `text`, in order: where each begins, and how many bytes are left out in front of it.
    pieces: Vec<(usize, usize)>,
    /// Which piece was asked for last: most are asked for again.
    last: Cell<usize>,
}

impl Gist {
    /// Leaves out paragraphs without brackets that stand between blank lines; `None` where there are none.
    ///
    /// Each line of such a paragraph begins with a letter, so it is no block of another kind and closes none that
    /// goes on behind blank lines, such as one of code. It does close a list: what follows it must not begin with a
    /// blank, which would make it part of the list.
    pub(super) fn of(markdown: &str) -> Option<Gist> {
        let bytes = markdown.as_bytes();
        if bytes.len() >= TOO_LARGE || memchr(b'\r', bytes).is_some() {
            return None;
        }
        let mut pieces = Vec::with_capacity(USUAL_PIECES);
        let (mut at, mut kept, mut bracket) = (0, 0, 0);
        let (mut is_after_blank, mut prose) = (false, None);
        while let Some(first) = bytes.get(at) {
            let is_blank = *first == b'\n';
            if !is_blank {
                let begins = first.is_ascii_alphabetic() || !first.is_ascii();
                prose = if is_after_blank { Some(at) } else { prose }.filter(|_| begins);
                at += memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
            } else if let Some(start) = prose.take() {
                if bracket < start {
                    bracket =
                        start + memchr3(b'[', b'<', b'>', &bytes[start..]).unwrap_or(bytes.len() - start);
                }
                let goes_on = bytes.get(at + 1).is_some_and(|next| *next > b' ');
                if goes_on && bracket > at {
                    if kept < start {
                        pieces.push(Span::new(kept, start));
                    }
                    kept = at + 1;
                }
            }
            is_after_blank = is_blank;
            at += 1;
        }
        pieces.push(Span::new(kept, bytes.len()));
        (kept > 0).then(|| Gist::of_pieces(markdown, &pieces))
    }

    fn of_pieces(markdown: &str, kept: &[Span]) -> Gist {
        let mut text = String::with_capacity(kept.iter().map(|piece| piece.len()).sum());
        let mut pieces = Vec::with_capacity(kept.len());
        for piece in kept {
            pieces.push((text.len(), piece.start - text.len()));
            text.push_str(piece.of(markdown));
        }
        Gist { text, pieces, last: Cell::new(0) }
    }

    /// Where in the body a span of the text stands.
    pub(super) fn place(&self, span: Span) -> Span {
        let left_out = |at: usize| {
            let begins_after = |piece: usize| self.pieces.get(piece).is_none_or(|(start, _)| at < *start);
            if begins_after(self.last.get()) || !begins_after(self.last.get() + 1) {
                self.last.set(self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1));
            }
            self.pieces.get(self.last.get()).map_or(0, |(_, left_out)| *left_out)
        };
        // The byte behind the span may be one of the next piece.
        let end = span.end + left_out(span.end.saturating_sub(1).max(span.start));
        Span::new(span.start + left_out(span.start), end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_between_blank_lines_is_left_out() {
        let gist = |text: &str| Gist::of(text).map(|gist| gist.text);
        let all = "\nOne.\n\nTwo.\nThree.\n\n京都\n\n# Four\n\nFive.\n\nSix.\n";
        assert_eq!(gist(all).as_deref(), Some("\n# Four\n\nSix.\n"));
        for kept in
            ["A", "A\n\nB\n", "# A\n\n[B](c)\n\nC <d>\n\n-e\n\n", "A\n\nB\n\n    C\n", "A\n\nB\n---\n\nC"]
        {
            assert_eq!(gist(kept), None, "{kept:?}");
        }
        assert_eq!(gist(&all.replace('\n', "\r\n")), None);
        assert_eq!(gist(&all.repeat(TOO_LARGE / all.len() + 1)), None);
    }

    #[test]
    fn a_span_is_placed_where_it_stood() {
        let text = "# a\n\nOne.\n\n# b\n\nTwo.\n\nThree.\n\n# c\n";
        let gist = Gist::of(text).unwrap();
        for word in ["# a\n", "# b\n", "# c\n", "# b\n\n", "# a", "c\n", "\n"] {
            let at = gist.text.find(word).unwrap();
            assert_eq!(gist.place(Span::new(at, at + word.len())).of(text), word);
        }
        assert_eq!(gist.place(Span::new(0, gist.text.len())), Span::new(0, text.len()));
        assert_eq!(gist.place(Span::empty(gist.text.len())), Span::empty(text.len()));
    }
}
