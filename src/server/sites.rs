//! What is known of each site, while the editor runs.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};
use std::time::Duration;

use super::listing::Listing;
use super::versions::DocumentVersion;
use crate::fault;
use crate::jekyll::{Clock, Config};
use crate::post::Post;
use crate::post::front_matter::Load;
use crate::site::{
    AnchorSet, Change, FileKind, Growing, Page, PostRecord, Site, mentions, paths, scan, settings,
};

/// A document that is open in a site: its path in the site, what it is, and the version.
#[derive(Clone, Debug)]
pub struct Buffer {
    /// Relative to the source, with `/`.
    pub path: Arc<str>,
    /// What it is by its path.
    pub kind: FileKind,
    /// The version.
    pub document: Arc<DocumentVersion>,
}

/// What a look at the disk found to be another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing, or another one looks.
    Nothing,
    /// These files, relative to the source, with `/`: they have been read again.
    Files(Vec<String>),
    /// The configuration or the settings: all must be read again.
    All,
}

/// A site that one writer at a time replaces by its next version. Readers take the newest one and never wait.
#[derive(Debug)]
pub struct LiveSite {
    number: u32,
    root: PathBuf,
    current: RwLock<Arc<Site>>,
    /// See [`LiveSite::take_stirred`].
    stirred: AtomicBool,
    writer: Mutex<Writer>,
    /// Whether all of it has been read.
    is_read: Mutex<bool>,
    /// See [`LiveSite::take_missed`].
    missed: AtomicBool,
    read_now: Condvar,
    /// Held by the one who looks at the disk.
    look: Mutex<()>,
    /// Whether somebody waits to look.
    look_waits: AtomicBool,
}

#[derive(Debug, Default)]
struct Writer {
    /// The buffers that the site holds as the editor has them, not as the disk has them.
    buffers: HashMap<Arc<str>, Arc<DocumentVersion>>,
    /// What has changed on disk while the whole is being read; none at other times.
    touched: Option<Vec<String>>,
    /// What the folder held when it was last looked at.
    listing: Option<Listing>,
}

/// After how many posts what has been read is shown next: soon at first, later by shares of what is there, because what
/// is shown shares its parts with what is read on, and each that changes is copied then.
fn next_publication(done: usize) -> usize {
    done + (done / 2).max(100)
}

impl LiveSite {
    /// The site at a folder, with no posts yet.
    pub fn new(root: &Path, config: Config) -> Self {
        let site = Site::new(root.to_owned(), config);
        static NEXT: AtomicU32 = AtomicU32::new(0);
        LiveSite {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            root: root.to_owned(),
            current: RwLock::new(Arc::new(site)),
            writer: Mutex::default(),
            stirred: AtomicBool::new(false),
            is_read: Mutex::default(),
            missed: AtomicBool::new(false),
            read_now: Condvar::new(),
            look: Mutex::default(),
            look_waits: AtomicBool::new(false),
        }
    }

    /// A number that no other site of this server has or had.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The source folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The site as it was last written.
    pub fn written(&self) -> Arc<Site> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The site as it stands, with every buffer as the editor has it. Where the site is being written right now the
    /// buffers are laid over it for this answer alone, so nobody waits. `buffers` gives all that are open in this
    /// site; it is asked when the turn has come, so that what is written never goes back to an older version.
    pub fn with(&self, buffers: impl FnOnce() -> Vec<Buffer>, clock: &Clock) -> Arc<Site> {
        self.around(None, buffers, clock)
    }

    /// [`LiveSite::with`] for work in the document at `own` that never asks for that document's own last change: it is left
    /// to the next who does, and a key in a list of tags waits for one post less to be read.
    pub fn around(
        &self,
        own: Option<&str>,
        buffers: impl FnOnce() -> Vec<Buffer>,
        clock: &Clock,
    ) -> Arc<Site> {
        match self.writer.try_lock() {
            Ok(mut writer) => self.settle(&mut writer, &buffers(), own, clock),
            Err(TryLockError::Poisoned(poisoned)) => {
                self.settle(&mut poisoned.into_inner(), &buffers(), own, clock)
            }
            Err(TryLockError::WouldBlock) => {
                let mut buffers = buffers();
                buffers.retain(|buffer| Some(&*buffer.path) != own);
                self.under(&buffers, clock)
            }
        }
    }

