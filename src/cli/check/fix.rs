//! `masthead check --fix`: makes the safe fixes of each file, or shows what they would change.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use similar::TextDiff;
use tempfile::NamedTempFile;

use super::read::{Checked, Mend};

/// What came of the fixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fixed {
    /// How many findings are gone.
    pub(super) mended: usize,
    /// In how many files.
    pub(super) files: usize,
    /// In how many of these there are more than are mended in one run.
    pub(super) unfinished: usize,
    /// The files that could not be written, each with the reason.
    pub(super) failed: Vec<String>,
}

/// Writes every mended file. One that cannot be written does not stop the rest.
pub(super) fn write(checked: &[Checked]) -> Fixed {
    let mut fixed = Fixed::default();
    for (file, mend) in mended(checked) {
        match replace(&file.file(), &mend.before, &mend.after) {
            Ok(()) => {
                fixed.mended += mend.count;
                fixed.files += 1;
                fixed.unfinished += usize::from(!mend.is_done);
            }
            Err(error) => fixed.failed.push(format!("{}: {error}", file.file().display())),
        }
    }
    fixed
}

/// Prints a unified diff of all that [`write`] would do, as `git apply` takes it from the site's folder.
pub(super) fn diff(out: &mut impl Write, checked: &[Checked]) -> io::Result<()> {
    for (file, mend) in mended(checked) {
        let diff = TextDiff::from_lines(&*mend.before, &*mend.after);
        let (old, new) = (format!("a/{}", file.path), format!("b/{}", file.path));
        diff.unified_diff().header(&old, &new).to_writer(&mut *out)?;
    }
    out.flush()
}

fn mended(checked: &[Checked]) -> impl Iterator<Item = (&Checked, &Mend)> {
    checked.iter().filter_map(|file| Some((file, file.mend.as_ref()?)))
}

/// Replaces a file as a whole: another program sees the old text or the new one, never a part. A link stays a link.
///
/// # Errors
/// The disk's, and a file that is not any more what was read.
fn replace(path: &Path, before: &str, after: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(after.as_bytes())?;
    file.as_file().sync_all()?;
    fs::set_permissions(file.path(), fs::metadata(&path)?.permissions())?;
    if fs::read(&path)? != before.as_bytes() {
        return Err(io::Error::other("it has changed since it was read, so it is left alone"));
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_changed_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "theirs").unwrap();
        assert!(replace(&path, "ours", "mended").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert!(replace(&path, "theirs", "mended").is_ok());
        assert_eq!(fs::read_to_string(&path).unwrap(), "mended");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        fs::write(&path, "a").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        replace(&link, "a", "b").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "b");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
