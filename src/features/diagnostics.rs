//! The findings of all rules in one document.

use std::sync::Arc;

use super::Snapshot;
use crate::fault;
use crate::jekyll::reading;
use crate::rules::guard::{self, Outcome};
use crate::rules::links::missing_anchor;
use crate::rules::{self, Diagnostic, Rule};

/// All findings, in the order of their places.
pub fn diagnostics(snapshot: &Snapshot) -> Vec<Diagnostic> {
    check(snapshot, &[], &[]).found
}

/// The posts whose anchors the findings depend on and that nobody has read yet: paths relative to the source.
pub fn unread(snapshot: &Snapshot) -> Vec<Arc<str>> {
    let Snapshot { post, path, kind, site, clock } = snapshot;
    // Where a link leads does not depend on the reading.
    let (reading, leads) = (&reading::bad_name(), &rules::Leads::default());
    let input = rules::Input { post, path, kind, site, clock, reading, leads };
    fault::catch(|| missing_anchor::unread(&input)).unwrap_or_default()
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
