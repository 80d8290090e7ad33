//! The texts of the files of a site. Nothing but a plain file of a bounded length is read.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
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

/// A folder. Once it is opened itself, nobody goes all the way down to it for each of its files, which is about a
/// fifth of the work to open one. Wherever it is moved to, its files are those of then, so it is not kept for long.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    #[cfg(unix)]
    handle: Option<rustix::fd::OwnedFd>,
}

impl Folder {
    /// A folder of which many files will be read. Where it cannot be opened its files are looked for by their whole paths.
    pub fn open(path: &Path) -> Self {
        #[cfg(unix)]
        let handle = {
            use rustix::fs::{Mode, OFlags};
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            rustix::io::retry_on_intr(|| rustix::fs::open(path, flags, Mode::empty())).ok()
        };
        #[cfg(unix)]
        return Folder { handle, ..Folder::at(path) };
        #[cfg(not(unix))]
        Folder::at(path)
    }

    /// A folder of which one file will be read.
    pub(super) fn at(path: &Path) -> Self {
        Folder {
            path: path.to_owned(),
            #[cfg(unix)]
            handle: None,
        }
    }

    /// Opens whatever is at a path relative to the folder, and waits for nobody.
    fn file(&self, path: &str) -> io::Result<File> {
        #[cfg(unix)]
        {
            use rustix::fs::{CWD, Mode, OFlags, openat};
            let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let file = rustix::io::retry_on_intr(|| match &self.handle {
                Some(handle) => openat(handle, path, flags, Mode::empty()),
                None => openat(CWD, self.path.join(path), flags, Mode::empty()),
            });
            Ok(file?.into())
        }
        #[cfg(not(unix))]
        File::open(self.path.join(path))
    }
}

/// Opens a plain file and gives its length in bytes. A named pipe would hold us up until somebody writes into it, and
/// a device has no end.
pub(super) fn open(folder: &Folder, path: &str) -> io::Result<(File, u64)> {
    let file = folder.file(path)?;
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
    read_as(&Folder::at(root), path)
}

/// [`read`], as a text that many can have.
///
/// # Errors
/// As for [`read`].
pub fn read_shared(root: &Path, path: &str) -> Result<Arc<str>, Unread> {
    read_as(&Folder::at(root), path)
}

/// [`read_shared`] for one who reads many.
///
/// # Errors
/// As for [`read`].
pub(super) fn read_of(folder: &Folder, path: &str) -> Result<Arc<str>, Unread> {
    read_as(folder, path)
}

thread_local! {
    /// Where the bytes of a file are while its text is made of them: new memory for each would come from the kernel, page by
    /// page.
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// How many bytes a thread keeps for the next file.
const KEPT: usize = 64 * 1024;

fn read_as<T: for<'t> From<&'t str>>(folder: &Folder, path: &str) -> Result<T, Unread> {
    let (file, length) = open(folder, path).map_err(Unread::Io)?;
    if length > MAX_FILE_BYTES as u64 {
        return Err(Unread::TooLong(length));
    }
    BYTES.with_borrow_mut(|bytes| {
        bytes.clear();
        bytes.reserve(length as usize);
        // Nobody asks for what comes behind the end, which would be one more question for each file. Some file systems know
        // no lengths.
        let most = if length == 0 { MAX_FILE_BYTES as u64 + 1 } else { length };
        let text = match file.take(most).read_to_end(bytes) {
            Err(error) => Err(Unread::Io(error)),
            Ok(length) if length > MAX_FILE_BYTES => Err(Unread::TooLong(length as u64)),
            Ok(_) => decode(bytes).map_err(Unread::NotUtf8),
        };
        // Also of a file that is too long.
        bytes.truncate(KEPT);
        bytes.shrink_to(KEPT);
        text
    })
}

/// How much of a file is read at first for its front matter alone, in bytes.
const HEAD: usize = 4 * 1024;

/// The text of a file as far as its front matter goes; all of it where it has none.
///
/// # Errors
/// As for [`read`].
pub fn read_front_matter(folder: &Folder, path: &str) -> Result<Arc<str>, Unread> {
    // Ten thousand posts of a tag are asked for at once: each costs one read, and nobody asks what is opened. Whatever
    // does not begin with a whole block is read again with care.
    let mut head = [0; HEAD];
    let length = folder.file(path).and_then(|mut file| file.read(&mut head)).unwrap_or(0);
    let lines = memchr::memrchr(b'\n', &head[..length]).map_or(0, |at| at + 1);
    if let Ok(text) = simdutf8::basic::from_utf8(&head[..lines])
        // A closing line that ends the head may not end there.
        && let Some(end) = block_end(text).filter(|end| *end < text.len())
    {
        return Ok(text[..end].into());
    }
    let text: Arc<str> = read_as(folder, path)?;
    Ok(block_end(&text).map_or_else(|| text.clone(), |end| text[..end].into()))
}

/// The end of the front matter with its closing line, in bytes; none where it has none.
fn block_end(text: &str) -> Option<usize> {
    let fence = Fence::find(text);
    (fence.state == FenceState::Seen).then_some(fence.body_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_read_as_far_as_its_front_matter_goes() {
        let folder = tempfile::TempDir::new().unwrap();
        let head = HEAD;
        let long = |bytes: usize| format!("title: {}\n", "題".repeat(bytes / 3));
        let cases = [
            ("---\ntags: [AI]\n---\n", "本文\n".repeat(10)),
            ("---\ntags: [AI]\n---\n", "本文\n".repeat(head)),
            // Jekyll takes the blank lines behind it too.
            ("---\ntags: [AI]\n---\n\n\n", "本文\n".repeat(head)),
            ("---\r\ntags: [AI]\r\n---\r\n", "本".repeat(head)),
            (&format!("---\n{}---\n", long(head - 400)), "本文\n".repeat(100)),
            (&format!("---\n{}---\n", long(head * 2)), "本文\n".repeat(100)),
            // Nothing to cut off, and nothing that says where.
            ("---\ntags: [AI]\n---\n", String::new()),
            ("---\ntags: [AI]\n---", String::new()),
        ];
        for (block, body) in cases {
            std::fs::write(folder.path().join("a.md"), format!("{block}{body}")).unwrap();
            assert_eq!(&*read_front_matter(&Folder::open(folder.path()), "a.md").unwrap(), block);
        }
        for whole in ["", "本文\n", &"本文\n".repeat(head), &format!("---\ntags: [AI]\n{}", long(head * 2))]
        {
            std::fs::write(folder.path().join("a.md"), whole).unwrap();
            assert_eq!(&*read_front_matter(&Folder::open(folder.path()), "a.md").unwrap(), whole);
        }
    }

    #[test]
    fn a_closing_line_may_end_behind_the_part_that_is_read_first() {
        let folder = tempfile::TempDir::new().unwrap();
        for spaces in [0, 1, 2, 7] {
            let filler = "x".repeat(HEAD - 40 - "---\ntitle: \n---".len());
            let text = format!("---\ntitle: {filler}\n---{}\n本文\n", " ".repeat(spaces));
            for more in 25..45 {
                let text = text.replacen("title: ", &format!("title: {}", "y".repeat(more)), 1);
                std::fs::write(folder.path().join("a.md"), &text).unwrap();
                let read = read_front_matter(&Folder::open(folder.path()), "a.md").unwrap();
                assert!(text.strip_suffix("本文\n") == Some(&read), "{spaces} {more}");
            }
        }
    }
}
