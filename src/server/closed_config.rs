//! The findings of a `_config.yml` that does not load and is not open: nobody would see them, though every post of its
//! site stands on it.

use std::collections::HashSet;
use std::sync::Arc;

use tower_lsp::lsp_types::{Diagnostic, Url};

use super::documents::OpenDocument;
use super::findings::diagnostics;
use super::state::State;
use super::versions::DocumentVersion;
use crate::jekyll::Config;
use crate::site::scan;

/// The configurations whose findings have been sent, by their URI.
#[derive(Debug, Default)]
pub struct ClosedConfigs {
    sent: HashSet<Url>,
}

impl ClosedConfigs {
    /// Sends the findings of those that do not load, and clears those that do again, are gone or are open now.
    pub async fn push(&mut self, state: &Arc<State>) {
        let worker = state.clone();
        let Ok(broken) = tokio::task::spawn_blocking(move || broken(&worker)).await else { return };
        let cleared: Vec<Url> =
            self.sent.iter().filter(|uri| !broken.iter().any(|it| it.0 == **uri)).cloned().collect();
        for uri in cleared {
            self.sent.remove(&uri);
            // An editor that is pushed to has the findings of the open text already.
            let pulls = state.pulled.load(std::sync::atomic::Ordering::Relaxed);
            if pulls || state.document(&uri).is_none() {
                state.publish(uri, Vec::new(), None);
            }
        }
        for (uri, found) in broken {
            self.sent.insert(uri.clone());
            state.publish(uri, found, None);
        }
    }
}

/// The configurations on the disk that do not load and are not open, with their findings.
fn broken(state: &State) -> Vec<(Url, Vec<Diagnostic>)> {
    let sites = state.sites().into_iter();
    let found = sites.filter_map(|site| {
        if state.open_config(site.root()).is_some() {
            return None;
        }
        let (folder, name) = (scan::home(site.root()), scan::config_name(site.root()));
        let text = scan::read_top(&folder, name).ok().filter(|text| Config::parse(text).is_err())?;
        let uri = Url::from_file_path(folder.join(name)).ok()?;
        let document = OpenDocument::new(DocumentVersion::new(uri.clone(), 0, "yaml", &text));
        Some((uri, diagnostics(state, &state.moment(Arc::new(document)))))
    });
    found.collect()
}
