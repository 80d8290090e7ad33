//! The way to the wire: messages that wait to be written, and who writes them.

use std::fs::File;
use std::io::{self, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot};
use tower_lsp::lsp_types::notification::Notification;

use super::turns::Turn;
use super::{STACK_BYTES, blocking, frames};

/// Takes messages for the wire. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    queue: mpsc::UnboundedSender<Out>,
    /// Where a thread may write by itself. Who holds it has written nothing or whole frames.
    wire: Option<Arc<Mutex<File>>>,
}

/// A notification that is written as it is.
#[derive(Serialize)]
struct Told<P> {
    jsonrpc: &'static str,
    method: &'static str,
    params: P,
}

/// What the writer is told.
#[derive(Debug)]
enum Out {
    /// A frame, and the turn that ends when it is on the wire.
    Frame(Vec<u8>, Option<Turn>),
    /// Say so when all before this is on the wire, and close it.
    End(oneshot::Sender<()>),
}

impl Outbox {
    /// The way to an output, with a task that writes.
    pub(super) fn to(output: impl AsyncWrite + Unpin + Send + 'static) -> Self {
        let (queue, frames) = mpsc::unbounded_channel();
        tokio::spawn(write(output, frames));
        Outbox { queue, wire: None }
    }

    /// The way to stdout, with a thread that writes.
    ///
    /// # Errors
    /// No stdout, or no thread to be had.
    pub(super) fn to_stdout() -> io::Result<Self> {
        let (queue, frames) = mpsc::unbounded_channel();
        let wire = Arc::new(Mutex::new(blocking::stdout()?));
        let own = wire.clone();
        let writer = thread::Builder::new().name("writer".into()).stack_size(STACK_BYTES);
        writer.spawn(move || write_blocking(&own, frames))?;
        Ok(Outbox { queue, wire: Some(wire) })
    }

    /// Has a message written. Never waits.
    pub(super) fn send(&self, message: &impl Serialize, turn: Option<Turn>) {
        if let Some(frame) = frame(message) {
            self.put(Out::Frame(frame, turn));
        }
    }

    /// Writes a notification, past the tree of JSON values that tower-lsp makes of it. It waits for the wire, and may wait
    /// for the client to read: one thread sends all of a kind in this way, or they overtake each other.
    pub(super) fn notify<N: Notification>(&self, params: N::Params) {
        let Some(frame) = frame(&Told { jsonrpc: "2.0", method: N::METHOD, params }) else { return };
        let wire = self.wire.as_ref().map(|wire| wire.lock().unwrap_or_else(PoisonError::into_inner));
        self.write_to(wire, frame, None);
    }

    /// Writes a message at once where the wire is free, else has it written: an author waits for one thread less to wake.
    /// It may wait for the client to read unless it `must_not_wait`.
    pub(super) fn answer(&self, message: &impl Serialize, turn: Turn, must_not_wait: bool) {
        let Some(frame) = frame(message) else { return };
        let wire = self.wire.as_ref().and_then(|wire| wire.try_lock().ok());
        let wire = wire.filter(|wire| !must_not_wait || blocking::has_room(wire, frame.len()));
        self.write_to(wire, frame, Some(turn));
    }

    fn write_to(&self, wire: Option<MutexGuard<'_, File>>, frame: Vec<u8>, turn: Option<Turn>) {
        let is_written = wire.is_some_and(|mut wire| wire.write_all(&frame).is_ok());
        // A wire that is gone tells its writer so.
        if !is_written {
            self.put(Out::Frame(frame, turn));
        }
    }

    /// Waits until nothing can be written any more.
    pub(super) async fn closed(&self) {
        self.queue.closed().await;
    }

    /// Closes the wire when all is on it, and waits for that, but no longer than `patience`.
    pub(super) async fn end(&self, patience: Duration) {
        let (done, all_written) = oneshot::channel();
        self.put(Out::End(done));
        let _ = tokio::time::timeout(patience, all_written).await;
    }

