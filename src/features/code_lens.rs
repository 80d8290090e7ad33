//! Code lenses: how often the site uses the tags and the categories of this post, above their lines.

use super::Snapshot;
use super::markdown::shorten;
use crate::post::front_matter::tree::Entry;
use crate::site::TermKind;
use crate::site::terms::{term_kind, used_terms};
use crate::text::Span;

/// A line above a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeLens {
    /// The key.
    pub span: Span,
    /// What it says: `AI 128 · 京都 1`.
    pub title: String,
    /// Which terms it counts.
    pub kind: TermKind,
}

/// The longest name in a lens, in characters.
const NAME_CHARS: usize = 24;

/// The most terms in a lens.
const MAX_TERMS: usize = 12;

/// The lenses of a document: one for each key of tags or categories that has any.
pub fn code_lenses(snapshot: &Snapshot) -> Vec<CodeLens> {
    let used = used_terms(&snapshot.post);
    let text = &*snapshot.post.text;
    let lens = |entry: &Entry| {
        let kind = term_kind(entry.key_text(text))?;
        let here = used.iter().filter(|term| term.kind == kind && entry.span.encloses(term.span));
        let counts: Vec<String> = here
            .take(MAX_TERMS)
            .map(|term| {
                let count = snapshot.site.vocabulary(kind).get(&term.name).map_or(0, |term| term.count());
                format!("{} {count}", shorten(&term.name, NAME_CHARS))
            })
            .collect();
        (!counts.is_empty()).then(|| CodeLens {
            span: entry.key.map_or(entry.span, |key| key.span),
            title: counts.join(" · "),
            kind,
        })
    };
    snapshot.post.tree().entries.iter().filter_map(lens).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::fixture;

    #[test]
    fn counts_stand_above_their_keys() {
        let (snapshot, _) = fixture(
            "//- /_posts/2024-01-01-a.md\n---\ntags: [AI, 京都]\n---\n//- /_posts/2024-01-02-b.md\n---\ntitle: b\ntags: AI 新しい$0\ncategories:\n  - 日記\n---\n//- /_posts/2024-01-03-c.md\n---\ntags: AI\n---\n",
        );
        let lenses = code_lenses(&snapshot);
        let shown: Vec<_> =
            lenses.iter().map(|lens| (lens.span.of(&snapshot.post.text), &*lens.title)).collect();
        assert_eq!(shown, [("tags", "AI 3 · 新しい 1"), ("categories", "日記 1")]);
        assert_eq!(code_lenses(&fixture("---\ntags:\ntitle: $0\n---\n").0), []);
    }
}
