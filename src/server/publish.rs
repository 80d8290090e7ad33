//! Diagnostics on their way to the editor: pushed with their version, or told to be asked for again.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::thread;

use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::STACK_BYTES;
use super::closed_config::ClosedConfigs;
use super::documents::OpenDocument;
use super::findings::diagnostics;
use super::notices::{Notice, gather};
use super::progress::PATIENCE;
use super::state::State;
use super::versions::DocumentKey;
use crate::fault;
use crate::site::settings;

/// Starts the thread that sends findings as notices come, until the server ends.
pub fn start(state: Weak<State>, notices: mpsc::UnboundedReceiver<Notice>) {
    let here = Handle::current();
    let thread = thread::Builder::new().name("findings".into()).stack_size(STACK_BYTES);
    if let Err(error) = thread.spawn(move || here.block_on(run(state, notices))) {
        tracing::error!("no findings will be sent, since there is no thread to be had: {error}");
    }
}

/// Sends findings as notices come.
///
/// One thread does it all, so what it sends of a document is in the order of its versions. It takes the newest version
/// there is, and drops a result whose document has changed meanwhile: its next notice is waiting. It finds them itself: an
/// author waits for every thread in between.
async fn run(state: Weak<State>, mut notices: mpsc::UnboundedReceiver<Notice>) {
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
    match fault::catch(|| diagnostics(state, &state.moment(document.clone()))) {
        Ok(found) if state.documents.is_current(&document) && !state.pulled.load(Ordering::Relaxed) => {
            state.publish(document.uri.clone(), found, Some(document.version));
        }
        Ok(_) => {}
        Err(fault) => tracing::error!("no diagnostics of {}: {fault}", document.uri),
    }
}
