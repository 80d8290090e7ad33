//! `masthead/siteChanged` `{ "site": Uri }`: told to a client that announces `experimental.mastheadSiteChanged`, when a
//! site's posts, tags or statuses may be others than when it last heard. A view then asks for the overview again.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tower_lsp::lsp_types::Url;
use tower_lsp::lsp_types::notification::Notification;

use super::state::State;

/// The least time between two looks: an author types faster than a view need be drawn.
const PAUSE: Duration = Duration::from_millis(300);

/// The notification.
#[derive(Debug)]
pub enum SiteChanged {}

impl Notification for SiteChanged {
    type Params = SiteChangedParams;
    const METHOD: &'static str = "masthead/siteChanged";
}

/// Which site is another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SiteChangedParams {
    /// Its folder.
    pub site: Url,
}

/// What of a site was last told: which reading of it, and its version.
type Told = HashMap<PathBuf, (usize, bool, u64)>;

/// Tells of changes until the server ends.
pub async fn run(state: Weak<State>, mut touches: watch::Receiver<()>) {
    let mut told = Told::new();
    touches.mark_changed();
    while touches.changed().await.is_ok() {
        tokio::time::sleep(PAUSE).await;
        touches.mark_unchanged();
        let Some(state) = state.upgrade() else { return };
        let worker = state.clone();
        let Ok(now) = tokio::task::spawn_blocking(move || look(&worker)).await else { continue };
        for (root, is) in &now {
            if told.get(root) != Some(is)
                && let Ok(site) = Url::from_file_path(root)
            {
                state.client.send_notification::<SiteChanged>(SiteChangedParams { site }).await;
            }
        }
        told = now;
    }
}

fn look(state: &State) -> Told {
    let seen = |live: &Arc<super::sites::LiveSite>| {
        let is_read = live.is_read();
        let version = state.site_now(live).version();
        (live.root().to_owned(), (Arc::as_ptr(live) as usize, is_read, version))
    };
    state.sites().iter().map(seen).collect()
}
