//! The sum: what Jekyll will make of one post.

use jiff::Timestamp;

use super::{Clock, Config, Status};
use crate::post::Post;
use crate::post::front_matter::Value;

/// What Jekyll reads in a post and makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What becomes of it.
    pub status: Status,
    /// The title as Jekyll has it: any type, or made from the file name.
    pub title: Value,
    /// The slug.
    pub slug: Option<String>,
    /// The instant of the post.
    pub date: Option<Timestamp>,
    /// The URL, percent-escaped, without `baseurl`.
    pub url: Option<String>,
    /// The tags; items keep their type.
    pub tags: Vec<Value>,
    /// The categories: folders, defaults, the file's own.
    pub categories: Vec<Value>,
    /// The layout after defaults.
    pub layout: Option<Value>,
}

/// Reads a post. `path` is relative to the site's source, with `/`.
pub fn read(_post: &Post, _path: &str, _config: &Config, _clock: &Clock) -> Reading {
    Reading {
        status: Status::Published,
        title: Value::Null,
        slug: None,
        date: None,
        url: None,
        tags: Vec::new(),
        categories: Vec::new(),
        layout: None,
    }
}
