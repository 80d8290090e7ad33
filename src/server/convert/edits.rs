//! Findings with their mends, and edits of the workspace, as the protocol has them.

use std::collections::HashMap;

use tower_lsp::lsp_types::{self as lsp, Url};

use super::Places;
use crate::rules::{self, Severity};
use crate::server::versions::DocumentVersion;
use crate::text::{LineIndex, TextEdit};

/// The kind of the action that makes all safe fixes.
pub const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.masthead");

impl Places<'_> {
    /// A finding.
    pub fn diagnostic(&self, finding: &rules::Diagnostic) -> lsp::Diagnostic {
        let related = finding.related.iter().map(|related| lsp::DiagnosticRelatedInformation {
            location: self.related(related),
            message: related.message.clone(),
        });
        let explained = self.client.rules_page.clone().map(|mut href| {
            href.set_fragment(Some(finding.code));
            lsp::CodeDescription { href }
        });
        let shown = self.client.related_information && !finding.related.is_empty();
        lsp::Diagnostic {
            range: self.range(finding.span),
            severity: Some(match finding.severity {
                Severity::Error => lsp::DiagnosticSeverity::ERROR,
                Severity::Warning => lsp::DiagnosticSeverity::WARNING,
                Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
                Severity::Hint => lsp::DiagnosticSeverity::HINT,
            }),
            code: Some(lsp::NumberOrString::String(finding.code.into())),
            code_description: explained,
            source: Some("masthead".into()),
            message: finding.message.clone(),
            related_information: shown.then(|| related.collect()),
            ..lsp::Diagnostic::default()
        }
    }

    /// A place in another file, or its start where its text is not to be had.
    fn related(&self, related: &rules::Related) -> lsp::Location {
        let Some(path) = related.path.as_deref() else {
            return lsp::Location { uri: self.uri.clone(), range: self.range(related.span) };
        };
        let Ok(uri) = Url::from_file_path(self.snapshot.site.root().join(path)) else {
            return lsp::Location { uri: self.uri.clone(), range: lsp::Range::default() };
        };
        let texts = self.texts.filter(|_| !related.span.is_empty());
        let text = texts.and_then(|texts| texts(path));
        let range = text.map(|text| self.range_in(&LineIndex::new(&text), &text, related.span));
        lsp::Location { uri, range: range.unwrap_or_default() }
    }

    /// The mend of a finding; none where it has none.
    pub fn quick_fix(
        &self,
        finding: &rules::Diagnostic,
        document: &DocumentVersion,
    ) -> Option<lsp::CodeAction> {
        let fix = finding.fix.as_ref()?;
        Some(lsp::CodeAction {
            title: fix.title.clone(),
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![self.diagnostic(finding)]),
            edit: Some(self.workspace_edit(&fix.edits, document.version)),
            is_preferred: (self.client.preferred_actions && fix.safe).then_some(true),
            ..lsp::CodeAction::default()
        })
    }

    /// A mend of a finding that goes through the whole site.
    pub fn site_fix(
        &self,
        finding: &rules::Diagnostic,
        title: String,
        edit: lsp::WorkspaceEdit,
    ) -> lsp::CodeAction {
        lsp::CodeAction {
            title,
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![self.diagnostic(finding)]),
            edit: Some(edit),
            ..lsp::CodeAction::default()
        }
    }

    /// All safe fixes of the document as one source action.
    pub fn fix_all(&self, edits: &[TextEdit], document: &DocumentVersion) -> lsp::CodeAction {
        lsp::CodeAction {
            title: "Fix all safe problems in this post".to_owned(),
            kind: Some(FIX_ALL),
            edit: Some(self.workspace_edit(edits, document.version)),
            ..lsp::CodeAction::default()
        }
    }

    /// Edits of the document in this version.
    pub fn workspace_edit(&self, edits: &[TextEdit], version: i32) -> lsp::WorkspaceEdit {
        let edits: Vec<lsp::TextEdit> = edits.iter().map(|edit| self.edit(edit)).collect();
        if !self.client.versioned_edits {
            let changes = HashMap::from([(self.uri.clone(), edits)]);
            return lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() };
        }
        let text_document =
            lsp::OptionalVersionedTextDocumentIdentifier { uri: self.uri.clone(), version: Some(version) };
        let edits = edits.into_iter().map(lsp::OneOf::Left).collect();
        lsp::WorkspaceEdit {
            document_changes: Some(lsp::DocumentChanges::Edits(vec![lsp::TextDocumentEdit {
                text_document,
                edits,
            }])),
            ..lsp::WorkspaceEdit::default()
        }
    }
}

/// An edit that makes a file, never over one that is there.
pub fn new_file(uri: Url, text: String) -> lsp::WorkspaceEdit {
    let create = lsp::ResourceOp::Create(lsp::CreateFile {
        uri: uri.clone(),
        options: Some(lsp::CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) }),
        annotation_id: None,
    });
    let text = lsp::TextDocumentEdit {
        text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version: None },
        edits: vec![lsp::OneOf::Left(lsp::TextEdit { range: lsp::Range::default(), new_text: text })],
    };
    operations(vec![lsp::DocumentChangeOperation::Op(create), lsp::DocumentChangeOperation::Edit(text)])
}

/// The move of a file, which is not made where there is another one already.
pub fn file_move(old_uri: Url, new_uri: Url) -> lsp::DocumentChangeOperation {
    lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Rename(lsp::RenameFile {
        old_uri,
        new_uri,
        options: Some(lsp::RenameFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) }),
        annotation_id: None,
    }))
}

fn operations(operations: Vec<lsp::DocumentChangeOperation>) -> lsp::WorkspaceEdit {
    lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Operations(operations)),
        ..lsp::WorkspaceEdit::default()
    }
}
