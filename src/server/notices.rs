//! What the publisher is told.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tower_lsp::lsp_types::Url;

use super::versions::DocumentKey;
use crate::site::paths;

/// Why findings are to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A document is open.
    Opened(DocumentKey),
    /// A document has changed.
    Changed(DocumentKey),
    /// A document was closed, or its file is gone: the URI that its findings were sent with.
    Gone(Url),
    /// These files have changed on disk: what other documents link to or share a URL with may be gone, or be there now.
    Beside(Vec<DocumentKey>),
    /// A site is read, or its configuration is another: all open documents may read otherwise.
    All,
    /// A configuration is written otherwise, and says the same as before.
    Config,
    /// The editor has asked for diagnostics for the first time: what was pushed until then goes.
    Pulled,
}

impl Notice {
    /// Whether it may be about a configuration that is not open.
    pub fn is_about_config(&self) -> bool {
        match self {
            Notice::All | Notice::Config => true,
            Notice::Opened(key) | Notice::Changed(key) => {
                key.path().is_some_and(|path| paths::is_config(path))
            }
            Notice::Gone(_) | Notice::Beside(_) | Notice::Pulled => false,
        }
    }
}

/// Notices that wait for a pause of the wire: the request that comes right behind a change then goes first.
#[derive(Debug, Default)]
pub struct Held {
    since: Option<Instant>,
    notices: Vec<Notice>,
}

/// How long notices wait for a pause of a wire that has none.
const LONGEST: Duration = Duration::from_millis(50);

impl Held {
    /// Adds a notice, and gives all that have waited too long.
    #[must_use]
    pub fn hold(&mut self, notice: Notice) -> Vec<Notice> {
        gather(&mut self.notices, notice);
        let since = *self.since.get_or_insert_with(Instant::now);
        if since.elapsed() < LONGEST { Vec::new() } else { self.release() }
    }

    /// Gives all, at a pause.
    #[must_use]
    pub fn release(&mut self) -> Vec<Notice> {
        self.since = None;
        std::mem::take(&mut self.notices)
    }
}

/// Takes notices.
pub type Publisher = mpsc::UnboundedSender<Notice>;

/// Adds a notice to those that wait. One answer serves many changes, but a change after the end is not the one before
/// it.
pub fn gather(waiting: &mut Vec<Notice>, notice: Notice) {
    match (waiting.last_mut(), notice) {
        (Some(Notice::Beside(files)), Notice::Beside(more)) => {
            // What changed is not looked at itself: of files that changed one after the other each is beside the others.
            files.retain(|file| more.contains(file));
        }
        (Some(last), notice) if *last == notice => {}
        (_, notice) => waiting.push(notice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn notices_wait_for_a_pause_but_not_for_long() {
        let mut held = Held::default();
        assert_eq!(held.hold(Notice::All), []);
        assert_eq!(held.release(), [Notice::All]);
        assert_eq!((held.release(), held.hold(Notice::All)), (vec![], vec![]));
        tokio::time::advance(LONGEST).await;
        assert_eq!(held.hold(Notice::Config), [Notice::All, Notice::Config]);
        assert_eq!(held.hold(Notice::All), []);
    }

    #[test]
    fn one_answer_serves_many() {
        let key = |name: &str| DocumentKey::Other(name.into());
        let changed = |name| Notice::Changed(key(name));
        let beside = |names: &[&str]| Notice::Beside(names.iter().map(|name| key(name)).collect());
        let mut waiting = Vec::new();
        for notice in [
            changed("a"),
            changed("a"),
            beside(&["a", "b"]),
            beside(&["b", "c"]),
            Notice::All,
            Notice::All,
            changed("a"),
        ] {
            gather(&mut waiting, notice);
        }
        assert_eq!(waiting, [changed("a"), beside(&["b"]), Notice::All, changed("a")]);
    }
}
