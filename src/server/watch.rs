//! Changes on disk that are not the editor's: told by it where it watches files for us, else looked for when a
//! document is opened or saved.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tower_lsp::lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileChangeType, FileEvent, FileSystemWatcher, GlobPattern,
    Registration, Url, WatchKind,
};

use super::documents::OpenDocument;
use super::notices::Notice;
use super::progress::PATIENCE;
use super::sites::{LiveSite, Seen};
use super::state::State;
use super::versions::DocumentKey;
use crate::jekyll::Config;
use crate::post::links::MEDIA;
use crate::site::files::COPIED;
use crate::site::{paths, scan, settings};

/// What is watched. The folders stand beside their files, since an editor tells of a folder that goes and not of each
/// file in it.
const GLOBS: &[&str] = &[
    "**/*.{md,markdown,mkdown,mkdn,mkd,html,htm}",
    "**/_posts",
    "**/_posts/**",
    "**/_drafts",
    "**/_drafts/**",
    "**/_layouts/**",
    "**/_includes/**",
    "**/_data/**",
    "**/_config.{yml,yaml}",
    "**/masthead.toml",
    "**/{Gemfile,Gemfile.lock,.gitmodules}",
];

/// Asks the editor to watch the files of every site.
pub async fn register(state: Arc<State>) {
    // Of these it matters only whether they are there.
    let copied = format!("**/*.{{{},{}}}", MEDIA.join(","), COPIED.join(","));
    let globs = GLOBS.iter().map(|glob| ((*glob).to_owned(), None));
    let watchers = globs
        .chain([(copied, Some(WatchKind::Create | WatchKind::Delete))])
        .map(|(glob, kind)| FileSystemWatcher { glob_pattern: GlobPattern::String(glob), kind });
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.collect() };
    let registration = Registration {
        id: "masthead-files".into(),
        method: "workspace/didChangeWatchedFiles".into(),
        register_options: serde_json::to_value(options).ok(),
    };
    let answer = tokio::time::timeout(PATIENCE, state.client.register_capability(vec![registration])).await;
    if !matches!(answer, Ok(Ok(()))) {
        tracing::warn!("the editor does not watch files: changes are looked for when a document is saved");
        state.watched.store(false, Ordering::Relaxed);
    }
}

/// Asks the editor to watch also the folders of layouts, includes and data of a site that has them under other names.
/// Each name is asked for once.
pub fn also(state: &State, config: &Config) {
    if !state.watched.load(Ordering::Relaxed) {
        return;
    }
    let usual = Config::default();
    let own = paths::shared_folders(config).into_iter().zip(paths::shared_folders(&usual));
    let own = own.filter(|(folder, usual)| folder.rsplit('/').next() != Some(*usual) && !folder.is_empty());
    for (folder, _) in own {
        if !state.also_watched.insert(folder.to_owned()) {
            continue;
        }
        // What means something in a pattern stands for any one character.
        let folder = folder.replace(['*', '?', '[', ']', '{', '}'], "?");
        let watcher =
            FileSystemWatcher { glob_pattern: GlobPattern::String(format!("**/{folder}/**")), kind: None };
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
        let registration = Registration {
            id: format!("masthead-files-{folder}"),
            method: "workspace/didChangeWatchedFiles".into(),
            register_options: serde_json::to_value(options).ok(),
        };
        let client = state.client.clone();
        tokio::spawn(async move {
            let asked = tokio::time::timeout(PATIENCE, client.register_capability(vec![registration])).await;
            if !matches!(asked, Ok(Ok(()))) {
                tracing::warn!("the editor does not watch a folder that `_config.yml` names");
            }
        });
    }
}

/// Takes what the editor tells of changes on disk.
pub fn changed(state: &State, events: Vec<FileEvent>) {
    for event in events.iter().filter(|event| event.typ == FileChangeType::DELETED) {
        gone(state, &event.uri);
    }
    read_again(state, events.into_iter().filter_map(|event| DocumentKey::new(&event.uri).path().cloned()));
}

fn read_again(state: &State, paths: impl IntoIterator<Item = PathBuf>) {
    if state.unread.add(paths) {
        state.in_background(|state| state.unread.read(|paths| reread(state, paths)));
    }
}

/// Waits until all that the editor has told of is known: what is asked of the whole site right behind it, such as a second
/// rename, must find it. True where there was something. For a thread for work.
pub fn settle(state: &State) -> bool {
    state.unread.settle(|paths| reread(state, paths))
}

/// The findings of a file that is gone are cleared, also where its text is still open.
fn gone(state: &State, uri: &Url) {
    if let Some(document) = state.document(uri) {
        state.tell(Notice::Gone(document.uri.clone()));
    }
}

fn reread(state: &State, changed: &[PathBuf]) {
    let sites = state.sites();
    let mut by_site: HashMap<&Path, (&Arc<LiveSite>, Vec<String>)> = HashMap::new();
    let mut configs: Vec<&Path> = Vec::new();
    for path in changed {
        if paths::is_config(path) {
            configs.extend(path.parent());
            continue;
        }
        // A site can lie in the folder of another one, which reads its posts too.
        for site in &sites {
            let beside = || scan::governing(site.root(), path).map(str::to_owned);
            if let Some(relative) = paths::relative(site.root(), path).or_else(beside) {
                by_site.entry(site.root()).or_insert_with(|| (site, Vec::new())).1.push(relative);
            }
        }
    }
    configs.sort_unstable();
    configs.dedup();
    for root in configs {
        state.reconfigure(root);
        // With the file a site can begin or end.
        state.forget_places();
    }
    for (site, paths) in by_site.into_values() {
        let settings = paths.iter().any(|path| path == settings::FILE);
        let notice = if settings { Notice::All } else { beside(site, &paths) };
        site.reread(&state.clock(), paths);
        state.tell(notice);
    }
}

/// These files of a site have changed on disk.
fn beside(site: &LiveSite, paths: &[String]) -> Notice {
    Notice::Beside(paths.iter().map(|path| DocumentKey::File(site.root().join(path))).collect())
}

/// A document was closed: its file is what counts now.
pub fn closed(state: &State, key: DocumentKey) {
    read_again(state, key.path().cloned());
}

/// How long the hands must rest before a configuration counts that is being typed.
const REST: Duration = Duration::from_millis(250);

/// A document was opened or edited: the site follows what the editor has of its configuration.
pub fn edited(state: &Arc<State>, document: &Arc<OpenDocument>) {
    let root = document.key.path().filter(|path| paths::is_config(path)).and_then(|path| path.parent());
    let Some(root) = root.map(Path::to_owned) else { return };
    let (state, document) = (state.clone(), document.clone());
    tokio::spawn(async move {
        tokio::time::sleep(REST).await;
        if state.documents.is_current(&document) {
            state.in_background(move |state| state.reconfigure(&root));
        }
    });
}

/// A document was opened or saved: the moment to look at the disk, where nobody tells of changes.
pub fn look(state: &State, key: DocumentKey) {
    state.in_background(move |state| {
        let Some(document) = state.documents.get(&key) else { return };
        let place = state.place(&document);
        if let Some(site) = &place.site
            && !state.watched.load(Ordering::Relaxed)
        {
            look_at(state, site);
        }
    });
}

/// Looks for what has changed in a site on disk.
pub fn look_at(state: &State, site: &LiveSite) {
    match site.compare_with_disk(&state.clock()) {
        Seen::All => state.reload(site.root()),
        Seen::Files(changed) => state.tell(beside(site, &changed)),
        Seen::Nothing => {}
    }
    state.touch();
}
