//! JSON Lines: one object a finding.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::super::jsonl;
use super::place::Places;
use super::read::Checked;
use crate::rules::Diagnostic;
use crate::text::Span;

/// A finding as it is printed. Lines and columns are from 1, columns in characters, ends one past the last.
#[derive(Serialize)]
struct Finding<'a> {
    path: &'a str,
    #[serde(flatten)]
    ends: Ends,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

/// A mend.
#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    edits: Vec<Edit<'a>>,
}

/// What a mend puts in the place of what.
#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    ends: Ends,
    new_text: &'a str,
}

/// A span as it is printed.
#[derive(Serialize)]
struct Ends {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// How many files are put into words at once.
const TOGETHER: usize = 1024;

/// Writes all findings.
pub(super) fn write(out: &mut impl Write, checked: &[Checked]) -> io::Result<()> {
    for files in checked.chunks(TOGETHER) {
        let lines: Vec<Vec<u8>> = files.par_iter().map(lines).collect::<io::Result<_>>()?;
        for lines in lines {
            out.write_all(&lines)?;
        }
    }
    Ok(())
}

/// The lines of one file.
fn lines(file: &Checked) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    let places = Places::new(&file.text);
    for finding in &file.findings {
        jsonl::write(&mut lines, &object(&file.path, &places, finding))?;
    }
    Ok(lines)
}

fn object<'a>(path: &'a str, places: &Places<'_>, finding: &'a Diagnostic) -> Finding<'a> {
    let fix = finding.fix.as_ref().map(|fix| {
        let edits =
            fix.edits.iter().map(|edit| Edit { ends: ends(places, edit.span), new_text: &edit.new_text });
        Fix { title: &fix.title, edits: edits.collect() }
    });
    Finding {
        path,
        ends: ends(places, finding.span),
        severity: finding.severity.name(),
        code: finding.code,
        message: &finding.message,
        fix,
    }
}

fn ends(places: &Places<'_>, span: Span) -> Ends {
    let ((line, column), (end_line, end_column)) = (places.at(span.start), places.at(span.end));
    Ends { line, column, end_line, end_column }
}
