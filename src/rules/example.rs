//! Small sites in one string: the rules' examples, and what their tests look at.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::mend::{Mended, mend};
use super::{Diagnostic, Fix, Input, check, read};
use crate::jekyll::{Clock, Config};
use crate::post::Post;
use crate::site::elsewhere::{SUBMODULES, submodules};
use crate::site::pages::{GEMFILES, is_asked_for};
use crate::site::plugins::Gems;
use crate::site::{Change, FileKind, Page, PostRecord, Site, Templates, paths, settings};
use crate::text::edit::apply;

/// The path of an example that names no file.
pub const NAME: &str = "_posts/2024-01-15-post.md";

/// Files of a small site, of which the first is checked.
pub struct Example {
    files: Vec<(String, String)>,
    post: Post,
    kind: FileKind,
    site: Site,
    clock: Clock,
}

impl Example {
    /// One post, or several files that each begin with a line such as `//- /_posts/2024-01-02-a.md`. A
    /// `/_config.yml` and a `/masthead.toml` among them are the site's. Now is the first moment of 2026, in UTC.
    pub fn new(text: &str) -> Example {
        let Some(rest) = text.strip_prefix("//- /") else {
            return Example::of_files(vec![(NAME.to_owned(), text.to_owned())]);
        };
        let pieces: Vec<&str> = rest.split("\n//- /").collect();
        let files = pieces.iter().enumerate().map(|(at, piece)| match piece.split_once('\n') {
            None => ((*piece).to_owned(), String::new()),
            // The line break before the next file's line ends this file.
            Some((path, text)) if at + 1 < pieces.len() => (path.to_owned(), format!("{text}\n")),
            Some((path, text)) => (path.to_owned(), text.to_owned()),
        });
        Example::of_files(files.collect())
    }

    fn of_files(files: Vec<(String, String)>) -> Example {
        let clock =
            Clock { now: Timestamp::from_second(1_767_225_600).unwrap_or_default(), zone: TimeZone::UTC };
        let text = |wanted: &str| files.iter().find(|(path, _)| path == wanted).map(|(_, text)| &**text);
        let config =
            text("_config.yml").map_or_else(Config::default, |text| Config::parse(text).unwrap_or_default());
        let own = text(settings::FILE).map(|text| settings::parse(text).0).unwrap_or_default();
        let config = &config;
        let named = |kind: FileKind, folder: &str| {
            let of_kind = files.iter().filter(move |(path, _)| paths::classify(path, config) == kind);
            let length = folder.len() + 1;
            of_kind.filter_map(move |(path, _)| path.get(length..)).collect::<Vec<_>>()
        };
        let layouts = named(FileKind::Layout, &config.layouts_dir).into_iter();
        let layouts =
            layouts.map(|name| name.rsplit_once('.').map_or(name, |(stem, _)| stem).into()).collect();
        let includes = named(FileKind::Include, &config.includes_dir).into_iter().map(Arc::from).collect();
        let on_pages = GEMFILES.iter().any(|name| text(name).is_some_and(is_asked_for));
        let markup = files.iter().filter(|(path, _)| {
            matches!(paths::classify(path, config), FileKind::Layout | FileKind::Include)
        });
        let mut changes = vec![
            Change::Pages(on_pages),
            Change::Gems(Gems::of(
                GEMFILES.iter().filter_map(|name| text(name)),
                files.iter().any(|(path, _)| path.starts_with("_plugins/")),
            )),
            Change::Submodules(
                text(SUBMODULES).map_or_else(Vec::new, |text| submodules(text).map(Arc::from).collect()),
            ),
            Change::Settings(Box::new(own)),
            Change::Layouts(layouts),
            Change::Includes(includes),
            Change::Templates(Templates::of(markup.map(|(path, text)| (&**path, &**text)))),
        ];
        for (path, text) in &files {
            let kind = paths::classify(path, config);
            if matches!(
                kind,
                FileKind::Post | FileKind::BadPostName | FileKind::Draft | FileKind::Collection(_)
            ) {
                changes.push(Change::Put(PostRecord::new(&Post::parse(&**text), path, kind, config, &clock)));
            } else if paths::is_in_site(path, config) {
                let page = Page::new(&Post::parse(&**text), path, config, &clock);
                changes.push(Change::File(path.as_str().into(), page));
            }
        }
        let (path, first) = files.first().map_or(("", ""), |(path, text)| (path, text));
        let (post, kind) = (Post::parse(first), paths::classify(path, config));
        let site = Site::new("/site".into(), config.clone()).apply(changes);
        Example { post, kind, site, clock, files }
    }

    /// The findings in the first file.
    pub fn check(&self) -> Vec<Diagnostic> {
        let found = self.with_input(check);
        #[cfg(test)]
        super::spellings::assert_tried(self.text(), &found);
        found
    }

    /// The first file after all its safe fixes, where it has any.
    pub fn mend(&self) -> Option<Mended> {
        self.with_input(mend)
    }

    pub(super) fn with_input<T>(&self, look: impl FnOnce(&Input<'_>) -> T) -> T {
        let Example { post, kind, site, clock, .. } = self;
        let path = self.files.first().map_or("", |(path, _)| path);
        let reading = &read(post, path, kind, site, clock);
        look(&Input { post, path, kind, site, clock, reading, leads: &super::Leads::default() })
    }

    /// The same files after a fix of the first.
    pub fn mended(&self, fix: &Fix) -> Example {
        self.respelt(|text| apply(text, &fix.edits))
    }

    /// The same files with another text in the first.
    pub fn respelt(&self, spell: impl FnOnce(&str) -> String) -> Example {
        let mut files = self.files.clone();
        if let Some((_, text)) = files.first_mut() {
            *text = spell(text);
        }
        Example::of_files(files)
    }

    /// The first file.
    pub fn post(&self) -> &Post {
        &self.post
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.post.text
    }

    /// The paths and texts of all files, the first first.
    pub fn files(&self) -> &[(String, String)] {
        &self.files
    }
}
