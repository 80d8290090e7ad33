//! The rules of the house: what `masthead.toml` asks of every post. Without that file they find nothing.

pub mod required_key;
pub mod unlisted_category;
pub mod unlisted_tag;

use super::nearest::{Searches, did_you_mean, nearest};
use super::words::quoted;
use super::{Diagnostic, Fix, Input, Rule};
use crate::limits::MAX_DIAGNOSTICS;
use crate::site::renaming::{Renaming, Respelt};
use crate::site::terms::{Used, used_terms};
use crate::site::{Allowed, FileKind, TermKind};

/// Finds the tags or categories that are not in a closed list. What the folders and `_config.yml` give is not the
/// post's to mend.
fn unlisted(
    rule: &Rule,
    kind: TermKind,
    allowed: Option<&Allowed>,
    input: &Input<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(allowed) = allowed else { return };
    if !matches!(input.kind, FileKind::Post | FileKind::Draft) {
        return;
    }
    let noun = if kind == TermKind::Tag { "tags" } else { "categories" };
    let searches = Searches::default();
    let terms = used_terms(input.post).into_iter().filter(|used| used.kind == kind);
    let unlisted = terms.filter_map(|used| {
        // Commas in a string are another rule's: the tag before one may be fine.
        let name = used.name.trim_end_matches([',', '、', '，']);
        if name.is_empty() || allowed.has(name) {
            return None;
        }
        let same = allowed.alike(name);
        let like =
            || nearest(name, searches.around_in(allowed.names(), name).into_iter().map(String::as_str));
        let near = same.or_else(like);
        let message = format!(
            "{} is not among the {noun} that masthead.toml allows.{}",
            quoted(name),
            did_you_mean(near)
        );
        Some(Diagnostic {
            span: used.span,
            severity: rule.severity,
            code: rule.code,
            message,
            related: Vec::new(),
            fix: near.and_then(|near| respell(input, &used, near, same.is_some())),
        })
    });
    found.extend(unlisted.take(MAX_DIAGNOSTICS));
}

/// Writes a term as the list has it; where that one is there already, the item goes. A comma at its end is not the
/// name's, so such an item is left to another rule.
fn respell(input: &Input<'_>, used: &Used, name: &str, same: bool) -> Option<Fix> {
    let written = used.span.of(&input.post.text);
    let renaming = Renaming { kind: used.kind, old: &used.name, new: Some(name) };
    match renaming.of_post(&input.post.text, &input.post.front_matter) {
        Respelt::Edits(edits) if !written.ends_with([',', '、', '，']) => {
            Some(Fix { safe: same, ..Fix::new(format!("Write `{name}`"), edits) })
        }
        _ => None,
    }
}
