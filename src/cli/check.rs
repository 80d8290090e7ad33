//! `masthead check`: every problem of a site, as a compiler would report it.
//!
//! - `targets`: from the paths on the command line to sites and their files.
//! - `read`: reads and checks the files, in parallel.
//! - `fix`: makes the safe fixes, or shows them.
//! - `place`: lines and columns, as people count them.
//! - `report`: for people. `json`: for programs.

mod fix;
mod json;
mod place;
mod read;
mod report;
mod targets;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::clock;
use crate::jekyll::Config;
use crate::rules::{Diagnostic, Severity};
use clap::{Args, ValueEnum};
use read::Findings;

/// The arguments of `masthead check`.
#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    /// Sites, folders or posts; this folder if none is given
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print: a report for people, or one JSON object a finding
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// From which severity on a finding makes the command fail (exit code 1)
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// The moment of the build, in place of now: 2026-01-31, or with a time and an offset
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// The zone of the machine, for a site whose config names none: Asia/Tokyo
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,
    /// Make the fixes that are safe, and report what is left
    #[arg(long)]
    pub fix: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As a compiler does, with the source line and the span marked
    Human,
    /// JSON Lines, one object a finding
    Json,
}

/// From which severity on a finding makes the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Errors and warnings
    Warning,
    /// No finding at all
    Never,
}

impl FailOn {
    fn fails(self, finding: &Diagnostic) -> bool {
        match self {
            FailOn::Error => finding.severity >= Severity::Error,
            FailOn::Warning => finding.severity >= Severity::Warning,
            FailOn::Never => false,
        }
    }
}

/// Checks and reports. Ends with 0 where nothing reaches `--fail-on`, with 1 where something does, and with 2 where
/// it could not run. With `--fix` what is left counts.
pub fn run(args: &CheckArgs) -> ExitCode {
    let checked = check(args).and_then(|checked| {
        match (args.fix, args.dry_run) {
            (true, true) => written(fix::diff(&mut io::BufWriter::new(io::stdout().lock()), &checked.files))?,
            (true, false) => {
                print(args.format, &checked)?;
                tell(&fix::write(&checked.files))?;
            }
            (false, _) => print(args.format, &checked)?,
        }
        Ok(checked)
    });
    match checked {
        Err(message) => {
            eprintln!("masthead: {message}");
            ExitCode::from(2)
        }
        Ok(checked) => {
            let failed = checked.files.iter().flat_map(|file| &file.findings).any(|f| args.fail_on.fails(f));
            ExitCode::from(u8::from(failed))
        }
    }
}

/// All checked files, by site and path.
fn check(args: &CheckArgs) -> Result<Findings, String> {
    // What cannot be meant on any site is said before one is read.
    clock::of(args.now.as_deref(), args.tz.as_deref(), &Config::default())?;
    let mut checked = Findings::default();
    let mut sites = targets::sites(&args.paths)?.into_iter().peekable();
    while let Some(site) = sites.next() {
        let clock = clock::of(args.now.as_deref(), args.tz.as_deref(), &site.config)?;
        checked = checked.and(read::check_site(site, &clock, args.fix, sites.peek().is_none()));
    }
    Ok(checked)
}

fn print(format: Format, checked: &Findings) -> Result<(), String> {
    written(match format {
        Format::Human => {
            let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
            report::write(&mut out, checked).and_then(|()| out.flush())
        }
        Format::Json => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            json::write(&mut out, &checked.files).and_then(|()| out.flush())
        }
    })
}

/// Says what was mended.
///
/// # Errors
/// A file could not be written.
fn tell(outcome: &fix::Fixed) -> Result<(), String> {
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let fix::Fixed { mended, files, unfinished, failed } = outcome;
    if *mended > 0 {
        eprintln!("Fixed {mended} problem{} in {files} file{}", plural(*mended), plural(*files));
    }
    if *unfinished > 0 {
        eprintln!("There are more in {unfinished} file{}: run it again", plural(*unfinished));
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("Not all could be fixed. {}", failed.join("; "))) }
}

fn written(result: io::Result<()>) -> Result<(), String> {
    match result {
        // Whoever read the report has seen enough: `masthead check | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|error| format!("The report cannot be written: {error}.")),
    }
}
