//! Whether Jekyll publishes a post, and why not.

use super::date::InvalidDate;
use super::defaults::DefaultsError;
use super::url::UrlError;

/// What becomes of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// It is in the site.
    Published,
    /// Its date is later than now and the config does not say `future: true`.
    Future,
    /// `published` is false, no, off or null.
    Unpublished,
    /// It is in `_drafts`, and the config does not say `show_drafts: true`.
    Draft,
    /// It is in the site without its front matter, which does not load.
    Broken,
    /// It is left out: a bad name, not UTF-8, no content.
    Dropped,
    /// The whole build stops at it.
    Aborts,
}

impl Status {
    /// It in one word, as `posts` and the answers to programs have it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Published => "published",
            Status::Future => "future",
            Status::Unpublished => "unpublished",
            Status::Draft => "draft",
            Status::Broken => "broken",
            Status::Dropped => "dropped",
            Status::Aborts => "aborts",
        }
    }
}

/// Why a post is not simply published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The front matter does not load.
    Unreadable,
    /// The front matter is a list, a text or a number.
    NotMapping,
    /// `categories` is a number, a boolean, a date or a mapping: its class in Ruby.
    CategoriesType(&'static str),
    /// `strict_front_matter` is on, and the front matter does not load.
    Strict,
    /// The config's defaults cannot be given to it.
    Defaults(DefaultsError),
    /// Ruby cannot read the `date`.
    Date(InvalidDate),
    /// Ruby cannot read the date in the file's name.
    NameDate(InvalidDate),
    /// No URL can be made.
    Url(UrlError),
    /// The name is not one of a post.
    BadName,
    /// It is not UTF-8.
    NotUtf8,
    /// It is UTF-16, or a YAML file: Jekyll finds no content in it.
    NoContent,
    /// A file of a collection without front matter is copied as it is.
    StaticFile,
    /// `published` hides it.
    Unpublished,
    /// Its date is later than now.
    Future,
    /// It is in `_drafts`.
    Draft,
}
