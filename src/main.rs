//! The arguments and nothing else.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use masthead::{cli, fault, server};
use mimalloc::MiMalloc;

/// A site is read by many threads and kept by one, which costs glibc a lock for most that is freed, and musl one for all.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// A language server for blog posts: Markdown with YAML front matter, as Jekyll reads them.
#[derive(Debug, Parser)]
#[command(name = "masthead", version, about, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Serve LSP on stdin and stdout: the same as the command `lsp`.
    #[command(flatten)]
    lsp: server::LspArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve LSP on stdin and stdout, for an editor
    Lsp(server::LspArgs),
    /// Report every problem of a site, a folder or single posts
    Check(cli::check::CheckArgs),
    /// List what Jekyll will make of every post
    Posts(cli::posts::PostsArgs),
    /// List the tags or the categories with counts, near-duplicates and those that are used once
    Tags(cli::tags::TagsArgs),
    /// List what links to the posts and pages, which nothing links to, and what leads nowhere
    Links(cli::links::LinksArgs),
    /// List the rules, or explain one
    Rules(cli::rules::RulesArgs),
}

const EXAMPLES: &str = "\
Examples:
  masthead check                       every problem of the site in this folder
  masthead check _posts/2026           of the posts below a folder
  masthead check --format json | jq .  one JSON object a finding
  masthead check --fix --dry-run       what the safe fixes would change
  masthead rules unclosed-quote        what a finding is about
  masthead posts --format jsonl        what Jekyll will make of every post
  masthead tags                        the tags with counts; --categories for those
  masthead links                       what links to what, and what nothing links to
  masthead lsp                         what an editor starts

Logs go to stderr; MASTHEAD_LOG=debug shows more of them.";

fn main() -> ExitCode {
    fault::keep_quiet();
    let arguments = Arguments::parse();
    match arguments.command {
        Some(Command::Lsp(args)) => server::run(&args),
        Some(Command::Check(args)) => cli::check::run(&args),
        Some(Command::Posts(args)) => cli::posts::run(&args),
        Some(Command::Tags(args)) => cli::tags::run(&args),
        Some(Command::Links(args)) => cli::links::run(&args),
        Some(Command::Rules(args)) => cli::rules::run(&args),
        // An editor starts the bare command with a pipe; a person at a terminal wants to know what it does.
        None if arguments.lsp.stdio || !std::io::stdin().is_terminal() => server::run(&arguments.lsp),
        None => {
            let mut help = Arguments::command();
            if help.print_help().is_err() {
                return ExitCode::FAILURE;
            }
            ExitCode::SUCCESS
        }
    }
}
