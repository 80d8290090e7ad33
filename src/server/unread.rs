//! Files that have changed on disk and wait to be read again. However many notices tell of them, one thread reads at a
//! time, and the next one takes all that has come meanwhile.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The files that wait.
#[derive(Debug, Default)]
pub struct Unread {
    waiting: Mutex<Vec<PathBuf>>,
    turn: Mutex<()>,
}

impl Unread {
    /// Adds files. True where somebody must be sent to read them, with [`Unread::read`]: else one is on the way.
    pub fn add(&self, paths: impl IntoIterator<Item = PathBuf>) -> bool {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let nobody = waiting.is_empty();
        waiting.extend(paths);
        nobody && !waiting.is_empty()
    }

    /// Waits until what has come before is read: [`Unread::read`] where something waits or is being read, else nothing.
    /// For a thread for work.
    pub fn settle(&self, read: impl FnOnce(&[PathBuf])) -> bool {
        let waits = || !self.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        let is_busy = self.turn.try_lock().is_err() || waits();
        if is_busy {
            self.read(read);
        }
        is_busy
    }

    /// Waits for its turn and reads all that waits then, each file once. For a thread for work.
    pub fn read(&self, read: impl FnOnce(&[PathBuf])) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut paths = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        paths.sort_unstable();
        paths.dedup();
        read(&paths);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reads_for_all_who_come_before_its_turn() {
        let unread = Unread::default();
        assert!(!unread.add([]));
        assert!(unread.add(["a".into()]));
        assert!(!unread.add(["b".into(), "a".into()]));
        let mut seen = Vec::new();
        unread.read(|paths| {
            seen.extend_from_slice(paths);
            // What comes while one reads is for the next.
            assert!(unread.add(["c".into()]));
            assert!(!unread.add(["d".into()]));
        });
        unread.read(|paths| seen.extend_from_slice(paths));
        assert_eq!(seen, ["a", "b", "c", "d"].map(PathBuf::from));
    }
}
