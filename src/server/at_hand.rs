//! A thread that stands ready for what is asked at every key.
//!
//! Those of tokio for work take turns: each key came to one that had slept the longest, and found nothing of what it
//! needs near its processor. So one of them stays while keys come, and ends as they do when none has come for a while:
//! what it has freed goes back to the system only then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

use tokio::task::JoinSet;

use super::IDLE_WORK;

type Work = Box<dyn FnOnce() + Send>;

/// The way to the thread.
#[derive(Debug)]
pub(super) struct AtHand {
    /// Nobody receives where there is no thread.
    work: Sender<Work>,
    is_free: Arc<AtomicBool>,
}

impl AtHand {
    /// A way without a thread yet.
    pub(super) fn new() -> Self {
        AtHand { work: channel().0, is_free: Arc::new(AtomicBool::new(true)) }
    }

    /// Has work done there, which must not panic; where there is no thread, one of `tasks` becomes it. Gives the work back
    /// where the thread is at work.
    pub(super) fn take<W>(&mut self, work: W, tasks: &mut JoinSet<()>) -> Result<(), W>
    where
        W: FnOnce() + Send + 'static,
    {
        if !self.is_free.swap(false, Ordering::Acquire) {
            return Err(work);
        }
        if let Err(left) = self.work.send(Box::new(work)) {
            let (sender, queue) = channel();
            // It is received: the queue is here.
            let _ = sender.send(left.0);
            self.work = sender;
            let is_free = self.is_free.clone();
            tasks.spawn_blocking(move || work_until_idle(queue, &is_free));
        }
        Ok(())
    }
}

fn work_until_idle(queue: Receiver<Work>, is_free: &AtomicBool) {
    loop {
        match queue.recv_timeout(IDLE_WORK) {
            Ok(work) => {
                work();
                is_free.store(true, Ordering::Release);
            }
            // Somebody has taken the thread, and the work is on its way.
            Err(RecvTimeoutError::Timeout) if !is_free.swap(false, Ordering::Acquire) => {}
            Err(_) => break,
        }
    }
    drop(queue);
    is_free.store(true, Ordering::Release);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_finds_it_at_work_gets_the_work_back() {
        let (mut hand, mut tasks) = (AtHand::new(), JoinSet::new());
        let ((go_on, wait), (done, is_done)) = (channel::<()>(), channel());
        let work = move || {
            wait.recv().unwrap();
            done.send(std::thread::current().id()).unwrap();
        };
        assert!(hand.take(work, &mut tasks).is_ok());
        assert!(hand.take(|| (), &mut tasks).is_err());
        go_on.send(()).unwrap();
        let first = is_done.recv().unwrap();
        let (done, is_done) = channel();
        let mut next = move || done.send(std::thread::current().id()).unwrap();
        while let Err(left) = hand.take(next, &mut tasks) {
            next = left;
        }
        assert_eq!(is_done.recv(), Ok(first), "it is the same thread");
        drop(hand);
        assert_eq!(tasks.len(), 1);
        tasks.join_next().await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn it_ends_when_nothing_has_come_and_begins_again() {
        let (mut hand, mut tasks) = (AtHand::new(), JoinSet::new());
        for _ in 0..2 {
            let (done, is_done) = channel();
            assert!(hand.take(move || done.send(()).unwrap(), &mut tasks).is_ok());
            is_done.recv().unwrap();
            tasks.join_next().await.unwrap().unwrap();
        }
    }
}
