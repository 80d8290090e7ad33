//! Which files of a site are what. Source: Jekyll `reader.rb`, `readers/post_reader.rb`, `entry_filter.rb`.

use jiff::civil::Date;

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

/// The path that `target` means in a file of `folder`, both relative to the source and with `/`; a `target` with
/// a leading `/` is counted from the source. None where it leads out of the source.
pub fn join(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let folder = if target.starts_with('/') { "" } else { folder };
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let slash = if target.ends_with('/') { "/" } else { "" };
    Some(parts.join("/") + slash)
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The slug in a post's path: between the date, if there is one, and the extension. Source: `document.rb`
/// DATE_FILENAME_MATCHER, DATELESS_FILENAME_MATCHER.
pub(super) fn name_slug(path: &str) -> Option<&str> {
    let (stem, _) = file_name(path).rsplit_once('.')?;
    Some(dated(stem).map_or(stem, |(_, _, _, slug)| slug).trim_end_matches('.'))
}

/// The day and the slug of a name without extension. A day beyond its month rolls over as Ruby's does.
pub(super) fn post_name(name: &str) -> Option<(Date, &str)> {
    let (year, month, day, slug) = dated(name)?;
    Some((Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?, slug))
}

fn dated(stem: &str) -> Option<(&str, &str, &str, &str)> {
    let mut parts = stem.splitn(4, '-');
    let (year, month, day, slug) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, low: usize, high: usize| {
        (low..=high).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    (digits(year, 2, 4) && digits(month, 1, 2) && digits(day, 1, 2)).then_some((year, month, day, slug))
}
