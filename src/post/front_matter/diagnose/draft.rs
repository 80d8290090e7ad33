//! An entry under repair: the text as it would be after some edits, and the way back to the original.

use super::super::Tree;
use super::super::yaml::{self, YamlError};
use crate::text::columns::floor_boundary;
use crate::text::edit::apply;
use crate::text::{Span, TextEdit};

/// A piece of the block with edits tried on it.
#[derive(Clone, Debug)]
pub(super) struct Draft<'t> {
    original: &'t str,
    /// In the order of their spans.
    edits: Vec<TextEdit>,
    /// One for each edit.
    stops: Vec<Stop>,
    /// The byte of the draft, and that of the original, behind the last edit.
    end: (usize, usize),
    /// The piece after the edits. Spans of candidates are of this.
    pub(super) text: String,
    /// Its shape.
    pub(super) tree: Tree,
}

/// What lies before an edit and in it.
#[derive(Clone, Copy, Debug)]
struct Stop {
    /// The byte of the draft, and that of the original, from which the text before the edit is kept.
    drafted: usize,
    at: usize,
    /// The byte of the draft where that text ends.
    kept_end: usize,
    /// The byte of the draft where the new text ends.
    new_end: usize,
}

impl<'t> Draft<'t> {
    pub(super) fn new(original: &'t str) -> Self {
        Draft::of(original, Vec::new())
    }

    fn of(original: &'t str, mut edits: Vec<TextEdit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        let text = apply(original, &edits);
        let tree = Tree::parse(&text, Span::new(0, text.len()));
        let (mut drafted, mut at) = (0, 0);
        let mut stops = Vec::with_capacity(edits.len());
        for TextEdit { span, new_text } in &edits {
            let kept_end = drafted + span.start.saturating_sub(at);
            let new_end = kept_end + new_text.len();
            stops.push(Stop { drafted, at, kept_end, new_end });
            (drafted, at) = (new_end, span.end);
        }
        Draft { original, edits, stops, end: (drafted, at), text, tree }
    }

    /// The draft after more edits, whose spans are of [`Draft::text`].
    pub(super) fn with(&self, edits: &[TextEdit]) -> Draft<'t> {
        let mapped =
            edits.iter().map(|edit| TextEdit { span: self.original_span(edit.span), ..edit.clone() });
        Draft::of(self.original, self.edits.iter().cloned().chain(mapped).collect())
    }

    /// A span of the draft as a span of the original.
    pub(super) fn original_span(&self, span: Span) -> Span {
        Span::new(self.original_offset(span.start, true), self.original_offset(span.end, false))
    }

    fn original_offset(&self, offset: usize, is_start: bool) -> usize {
        let is_before = |stop: &Stop| stop.new_end <= offset && (is_start || stop.kept_end < offset);
        let next = self.stops.partition_point(is_before);
        let (drafted, at) = match (self.stops.get(next), self.edits.get(next)) {
            (Some(stop), Some(edit)) => {
                let is_kept = if is_start { offset < stop.kept_end } else { offset <= stop.kept_end };
                if !is_kept {
                    return if is_start { edit.span.start } else { edit.span.end };
                }
                (stop.drafted, stop.at)
            }
            _ => self.end,
        };
        // Edits that overlap can leave it inside a character.
        floor_boundary(self.original, at + offset - drafted)
    }

    /// Whether it loads, with a pair for each of its entries.
    pub(super) fn is_sound(&self) -> bool {
        self.load().is_ok()
    }

    /// How far libyaml comes in it, where it does not load as pairs.
    pub(super) fn load(&self) -> Result<(), Option<YamlError>> {
        let loaded = yaml::load(&self.text, Span::new(0, self.text.len())).map_err(Some)?;
        let pairs =
            loaded.root.as_ref().and_then(|root| root.value.as_mapping()).map_or(0, |mapping| mapping.len());
        let whole = self.text.get(loaded.end..).is_none_or(|rest| rest.trim().is_empty());
        if pairs > 0 && pairs == self.tree.entries.len() && whole { Ok(()) } else { Err(None) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_original() {
        let original = "tags：[a, \"b\nx: 1\n";
        let colon = original.find('：').unwrap();
        let draft = Draft::new(original).with(&[TextEdit::replace(Span::new(colon, colon + 3), ": ")]);
        assert_eq!(draft.text, "tags: [a, \"b\nx: 1\n");
        let end = draft.text.find('\n').unwrap();
        let draft = draft.with(&[TextEdit::insert(end, "\"]")]);
        assert_eq!(draft.text, "tags: [a, \"b\"]\nx: 1\n");
        let x = draft.text.find('x').unwrap();
        assert_eq!(draft.original_span(Span::new(x, x + 1)).of(original), "x");
        let b = draft.text.find("\"b").unwrap();
        assert_eq!(draft.original_span(Span::new(b, b + 4)).of(original), "\"b");
        assert!(draft.is_sound());
    }

    #[test]
    fn what_is_kept_leads_back_to_itself() {
        let original = "a: 'it''s 題'x' y'z\n";
        let marks: Vec<usize> = original.match_indices('\'').map(|(at, _)| at).collect();
        // Of every second mark two are made; the others go.
        let edit = |(n, at): (usize, &usize)| match n % 2 {
            0 => TextEdit::insert(*at, "\u{a0}"),
            _ => TextEdit::delete(Span::new(*at, at + 1)),
        };
        let draft = Draft::new(original).with(&marks.iter().enumerate().map(edit).collect::<Vec<_>>());
        for (at, c) in draft.text.char_indices() {
            let span = Span::new(at, at + c.len_utf8());
            let there = draft.original_span(span).of(original);
            assert_eq!(
                there,
                if c == '\u{a0}' { "" } else { span.of(&draft.text) },
                "{at} in {}",
                draft.text
            );
        }
    }
}
