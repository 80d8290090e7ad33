//! Diagnostic rules, one a file: its code, its default severity, its message, its fix, its example, its test.
//! This file is the list.
//!
//! # Where a rule lives
//! - [`fence`]: the two lines around the block, and posts that have none.
//! - [`syntax`]: mistakes of form inside the block. The engine finds them (`FrontMatter::problems`); a rule here
//!   only words one kind of them for the author.
//! - [`body`]: the body against the front matter.
//! - [`house`]: what the site's `masthead.toml` asks of every post.
//! - [`links`]: links to what is not there.
//! - [`settings`]: mistakes in that file, and the severities it gives. [`ignore`]: comments that silence findings.
//! - [`config`]: mistakes in `_config.yml`, whose form is held to [`syntax`] as well.
//! - [`encoding`]: files that are not text. No rule of [`RULES`], since there is no post to look at.
//! - Rules about what Jekyll makes of a block that loads read [`crate::jekyll::Reading`] and get a folder for
//!   their subject beside these: `dates/`, `terms/`, `urls/`.
//!
//! # To add a rule
//! Write its file with a `pub const RULE: Rule` and a test, add it to its folder's `mod.rs` and to [`RULES`]. The
//! tests below then hold its code, its sentences and its example to the same law as all others, and
//! `UPDATE_EXPECT=1 cargo test` writes it into `editors/rules.md` and `masthead.schema.json`.

pub mod body;
pub mod config;
pub mod dates;
pub mod encoding;
pub mod example;
pub mod explain;
pub mod fence;
pub mod guard;
pub mod house;
pub mod ignore;
pub mod keys;
pub mod leads;
pub mod links;
mod loaded;
pub mod mend;
mod nearest;
pub mod pages;
pub mod publishing;
pub mod settings;
#[cfg(test)]
mod spellings;
mod spots;
pub mod syntax;
pub mod terms;
#[cfg(test)]
mod testing;
pub mod urls;
pub mod values;
mod words;

pub use leads::Leads;

use std::sync::Arc;

use crate::jekyll::{Clock, Reading, reading};
use crate::limits::MAX_DIAGNOSTICS;
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
    /// What Jekyll makes of it, from [`read`]. It means nothing for a page or a layout.
    pub reading: &'a Reading,
    /// What is known of its links so far: empty at first.
    pub leads: &'a Leads<'a>,
}

/// What Jekyll makes of a file, for [`Input::reading`]: made once a check, for all rules.
pub fn read(post: &Post, path: &str, kind: &FileKind, site: &Site, clock: &Clock) -> Reading {
    match kind {
        FileKind::BadPostName => reading::bad_name(),
        _ => reading::read(post, path, site.config(), clock),
    }
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
    /// A whole small post in which it finds something and no other rule does.
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

impl Severity {
    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
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
    /// Other places it has to do with.
    pub related: Vec<Related>,
    /// The mend, where there is one.
    pub fix: Option<Fix>,
}

/// Another place that a finding has to do with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Another file: relative to the site's source, with `/`. None for the post itself.
    pub path: Option<Arc<str>>,
    /// Where, in bytes. Empty at 0 for another file as a whole.
    pub span: Span,
    /// Why.
    pub message: String,
}

impl Related {
    /// A place of the post itself.
    pub fn here(span: Span, message: impl Into<String>) -> Self {
        Related { path: None, span, message: message.into() }
    }

    /// Another file as a whole.
    pub fn file(path: Arc<str>, message: impl Into<String>) -> Self {
        Related { path: Some(path), span: Span::empty(0), message: message.into() }
    }
}

/// A mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// The edits.
    pub edits: Vec<TextEdit>,
    /// Whether it is the one right mend, which `masthead check --fix` may make without asking. One that guesses what
    /// the author meant, or that takes the author's words away, is offered in the editor only.
    pub safe: bool,
}

