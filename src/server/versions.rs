//! The text of a document that the editor has open, version by version.

use std::collections::VecDeque;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tower_lsp::lsp_types::Url;

use crate::post::Post;
use crate::text::{Document, LineIndex};

/// What makes two URIs one document: the path that they spell, however they spell it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKey {
    /// A file.
    File(PathBuf),
    /// Anything else: an unsaved buffer, a version in Git.
    Other(String),
}

impl DocumentKey {
    /// The key of a URI.
    pub fn new(uri: &Url) -> Self {
        // `to_file_path` does not look at the scheme.
        match uri.to_file_path() {
            Ok(path) if uri.scheme() == "file" => DocumentKey::File(path),
            _ => DocumentKey::Other(uri.to_string()),
        }
    }

    /// The path, if it is a file's.
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            DocumentKey::File(path) => Some(path),
            DocumentKey::Other(_) => None,
        }
    }
}

/// One version of a document. Immutable: a change makes the next version.
#[derive(Debug)]
pub struct DocumentVersion {
    /// The URI as the editor spelled it when it opened the document.
    pub uri: Url,
    /// Its key.
    pub key: DocumentKey,
    /// The version that the editor gave.
    pub version: i32,
    /// The language that the editor takes it for.
    pub language: Arc<str>,
    text: Document,
    /// The last changes, oldest first.
    steps: VecDeque<Step>,
    /// The version that the first of them was made on.
    base: i32,
    analysis: OnceLock<Analysis>,
}

/// A change of a text.
pub type Edit = Arc<dyn Fn(&mut Document) + Send + Sync>;

/// How many changes are kept, to put one that comes late in its place.
const KEPT_STEPS: usize = 16;

/// How far the version of a change that comes late lies behind the newest one, at the most.
const MOST_VERSIONS_LATE: i32 = 16;

/// A change, with the text that it was made on.
#[derive(Clone)]
struct Step {
    version: i32,
    before: Document,
    edit: Edit,
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step").field("version", &self.version).finish_non_exhaustive()
    }
}

/// What is read from a text.
#[derive(Debug)]
pub struct Analysis {
    /// The post.
    pub post: Arc<Post>,
    /// Where its lines begin.
    pub lines: LineIndex,
}

impl DocumentVersion {
    /// A document as it is opened.
    pub fn new(uri: Url, version: i32, language: &str, text: &str) -> Self {
        DocumentVersion {
            key: DocumentKey::new(&uri),
            uri,
            version,
            language: language.into(),
            text: Document::new(text),
            steps: VecDeque::new(),
            base: version,
            analysis: OnceLock::new(),
        }
    }

    /// The next version, with the text that `edit` makes.
    ///
    /// The changes of keys that come at once reach us in any order from an editor that sends each on a task of its own,
    /// as Helix 25.01 does. One whose version is a little lower than that of changes which are made already goes in its
    /// place before them; one that is `whole`, the whole text, is what the editor has now, whatever its version.
    #[must_use]
    pub fn edited(&self, version: i32, whole: bool, edit: Edit) -> Self {
        let mut steps = self.steps.clone();
        let mut base = self.base;
        let is_late = !whole && version > base && version >= self.version.saturating_sub(MOST_VERSIONS_LATE);
        let late = steps.iter().position(|step| step.version > version).filter(|_| is_late);
        if late.is_none() && version < self.version {
            // Too late to be put in its place, or the editor counts anew.
            steps.clear();
            base = version;
        }
        let at = late.unwrap_or(steps.len());
        let mut text = steps.get(at).map_or_else(|| self.text.clone(), |step| step.before.clone());
        steps.insert(at, Step { version, before: text.clone(), edit });
        for step in steps.iter_mut().skip(at) {
            step.before = text.clone();
            (step.edit)(&mut text);
        }
        let version = steps.back().map_or(version, |step| step.version);
        while steps.len() > KEPT_STEPS {
            base = steps.pop_front().map_or(base, |step| step.version);
        }
        DocumentVersion {
            uri: self.uri.clone(),
            key: self.key.clone(),
            version,
            steps,
            base,
            language: self.language.clone(),
            text,
            analysis: OnceLock::new(),
        }
    }

