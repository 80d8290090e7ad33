//! The language server: the only rooms that name tower_lsp, lsp_types, tokio or `async`.
//!
//! A message goes from [`stdio`] to [`backend`], which reads as the list of what we can do. Notifications change
//! [`state`] at once, in the order of the wire; requests take their document there and do their work on a thread of
//! its own, what is asked at every key on the one that reads where it has been quick ([`lately`]). [`outbox`] is the way back
//! to the wire, [`life`] knows of the client's end. [`versions`] are the texts of open documents, [`sites`] holds what is known of each
//! site, [`watch`] keeps it true to the disk, [`publish`] sends findings, [`turns`] lets answers go before them,
//! [`commands`] does what an author asks for by name, [`site_changes`] tells a client's views that a site is another,
//! [`levels`] reads what an author's editor asks of the rules, [`convert`] is the only file that knows both our types and
//! the protocol's.

pub mod backend;
mod blocking;
pub mod capabilities;
pub mod client;
pub mod closed_config;
mod code_actions;
pub mod commands;
pub mod convert;
pub mod documents;
pub mod findings;
pub mod frames;
mod lately;
mod later;
pub mod levels;
mod life;
mod light;
pub mod listing;
pub mod log;
pub mod moment;
pub mod moves;
pub mod notices;
mod outbox;
pub mod process;
pub mod progress;
pub mod publish;
pub mod site_changes;
pub mod sites;
pub mod state;
pub mod stdio;
mod symbols;
pub mod texts;
mod turns;
pub mod unread;
pub mod versions;
pub mod watch;

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::jekyll::Clock;
use crate::rules::Rule;

pub use stdio::serve;

/// The arguments of `masthead lsp`.
#[derive(Clone, Debug, Default, Args)]
pub struct LspArgs {
    /// Speak over stdin and stdout: the only way there is, so it changes nothing
    #[arg(long)]
    pub stdio: bool,
    /// The process whose end ends the server too
    #[arg(long = "clientProcessId", value_name = "PID", hide = true)]
    pub client_process_id: Option<u32>,
}

/// What a server is told by who starts it.
#[derive(Debug)]
pub struct Options {
    /// The process whose end ends the server; `initialize` can name another.
    pub client_process: Option<u32>,
    /// Gives now and the machine's zone, whenever a snapshot is taken.
    pub clock: fn() -> Clock,
    /// Log lines for the client, where there are any.
    pub log: Option<log::Lines>,
    /// Rules of a program that serves with this library, beside its own.
    pub rules: &'static [Rule],
}

impl Default for Options {
    fn default() -> Self {
        Options { client_process: None, clock: system_clock, log: None, rules: &[] }
    }
}

fn system_clock() -> Clock {
    Clock { now: Timestamp::now(), zone: TimeZone::system() }
}

/// How many threads wait for messages, and how many do the work of requests at the most.
const ASYNC_THREADS: usize = 2;
const WORK_THREADS: usize = 16;

/// How long a thread waits for more work before it ends: what it has freed of a large document goes back to the system
/// only then.
const IDLE_WORK: Duration = Duration::from_secs(1);

/// The stack of each thread: walks of deep values and of deep Markdown must never end the process.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Serves on stdin and stdout until the client goes.
pub fn run(args: &LspArgs) -> ExitCode {
    let log = log::start();
    // Who opens a post while its site is being read gets an answer about it at once.
    let readers = rayon::ThreadPoolBuilder::new().start_handler(|_| process::yield_to_others());
    if let Err(error) = readers.build_global() {
        tracing::warn!("the threads that read a site are those of the library: {error}");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(ASYNC_THREADS)
        .max_blocking_threads(WORK_THREADS)
        .thread_stack_size(STACK_BYTES)
        .thread_keep_alive(IDLE_WORK)
        .enable_time()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("no threads to be had: {error}");
            return ExitCode::FAILURE;
        }
    };
    let options = Options { client_process: args.client_process_id, log: Some(log), ..Options::default() };
    let code = runtime.block_on(stdio::serve_stdio(options));
    // Work that goes on would hold up the ordinary end of the runtime.
    runtime.shutdown_background();
    match code {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            tracing::error!("stdin and stdout cannot be served: {error}");
            ExitCode::FAILURE
        }
    }
}
