//! The documents that the editor has open.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use dashmap::DashMap;
use tower_lsp::lsp_types::Url;

use super::sites::LiveSite;
use crate::post::Post;
use crate::site::FileKind;
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

/// One version of an open document. Immutable: a change makes the next version.
#[derive(Debug)]
pub struct OpenDocument {
    /// The URI as the editor spelled it when it opened the document.
    pub uri: Url,
    /// Its key.
    pub key: DocumentKey,
    /// The version that the editor gave.
    pub version: i32,
    /// The language that the editor takes it for.
    pub language: Arc<str>,
    text: Document,
    analysis: OnceLock<Analysis>,
    place: Arc<RwLock<Option<Arc<Place>>>>,
    rules_off: Arc<RwLock<Vec<&'static str>>>,
}

/// What is read from a text.
#[derive(Debug)]
pub struct Analysis {
    /// The post.
    pub post: Arc<Post>,
    /// Where its lines begin.
    pub lines: LineIndex,
}

/// Where a document stands.
#[derive(Debug)]
pub struct Place {
    /// Its site, if it belongs to one.
    pub site: Option<Arc<LiveSite>>,
    /// Its path relative to the site's source with `/`, or its name.
    pub path: Arc<str>,
    /// What it is by its path.
    pub kind: FileKind,
}

impl OpenDocument {
    /// A document as it is opened.
    pub fn new(uri: Url, version: i32, language: &str, text: &str) -> Self {
        OpenDocument {
            key: DocumentKey::new(&uri),
            uri,
            version,
            language: language.into(),
            text: Document::new(text),
            analysis: OnceLock::new(),
            place: Arc::default(),
            rules_off: Arc::default(),
        }
    }

    /// The next version, with the text that `edit` makes.
    #[must_use]
    pub fn edited(&self, version: i32, edit: impl FnOnce(&mut Document)) -> Self {
        let mut text = self.text.clone();
        edit(&mut text);
        OpenDocument {
            uri: self.uri.clone(),
            key: self.key.clone(),
            version,
            language: self.language.clone(),
            text,
            analysis: OnceLock::new(),
            place: self.place.clone(),
            rules_off: self.rules_off.clone(),
        }
    }

    /// The text read as a post, when it is first asked for.
    pub fn analysis(&self) -> &Analysis {
        self.analysis.get_or_init(|| {
            let text = self.text.snapshot();
            Analysis { post: Arc::new(Post::parse(text.text)), lines: text.lines }
        })
    }

    /// Its place, found by `find` where it is not known yet. All versions of a document share it.
    pub fn place(&self, find: impl FnOnce() -> Place) -> Arc<Place> {
        if let Some(place) = &*self.place.read().unwrap_or_else(PoisonError::into_inner) {
            return place.clone();
        }
        let found = Arc::new(find());
        let mut place = self.place.write().unwrap_or_else(PoisonError::into_inner);
        place.get_or_insert(found).clone()
    }

    /// Forgets its place: the site's configuration has come, changed or gone.
    pub fn forget_place(&self) {
        *self.place.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl OpenDocument {
    /// The codes of the rules that have failed at this document since it was opened.
    pub fn rules_off(&self) -> Vec<&'static str> {
        self.rules_off.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Leaves a rule out from now on. True where it was not left out before.
    pub fn switch_off(&self, code: &'static str) -> bool {
        let mut off = self.rules_off.write().unwrap_or_else(PoisonError::into_inner);
        let is_new = !off.contains(&code);
        if is_new {
            off.push(code);
        }
        is_new
    }
}

/// All open documents, each in its newest version.
#[derive(Debug, Default)]
pub struct Documents(DashMap<DocumentKey, Arc<OpenDocument>>);

impl Documents {
    /// Opens a document, or opens it anew.
    pub fn open(&self, document: OpenDocument) -> Arc<OpenDocument> {
        let document = Arc::new(document);
        self.0.insert(document.key.clone(), document.clone());
        document
    }

    /// Edits a document; none where it is not open.
    pub fn edit(
        &self,
        key: &DocumentKey,
        version: i32,
        edit: impl FnOnce(&mut Document),
    ) -> Option<Arc<OpenDocument>> {
        let mut entry = self.0.get_mut(key)?;
        *entry = Arc::new(entry.edited(version, edit));
        Some(entry.clone())
    }

    /// Closes a document; none where it is not open.
    pub fn close(&self, key: &DocumentKey) -> Option<Arc<OpenDocument>> {
        self.0.remove(key).map(|(_, document)| document)
    }

    /// The newest version of a document.
    pub fn get(&self, key: &DocumentKey) -> Option<Arc<OpenDocument>> {
        self.0.get(key).map(|document| document.clone())
    }

    /// The newest versions of all.
    pub fn all(&self) -> Vec<Arc<OpenDocument>> {
        self.0.iter().map(|document| document.clone()).collect()
    }

    /// Whether this is still the newest version.
    pub fn is_current(&self, document: &Arc<OpenDocument>) -> bool {
        self.0.get(&document.key).is_some_and(|newest| Arc::ptr_eq(&newest, document))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
