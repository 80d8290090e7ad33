//! Reads and checks the files of a site, in parallel. One bad file is a finding, never the end.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use dashmap::DashMap;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::targets::{Target, Wanted, on_disk};
use crate::fault;
use crate::jekyll::Clock;
use crate::limits::{KEPT_SHARE, MAX_KEPT_BYTES};
use crate::post::Post;
use crate::rules::encoding::not_utf8;
use crate::rules::guard::{self, Outcome};
use crate::rules::links::missing_anchor;
use crate::rules::mend::mend;
use crate::rules::{self, Diagnostic, Input, Severity};
use crate::site::paths::is_config;
use crate::site::scan::{self, Keep, ReadFile, SiteFile, Unread};
use crate::site::{AnchorSet, FileKind, Growing, Site};
use crate::text::Span;

/// What came of a check.
#[derive(Default)]
pub(super) struct Findings {
    /// The files with findings or with fixes, in the order of their sites and paths.
    pub(super) files: Vec<Checked>,
    /// How many posts there is nothing to say of.
    pub(super) clean_posts: usize,
    /// How many other files; configurations are not counted.
    pub(super) clean_files: usize,
}

impl Findings {
    /// It and what comes behind.
    pub(super) fn and(mut self, mut behind: Findings) -> Self {
        self.files.append(&mut behind.files);
        self.clean_posts += behind.clean_posts;
        self.clean_files += behind.clean_files;
        self
    }
}

/// A file that has been checked, and of which there is something to say.
pub(super) struct Checked {
    /// The source folder of its site.
    root: Arc<Path>,
    /// Relative to that, with `/`.
    pub(super) path: Arc<str>,
    /// Whether it is a post, for the summary.
    pub(super) is_post: bool,
    /// What the safe fixes make of it, where they were asked for and there are any; text and findings are then
    /// those after them.
    pub(super) mend: Option<Mend>,
    /// Its text.
    pub(super) text: Arc<str>,
    /// The findings, in the order of their places.
    pub(super) findings: Vec<Diagnostic>,
}

impl Checked {
    /// Where it lies.
    pub(super) fn file(&self) -> PathBuf {
        on_disk(&self.root, &self.path)
    }
}

/// The safe fixes of a file.
pub(super) struct Mend {
    /// The text that was read.
    pub(super) before: Arc<str>,
    /// The text after them.
    pub(super) after: Arc<str>,
    /// How many they are.
    pub(super) count: usize,
    /// False where they were too many for one run.
    pub(super) is_done: bool,
}

/// From how many files on a progress bar is shown.
const MANY: usize = 500;

/// How many files a thread takes together at the most: it does not share them any more when the others have no work left.
const TOGETHER: usize = 16;

/// Checks the files of a site. `fix`: after the safe fixes, which are not written here. `is_last`: the process ends
/// soon, so that nothing has to be taken apart: that of a hundred thousand posts takes a twentieth of all its time.
pub(super) fn check_site(target: Target, clock: &Clock, fix: bool, is_last: bool) -> Findings {
    let kept = Kept::of(&target);
    let site = index(&target, clock, &kept);
    let root = target.root.as_path().into();
    let around = Around { target: &target, root, site: &site, clock, anchors: DashMap::new() };
    let bar = progress(target.files.len(), "Checking");
    let check = |mut found: Findings, Wanted { file, place }: &Wanted| {
        let read = || scan::read_shared(&target.root, &file.path).map(Known::Text);
        let known = match place.and_then(|place| kept.take(place)) {
            Some(read) => Ok(Known::Read(read)),
            None => read(),
        };
        match check_file(&around, file, known.as_ref(), fix) {
            Some(checked) => found.files.push(checked),
            None if is_post(file) => found.clean_posts += 1,
            // A healthy configuration is no news: a site of posts is counted in posts.
            None if is_config(Path::new(&*file.path)) => {}
            None => found.clean_files += 1,
        }
        if let Ok(Known::Read(read)) = known
            && is_last
        {
            Box::leak(read).post.forget_body();
        }
        bar.inc(1);
        found
    };
    let files = target.files.par_iter().with_max_len(TOGETHER);
    let found = files.fold(Findings::default, check).reduce(Findings::default, Findings::and);
    bar.finish_and_clear();
    drop(around);
    if is_last {
        std::mem::forget((site, kept, target));
    }
    found
}

