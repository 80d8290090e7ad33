//! Other files of the site: how their texts come here, and what is found in them.

use std::sync::Arc;

use crate::text::{Span, TextEdit};

/// Gives the text of a file of the site by its path, relative to the source with `/`: as the editor has it, else as
/// the disk has it. Of a post the front matter is enough. None where there is no such file or it is not text.
pub type Texts<'t> = dyn Fn(&str) -> Option<Arc<str>> + Sync + 't;

/// Places in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlaces {
    /// Relative to the site's source, with `/`.
    pub path: Arc<str>,
    /// Its text, or as much of it as holds the places.
    pub text: Arc<str>,
    /// The places, in order. Never empty.
    pub spans: Vec<Span>,
}

/// Edits of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdits {
    /// Relative to the site's source, with `/`.
    pub path: Arc<str>,
    /// The text that the edits are of, or as much of it as holds them.
    pub text: Arc<str>,
    /// The edits, in order and apart from each other. Never empty.
    pub edits: Vec<TextEdit>,
}

/// A file that gets another path. Both are relative to the site's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The path that it has.
    pub from: String,
    /// The path that it gets.
    pub to: String,
}

/// Edits in many files of a site, made at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteEdit {
    /// The edits, file by file.
    pub files: Vec<FileEdits>,
    /// The file that gets another path after the edits.
    pub moved: Option<Move>,
    /// What the author should be asked first: a rename that merges two things, which a second rename does not take
    /// apart. None where there is nothing to ask.
    pub confirm: Option<Question>,
    /// The files in which something stays that should have changed.
    pub left: Vec<Left>,
}

/// What an author is asked before edits are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is done, in one line.
    pub label: String,
    /// What that means, in a sentence or two.
    pub description: &'static str,
}

/// How many files a warning names.
const NAMED: usize = 3;

impl SiteEdit {
    /// What an author should know who has asked for the edits: which files are left as they were, and why. None where
    /// all is done.
    pub fn warning(&self) -> Option<String> {
        self.warning_of("The old name")
    }

    /// [`SiteEdit::warning`] for edits after which a name should stand nowhere.
    pub fn removal_warning(&self) -> Option<String> {
        self.warning_of("The name")
    }

    fn warning_of(&self, what: &str) -> Option<String> {
        let named = self.left.iter().take(NAMED).map(|left| format!("{} ({})", left.path, left.why));
        let mut named: Vec<String> = named.collect();
        match self.left.len() {
            0 => return None,
            count if count > NAMED => named.push(format!("{} more", count - NAMED)),
            _ => {}
        }
        let files = if self.left.len() == 1 { "one file" } else { "some files" };
        Some(format!("{what} stays in {files}: {}.", named.join(", ")))
    }
}

/// A file in which something stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Relative to the site's source, with `/`.
    pub path: Arc<str>,
    /// Why, for an author: the end of a sentence.
    pub why: &'static str,
}
