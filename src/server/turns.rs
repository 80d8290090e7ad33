//! Who goes first: what an author waits for under the cursor comes before findings. Both want the site with the newest
//! texts and the same few processors; side by side each makes it for itself and neither is sooner.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

/// How long findings let the answers to requests go first.
const LONGEST: Duration = Duration::from_millis(100);

/// How long those of a text that is being typed wait behind an answer: who has asked asks again soon, for more about an
/// item of the list or at the next key. A thread that is at work by then is not interrupted by some systems for
/// milliseconds.
const BEHIND: Duration = Duration::from_millis(2);

/// Whether a request goes before findings: what an author waits for at the cursor or an editor draws with the text, but
/// not what may wait for the whole site to be read.
pub(super) fn goes_first(method: &str) -> bool {
    match method.strip_prefix("textDocument/") {
        Some(about) => !matches!(about, "diagnostic" | "references" | "definition" | "rename"),
        None => method == "completionItem/resolve",
    }
}

/// The requests that are being answered.
#[derive(Debug, Default)]
pub struct Turns {
    requests: watch::Sender<Requests>,
}

#[derive(Debug, Default)]
struct Requests {
    running: usize,
    last_end: Option<Instant>,
}

/// The turn of one request. It ends when the answer is on the wire: what is worked on before takes the processor from
/// the thread that writes.
#[derive(Debug)]
pub struct Turn(watch::Sender<Requests>);

impl Turns {
    /// A request begins. To be called in the order of the wire: what comes in behind it then lets it go first.
    pub fn begin(&self) -> Turn {
        self.requests.send_modify(|requests| requests.running += 1);
        Turn(self.requests.clone())
    }

    /// Waits until no request is being answered, but no longer than a blink.
    pub async fn pass(&self) {
        let mut requests = self.requests.subscribe();
        let _ = timeout(LONGEST, requests.wait_for(|requests| requests.running == 0)).await;
    }

    /// Waits until no request is being answered or has been just now, but no longer than a blink.
    pub async fn pass_behind(&self) {
        let is_typed = || {
            let requests = self.requests.borrow();
            requests.running > 0 || requests.last_end.is_some_and(|end| end.elapsed() < BEHIND)
        };
        // Who waits for each answer is awake when the next key comes.
        let pause = async {
            while is_typed() {
                sleep(BEHIND).await;
            }
        };
        let _ = timeout(LONGEST, pause).await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.send_modify(|requests| {
            requests.running -= 1;
            requests.last_end = Some(Instant::now());
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_wait_for_the_site_holds_up_nothing() {
        let first = |method| goes_first(method);
        assert!(
            first("textDocument/completion")
                && first("textDocument/hover")
                && first("completionItem/resolve")
        );
        assert!(!first("textDocument/references") && !first("workspace/symbol") && !first("initialize"));
    }

    #[tokio::test(start_paused = true)]
    async fn findings_wait_for_answers_but_not_for_long() {
        let (turns, start) = (Turns::default(), Instant::now());
        turns.pass().await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        let turn = turns.begin();
        let soon = async {
            tokio::time::sleep(Duration::from_millis(3)).await;
            drop(turn);
        };
        tokio::join!(turns.pass(), soon);
        assert_eq!(start.elapsed(), Duration::from_millis(3));
        let _slow = turns.begin();
        turns.pass().await;
        assert_eq!(start.elapsed(), Duration::from_millis(3) + LONGEST);
    }

    #[tokio::test(start_paused = true)]
    async fn those_of_a_text_that_is_typed_wait_for_the_next_key_but_not_for_all_of_them() {
        let (turns, start) = (Turns::default(), Instant::now());
        turns.pass_behind().await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        drop(turns.begin());
        turns.pass_behind().await;
        assert_eq!(start.elapsed(), BEHIND);
        turns.pass_behind().await;
        assert_eq!(start.elapsed(), BEHIND, "the answer is long there");
        drop(turns.begin());
        let keys = async {
            loop {
                tokio::time::sleep(BEHIND / 2).await;
                drop(turns.begin());
            }
        };
        tokio::select! {
            () = keys => {}
            () = turns.pass_behind() => {}
        }
        assert_eq!(start.elapsed(), BEHIND + LONGEST);
    }
}
