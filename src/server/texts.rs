//! The texts of a site's files: as the editor has them, else as the disk has them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::sites::Buffer;
use super::versions::DocumentVersion;
use crate::jekyll::Config;
use crate::site::scan::{self, Folder};
use crate::site::{FileKind, Site, paths};

/// The files of one site at one moment.
#[derive(Debug)]
pub struct SiteTexts {
    root: PathBuf,
    /// That, opened when many of its files are first asked for.
    folder: OnceLock<Folder>,
    config: Arc<Config>,
    open: HashMap<Arc<str>, Arc<DocumentVersion>>,
    whole: bool,
}

impl SiteTexts {
    /// The files of a site with these buffers; `whole` tells whether all of it has been read.
    pub fn new(site: &Site, buffers: impl IntoIterator<Item = Buffer>, whole: bool) -> Self {
        let open = buffers.into_iter().map(|buffer| (buffer.path, buffer.document));
        // Of two for one path the later counts.
        SiteTexts {
            root: site.root().to_owned(),
            folder: OnceLock::new(),
            config: site.config().clone(),
            open: open.collect(),
            whole,
        }
    }

    /// Whether all files of the site are known.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The site's source folder; empty for a lone file.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the file at a path relative to the source is: `_config.yml` and `masthead.toml` may lie beside the source.
    pub fn file(&self, path: &str) -> PathBuf {
        scan::folder_of(&self.root, path).join(path)
    }

    /// The open document at a path relative to the source.
    pub fn document(&self, path: &str) -> Option<&Arc<DocumentVersion>> {
        self.open.get(path)
    }

    /// All that is open.
    pub fn documents(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<DocumentVersion>)> {
        self.open.iter()
    }

    /// The whole text of the file at a path relative to the source. Reads the disk.
    pub fn whole(&self, path: &str) -> Option<Arc<str>> {
        match self.open.get(path) {
            Some(document) => Some(document.analysis().post.text.clone()),
            None if self.root.as_os_str().is_empty() => None,
            None => scan::read_shared(&scan::folder_of(&self.root, path), path).ok(),
        }
    }

    /// The text of the file at a path relative to the source; of a post that is not open no more than its front
    /// matter, where it has one. Reads the disk.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        if let Some(document) = self.open.get(path) {
            return Some(document.analysis().post.text.clone());
        }
        if self.root.as_os_str().is_empty() {
            return None;
        }
        let read = match paths::classify(path, &self.config) {
            FileKind::Post | FileKind::Draft => {
                scan::read_front_matter(self.folder.get_or_init(|| Folder::open(&self.root)), path)
            }
            _ => scan::read_shared(&scan::folder_of(&self.root, path), path),
        };
        read.ok()
    }
}
