//! What all posts share, read from the disk: layouts, includes, authors, settings.

use std::path::Path;
use std::sync::Arc;

use super::home::home;
use super::read::{read, read_top};
use super::walk::SiteFile;
use crate::jekyll::Config;
use crate::post::front_matter::{Node, Value, yaml};
use crate::site::elsewhere::{SUBMODULES, submodules};
use crate::site::pages::{GEMFILES, is_asked_for};
use crate::site::paths::{self, shared_folders};
use crate::site::plugins::Gems;
use crate::site::settings::{self, Settings};
use crate::site::{Author, Change, FileKind, Templates};
use crate::text::Span;

/// What all posts share: layouts, includes, authors.
pub(super) fn shared(root: &Path, config: &Config, files: &[SiteFile]) -> Vec<Change> {
    let below = |kind, folder: &str| {
        let length = folder.len() + 1;
        let paths = files.iter().filter(move |file| file.kind == kind);
        paths.filter_map(move |file| file.path.get(length..))
    };
    let [layouts, includes, data] = shared_folders(config);
    let layouts = below(FileKind::Layout, layouts);
    let mut layouts: Vec<Arc<str>> =
        layouts.map(|path| path.rsplit_once('.').map_or(path, |(stem, _)| stem).into()).collect();
    layouts.dedup();
    let markup = files.iter().filter(|file| matches!(file.kind, FileKind::Layout | FileKind::Include));
    let texts: Vec<(&str, String)> =
        markup.filter_map(|file| Some((&*file.path, read(root, &file.path).ok()?))).collect();
    let templates = Templates::of(texts.iter().map(|(path, text)| (*path, &**text)));
    let folder = home(root);
    let gemfiles: Vec<String> = GEMFILES.iter().filter_map(|name| read_top(&folder, name).ok()).collect();
    vec![
        Change::Settings(Box::new(own_settings(root))),
        Change::Pages(gemfiles.iter().any(|text| is_asked_for(text))),
        Change::Gems(Gems::of(gemfiles.iter().map(String::as_str), folder.join("_plugins").exists())),
        Change::Submodules(not_checked_out(root)),
        Change::Layouts(layouts),
        Change::Templates(templates),
        Change::Includes(below(FileKind::Include, includes).map(Arc::from).collect()),
        Change::Authors(below(FileKind::Data, data).flat_map(|path| authors(root, data, path)).collect()),
    ]
}

/// What `masthead.toml` says: the defaults where it is not there or not text.
pub fn own_settings(root: &Path) -> Settings {
    let folder = if root.join(settings::FILE).exists() { root.to_owned() } else { home(root) };
    read_top(&folder, settings::FILE).map(|text| settings::parse(&text).0).unwrap_or_default()
}

/// The folders of git submodules that have nothing in them, relative to the source.
fn not_checked_out(root: &Path) -> Vec<Arc<str>> {
    let folder = home(root);
    let Ok(text) = read_top(&folder, SUBMODULES) else { return Vec::new() };
    let is_empty = |path: &Path| path.read_dir().map_or(true, |mut entries| entries.next().is_none());
    let empty = submodules(&text).map(|path| folder.join(path)).filter(|path| is_empty(path));
    empty.filter_map(|path| paths::relative(root, &path).map(Arc::from)).collect()
}

/// The authors in a data file below `folder`: `authors.yml` has them by key, `authors/KEY.yml` is one.
fn authors(root: &Path, folder: &str, path: &str) -> Vec<Author> {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let one = stem.strip_prefix("authors/").filter(|key| !key.contains('/'));
    if !["yml", "yaml", "json"].contains(&extension) || (stem != "authors" && one.is_none()) {
        return Vec::new();
    }
    let Ok(text) = read(root, &format!("{folder}/{path}")) else { return Vec::new() };
    let Some(data) =
        yaml::load(&text, Span { start: 0, end: text.len() }).ok().and_then(|loaded| loaded.root)
    else {
        return one.map(|key| Author { key: key.into(), name: None }).into_iter().collect();
    };
    match (one, &data.value) {
        (Some(key), _) => vec![Author { key: key.into(), name: author_name(&data) }],
        (None, Value::Mapping(authors)) => authors
            .iter()
            .filter_map(|pair| {
                Some(Author { key: pair.key.value.as_str()?.into(), name: author_name(&pair.value) })
            })
            .collect(),
        (None, _) => Vec::new(),
    }
}

fn author_name(data: &Node) -> Option<Arc<str>> {
    match &data.value {
        Value::String(name) => Some(name.clone()),
        Value::Mapping(data) => data.get("name").and_then(|name| name.value.as_str()).map(Arc::from),
        _ => None,
    }
}
