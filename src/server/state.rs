//! All that the server knows: the open documents, the sites, what the client can do.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use dashmap::{DashMap, DashSet};
use percent_encoding::percent_decode_str;
use tokio::sync::{mpsc, watch};
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::PublishDiagnostics;
use tower_lsp::lsp_types::{Diagnostic, MessageType, PublishDiagnosticsParams, Url};

use super::client::Capabilities;
use super::documents::{Documents, OpenDocument, Place};
use super::life::Life;
use super::moment::Moment;
use super::notices::{Held, Notice, Publisher};
use super::outbox::Outbox;
use super::progress::PATIENCE;
use super::sites::{Buffer, LiveSite};
use super::texts::SiteTexts;
use super::turns::Turns;
use super::unread::Unread;
use super::versions::{DocumentKey, DocumentVersion};
use super::{Options, log, process, progress, watch as files};
use crate::features::Snapshot;
use crate::jekyll::{Clock, Config};
use crate::rules::Rule;
use crate::site::{Change, FileKind, Levels, Site, paths, scan};

/// The state of one server.
#[derive(Debug)]
pub struct State {
    /// The way to the editor.
    pub client: Client,
    /// The shorter way, for what is sent at every key.
    out: Outbox,
    life: Arc<Life>,
    /// The open documents.
    pub documents: Documents,
    /// Whether the editor tells of changes on disk: taken to be so where it can, until it refuses.
    pub watched: AtomicBool,
    /// Whether the editor has asked for diagnostics: from then on none are pushed.
    pub pulled: AtomicBool,
    folders: Mutex<Vec<Url>>,
    levels: Mutex<Arc<Levels>>,
    /// What has changed on disk and is not read again yet.
    pub unread: Unread,
    /// The folders that are watched for one site's sake, as its `_config.yml` names them.
    pub also_watched: DashSet<String>,
    sites: DashMap<PathBuf, Arc<LiveSite>>,
    /// The sites that are being read anew, each to take its old one's place.
    coming: DashMap<PathBuf, Arc<LiveSite>>,
    capabilities: OnceLock<Capabilities>,
    publisher: Publisher,
    held: Mutex<Held>,
    touched: watch::Sender<()>,
    /// Who goes first.
    pub turns: Turns,
    /// See [`Options::rules`].
    pub rules: &'static [Rule],
    clock: fn() -> Clock,
    this: std::sync::Weak<State>,
}

impl State {
    /// The state of a server that has just started, and what is to be told of it to whoever sends findings.
    pub(super) fn new(
        client: Client,
        out: Outbox,
        life: Arc<Life>,
        options: Options,
    ) -> (Arc<Self>, mpsc::UnboundedReceiver<Notice>) {
        if let Some(lines) = options.log {
            tokio::spawn(log::forward(client.clone(), lines));
        }
        let (publisher, notices) = mpsc::unbounded_channel();
        let state = Arc::new_cyclic(|this| State {
            client,
            out,
            life,
            documents: Documents::default(),
            watched: AtomicBool::new(false),
            pulled: AtomicBool::new(false),
            folders: Mutex::default(),
            levels: Mutex::default(),
            unread: Unread::default(),
            also_watched: DashSet::new(),
            sites: DashMap::new(),
            coming: DashMap::new(),
            capabilities: OnceLock::new(),
            publisher,
            held: Mutex::default(),
            touched: watch::Sender::new(()),
            turns: Turns::default(),
            rules: options.rules,
            clock: options.clock,
            this: this.clone(),
        });
        (state, notices)
    }

    /// Takes what the client can do, once.
    pub fn initialize(&self, capabilities: Capabilities) {
        self.watched.store(capabilities.watch, Ordering::Relaxed);
        // The pump lets one `initialize` through.
        let _ = self.capabilities.set(capabilities);
    }

    /// Takes what the editor asks of the rules.
    pub fn set_levels(&self, levels: Levels) {
        *self.levels.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(levels);
        self.tell(Notice::All);
    }

    /// Whether `initialize` has been answered.
    pub fn is_initialized(&self) -> bool {
        self.capabilities.get().is_some()
    }

    /// What the client can do: the protocol's defaults before it has said so.
    pub fn capabilities(&self) -> &Capabilities {
        static NONE: Capabilities = Capabilities::NONE;
        self.capabilities.get().unwrap_or(&NONE)
    }

    /// The newest version of a document. A request calls this before its first await.
    pub fn document(&self, uri: &Url) -> Option<Arc<OpenDocument>> {
        self.documents.get(&DocumentKey::new(uri))
    }

