//! Reads and checks the files of a site, in parallel. One bad file is a finding, never the end.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dashmap::DashMap;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::targets::{Target, on_disk};
use crate::fault;
use crate::jekyll::Clock;
use crate::limits::MAX_KEPT_BYTES;
use crate::post::Post;
use crate::rules::encoding::not_utf8;
use crate::rules::guard::{self, Outcome};
use crate::rules::links::missing_anchor;
use crate::rules::mend::mend;
use crate::rules::{self, Diagnostic, Input, Severity};
use crate::site::scan::{self, SiteFile, Unread};
use crate::site::{AnchorSet, FileKind, Site};
use crate::text::Span;

/// A file that has been checked.
pub(super) struct Checked {
    /// Where it lies.
    pub(super) file: PathBuf,
    /// Relative to the site's source, with `/`.
    pub(super) path: Arc<str>,
    /// Whether it is a post, for the summary.
    pub(super) is_post: bool,
    /// What the safe fixes make of it, where they were asked for and there are any; text and findings are then
    /// those after them.
    pub(super) mend: Option<Mend>,
    /// Its text where there are findings, else empty.
    pub(super) text: Arc<str>,
    /// The findings, in the order of their places.
    pub(super) findings: Vec<Diagnostic>,
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

/// Checks the files of a site; the result is in the order of their paths. `fix`: after the safe fixes, which are not
/// written here.
pub(super) fn check_site(target: &Target, clock: &Clock, fix: bool) -> Vec<Checked> {
    let texts = Texts::default();
    let site = index(target, clock, &texts);
    let around = Around { target, site: &site, clock, anchors: DashMap::new() };
    let bar = progress(target.files.len(), "Checking");
    let checked = target
        .files
        .par_iter()
        .map(|file| {
            let text = texts.take(&file.path).map_or_else(|| scan::read_shared(&target.root, &file.path), Ok);
            let checked = check_file(&around, file, text, fix);
            bar.inc(1);
            checked
        })
        .collect();
    bar.finish_and_clear();
    checked
}

/// The texts that were read for the index, up to [`MAX_KEPT_BYTES`], until they are checked.
#[derive(Default)]
struct Texts {
    by_path: DashMap<Arc<str>, Arc<str>>,
    bytes: AtomicUsize,
}

impl Texts {
    fn keep(&self, path: &Arc<str>, text: &Arc<str>) {
        if self.bytes.fetch_add(text.len(), Ordering::Relaxed) + text.len() <= MAX_KEPT_BYTES {
            self.by_path.insert(path.clone(), text.clone());
        }
    }

    fn take(&self, path: &str) -> Option<Arc<str>> {
        self.by_path.remove(path).map(|(_, text)| text)
    }
}

/// What is around each of the files.
struct Around<'t> {
    target: &'t Target,
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
fn index(target: &Target, clock: &Clock, texts: &Texts) -> Site {
    let mut site = Site::new(target.root.clone(), target.config.clone());
    if target.lone {
        return site;
    }
    let mut bar = None;
    let step = |step: scan::Step| {
        let bar = bar.get_or_insert_with(|| progress(step.total, "Reading"));
        bar.set_position(step.done as u64);
        site.extend(step.changes);
    };
    let is_checked = |path: &Arc<str>| target.files.binary_search_by(|file| file.path.cmp(path)).is_ok();
    scan::scan_and_show(&target.root, &target.config, clock, step, |path, text| {
        if is_checked(path) {
            texts.keep(path, text);
        }
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
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

fn check_file(around: &Around<'_>, file: &SiteFile, text: Result<Arc<str>, Unread>, fix: bool) -> Checked {
    let target = around.target;
    let mut mend = None;
    let (text, findings) = match text {
        Ok(text) => {
            mend = if fix { mend_text(&text, around, file) } else { None };
            check_text(mend.as_ref().map_or(text, |mend| mend.after.clone()), around, file)
        }
        Err(unread) => unreadable(target, &unread, file),
    };
    Checked {
        file: on_disk(&target.root, &file.path),
        path: file.path.clone(),
        mend,
        is_post: matches!(file.kind, FileKind::Post | FileKind::BadPostName | FileKind::Draft),
        text: if findings.is_empty() { Arc::from("") } else { text },
        findings,
    }
}

/// The safe fixes of a text.
fn mend_text(text: &Arc<str>, around: &Around<'_>, file: &SiteFile) -> Option<Mend> {
    let mend = || with_input(text, around, file, mend);
    // A fault of ours mends nothing; the check then says that there is one.
    let mended = fault::catch(mend).ok().flatten()?;
    let (count, is_done) = (mended.mended.len(), mended.is_done);
    Some(Mend { before: text.clone(), after: mended.text.into(), count, is_done })
}

fn with_input<T>(
    text: &Arc<str>,
    around: &Around<'_>,
    file: &SiteFile,
    look: impl FnOnce(&Input<'_>) -> T,
) -> T {
    let (path, kind, post) = (&file.path, &file.kind, &Post::parse(text.clone()));
    let Around { site, clock, .. } = around;
    let reading = &rules::read(post, path, kind, site, clock);
    let input = &Input { post, path, kind, site, clock, reading, leads: &rules::Leads::default() };
    for path in missing_anchor::unread(input) {
        let anchors = around.anchors(&path);
        input.leads.learn(path, anchors);
    }
    look(input)
}

fn check_text(text: Arc<str>, around: &Around<'_>, file: &SiteFile) -> (Arc<str>, Vec<Diagnostic>) {
    let check = || with_input(&text, around, file, |input| guard::check(input, &[], &[]));
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
    (text, findings)
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
