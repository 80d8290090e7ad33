//! Diagnostics on their way to the editor: pushed with their version, or told to be asked for again.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};

use tokio::sync::mpsc;

use super::closed_config::ClosedConfigs;
use super::documents::OpenDocument;
use super::findings::diagnostics;
use super::notices::{Notice, gather};
use super::progress::PATIENCE;
use super::state::State;
use super::versions::DocumentKey;
use crate::fault;
use crate::site::settings;

/// Sends findings as notices come, until the server ends.
///
/// One task does it all, so what it sends of a document is in the order of its versions. It takes the newest version
/// there is, and drops a result whose document has changed meanwhile: its next notice is waiting.
pub async fn run(state: Weak<State>, mut notices: mpsc::UnboundedReceiver<Notice>) {
    let mut closed = ClosedConfigs::default();
    while let Some(notice) = notices.recv().await {
        let mut waiting = vec![notice];
        while let Ok(notice) = notices.try_recv() {
            gather(&mut waiting, notice);
        }
        let Some(state) = state.upgrade() else { return };
        for notice in waiting {
            let about_config = notice.is_about_config();
            handle(&state, notice).await;
            if about_config {
                closed.push(&state).await;
            }
        }
    }
}

async fn handle(state: &Arc<State>, notice: Notice) {
    // An editor that can ask is pushed to until it does.
    let pull = state.pulled.load(Ordering::Relaxed);
    match notice {
        Notice::Pulled => {
            for document in state.documents.all() {
                state.publish(document.uri.clone(), Vec::new(), None);
            }
        }
        // What the editor has of the settings counts for all posts as it stands.
        Notice::Changed(key) if !pull && is_settings(&key) => push_all(state).await,
        Notice::Changed(key) if !pull => {
            let document = state.documents.get(&key);
            push(state, document.clone()).await;
            let site = document.and_then(|document| state.place(&document).site.clone());
            if site.is_some_and(|site| site.take_stirred()) {
                push_beside(state, &[key]).await;
            }
        }
        Notice::Gone(uri) if !pull => state.publish(uri, Vec::new(), None),
        Notice::All => {
            if !pull {
                push_all(state).await;
            }
            refresh_diagnostics(state, pull);
            refresh_hints(state);
        }
        Notice::Beside(changed) => {
            if !pull {
                push_beside(state, &changed).await;
            }
            refresh_diagnostics(state, pull);
        }
        Notice::Changed(_) | Notice::Gone(_) | Notice::Config => {}
    }
}

/// Has an editor that asks for diagnostics ask again. The answer is waited for elsewhere: a client that gives none must
/// not hold up the rest.
fn refresh_diagnostics(state: &Arc<State>, pull: bool) {
    if pull && state.capabilities().refresh_diagnostics {
        let state = state.clone();
        tokio::spawn(async move {
            let _ = tokio::time::timeout(PATIENCE, state.client.workspace_diagnostic_refresh()).await;
        });
    }
}

/// Has the editor ask for inlay hints again.
fn refresh_hints(state: &Arc<State>) {
    let able = state.capabilities();
    if able.inlay_hints && able.refresh_inlay_hints {
        let state = state.clone();
        tokio::spawn(async move {
            let _ = tokio::time::timeout(PATIENCE, state.client.inlay_hint_refresh()).await;
        });
    }
}

fn is_settings(key: &DocumentKey) -> bool {
    key.path().and_then(|path| path.file_name()).is_some_and(|name| name == settings::FILE)
}

/// Pushes to all open documents but these.
async fn push_beside(state: &Arc<State>, changed: &[DocumentKey]) {
    for document in state.documents.all() {
        if !changed.contains(&document.key) {
            push(state, Some(document)).await;
        }
    }
}

async fn push_all(state: &Arc<State>) {
    for document in state.documents.all() {
        push(state, Some(document)).await;
    }
}

async fn push(state: &Arc<State>, document: Option<Arc<OpenDocument>>) {
    let Some(document) = document else { return };
    state.turns.pass().await;
    if !state.documents.is_current(&document) {
        return;
    }
    let (worker, work) = (state.clone(), document.clone());
    // Sent from where they are found: an author waits for every thread in between.
    let find_and_send = move || {
        let found = fault::catch(|| diagnostics(&worker, &worker.moment(work.clone())))?;
        if worker.documents.is_current(&work) && !worker.pulled.load(Ordering::Relaxed) {
            worker.publish(work.uri.clone(), found, Some(work.version));
        }
        Ok::<_, fault::Fault>(())
    };
    match tokio::task::spawn_blocking(find_and_send).await {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => tracing::error!("no diagnostics of {}: {fault}", document.uri),
        Err(error) => tracing::error!("no diagnostics of {}: {error}", document.uri),
    }
}