    /// A document as a post of its site, with all buffers as they stand. Reads files where the document's site is not
    /// known yet, so it belongs on a thread for work unless [`State::is_light`].
    pub fn moment(&self, document: Arc<OpenDocument>) -> Moment {
        self.moment_in(document, |site, _| self.site_now(site))
    }

    /// [`State::moment`] for work that never asks the site for the document's own last change.
    pub fn moment_around(&self, document: Arc<OpenDocument>) -> Moment {
        let around =
            |site: &Arc<LiveSite>, own: &str| site.around(Some(own), || self.buffers(site), &self.clock());
        self.moment_in(document, around)
    }

    fn moment_in(
        &self,
        document: Arc<OpenDocument>,
        site: impl FnOnce(&Arc<LiveSite>, &str) -> Arc<Site>,
    ) -> Moment {
        let place = self.place(&document);
        let clock = (self.clock)();
        let site = place.site.as_ref().map(|found| site(found, &place.path)).unwrap_or_default();
        let levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // A clone of a site shares all that is in it.
        let site = if levels.is_empty() { site } else { Arc::new(site.apply([Change::Levels(levels)])) };
        let post = document.analysis().post.clone();
        let snapshot = Snapshot { post, path: place.path.clone(), kind: place.kind.clone(), site, clock };
        Moment { document, snapshot }
    }

    /// A file that is not open as a post of its site; none where it cannot be read. For a thread for work.
    pub fn moment_on_disk(&self, uri: &Url) -> Option<Moment> {
        let key = DocumentKey::new(uri);
        let (folder, name) = (key.path()?.parent()?, key.path()?.file_name()?.to_str()?);
        let text = scan::read(folder, name).ok()?;
        Some(self.moment(Arc::new(OpenDocument::new(DocumentVersion::new(
            uri.clone(),
            0,
            "markdown",
            &text,
        )))))
    }

    /// A site with all buffers as they stand.
    pub fn site_now(&self, site: &Arc<LiveSite>) -> Arc<Site> {
        site.with(|| self.buffers(site), &self.clock())
    }

    /// Where a document stands.
    pub fn place(&self, document: &OpenDocument) -> Arc<Place> {
        document.place(|| self.find_place(document))
    }

    fn find_place(&self, document: &OpenDocument) -> Place {
        let Some(path) = document.key.path() else { return self.place_of_unsaved(document) };
        let root = scan::find_root(path);
        let in_site = root.and_then(|root| {
            let beside = || scan::governing(&root, path).map(str::to_owned);
            Some((paths::relative(&root, path).or_else(beside)?, self.site_at(&root)))
        });
        if let Some((path, site)) = in_site {
            let kind = paths::classify(&path, site.written().config());
            return Place { site: Some(site), path: path.into(), kind };
        }
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        // A lone file has no site. Its front matter is looked at like that of a page.
        let kind = match paths::classify(&name, &Default::default()) {
            FileKind::Page => FileKind::Page,
            _ if is_prose(document) => FileKind::Page,
            _ => FileKind::Other,
        };
        Place { site: None, path: name.into(), kind }
    }

    /// An unsaved buffer will most likely become a post of the one site that is open: it is offered that site's tags,
    /// and its block is checked, but nothing is said about where it lies.
    fn place_of_unsaved(&self, document: &OpenDocument) -> Place {
        let unsaved = document.uri.scheme() == "untitled";
        let mut sites = self.sites.iter().map(|site| site.clone());
        let site = sites.next().filter(|_| unsaved && sites.next().is_none());
        let kind = if unsaved && is_prose(document) { FileKind::Page } else { FileKind::Other };
        let path = percent_decode_str(document.uri.path()).decode_utf8_lossy();
        Place { site, path: path.into(), kind }
    }

    /// Waits, for a while, until the site of a document has been read as a whole. True where it had to wait: the moment
    /// is then another. For a thread for work.
    pub fn wait_until_read(&self, moment: &Moment) -> bool {
        let place = self.place(&moment.document);
        let Some(site) = place.site.as_ref().filter(|site| !site.is_read()) else { return false };
        site.wait_until_read(PATIENCE);
        true
    }

    /// The files of the site that a document belongs to, or of none for a lone file.
    pub fn texts(&self, moment: &Moment) -> SiteTexts {
        let place = self.place(&moment.document);
        let buffers = place.site.as_ref().map(|site| self.buffers(site)).unwrap_or_default();
        let whole = place.site.as_ref().is_none_or(|site| site.is_read());
        let own = Buffer {
            path: moment.snapshot.path.clone(),
            kind: moment.snapshot.kind.clone(),
            document: moment.document.at.clone(),
        };
        // The request's own document as it was when the request came, whatever has been typed since.
        SiteTexts::new(&moment.snapshot.site, buffers.into_iter().chain([own]), whole)
    }

