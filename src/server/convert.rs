//! From our types to the protocol's and back: the only files that know both worlds. Here are the places of a document and
//! the answers that are little more; [`site`] has the answers that name many files.

mod completion;
mod edits;
mod markup;
mod site;
mod symbols;

use tower_lsp::lsp_types::{self as lsp, Url};

use super::client::Capabilities;
use super::moment::Moment;
use crate::features::Snapshot;
use crate::features::code_lens::CodeLens;
use crate::features::files::Texts;
use crate::features::hover::Hover;
use crate::features::inlay_hints::InlayHint;
use crate::features::links::DocumentLink;
use crate::site::TermKind;
use crate::text::{Document, LineIndex, Position, PositionEncoding, Range, Span, TextEdit};

pub use completion::{CompletionList, Later};
pub use edits::{FIX_ALL, file_move, new_file};
pub use markup::markup;
pub use site::SitePlaces;

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

    /// Spans that lie in each other, the innermost first, as one range with its parents.
    pub fn selection(&self, spans: &[Span]) -> Option<lsp::SelectionRange> {
        spans.iter().rev().fold(None, |parent, span| {
            Some(lsp::SelectionRange { range: self.range(*span), parent: parent.map(Box::new) })
        })
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
