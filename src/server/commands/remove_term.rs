//! `masthead.removeTerm`.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::Url;

use super::{Spot, edits, refusal, work};
use crate::features::terms::remove;
use crate::server::convert::SitePlaces;
use crate::server::state::State;
use crate::site::TermKind;

/// The form of the argument.
pub(super) const FORM: &str = "{\"uri\": \"file:///site/_posts/2026-01-31-a.md\", \"tag\": \"AI\"}";

/// The argument.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum RemoveTerm {
    Tag { uri: Url, tag: String },
    Category { uri: Url, category: String },
}

pub(super) async fn run(state: &Arc<State>, asked: RemoveTerm) -> Result<Value> {
    edits::check(state.capabilities().apply_edit, "change files")?;
    let (uri, kind, name) = match asked {
        RemoveTerm::Tag { uri, tag } => (uri, TermKind::Tag, tag),
        RemoveTerm::Category { uri, category } => (uri, TermKind::Category, category),
    };
    let worker = state.clone();
    let open = state.document(&uri);
    let (edit, files, warning) = work(move || {
        Spot::read(&worker, &uri).map_err(refusal)?;
        let moment = open.map(|open| worker.moment(open)).or_else(|| worker.moment_on_disk(&uri));
        let moment = moment.ok_or_else(|| refusal("There is no such file."))?;
        let texts = worker.texts(&moment);
        if !texts.is_whole() {
            return Err(refusal("The site is still being read: try again in a moment."));
        }
        let edit = remove(&moment.snapshot, &|path| texts.text(path), kind, &name);
        if edit.files.is_empty() && edit.left.is_empty() {
            return Err(refusal(format!("No post of this site has `{name}`.")));
        }
        let files = edit.files.len();
        let warning = edit.removal_warning();
        Ok((SitePlaces::new(&texts, worker.capabilities()).edit(&edit), files, warning))
    })
    .await??;
    if files > 0 {
        edits::apply(state, "Remove from the whole site", edit).await?;
    }
    warning.into_iter().for_each(|warning| state.warn(warning));
    Ok(json!({"files": files}))
}
