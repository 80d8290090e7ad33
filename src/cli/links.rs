//! `masthead links`: what the posts and pages of a site are linked by, which nothing links to, which addresses lead nowhere.
//!
//! A link that Liquid makes, as that of an archive of all posts, is none that an author has set, and does not count.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde_json::json;

use super::tags::one_line;
use super::{jsonl, list, site};
use crate::features::links::{Linked, graph};
use crate::site::scan;

/// The arguments of `masthead links`.
#[derive(Clone, Debug, Args)]
pub struct LinksArgs {
    /// The site's folder; this one if none is given
    #[arg(value_name = "SITE")]
    pub site: Option<PathBuf>,
    /// How to print: a table for people, or one JSON object a post or page
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// How the links are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// What is linked to, the most linked first, then what nothing links to and what leads nowhere
    Table,
    /// JSON Lines, one object a post or page
    Json,
}

/// Lists the posts and pages with the links between them. Ends with 2 where the site cannot be read.
pub fn run(args: &LinksArgs) -> ExitCode {
    let printed = list::print(site::read(args.site.as_deref()), |out, (site, zone)| {
        let whole = |path: &str| scan::read_shared(&scan::folder_of(site.root(), path), path).ok();
        let all = graph(site, &whole, zone);
        match args.format {
            Format::Table => table(out, &all),
            Format::Json => all.iter().try_for_each(|document| jsonl::write(out, &json_line(document))),
        }
    });
    printed.map_or_else(|code| code, |_| ExitCode::SUCCESS)
}

fn json_line(document: &Linked) -> serde_json::Value {
    let nowhere: Vec<_> =
        document.nowhere.iter().map(|it| json!({"line": it.line, "address": it.address})).collect();
    json!({
        "path": *document.path,
        "title": *document.title,
        "url": document.url.as_deref(),
        "built": document.is_built,
        "links_to": document.to,
        "linked_from": document.from.iter().map(|path| &**path).collect::<Vec<_>>(),
        "nowhere": nowhere,
    })
}

/// Whether readers get to a page without a link: the front page, and that of what is not found.
fn is_entrance(document: &Linked) -> bool {
    document.url.as_deref().is_some_and(|url| matches!(url, "/" | "/404.html"))
}

fn table(out: &mut impl Write, all: &[Linked]) -> io::Result<()> {
    let mut linked: Vec<&Linked> = all.iter().filter(|document| !document.from.is_empty()).collect();
    linked.sort_by_key(|document| (std::cmp::Reverse(document.from.len()), document.path.clone()));
    if !linked.is_empty() {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_header(["LINKED FROM", "LINKS TO", "POST OR PAGE", "TITLE"]);
        for column in table.column_iter_mut().take(2) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if io::stdout().is_terminal()
            && let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size()
        {
            table.set_width(width).set_content_arrangement(ContentArrangement::Dynamic);
        }
        for document in &linked {
            table.add_row([
                document.from.len().to_string(),
                document.to.len().to_string(),
                one_line(&document.path),
                one_line(&document.title),
            ]);
        }
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)?;
    }
    let alone: Vec<&Linked> =
        all.iter().filter(|it| it.from.is_empty() && it.is_built && !is_entrance(it)).collect();
    if !alone.is_empty() {
        writeln!(out, "Nothing links to:")?;
        alone.iter().try_for_each(|document| writeln!(out, "  {}", one_line(&document.path)))?;
        writeln!(out)?;
    }
    let mut nowhere = 0;
    for document in all {
        for found in &document.nowhere {
            if nowhere == 0 {
                writeln!(out, "Found nowhere, unless a plugin or another build makes it:")?;
            }
            nowhere += 1;
            writeln!(out, "  {}:{}  {}", one_line(&document.path), found.line, one_line(&found.address))?;
        }
    }
    if nowhere > 0 {
        writeln!(out)?;
    }
    let links: usize = all.iter().map(|document| document.to.len()).sum();
    let count =
        |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    writeln!(
        out,
        "{}, {} between them, {} that nothing links to, {} found nowhere",
        count(all.len(), "post or page", "posts and pages"),
        count(links, "link", "links"),
        alone.len(),
        count(nowhere, "address", "addresses"),
    )
}
