//! The body against the front matter: what the two say twice, and what a list of posts shows of them.

pub mod closed_by_rule;
pub mod crlf_excerpt;
pub mod markdown_in_text;
pub mod mojibake;
pub mod reading_time;
pub mod shared_summary;
pub mod title_in_body;

use super::loaded::pair;
use super::{Diagnostic, Fix, Input, Rule};
use crate::post::front_matter::Node;
use crate::site::FileKind;
use crate::text::Span;

/// The keys whose text a list of posts or a search engine shows as it is.
const SHOWN: [&str; 4] = ["title", "subtitle", "excerpt", "description"];

/// The texts that are shown as they are, with their keys.
fn shown_texts<'a>(input: &Input<'a>) -> impl Iterator<Item = (&'static str, &'a Node)> + use<'a> {
    let input = *input;
    SHOWN.into_iter().filter_map(move |key| {
        let node = &pair(&input, key)?.value;
        node.value.as_str().map(|_| (key, node))
    })
}

fn is_post(input: &Input<'_>) -> bool {
    matches!(input.kind, FileKind::Post | FileKind::Draft)
}

fn finding(rule: &Rule, span: Span, message: String, fix: Option<Fix>) -> Diagnostic {
    Diagnostic { span, severity: rule.severity, code: rule.code, message, related: Vec::new(), fix }
}
