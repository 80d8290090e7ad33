//! The language of the features' tests: a small site in one text.
//!
//! `//- /path` begins a file; a text without any is one post. `$0` is the cursor and marks the open document; it is
//! put into the index as it stands, as the server does. `_layouts` and `_data/authors.yml` count by name and key.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Snapshot;
use crate::jekyll::{Clock, Config};
use crate::post::Post;
use crate::post::front_matter::yaml;
use crate::site::paths::classify;
use crate::site::{Author, Change, FileKind, Page, PostRecord, Site, Templates, mentions};
use crate::text::Span;

/// The path of a fixture without headers.
const LONE: &str = "_posts/2025-06-01-here.md";

/// The snapshot of a fixture's open document, and the byte offset of its cursor.
pub(crate) fn fixture(text: &str) -> (Snapshot, usize) {
    let clock = Clock {
        now: "2026-01-02T03:04:05Z".parse::<Timestamp>().unwrap(),
        zone: TimeZone::get("Asia/Tokyo").unwrap(),
    };
    let files = files(text);
    let config = files.iter().find(|(path, _)| path == "_config.yml");
    let config =
        config.map_or_else(Config::default, |(_, text)| Config::parse(&text.replacen("$0", "", 1)).unwrap());
    let (mut layouts, mut includes) = (Vec::new(), Vec::new());
    let markup = files
        .iter()
        .filter(|(path, _)| matches!(classify(path, &config), FileKind::Layout | FileKind::Include));
    let templates = Templates::of(markup.map(|(path, text)| (&**path, &**text)));
    let mut changes = Vec::new();
    let mut open = None;
    for (path, text) in files {
        let kind = classify(&path, &config);
        let post = Arc::new(Post::parse(text.replacen("$0", "", 1)));
        if let Some(cursor) = text.find("$0") {
            open = Some((post.clone(), path.clone(), cursor));
        }
        if mentions::can_mention(&path, &kind) {
            let names = mentions::names(&path, &kind, &post.text);
            changes.push(Change::Mentions(path.as_str().into(), names));
        }
        if kind == FileKind::Layout {
            layouts.push(path[config.layouts_dir.len() + 1..].split('.').next().unwrap().into());
        } else if kind == FileKind::Include {
            includes.push(path[config.includes_dir.len() + 1..].into());
        } else if kind == FileKind::Data && path.ends_with("/authors.yml") {
            changes.push(Change::Authors(authors(&text)));
        } else if !matches!(kind, FileKind::Config | FileKind::Data | FileKind::Settings) {
            changes.push(match kind {
                FileKind::Page | FileKind::Other => {
                    Change::File(path.as_str().into(), Page::new(&post, &path, &config, &clock))
                }
                kind => Change::Put(PostRecord::new(&post, &path, kind, &config, &clock)),
            });
        }
    }
    changes.extend([Change::Layouts(layouts), Change::Includes(includes), Change::Templates(templates)]);
    let site = Arc::new(Site::new(PathBuf::from("/site"), config).apply(changes));
    let (post, path, cursor) = open.expect("a fixture has a $0");
    let kind = classify(&path, site.config());
    (Snapshot { post, path: path.into(), kind, site, clock }, cursor)
}

/// The texts of a fixture's files, by path.
pub(crate) fn texts(text: &str) -> HashMap<String, Arc<str>> {
    files(text).into_iter().map(|(path, text)| (path, text.replacen("$0", "", 1).into())).collect()
}

fn files(text: &str) -> Vec<(String, String)> {
    if !text.starts_with("//- ") {
        return vec![(LONE.to_owned(), text.to_owned())];
    }
    let split = |part: &str| {
        let (path, text) = part.split_once('\n').unwrap();
        (path.trim().trim_start_matches('/').to_owned(), text.to_owned())
    };
    text.split("//- ").skip(1).map(split).collect()
}

fn authors(text: &str) -> Vec<Author> {
    let root = yaml::load(text, Span::new(0, text.len())).unwrap().root.unwrap();
    let author = |pair: &crate::post::front_matter::scalar::Pair| Author {
        key: pair.key.value.display().into(),
        name: pair
            .value
            .value
            .as_mapping()
            .and_then(|data| data.get("name"))
            .map(|name| name.value.display().into()),
    };
    root.value.as_mapping().unwrap().iter().map(author).collect()
}
