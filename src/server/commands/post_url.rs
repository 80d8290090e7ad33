//! `masthead.postUrl`.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;

use super::arguments::File;
use super::work;
use crate::features::commands::iso;
use crate::features::commands::post_url::post_url;
use crate::server::state::State;

pub(super) async fn run(state: &Arc<State>, asked: File) -> Result<Option<Value>> {
    let open = state.document(asked.uri());
    let worker = state.clone();
    work(move || {
        let moment = open.map(|open| worker.moment(open)).or_else(|| worker.moment_on_disk(asked.uri()))?;
        let post = post_url(&moment.snapshot)?;
        Some(json!({
            "url": post.url,
            "absolute": post.absolute,
            "status": post.status.word(),
            "reason": post.reason,
            "title": post.title,
            "date": post.date.map(|date| iso(date, &moment.snapshot.zone())),
        }))
    })
    .await
}
