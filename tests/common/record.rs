//! What goes over the wire, kept where `MASTHEAD_RECORD` names a folder: `tests/wire/check.py` holds it to the protocol.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The record of one session: a line a message, who sent it and then its JSON.
#[derive(Clone)]
pub(super) struct Record(Arc<File>);

impl Record {
    pub(super) fn start() -> Option<Record> {
        static SESSIONS: AtomicU64 = AtomicU64::new(0);
        let folder = std::env::var_os("MASTHEAD_RECORD")?;
        let name = format!("{}-{}.txt", std::process::id(), SESSIONS.fetch_add(1, Ordering::Relaxed));
        File::create(Path::new(&folder).join(name)).ok().map(|file| Record(Arc::new(file)))
    }

    pub(super) fn line(&self, sender: &str, body: &[u8]) {
        let Ok(body) = std::str::from_utf8(body) else { return };
        // One write, so that the lines of two threads do not mix.
        let line = format!("{sender} {}\n", body.replace(['\n', '\r'], " "));
        (&*self.0).write_all(line.as_bytes()).unwrap();
    }
}