    /// Each known site as it stands, with its files.
    pub fn all_texts(&self) -> Vec<(Arc<Site>, SiteTexts)> {
        let clock = self.clock();
        let each = self.sites().into_iter().map(|live| {
            let site = live.with(|| self.buffers(&live), &clock);
            let texts = SiteTexts::new(&site, self.buffers(&live), live.is_read());
            (site, texts)
        });
        each.collect()
    }

    /// The documents that are open in a site.
    pub fn buffers(&self, site: &Arc<LiveSite>) -> Vec<Buffer> {
        self.buffers_among(&self.documents.all(), site)
    }

    /// Those of the documents that lie in a site.
    pub fn buffers_among(&self, documents: &[Arc<OpenDocument>], site: &Arc<LiveSite>) -> Vec<Buffer> {
        let open = documents.iter().filter_map(|document| {
            document.key.path()?;
            let place = self.place(document);
            let here = place.site.as_ref().is_some_and(|own| Arc::ptr_eq(own, site));
            let document = document.at.clone();
            here.then(|| Buffer { path: place.path.clone(), kind: place.kind.clone(), document })
        });
        open.collect()
    }

    /// The site at a folder. The first to ask makes it and has it read in the background.
    pub fn site_at(&self, root: &Path) -> Arc<LiveSite> {
        if let Some(site) = self.sites.get(root) {
            return site.clone();
        }
        let mut is_new = false;
        let site = LiveSite::new(root, self.config_at(root, None));
        let entry = self.sites.entry(root.to_owned()).or_insert_with(|| {
            is_new = true;
            Arc::new(site)
        });
        let site = entry.clone();
        drop(entry);
        if is_new {
            self.read_in_background(site.clone(), false);
        }
        site
    }

