//! The text of one file of a site. Nothing but a plain file of a bounded length is read.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::walk::is_inside;
use crate::limits::MAX_FILE_BYTES;
use crate::post::encoding::{NotUtf8, decode};
use crate::post::front_matter::Fence;
use crate::post::front_matter::fence::FenceState;

/// Why a file has no text for us.
#[derive(Debug)]
pub enum Unread {
    /// The disk says no.
    Io(io::Error),
    /// It is longer than [`MAX_FILE_BYTES`]: its length in bytes.
    TooLong(u64),
    /// It is in another encoding.
    NotUtf8(NotUtf8),
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unread::Io(error) => write!(f, "This file cannot be read: {error}"),
            Unread::TooLong(bytes) => {
                write!(
                    f,
                    "This file is not read: it has {bytes} bytes, and at most {MAX_FILE_BYTES} are read"
                )
            }
            Unread::NotUtf8(NotUtf8 { guess: Some(guess), .. }) => {
                write!(f, "This file is in {guess}: save it as UTF-8, the only encoding that Jekyll reads")
            }
            Unread::NotUtf8(_) => write!(f, "This file is not in UTF-8, the only encoding that Jekyll reads"),
        }
    }
}

/// Opens a plain file and gives its length in bytes. A named pipe would hold us up until somebody writes into it, and
/// a device has no end.
pub(super) fn open(path: &Path) -> io::Result<(File, u64)> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is no plain file but a pipe or a device"));
    }
    Ok((file, metadata.len()))
}

/// [`read`] for a file at the top of a site, where nothing has looked yet at where a link leads.
///
/// # Errors
/// Those of [`read`], and a link out of the site's folder.
pub fn read_top(root: &Path, name: &str) -> Result<String, Unread> {
    let file = root.join(name);
    if file.is_symlink() && file.exists() && !is_inside(root, &file) {
        return Err(Unread::Io(io::Error::other("it is a link out of the site's folder")));
    }
    read(root, name)
}

/// The text of a file, by its path relative to the site's source.
///
/// # Errors
/// One that the disk does not give, that is too long, or that is not UTF-8.
pub fn read(root: &Path, path: &str) -> Result<String, Unread> {
    read_as(root, path)
}

/// [`read`], as a text that many can have.
///
/// # Errors
/// As for [`read`].
pub fn read_shared(root: &Path, path: &str) -> Result<Arc<str>, Unread> {
    read_as(root, path)
}

fn read_as<T>(root: &Path, path: &str) -> Result<T, Unread>
where
    T: for<'t> From<&'t str> + From<String>,
{
    let (file, length) = open(&root.join(path)).map_err(Unread::Io)?;
    if length > MAX_FILE_BYTES as u64 {
        return Err(Unread::TooLong(length));
    }
    let mut bytes = Vec::with_capacity(length as usize);
    // Nobody asks for what comes behind the end, which would be one more question for each file. Some file systems know no
    // lengths.
    let most = if length == 0 { MAX_FILE_BYTES as u64 + 1 } else { length };
    file.take(most).read_to_end(&mut bytes).map_err(Unread::Io)?;
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Unread::TooLong(bytes.len() as u64));
    }
    decode(bytes).map_err(Unread::NotUtf8)
}

/// How much of a file is read at first for its front matter alone, in bytes.
const HEAD: u64 = 8 * 1024;

/// The text of a file as far as its front matter goes, which may be all of it.
///
/// # Errors
/// As for [`read`].
pub fn read_front_matter(root: &Path, path: &str) -> Result<String, Unread> {
    let mut head = Vec::with_capacity(HEAD as usize);
    let (file, _) = open(&root.join(path)).map_err(Unread::Io)?;
    file.take(HEAD).read_to_end(&mut head).map_err(Unread::Io)?;
    if head.len() < HEAD as usize {
        return decode(head).map_err(Unread::NotUtf8);
    }
    head.truncate(head.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1));
    let text: String = decode(head).map_err(Unread::NotUtf8)?;
    // A closing line that ends the head may not end there.
    let fence = Fence::find(&text);
    let whole = fence.state == FenceState::Seen && fence.body_start < text.len();
    if whole { Ok(text) } else { read(root, path) }
}
