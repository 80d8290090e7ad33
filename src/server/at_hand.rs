//! A thread that stands ready for what is asked at every key.
//!
//! Those of tokio for work take turns: each key came to one that had slept the longest, and found nothing of what it
//! needs near its processor.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::STACK_BYTES;

type Work = Box<dyn FnOnce() + Send>;

/// The way to the thread, which ends when this is dropped and its work is done.
#[derive(Debug)]
pub(super) struct AtHand {
    work: Sender<Work>,
    is_free: Arc<AtomicBool>,
    /// Closed when the thread ends.
    alive: oneshot::Receiver<()>,
}

impl AtHand {
    /// Starts the thread, in whose work tasks can be spawned.
    ///
    /// # Errors
    /// No thread to be had.
    pub(super) fn start() -> io::Result<Self> {
        let (work, queue) = mpsc::channel::<Work>();
        let is_free = Arc::new(AtomicBool::new(true));
        let done = is_free.clone();
        let (here, (lives, alive)) = (Handle::current(), oneshot::channel());
        let thread = thread::Builder::new().name("answers".into()).stack_size(STACK_BYTES);
        thread.spawn(move || {
            let (_lives, _context) = (lives, here.enter());
            for work in queue {
                work();
                done.store(true, Ordering::Release);
            }
        })?;
        Ok(AtHand { work, is_free, alive })
    }

    /// Has work done there, which must not panic. Gives it back where the thread has work already.
    pub(super) fn take<W: FnOnce() + Send + 'static>(&self, work: W) -> Result<(), W> {
        if !self.is_free.swap(false, Ordering::Acquire) {
            return Err(work);
        }
        // The thread is there as long as this is.
        drop(self.work.send(Box::new(work)));
        Ok(())
    }

    /// Waits until its work is done.
    pub(super) async fn end(self) {
        drop(self.work);
        let _ = self.alive.await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_finds_it_at_work_gets_the_work_back() {
        let hand = AtHand::start().unwrap();
        let ((go_on, wait), (done, is_done)) = (mpsc::channel::<()>(), mpsc::channel());
        let work = move || {
            wait.recv().unwrap();
            tokio::spawn(async move { done.send(true) });
        };
        assert!(hand.take(work).is_ok());
        assert!(hand.take(|| ()).is_err());
        go_on.send(()).unwrap();
        while is_done.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        while hand.take(|| ()).is_err() {
            thread::yield_now();
        }
        hand.end().await;
    }
}
