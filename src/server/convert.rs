//! From our types to the protocol's and back: the only files that know both worlds. `site` has the answers that name
//! many files.

mod site;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{self as lsp, Url};

use super::client::Capabilities;
use super::documents::OpenDocument;
use super::moment::Moment;
use crate::features::Snapshot;
use crate::features::code_lens::CodeLens;
use crate::features::completion::{self, Completions, Documentation, Item, ItemKind};
use crate::features::files::Texts;
use crate::features::hover::Hover;
use crate::features::inlay_hints::InlayHint;
use crate::features::links::DocumentLink;
use crate::features::symbols::{Symbol, SymbolKind};
use crate::rules::{self, Severity};
use crate::site::TermKind;
use crate::text::{Document, LineIndex, Position, PositionEncoding, Range, Span, TextEdit};

pub use site::SitePlaces;

/// The kind of the action that makes all safe fixes.
pub const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.masthead");

/// The `data` of a completion whose documentation the client asks for: which term of which site it offers, whose name is
/// its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Later {
    /// [`super::sites::LiveSite::number`].
    pub site: u32,
    /// Whether the term is a category, else it is a tag.
    pub category: bool,
}

impl Later {
    /// What the term is.
    pub fn kind(self) -> TermKind {
        if self.category { TermKind::Category } else { TermKind::Tag }
    }
}

/// Converts the places of one document.
#[derive(Clone, Copy)]
pub struct Places<'d> {
    uri: &'d Url,
    snapshot: &'d Snapshot,
    text: &'d str,
    lines: &'d LineIndex,
    client: &'d Capabilities,
    /// The texts of the site's other files.
    texts: Option<&'d Texts<'d>>,
}

impl<'d> Places<'d> {
    /// The places of the document of a moment.
    pub fn new(moment: &'d Moment, client: &'d Capabilities) -> Self {
        let analysis = moment.document.analysis();
        Places {
            uri: &moment.document.uri,
            snapshot: &moment.snapshot,
            text: &analysis.post.text,
            lines: &analysis.lines,
            client,
            texts: None,
        }
    }

    /// The same, where the texts of other files can be had.
    pub fn with_texts(self, texts: &'d Texts<'d>) -> Self {
        Places { texts: Some(texts), ..self }
    }

    /// The byte offset of a position.
    pub fn offset(&self, position: lsp::Position) -> usize {
        self.lines.offset(self.text, own_position(position), self.client.encoding)
    }

