//! What work is light enough for the thread that reads messages.

use std::sync::Arc;

use super::documents::OpenDocument;
use super::sites::LiveSite;
use super::state::State;

/// The most bytes of a text that [`State::is_light`] allows.
const LIGHT_BYTES: usize = 64 * 1024;

impl State {
    /// Whether the thread that reads messages may work at a line of a document: it must look at no file, wait for nobody and
    /// keep little memory. So what is open is placed and in the site as it stands, and the document itself is short. Links
    /// in its body lead to other files.
    pub fn is_light(&self, document: &OpenDocument, line: u32) -> bool {
        let Some(place) = document.known_place().filter(|_| document.bytes() <= LIGHT_BYTES) else {
            return false;
        };
        let analysis = document.analysis();
        let body = analysis.lines.line_of(analysis.post.front_matter.fence.body_start);
        let is_settled = |site: &Arc<LiveSite>| {
            let open = self.documents.all();
            let is_placed =
                |other: &Arc<OpenDocument>| other.key.path().is_none() || other.known_place().is_some();
            open.iter().all(is_placed)
                && site.is_settled_around(&place.path, &self.buffers_among(&open, site))
        };
        (line as usize) < body && place.site.as_ref().is_none_or(is_settled)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::sink;
    use tower_lsp::LspService;
    use tower_lsp::lsp_types::Url;

    use super::super::Options;
    use super::super::backend::Backend;
    use super::super::life::Life;
    use super::super::outbox::Outbox;
    use super::super::versions::DocumentVersion;
    use super::*;

    #[tokio::test]
    async fn the_front_matter_of_a_short_text_is_light_when_all_that_is_open_is_in_the_site() {
        let folder = tempfile::TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("_posts")).unwrap();
        std::fs::write(folder.path().join("_config.yml"), "").unwrap();
        let (service, _socket) = LspService::new(|client| {
            let life = Arc::new(Life::new(&Options::default()));
            Backend::new(State::new(client, Outbox::to(sink()), life, Options::default()).0)
        });
        let state = service.inner().state();
        let open = |name: &str, body: &str| {
            let uri = Url::from_file_path(folder.path().join("_posts").join(name)).unwrap();
            let text = format!("---\ntags: [日記]\n---\n{body}");
            state.documents.open(OpenDocument::new(DocumentVersion::new(uri, 1, "markdown", &text)))
        };
        let own = open("2024-01-02-a.md", "[b](/b/)\n");
        assert!(!state.is_light(&own, 1), "nobody has placed it");
        state.place(&own).site.as_ref().unwrap().wait_until_read(std::time::Duration::from_secs(20));
        assert!(!state.is_light(&own, 1), "the site does not know it");
        // The thread that has read the site may be about to let go of it.
        let is_light = (0..1_000).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(1));
            state.moment(own.clone());
            state.is_light(&own, 1)
        });
        assert!(is_light && !state.is_light(&own, 3), "a link may lead to another file");
        let long = open("2024-01-03-b.md", &"あ".repeat(LIGHT_BYTES / 3));
        assert!(!state.is_light(&own, 1), "another one is open");
        state.moment(own.clone());
        state.moment(long.clone());
        assert!(state.is_light(&own, 1) && !state.is_light(&long, 1));
        state.documents.close(&long.key);
        assert!(!state.is_light(&own, 1), "one is closed");
    }
}
