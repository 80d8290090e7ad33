//! The two lines around the block, and posts that have none. Source of what Jekyll sees: `document.rb`
//! YAML_FRONT_MATTER_REGEXP, `utils.rb` has_yaml_header?.

pub mod bad_opening_line;
pub mod closed_too_early;
pub mod front_matter_not_first;
pub mod front_matter_unclosed;
pub mod lone_cr;
pub mod no_front_matter;

use super::words::{lost, noun};
use super::{Input, Related};
use crate::post::front_matter::Fence;
use crate::site::FileKind;
use crate::text::Span;

/// What becomes of a file whose block Jekyll does not see. A post is published all the same; a page or a document
/// without front matter is none to Jekyll, which looks for no more than the opening line there.
fn consequence(input: &Input<'_>, opening_is_seen: bool) -> String {
    let noun = noun(input.kind);
    let is_post = matches!(input.kind, FileKind::Post | FileKind::BadPostName | FileKind::Draft);
    if is_post || opening_is_seen || *input.kind == FileKind::Layout {
        format!("Jekyll prints the block as text and uses this {noun} without {}.", lost(input))
    } else {
        format!("Jekyll copies this {noun} to the site as it is, with the block and without a layout.")
    }
}

/// Where the first line `---` or `...` of a text begins, within so many bytes.
fn first_closing(text: &str, within: usize) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(at);
        }
        at += line.len();
        if at > within {
            break;
        }
    }
    None
}

/// The first byte after the BOM.
fn start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The line break that the file uses.
fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// The opening line, for a finding about the closing one.
fn opening(fence: &Fence) -> Related {
    Related::here(fence.opening, "The block begins here")
}

/// What follows the dashes (or dots) of a line that was meant to be `---`.
fn after_dashes(line: Span, text: &str) -> &str {
    let dash = |c: char| !c.is_alphanumeric() && !matches!(c, '#' | '[' | '{' | '"' | '\'');
    line.of(text).trim_start_matches(dash).trim_end()
}
