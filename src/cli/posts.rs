//! `masthead posts`: what Jekyll will make of every post.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

/// The arguments of `masthead posts`.
#[derive(Clone, Debug, Args)]
pub struct PostsArgs {
    /// The site's folder; this one if none is given
    #[arg(value_name = "SITE")]
    pub site: Option<PathBuf>,
}

/// Reads the site and lists its posts.
pub fn run(_args: &PostsArgs) -> ExitCode {
    ExitCode::FAILURE
}
