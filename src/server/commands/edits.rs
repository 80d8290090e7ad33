//! Edits that the client makes for us: the editor writes, never we.

use std::time::Duration;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::request::{ApplyWorkspaceEdit, ShowDocument};
use tower_lsp::lsp_types::{
    ApplyWorkspaceEditParams, Position, Range, ShowDocumentParams, Url, WorkspaceEdit,
};

use super::refusal;
use crate::server::progress::PATIENCE;
use crate::server::state::State;

/// As good as without end.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Refuses where the client cannot make such an edit. `what` says what the edit would do to a file.
pub(super) fn check(can: bool, what: &str) -> Result<()> {
    let message =
        || format!("This editor does not let a language server {what}, so Masthead cannot do this here.");
    if can { Ok(()) } else { Err(refusal(message())) }
}

/// Has the client make an edit. False where its author was asked, and said no.
pub(super) async fn apply(state: &State, label: &str, edit: WorkspaceEdit) -> Result<bool> {
    // What is to be confirmed takes as long as its author thinks about it.
    let asks = edit.change_annotations.is_some();
    let patience = if asks { DAY } else { PATIENCE };
    let params = ApplyWorkspaceEditParams { label: Some(label.to_owned()), edit };
    let asked = state.client.send_request::<ApplyWorkspaceEdit>(params);
    let answer = match tokio::time::timeout(patience, asked).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(Error { message, .. })) => {
            return Err(refusal(format!("The editor did not make the change: {message}")));
        }
        Err(_) => {
            return Err(refusal("The editor did not say whether it made the change. Look at the files."));
        }
    };
    if answer.applied || (asks && answer.failure_reason.is_none()) {
        return Ok(answer.applied);
    }
    let why = answer.failure_reason.map_or_else(|| ".".to_owned(), |reason| format!(": {reason}"));
    Err(refusal(format!("The editor did not make the change{why}")))
}

/// Has the client show a document, where it can. That it does not is no failure of the command.
pub(super) async fn show(state: &State, uri: &Url, position: Option<Position>) {
    if !state.capabilities().show_document {
        return;
    }
    let params = ShowDocumentParams {
        uri: uri.clone(),
        external: Some(false),
        take_focus: Some(true),
        selection: position.map(|at| Range { start: at, end: at }),
    };
    let asked = state.client.send_request::<ShowDocument>(params);
    if !matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(answer)) if answer.success) {
        tracing::info!("the editor did not show {uri}");
    }
}
