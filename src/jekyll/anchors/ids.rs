//! The id of a heading, of its text.

use std::collections::HashMap;

use super::signs::is_word;
use crate::jekyll::ruby;

/// What the config says of kramdown, with Jekyll's defaults where it is silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kramdown {
    /// `markdown: kramdown`, which is Jekyll's own.
    pub is_used: bool,
    /// `input: GFM`, which is Jekyll's own; else kramdown's own Markdown.
    pub gfm: bool,
    /// `auto_ids`.
    pub auto_ids: bool,
    /// `auto_id_prefix`.
    pub auto_id_prefix: String,
    /// `transliterated_header_ids`.
    pub transliterated: bool,
    /// `parse_block_html`.
    pub parse_block_html: bool,
}

impl Default for Kramdown {
    fn default() -> Self {
        Kramdown {
            is_used: true,
            gfm: true,
            auto_ids: true,
            auto_id_prefix: String::new(),
            transliterated: false,
            parse_block_html: false,
        }
    }
}

/// Gives the headings of one post their ids, in their order.
pub(super) struct Ids<'c> {
    options: &'c Kramdown,
    /// How often an id was given: by the parser for GFM, and by kramdown's converter.
    by_parser: HashMap<String, usize>,
    by_converter: HashMap<String, usize>,
}

impl<'c> Ids<'c> {
    pub(super) fn new(options: &'c Kramdown) -> Self {
        Ids { options, by_parser: HashMap::new(), by_converter: HashMap::new() }
    }

    /// The id of a heading without one of its own. `in_html`: it stands in an HTML element that has Markdown in it,
    /// into which the parser for GFM does not look. None where it gets none, or none that can be known.
    pub(super) fn next(&mut self, plain: &str, in_html: bool) -> Option<String> {
        let Kramdown { auto_ids, gfm, transliterated, auto_id_prefix, .. } = self.options;
        if !auto_ids {
            return None;
        }
        let (base, counts) = if *gfm && !transliterated && !in_html {
            (github(plain), &mut self.by_parser)
        } else if *transliterated && !plain.is_ascii() {
            return None;
        } else {
            (basic(plain), &mut self.by_converter)
        };
        let count = counts.entry(base.clone()).or_default();
        let id = if *count == 0 { base } else { format!("{base}-{count}") };
        *count += 1;
        let id = format!("{auto_id_prefix}{id}");
        // An attribute without a value is not written.
        (!id.is_empty()).then_some(id)
    }
}

/// Source: kramdown-parser-gfm, generate_gfm_header_id.
fn github(plain: &str) -> String {
    let mut id = String::with_capacity(plain.len());
    for c in ruby::lower(plain) {
        match c {
            ' ' | '\t' => id.push('-'),
            '-' => id.push(c),
            _ if is_word(c) => id.push(c),
            _ => {}
        }
    }
    id
}

/// Source: kramdown, basic_generate_id.
fn basic(plain: &str) -> String {
    let from = plain.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let kept = from.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
    let id: String = kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    if id.is_empty() { "section".to_owned() } else { id }
}