/// Whether a file is a post, for the summary.
fn is_post(file: &SiteFile) -> bool {
    matches!(file.kind, FileKind::Post | FileKind::BadPostName | FileKind::Draft)
}

/// What was read for the site of the files that are to be checked, until they are.
struct Kept {
    /// By the place in [`Target::walked`]; none for a file that is not to be checked.
    files: Vec<Option<Mutex<Option<Box<ReadFile>>>>>,
    bytes: AtomicUsize,
    most_bytes: usize,
}

impl Kept {
    fn of(target: &Target) -> Self {
        let mut files: Vec<_> = target.walked.iter().map(|_| None).collect();
        target
            .files
            .iter()
            .filter_map(|file| file.place)
            .for_each(|place| files[place] = Some(Mutex::default()));
        Kept { files, bytes: AtomicUsize::new(0), most_bytes: most_kept() }
    }

    fn take(&self, place: usize) -> Option<Box<ReadFile>> {
        self.files.get(place)?.as_ref()?.lock().ok()?.take()
    }
}

impl Keep for Kept {
    fn wants(&self, place: usize) -> bool {
        self.files.get(place).is_some_and(Option::is_some)
            && self.bytes.load(Ordering::Relaxed) < self.most_bytes
    }

    fn keep(&self, place: usize, read: ReadFile) {
        let Some(Some(file)) = self.files.get(place) else { return };
        let length = read.post.text.len();
        if self.bytes.fetch_add(length, Ordering::Relaxed) + length <= self.most_bytes
            && let Ok(mut file) = file.lock()
        {
            *file = Some(Box::new(read));
        }
    }
}

/// How many bytes of texts are kept: [`MAX_KEPT_BYTES`], and on a small machine that says so a share of its memory.
fn most_kept() -> usize {
    #[cfg(target_os = "linux")]
    let memory = {
        let system = rustix::system::sysinfo();
        usize::try_from(system.totalram.saturating_mul(system.mem_unit.into())).unwrap_or(usize::MAX)
    };
    #[cfg(not(target_os = "linux"))]
    let memory = usize::MAX;
    (memory / KEPT_SHARE).min(MAX_KEPT_BYTES)
}

/// What is known of a file before it is checked.
enum Known {
    /// Its text.
    Text(Arc<str>),
    /// What was made of it for the site.
    Read(Box<ReadFile>),
}

impl Known {
    fn text(&self) -> &Arc<str> {
        match self {
            Known::Text(text) => text,
            Known::Read(read) => &read.post.text,
        }
    }
}

/// What is around each of the files.
struct Around<'t> {
    target: &'t Target,
    root: Arc<Path>,
    site: &'t Site,
    clock: &'t Clock,
    /// Those of posts that other posts have links to.
    anchors: DashMap<Arc<str>, AnchorSet>,
}

impl Around<'_> {
    fn anchors(&self, path: &Arc<str>) -> AnchorSet {
        if let Some(known) = self.anchors.get(path) {
            return known.clone();
        }
        let read = scan::anchors(&self.target.root, path, &self.target.config);
        self.anchors.insert(path.clone(), read.clone());
        read
    }
}

/// The site that the rules look at.
fn index(target: &Target, clock: &Clock, kept: &Kept) -> Site {
    let site = Site::new(target.root.clone(), target.config.clone());
    if target.lone {
        return site;
    }
    let mut growing = Growing::without_pairs(site);
    let mut bar = None;
    let step = |step: scan::Step| {
        let bar = bar.get_or_insert_with(|| progress(step.total, "Reading"));
        bar.set_position(step.done as u64);
        growing.take(step.changes);
    };
    scan::scan_files(&target.root, &target.config, clock, &target.walked, step, Some(kept));
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let mut site = growing.into_site();
    site.hasten();
    site
}

