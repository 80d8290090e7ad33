//! What of a completion is written only when the client asks for it: `completionItem/resolve`.

use tower_lsp::lsp_types::{CompletionItem, Documentation};

use super::convert::{Later, markup};
use super::state::State;
use crate::features::completion;

/// The item with its documentation. One that has no more to say, or of a site that is not there any more, stays as it is.
pub(super) fn resolve(state: &State, mut item: CompletionItem) -> CompletionItem {
    let later = item.data.clone().and_then(|data| serde_json::from_value::<Later>(data).ok());
    let site = later.and_then(|later| state.sites().into_iter().find(|site| site.number() == later.site));
    if let (Some(later), Some(site)) = (later, site) {
        let site = site.written();
        let zone = site.config().site_clock(&state.clock()).zone;
        let posts = completion::latest_posts(&site, &zone, later.kind(), &item.label);
        let shown = |text: String| markup(&text, state.capabilities().completion_markdown);
        item.documentation = posts.map(shown).map(Documentation::MarkupContent);
    }
    item
}
