//! What an author asks for, one LSP feature a file: functions of a [`Snapshot`] to plain values.

pub mod code_action;
pub mod code_lens;
pub mod commands;
pub mod completion;
pub mod definition;
pub mod diagnostics;
pub mod files;
pub mod folding;
pub mod footnotes;
pub mod highlights;
pub mod hover;
pub mod inlay_hints;
mod known_keys;
pub mod links;
mod markdown;
mod parts;
pub mod references;
pub mod rename;
mod sections;
pub mod selection;
pub mod site_symbols;
pub mod symbols;
pub mod terms;

#[cfg(test)]
mod soup;
#[cfg(test)]
mod testing;

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::jekyll::Clock;
use crate::post::Post;
use crate::post::front_matter::Load;
use crate::site::{FileKind, Site};

/// One moment of one document and of its site. Everything in it is immutable.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The document.
    pub post: Arc<Post>,
    /// Its path relative to the site's source, with `/`.
    pub path: Arc<str>,
    /// What it is by its path.
    pub kind: FileKind,
    /// The site it belongs to; an empty one for a lone file.
    pub site: Arc<Site>,
    /// Now, and the machine's zone.
    pub clock: Clock,
}

impl Snapshot {
    /// The site's zone: `timezone` of its config, else the machine's.
    pub fn zone(&self) -> TimeZone {
        self.site.config().site_clock(&self.clock).zone
    }

    /// Whether Jekyll makes a page of the body at a byte offset: it only copies what has no front matter.
    fn renders(&self, offset: usize) -> bool {
        let front_matter = &self.post.front_matter;
        let is_rendered = match self.kind {
            FileKind::Post | FileKind::Draft => true,
            FileKind::Collection(_) | FileKind::Page => front_matter.load != Load::Absent,
            _ => false,
        };
        let in_site = !self.site.root().as_os_str().is_empty();
        is_rendered && in_site && offset >= front_matter.fence.body_start
    }
}
