//! Stdin and stdout as tokio would have them, for threads of their own that may block.
//!
//! Tokio's own hand each piece to a thread for work and wait for it: an answer goes through two threads more, which is
//! a third of what an author waits for a hover.

use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};

/// Reads in the thread that polls it, and blocks it. It is pending once before, so that who reads can do what waits for
/// a pause of the wire.
#[derive(Debug)]
pub(super) struct Blocking<T> {
    input: T,
    /// Whether a read would not block.
    has_more: fn() -> bool,
    has_paused: bool,
}

impl<T> Blocking<T> {
    pub(super) fn new(input: T, has_more: fn() -> bool) -> Self {
        Blocking { input, has_more, has_paused: false }
    }
}

impl<T: Read + Unpin> AsyncRead for Blocking<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.has_paused && !(self.has_more)() {
            self.has_paused = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.has_paused = false;
        let space = buffer.initialize_unfilled();
        let read = uninterrupted(|| self.input.read(space))?;
        buffer.advance(read);
        Poll::Ready(Ok(()))
    }
}

/// Whether stdin can be read without waiting. False where that cannot be told.
pub(super) fn stdin_has_more() -> bool {
    #[cfg(unix)]
    {
        is_ready(io::stdin(), rustix::event::PollFlags::IN)
    }
    #[cfg(not(unix))]
    false
}

#[cfg(unix)]
fn is_ready(wire: impl std::os::fd::AsFd, flags: rustix::event::PollFlags) -> bool {
    use rustix::event::{PollFd, Timespec, poll};
    let mut asked = [PollFd::new(&wire, flags)];
    matches!(poll(&mut asked, Some(&Timespec::default())), Ok(1..))
}

/// Whether so many bytes can be written without waiting for who reads them. False where that cannot be told.
///
/// Who asks is alone in writing until it has written. Source: Linux, pipe(7): a pipe in which nothing waits takes all of
/// its size; `unix_writable` of its kernel: a socket is ready to be written while no more than a quarter of it is in use.
pub(super) fn has_room(wire: &File, bytes: usize) -> bool {
    #[cfg(target_os = "linux")]
    {
        if let Ok(size) = rustix::pipe::fcntl_getpipe_size(wire) {
            return bytes <= size && rustix::io::ioctl_fionread(wire) == Ok(0);
        }
        let free = || rustix::net::sockopt::socket_send_buffer_size(wire).map(|size| size / 4);
        is_ready(wire, rustix::event::PollFlags::OUT) && free().is_ok_and(|free| bytes <= free)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (wire, bytes);
        false
    }
}

/// Does it again where a signal came in between, which is no end of the wire.
fn uninterrupted(mut work: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match work() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// Stdout without the buffer of the standard library, which writes a message in two pieces: it looks for lines.
///
/// # Errors
/// A process without stdout.
pub(super) fn stdout() -> io::Result<File> {
    #[cfg(unix)]
    let own = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned();
    #[cfg(windows)]
    let own = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned();
    own.map(File::from)
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    /// A signal comes before each piece.
    struct Disturbed(&'static [u8], bool);

    impl Read for Disturbed {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 { Err(io::ErrorKind::Interrupted.into()) } else { Read::read(&mut self.0, buffer) }
        }
    }

    #[tokio::test]
    async fn there_is_a_pause_before_each_wait_and_no_other() {
        let (mut here, mut wire) = ([0; 1], Blocking::new("日本".as_bytes(), || false));
        let mut asked = Vec::new();
        for _ in 0..4 {
            asked.push(futures_util::poll!(std::pin::pin!(wire.read(&mut here))).is_ready());
        }
        assert_eq!(asked, [false, true, false, true]);
        let mut wire = Blocking::new("日本".as_bytes(), || true);
        assert!(futures_util::poll!(std::pin::pin!(wire.read(&mut here))).is_ready());
    }

    /// Nobody reads: a write that waited would never come back.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_has_room_is_written_without_a_reader() {
        use std::io::Write as _;
        let pipe = rustix::pipe::pipe().unwrap();
        let size = rustix::pipe::fcntl_getpipe_size(&pipe.1).unwrap();
        let wire = File::from(pipe.1.try_clone().unwrap());
        assert!(has_room(&wire, size) && !has_room(&wire, size + 1));
        let sockets = std::os::unix::net::UnixStream::pair().unwrap();
        let sockets: (std::os::fd::OwnedFd, std::os::fd::OwnedFd) = (sockets.0.into(), sockets.1.into());
        for (_reader, writer) in [pipe, sockets] {
            let mut wire = File::from(writer);
            let (told, times) = std::sync::mpsc::channel();
            std::thread::spawn(move || {
                let piece = || has_room(&wire, 1000) && wire.write_all(&[0; 1000]).is_ok();
                told.send(
                    std::iter::repeat_with(piece).take(1000).take_while(|is_written| *is_written).count(),
                )
            });
            let times = times.recv_timeout(std::time::Duration::from_secs(20)).unwrap();
            assert!((1..1000).contains(&times), "{times} times");
        }
    }

    #[tokio::test]
    async fn a_signal_ends_no_read() {
        let (mut wire, mut text) = (Blocking::new(Disturbed("日本".as_bytes(), false), || true), [0; 8]);
        assert_eq!(wire.read(&mut text).await.unwrap(), 6);
    }
}
