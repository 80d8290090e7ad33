//! The language server: the only rooms that name tower_lsp, lsp_types, tokio or `async`.

pub mod backend;
pub mod capabilities;
pub mod convert;
pub mod publish;
pub mod state;
pub mod stdio;
pub mod watch;

use std::process::ExitCode;

use clap::Args;

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

/// Serves until the client goes.
pub fn run(_args: &LspArgs) -> ExitCode {
    ExitCode::FAILURE
}
