//! Which files of a site are what. Source: Jekyll `reader.rb`, `readers/post_reader.rb`, `entry_filter.rb`.

use crate::jekyll::Config;

/// What a file is to Jekyll, by its path alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// In a `_posts`, with a good name.
    Post,
    /// In a `_posts`, with a name that Jekyll passes over.
    BadPostName,
    /// In a `_drafts`.
    Draft,
    /// In the folder of a collection: its name.
    Collection(String),
    /// Any other Markdown or HTML file that is read for front matter.
    Page,
    /// `_config.yml`.
    Config,
    /// In `_data`.
    Data,
    /// In `_layouts`.
    Layout,
    /// In `_includes`.
    Include,
    /// Excluded, or nothing of ours.
    Other,
}

/// What the file at `path` is: relative to the site's source, with `/`.
pub fn classify(_path: &str, _config: &Config) -> FileKind {
    FileKind::Other
}