impl Fix {
    /// The one right mend.
    pub fn new(title: impl Into<String>, edits: Vec<TextEdit>) -> Self {
        Fix { title: title.into(), edits, safe: true }
    }

    /// A mend that the author has to choose.
    pub fn choice(title: impl Into<String>, edits: Vec<TextEdit>) -> Self {
        Fix { safe: false, ..Fix::new(title, edits) }
    }
}

/// Every rule about a post, but those of [`ignore`] and [`syntax`].
pub const RULES: &[Rule] = &[
    body::closed_by_rule::RULE,
    body::crlf_excerpt::RULE,
    body::markdown_in_text::RULE,
    body::mojibake::RULE,
    body::reading_time::RULE,
    body::shared_summary::RULE,
    body::title_in_body::RULE,
    dates::day_first::RULE,
    dates::ignored_text::RULE,
    dates::ignored_zone::RULE,
    dates::incomplete::RULE,
    dates::invalid::RULE,
    dates::name_day::RULE,
    dates::read_as_utc::RULE,
    dates::rolled_over::RULE,
    dates::shifted_day::RULE,
    fence::bad_opening_line::RULE,
    fence::closed_too_early::RULE,
    fence::front_matter_not_first::RULE,
    fence::front_matter_unclosed::BAD_CLOSING_LINE,
    fence::front_matter_unclosed::RULE,
    fence::lone_cr::RULE,
    fence::no_front_matter::RULE,
    house::required_key::RULE,
    house::unlisted_category::RULE,
    house::unlisted_tag::RULE,
    keys::idle_key::RULE,
    keys::key_number::RULE,
    keys::key_type::RULE,
    keys::layout_type::RULE,
    keys::misspelt_key::RULE,
    keys::missing_layout::RULE,
    keys::usual_key::RULE,
    keys::wrong_case::RULE,
    links::hidden_target::RULE,
    links::image_case::RULE,
    links::inexact_post_url::RULE,
    links::missing_anchor::RULE,
    links::missing_footnote::RULE,
    links::missing_image::RULE,
    links::missing_include::RULE,
    links::missing_linked_file::RULE,
    links::missing_page::RULE,
    links::missing_post::RULE,
    links::missing_scheme::RULE,
    links::relative_to_source::RULE,
    links::source_link::RULE,
    links::unused_footnote::RULE,
    publishing::bad_file_name::RULE,
    publishing::draft_key::RULE,
    publishing::future_date::RULE,
    publishing::name_date::RULE,
    publishing::published_text::RULE,
    publishing::unpublished::RULE,
    publishing::yaml_post::RULE,
    terms::categories_type::RULE,
    terms::comma_in_terms::RULE,
    terms::empty_term::RULE,
    terms::near_duplicate::RULE,
    terms::repeated_term::RULE,
    terms::tag_hides_tags::RULE,
    terms::tags_type::RULE,
    terms::term_type::RULE,
    urls::bad_permalink::RULE,
    urls::empty_slug::RULE,
    urls::not_text::RULE,
    urls::same_url::CASE,
    urls::same_url::RULE,
    urls::unknown_placeholder::RULE,
    values::eaten_word::RULE,
    values::empty_title::RULE,
    values::hash_in_value::RULE,
    values::liquid_in_value::RULE,
    values::title_type::RULE,
    values::undefined_alias::RULE,
    values::value_type::RULE,
];

/// The rules that tell what a site does not have: nobody knows it before all of the site has been read, nor where its
/// source is a folder that is not there.
pub const OF_WHAT_IS_MISSING: &[&str] = &[
    keys::missing_layout::RULE.code,
    links::image_case::RULE.code,
    links::inexact_post_url::RULE.code,
    links::missing_anchor::RULE.code,
    links::missing_image::RULE.code,
    links::missing_include::RULE.code,
    links::missing_linked_file::RULE.code,
    links::missing_page::RULE.code,
    links::missing_post::RULE.code,
    links::missing_scheme::RULE.code,
    links::relative_to_source::RULE.code,
    links::source_link::RULE.code,
];

