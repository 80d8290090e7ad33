//! `masthead rules`: which rules there are, and what each is about.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use super::list;
use crate::rules::explain::{Row, explain, page, rows};

/// The arguments of `masthead rules`.
#[derive(Clone, Debug, Args)]
pub struct RulesArgs {
    /// The rule to explain; without one all are listed
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
    /// How to list them
    #[arg(long, value_enum, default_value_t = Format::Table, conflicts_with = "code")]
    pub format: Format,
}

/// How rules are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: code, severity, what it finds
    Table,
    /// All that is known of all of them, as one page
    Markdown,
    /// JSON Lines, one object a rule
    Jsonl,
}

/// Prints what is asked for. Ends with 2 where there is no such rule.
pub fn run(args: &RulesArgs) -> ExitCode {
    let text = match &args.code {
        Some(code) => explain(code)
            .ok_or_else(|| format!("There is no rule `{code}`. The command `masthead rules` lists them.")),
        None => Ok(match args.format {
            Format::Table => table(),
            Format::Markdown => page(),
            Format::Jsonl => rows().into_iter().map(line).collect(),
        }),
    };
    let printed = list::print(text, |out, text| out.write_all(text.as_bytes()));
    printed.map_or_else(|code| code, |_| ExitCode::SUCCESS)
}

fn line(row: Row) -> String {
    let object = json!({ "code": row.code, "severity": row.severity, "summary": row.summary });
    format!("{object}\n")
}

fn table() -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if io::stdout().is_terminal()
        && let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size()
    {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    for row in rows() {
        table.add_row([row.code, row.severity, row.summary]);
    }
    format!("{}\n", table.trim_fmt())
}
