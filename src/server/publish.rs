//! Diagnostics on their way to the editor: pushed with their version, or told to be asked for again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};

use tokio::sync::mpsc;
use tower_lsp::lsp_types::{self as lsp, Url};

use super::convert::Places;
use super::documents::{DocumentKey, OpenDocument};
use super::progress::PATIENCE;
use super::state::{Moment, State};
use crate::features::{self, Snapshot};
use crate::jekyll::reading;
use crate::rules::{self, Rule};
use crate::site::settings;

/// Why findings are to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A document is open or has changed.
    Changed(DocumentKey),
    /// A document was closed, or its file is gone: the URI that its findings were sent with.
    Gone(Url),
    /// These files have changed on disk: what other documents link to or share a URL with may be gone, or be there now.
    Beside(Vec<DocumentKey>),
    /// A site is read, or its configuration is another: all open documents may read otherwise.
    All,
    /// The editor has asked for diagnostics for the first time: what was pushed until then goes.
    Pulled,
}

/// Takes notices.
pub type Publisher = mpsc::UnboundedSender<Notice>;

/// Sends findings as notices come, until the server ends.
///
/// One task does it all, so what it sends of a document is in the order of its versions. It takes the newest version
/// there is, and drops a result whose document has changed meanwhile: its next notice is waiting.
pub async fn run(state: Weak<State>, mut notices: mpsc::UnboundedReceiver<Notice>) {
    while let Some(notice) = notices.recv().await {
        let mut waiting = vec![notice];
        while let Ok(notice) = notices.try_recv() {
            // One answer serves many changes, but a change after the end is not the one before it.
            if waiting.last() != Some(&notice) {
                waiting.push(notice);
            }
        }
        let Some(state) = state.upgrade() else { return };
        for notice in waiting {
            handle(&state, notice).await;
        }
    }
}

async fn handle(state: &Arc<State>, notice: Notice) {
    // An editor that can ask is pushed to until it does.
    let pull = state.pulled.load(Ordering::Relaxed);
    match notice {
        Notice::Pulled => {
            for document in state.documents.all() {
                state.client.publish_diagnostics(document.uri.clone(), Vec::new(), None).await;
            }
        }
        // What the editor has of the settings counts for all posts as it stands.
        Notice::Changed(key) if !pull && is_settings(&key) => push_all(state).await,
        Notice::Changed(key) if !pull => push(state, state.documents.get(&key)).await,
        Notice::Gone(uri) if !pull => state.client.publish_diagnostics(uri, Vec::new(), None).await,
        Notice::All if !pull => push_all(state).await,
        Notice::Beside(changed) if !pull => {
            for document in state.documents.all() {
                if !changed.contains(&document.key) {
                    push(state, Some(document)).await;
                }
            }
        }
        Notice::All | Notice::Beside(_) if state.capabilities().refresh_diagnostics => {
            let state = state.clone();
            // The answer is waited for elsewhere: a client that gives none must not hold up the rest.
            tokio::spawn(async move {
                let _ = tokio::time::timeout(PATIENCE, state.client.workspace_diagnostic_refresh()).await;
            });
        }
        Notice::Changed(_) | Notice::Gone(_) | Notice::All | Notice::Beside(_) => {}
    }
}

fn is_settings(key: &DocumentKey) -> bool {
    key.path().and_then(|path| path.file_name()).is_some_and(|name| name == settings::FILE)
}

async fn push_all(state: &Arc<State>) {
    for document in state.documents.all() {
        push(state, Some(document)).await;
    }
}

async fn push(state: &Arc<State>, document: Option<Arc<OpenDocument>>) {
    let Some(document) = document else { return };
    let (worker, work) = (state.clone(), document.clone());
    let found = tokio::task::spawn_blocking(move || diagnostics(&worker, &worker.moment(work)));
    match found.await {
        Ok(found) if state.documents.is_current(&document) && !state.pulled.load(Ordering::Relaxed) => {
            let (uri, version) = (document.uri.clone(), document.version);
            state.client.publish_diagnostics(uri, found, Some(version)).await;
        }
        Ok(_) => {}
        Err(error) => tracing::error!("no diagnostics of {}: {error}", document.uri),
    }
}

/// All findings in a document.
pub fn diagnostics(state: &State, moment: &Moment) -> Vec<lsp::Diagnostic> {
    let places = Places::new(moment, state.capabilities());
    let snapshot = &moment.snapshot;
    let all = catch_unwind(AssertUnwindSafe(|| features::diagnostics::diagnostics(snapshot)));
    let found = all.unwrap_or_else(|_| {
        let Snapshot { post, path, kind, site, clock } = snapshot;
        let read = || rules::read(post, path, kind, site, clock);
        let reading = &catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| reading::bad_name());
        one_by_one(rules::of_kind(kind), &rules::Input { post, path, kind, site, clock, reading })
    });
    found.iter().map(|found| places.diagnostic(found)).collect()
}

/// The findings of the rules that do not panic. The log names the others.
fn one_by_one<'r>(
    rules: impl IntoIterator<Item = &'r Rule>,
    input: &rules::Input<'_>,
) -> Vec<rules::Diagnostic> {
    let mut found = Vec::new();
    for rule in rules {
        let mut own = Vec::new();
        match catch_unwind(AssertUnwindSafe(|| (rule.check)(input, &mut own))) {
            Ok(()) => found.append(&mut own),
            Err(_) => tracing::error!("the rule {} panicked at {}: it is left out", rule.code, input.path),
        }
    }
    rules::finish(input, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jekyll::Clock;
    use crate::post::Post;
    use crate::rules::{Diagnostic, Severity};
    use crate::site::{FileKind, Site};
    use crate::text::Span;

    #[test]
    fn a_rule_that_panics_costs_its_own_findings_only() {
        fn find(_: &rules::Input<'_>, found: &mut Vec<Diagnostic>) {
            found.push(Diagnostic {
                span: Span::empty(0),
                severity: Severity::Hint,
                code: "fine",
                message: String::new(),
                related: Vec::new(),
                fix: None,
            });
        }
        fn fail(input: &rules::Input<'_>, found: &mut Vec<Diagnostic>) {
            find(input, found);
            panic!("a fault of ours")
        }
        let rule = |code, check| Rule { code, severity: Severity::Hint, summary: "", example: "", check };
        let post = Post::parse("");
        let (site, clock) = (Site::default(), Clock::utc(jiff::Timestamp::UNIX_EPOCH));
        let reading = reading::bad_name();
        let input = rules::Input {
            post: &post,
            path: "a.md",
            kind: &FileKind::Page,
            site: &site,
            clock: &clock,
            reading: &reading,
        };
        let found = one_by_one(&[rule("bad", fail), rule("good", find)], &input);
        assert_eq!(found.len(), 1);
    }
}
