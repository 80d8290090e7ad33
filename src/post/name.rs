//! What a post's file name says: its date, its slug, its extension. Source: Jekyll `document.rb`
//! DATE_FILENAME_MATCHER and DATELESS_FILENAME_MATCHER (4.x).

use memchr::memrchr;

/// The parts of a name such as `2024-01-15-hello.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostName<'n> {
    /// The year as written, 2 to 4 digits.
    pub year: &'n str,
    /// The month as written, 1 or 2 digits; it need not exist.
    pub month: &'n str,
    /// The day as written, 1 or 2 digits; it need not exist.
    pub day: &'n str,
    /// All of the date as written: `2024-1-5`.
    pub date: &'n str,
    /// Between the date's hyphen and the extension, without the dots at its end.
    pub slug: &'n str,
    /// With its dot.
    pub extension: &'n str,
}

impl<'n> PostName<'n> {
    /// Reads the last part of a path. None where Jekyll silently takes the file for no post: no date in ASCII digits,
    /// no hyphen after it, no extension.
    pub fn parse(path: &'n str) -> Option<Self> {
        let name = base_name(path);
        let (year, rest) = digits(name, 2, 4)?;
        let (month, rest) = digits(rest.strip_prefix('-')?, 1, 2)?;
        let (day, rest) = digits(rest.strip_prefix('-')?, 1, 2)?;
        let date = &name[..name.len() - rest.len()];
        let (slug, extension) = split_extension(rest.strip_prefix('-')?)?;
        Some(PostName { year, month, day, date, slug: slug.trim_end_matches('.'), extension })
    }
}

/// The slug and the extension (with its dot) of a name that need have no date, such as a draft's.
/// None where it has no extension, which makes Jekyll pass over a draft.
pub fn dateless(path: &str) -> Option<(&str, &str)> {
    let (slug, extension) = split_extension(base_name(path))?;
    Some((slug.trim_end_matches('.'), extension))
}

/// What stands behind the last `/`.
pub fn base_name(path: &str) -> &str {
    // Paths are taken apart all over a read of the site, and this search is the quickest on short texts.
    memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..])
}

/// The extension of a path's last part as Ruby's `File.extname` has it: with its dot, empty where there is none,
/// and none for a name that only begins with a dot.
pub fn extension(path: &str) -> &str {
    let name = base_name(path);
    let stem = name.trim_start_matches('.');
    memrchr(b'.', stem.as_bytes()).map_or("", |dot| &stem[dot..])
}

/// A path's last part without [`extension`].
pub fn stem(path: &str) -> &str {
    let name = base_name(path);
    &name[..name.len() - extension(path).len()]
}

fn split_extension(rest: &str) -> Option<(&str, &str)> {
    let (slug, extension) = rest.split_at(memrchr(b'.', rest.as_bytes())?);
    (extension.len() > 1).then_some((slug, extension))
}

/// From `least` to `most` ASCII digits at the start, and what follows them.
fn digits(text: &str, least: usize, most: usize) -> Option<(&str, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (count >= least).then(|| text.split_at(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_date_slug_and_extension() {
        for (path, expected) in [
            ("_posts/2024-01-15-hello.md", Some(("2024-01-15", "hello", ".md"))),
            ("2024-1-5-x.html", Some(("2024-1-5", "x", ".html"))),
            ("24-1-5-x.md", Some(("24-1-5", "x", ".md"))),
            ("124-01-05-x.md", Some(("124-01-05", "x", ".md"))),
            ("a/_posts/b/2024-13-45-bad-day.md", Some(("2024-13-45", "bad-day", ".md"))),
            ("2024-01-15-.md", Some(("2024-01-15", "", ".md"))),
            ("2024-01-15-v1.2.md", Some(("2024-01-15", "v1.2", ".md"))),
            ("2024-01-15-wait...md", Some(("2024-01-15", "wait", ".md"))),
            ("2024-01-15-日本語 の名前.markdown", Some(("2024-01-15", "日本語 の名前", ".markdown"))),
            ("2024-01-15.md", None),
            ("2024-01-15-no-extension", None),
            ("2024-01-15-ends-with-dot.", None),
            ("2024-01-15_x.md", None),
            ("2024-01-15 x.md", None),
            ("2024-001-15-x.md", None),
            ("20240-01-15-x.md", None),
            ("4-01-15-x.md", None),
            ("x-2024-01-15-x.md", None),
            ("２０２４-01-15-x.md", None),
            ("2024-01-15-dir/notes.md", None),
        ] {
            let name = PostName::parse(path);
            assert_eq!(name.map(|it| (it.date, it.slug, it.extension)), expected, "{path}");
        }
    }

    #[test]
    fn a_draft_is_slug_and_extension() {
        assert_eq!(dateless("_drafts/an-idea.md"), Some(("an-idea", ".md")));
        assert_eq!(dateless("an.idea...md"), Some(("an.idea", ".md")));
        assert_eq!(dateless("README"), None);
    }

    #[test]
    fn extensions_are_rubys() {
        for (path, expected, rest) in [
            ("a/b.md", ".md", "b"),
            ("a.b/c", "", "c"),
            (".htaccess", "", ".htaccess"),
            (".a.md", ".md", ".a"),
            ("x.tar.gz", ".gz", "x.tar"),
        ] {
            assert_eq!((extension(path), stem(path)), (expected, rest), "{path}");
        }
    }
}
