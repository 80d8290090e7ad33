//! The findings in a document, as the protocol has them.

use tower_lsp::lsp_types::Diagnostic;

use super::convert::Places;
use super::moment::Moment;
use super::state::State;
use crate::features;
use crate::rules;

/// All findings in a document. A rule that fails is named in the log, and is off for the document until it is opened
/// anew: its next version would fail it as well.
pub fn diagnostics(state: &State, moment: &Moment) -> Vec<Diagnostic> {
    let with_anchors = with_anchors(state, moment);
    let moment = with_anchors.as_ref().unwrap_or(moment);
    let texts = |path: &str| state.texts(moment).text(path);
    let places = Places::new(moment, state.capabilities()).with_texts(&texts);
    let mut off = moment.document.rules_off();
    if state.place(&moment.document).site.as_ref().is_some_and(|site| !site.is_read()) {
        off.extend(rules::OF_WHAT_IS_MISSING);
    }
    let outcome = features::diagnostics::check(&moment.snapshot, state.rules, &off);
    for (code, fault) in outcome.failed {
        if moment.document.switch_off(code) {
            let path = &moment.snapshot.path;
            tracing::error!(
                "the rule {code} failed and is off for {path} until it is opened again; please report it: {fault}"
            );
        }
    }
    outcome.found.iter().map(|found| places.diagnostic(found)).collect()
}

/// The moment with the anchors of the pages that it links to; none where they are known, or the site is still being read.
fn with_anchors(state: &State, moment: &Moment) -> Option<Moment> {
    let place = state.place(&moment.document);
    let site = place.site.as_ref().filter(|site| site.is_read())?;
    let unread = features::diagnostics::unread(&moment.snapshot);
    if unread.is_empty() {
        return None;
    }
    site.read_anchors(&unread);
    Some(state.moment(moment.document.clone()))
}
