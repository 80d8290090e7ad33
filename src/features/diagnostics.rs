//! The findings of all rules in one document.

use super::Snapshot;
use crate::rules::{self, Diagnostic};

/// All findings, in the order of their places.
pub fn diagnostics(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let Snapshot { post, path, kind, site, clock } = snapshot;
    let reading = &rules::read(post, path, kind, site, clock);
    rules::check(&rules::Input { post, path, kind, site, clock, reading })
}
