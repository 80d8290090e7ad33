//! Which files a site has, in parallel. No link is followed out of its folder.

use std::path::Path;
use std::sync::{Arc, mpsc};

use ignore::{DirEntry, WalkBuilder, WalkState};
use rayon::slice::ParallelSliceMut;

use crate::jekyll::Config;
use crate::site::paths::{FileKind, classify, is_in_site, is_walked, relative};

/// A file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Relative to the site's source, with `/`.
    pub path: Arc<str>,
    /// What it is; [`FileKind::Other`] where Jekyll only copies it.
    pub kind: FileKind,
}

/// All files of a site that are ours to read, by path. A folder that cannot be read is passed over.
pub fn files(root: &Path, config: &Config) -> Vec<SiteFile> {
    let mut files = all_files(root, config);
    files.retain(|file| file.kind != FileKind::Other);
    files
}

/// All files of a site, by path: also those that Jekyll only copies.
pub fn all_files(root: &Path, config: &Config) -> Vec<SiteFile> {
    files_below(root, root, config)
}

pub(super) fn files_below(root: &Path, folder: &Path, config: &Config) -> Vec<SiteFile> {
    let (send, receive) = mpsc::channel();
    let (own_root, own_config) = (root.to_owned(), config.clone());
    // Jekyll knows nothing of .gitignore, so all filters are off but ours.
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .follow_links(true)
        .filter_entry(move |entry| is_ours(entry, &own_root, &own_config))
        .build_parallel();
    walk.run(|| {
        let send = send.clone();
        Box::new(move |entry| {
            let Ok(entry) = entry else { return WalkState::Continue };
            if entry.file_type().is_some_and(|kind| kind.is_file())
                && let Some(path) = relative(root, entry.path())
            {
                let kind = classify(&path, config);
                let is_ours = kind != FileKind::Other || is_in_site(&path, config);
                if is_ours && send.send(SiteFile { path: path.into(), kind }).is_err() {
                    return WalkState::Quit;
                }
            }
            WalkState::Continue
        })
    });
    drop(send);
    let mut files: Vec<SiteFile> = receive.into_iter().collect();
    files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    files
}

fn is_ours(entry: &DirEntry, root: &Path, config: &Config) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    let followed = !entry.path_is_symlink() || is_inside(root, entry.path());
    let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    followed && (!folder || relative(root, entry.path()).is_some_and(|path| is_walked(&path, config)))
}

pub(super) fn is_inside(root: &Path, path: &Path) -> bool {
    matches!((root.canonicalize(), path.canonicalize()), (Ok(root), Ok(path)) if path.starts_with(&root))
}

/// Whether a path leads through a link to a folder that the link lies in: a walk stops there, and so does a later look.
pub(super) fn is_looped(root: &Path, path: &Path) -> bool {
    let folders = path.ancestors().take_while(|folder| *folder != root);
    folders.filter(|folder| folder.is_symlink()).any(|link| {
        let from = link.parent().and_then(|parent| parent.canonicalize().ok());
        matches!((from, link.canonicalize()), (Some(from), Ok(to)) if from.starts_with(&to))
    })
}
