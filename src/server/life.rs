//! What is known of the client's end: whether it has asked for it, and whose end is ours.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::{Options, process};

/// The life of one client.
#[derive(Debug)]
pub(super) struct Life {
    /// The process whose end ends the server; 0 for none.
    client_process: AtomicU32,
    shut_down: AtomicBool,
}

impl Life {
    /// The life of a client that has just come.
    pub(super) fn new(options: &Options) -> Self {
        let client_process = AtomicU32::new(options.client_process.unwrap_or(0));
        Life { client_process, shut_down: AtomicBool::new(false) }
    }

    /// Takes the process that `initialize` names.
    pub(super) fn set_process(&self, id: u32) {
        self.client_process.store(id, Ordering::Relaxed);
    }

    /// Whether the client's process is gone, as far as that can be told.
    pub(super) fn is_over(&self) -> bool {
        let id = self.client_process.load(Ordering::Relaxed);
        id != 0 && !process::is_alive(id)
    }

    /// The client has sent `shutdown`.
    pub(super) fn shut_down(&self) {
        self.shut_down.store(true, Ordering::Relaxed);
    }

    /// Whether it has.
    pub(super) fn is_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::Relaxed)
    }

    /// The exit code: 0 after `shutdown`, else 1.
    pub(super) fn code(&self) -> u8 {
        u8::from(!self.is_shut_down())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::io::AsyncReadExt;
    use tower_lsp::LspService;
    use tower_lsp::lsp_types::Url;

    use super::super::backend::Backend;
    use super::super::outbox::Outbox;
    use super::super::state::State;
    use super::*;

    #[tokio::test]
    async fn no_findings_come_after_shutdown() {
        let (mut wire, output) = tokio::io::duplex(4096);
        let (out, life) = (Outbox::to(output), Arc::new(Life::new(&Options::default())));
        let (service, _socket) = LspService::new(|client| {
            Backend::new(State::new(client, out.clone(), life.clone(), Options::default()).0)
        });
        let publish = |name: &str| {
            let uri = Url::parse(&format!("untitled:{name}")).unwrap();
            service.inner().state().publish(uri, Vec::new(), None);
        };
        publish("before");
        life.shut_down();
        publish("after");
        out.end(Duration::from_secs(5)).await;
        let mut written = String::new();
        wire.read_to_string(&mut written).await.unwrap();
        assert!(written.contains("untitled:before") && !written.contains("untitled:after"), "{written}");
    }
}
