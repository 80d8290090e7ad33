//! A tag or a category under another name, or gone: the edits of one text, in every spelling that the term can stand in.
//!
//! - `value`: one value of `tags`, `tag`, `categories` or `category`.
//! - `verify`: the law. Edits that would change anything else, by Jekyll's own reading, are not made.

mod value;
mod verify;

#[cfg(test)]
mod law;

use super::TermKind;
use super::occurrences::term_pairs;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{FrontMatter, Load, Mapping};
use crate::text::TextEdit;
use crate::text::edit::apply;

/// What becomes of which term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renaming<'n> {
    /// Tag or category.
    pub kind: TermKind,
    /// The name that goes, as Jekyll prints it.
    pub old: &'n str,
    /// The name that comes, as a string; none where the term goes and nothing comes.
    pub new: Option<&'n str>,
}

/// What a renaming is to one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Respelt {
    /// The term does not stand in it.
    Nothing,
    /// The edits, in order and apart from each other.
    Edits(Vec<TextEdit>),
    /// It stands there, but not so that it can be replaced and all else stay: behind an alias that others use, or
    /// in a line that does not load.
    Unsure,
}

impl Renaming<'_> {
    /// The edits of a post's front matter. A term that is there under its new name already only goes. Where it was a
    /// key's only one, an empty list stays: without the key Jekyll would read what the defaults or a `tags` beside a
    /// `tag` have.
    pub fn of_post(&self, text: &str, front_matter: &FrontMatter) -> Respelt {
        if !matches!(front_matter.load, Load::Mapping | Load::Broken) {
            return Respelt::Nothing;
        }
        let Some(edits) = self.of_mapping(text, &front_matter.values, Context::Block) else {
            return Respelt::Unsure;
        };
        if edits.is_empty() {
            return Respelt::Nothing;
        }
        let after = FrontMatter::parse(&apply(text, &edits));
        if verify::holds(self, front_matter, &after) { Respelt::Edits(edits) } else { Respelt::Unsure }
    }

    /// The edits of the keys of one mapping, unverified; none where a value cannot be edited.
    pub(super) fn of_mapping(
        &self,
        text: &str,
        mapping: &Mapping,
        context: Context,
    ) -> Option<Vec<TextEdit>> {
        let mut edits = Vec::new();
        for (_, splits, pair) in term_pairs(mapping).filter(|(kind, ..)| *kind == self.kind) {
            edits.extend(value::edits(text, pair, splits, context, self)?);
        }
        edits.sort_by_key(|edit| edit.span);
        Some(edits)
    }
}
