//! What the files of a site name, read from the disk.

use rayon::prelude::*;

use super::read::{Folder, read_front_matter, read_of};
use super::walk::SiteFile;
use crate::fault;
use crate::site::mentions::{can_mention, kind_in, names};
use crate::site::{Change, FileKind};

/// The changes that the first read of a site brings: those of the files that name a term, and of all data files.
pub(super) fn all(folder: &Folder, files: &[SiteFile]) -> Vec<Change> {
    let read = |file: &SiteFile| match of_file(folder, file)? {
        Change::Mentions(_, names) if names.is_empty() && file.kind != FileKind::Data => None,
        change => Some(change),
    };
    files.par_iter().filter_map(read).collect()
}

/// What a file names now; none where it is not one that is looked at. Documents of a collection are, where the
/// collection or a folder is called after tags or categories: what the others use is in their records.
pub(super) fn of_file(folder: &Folder, file: &SiteFile) -> Option<Change> {
    let folders = file.path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let looked_at = match file.kind {
        FileKind::Collection(_) => folders.split('/').any(|folder| kind_in(folder).is_some()),
        _ => true,
    };
    if !looked_at || !can_mention(&file.path, &file.kind) {
        return None;
    }
    let text = match file.kind {
        FileKind::Page | FileKind::Collection(_) => read_front_matter(folder, &file.path),
        _ => read_of(folder, &file.path),
    };
    // A fault of ours in one file must not cost the author the others.
    let names = fault::catch(|| names(&file.path, &file.kind, &text.unwrap_or_default()));
    Some(Change::Mentions(file.path.clone(), names.unwrap_or_default()))
}
