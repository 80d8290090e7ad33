//! How a body begins, for those who show it.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::body::{MARKDOWN, push_visible};
use super::liquid::{Liquid, mask};
use crate::text::Span;

/// The most characters of a [`lead`]: enough for the excerpt of a preview.
pub const LEAD_CHARS: usize = 300;

/// The text of the first paragraph of the body that begins at byte `start` of `text`, without markup, at most
/// [`LEAD_CHARS`] characters; empty without one.
pub fn lead(text: &str, start: usize) -> String {
    let start = crate::text::columns::floor_boundary(text, start);
    let liquid = Liquid::parse(text, start);
    let masked = mask(text, start, &liquid.masked);
    let (mut lead, mut is_inside) = (String::new(), false);
    for (event, range) in Parser::new_ext(&masked, MARKDOWN).into_offset_iter() {
        let span = Span::from(range).shift(start);
        let keep = |lead: &mut String, piece: &str| push_visible(lead, text, &liquid.masked, piece, span);
        match event {
            Event::Start(Tag::Paragraph) => is_inside = true,
            // One with nothing but Liquid is none.
            Event::End(TagEnd::Paragraph) if lead.trim().is_empty() => is_inside = false,
            Event::End(TagEnd::Paragraph) => break,
            Event::Text(piece) | Event::Code(piece) if is_inside => keep(&mut lead, &piece),
            Event::SoftBreak | Event::HardBreak if is_inside => keep(&mut lead, " "),
            _ => {}
        }
    }
    lead
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_first_paragraph() {
        for (text, expected) in [
            ("# H\n\n{% include x %}\n\n*First*\nparagraph.\n\nNext.", "First paragraph."),
            ("```\ncode\n```\n\n> `京都` の[春](/a/){% x %}。\n\nNext.", "京都 の春。"),
            ("# H\n", ""),
        ] {
            assert_eq!(lead(text, 0).trim(), expected, "{text}");
        }
        assert_eq!(lead("あ".repeat(999).as_str(), 0).chars().count(), LEAD_CHARS);
        assert_eq!(lead("# H\n\n本文\n", 5), "本文");
    }
}
