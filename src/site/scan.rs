//! The first read of a site, in parallel, and the later reads of what has changed. The only place below `server` and
//! `cli` that touches the disk. Nothing outside the site's folder is read, wherever a link leads.

mod home;
mod mentions;
mod read;
mod shared;
mod walk;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, mpsc};

use rayon::prelude::*;

use super::elsewhere::SUBMODULES;
use super::pages::GEMFILES;
use super::paths::{FileKind, classify, is_in_site, is_shared, is_walked};
use super::settings;
use super::{AnchorSet, Change, Page, PostRecord, Site};
use crate::fault;
use crate::jekyll::{Clock, Config, Reading, Status, reading};
use crate::post::Post;

pub use home::{config, config_file, config_name, find_root, folder_of, governing, home, source};
pub use read::{Folder, Unread, read, read_front_matter, read_shared, read_top};
use read::{open, read_of};
pub use shared::own_settings;
use shared::shared;
pub use walk::{SiteFile, all_files, files};
use walk::{files_below, is_inside, is_looped};

/// How far the reading of a site is.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is new since the last step, to be taken into the site.
    pub changes: Vec<Change>,
    /// How many posts and pages have been read so far.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}

/// A file as it was read for the site, for one who looks at all of it afterwards.
#[derive(Debug)]
pub struct ReadFile {
    /// All of it, not its values alone.
    pub post: Post,
    /// What Jekyll makes of it; none of a page.
    pub reading: Option<Reading>,
}

/// Keeps files as they are read for the site, in the threads that read.
pub trait Keep: Sync {
    /// Whether it wants the file at a place in the list that is read: others are not parsed as a whole.
    fn wants(&self, place: usize) -> bool;

    /// Takes what was read of the file at a place.
    fn keep(&self, place: usize, read: ReadFile);
}

/// Is given what was read of one file.
type Kept<'k> = &'k dyn Fn(ReadFile);

/// How many files one thread reads before it gives what it has, at least and at most: it wakes the one who keeps it, and
/// of a small site no thread may be left without work.
const CHUNK: (usize, usize) = (32, 256);

/// In how many parts a site is read that is neither small nor large.
const CHUNKS: usize = 256;

/// Reads a whole site on all cores and gives it in steps, in the calling thread, as it is read. The posts come in no
/// order, and their anchors unread. One bad file never stops the rest.
pub fn scan(root: &Path, config: &Config, clock: &Clock, step: impl FnMut(Step)) {
    scan_files(root, config, clock, &all_files(root, config), step, None);
}

/// [`scan`] of [`all_files`]. `keep` is given what was read of the files that it wants, by their places in the list.
pub fn scan_files(
    root: &Path,
    config: &Config,
    clock: &Clock,
    files: &[SiteFile],
    mut step: impl FnMut(Step),
    keep: Option<&dyn Keep>,
) {
    let is_read = |file: &SiteFile| is_document(&file.kind) || file.kind == FileKind::Page;
    let posts: Vec<(usize, &SiteFile)> = files.iter().enumerate().filter(|(_, file)| is_read(file)).collect();
    let total = posts.len();
    let mut changes = shared(root, config, files);
    let copied = files.iter().filter(|file| file.kind == FileKind::Other);
    changes.extend(copied.map(|file| Change::File(file.path.clone(), None)));
    step(Step { changes, done: 0, total });
    // Bounded, so that what is read waits for what is kept and memory does not grow in between.
    let (send, receive) = mpsc::sync_channel::<Vec<Change>>(8);
    let folder = &Folder::open(root);
    let chunk = (total / CHUNKS).clamp(CHUNK.0, CHUNK.1);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // One at a time: what a thread has taken together is not shared any more when the others have no work left.
            posts.par_chunks(chunk).with_max_len(1).for_each_with(send, |send, files| {
                let change = |(place, file): &(usize, &SiteFile)| match keep.filter(|keep| keep.wants(*place))
                {
                    Some(keep) => change(folder, config, clock, file, Some(&|read| keep.keep(*place, read))),
                    None => change(folder, config, clock, file, None),
                };
                let changes = files.iter().map(change).collect();
                // The receiver is gone only where `step` panicked: then nobody wants the rest.
                let _ = send.send(changes);
            });
        });
        let mut done = 0;
        for changes in receive {
            done += changes.len();
            step(Step { changes, done, total });
        }
    });
    step(Step { changes: mentions::all(folder, files), done: total, total });
}

fn is_document(kind: &FileKind) -> bool {
    matches!(kind, FileKind::Post | FileKind::BadPostName | FileKind::Draft | FileKind::Collection(_))
}