    /// The span of a range.
    pub fn span(&self, range: lsp::Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    /// The range of a span.
    pub fn range(&self, span: Span) -> lsp::Range {
        self.range_in(self.lines, self.text, span)
    }

    fn range_in(&self, lines: &LineIndex, text: &str, span: Span) -> lsp::Range {
        let Range { start, end } = lines.range(text, span, self.client.encoding);
        lsp::Range { start: position(start), end: position(end) }
    }

    fn edit(&self, edit: &TextEdit) -> lsp::TextEdit {
        lsp::TextEdit { range: self.range(edit.span), new_text: edit.new_text.clone() }
    }

    /// An answer to `textDocument/completion` at a byte offset.
    /// `site` is the number of the site that a client which asks for more is to ask about.
    pub fn completions(
        &self,
        completions: &Completions,
        offset: usize,
        site: Option<u32>,
    ) -> lsp::CompletionResponse {
        let items = completions.items.iter().enumerate();
        let items = items.map(|(rank, item)| self.item(rank, item, offset, site));
        lsp::CompletionResponse::List(lsp::CompletionList {
            is_incomplete: completions.incomplete,
            items: items.collect(),
        })
    }

    fn item(&self, rank: usize, item: &Item, offset: usize, site: Option<u32>) -> lsp::CompletionItem {
        let (documentation, data) = match (&item.documentation, site) {
            (Some(Documentation::Text(text)), _) => (Some(Cow::Borrowed(&**text)), None),
            (Some(Documentation::LatestPosts(kind)), Some(site)) => {
                let later = Later { site, category: *kind == TermKind::Category };
                (None, serde_json::to_value(later).ok())
            }
            (Some(Documentation::LatestPosts(kind)), None) => {
                let Snapshot { site, .. } = self.snapshot;
                let text = completion::latest_posts(site, &self.snapshot.zone(), *kind, &item.label);
                (text.map(Cow::Owned), None)
            }
            (None, _) => (None, None),
        };
        let shown = |text: Cow<'_, str>| markup(&text, self.client.completion_markdown);
        let documentation = documentation.map(shown).map(lsp::Documentation::MarkupContent);
        let beside = item.detail.clone().filter(|_| self.client.label_details);
        let beside =
            beside.map(|text| lsp::CompletionItemLabelDetails { detail: None, description: Some(text) });
        let (edit, format) = self.accepted(item, offset);
        const { assert!(completion::MAX_ITEMS <= 10_000, "ranks have four digits") };
        lsp::CompletionItem {
            label: item.label.clone(),
            kind: Some(match item.kind {
                ItemKind::Tag => lsp::CompletionItemKind::KEYWORD,
                ItemKind::Category => lsp::CompletionItemKind::FOLDER,
                ItemKind::Key => lsp::CompletionItemKind::PROPERTY,
                ItemKind::Value => lsp::CompletionItemKind::VALUE,
                ItemKind::File => lsp::CompletionItemKind::FILE,
                ItemKind::Anchor => lsp::CompletionItemKind::REFERENCE,
            }),
            detail: item.detail.clone().filter(|_| !self.client.label_details),
            label_details: beside,
            documentation,
            data,
            sort_text: Some(format!("{rank:04}")),
            filter_text: Some(item.filter_text.clone()),
            insert_text_format: Some(format),
            text_edit: Some(lsp::CompletionTextEdit::Edit(edit)),
            ..lsp::CompletionItem::default()
        }
    }

    /// The edit of a completion, so that it comes out right also where the client makes only a part of it. A snippet where the
    /// cursor goes into the text, or where only a snippet comes in whole.
    fn accepted(&self, item: &Item, offset: usize) -> (lsp::TextEdit, lsp::InsertTextFormat) {
        let mut edit = item.edit.clone();
        if !self.client.whole_completions {
            let behind = Span::new(offset.max(edit.span.start), edit.span.end).of(self.text);
            let kept = common_end(behind, &edit.new_text);
            edit.span.end -= kept;
            edit.new_text.truncate(edit.new_text.len() - kept);
        }
        let is_cut = !self.client.whole_completions && edit.new_text.contains(char::is_whitespace);
        let cursor = item.cursor.and_then(|at| edit.new_text.split_at_checked(at));
        if !self.client.snippets || (cursor.is_none() && !is_cut) {
            return (self.edit(&edit), lsp::InsertTextFormat::PLAIN_TEXT);
        }
        edit.new_text = match cursor {
            Some((before, after)) => format!("{}$0{}", snippet(before), snippet(after)),
            None => snippet(&edit.new_text),
        };
        (self.edit(&edit), lsp::InsertTextFormat::SNIPPET)
    }

    /// An answer to `textDocument/documentLink`.
    pub fn document_links(&self, links: &[DocumentLink]) -> Vec<lsp::DocumentLink> {
        let link = |link: &DocumentLink| {
            let mut target = Url::from_file_path(self.snapshot.site.root().join(&link.path)).ok()?;
            // VS Code, the one of our editors that follows such links, goes to that line; others ask for the definition.
            let fragment = link.line.map(|line| format!("L{}", line.saturating_add(1)));
            target.set_fragment(fragment.as_deref());
            Some(lsp::DocumentLink {
                range: self.range(link.span),
                target: Some(target),
                tooltip: None,
                data: None,
            })
        };
        links.iter().filter_map(link).collect()
    }

    /// An answer to `textDocument/hover`.
    pub fn hover(&self, hover: &Hover) -> lsp::Hover {
        lsp::Hover {
            contents: lsp::HoverContents::Markup(markup(&hover.markdown, self.client.hover_markdown)),
            range: Some(self.range(hover.span)),
        }
    }

    /// An answer to `textDocument/inlayHint`.
    pub fn inlay_hints(&self, hints: &[InlayHint]) -> Vec<lsp::InlayHint> {
        let hint = |hint: &InlayHint| lsp::InlayHint {
            position: self.range(Span::empty(hint.offset)).start,
            label: lsp::InlayHintLabel::String(hint.label.clone()),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        };
        hints.iter().map(hint).collect()
    }

    /// An answer to `textDocument/codeLens`. A click asks for the list of all terms; `about` names the document.
    pub fn code_lenses(&self, lenses: &[CodeLens], about: &serde_json::Value) -> Vec<lsp::CodeLens> {
        let of = |lens: &CodeLens| {
            let mut asked = about.clone();
            asked["categories"] = (lens.kind == TermKind::Category).into();
            lsp::CodeLens {
                range: self.range(lens.span),
                command: Some(lsp::Command {
                    title: lens.title.clone(),
                    command: "masthead.tags".to_owned(),
                    arguments: Some(vec![asked]),
                }),
                data: None,
            }
        };
        lenses.iter().map(of).collect()
    }

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
    pub fn quick_fix(&self, finding: &rules::Diagnostic, document: &OpenDocument) -> Option<lsp::CodeAction> {
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
    pub fn fix_all(&self, edits: &[TextEdit], document: &OpenDocument) -> lsp::CodeAction {
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

    /// Spans that lie in each other, the innermost first, as one range with its parents.
    pub fn selection(&self, spans: &[Span]) -> Option<lsp::SelectionRange> {
        spans.iter().rev().fold(None, |parent, span| {
            Some(lsp::SelectionRange { range: self.range(*span), parent: parent.map(Box::new) })
        })
    }

    /// An answer to `textDocument/documentSymbol`: a tree, or a list for a client that knows no trees.
    pub fn symbols(&self, symbols: &[Symbol]) -> lsp::DocumentSymbolResponse {
        if self.client.nested_symbols {
            return lsp::DocumentSymbolResponse::Nested(
                symbols.iter().map(|symbol| self.symbol(symbol)).collect(),
            );
        }
        let mut flat = Vec::new();
        self.flatten(symbols, None, &mut flat);
        lsp::DocumentSymbolResponse::Flat(flat)
    }

    #[allow(deprecated, reason = "`deprecated` is a field without a default")]
    fn symbol(&self, symbol: &Symbol) -> lsp::DocumentSymbol {
        let children = symbol.children.iter().map(|child| self.symbol(child)).collect();
        lsp::DocumentSymbol {
            name: symbol_name(symbol),
            detail: symbol.detail.clone(),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: self.range(symbol.span.cover(symbol.name_span)),
            selection_range: self.range(symbol.name_span),
            children: Some(children).filter(|children: &Vec<_>| !children.is_empty()),
        }
    }

    #[allow(deprecated, reason = "`deprecated` is a field without a default")]
    fn flatten(&self, symbols: &[Symbol], container: Option<&str>, flat: &mut Vec<lsp::SymbolInformation>) {
        for symbol in symbols {
            flat.push(lsp::SymbolInformation {
                name: symbol_name(symbol),
                kind: symbol_kind(symbol.kind),
                tags: None,
                deprecated: None,
                location: lsp::Location { uri: self.uri.clone(), range: self.range(symbol.span) },
                container_name: container.map(str::to_owned),
            });
            self.flatten(&symbol.children, Some(&symbol.name), flat);
        }
    }

    /// An answer to `textDocument/foldingRange`: whole lines, which every client folds.
    pub fn folds(&self, folds: &[Span]) -> Vec<lsp::FoldingRange> {
        let range = |fold: &Span| {
            let range = self.range(*fold);
            lsp::FoldingRange {
                start_line: range.start.line,
                end_line: range.end.line,
                kind: Some(lsp::FoldingRangeKind::Region),
                ..lsp::FoldingRange::default()
            }
        };
        folds.iter().map(range).filter(|range| range.start_line < range.end_line).collect()
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

/// The position of a byte offset in a text that is no document yet.
pub fn position_in(text: &str, offset: usize, encoding: PositionEncoding) -> lsp::Position {
    position(LineIndex::new(text).position(text, offset, encoding))
}

/// Makes the changes of a `textDocument/didChange`, each on the text that the one before it left.
pub fn apply(
    document: &mut Document,
    changes: &[lsp::TextDocumentContentChangeEvent],
    encoding: PositionEncoding,
) {
    for change in changes {
        match change.range {
            Some(range) => {
                let range = Range { start: own_position(range.start), end: own_position(range.end) };
                document.replace(range, encoding, &change.text);
            }
            None => document.replace_all(&change.text),
        }
    }
}

/// A range of ours as the protocol's.
pub fn protocol_range(Range { start, end }: Range) -> lsp::Range {
    lsp::Range { start: position(start), end: position(end) }
}

fn position(position: Position) -> lsp::Position {
    lsp::Position { line: position.line, character: position.column }
}

fn own_position(position: lsp::Position) -> Position {
    Position { line: position.line, column: position.character }
}

/// A text as a snippet that says just it.
fn snippet(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// How many bytes two texts have in common at their ends, in whole characters.
fn common_end(one: &str, other: &str) -> usize {
    let pairs = one.chars().rev().zip(other.chars().rev());
    pairs.take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum()
}

/// Markdown of ours as the client takes it.
pub fn markup(markdown: &str, taken: bool) -> lsp::MarkupContent {
    if taken {
        return lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: markdown.to_owned() };
    }
    lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: plain(markdown) }
}

/// Markdown of ours without its marks, for a client that shows plain text.
fn plain(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let mut plain = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::SoftBreak | Event::HardBreak => plain.push('\n'),
            Event::Rule => plain.push_str("\n\n"),
            Event::Start(Tag::Item) => plain.push_str("\n- "),
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::List(_)) if !plain.is_empty() => {
                plain.push('\n');
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_)) => plain.push('\n'),
            _ => {}
        }
    }
    while plain.contains("\n\n\n") {
        plain = plain.replace("\n\n\n", "\n\n");
    }
    plain.trim().to_owned()
}

/// VS Code refuses a symbol without a name, and all others with it.
fn symbol_name(symbol: &Symbol) -> String {
    let name = symbol.name.trim();
    if name.is_empty() { "(empty)".to_owned() } else { name.to_owned() }
}

fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::FrontMatter => lsp::SymbolKind::NAMESPACE,
        SymbolKind::Key => lsp::SymbolKind::PROPERTY,
        SymbolKind::Heading => lsp::SymbolKind::STRING,
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_text_has_no_marks() {
        let markdown = "**128 posts**, first 2019\n\n- [題 \\* 名](file:///a.md) `x`\n- b\n\nlast";
        assert_eq!(plain(markdown), "128 posts, first 2019\n\n- 題 * 名 x\n- b\n\nlast");
    }
}
