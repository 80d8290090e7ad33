//! From the paths on the command line to sites and their files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::jekyll::Config;
use crate::rules;
use crate::site::scan::{self, SiteFile};
use crate::site::{FileKind, paths, settings};

/// A site and those of its files that are to be checked.
pub(super) struct Target {
    /// The source folder, absolute.
    pub(super) root: PathBuf,
    /// Its configuration.
    pub(super) config: Config,
    /// All files of the site, as [`scan::all_files`] gives them.
    pub(super) walked: Vec<SiteFile>,
    /// Those that are to be checked, by path.
    pub(super) files: Vec<Wanted>,
    /// True for a file outside any site: nothing else is read then.
    pub(super) lone: bool,
}

/// A file that is to be checked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The file.
    pub(super) file: SiteFile,
    /// Its place in [`Target::walked`]; none for one that is not of the site.
    pub(super) place: Option<usize>,
}

/// The sites that the paths belong to, by their folders. Without a path it is the current folder.
///
/// # Errors
/// A path that does not exist, and a configuration that cannot be read: in words for the user.
pub(super) fn sites(named: &[PathBuf]) -> Result<Vec<Target>, String> {
    let current = [PathBuf::from(".")];
    let named = if named.is_empty() { &current } else { named };
    let mut wanted: BTreeMap<(PathBuf, bool), Vec<PathBuf>> = BTreeMap::new();
    for name in named {
        let path = name.canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                format!("{} does not exist. Give a site's folder, a folder in it or a post.", name.display())
            }
            _ => format!("{} cannot be read: {error}.", name.display()),
        })?;
        let root = root(&path);
        let lone = root.is_none() && path.is_file();
        let root = root.unwrap_or_else(|| {
            let folder = if lone { path.parent() } else { None };
            folder.unwrap_or(&path).to_owned()
        });
        wanted.entry((root, lone)).or_default().push(path);
    }
    wanted.into_iter().map(|((root, lone), paths)| target(root, lone, &paths)).collect()
}

/// The site of a file or a folder: as a server finds it for a document.
fn root(path: &Path) -> Option<PathBuf> {
    if path.is_dir() { scan::find_root(&path.join("a document in it")) } else { scan::find_root(path) }
}

fn target(root: PathBuf, lone: bool, wanted: &[PathBuf]) -> Result<Target, String> {
    if lone {
        let files = wanted.iter().filter_map(|path| lone_file(&root, path));
        let mut files: Vec<Wanted> = files.map(|file| Wanted { file, place: None }).collect();
        files.sort_by(|a, b| a.file.path.cmp(&b.file.path));
        files.dedup();
        return Ok(Target { root, config: Config::default(), walked: Vec::new(), files, lone });
    }
    let (config, is_broken) = config(&root)?;
    let walked = scan::all_files(&root, &config);
    let is_ruled = |file: &SiteFile| rules::of_kind(&file.kind).next().is_some();
    let is_wanted = |file: &SiteFile| {
        let path = on_disk(&root, &file.path);
        // All that is said of a post stands on the configuration.
        let is_cause = is_broken && file.kind == FileKind::Config;
        is_ruled(file) && (is_cause || wanted.iter().any(|wanted| path.starts_with(wanted)))
    };
    let is_all = wanted.iter().any(|wanted| root.starts_with(wanted));
    let is_own = |file: &SiteFile| if is_all { is_ruled(file) } else { is_wanted(file) };
    let own = walked.iter().enumerate().filter(|(_, file)| is_own(file));
    let mut files: Vec<Wanted> =
        own.map(|(place, file)| Wanted { file: file.clone(), place: Some(place) }).collect();
    let beside = files_beside(&root).into_iter().filter(is_wanted);
    files.extend(beside.map(|file| Wanted { file, place: None }));
    for path in wanted.iter().filter(|path| path.is_file()) {
        // Whoever names a file wants it checked, also one that Jekyll would not read.
        let known = |known: &Wanted| root.join(&*known.file.path) == **path;
        if let Some(relative) = paths::relative(&root, path)
            && paths::classify(&relative, &config) == FileKind::Other
            && !files.iter().any(known)
        {
            let file = SiteFile { path: relative.into(), kind: FileKind::Page };
            files.push(Wanted { file, place: None });
        }
    }
    files.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    Ok(Target { root, config, walked, files, lone })
}

/// The configuration and `masthead.toml` of a site whose source is another folder than theirs.
fn files_beside(root: &Path) -> Vec<SiteFile> {
    let home = scan::home(root);
    let Ok(below) = root.strip_prefix(&home) else { return Vec::new() };
    let up = "../".repeat(below.components().count());
    let names = [(scan::config_name(root), FileKind::Config), (settings::FILE, FileKind::Settings)];
    let there = names.into_iter().filter(|(name, _)| !up.is_empty() && home.join(name).is_file());
    there.map(|(name, kind)| SiteFile { path: format!("{up}{name}").into(), kind }).collect()
}

/// The file at a path that may begin with `../`: a configuration beside the source folder.
pub(super) fn on_disk(root: &Path, path: &str) -> PathBuf {
    match (path.strip_prefix("../"), root.parent()) {
        (Some(rest), Some(above)) => on_disk(above, rest),
        _ => root.join(path),
    }
}

/// A file outside any site: a post if it has the name of one.
fn lone_file(root: &Path, path: &Path) -> Option<SiteFile> {
    let name = paths::relative(root, path)?;
    let post = paths::classify(&format!("_posts/{name}"), &Config::default()) == FileKind::Post;
    let kind = if post { FileKind::Post } else { FileKind::Page };
    Some(SiteFile { path: name.into(), kind })
}

/// The configuration, and whether it has mistakes for which it does not load: these are findings in its own file.
fn config(root: &Path) -> Result<(Config, bool), String> {
    let (config, error) = scan::config(root);
    let Some(error) = error else { return Ok((config, false)) };
    match scan::read_top(&scan::home(root), scan::config_name(root)) {
        Ok(_) => Ok((config, true)),
        Err(_) => {
            let file = scan::config_file(root);
            Err(format!("{} cannot be used: {}. Mend it and run this again.", file.display(), error.message))
        }
    }
}