/// What the site is to know of a file that is there.
fn change(
    folder: &Folder,
    config: &Config,
    clock: &Clock,
    file: &SiteFile,
    keep: Option<Kept<'_>>,
) -> Change {
    let record = if is_document(&file.kind) { document(folder, config, clock, file, keep) } else { None };
    match record {
        Some(record) => record,
        None if file.kind == FileKind::Page => {
            let page = || {
                let text =
                    begins_with_dashes(folder, &file.path).then(|| read_of(folder, &file.path).ok())??;
                let post = parse(text, keep.is_some());
                let page = Page::new(&post, &file.path, config, clock);
                keep.inspect(|keep| keep(ReadFile { post, reading: None }));
                page
            };
            Change::File(file.path.clone(), fault::catch(page).ok().flatten())
        }
        None if is_in_site(&file.path, config) => Change::File(file.path.clone(), None),
        None => Change::Remove(file.path.clone()),
    }
}

/// The record of one file; none for a file of a collection without front matter, which Jekyll only copies.
fn document(
    folder: &Folder,
    config: &Config,
    clock: &Clock,
    file: &SiteFile,
    keep: Option<Kept<'_>>,
) -> Option<Change> {
    let dropped = || PostRecord::dropped(&file.path, file.kind.clone());
    let collection = matches!(file.kind, FileKind::Collection(_));
    if file.kind == FileKind::BadPostName {
        return Some(Change::Put(dropped()));
    }
    if collection && !begins_with_dashes(folder, &file.path) {
        return None;
    }
    let text = match read_of(folder, &file.path) {
        Ok(text) => text,
        Err(_) => return Some(Change::Put(dropped())),
    };
    let read = || {
        let post = parse(text, keep.is_some());
        let reading = reading::read(&post, &file.path, config, clock);
        let record = PostRecord::of_reading(&post, &reading, file.path.clone(), file.kind.clone());
        keep.inspect(|keep| keep(ReadFile { post, reading: Some(reading) }));
        (!collection || record.status != Status::Dropped).then_some(record)
    };
    // A fault of ours in one post must not cost the author the others.
    fault::catch(read).unwrap_or_else(|_| Some(dropped())).map(Change::Put)
}

/// The post of a text: of all of it, or of its values, which is half of the work.
fn parse(text: Arc<str>, all: bool) -> Post {
    if all { Post::parse(text) } else { Post::parse_values(text) }
}

/// The anchors of the post at a path, on disk. A file that cannot be read may have any.
pub fn anchors(root: &Path, path: &str, config: &Config) -> AnchorSet {
    let text = read_shared(root, path).ok();
    let anchors = |text| fault::catch(|| AnchorSet::read(&Post::parse_values(text), path, config)).ok();
    text.and_then(anchors).unwrap_or(AnchorSet::Open)
}

fn begins_with_dashes(folder: &Folder, path: &str) -> bool {
    let mut start = [0; 6];
    let Ok(read) = open(folder, path).and_then(|(mut file, _)| file.read(&mut start)) else { return true };
    let start = &start[..read];
    start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).starts_with(b"---")
}

/// What has become of files and folders that may have changed: paths relative to the site's source, with `/`.
/// A configuration changes everything, so it is not looked at: read the whole site again.
pub fn reread<'p>(site: &Site, clock: &Clock, paths: impl IntoIterator<Item = &'p str>) -> Vec<Change> {
    let (root, config) = (site.root(), &**site.config());
    let folder = &Folder::open(root);
    let mut changes = Vec::new();
    let mut shared_changed = false;
    for path in paths {
        shared_changed |= is_shared(path, config) || GEMFILES.contains(&path) || path == SUBMODULES;
        let full = root.join(path);
        if path == settings::FILE {
            changes.push(Change::Settings(Box::new(own_settings(root))));
            let file = SiteFile { path: path.into(), kind: FileKind::Settings };
            changes.extend(mentions::of_file(folder, &file));
            continue;
        }
        match fs::metadata(&full) {
            Ok(on_disk) if on_disk.is_dir() && is_inside(root, &full) && !is_looped(root, &full) => {
                changes.extend(reread_folder(site, clock, path))
            }
            Ok(on_disk) if on_disk.is_file() && is_inside(root, &full) && !is_looped(root, &full) => {
                let file = SiteFile { path: path.into(), kind: classify(path, config) };
                changes.push(change(folder, config, clock, &file, None));
                changes.extend(mentions::of_file(folder, &file));
            }
            _ => changes.push(Change::Remove(path.into())),
        }
    }
    if shared_changed {
        changes.extend(shared(root, config, &files(root, config)));
    }
    changes
}

