//! Completions as the protocol has them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types as lsp;

use super::{Places, markup};
use crate::features::Snapshot;
use crate::features::completion::{self, Completions, Documentation, Item, ItemKind};
use crate::site::TermKind;
use crate::text::Span;

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

impl Places<'_> {
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
