//! `masthead.removeTerm` and `masthead.renameTerm`: a tag or a category out of the whole site, or under another name in it.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::Url;

use super::{Spot, edits, refusal, work};
use crate::features::Snapshot;
use crate::features::files::{SiteEdit, Texts};
use crate::features::terms::{noun, remove, rename};
use crate::server::convert::SitePlaces;
use crate::server::state::State;
use crate::site::TermKind;

/// The form of the argument that removes.
pub(super) const REMOVE: &str = "{\"uri\": \"file:///site/_posts/2026-01-31-a.md\", \"tag\": \"AI\"}";

/// The form of the argument that renames.
pub(super) const RENAME: &str =
    "{\"uri\": \"file:///site/_posts/2026-01-31-a.md\", \"tag\": \"ai\", \"name\": \"AI\"}";

/// Which term.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Which {
    Tag { uri: Url, tag: String },
    Category { uri: Url, category: String },
}

/// Which term, and what it is to be called.
#[derive(Debug, Deserialize)]
pub(super) struct Renamed {
    #[serde(flatten)]
    which: Which,
    name: String,
}

impl Which {
    fn parts(self) -> (Url, TermKind, String) {
        match self {
            Which::Tag { uri, tag } => (uri, TermKind::Tag, tag),
            Which::Category { uri, category } => (uri, TermKind::Category, category),
        }
    }
}

pub(super) async fn run_remove(state: &Arc<State>, which: Which) -> Result<Value> {
    change(state, which, "Remove from the whole site", |snapshot, texts, kind, name| {
        let edit = remove(snapshot, texts, kind, name);
        let warning = edit.removal_warning();
        Ok((edit, warning))
    })
    .await
}

pub(super) async fn run_rename(state: &Arc<State>, asked: Renamed) -> Result<Value> {
    let new = asked.name;
    change(state, asked.which, "Rename in the whole site", move |snapshot, texts, kind, name| {
        let edit = rename(snapshot, texts, kind, name, &new)?;
        let warning = edit.warning();
        Ok((edit, warning))
    })
    .await
}

/// Has the client make the edits of a term that `edit` gives, with what the author should be told.
async fn change(
    state: &Arc<State>,
    which: Which,
    label: &str,
    edit: impl FnOnce(
        &Snapshot,
        &Texts<'_>,
        TermKind,
        &str,
    ) -> std::result::Result<(SiteEdit, Option<String>), String>
    + Send
    + 'static,
) -> Result<Value> {
    edits::check(state.capabilities().apply_edit, "change files")?;
    let (uri, kind, name) = which.parts();
    let (worker, open) = (state.clone(), state.document(&uri));
    let (edit, files, warning) = work(move || {
        let spot = Spot::read(&worker, &uri).map_err(refusal)?;
        // The site's folder will do, where no post of it is open.
        let any = || {
            let uri = spot.uri(&spot.any_post()?).ok()?;
            let open = worker.document(&uri).map(|open| worker.moment(open));
            open.or_else(|| worker.moment_on_disk(&uri))
        };
        let moment = open.map(|open| worker.moment(open));
        let moment = moment.or_else(|| worker.moment_on_disk(&uri)).or_else(any);
        let moment = moment.ok_or_else(|| refusal("This site has no posts."))?;
        let texts = worker.texts(&moment);
        if !texts.is_whole() {
            return Err(refusal("The site is still being read: try again in a moment."));
        }
        let (edit, warning) =
            edit(&moment.snapshot, &|path| texts.text(path), kind, &name).map_err(refusal)?;
        let is_known = moment.snapshot.site.vocabulary(kind).get(&name).is_some();
        if !is_known && edit.files.is_empty() && edit.left.is_empty() {
            return Err(refusal(format!("No post of this site has the {} `{name}`.", noun(kind))));
        }
        let files = edit.files.len();
        Ok((SitePlaces::new(&texts, worker.capabilities()).edit(&edit), files, warning))
    })
    .await??;
    if files > 0 && !edits::apply(state, label, edit).await? {
        return Ok(json!({"files": 0}));
    }
    warning.into_iter().for_each(|warning| state.warn(warning));
    Ok(json!({"files": files}))
}