fn reread_folder(site: &Site, clock: &Clock, folder: &str) -> Vec<Change> {
    let (root, config) = (site.root(), &**site.config());
    let opened = &Folder::open(root);
    let files = if is_walked(folder, config) || folder.is_empty() {
        files_below(root, &root.join(folder), config)
    } else {
        Vec::new()
    };
    let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let is_here = |path: &Arc<str>| files.binary_search_by(|file| file.path.cmp(path)).is_ok();
    let posts = site.posts_from(&below).map(|post| &post.path);
    let known = posts.chain(site.files_from(&below).map(|(path, _)| path)).chain(site.mentioning(&below));
    let mut changes: Vec<Change> =
        known.filter(|path| !is_here(path)).map(|path| Change::Remove(path.clone())).collect();
    changes.par_extend(files.par_iter().map(|file| change(opened, config, clock, file, None)));
    changes.par_extend(files.par_iter().filter_map(|file| mentions::of_file(opened, file)));
    changes
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;

    fn clock() -> Clock {
        Clock { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC }
    }

    fn write(root: &Path, files: &[(&str, &[u8])]) {
        for (path, bytes) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    #[test]
    fn a_source_folder_has_its_configuration_above_it() {
        let dir = TempDir::new().unwrap();
        let root = dir.path().canonicalize().unwrap();
        write(
            &root,
            &[
                ("_config.yml", b"source: ./src/\ntimezone: Asia/Tokyo\n"),
                ("src/_posts/2024-01-15-a.md", b"---\n---\n"),
                ("README.md", b""),
            ],
        );
        let source = root.join("src");
        assert_eq!(find_root(&source.join("_posts/2024-01-15-a.md")), Some(source.clone()));
        assert_eq!(find_root(&root.join("_config.yml")), Some(source.clone()));
        assert_eq!(home(&source), root);
        assert_eq!(config(&source).0.timezone.as_deref(), Some("Asia/Tokyo"));
        assert_eq!(governing(&source, &root.join("_config.yml")), Some("_config.yml"));
        assert_eq!(governing(&source, &root.join("README.md")), None);
        assert_eq!(paths(&scanned(&source)), ["_posts/2024-01-15-a.md false"]);
        for out in ["../out", "/", "none", "."] {
            write(&root, &[("_config.yml", format!("source: {out}\n").as_bytes())]);
            assert_eq!(find_root(&source.join("a.md")), Some(root.clone()), "{out}");
        }
    }

    fn scanned(root: &Path) -> Site {
        let (config, _) = config(root);
        let mut site = Site::new(root.to_owned(), config.clone());
        scan(root, &config, &clock(), |step| site.extend(step.changes));
        site
    }

    fn paths(site: &Site) -> Vec<String> {
        site.posts().map(|post| format!("{} {:?}", post.path, post.status == Status::Dropped)).collect()
    }

    fn linkable(site: &Site) -> Vec<String> {
        site.files_from("").map(|(path, page)| format!("{path} {page:?}")).collect()
    }

    const POST: &[u8] = b"---\ntitle: x\n---\n";

    #[test]
    fn a_site_is_read_with_its_layouts_and_authors() {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("私の ブログ");
        write(
            &root,
            &[
                ("_posts/2024-01-15-春　の.md", POST),
                ("_posts/2024-01-16-sjis.md", b"---\ntitle: \x93\xfa\x96\x7b\n---\n"),
                ("旅/_drafts/idea.md", b"no front matter"),
                ("_site/_posts/2024-01-15-a.md", POST),
                ("node_modules/a/_posts/2024-01-15-a.md", POST),
                (".git/_posts/2024-01-15-a.md", POST),
                (".gitignore", b"_posts"),
                ("about.md", POST),
                ("plain.md", b"no front matter"),
                ("assets/図 1.png", b""),
                ("_layouts/post.html", b""),
                ("_layouts/base/wide.html", b""),
                ("_includes/note.md", b""),
                ("_data/authors.yml", "hanako:\n  name: 山田花子\ntaro: 太郎\n".as_bytes()),
                ("_data/authors/jiro.yml", b"name: [unclosed"),
            ],
        );
        let site = scanned(&root);
        let page = r#" Some(Page { url: Some("/about.html"), title: "x", place: 0..3, anchors: These([]) })"#;
        assert_eq!(linkable(&site), [&format!("about.md{page}"), "assets/図 1.png None", "plain.md None"]);
        let expected = [
            "_posts/2024-01-15-春　の.md false",
            "_posts/2024-01-16-sjis.md true",
            "旅/_drafts/idea.md false",
        ];
        assert_eq!(paths(&site), expected);
        assert_eq!(site.layouts().iter().map(|name| &**name).collect::<Vec<_>>(), ["base/wide", "post"]);
        assert_eq!(site.includes().len(), 1);
        let authors: Vec<_> =
            site.authors().iter().map(|author| (&*author.key, author.name.as_deref())).collect();
        assert_eq!(authors, [("hanako", Some("山田花子")), ("taro", Some("太郎")), ("jiro", None)]);
        assert_eq!(find_root(&root.join("旅/_drafts/idea.md")), Some(root.join("旅")));
    }

    struct Keeper<'k> {
        root: &'k Path,
        files: &'k [SiteFile],
        kept: std::sync::Mutex<Vec<(String, bool)>>,
    }

    impl Keep for Keeper<'_> {
        fn wants(&self, place: usize) -> bool {
            self.files[place].kind != FileKind::Draft
        }

        fn keep(&self, place: usize, read: ReadFile) {
            let path = self.files[place].path.to_string();
            assert_eq!(*read.post.text, *fs::read_to_string(self.root.join(&path)).unwrap());
            self.kept.lock().unwrap().push((path, read.reading.is_some()));
        }
    }

    #[test]
    fn what_is_read_is_given_with_its_place_and_makes_the_same_site() {
        let folder = TempDir::new().unwrap();
        let root = folder.path();
        let block = "layout: post\ntags:\n- 日記\n- \"AI\"\ncategories: [a, 'b']\nreading_time: 2\n";
        let healthy = format!("---\n{block}---\n# 春\n\n本文\n");
        write(
            root,
            &[
                ("_posts/2024-01-15-a.md", healthy.as_bytes()),
                ("_posts/2024-01-16-b.md", healthy.replace("'b']", "'b'").as_bytes()),
                ("_posts/no-date.md", POST),
                ("_drafts/idea.md", POST),
                ("about.md", healthy.as_bytes()),
                ("image.png", b""),
            ],
        );
        let (config, files) = (Config::default(), all_files(root, &Config::default()));
        let keeper = Keeper { root, files: &files, kept: std::sync::Mutex::default() };
        let mut site = Site::new(root.to_owned(), config.clone());
        scan_files(root, &config, &clock(), &files, |step| site.extend(step.changes), Some(&keeper));
        let usual = scanned(root);
        assert_eq!(site.posts().collect::<Vec<_>>(), usual.posts().collect::<Vec<_>>());
        assert_eq!(linkable(&site), linkable(&usual));
        let mut kept = keeper.kept.into_inner().unwrap();
        kept.sort_unstable();
        let expected =
            [("_posts/2024-01-15-a.md", true), ("_posts/2024-01-16-b.md", true), ("about.md", false)];
        assert_eq!(kept, expected.map(|(path, has_reading)| (path.to_owned(), has_reading)));
    }

    #[test]
    fn steps_grow_to_the_total() {
        let folder = TempDir::new().unwrap();
        for post in 0..300 {
            write(folder.path(), &[(&format!("_posts/2024-01-15-{post}.md"), POST)]);
        }
        let mut steps = Vec::new();
        scan(folder.path(), &Config::default(), &clock(), |step| steps.push((step.done, step.total)));
        assert_eq!((steps.first(), steps.last()), (Some(&(0, 300)), Some(&(300, 300))));
        assert!(steps.len() > 2 && steps.is_sorted());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_site_only() {
        use std::os::unix::fs::symlink;
        let (folder, outside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let root = folder.path();
        write(outside.path(), &[("2024-01-15-secret.md", POST)]);
        write(root, &[("_posts/2024-01-15-a.md", POST)]);
        symlink(outside.path(), root.join("_posts/out")).unwrap();
        symlink(outside.path().join("2024-01-15-secret.md"), root.join("_posts/2024-01-15-out.md")).unwrap();
        symlink(root.join("_posts"), root.join("_posts/loop")).unwrap();
        symlink("2024-01-15-a.md", root.join("_posts/2024-01-15-b.md")).unwrap();
        let site = scanned(root);
        assert_eq!(paths(&site), ["_posts/2024-01-15-a.md false", "_posts/2024-01-15-b.md false"]);
        let odd = [
            "_posts/2024-01-15-out.md",
            "_posts/out",
            "_posts",
            "_posts/loop",
            "_posts/loop/2024-01-15-a.md",
        ];
        let changes = reread(&site, &clock(), odd);
        assert_eq!(paths(&site.apply(changes)), paths(&site));
    }

    /// Nothing that is no plain file is read, wherever it lies: a pipe would hold us up for ever.
    #[cfg(unix)]
    #[test]
    fn pipes_folders_and_dangling_links_hold_up_nothing() {
        use std::os::unix::fs::symlink;
        let (folder, outside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let root = folder.path();
        write(root, &[("_posts/2024-01-15-a.md", POST)]);
        fs::create_dir(root.join("_posts/2024-01-15-folder.md")).unwrap();
        write(
            outside.path(),
            &[("_config.yml", b"title: secret\n"), ("masthead.toml", b"required-keys = [\"x\"]\n")],
        );
        let pipe = |name: &str| {
            let made = std::process::Command::new("mkfifo").arg(root.join(name)).status().unwrap();
            assert!(made.success());
        };
        pipe("_posts/2024-01-15-pipe.md");
        symlink("nowhere", root.join("_posts/2024-01-15-dangling.md")).unwrap();
        symlink("2024-01-15-loop.md", root.join("_posts/2024-01-15-loop.md")).unwrap();
        symlink("/dev/zero", root.join("_posts/2024-01-15-zero.md")).unwrap();
        let site = scanned(root);
        assert_eq!(paths(&site), ["_posts/2024-01-15-a.md false"]);
        let odd =
            ["pipe", "dangling", "loop", "zero", "folder"].map(|name| format!("_posts/2024-01-15-{name}.md"));
        let changes = reread(&site, &clock(), odd.iter().map(String::as_str));
        assert_eq!(paths(&site.apply(changes)), paths(&site));
        for name in odd {
            assert!(matches!(read(root, &name), Err(Unread::Io(_))), "{name}");
        }
        for name in ["_config.yml", settings::FILE] {
            pipe(name);
            assert!(matches!(read_top(root, name), Err(Unread::Io(_))), "{name}");
        }
        assert!(config(root).1.is_some());
        for name in ["_config.yml", settings::FILE] {
            fs::remove_file(root.join(name)).unwrap();
            symlink(outside.path().join(name), root.join(name)).unwrap();
            assert!(matches!(read_top(root, name), Err(Unread::Io(_))), "{name}");
        }
        assert!(config(root).1.is_some_and(|error| error.message.contains("out of the site")));
        assert_eq!(own_settings(root), settings::Settings::default());
    }

    /// What can happen on a disk: a file is written or goes, a folder goes or gets another name.
    #[derive(Clone, Debug)]
    enum Event {
        Write(usize),
        Delete(usize),
        DeleteFolder(usize),
        Rename(usize, usize),
    }

    const FOLDERS: [&str; 5] = ["_posts", "_posts/a", "_posts/a/b", "en/_posts", "en/図"];

    fn event() -> impl Strategy<Value = Event> {
        let folder = || 0..FOLDERS.len();
        prop_oneof![
            4 => (0..16usize).prop_map(Event::Write),
            2 => (0..16usize).prop_map(Event::Delete),
            1 => folder().prop_map(Event::DeleteFolder),
            1 => (folder(), folder()).prop_map(|(from, to)| Event::Rename(from, to)),
        ]
    }

    /// Does it, as far as it can be done, and gives the paths that a watcher would name.
    fn happen(root: &Path, event: &Event) -> Vec<String> {
        let file = |n: &usize| format!("{}/2024-01-15-{n}.md", FOLDERS[n % FOLDERS.len()]);
        match event {
            Event::Write(n) => write(root, &[(&file(n), POST)]),
            Event::Delete(n) => drop(fs::remove_file(root.join(file(n)))),
            Event::DeleteFolder(n) => drop(fs::remove_dir_all(root.join(FOLDERS[*n]))),
            Event::Rename(from, to) => drop(fs::rename(root.join(FOLDERS[*from]), root.join(FOLDERS[*to]))),
        }
        match event {
            // Some watchers name the folder only.
            Event::Delete(n) if n % 8 < 4 => vec![FOLDERS[n % FOLDERS.len()].into()],
            Event::Write(n) | Event::Delete(n) => vec![file(n)],
            Event::DeleteFolder(n) => vec![FOLDERS[*n].into()],
            Event::Rename(from, to) => vec![FOLDERS[*from].into(), FOLDERS[*to].into()],
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_storm_of_events_ends_as_a_fresh_read(events in prop::collection::vec(event(), 0..24)) {
            let folder = TempDir::new().unwrap();
            let mut site = scanned(folder.path());
            for event in events {
                let changed = happen(folder.path(), &event);
                let changes = reread(&site, &clock(), changed.iter().map(String::as_str));
                site = site.apply(changes);
            }
            let fresh = scanned(folder.path());
            prop_assert_eq!(paths(&site), paths(&fresh));
            prop_assert_eq!(linkable(&site), linkable(&fresh));
        }
    }
}
