//! `masthead.renameFile`.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::Url;

use super::{Spot, edits, refusal, work};
use crate::features::commands::rename_file::target;
use crate::features::links::Move;
use crate::server::moves;
use crate::server::state::State;

/// The form of the argument.
pub(super) const FORM: &str = "{\"uri\": \"file:///site/_posts/2026-01-31-a.md\", \"name\": \"kyoto\"}";

/// The argument.
#[derive(Debug, Deserialize)]
pub(super) struct RenameFile {
    uri: Url,
    name: String,
    #[serde(default)]
    show: bool,
    redirect: Option<bool>,
}

pub(super) async fn run(state: &Arc<State>, asked: RenameFile) -> Result<Value> {
    edits::check(state.capabilities().rename_files, "move files")?;
    let (worker, show) = (state.clone(), asked.show);
    let (uri, edit) = work(move || {
        let spot = Spot::read(&worker, &asked.uri).map_err(refusal)?;
        if !spot.has(&spot.path) {
            return Err(refusal("There is no such file."));
        }
        let to = target(&spot.path, &asked.name, |path| spot.has(path)).map_err(refusal)?;
        let uri = spot.uri(&to)?;
        let moved = Move { from: spot.path.clone(), to };
        let edit = moves::with_file(&worker, &spot.live, &moved, &uri, asked.redirect.unwrap_or(true), &[]);
        Ok((uri, edit))
    })
    .await??;
    edits::apply(state, "Rename file", edit).await?;
    if show {
        edits::show(state, &uri, None).await;
    }
    Ok(json!({"uri": uri}))
}
