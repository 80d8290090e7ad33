//! Work-done progress: "Reading posts 3,100 / 12,000". Source: LSP 3.17, "Work Done Progress".

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::Progress as ProgressNotification;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    NumberOrString, ProgressParams, ProgressParamsValue, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd, WorkDoneProgressReport,
};

use super::client::Capabilities;

/// How long the client may take to answer a question of ours.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The least time between two reports.
const PAUSE: Duration = Duration::from_millis(100);

/// The progress of one piece of work. It ends when this is dropped.
#[derive(Debug)]
pub struct Progress(Option<watch::Sender<(usize, usize)>>);

impl Progress {
    /// So much is done, of so much.
    pub fn report(&self, done: usize, total: usize) {
        if let Some(sender) = &self.0 {
            sender.send_replace((done, total));
        }
    }
}

/// Starts a progress, if the client shows any.
pub fn start(client: &Client, able: &Capabilities) -> Progress {
    if !able.progress {
        return Progress(None);
    }
    let (sender, receiver) = watch::channel((0, 0));
    tokio::spawn(show(client.clone(), receiver));
    Progress(Some(sender))
}

async fn show(client: Client, mut progress: watch::Receiver<(usize, usize)>) {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let token = NumberOrString::String(format!("masthead-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    let create = WorkDoneProgressCreateParams { token: token.clone() };
    let created = client.send_request::<WorkDoneProgressCreate>(create);
    if !matches!(tokio::time::timeout(PATIENCE, created).await, Ok(Ok(()))) {
        return;
    }
    let send = |value| {
        let value = ProgressParamsValue::WorkDone(value);
        client.send_notification::<ProgressNotification>(ProgressParams { token: token.clone(), value })
    };
    send(WorkDoneProgress::Begin(WorkDoneProgressBegin {
        title: "Reading posts".into(),
        cancellable: Some(false),
        message: None,
        percentage: Some(0),
    }))
    .await;
    while progress.changed().await.is_ok() {
        let (done, total) = *progress.borrow_and_update();
        send(WorkDoneProgress::Report(WorkDoneProgressReport {
            cancellable: Some(false),
            message: Some(format!("{} / {}", grouped(done), grouped(total))),
            percentage: u32::try_from(done * 100 / total.max(1)).ok(),
        }))
        .await;
        tokio::time::sleep(PAUSE).await;
    }
    let (done, _) = *progress.borrow();
    send(WorkDoneProgress::End(WorkDoneProgressEnd { message: Some(format!("{} posts", grouped(done))) }))
        .await;
}

/// A number with commas: 12,000.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_have_commas() {
        assert_eq!([0, 999, 1000, 128_000].map(super::grouped), ["0", "999", "1,000", "128,000"]);
    }
}