/// Every rule there is.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().chain(syntax::RULES).chain(ignore::RULES).chain(settings::RULES).chain(config::RULES)
}

/// The rules that look at a file of this kind.
pub fn of_kind(kind: &FileKind) -> impl Iterator<Item = &'static Rule> + use<> {
    let (own, form) = lists_of(kind);
    own.iter().chain(form)
}

/// The same, and those about the form of its block on their own: they only word what its [`FrontMatter`] has found.
///
/// [`FrontMatter`]: crate::post::FrontMatter
fn lists_of(kind: &FileKind) -> (&'static [Rule], &'static [Rule]) {
    match kind {
        FileKind::Settings => (settings::RULES, &[]),
        FileKind::Config => (config::RULES, syntax::RULES),
        kind if has_front_matter(kind) => (RULES, syntax::RULES),
        _ => (&[], &[]),
    }
}

/// All findings of all rules, in the order of their places, at most [`MAX_DIAGNOSTICS`]. A rule that fails finds nothing:
/// [`guard::check`] tells of it.
pub fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    guard::check(input, &[], &[]).found
}

/// What is shown of the findings of [`of_kind`]: without those that a comment silences or `masthead.toml` turns off,
/// with the severities that it gives, in the order of their places. On a site of GitHub Pages each says what is otherwise
/// there.
pub fn finish(input: &Input<'_>, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    ignore::apply(input, &mut found);
    settings::apply(input.site.settings(), input.site.levels(), &mut found);
    found.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
    found.truncate(MAX_DIAGNOSTICS);
    if input.site.is_on_pages() {
        for diagnostic in &mut found {
            if let Some(difference) = pages::difference(diagnostic.code) {
                diagnostic.message = format!("{} {difference}", diagnostic.message);
            }
        }
    }
    found
}

/// Whether Jekyll looks for front matter in a file of this kind.
fn has_front_matter(kind: &FileKind) -> bool {
    match kind {
        FileKind::Post | FileKind::BadPostName | FileKind::Draft | FileKind::Collection(_) => true,
        FileKind::Page | FileKind::Layout => true,
        FileKind::Config | FileKind::Settings | FileKind::Data | FileKind::Include | FileKind::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{Fixture, codes};
    use super::*;
    use crate::post::front_matter::Load;

    #[test]
    fn the_list_is_in_order_of_folder_and_codes_are_unique_words() {
        let all: Vec<&Rule> = all().collect();
        for (i, rule) in all.iter().enumerate() {
            assert!(rule.code.chars().all(|c| c.is_ascii_lowercase() || "-0123456789".contains(c)));
            assert!(!all[..i].iter().any(|other| other.code == rule.code), "{} is there twice", rule.code);
            assert!(rule.summary.ends_with('.'), "{}: {}", rule.code, rule.summary);
        }
    }

    #[test]
    fn an_example_has_its_own_finding_and_its_fix_mends_it() {
        for rule in all() {
            let fixture = Fixture::new(rule.example);
            let found = fixture.check();
            assert_eq!(codes(&found), [rule.code], "in the example of {}: {found:#?}", rule.code);
            assert_eq!(found[0].severity, rule.severity, "{}", rule.code);
            if let Some(fix) = &found[0].fix {
                let mended = fixture.mended(fix);
                let mut left = mended.check();
                // A fix that hides a post leaves the remark that it is hidden.
                left.retain(|left| left.code == rule.code || left.severity >= Severity::Warning);
                assert_eq!(codes(&left), [""; 0], "after the fix of {}: {}", rule.code, mended.text());
                let is_post =
                    !settings::RULES.iter().chain(config::RULES).any(|other| other.code == rule.code);
                assert!(!is_post || mended.post().front_matter.load == Load::Mapping, "{}", rule.code);
            }
        }
    }
}