fn progress(total: usize, what: &'static str) -> ProgressBar {
    if total < MANY || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total as u64).with_message(what);
    match ProgressStyle::with_template("{msg} {human_pos} / {human_len} {wide_bar}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// None where there is nothing to say.
fn check_file(
    around: &Around<'_>,
    file: &SiteFile,
    known: Result<&Known, &Unread>,
    fix: bool,
) -> Option<Checked> {
    let mut mend = None;
    let (text, findings) = match known {
        Ok(known) => {
            mend = if fix { mend_text(known, around, file) } else { None };
            match &mend {
                Some(mend) => check_text(&Known::Text(mend.after.clone()), around, file),
                None => check_text(known, around, file),
            }
        }
        Err(unread) => unreadable(around.target, unread, file),
    };
    let says_nothing = findings.is_empty() && mend.is_none();
    (!says_nothing).then(|| Checked {
        root: around.root.clone(),
        path: file.path.clone(),
        mend,
        is_post: is_post(file),
        text,
        findings,
    })
}

/// The safe fixes of a text.
fn mend_text(known: &Known, around: &Around<'_>, file: &SiteFile) -> Option<Mend> {
    let mend = || with_input(known, around, file, mend);
    // A fault of ours mends nothing; the check then says that there is one.
    let mended = fault::catch(mend).ok().flatten()?;
    let (count, is_done) = (mended.mended.len(), mended.is_done);
    Some(Mend { before: known.text().clone(), after: mended.text.into(), count, is_done })
}

fn with_input<T>(
    known: &Known,
    around: &Around<'_>,
    file: &SiteFile,
    look: impl FnOnce(&Input<'_>) -> T,
) -> T {
    let (path, kind) = (&file.path, &file.kind);
    let Around { site, clock, .. } = around;
    let (parsed, made);
    let (post, reading) = match known {
        Known::Read(file) => (&file.post, file.reading.as_ref()),
        Known::Text(text) => {
            parsed = Post::parse(text.clone());
            (&parsed, None)
        }
    };
    let reading = match reading {
        Some(reading) => reading,
        None => {
            made = rules::read(post, path, kind, site, clock);
            &made
        }
    };
    let input = &Input { post, path, kind, site, clock, reading, leads: &rules::Leads::default() };
    for path in missing_anchor::unread(input) {
        let anchors = around.anchors(&path);
        input.leads.learn(path, anchors);
    }
    look(input)
}

fn check_text(known: &Known, around: &Around<'_>, file: &SiteFile) -> (Arc<str>, Vec<Diagnostic>) {
    let check = || with_input(known, around, file, |input| guard::check(input, &[], &[]));
    let report = "Please report it with the file.";
    let internal = |message| finding("internal-error", message);
    // A fault of ours in one file must not cost the author the findings in the others.
    let findings = match fault::catch(check) {
        Ok(Outcome { mut found, failed }) => {
            found.extend(failed.iter().map(|(code, fault)| {
                internal(format!("The rule {code} failed at this file and was left out: {fault}. {report}"))
            }));
            found
        }
        Err(fault) => vec![internal(format!("Masthead failed at this file: {fault}. {report}"))],
    };
    (known.text().clone(), findings)
}

fn unreadable(target: &Target, unread: &Unread, file: &SiteFile) -> (Arc<str>, Vec<Diagnostic>) {
    match unread {
        Unread::NotUtf8(error) => {
            let bytes = std::fs::read(target.root.join(&*file.path)).unwrap_or_default();
            (
                String::from_utf8_lossy(&bytes).into(),
                not_utf8(error, &file.path, &file.kind).into_iter().collect(),
            )
        }
        Unread::TooLong(_) => ("".into(), vec![finding("file-too-long", unread.to_string())]),
        Unread::Io(_) => ("".into(), vec![finding("unreadable-file", unread.to_string())]),
    }
}

/// A finding about a file as a whole.
fn finding(code: &'static str, message: String) -> Diagnostic {
    let span = Span::empty(0);
    Diagnostic { span, severity: Severity::Error, code, message, related: Vec::new(), fix: None }
}
