//! `yaml-post`: a `.yml` in `_posts`. Jekyll loads it as data, finds no content and leaves it out.

use crate::jekyll::Reason;
use crate::rules::spots::{head, is_document};
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "yaml-post",
    severity: Severity::Warning,
    summary: "A YAML file in `_posts` is never published.",
    example: "//- /_posts/2024-01-15-data.yml\ntitle: Hello\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !is_document(input) || input.reading.reason != Some(Reason::NoContent) {
        return;
    }
    found.push(Diagnostic {
        span: head(input),
        severity: RULE.severity,
        code: RULE.code,
        message:
            "Jekyll leaves this post out: a YAML file has no content. Name it `.md`, or move it to `_data`."
                .to_owned(),
        related: Vec::new(),
        fix: None,
    });
}
