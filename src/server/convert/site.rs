//! Places and edits in many files of a site.

use std::collections::HashMap;

use tower_lsp::lsp_types::{self as lsp, Url};

use super::position;
use crate::features::files::{FileEdits, FilePlaces, Question, SiteEdit};
use crate::features::site_symbols::{SiteSymbol, SiteSymbolKind};
use crate::server::client::Capabilities;
use crate::server::texts::SiteTexts;
use crate::text::{LineIndex, Span};
use rayon::prelude::*;

/// Converts the places of all files of a site.
#[derive(Clone, Copy, Debug)]
pub struct SitePlaces<'s> {
    texts: &'s SiteTexts,
    client: &'s Capabilities,
}

/// The name of the annotation that asks.
const CONFIRM: &str = "confirm";

impl<'s> SitePlaces<'s> {
    /// The places of a site's files.
    pub fn new(texts: &'s SiteTexts, client: &'s Capabilities) -> Self {
        SitePlaces { texts, client }
    }

    /// Whether all files of the site are known.
    pub fn is_whole(&self) -> bool {
        self.texts.is_whole()
    }

    /// The editor's own URI where the file is open.
    fn uri(&self, path: &str) -> Option<Url> {
        match self.texts.document(path) {
            Some(document) => Some(document.uri.clone()),
            None => Url::from_file_path(self.texts.file(path)).ok(),
        }
    }

    fn range(&self, text: &str, lines: &LineIndex, span: Span) -> lsp::Range {
        let range = lines.range(text, span, self.client.encoding);
        lsp::Range { start: position(range.start), end: position(range.end) }
    }

    /// Locations, in the order of the files.
    pub fn locations(&self, files: &[FilePlaces]) -> Vec<lsp::Location> {
        let of = |file: &FilePlaces| {
            let uri = self.uri(&file.path)?;
            let lines = LineIndex::new(&file.text);
            let location = |span: &Span| lsp::Location {
                uri: uri.clone(),
                range: self.range(&file.text, &lines, *span),
            };
            Some(file.spans.iter().map(location).collect::<Vec<_>>())
        };
        files.par_iter().filter_map(of).flatten_iter().collect()
    }

    /// Edits in many files. Open documents are named with the version that the edits are of, closed ones with none;
    /// what is to be confirmed says so, where the editor can show it.
    pub fn edit(&self, edit: &SiteEdit) -> lsp::WorkspaceEdit {
        // A file that moves is named among the documents; who can move it knows these.
        let of_documents = self.client.versioned_edits || edit.moved.is_some();
        let question =
            edit.confirm.as_ref().filter(|_| self.client.versioned_edits && self.client.annotations);
        let mut changes = HashMap::new();
        let mut documents = Vec::new();
        let of_file = |file| self.file_edits(file);
        for (file, uri, edits) in edit.files.par_iter().filter_map(of_file).collect::<Vec<_>>() {
            if !of_documents {
                changes.insert(uri, edits);
                continue;
            }
            let version = self.texts.document(&file.path).map(|document| document.version);
            let annotated = |text_edit| match question {
                None => lsp::OneOf::Left(text_edit),
                Some(_) => {
                    lsp::OneOf::Right(lsp::AnnotatedTextEdit { text_edit, annotation_id: CONFIRM.to_owned() })
                }
            };
            documents.push(lsp::TextDocumentEdit {
                text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
                edits: edits.into_iter().map(annotated).collect(),
            });
        }
        let annotation = |question: &Question| lsp::ChangeAnnotation {
            label: question.label.clone(),
            needs_confirmation: Some(true),
            description: Some(question.description.to_owned()),
        };
        let moved = edit.moved.as_ref().and_then(|moved| {
            let new_uri = Url::from_file_path(self.texts.root().join(&moved.to)).ok()?;
            Some(super::file_move(self.uri(&moved.from)?, new_uri))
        });
        let document_changes = match moved {
            None => lsp::DocumentChanges::Edits(documents),
            Some(moved) => {
                let edits = documents.into_iter().map(lsp::DocumentChangeOperation::Edit);
                lsp::DocumentChanges::Operations(edits.chain([moved]).collect())
            }
        };
        lsp::WorkspaceEdit {
            changes: (!of_documents).then_some(changes),
            document_changes: of_documents.then_some(document_changes),
            change_annotations: question
                .map(|question| HashMap::from([(CONFIRM.to_owned(), annotation(question))])),
        }
    }

    fn file_edits<'f>(&self, file: &'f FileEdits) -> Option<(&'f FileEdits, Url, Vec<lsp::TextEdit>)> {
        let lines = LineIndex::new(&file.text);
        let edits = file.edits.iter().map(|edit| lsp::TextEdit {
            range: self.range(&file.text, &lines, edit.span),
            new_text: edit.new_text.clone(),
        });
        Some((file, self.uri(&file.path)?, edits.collect()))
    }

    /// An answer to `workspace/symbol`.
    #[allow(deprecated, reason = "`deprecated` is a field without a default")]
    pub fn symbols(&self, symbols: &[SiteSymbol]) -> Vec<lsp::SymbolInformation> {
        let of = |symbol: &SiteSymbol| {
            let range = symbol.place.as_ref().map_or_else(lsp::Range::default, |(text, span)| {
                self.range(text, &LineIndex::new(text), *span)
            });
            Some(lsp::SymbolInformation {
                name: symbol.name.clone(),
                kind: match symbol.kind {
                    SiteSymbolKind::Tag => lsp::SymbolKind::CONSTANT,
                    SiteSymbolKind::Category => lsp::SymbolKind::NAMESPACE,
                    SiteSymbolKind::Post => lsp::SymbolKind::FILE,
                    SiteSymbolKind::Heading => lsp::SymbolKind::STRING,
                },
                tags: None,
                deprecated: None,
                location: lsp::Location { uri: self.uri(&symbol.path)?, range },
                container_name: symbol.detail.clone(),
            })
        };
        symbols.iter().filter_map(of).collect()
    }
}
