//! The findings of all rules in one document.

use super::Snapshot;
use crate::rules::{self, Diagnostic};

/// All findings, in the order of their places.
pub fn diagnostics(snapshot: &Snapshot) -> Vec<Diagnostic> {
    rules::check(&rules::Input {
        post: &snapshot.post,
        path: &snapshot.path,
        kind: &snapshot.kind,
        site: &snapshot.site,
        clock: &snapshot.clock,
    })
}