    /// Whether [`LiveSite::around`] gives the site at once: it has all buffers as they are but for the one at `own`, and no
    /// others. False where it is being written right now.
    pub fn is_settled_around(&self, own: &str, buffers: &[Buffer]) -> bool {
        let Ok(writer) = self.writer.try_lock() else { return false };
        let is_held = |buffer: &Buffer| {
            let held = writer.buffers.get(&buffer.path);
            held.is_some_and(|held| *buffer.path == *own || Arc::ptr_eq(held, &buffer.document))
        };
        writer.buffers.len() == buffers.len() && buffers.iter().all(is_held)
    }

    /// The site as it was last written with these buffers laid over it, which may be older than what is written. Nothing
    /// of them is kept.
    pub fn under(&self, buffers: &[Buffer], clock: &Clock) -> Arc<Site> {
        let site = self.written();
        let changes = buffers.iter().flat_map(|buffer| changes_of(&site, buffer, None, clock));
        Arc::new(site.apply(changes))
    }

    /// Takes a configuration that says the same as the one before, in other places of its file.
    pub fn set_config(&self, config: Config) {
        let _writer = self.writer();
        self.write(self.written().with_config(config));
    }

    /// Writes what the buffers say, and what the disk says of those that were closed.
    fn settle(&self, writer: &mut Writer, buffers: &[Buffer], own: Option<&str>, clock: &Clock) -> Arc<Site> {
        let site = self.written();
        let mut changes = Vec::new();
        for buffer in buffers {
            let known = writer.buffers.get(&buffer.path);
            if known.is_some() && own == Some(&*buffer.path) {
                continue;
            }
            if !known.is_some_and(|known| Arc::ptr_eq(known, &buffer.document)) {
                changes.extend(changes_of(&site, buffer, known, clock));
                writer.buffers.insert(buffer.path.clone(), buffer.document.clone());
            }
        }
        if writer.buffers.len() > buffers.len() {
            let is_open = |path: &Arc<str>| buffers.iter().any(|buffer| buffer.path == *path);
            let closed: Vec<_> = writer.buffers.keys().filter(|path| !is_open(path)).cloned().collect();
            changes.extend(scan::reread(&site, clock, closed.iter().map(|path| &**path)));
            writer.buffers.retain(|path, _| is_open(path));
        }
        if changes.is_empty() {
            return site;
        }
        if changes.iter().any(|change| matters_elsewhere(&site, change)) {
            self.stirred.store(true, Ordering::Relaxed);
        }
        self.write(site.apply(changes))
    }

    /// Whether a buffer has changed, since this was last asked, in a way that other documents may feel.
    pub fn take_stirred(&self) -> bool {
        self.stirred.swap(false, Ordering::Relaxed)
    }

