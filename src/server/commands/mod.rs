//! `workspace/executeCommand`: what an author asks for by name, in any editor. Each command takes one argument and
//! answers with JSON; what it cannot do it refuses in one sentence for the author.
//!
//! # Shapes
//! A `Uri` is a string, a `Position` that of the protocol in the negotiated encoding, a date a string such as
//! `2026-06-01T21:00:00+09:00` in the site's zone or null, a status one of `published`, `future`, `unpublished`,
//! `draft`, `broken` (published without its front matter), `dropped` (left out) and `aborts` (stops the build).
//!
//! - `masthead.newPost` `[{ uri: Uri, title: string, draft?: bool, slug?: string, show?: bool }]` →
//!   `{ uri: Uri, position: Position }`. `uri` is any file or folder of the site. The file and its text go to the
//!   client by `workspace/applyEdit`; the position is where the body begins.
//! - `masthead.newPostName` with the same argument → `{ path: string, slug: string, whole: bool, taken: bool }`: what its
//!   file would be called, relative to the site. Where `whole` is false, the slug says less than the title does.
//! - `masthead.promoteDraft` `[Uri]` or `[{ uri: Uri, show?: bool }]` → `{ uri: Uri }`: the draft moves to `_posts`,
//!   likewise.
//! - `masthead.renameFile` `[{ uri: Uri, name: string, redirect?: bool, show?: bool }]` → `{ uri: Uri }`: the file gets
//!   another name, and every link of the site to it and in it follows. A bare name stays in its folder and keeps the
//!   extension and the date that it does not give; one with a `/` is a path from the site's source. Where its URL changes
//!   and the site uses jekyll-redirect-from, the post leads readers of the old one on, unless `redirect` is false.
//! - `masthead.postUrl` `[Uri]` → `{ url: string?, absolute: string?, status, reason: string?, title: string, date }`,
//!   or null where the file is no post of a site. `url` is percent-escaped and without `baseurl`; `absolute` has the
//!   `url` and `baseurl` of the config before it.
//! - `masthead.overview` `[Uri]` or `[]` → a list of
//!   `{ uri: Uri, name: string, ready: bool, counts: { posts, published, drafts, future, unpublished, broken },
//!   tags: [{ name, count }], categories: [{ name, count }], drafts: [Post], future: [Post], unpublished: [Post],
//!   broken: [Post] }`: the site of that file, or all that are open. A `Post` is `{ uri, title, date, status }`. The
//!   lists hold the newest 500 posts; the counts count all. `ready` is false while the site is still being read.
//! - `masthead.postsWith` `[{ site: Uri, tag: string }]` or `[{ site: Uri, category: string }]` → `[Post]`, newest first.
//! - `masthead.tags` `[Uri]` or `[{ uri: Uri, categories?: bool }]` → `[{ name: string, count, firstUse, lastUse,
//!   nearDuplicates: [{ name, count }] }]`: the tags or the categories of the site, the most used first, with the dates
//!   of the oldest and the newest post, and the other terms that a reader takes for each.
//!
//! - `masthead.renameTerm` `[{ uri: Uri, tag: string, name: string }]` or with `category` → `{ files: number }`: the term has
//!   that name in the whole site; where another one has it already, they become one, and a client that can ask asks first.
//! - `masthead.removeTerm` `[{ uri: Uri, tag: string }]` or `[{ uri: Uri, category: string }]` → `{ files: number }`: the
//!   term goes from every post of the site, by `workspace/applyEdit`; in so many files. A client that can ask, asks first.
//!
//! With `show: true` a client that can show documents is asked to show the new or moved one.

mod arguments;
mod edits;
mod new_post;
mod overview;
mod post_url;
mod promote;
mod rename_file;
mod tags;
mod terms;

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{ExecuteCommandParams, Url};

use super::progress::PATIENCE;
use super::sites::LiveSite;
use super::state::State;
use super::versions::DocumentKey;
use super::watch;
use crate::features::commands::{Habits, Sample, habits};
use crate::post::Post;
use crate::site::{Site, paths, scan};

const NEW_POST: &str = "masthead.newPost";
const NEW_POST_NAME: &str = "masthead.newPostName";
pub(super) const PROMOTE_DRAFT: &str = "masthead.promoteDraft";
pub(super) const RENAME_FILE: &str = "masthead.renameFile";
const POST_URL: &str = "masthead.postUrl";
const OVERVIEW: &str = "masthead.overview";
const POSTS_WITH: &str = "masthead.postsWith";
const TAGS: &str = "masthead.tags";
pub(super) const RENAME_TERM: &str = "masthead.renameTerm";
pub(super) const REMOVE_TERM: &str = "masthead.removeTerm";

/// The commands that are announced.
pub const COMMANDS: &[&str] = &[
    NEW_POST,
    NEW_POST_NAME,
    PROMOTE_DRAFT,
    RENAME_FILE,
    POST_URL,
    OVERVIEW,
    POSTS_WITH,
    TAGS,
    RENAME_TERM,
    REMOVE_TERM,
];

