//! What has been quick lately: the thread that reads messages does such work itself where it is light
//! ([`super::state::State::is_light`]), since an author waits for each further thread that a key goes through. What has been
//! slow goes to a thread for work, or the next messages would wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The longest that quick work takes: less than from one picture on the screen to the next.
const QUICK: Duration = Duration::from_millis(4);

/// How work of one kind went the last time. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Lately {
    was_slow: Arc<AtomicBool>,
}

impl Lately {
    /// Whether it was quick, or there was none yet.
    pub(super) fn was_quick(&self) -> bool {
        !self.was_slow.load(Ordering::Relaxed)
    }

    /// Does work of this kind.
    pub(super) fn time<T>(&self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.was_slow.store(start.elapsed() > QUICK, Ordering::Relaxed);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_time_counts() {
        let lately = Lately::default();
        assert!(lately.was_quick());
        lately.time(|| std::thread::sleep(QUICK));
        assert!(!lately.clone().was_quick());
        // A machine may be held up once.
        let quick = std::iter::repeat_with(|| lately.time(|| ())).take(100).any(|()| lately.was_quick());
        assert!(quick);
    }
}
