//! What the site keeps of a post: as little as its questions need (at most about 1 KiB a post).

use std::sync::Arc;

use jiff::Timestamp;

use super::FileKind;
use crate::jekyll::{Clock, Config, Status};
use crate::post::Post;

/// A post as the site knows it. Made from a [`Post`] and its [`crate::jekyll::Reading`]; the text is not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct PostRecord {
    /// Relative to the site's source, with `/`.
    pub path: Arc<str>,
    /// What it is by its path.
    pub kind: FileKind,
    /// What becomes of it.
    pub status: Status,
    /// The title as Jekyll prints it.
    pub title: Arc<str>,
    /// The instant of the post.
    pub date: Option<Timestamp>,
    /// The URL without `baseurl`.
    pub url: Option<Arc<str>>,
    /// The tags as Jekyll prints them, each once, also those of the healthy lines of a broken block.
    pub tags: Vec<Arc<str>>,
    /// The categories likewise.
    pub categories: Vec<Arc<str>>,
    /// The front matter's keys, with the value where it is short enough to recur in other posts.
    pub fields: Vec<(Arc<str>, Option<Arc<str>>)>,
}

impl PostRecord {
    /// What the site keeps of `post`.
    pub fn new(_post: &Post, path: &str, kind: FileKind, _config: &Config, _clock: &Clock) -> Self {
        PostRecord {
            path: path.into(),
            kind,
            status: Status::Published,
            title: "".into(),
            date: None,
            url: None,
            tags: Vec::new(),
            categories: Vec::new(),
            fields: Vec::new(),
        }
    }
}