    fn write(&self, site: Site) -> Arc<Site> {
        let site = Arc::new(site);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = site.clone();
        site
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the whole site. What is known grows as it is read: `progress` is told how many posts of how many.
    pub fn read_all(&self, clock: &Clock, watched: bool, progress: impl Fn(usize, usize)) {
        {
            let mut writer = self.writer();
            writer.touched = Some(Vec::new());
            // Taken before the read: what changes in between is then seen to differ.
            writer.listing = (!watched).then(|| Listing::take(&self.written()));
        }
        let before = self.written();
        let (mut read, mut publication) = (Growing::new(Site::clone(&before)), 0);
        scan::scan(&self.root, before.config(), clock, |step| {
            read.take(step.changes);
            if step.done >= publication {
                self.publish(&mut self.writer(), read.settle(), clock);
                publication = next_publication(step.done);
            }
            progress(step.done, step.total);
        });
        let mut writer = self.writer();
        self.publish(&mut writer, read.settle(), clock);
        writer.touched = None;
        *self.is_read.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.read_now.notify_all();
    }

    /// Writes what has been read so far, with what has changed on disk meanwhile. The next reader lays its buffers over
    /// it again.
    fn publish(&self, writer: &mut Writer, read: &mut Site, clock: &Clock) {
        let touched = writer.touched.iter().flatten().map(String::as_str);
        let changes = scan::reread(read, clock, touched);
        read.extend(changes);
        read.succeed(&self.written());
        writer.buffers.clear();
        self.write(read.clone());
    }

    /// Whether all of it has been read.
    pub fn is_read(&self) -> bool {
        *self.is_read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until all of it has been read, but no longer than `patience`. For a thread for work.
    pub fn wait_until_read(&self, patience: Duration) -> bool {
        let is_read = self.is_read.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.read_now.wait_timeout_while(is_read, patience, |is_read| !*is_read);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Reads again what may have changed on disk: paths relative to the source, with `/`.
    pub fn reread(&self, clock: &Clock, paths: Vec<String>) {
        let mut writer = self.writer();
        let changes = scan::reread(&self.written(), clock, paths.iter().map(String::as_str));
        self.take_from_disk(&mut writer, changes);
        if let Some(touched) = &mut writer.touched {
            touched.extend(paths);
        }
    }

    /// Reads the anchors of these posts, of which nothing else changes.
    pub fn read_anchors(&self, paths: &[Arc<str>]) {
        // The files are read while nobody else writes: what changes on disk later is told later, and unread again.
        let _writer = self.writer();
        let site = self.written();
        let is_unread =
            |path: &&Arc<str>| site.post(path).is_some_and(|post| post.anchors == AnchorSet::Unread);
        let read =
            |path: &Arc<str>| Change::Anchors(path.clone(), scan::anchors(&self.root, path, site.config()));
        let changes: Vec<_> = paths.iter().filter(is_unread).map(read).collect();
        if !changes.is_empty() {
            self.write(site.apply(changes));
        }
    }

    /// Whether somebody wanted to look at the disk while all was being read, since this was last asked: what changed then
    /// may have been read before.
    pub fn take_missed(&self) -> bool {
        self.missed.swap(false, Ordering::AcqRel)
    }

    /// Compares the folder with what it held when this was last asked, and reads again what differs.
    ///
    /// It costs a look at every file. So there is one at a time; who comes while another one waits for its turn leaves
    /// it to that one, and who comes while all is being read for the first time leaves it to [`LiveSite::take_missed`].
    pub fn compare_with_disk(&self, clock: &Clock) -> Seen {
        let is_read = self.is_read.lock().unwrap_or_else(PoisonError::into_inner);
        if !*is_read {
            self.missed.store(true, Ordering::Release);
            return Seen::Nothing;
        }
        drop(is_read);
        if self.look_waits.swap(true, Ordering::AcqRel) {
            return Seen::Nothing;
        }
        let _turn = self.look.lock().unwrap_or_else(PoisonError::into_inner);
        self.look_waits.store(false, Ordering::Release);
        let now = Listing::take(&self.written());
        let mut writer = self.writer();
        let Some(before) = writer.listing.replace(now.clone()) else { return Seen::All };
        drop(writer);
        let changed = now.changed_since(&before);
        let is_for_all = |path: &String| paths::CONFIGS.contains(&path.as_str()) || path == settings::FILE;
        if changed.iter().any(is_for_all) {
            return Seen::All;
        }
        if changed.is_empty() {
            return Seen::Nothing;
        }
        self.reread(clock, changed.clone());
        Seen::Files(changed)
    }

    fn take_from_disk(&self, writer: &mut Writer, changes: Vec<Change>) {
        for change in &changes {
            let path = match change {
                Change::Put(record) => &*record.path,
                Change::Remove(path) | Change::File(path, _) => path,
                Change::Settings(_) => settings::FILE,
                Change::Mentions(path, _) => path,
                _ => continue,
            };
            // The next reader lays its buffer over it again.
            writer.buffers.retain(|buffer, _| {
                buffer.strip_prefix(path).is_none_or(|rest| !rest.is_empty() && !rest.starts_with('/'))
            });
        }
        if !changes.is_empty() {
            self.write(self.written().apply(changes));
        }
    }
}

/// Whether other documents may have other findings by a change: they share a URL or a summary with it, or link to it.
fn matters_elsewhere(site: &Site, change: &Change) -> bool {
    match change {
        Change::Put(new) => site.post(&new.path).is_none_or(|old| {
            (&old.url, &old.slug, &old.date) != (&new.url, &new.slug, &new.date)
                || (old.status, old.summaries) != (new.status, new.summaries)
                || (old.anchors != AnchorSet::Unread && old.anchors != new.anchors)
        }),
        Change::File(path, new) => {
            site.file(path).is_none_or(|(_, old)| old.map(|old| &**old) != new.as_ref())
        }
        Change::Remove(_) => true,
        _ => false,
    }
}

/// What a buffer changes in its site's index, which holds it as it was in `before`, if at all.
fn changes_of(
    site: &Site,
    buffer: &Buffer,
    before: Option<&Arc<DocumentVersion>>,
    clock: &Clock,
) -> Vec<Change> {
    let Buffer { path, kind, document } = buffer;
    let mut changes: Vec<Change> = record(site, buffer, before, clock).into_iter().collect();
    if mentions::can_mention(path, kind) {
        let names = || mentions::names(path, kind, &document.analysis().post.text);
        let names = fault::catch(names).unwrap_or_default();
        changes.push(Change::Mentions(path.clone(), names));
    }
    changes
}

fn body(post: &Post) -> &str {
    post.text.get(post.front_matter.fence.body_start..).unwrap_or_default()
}

/// The record of a buffer, or what it is instead; none where it is nothing to the index.
fn record(
    site: &Site,
    buffer: &Buffer,
    before: Option<&Arc<DocumentVersion>>,
    clock: &Clock,
) -> Option<Change> {
    let (path, kind) = (&*buffer.path, &buffer.kind);
    let read = || {
        let post = &buffer.document.analysis().post;
        let is_static = matches!(kind, FileKind::Collection(_)) && post.front_matter.load == Load::Absent;
        if is_static {
            Change::File(path.into(), None)
        } else {
            // Most keys are typed in the front matter: what the body alone decides is kept while it is the same.
            let kept = before.filter(|before| body(&before.analysis().post) == body(post));
            let anchors = match kept.and_then(|_| site.post(path)) {
                Some(known) => known.anchors.clone(),
                None => AnchorSet::read(post, path, site.config()),
            };
            Change::Put(PostRecord::with_anchors(post, path, kind.clone(), site.config(), clock, anchors))
        }
    };
    match kind {
        FileKind::Post | FileKind::Draft | FileKind::Collection(_) => {
            // A fault of ours in one post must not cost the author the others.
            let dropped = || Change::Put(PostRecord::dropped(path, kind.clone()));
            Some(fault::catch(read).unwrap_or_else(|_| dropped()))
        }
        FileKind::BadPostName => Some(Change::Put(PostRecord::dropped(path, kind.clone()))),
        FileKind::Settings => {
            let text = &buffer.document.analysis().post.text;
            Some(Change::Settings(Box::new(settings::parse(text).0)))
        }
        FileKind::Page => {
            let page = || Page::new(&buffer.document.analysis().post, path, site.config(), clock);
            let page = fault::catch(page).ok().flatten();
            Some(Change::File(path.into(), page))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_change_of_a_document_is_left_to_the_next_who_asks_for_it() {
        let path = "_posts/2024-01-02-a.md";
        let clock = Clock::utc(jiff::Timestamp::UNIX_EPOCH);
        let site = LiveSite::new(Path::new("/site"), Config::default());
        let open = |tag: &str| {
            let uri = tower_lsp::lsp_types::Url::from_file_path(format!("/site/{path}")).unwrap();
            let text = format!("---\ntags: [{tag}]\n---\n");
            let document = Arc::new(DocumentVersion::new(uri, 1, "markdown", &text));
            vec![Buffer { path: path.into(), kind: FileKind::Post, document }]
        };
        let tags = |site: Arc<Site>| -> Vec<String> {
            site.vocabulary(crate::site::TermKind::Tag).iter().map(|term| term.name.to_string()).collect()
        };
        let (first, second) = (open("日記"), open("技術"));
        assert!(!site.is_settled_around(path, &first));
        assert_eq!(tags(site.around(Some(path), || first.clone(), &clock)), ["日記"], "none is known before");
        assert!(site.is_settled_around(path, &second) && site.is_settled_around("other.md", &first));
        assert!(!site.is_settled_around("other.md", &second), "another one has changed");
        assert!(!site.is_settled_around(path, &[]), "one is closed");
        assert_eq!(tags(site.around(Some(path), || second.clone(), &clock)), ["日記"]);
        assert_eq!(tags(site.around(Some("other.md"), || second.clone(), &clock)), ["技術"]);
        assert_eq!(tags(site.with(|| first, &clock)), ["日記"]);
    }

    /// The file may have been read before it changed.
    #[test]
    fn a_look_that_comes_while_all_is_read_is_not_lost() {
        let folder = tempfile::TempDir::new().unwrap();
        let clock = Clock::utc(jiff::Timestamp::UNIX_EPOCH);
        let site = LiveSite::new(folder.path(), Config::default());
        assert_eq!((site.compare_with_disk(&clock), site.is_read()), (Seen::Nothing, false));
        site.read_all(&clock, false, |_, _| {});
        assert_eq!([site.take_missed(), site.take_missed()], [true, false]);
        assert_eq!(site.compare_with_disk(&clock), Seen::Nothing);
        assert!(!site.take_missed());
    }
}
