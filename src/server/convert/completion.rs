//! Completions as the protocol has them.

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types as lsp;

use super::{Places, markup};
use crate::features::Snapshot;
use crate::features::completion::{self, Completions, Documentation, Item, ItemKind};
use crate::site::TermKind;
use crate::text::{Span, TextEdit};

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

/// An answer to `textDocument/completion`. That of lsp-types 0.94 has no defaults, and costs an author several copies of
/// every item at every key. Source: LSP 3.17, "CompletionList" and "CompletionItem".
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CompletionList {
    is_incomplete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_defaults: Option<Defaults>,
    items: Vec<ListItem>,
}

/// What counts for every item that does not say it itself.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Defaults {
    edit_range: lsp::Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Later>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ListItem {
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label_details: Option<lsp::CompletionItemLabelDetails>,
    kind: lsp::CompletionItemKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documentation: Option<lsp::MarkupContent>,
    sort_text: String,
    /// The label where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    filter_text: Option<String>,
    /// Plain text where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    insert_text_format: Option<lsp::InsertTextFormat>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_edit: Option<lsp::TextEdit>,
    /// The new text of an edit whose range is the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_edit_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Later>,
}

impl CompletionList {
    /// Says once what the first item has in common with others: an author waits for half of the bytes then.
    fn with_defaults(mut self) -> Self {
        let first = self.items.first().and_then(|item| Some((item.text_edit.as_ref()?.range, item.data)));
        let Some((edit_range, data)) = first else { return self };
        // An item without `data` would take the default.
        let data = data.filter(|_| self.items.iter().all(|item| item.data.is_some()));
        for item in &mut self.items {
            item.data = item.data.filter(|_| item.data != data);
            if let Some(edit) = item.text_edit.take_if(|edit| edit.range == edit_range) {
                item.text_edit_text = Some(edit.new_text);
            }
        }
        self.item_defaults = Some(Defaults { edit_range, data });
        self
    }
}

impl Places<'_> {
    /// An answer to `textDocument/completion` at a byte offset.
    /// `site` is the number of the site that a client which asks for more is to ask about.
    pub fn completions(&self, completions: Completions, offset: usize, site: Option<u32>) -> CompletionList {
        // Most items of a list replace the same span.
        let mut last = None;
        let mut range = |span| match last {
            Some((known, range)) if known == span => range,
            _ => last.insert((span, self.range(span))).1,
        };
        let items = completions.items.into_iter().enumerate();
        let items = items.map(|(rank, item)| self.item(rank, item, offset, site, &mut range)).collect();
        let list = CompletionList { is_incomplete: completions.incomplete, item_defaults: None, items };
        if self.client.completion_defaults { list.with_defaults() } else { list }
    }

    fn item(
        &self,
        rank: usize,
        item: Item,
        offset: usize,
        site: Option<u32>,
        range: &mut dyn FnMut(Span) -> lsp::Range,
    ) -> ListItem {
        let (documentation, data) = match (item.documentation, site) {
            (Some(Documentation::Text(text)), _) => (Some(text), None),
            (Some(Documentation::LatestPosts(kind)), Some(site)) => {
                (None, Some(Later { site, category: kind == TermKind::Category }))
            }
            (Some(Documentation::LatestPosts(kind)), None) => {
                let Snapshot { site, .. } = self.snapshot;
                (completion::latest_posts(site, &self.snapshot.zone(), kind, &item.label), None)
            }
            (None, _) => (None, None),
        };
        let (beside, detail) = match item.detail {
            Some(text) if self.client.label_details => {
                (Some(lsp::CompletionItemLabelDetails { detail: None, description: Some(text) }), None)
            }
            detail => (None, detail),
        };
        let (edit, format) = self.accepted(item.edit, item.cursor, offset, range);
        const { assert!(completion::MAX_ITEMS <= 10_000, "ranks have four digits") };
        ListItem {
            label_details: beside,
            kind: match item.kind {
                ItemKind::Tag => lsp::CompletionItemKind::KEYWORD,
                ItemKind::Category => lsp::CompletionItemKind::FOLDER,
                ItemKind::Key => lsp::CompletionItemKind::PROPERTY,
                ItemKind::Value => lsp::CompletionItemKind::VALUE,
                ItemKind::File => lsp::CompletionItemKind::FILE,
                ItemKind::Anchor => lsp::CompletionItemKind::REFERENCE,
            },
            detail,
            documentation: documentation.map(|text| markup(&text, self.client.completion_markdown)),
            sort_text: four_digits(rank),
            filter_text: Some(item.filter_text).filter(|text| *text != item.label),
            insert_text_format: Some(format).filter(|format| *format != lsp::InsertTextFormat::PLAIN_TEXT),
            text_edit: Some(edit),
            text_edit_text: None,
            data,
            label: item.label,
        }
    }

    /// The edit of a completion, so that it comes out right also where the client makes only a part of it. A snippet where the
    /// cursor goes into the text, or where only a snippet comes in whole.
    fn accepted(
        &self,
        mut edit: TextEdit,
        cursor: Option<usize>,
        offset: usize,
        range: &mut dyn FnMut(Span) -> lsp::Range,
    ) -> (lsp::TextEdit, lsp::InsertTextFormat) {
        if !self.client.whole_completions {
            let behind = Span::new(offset.max(edit.span.start), edit.span.end).of(self.text);
            let kept = common_end(behind, &edit.new_text);
            edit.span.end -= kept;
            edit.new_text.truncate(edit.new_text.len() - kept);
        }
        let is_cut = !self.client.whole_completions && edit.new_text.contains(char::is_whitespace);
        let cursor = cursor.and_then(|at| edit.new_text.split_at_checked(at));
        if !self.client.snippets || (cursor.is_none() && !is_cut) {
            return (
                lsp::TextEdit { range: range(edit.span), new_text: edit.new_text },
                lsp::InsertTextFormat::PLAIN_TEXT,
            );
        }
        let new_text = match cursor {
            Some((before, after)) => format!("{}$0{}", snippet(before), snippet(after)),
            None => snippet(&edit.new_text),
        };
        (lsp::TextEdit { range: range(edit.span), new_text }, lsp::InsertTextFormat::SNIPPET)
    }
}

/// A number with zeros before it, so that texts sort as their numbers do.
fn four_digits(number: usize) -> String {
    let mut digits = (10_000 + number).to_string();
    digits.remove(0);
    digits
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
