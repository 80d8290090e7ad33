//! The files of a site with their times and lengths: what a server looks at that nobody tells of changes.

use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use crate::site::{Site, scan};

/// What a folder held at one moment, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing(Vec<(Arc<str>, Stamp)>);

/// When a file was changed, where the disk says so, and its length in bytes.
type Stamp = (Option<SystemTime>, u64);

impl Listing {
    /// Looks at every file of a site.
    pub fn take(site: &Site) -> Self {
        let stamp = |path: &str| {
            let metadata = std::fs::metadata(site.root().join(path)).ok()?;
            Some((metadata.modified().ok(), metadata.len()))
        };
        let files = scan::all_files(site.root(), site.config());
        let mut stamped: Vec<_> =
            files.into_par_iter().filter_map(|file| Some((stamp(&file.path)?, file.path))).collect();
        stamped.sort_unstable_by(|a, b| a.1.cmp(&b.1));
        Listing(stamped.into_iter().map(|(stamp, path)| (path, stamp)).collect())
    }

    /// The paths that are new, gone or different.
    pub fn changed_since(&self, before: &Listing) -> Vec<String> {
        let new = self.0.iter().filter(|(path, stamp)| before.stamp(path) != Some(stamp));
        let gone = before.0.iter().filter(|(path, _)| self.stamp(path).is_none());
        new.chain(gone).map(|(path, _)| path.to_string()).collect()
    }

    fn stamp(&self, path: &Arc<str>) -> Option<&Stamp> {
        let at = self.0.binary_search_by(|file| file.0.cmp(path)).ok()?;
        self.0.get(at).map(|file| &file.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_gone_and_different_files_are_told() {
        let listing = |files: &[(&str, u64)]| {
            Listing(files.iter().map(|(path, length)| (Arc::from(*path), (None, *length))).collect())
        };
        let before = listing(&[("a", 1), ("b", 1), ("c", 1)]);
        let now = listing(&[("b", 1), ("c", 2), ("d", 1)]);
        assert_eq!(now.changed_since(&before), ["c", "d", "a"]);
        assert_eq!(before.changed_since(&before), [""; 0]);
    }
}
