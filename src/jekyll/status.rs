//! Whether Jekyll publishes a post, and why not.

/// What becomes of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is in the site.
    Published,
    /// Its date is later than now and the config does not say `future: true`.
    Future,
    /// `published` is false, no, off or null.
    Unpublished,
    /// It is in `_drafts`.
    Draft,
    /// It is in the site without its front matter, which does not load.
    Broken,
    /// It is left out: a bad name, not UTF-8, no content.
    Dropped,
    /// The whole build stops at it.
    Aborts,
}