    fn put(&self, mut out: Out) {
        // A short one may wait for long, among many.
        if let Out::Frame(frame, _) = &mut out
            && frame.len() < frames::USUAL
        {
            frame.shrink_to_fit();
        }
        // The writer is gone only where the wire is: who waits in `closed` sees that.
        let _ = self.queue.send(out);
    }
}

fn frame(message: &impl Serialize) -> Option<Vec<u8>> {
    let frame = frames::frame(message);
    frame.inspect_err(|error| tracing::error!("a message could not be written: {error}")).ok()
}

/// What is written in one go.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    /// They end when it is dropped.
    turns: Vec<Turn>,
    ended: Option<oneshot::Sender<()>>,
}

/// At how many bytes a batch is full.
const BATCH: usize = 64 * 1024;

impl Batch {
    /// What waits already.
    fn of(first: Out, waiting: &mut mpsc::UnboundedReceiver<Out>) -> Self {
        let (mut batch, mut next) = (Batch::default(), Some(first));
        while let Some(out) = next {
            match out {
                Out::Frame(frame, turn) if batch.bytes.is_empty() => {
                    batch.bytes = frame;
                    batch.turns.extend(turn);
                }
                Out::Frame(frame, turn) => {
                    batch.bytes.extend_from_slice(&frame);
                    batch.turns.extend(turn);
                }
                Out::End(done) => batch.ended = Some(done),
            }
            let is_full = batch.ended.is_some() || batch.bytes.len() >= BATCH;
            next = if is_full { None } else { waiting.try_recv().ok() };
        }
        batch
    }
}

async fn write(
    mut output: impl AsyncWrite + Unpin,
    mut waiting: mpsc::UnboundedReceiver<Out>,
) -> io::Result<()> {
    while let Some(first) = waiting.recv().await {
        let batch = Batch::of(first, &mut waiting);
        output.write_all(&batch.bytes).await?;
        output.flush().await?;
        if let Some(done) = batch.ended {
            let _ = done.send(());
            break;
        }
    }
    Ok(())
}

fn write_blocking(wire: &Mutex<File>, mut waiting: mpsc::UnboundedReceiver<Out>) -> io::Result<()> {
    while let Some(first) = waiting.blocking_recv() {
        let batch = Batch::of(first, &mut waiting);
        wire.lock().unwrap_or_else(PoisonError::into_inner).write_all(&batch.bytes)?;
        if let Some(done) = batch.ended {
            let _ = done.send(());
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;
    use tokio::time::Instant;

    use super::super::turns::Turns;
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_turn_ends_when_its_answer_is_on_the_wire() {
        let (mut client, wire) = tokio::io::duplex(8);
        let (out, turns) = (Outbox::to(wire), Turns::default());
        out.send(&"日本", Some(turns.begin()));
        let start = Instant::now();
        turns.pass().await;
        assert!(start.elapsed() > Duration::ZERO, "nobody has read it");
        let (mut answer, start) = ([0; 29], Instant::now());
        client.read_exact(&mut answer).await.unwrap();
        turns.pass().await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(std::str::from_utf8(&answer), Ok("Content-Length: 8\r\n\r\n\"日本\""));
    }

    #[test]
    fn a_batch_ends_when_it_is_full_and_with_the_last_message() {
        let (send, mut waiting) = mpsc::unbounded_channel();
        let frame = |length| Out::Frame(vec![0; length], None);
        send.send(frame(BATCH)).unwrap();
        send.send(frame(1)).unwrap();
        send.send(Out::End(oneshot::channel().0)).unwrap();
        send.send(frame(1)).unwrap();
        let first = Batch::of(frame(1), &mut waiting);
        assert_eq!((first.bytes.len(), first.ended.is_some()), (BATCH + 1, false));
        let next = waiting.try_recv().unwrap();
        let last = Batch::of(next, &mut waiting);
        assert_eq!((last.bytes.len(), last.ended.is_some()), (1, true));
    }
}
