//! Files that get another name: the edits that keep every link to them whole.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::lsp_types::{
    self as lsp, DocumentChanges, FileOperationFilter, FileOperationPattern,
    FileOperationRegistrationOptions, FileRename, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, Url, WorkspaceEdit,
};

use super::convert::protocol_range;
use super::documents::{DocumentKey, OpenDocument};
use super::sites::LiveSite;
use super::state::State;
use crate::features::files::FileEdits;
use crate::features::links::{Move, moves};
use crate::site::{paths, scan};
use crate::text::LineIndex;

/// Of which renames the editor asks before it makes them: of all files and folders.
pub fn filters() -> FileOperationRegistrationOptions {
    let pattern = FileOperationPattern { glob: "**/*".to_owned(), matches: None, options: None };
    let filter = FileOperationFilter { scheme: Some("file".to_owned()), pattern };
    FileOperationRegistrationOptions { filters: vec![filter] }
}

/// The edits that are to be made before the files move. Reads files of the site, so it belongs on a thread for work.
pub fn edit(state: &State, renames: &[FileRename]) -> Option<WorkspaceEdit> {
    let mut by_site: HashMap<PathBuf, (Arc<LiveSite>, Vec<Move>)> = HashMap::new();
    for rename in renames {
        let (Some(from), Some(to)) = (path(&rename.old_uri), path(&rename.new_uri)) else { continue };
        let sites = state.sites().into_iter();
        let inside = sites.filter_map(|site| {
            let moved =
                Move { from: paths::relative(site.root(), &from)?, to: paths::relative(site.root(), &to)? };
            Some((site, moved))
        });
        // A site can lie in the folder of another one: the nearest is the file's.
        if let Some((site, moved)) = inside.min_by_key(|(_, moved)| moved.from.len()) {
            let root = site.root().to_owned();
            by_site.entry(root).or_insert_with(|| (site, Vec::new())).1.push(moved);
        }
    }
    let mut changes = Changes { state, documents: Vec::new() };
    for (site, moved) in by_site.into_values() {
        changes.add(&site, &moved);
    }
    changes.finish()
}

fn path(uri: &str) -> Option<PathBuf> {
    DocumentKey::new(&Url::parse(uri).ok()?).path().cloned()
}

struct Changes<'s> {
    state: &'s State,
    documents: Vec<TextDocumentEdit>,
}

impl Changes<'_> {
    fn add(&mut self, site: &Arc<LiveSite>, moved: &[Move]) {
        let clock = self.state.clock();
        let buffers = self.state.buffers(site);
        let open: HashMap<Arc<str>, Arc<OpenDocument>> =
            buffers.iter().map(|buffer| (buffer.path.clone(), buffer.document.clone())).collect();
        let snapshot = site.with(|| buffers, &clock);
        let whole = |path: &str| -> Option<Arc<str>> {
            match open.get(path) {
                Some(document) => Some(document.analysis().post.text.clone()),
                None => scan::read(site.root(), path).ok().map(Arc::from),
            }
        };
        for FileEdits { path, text, edits } in moves(&snapshot, &clock, &whole, moved) {
            let document = open.get(&path);
            let uri = match document {
                Some(document) => document.uri.clone(),
                None => match Url::from_file_path(site.root().join(&*path)) {
                    Ok(uri) => uri,
                    Err(()) => continue,
                },
            };
            let lines = LineIndex::new(&text);
            let encoding = self.state.capabilities().encoding;
            let edit = |edit: &crate::text::TextEdit| {
                let range = protocol_range(lines.range(&text, edit.span, encoding));
                OneOf::Left(lsp::TextEdit { range, new_text: edit.new_text.clone() })
            };
            let version = document.map(|document| document.version);
            self.documents.push(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
                edits: edits.iter().map(edit).collect(),
            });
        }
    }

    fn finish(self) -> Option<WorkspaceEdit> {
        if self.documents.is_empty() {
            return None;
        }
        if self.state.capabilities().versioned_edits {
            let document_changes = Some(DocumentChanges::Edits(self.documents));
            return Some(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() });
        }
        let plain = |edit| match edit {
            OneOf::Left(edit) => edit,
            OneOf::Right(lsp::AnnotatedTextEdit { text_edit, .. }) => text_edit,
        };
        let changes = self
            .documents
            .into_iter()
            .map(|document| (document.text_document.uri, document.edits.into_iter().map(plain).collect()));
        Some(WorkspaceEdit { changes: Some(changes.collect()), ..WorkspaceEdit::default() })
    }
}
