//! The log: to stderr, and what an author should know also to the editor's log. Never to stdout, which is the wire.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::lsp_types::MessageType;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Lines for the client's log, as they come.
pub type Lines = mpsc::UnboundedReceiver<(MessageType, String)>;

/// Starts the log of this process: `MASTHEAD_LOG` says how much goes to stderr ("warn" where it is silent), warnings
/// and errors of ours go to the lines that are given back as well.
pub fn start() -> Lines {
    let (lines, received) = mpsc::unbounded_channel();
    let filter = EnvFilter::try_from_env("MASTHEAD_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let stderr = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(filter);
    // Fails only where a log runs already, and then that one goes on.
    let _ = tracing_subscriber::registry().with(stderr).with(ToClient(lines)).try_init();
    received
}

/// Sends lines to the client's log until they end.
pub async fn forward(client: Client, mut lines: Lines) {
    while let Some((kind, line)) = lines.recv().await {
        client.log_message(kind, line).await;
    }
}

struct ToClient(mpsc::UnboundedSender<(MessageType, String)>);

impl<S: Subscriber> Layer<S> for ToClient {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        if *metadata.level() > Level::WARN || !metadata.target().starts_with("masthead") {
            return;
        }
        let mut line = Line(String::new());
        event.record(&mut line);
        let kind = if *metadata.level() == Level::ERROR { MessageType::ERROR } else { MessageType::WARNING };
        // There may be no client yet or any more, and stderr has the line as well.
        let _ = self.0.send((kind, line.0));
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = match field.name() {
            "message" => write!(self.0, "{value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}

/// How long the thread that reads messages may be at one without naming it in the log.
const SLOW: Duration = Duration::from_millis(50);

/// Names work in the log when it took more than [`SLOW`]: the next message waits for it.
pub fn log_if_slow<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let took = start.elapsed();
    if took > SLOW {
        tracing::warn!("{name} held up all other messages for {} ms", took.as_millis());
    }
    result
}
