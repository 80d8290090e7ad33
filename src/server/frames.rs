//! Frames of the wire: a header that names a length, then that many bytes of JSON. Source: LSP 3.17, "Base Protocol".

use std::io;

use serde::Serialize;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

use crate::limits::{MAX_HEADER_BYTES, MAX_MESSAGE_BYTES};

/// What comes off the wire.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// The bytes of one message.
    Body(Vec<u8>),
    /// Bytes that are no frame, and why. What follows may well be one.
    Malformed(&'static str),
}

/// Reads the next frame; none at the end of the input, also where that comes in the middle of a frame.
///
/// A header without a usable length is given as malformed. Reading then goes on at the next `Content-Length`,
/// wherever it stands, so that a body that was miscounted costs the messages it covers and no more.
///
/// # Errors
/// What the input says.
pub async fn read(input: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Frame>> {
    let mut length = None;
    let mut header_seen = false;
    loop {
        let mut line = Vec::new();
        if (&mut *input).take(MAX_HEADER_BYTES).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_ascii();
        if !line.is_empty() {
            header_seen = true;
            length = content_length(line).or(length);
            continue;
        }
        match length {
            Some(Ok(length)) if length <= MAX_MESSAGE_BYTES => {
                let mut body = Vec::new();
                let read = input.take(length).read_to_end(&mut body).await?;
                return Ok((read as u64 == length).then_some(Frame::Body(body)));
            }
            // Its body is looked through for the next header, not skipped: a length that is not true would swallow all
            // that follows.
            Some(Ok(_)) => return Ok(Some(Frame::Malformed("a message longer than is read"))),
            Some(Err(())) => return Ok(Some(Frame::Malformed("a Content-Length that is not a number"))),
            None if header_seen => return Ok(Some(Frame::Malformed("a header without Content-Length"))),
            None => {}
        }
    }
}

/// The length in a header line, if it has one: `Err` where it is not a number.
fn content_length(line: &[u8]) -> Option<Result<u64, ()>> {
    const NAME: &[u8] = b"content-length:";
    let at = line.windows(NAME.len()).rposition(|window| window.eq_ignore_ascii_case(NAME))?;
    let value = line.get(at + NAME.len()..).and_then(|value| std::str::from_utf8(value).ok());
    Some(value.and_then(|value| value.trim().parse().ok()).ok_or(()))
}

/// More bytes than a header has.
const HEADER: usize = 64;

/// As many bytes as a list of completions has at the most: a room that grows is written again at each step. Each frame has
/// so much room.
pub const USUAL: usize = 32 * 1024;

/// One message as a frame.
///
/// # Errors
/// A message that cannot be JSON.
pub fn frame(message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    // The header is known when the body is there. It is put before it where that lies: the places of a tag are megabytes.
    let mut frame = Vec::with_capacity(USUAL);
    frame.resize(HEADER, 0);
    serde_json::to_writer(&mut frame, message)?;
    let header = format!("Content-Length: {}\r\n\r\n", frame.len() - HEADER);
    frame.splice(..HEADER, header.into_bytes());
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn frames(input: &str) -> Vec<Result<String, &'static str>> {
        let mut input = input.as_bytes();
        let mut frames = Vec::new();
        while let Some(frame) = read(&mut input).await.unwrap() {
            frames.push(match frame {
                Frame::Body(body) => Ok(String::from_utf8(body).unwrap()),
                Frame::Malformed(why) => Err(why),
            });
        }
        frames
    }

    #[tokio::test]
    async fn headers_are_read_as_loosely_as_they_are_written() {
        let input = "Content-Length: 2\r\n\r\n{}content-length:2\nContent-Type: x\n\n[]\r\n\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(frames(input).await, [Ok("{}".into()), Ok("[]".into()), Ok(String::new())]);
    }

    #[tokio::test]
    async fn reading_goes_on_after_a_bad_header() {
        let bad = "Content-Length: ten\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}Content-Type: x\r\n\r\nContent-Length: 2\r\n\r\n[]";
        let frames = frames(bad).await;
        assert_eq!(frames.len(), 4, "{frames:?}");
        assert_eq!((&frames[1], &frames[3]), (&Ok("{}".into()), &Ok("[]".into())));
    }

    #[tokio::test]
    async fn a_frame_cut_short_is_the_end() {
        assert_eq!(frames("Content-Length: 20\r\n\r\n{}").await, []);
        assert_eq!(
            frames("Content-Length: 99999999999999\r\n\r\n{}").await,
            [Err("a message longer than is read")]
        );
        let long = format!(
            "Content-Length: 99999999999999\r\n\r\n\"{}\"Content-Length: 2\r\n\r\n{{}}",
            "x".repeat(200_000)
        );
        assert_eq!(frames(&long).await, [Err("a message longer than is read"), Ok("{}".into())]);
    }

    #[tokio::test]
    async fn what_is_written_is_read() {
        let wire = frame(&"日本").unwrap();
        assert_eq!(frames(std::str::from_utf8(&wire).unwrap()).await, [Ok("\"日本\"".into())]);
    }
}
