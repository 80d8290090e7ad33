//! `masthead check`: every problem of a site, as a compiler would report it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

/// The arguments of `masthead check`.
#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    /// Sites, folders or posts; this folder if none is given
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// Checks and reports.
pub fn run(_args: &CheckArgs) -> ExitCode {
    ExitCode::FAILURE
}