/// Does what is asked.
///
/// # Errors
/// A wrong argument, and what a command refuses to do: the message is a sentence for the author.
pub async fn execute(state: &Arc<State>, params: ExecuteCommandParams) -> Result<Option<Value>> {
    match params.command.as_str() {
        NEW_POST => new_post::run(state, arguments::one(&params, new_post::FORM)?).await.map(Some),
        NEW_POST_NAME => new_post::name(state, arguments::one(&params, new_post::FORM)?).await.map(Some),
        PROMOTE_DRAFT => promote::run(state, arguments::one(&params, arguments::URI)?).await.map(Some),
        RENAME_FILE => rename_file::run(state, arguments::one(&params, rename_file::FORM)?).await.map(Some),
        POST_URL => post_url::run(state, arguments::one(&params, arguments::URI)?).await,
        OVERVIEW => overview::run(state, arguments::maybe_one(&params, arguments::URI)?).await.map(Some),
        POSTS_WITH => overview::posts_with(state, arguments::one(&params, overview::FORM)?).await.map(Some),
        RENAME_TERM => terms::run_rename(state, arguments::one(&params, terms::RENAME)?).await.map(Some),
        REMOVE_TERM => terms::run_remove(state, arguments::one(&params, terms::REMOVE)?).await.map(Some),
        TAGS => tags::run(state, arguments::one(&params, tags::FORM)?).await.map(Some),
        other => Err(Error::invalid_params(format!("There is no command `{other}`."))),
    }
}

/// An error that is a sentence for the author: `RequestFailed` of LSP 3.17.
fn refusal(message: impl Into<String>) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: message.into().into(), data: None }
}

/// Works on a thread for work. A panic there is an internal error of this one request.
async fn work<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        let panic = error.try_into_panic().ok();
        let why = panic.as_deref().map_or("it was cancelled", |panic| crate::fault::message(panic));
        tracing::error!("a command failed: {why}");
        Error::internal_error()
    })
}

/// A place in a site: the site as far as it has been read, and a path in it; empty for its root.
struct Spot {
    live: Arc<LiveSite>,
    site: Arc<Site>,
    path: String,
}

impl Spot {
    /// Where a file or a folder lies, when the site has been read as a whole or [`PATIENCE`] is over.
    fn read(state: &State, uri: &Url) -> std::result::Result<Self, String> {
        let spot = Spot::of(state, uri)?;
        spot.live.wait_until_read(PATIENCE);
        watch::settle(state);
        Ok(Spot { site: state.site_now(&spot.live), ..spot })
    }

    /// Where a file or a folder lies. For a thread for work.
    fn of(state: &State, uri: &Url) -> std::result::Result<Self, String> {
        let key = DocumentKey::new(uri);
        let (live, path) = match key.path() {
            Some(path) => {
                let root = root_of(path).ok_or_else(|| outside(path))?;
                let relative = paths::relative(&root, path).ok_or_else(|| outside(path))?;
                (state.site_at(&root), relative)
            }
            // What is not saved yet lies nowhere: the one site that is open is meant.
            None => match &*state.sites() {
                [only] => (only.clone(), String::new()),
                _ => {
                    return Err("Save this file in a Jekyll site first, or open one of its posts.".to_owned());
                }
            },
        };
        let site = state.site_now(&live);
        Ok(Spot { live, site, path })
    }

    /// Whether the site has such a file, on disk or not yet.
    fn has(&self, path: &str) -> bool {
        self.site.post(path).is_some() || self.live.root().join(path).exists()
    }

    /// One of the site's posts.
    fn any_post(&self) -> Option<String> {
        self.site.posts().next().map(|post| post.path.to_string())
    }

    fn uri(&self, path: &str) -> Result<Url> {
        uri(self.live.root(), path)
    }

    /// How the posts beside this place are written.
    fn habits(&self, state: &State) -> Habits {
        habits_of(state, &self.site, &self.path)
    }
}

/// How the posts beside a path of a site are written. Reads the newest of them, so it belongs on a thread for work.
pub(super) fn habits_of(state: &State, site: &Site, path: &str) -> Habits {
    let post = |path: &str| {
        if let Some(open) = state.documents.get(&DocumentKey::File(site.root().join(path))) {
            return Some(open.analysis().post.clone());
        }
        scan::read(site.root(), path).ok().map(|text| Arc::new(Post::parse(text)))
    };
    let home = habits::home(site, path);
    let paths = habits::samples(site, home.as_deref()).into_iter();
    let samples: Vec<Sample> = paths.filter_map(|path| Some(Sample { post: post(&path)?, path })).collect();
    Habits::of(&samples, home.as_deref(), site.config())
}

/// The site's folder for a file or a folder in it, or for one that holds its posts.
fn root_of(path: &Path) -> Option<std::path::PathBuf> {
    let folder = if path.is_dir() { path } else { path.parent()? };
    let holds_posts = || ["_posts", "_drafts"].iter().any(|name| folder.join(name).is_dir());
    scan::find_root(&folder.join("post.md")).or_else(|| holds_posts().then(|| folder.to_owned()))
}

fn outside(path: &Path) -> String {
    format!(
        "This folder is not in a Jekyll site: {}. Neither it nor a folder above it has a `_config.yml`.",
        if path.is_dir() { path } else { path.parent().unwrap_or(path) }.display()
    )
}

fn uri(root: &Path, path: &str) -> Result<Url> {
    Url::from_file_path(root.join(path)).map_err(|()| Error::internal_error())
}
