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
    edits: Vec<TextEdit>,
    /// The piece after the edits. Spans of candidates are of this.
    pub(super) text: String,
    /// Its shape.
    pub(super) tree: Tree,
}

impl<'t> Draft<'t> {
    pub(super) fn new(original: &'t str) -> Self {
        Draft::of(original, Vec::new())
    }

    fn of(original: &'t str, edits: Vec<TextEdit>) -> Self {
        let text = apply(original, &edits);
        let tree = Tree::parse(&text, Span::new(0, text.len()));
        Draft { original, edits, text, tree }
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
        let mut edits: Vec<&TextEdit> = self.edits.iter().collect();
        edits.sort_by_key(|edit| edit.span);
        let (mut drafted, mut at) = (0, 0);
        for edit in edits {
            let kept = edit.span.start.saturating_sub(at);
            let before = if is_start { offset < drafted + kept } else { offset <= drafted + kept };
            if before {
                break;
            }
            drafted += kept;
            at = edit.span.start;
            if offset < drafted + edit.new_text.len() {
                return if is_start { edit.span.start } else { edit.span.end };
            }
            drafted += edit.new_text.len();
            at = at.max(edit.span.end);
        }
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
}
