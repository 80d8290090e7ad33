//! Workspace symbols, which belong to no document: over all sites that are known.

use tower_lsp::lsp_types::SymbolInformation;

use super::convert::SitePlaces;
use super::progress::PATIENCE;
use super::state::State;
use crate::features::site_symbols::site_symbols;

/// The symbols of every site that a query finds. Waits, for a while, until all of them have been read.
pub(super) fn in_all_sites(state: &State, query: &str) -> Vec<SymbolInformation> {
    // The first question may come before the folders have been looked at.
    state.open_folders();
    for site in state.sites() {
        site.wait_until_read(PATIENCE);
    }
    let each = state.all_texts().into_iter().flat_map(|(site, texts)| {
        let open: Vec<_> = texts
            .documents()
            .map(|(path, document)| (path.clone(), document.analysis().post.clone()))
            .collect();
        let found = site_symbols(&site, query, &|path| texts.text(path), &|path| texts.whole(path), &open);
        SitePlaces::new(&texts, state.capabilities()).symbols(&found)
    });
    each.collect()
}
