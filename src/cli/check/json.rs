//! JSON Lines: one object a finding.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::place::Places;
use super::read::Checked;
use crate::rules::Diagnostic;
use crate::text::Span;

/// Writes all findings. Lines and columns are from 1, columns in characters, ends one past the last.
pub(super) fn write(out: &mut impl Write, checked: &[Checked]) -> io::Result<()> {
    for file in checked {
        let places = Places::new(&file.text);
        for finding in &file.findings {
            writeln!(out, "{}", object(&file.path, &places, finding))?;
        }
    }
    Ok(())
}

fn object(path: &str, places: &Places<'_>, finding: &Diagnostic) -> Value {
    let ((line, column), (end_line, end_column)) = ends(places, finding.span);
    let mut object = json!({
        "path": path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "severity": finding.severity.name(),
        "code": finding.code,
        "message": finding.message,
    });
    if let Some(fix) = &finding.fix {
        let edit = |edit: &crate::text::TextEdit| {
            let ((line, column), (end_line, end_column)) = ends(places, edit.span);
            json!({
                "line": line,
                "column": column,
                "end_line": end_line,
                "end_column": end_column,
                "new_text": edit.new_text,
            })
        };
        let edits: Vec<Value> = fix.edits.iter().map(edit).collect();
        object["fix"] = json!({ "title": fix.title, "edits": edits });
    }
    object
}

fn ends(places: &Places<'_>, span: Span) -> ((usize, usize), (usize, usize)) {
    (places.at(span.start), places.at(span.end))
}
