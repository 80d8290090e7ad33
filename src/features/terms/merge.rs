//! Merging a term into the one that a reader takes it for, in the whole site.

use super::{TermPlace, noun, rename, under};
use crate::features::Snapshot;
use crate::features::files::{SiteEdit, Texts};
use crate::features::markdown::posts;
use crate::rules::Diagnostic;
use crate::rules::terms::near_duplicate::{RULE, better};
use crate::site::TermKind;

/// The most posts that are read for a mend that may never be chosen.
const MAX_POSTS: usize = 300;

/// Whether [`merge`] may have a mend for a finding.
pub fn is_mergeable(finding: &Diagnostic) -> bool {
    finding.code == RULE.code
}

/// A merge that is left to a command: of more posts than are read for a mend that may never be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LargeMerge {
    /// What it does.
    pub title: String,
    /// Tag or category.
    pub kind: TermKind,
    /// The name that goes.
    pub old: String,
    /// The name that stays.
    pub new: String,
}

/// The mend of a finding that [`merge`] has none for because too many posts have the name.
pub fn large_merge(snapshot: &Snapshot, finding: &Diagnostic) -> Option<LargeMerge> {
    let term = is_mergeable(finding).then(|| under(snapshot, finding.span.start)).flatten()?;
    let new = better(&snapshot.site, term.kind, &term.name)?.name.to_string();
    let count = snapshot.site.vocabulary(term.kind).get(&term.name)?.count();
    let title = title(&term, &new, &posts(count));
    (count > MAX_POSTS).then_some(LargeMerge { title, kind: term.kind, old: term.name, new })
}

fn title(term: &TermPlace, new: &str, these: &str) -> String {
    format!("Merge the {} `{}` into `{new}` in the whole site ({these})", noun(term.kind), term.name)
}

/// The mend of a finding of `near-duplicate-term` that goes through the whole site: what it does, and its edits. None
/// for another finding, and where the name stands in this post alone, whose own mend does it all.
pub fn merge(snapshot: &Snapshot, texts: &Texts<'_>, finding: &Diagnostic) -> Option<(String, SiteEdit)> {
    if !is_mergeable(finding) {
        return None;
    }
    let term = under(snapshot, finding.span.start)?;
    let best = better(&snapshot.site, term.kind, &term.name)?;
    let count = snapshot.site.vocabulary(term.kind).get(&term.name)?.count();
    if !(2..=MAX_POSTS).contains(&count) {
        return None;
    }
    let mut edit = rename(snapshot, texts, term.kind, &term.name, &best.name).ok()?;
    // The title says it: whoever chooses the action has answered.
    edit.confirm = None;
    if edit.files.is_empty() {
        return None;
    }
    let left = edit.left.iter().filter(|left| snapshot.site.post(&left.path).is_some()).count();
    let these =
        if left == 0 { posts(count) } else { format!("{} of {}", count - left.min(count), posts(count)) };
    Some((title(&term, &best.name, &these), edit))
}
