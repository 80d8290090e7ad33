//! What a request works on.

use std::sync::Arc;

use super::documents::OpenDocument;
use crate::features::Snapshot;

/// A moment of one open document: what a request works on.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The version that was newest when the request came.
    pub document: Arc<OpenDocument>,
    /// The document as a post of its site.
    pub snapshot: Snapshot,
}
