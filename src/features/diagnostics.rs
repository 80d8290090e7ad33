//! The findings of all rules in one document.

use super::Snapshot;
use crate::fault;
use crate::jekyll::reading;
use crate::rules::guard::{self, Outcome};
use crate::rules::{self, Diagnostic, Rule};

/// All findings, in the order of their places.
pub fn diagnostics(snapshot: &Snapshot) -> Vec<Diagnostic> {
    check(snapshot, &[], &[]).found
}

/// The findings of all rules and of `more` but those in `off`, and which rules failed.
pub fn check(snapshot: &Snapshot, more: &[Rule], off: &[&str]) -> Outcome {
    let Snapshot { post, path, kind, site, clock } = snapshot;
    let read = fault::catch(|| rules::read(post, path, kind, site, clock));
    let (reading, fault) = match read {
        Ok(reading) => (reading, None),
        Err(fault) => (reading::bad_name(), Some(("reading", fault))),
    };
    let reading = &reading;
    let mut outcome = guard::check(
        &rules::Input { post, path, kind, site, clock, reading, leads: &rules::Leads::default() },
        more,
        off,
    );
    outcome.failed.extend(fault);
    outcome
}
