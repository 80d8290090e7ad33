//! Files that get another name: the edits that keep every link to them whole.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::lsp_types::{
    self as lsp, DocumentChangeOperation, DocumentChanges, FileOperationFilter, FileOperationPattern,
    FileOperationRegistrationOptions, FileRename, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, Url, WorkspaceEdit,
};

use super::convert::{file_move, protocol_range};
use super::documents::OpenDocument;
use super::progress::PATIENCE;
use super::sites::LiveSite;
use super::state::State;
use super::versions::{DocumentKey, DocumentVersion};
use super::watch;
use crate::features::commands::redirect;
use crate::features::files::{FileEdits, Texts};
use crate::features::links::{Move, moves_becoming};
use crate::jekyll::Clock;
use crate::post::Post;
use crate::site::{Site, paths, scan};
use crate::text::edit::apply;
use crate::text::{LineIndex, TextEdit};

/// Of which renames the editor asks before it makes them: of all files and folders.
pub fn filters() -> FileOperationRegistrationOptions {
    let pattern = FileOperationPattern { glob: "**/*".to_owned(), matches: None, options: None };
    let filter = FileOperationFilter { scheme: Some("file".to_owned()), pattern };
    FileOperationRegistrationOptions { filters: vec![filter] }
}

/// The edits that are to be made before the files move; `open` are the documents as they were when that was asked. What
/// the editor has told of before is known first, and so are all files of the sites. Reads files, so it belongs on a thread
/// for work.
pub fn edit(state: &State, open: &[Arc<OpenDocument>], renames: &[FileRename]) -> Option<WorkspaceEdit> {
    state.open_folders();
    watch::settle(state);
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
    let mut changes = Changes { state, open, documents: Vec::new() };
    for (site, moved) in by_site.into_values() {
        site.wait_until_read(PATIENCE);
        changes.add(&site, &moved);
    }
    changes.finish()
}

fn path(uri: &str) -> Option<PathBuf> {
    DocumentKey::new(&Url::parse(uri).ok()?).path().cloned()
}

/// The edit that moves a file with all links, makes `own` edits in it, and leaves a redirect behind where the site makes
/// some and `redirect` wants it. Reads files of the site, so it belongs on a thread for work.
pub fn with_file(
    state: &State,
    site: &Arc<LiveSite>,
    moved: &Move,
    to: &Url,
    redirect: bool,
    own: &[TextEdit],
) -> WorkspaceEdit {
    let open = &state.documents.all();
    let mut changes = Changes { state, open, documents: Vec::new() };
    let from = changes.add_with(site, std::slice::from_ref(moved), redirect, own);
    let mut operations: Vec<DocumentChangeOperation> =
        changes.documents.into_iter().map(DocumentChangeOperation::Edit).collect();
    operations.extend(from.map(|old_uri| file_move(old_uri, to.clone())));
    let document_changes = Some(DocumentChanges::Operations(operations));
    WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
}

struct Changes<'s> {
    state: &'s State,
    open: &'s [Arc<OpenDocument>],
    documents: Vec<TextDocumentEdit>,
}

impl Changes<'_> {
    fn add(&mut self, site: &Arc<LiveSite>, moved: &[Move]) {
        self.add_with(site, moved, false, &[]);
    }

    /// Adds the edits of the files of a site, with `own` ones of the first moved file. Gives its URI.
    fn add_with(
        &mut self,
        site: &Arc<LiveSite>,
        moved: &[Move],
        redirect: bool,
        own: &[TextEdit],
    ) -> Option<Url> {
        let clock = self.state.clock();
        let buffers = self.state.buffers_among(self.open, site);
        let open: HashMap<Arc<str>, Arc<DocumentVersion>> =
            buffers.iter().map(|buffer| (buffer.path.clone(), buffer.document.clone())).collect();
        let snapshot = site.under(&buffers, &clock);
        let whole = |path: &str| -> Option<Arc<str>> {
            match open.get(path) {
                Some(document) => Some(document.analysis().post.text.clone()),
                None => scan::read_shared(&scan::folder_of(site.root(), path), path).ok(),
            }
        };
        let uri = |path: &str| match open.get(path) {
            Some(document) => Some(document.uri.clone()),
            None => Url::from_file_path(scan::folder_of(site.root(), path).join(path)).ok(),
        };
        let first = moved.first().map_or("", |moved| &*moved.from);
        let becoming = |path: &str| match whole(path)? {
            text if path == first && !own.is_empty() => Some(Arc::from(apply(&text, own))),
            text => Some(text),
        };
        let mut files = moves_becoming(&snapshot, &clock, &whole, &becoming, moved);
        if let Some(text) = whole(first) {
            own.iter().for_each(|edit| add_edit(&mut files, first, &text, edit.clone()));
        }
        if redirect && redirect::is_used(&snapshot) {
            for moved in moved {
                add_redirect(&snapshot, &clock, (&whole, &becoming), moved, &mut files);
            }
        }
        for FileEdits { path, text, edits } in files {
            let Some(uri) = uri(&path) else { continue };
            let lines = LineIndex::new(&text);
            let encoding = self.state.capabilities().encoding;
            let edit = |edit: &TextEdit| {
                let range = protocol_range(lines.range(&text, edit.span, encoding));
                OneOf::Left(lsp::TextEdit { range, new_text: edit.new_text.clone() })
            };
            let version = open.get(&path).map(|document| document.version);
            self.documents.push(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
                edits: edits.iter().map(edit).collect(),
            });
        }
        moved.first().and_then(|moved| uri(&moved.from))
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

/// Adds to the edits of a moved file the one that leads readers of its old URL on.
fn add_redirect(
    site: &Site,
    clock: &Clock,
    (whole, becoming): (&Texts<'_>, &Texts<'_>),
    moved: &Move,
    files: &mut Vec<FileEdits>,
) {
    let (Some(text), Some(new)) = (whole(&moved.from), becoming(&moved.from)) else { return };
    let (before, after) = (Post::parse(text.clone()), Post::parse(new));
    let url = redirect::url_before(site, clock, (&before, &moved.from), (&after, &moved.to));
    // The place for it is in the text as it is.
    if let Some(edit) = url.and_then(|url| redirect::edit(&before, &url)) {
        add_edit(files, &moved.from, &text, edit);
    }
}

/// Adds an edit to those of a file.
fn add_edit(files: &mut Vec<FileEdits>, path: &str, text: &Arc<str>, edit: TextEdit) {
    match files.iter_mut().find(|file| *file.path == *path) {
        Some(file) => {
            file.edits.push(edit);
            file.edits.sort_by_key(|edit| edit.span);
        }
        None => files.push(FileEdits { path: path.into(), text: text.clone(), edits: vec![edit] }),
    }
}
