//! `masthead.overview` and `masthead.postsWith`.

use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::Url;

use super::arguments::File;
use super::{Spot, refusal, uri, work};
use crate::features::commands::iso;
use crate::features::commands::overview::{PostLine, overview, posts_with as posts_of, published};
use crate::server::sites::LiveSite;
use crate::server::state::State;
use crate::site::TermKind;

/// The form of the argument of `masthead.postsWith`.
pub(super) const FORM: &str = "{\"site\": \"file:///site\", \"tag\": \"AI\"}";

/// The argument of `masthead.postsWith`.
#[derive(Debug, Deserialize)]
pub(super) struct PostsWith {
    site: Url,
    tag: Option<String>,
    category: Option<String>,
    status: Option<String>,
}

pub(super) async fn run(state: &Arc<State>, asked: Option<File>) -> Result<Value> {
    let worker = state.clone();
    work(move || {
        let mut sites = match asked {
            Some(file) => vec![Spot::of(&worker, file.uri()).map_err(refusal)?.live],
            None => worker.sites(),
        };
        sites.sort_by(|one, other| one.root().cmp(other.root()));
        sites.iter().map(|live| of_site(&worker, live)).collect()
    })
    .await?
}

fn of_site(state: &State, live: &Arc<LiveSite>) -> Result<Value> {
    // Asked first: what is read meanwhile is told of by a notification.
    let ready = live.is_read();
    let site = state.site_now(live);
    let (clock, root) = (state.clock(), live.root());
    let zone = site.config().site_clock(&clock).zone;
    let seen = overview(&site, &clock);
    let terms = |terms: &[(Arc<str>, usize)]| {
        terms.iter().map(|(name, count)| json!({"name": &**name, "count": count})).collect::<Vec<_>>()
    };
    let lists = [&seen.drafts, &seen.future, &seen.unpublished, &seen.broken];
    let [drafts, future, unpublished, broken] = lists.map(|posts| lines(root, &posts.newest, &zone));
    let counted: usize = lists.iter().map(|posts| posts.count).sum();
    Ok(json!({
        "uri": Url::from_file_path(root).map_err(|()| Error::internal_error())?,
        "name": root.file_name().map(|name| name.to_string_lossy()),
        "ready": ready,
        "counts": {
            "posts": seen.published + counted,
            "published": seen.published,
            "drafts": seen.drafts.count,
            "future": seen.future.count,
            "unpublished": seen.unpublished.count,
            "broken": seen.broken.count,
        },
        "tags": terms(&seen.tags),
        "categories": terms(&seen.categories),
        "drafts": drafts?,
        "future": future?,
        "unpublished": unpublished?,
        "broken": broken?,
    }))
}

fn lines(root: &Path, posts: &[PostLine], zone: &TimeZone) -> Result<Vec<Value>> {
    let line = |post: &PostLine| {
        Ok(json!({
            "uri": uri(root, &post.path)?,
            "title": &*post.title,
            "date": post.date.map(|date| iso(date, zone)),
            "status": post.status.word(),
        }))
    };
    posts.iter().map(line).collect()
}

pub(super) async fn posts_with(state: &Arc<State>, asked: PostsWith) -> Result<Value> {
    let term = match (asked.tag, asked.category, asked.status.as_deref()) {
        (Some(tag), None, None) => Some((TermKind::Tag, tag)),
        (None, Some(category), None) => Some((TermKind::Category, category)),
        (None, None, Some("published")) => None,
        _ => {
            let forms = "Give either a `tag` or a `category`, or the `status` `published`.";
            return Err(Error::invalid_params(forms));
        }
    };
    let (worker, place) = (state.clone(), asked.site);
    work(move || {
        let spot = Spot::of(&worker, &place).map_err(refusal)?;
        let clock = worker.clock();
        let zone = spot.site.config().site_clock(&clock).zone;
        let posts = match term {
            Some((kind, name)) => posts_of(&spot.site, kind, &name, &clock),
            None => published(&spot.site, &clock),
        };
        Ok(Value::Array(lines(spot.live.root(), &posts, &zone)?))
    })
    .await?
}
