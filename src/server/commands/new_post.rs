//! `masthead.newPost` and `masthead.newPostName`.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::Url;

use super::{Spot, edits, refusal, work};
use crate::features::commands::new_post::{Wish, new_name, new_post};
use crate::server::convert;
use crate::server::state::State;

/// The form of the argument.
pub(super) const FORM: &str = "{\"uri\": \"file:///site\", \"title\": \"Hello\", \"draft\": false}";

/// The argument.
#[derive(Debug, Deserialize)]
pub(super) struct NewPost {
    uri: Url,
    title: String,
    #[serde(default)]
    draft: bool,
    slug: Option<String>,
    #[serde(default)]
    show: bool,
}

impl NewPost {
    fn wish(&self) -> Wish<'_> {
        Wish { title: &self.title, draft: self.draft, slug: self.slug.as_deref() }
    }
}

/// What the file would be called: an author who is asked for a slug sees it before anything is written.
pub(super) async fn name(state: &Arc<State>, asked: NewPost) -> Result<Value> {
    let worker = state.clone();
    let name = work(move || {
        let spot = Spot::read(&worker, &asked.uri)?;
        let habits = spot.habits(&worker);
        new_name(&spot.site, &habits, &worker.clock(), asked.wish(), |path| spot.has(path))
    })
    .await?
    .map_err(refusal)?;
    Ok(json!({"path": name.path, "slug": name.slug, "whole": name.whole, "taken": name.taken}))
}

pub(super) async fn run(state: &Arc<State>, asked: NewPost) -> Result<Value> {
    edits::check(state.capabilities().create_files, "make files")?;
    let show = asked.show;
    let worker = state.clone();
    let (uri, file) = work(move || {
        let spot = Spot::read(&worker, &asked.uri).map_err(refusal)?;
        let habits = spot.habits(&worker);
        let file = new_post(&spot.site, &habits, &worker.clock(), asked.wish(), |path| spot.has(path));
        let file = file.map_err(refusal)?;
        Ok((spot.uri(&file.path)?, file))
    })
    .await??;
    let position = convert::position_in(&file.text, file.cursor, state.capabilities().encoding);
    edits::apply(state, "New post", convert::new_file(uri.clone(), file.text)).await?;
    if show {
        edits::show(state, &uri, Some(position)).await;
    }
    Ok(json!({"uri": uri, "position": position}))
}
