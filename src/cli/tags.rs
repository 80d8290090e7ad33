//! `masthead tags`: the tags or categories of a site, with counts.
//!
//! A count is of all posts of the site's folder, drafts, future, unpublished and broken ones too: it is what a rename would
//! change. The dates of the first and the last use are of posts that are in the site as it is built now.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::{jsonl, list, site};
use crate::features::commands::iso;
use crate::features::commands::vocabulary::{TermLine, vocabulary};
use crate::site::TermKind;

/// The arguments of `masthead tags`.
#[derive(Clone, Debug, Args)]
pub struct TagsArgs {
    /// The site's folder; this one if none is given
    #[arg(value_name = "SITE")]
    pub site: Option<PathBuf>,
    /// List the categories
    #[arg(long)]
    pub categories: bool,
    /// How to print: a table for people, or one JSON object a term
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// How the terms are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table, then the near-duplicates and the terms that are used once
    Table,
    /// JSON Lines, one object a term
    Json,
}

/// Lists the terms, the most used first. Ends with 2 where the site cannot be read.
pub fn run(args: &TagsArgs) -> ExitCode {
    let kind = if args.categories { TermKind::Category } else { TermKind::Tag };
    let printed = list::print(site::read(args.site.as_deref()), |out, (site, zone)| {
        let terms = vocabulary(site, kind);
        match args.format {
            Format::Table => table(out, &terms, kind, zone),
            Format::Json => terms.iter().try_for_each(|term| jsonl::write(out, &json_line(term, zone))),
        }
    });
    printed.map_or_else(|code| code, |_| ExitCode::SUCCESS)
}

/// One term as a JSON object: dates are those of the site's zone.
fn json_line(term: &TermLine, zone: &TimeZone) -> serde_json::Value {
    let date = |date: Option<Timestamp>| date.map(|date| iso(date, zone));
    let alike: Vec<_> =
        term.alike.iter().map(|(name, posts)| json!({"name": **name, "posts": posts})).collect();
    json!({
        "name": *term.name,
        "posts": term.posts,
        "first_use": date(term.first_use),
        "last_use": date(term.last_use),
        "near_duplicates": alike,
    })
}

fn table(out: &mut impl Write, terms: &[TermLine], kind: TermKind, zone: &TimeZone) -> io::Result<()> {
    let (head, nouns) = match kind {
        TermKind::Tag => ("TAG", ("tag", "tags")),
        TermKind::Category => ("CATEGORY", ("category", "categories")),
    };
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(["POSTS", head, "FIRST USE", "LAST USE"]);
    if let Some(column) = table.column_mut(0) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    if io::stdout().is_terminal()
        && let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size()
    {
        table.set_width(width).set_content_arrangement(ContentArrangement::Dynamic);
    }
    let day = |date: Option<Timestamp>| {
        date.map_or_else(|| "-".to_owned(), |date| zone.to_datetime(date).date().to_string())
    };
    for term in terms {
        table.add_row([
            term.posts.to_string(),
            one_line(&term.name),
            day(term.first_use),
            day(term.last_use),
        ]);
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    let alike: Vec<&TermLine> = terms.iter().filter(|term| is_best(term)).collect();
    if !alike.is_empty() {
        writeln!(out, "\nNear-duplicates, the most used first:")?;
        for term in &alike {
            let others = term.alike.iter().map(|(name, posts)| format!("{} ({posts})", one_line(name)));
            writeln!(
                out,
                "  {} ({}), {}",
                one_line(&term.name),
                term.posts,
                others.collect::<Vec<_>>().join(", ")
            )?;
        }
    }
    let once: Vec<String> =
        terms.iter().filter(|term| term.posts == 1).map(|term| one_line(&term.name)).collect();
    if !once.is_empty() {
        writeln!(out, "\nUsed once: {}", once.join(", "))?;
    }
    let count = |count: usize| format!("{count} {}", if count == 1 { nouns.0 } else { nouns.1 });
    writeln!(out, "\n{}, {} used once, {} with near-duplicates", count(terms.len()), once.len(), alike.len())
}

/// Whether a term stands for a set of near-duplicates: the most used of them, the first by name of equal ones.
fn is_best(term: &TermLine) -> bool {
    let before = |(name, posts): &(std::sync::Arc<str>, usize)| {
        *posts > term.posts || (*posts == term.posts && *name < term.name)
    };
    !term.alike.is_empty() && !term.alike.iter().any(before)
}

/// A name that leaves a terminal as it is.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