    /// Folders that the editor has opened, to be looked at by [`State::open_folders`].
    pub fn set_folders(&self, folders: Vec<Url>) {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).extend(folders);
    }

    /// Has the sites read that lie at the folders. Sites below them are found when one of their posts is opened. Who comes
    /// while another one looks waits for it: afterwards they all are among [`State::sites`]. For a thread for work.
    pub fn open_folders(&self) {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        for folder in folders.drain(..) {
            let Some(folder) = DocumentKey::new(&folder).path().cloned() else { continue };
            // The root of a post that would lie here; another folder is no site.
            let Some(root) = scan::find_root(&folder.join("_posts/post.md")) else { continue };
            if scan::home(&root) == folder
                && ["_posts", "_config.yml", "_config.yaml"].iter().any(|name| folder.join(name).exists())
            {
                self.site_at(&root);
            }
        }
    }

    /// Forgets the sites at and below folders that the editor has closed, but for those in which a document is open.
    pub fn close_folders(&self, folders: &[Url]) {
        let keys: Vec<_> = folders.iter().map(DocumentKey::new).collect();
        let closed: Vec<&PathBuf> = keys.iter().filter_map(DocumentKey::path).collect();
        let gone = self.sites().into_iter().filter(|site| {
            closed.iter().any(|folder| site.root().starts_with(folder)) && self.buffers(site).is_empty()
        });
        for site in gone {
            self.coming.remove(site.root());
            self.sites.remove(site.root());
        }
        self.touch();
    }

    /// Reads a site anew, its configuration too. Until that is done the old one answers.
    pub fn reload(&self, root: &Path) {
        match self.newest(root).map(|site| site.written().config().clone()) {
            Some(before) => self.read_anew(root, self.config_at(root, Some(&before))),
            None => self.forget_places(),
        }
    }

    /// The configuration in a folder may be another, on the disk or in the editor. What depends on it is read again,
    /// and no more than that.
    pub fn reconfigure(&self, folder: &Path) {
        // The disk is asked with no lock held on the sites.
        let roots = self.sites().into_iter().map(|site| site.root().to_owned());
        let governed: Vec<PathBuf> =
            roots.filter(|root| root == folder || scan::home(root) == folder).collect();
        if governed.is_empty() {
            self.forget_places();
        }
        governed.iter().for_each(|root| self.reconfigure_site(root));
    }

    fn reconfigure_site(&self, root: &Path) {
        let Some(site) = self.newest(root) else { return self.forget_places() };
        let before = site.written().config().clone();
        let config = self.config_at(root, Some(&before));
        if config.says_the_same(&before) {
            site.set_config(config);
            self.tell(Notice::Config);
        } else {
            self.read_anew(root, config);
        }
    }

    /// The site as it will be once it is read.
    fn newest(&self, root: &Path) -> Option<Arc<LiveSite>> {
        let site = self.coming.get(root).or_else(|| self.sites.get(root));
        site.map(|site| site.clone())
    }

    fn read_anew(&self, root: &Path, config: Config) {
        let site = Arc::new(LiveSite::new(root, config));
        self.coming.insert(root.to_owned(), site.clone());
        self.read_in_background(site, true);
    }

    /// The configuration in force: what the editor has open wins over the disk, and the last good one over either
    /// that does not load.
    fn config_at(&self, root: &Path, before: Option<&Config>) -> Config {
        let open = self.open_config(root).map(|document| Config::parse(&document.analysis().post.text));
        if let Some(Ok(config)) = open {
            return config;
        }
        if let (Some(Err(_)), Some(before)) = (open, before) {
            return before.clone();
        }
        let (config, error) = scan::config(root);
        let Some(error) = error else { return config };
        let instead = if before.is_some() { "The last good one stays" } else { "Its healthy lines are" };
        let file = scan::config_file(root);
        tracing::info!("{}: {} {instead} in force.", file.display(), error.message);
        before.cloned().unwrap_or(config)
    }

    /// The configuration of a site, where it is open.
    pub fn open_config(&self, root: &Path) -> Option<Arc<OpenDocument>> {
        self.documents.get(&DocumentKey::File(scan::config_file(root)))
    }

    fn read_in_background(&self, site: Arc<LiveSite>, replaces: bool) {
        let Some(state) = self.this.upgrade() else { return };
        files::also(self, site.written().config());
        let progress = progress::start(&self.client, self.capabilities());
        tokio::task::spawn_blocking(move || {
            let is_newest = |_: &PathBuf, coming: &Arc<LiveSite>| Arc::ptr_eq(coming, &site);
            // Of many configurations that came one after the other the last is read, and those that had begun.
            if replaces
                && !state.coming.get(site.root()).is_some_and(|coming| is_newest(&PathBuf::new(), &coming))
            {
                return;
            }
            let watched = state.watched.load(Ordering::Relaxed);
            process::yielding(|| {
                site.read_all(&(state.clock)(), watched, |done, total| progress.report(done, total));
            });
            drop(progress);
            if replaces {
                // A newer one may be on its way.
                let Some((root, site)) = state.coming.remove_if(site.root(), is_newest) else { return };
                state.sites.insert(root, site);
                state.forget_places();
            }
            state.tell(Notice::All);
            if site.take_missed() {
                files::look_at(&state, &site);
            }
        });
    }

    /// Has every open document find its site again.
    pub fn forget_places(&self) {
        for document in self.documents.all() {
            document.forget_place();
        }
        self.tell(Notice::All);
    }

    /// The sites that are known.
    pub fn sites(&self) -> Vec<Arc<LiveSite>> {
        self.sites.iter().map(|site| site.clone()).collect()
    }

    /// Now, and the machine's zone.
    pub fn clock(&self) -> Clock {
        (self.clock)()
    }

    /// Something of a site may be another now.
    pub fn touch(&self) {
        self.touched.send_replace(());
    }

    /// Hears of every [`State::touch`], until the server ends.
    pub fn touches(&self) -> watch::Receiver<()> {
        self.touched.subscribe()
    }

    /// Has findings sent at the next pause of the wire.
    pub fn tell_at_pause(&self, notice: Notice) {
        let due = self.held().hold(notice);
        due.into_iter().for_each(|notice| self.tell(notice));
    }

    /// The wire has a pause.
    pub fn tell_held(&self) {
        let held = self.held().release();
        held.into_iter().for_each(|notice| self.tell(notice));
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has findings sent.
    pub fn tell(&self, notice: Notice) {
        self.touch();
        // The publisher is gone only where the server is ending.
        let _ = self.publisher.send(notice);
    }

    /// Sends the findings of a document, in this version of it; none any more after `shutdown`. For the thread of
    /// [`super::publish`].
    pub fn publish(&self, uri: Url, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        if !self.life.is_shut_down() {
            self.out.notify::<PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics, version });
        }
    }

    /// Shows the author a warning. Nobody waits for it.
    pub fn warn(&self, message: String) {
        let client = self.client.clone();
        tokio::spawn(async move { client.show_message(MessageType::WARNING, message).await });
    }

    /// Does work of ours on a thread for work.
    pub fn in_background(&self, work: impl FnOnce(&Arc<State>) + Send + 'static) {
        if let Some(state) = self.this.upgrade() {
            tokio::task::spawn_blocking(move || work(&state));
        }
    }
}

/// Whether the editor takes a document for one in which front matter may stand.
fn is_prose(document: &OpenDocument) -> bool {
    matches!(&*document.language, "markdown" | "html" | "liquid")
}
