//! Diagnostics on their way to the editor: pushed with their version, or told to be asked for again.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};

use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::IDLE_WORK;
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
/// One thread at a time does it all, so what it sends of a document is in the order of its versions. It takes the newest
/// version there is, and drops a result whose document has changed meanwhile: its next notice is waiting. It finds them
/// itself, since an author waits for every thread in between, and ends when nothing has come for a while: what it has freed
/// goes back to the system only then.
pub async fn run(state: Weak<State>, mut notices: mpsc::UnboundedReceiver<Notice>) {
    let mut closed = ClosedConfigs::default();
    while let Some(notice) = notices.recv().await {
        let (here, state) = (Handle::current(), state.clone());
        let send = move || {
            here.block_on(send_until_idle(&state, notice, &mut notices, &mut closed));
            (notices, closed)
        };
        match tokio::task::spawn_blocking(send).await {
            Ok(back) => (notices, closed) = back,
            Err(error) => return tracing::error!("no findings are sent any more: {error}"),
        }
    }
}

async fn send_until_idle(
    state: &Weak<State>,
    first: Notice,
    notices: &mut mpsc::UnboundedReceiver<Notice>,
    closed: &mut ClosedConfigs,
) {
    let mut next = Some(first);
    while let Some(notice) = next {
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
        drop(state);
        next = timeout(IDLE_WORK, notices.recv()).await.ok().flatten();
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
        Notice::Opened(key) | Notice::Changed(key) if !pull && is_settings(&key) => push_all(state).await,
        Notice::Opened(key) if !pull => push_with_others(state, key, state.turns.pass()).await,
        Notice::Changed(key) if !pull => push_with_others(state, key, state.turns.pass_behind()).await,
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
        Notice::Opened(_) | Notice::Changed(_) | Notice::Gone(_) | Notice::Config => {}
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

/// Pushes to a document when its turn has come, and to the others that may feel its change.
async fn push_with_others(state: &Arc<State>, key: DocumentKey, turn: impl Future<Output = ()>) {
    turn.await;
    // The newest one: a text that is typed without a pause would never be the one of before.
    let document = state.documents.get(&key);
    push(state, document.as_ref());
    let site = document.and_then(|document| state.place(&document).site.clone());
    if site.is_some_and(|site| site.take_stirred()) {
        push_beside(state, &[key]).await;
    }
}

/// Pushes to all open documents but these.
async fn push_beside(state: &Arc<State>, changed: &[DocumentKey]) {
    for document in state.documents.all() {
        if !changed.contains(&document.key) {
            push_in_turn(state, &document).await;
        }
    }
}

async fn push_all(state: &Arc<State>) {
    for document in state.documents.all() {
        push_in_turn(state, &document).await;
    }
}

async fn push_in_turn(state: &Arc<State>, document: &Arc<OpenDocument>) {
    state.turns.pass().await;
    push(state, Some(document));
}

fn push(state: &Arc<State>, document: Option<&Arc<OpenDocument>>) {
    let Some(document) = document.filter(|document| state.documents.is_current(document)) else { return };
    match fault::catch(|| diagnostics(state, &state.moment(document.clone()))) {
        Ok(found) if state.documents.is_current(document) && !state.pulled.load(Ordering::Relaxed) => {
            state.publish(document.uri.clone(), found, Some(document.version));
        }
        Ok(_) => {}
        Err(fault) => tracing::error!("no diagnostics of {}: {fault}", document.uri),
    }
}
