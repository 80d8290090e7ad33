//! The documents that the editor has open.

use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

use dashmap::DashMap;

use super::sites::LiveSite;
use super::versions::{DocumentKey, DocumentVersion, Edit};
use crate::site::FileKind;
use crate::text::Document;

/// A document that the editor has open, in one version of its text.
#[derive(Debug)]
pub struct OpenDocument {
    /// Its text.
    pub at: Arc<DocumentVersion>,
    /// All versions share these two.
    place: Arc<RwLock<Option<Arc<Place>>>>,
    rules_off: Arc<RwLock<Vec<&'static str>>>,
}

impl Deref for OpenDocument {
    type Target = DocumentVersion;

    fn deref(&self) -> &DocumentVersion {
        &self.at
    }
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
    pub fn new(at: DocumentVersion) -> Self {
        OpenDocument { at: Arc::new(at), place: Arc::default(), rules_off: Arc::default() }
    }

    /// The next version, see [`DocumentVersion::edited`].
    #[must_use]
    pub fn edited(&self, version: i32, whole: bool, edit: Edit) -> Self {
        OpenDocument {
            at: Arc::new(self.at.edited(version, whole, edit)),
            place: self.place.clone(),
            rules_off: self.rules_off.clone(),
        }
    }

    /// Its place, found by `find` where it is not known yet. All versions of a document share it.
    pub fn place(&self, find: impl FnOnce() -> Place) -> Arc<Place> {
        if let Some(place) = self.known_place() {
            return place;
        }
        let found = Arc::new(find());
        let mut place = self.place.write().unwrap_or_else(PoisonError::into_inner);
        place.get_or_insert(found).clone()
    }

    /// Forgets its place: the site's configuration has come, changed or gone.
    pub fn forget_place(&self) {
        *self.place.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Its place, as far as it is known without a look at the disk.
    pub fn known_place(&self) -> Option<Arc<Place>> {
        self.place.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

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

    /// Edits a document, see [`OpenDocument::edited`]; none where it is not open.
    pub fn edit(
        &self,
        key: &DocumentKey,
        version: i32,
        whole: bool,
        edit: impl Fn(&mut Document) + Send + Sync + 'static,
    ) -> Option<Arc<OpenDocument>> {
        let mut entry = self.0.get_mut(key)?;
        *entry = Arc::new(entry.edited(version, whole, Arc::new(edit)));
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