    /// How many bytes its text has.
    pub fn bytes(&self) -> usize {
        self.text.bytes()
    }

    /// The text read as a post, when it is first asked for.
    pub fn analysis(&self) -> &Analysis {
        self.analysis.get_or_init(|| {
            let text = self.text.snapshot();
            Analysis { post: Arc::new(Post::parse(text.text)), lines: text.lines }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Position, PositionEncoding, Range};

    /// The text and the version after changes that each put a letter at a place of the text which they were made on.
    fn after(changes: &[(i32, usize, &'static str)]) -> (String, i32) {
        let uri = Url::parse("untitled:a").unwrap();
        let mut document = DocumentVersion::new(uri, 1, "markdown", "[]");
        for (version, column, new) in changes.iter().copied() {
            let at = Position { line: 0, column: u32::try_from(column).unwrap() };
            let range = Range { start: at, end: at };
            let edit = move |text: &mut Document| text.replace(range, PositionEncoding::Utf8, new);
            document = document.edited(version, false, Arc::new(edit));
        }
        (document.analysis().post.text.to_string(), document.version)
    }

    #[test]
    fn a_change_that_comes_late_goes_in_its_place() {
        let keys = [(2, 1, "a"), (3, 2, ","), (4, 3, " "), (5, 4, "b")];
        let expected = ("[a, b]".to_owned(), 5);
        assert_eq!(after(&keys), expected);
        for order in [[0, 2, 1, 3], [0, 3, 2, 1], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]] {
            assert_eq!(after(&order.map(|key| keys[key])), expected, "{order:?}");
        }
    }

    #[test]
    fn versions_may_have_gaps_repeat_or_begin_anew() {
        assert_eq!(after(&[(5, 1, "a"), (9, 2, "b")]), ("[ab]".to_owned(), 9));
        assert_eq!(after(&[(2, 1, "a"), (2, 2, "b")]), ("[ab]".to_owned(), 2));
        assert_eq!(after(&[(7, 1, "a"), (0, 2, "b"), (1, 3, "c")]), ("[abc]".to_owned(), 1));
        assert_eq!(after(&[(i32::MAX, 1, "a"), (7, 2, "b"), (8, 3, "c")]), ("[abc]".to_owned(), 8));
    }

    #[test]
    fn a_whole_text_is_never_late() {
        let mut document = DocumentVersion::new(Url::parse("untitled:a").unwrap(), 1, "markdown", "");
        for (version, new) in [(4, "four"), (3, "three"), (2, "two"), (9, "nine"), (5, "five")] {
            let edit = move |text: &mut Document| text.replace_all(new);
            document = document.edited(version, true, Arc::new(edit));
            assert_eq!((&*document.analysis().post.text, document.version), (new, version));
        }
    }

    #[test]
    fn not_all_changes_are_kept() {
        let uri = Url::parse("untitled:a").unwrap();
        let mut document = DocumentVersion::new(uri, 1, "markdown", "");
        for version in 2..100 {
            document = document.edited(version, false, Arc::new(|_: &mut Document| {}));
        }
        assert_eq!((document.steps.len(), document.base), (KEPT_STEPS, 99 - 16));
    }

    #[cfg(unix)]
    #[test]
    fn two_spellings_of_a_uri_are_one_document() {
        let key = |uri: &str| DocumentKey::new(&Url::parse(uri).unwrap());
        assert_eq!(key("file:///%E6%97%A5%E8%A8%98/a%20b.md"), key("file:///日記/a b.md"));
        assert_eq!(key("file:///a/%62.md"), key("file://localhost/a/./b.md"));
        assert_ne!(key("file:///a/b.md"), key("git:/a/b.md"));
        assert_eq!(key("untitled:Untitled-1"), DocumentKey::Other("untitled:Untitled-1".into()));
        assert_eq!(key("vscode-notebook-cell://host/a/b.md").path(), None);
    }
}
