//! Diagnostic rules, one a file: its code, its default severity, its message, its fix, its example, its test.
//! This file is the list.

use crate::jekyll::Clock;
use crate::post::Post;
use crate::site::{FileKind, Site};
use crate::text::{Span, TextEdit};

/// What a rule looks at. Immutable; no disk, no clock.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The post.
    pub post: &'a Post,
    /// Its path relative to the site's source, with `/`.
    pub path: &'a str,
    /// What it is by its path.
    pub kind: &'a FileKind,
    /// The site.
    pub site: &'a Site,
    /// Now, and the machine's zone.
    pub clock: &'a Clock,
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its stable code, in words: `unclosed-quote`.
    pub code: &'static str,
    /// How bad it is where nobody says otherwise.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// A front matter block in which it finds something.
    pub example: &'static str,
    /// Finds it.
    pub check: fn(&Input<'_>, &mut Vec<Diagnostic>),
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// A habit.
    Hint,
    /// Good to know.
    Information,
    /// Jekyll reads something else than was meant.
    Warning,
    /// Jekyll loses something or fails.
    Error,
}

/// A finding. Spans are bytes of the post's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The characters of the mistake.
    pub span: Span,
    /// How bad it is.
    pub severity: Severity,
    /// The rule's code.
    pub code: &'static str,
    /// What is wrong, what Jekyll makes of it, how to mend it: for an author.
    pub message: String,
    /// Other places it has to do with, in the same post.
    pub related: Vec<Related>,
    /// The mend, where there is one.
    pub fix: Option<Fix>,
}

/// Another place of the same post that a finding has to do with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// Why.
    pub message: String,
}

/// A mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// The edits.
    pub edits: Vec<TextEdit>,
}

/// Every rule.
pub const RULES: &[Rule] = &[];

/// All findings of all rules, in the order of their places.
pub fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        (rule.check)(input, &mut found);
    }
    found.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
    found
}
