//! `masthead.tags`.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::Url;

use super::{Spot, refusal, work};
use crate::features::commands::iso;
use crate::features::commands::vocabulary::{TermLine, vocabulary};
use crate::server::state::State;
use crate::site::TermKind;

/// The form of the argument.
pub(super) const FORM: &str = "{\"uri\": \"file:///site/_posts/2026-01-31-a.md\", \"categories\": false}";

/// The argument.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Tags {
    Uri(Url),
    Named {
        uri: Url,
        #[serde(default)]
        categories: bool,
    },
}

pub(super) async fn run(state: &Arc<State>, asked: Tags) -> Result<Value> {
    let (uri, kind) = match asked {
        Tags::Uri(uri) | Tags::Named { uri, categories: false } => (uri, TermKind::Tag),
        Tags::Named { uri, categories: true } => (uri, TermKind::Category),
    };
    let worker = state.clone();
    work(move || {
        let spot = Spot::read(&worker, &uri).map_err(refusal)?;
        let zone = spot.site.config().site_clock(&worker.clock()).zone;
        let line = |term: &TermLine| {
            let alike = term.alike.iter().map(|(name, count)| json!({"name": **name, "count": count}));
            json!({
                "name": *term.name,
                "count": term.posts,
                "firstUse": term.first_use.map(|date| iso(date, &zone)),
                "lastUse": term.last_use.map(|date| iso(date, &zone)),
                "nearDuplicates": alike.collect::<Vec<_>>(),
            })
        };
        Ok(vocabulary(&spot.site, kind).iter().map(line).collect())
    })
    .await?
}
