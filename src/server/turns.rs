//! Who goes first: what an author waits for under the cursor comes before findings. Both want the site with the newest
//! texts and the same few processors; side by side each makes it for itself and neither is sooner.

use std::time::Duration;

use tokio::sync::watch;

/// How long findings let the answers to requests go first.
const LONGEST: Duration = Duration::from_millis(50);

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
    requests: watch::Sender<usize>,
}

/// The turn of one request. It ends when the answer is on the wire: what is worked on before takes the processor from
/// the thread that writes.
#[derive(Debug)]
pub struct Turn(watch::Sender<usize>);

impl Turns {
    /// A request begins. To be called in the order of the wire: what comes in behind it then lets it go first.
    pub fn begin(&self) -> Turn {
        self.requests.send_modify(|requests| *requests += 1);
        Turn(self.requests.clone())
    }

    /// Waits until no request is being answered, but no longer than a blink.
    pub async fn pass(&self) {
        let mut requests = self.requests.subscribe();
        let _ = tokio::time::timeout(LONGEST, requests.wait_for(|requests| *requests == 0)).await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.send_modify(|requests| *requests -= 1);
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

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
}
