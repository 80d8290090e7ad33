//! `masthead.promoteDraft`.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;

use super::arguments::File;
use super::{Spot, edits, refusal, work};
use crate::features::commands::promote::promote;
use crate::features::links::Move;
use crate::server::moves;
use crate::server::state::State;

pub(super) async fn run(state: &Arc<State>, asked: File) -> Result<Value> {
    edits::check(state.capabilities().rename_files, "move files")?;
    let open = state.document(asked.uri());
    let (worker, show) = (state.clone(), asked.show());
    let (uri, edit) = work(move || {
        let spot = Spot::read(&worker, asked.uri()).map_err(refusal)?;
        let moment = open.map(|open| worker.moment(open)).or_else(|| worker.moment_on_disk(asked.uri()));
        let moment = moment.ok_or_else(|| refusal("There is no such draft."))?;
        let habits = spot.habits(&worker);
        let made = promote(&moment.snapshot, &habits, |path| spot.has(path)).map_err(refusal)?;
        let uri = spot.uri(&made.path)?;
        let moved = Move { from: spot.path.clone(), to: made.path };
        let edit = moves::with_file(&worker, &spot.live, &moved, &uri, true, &made.edits);
        Ok((uri, edit))
    })
    .await??;
    edits::apply(state, "Publish draft", edit).await?;
    if show {
        edits::show(state, &uri, None).await;
    }
    Ok(json!({"uri": uri}))
}
