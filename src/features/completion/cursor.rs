//! Where the cursor is in the front matter, and what an accepted word may replace there.
//!
//! It reads the tolerant tree, so it works in a block that does not load. Everything stays on the cursor's line.

use crate::post::Post;
use crate::post::front_matter::tree::{
    BlockList, Entry, EntryValue, FlowList, Item, Quote, Scalar, common_quote,
};
use crate::post::front_matter::write::Context;
use crate::text::Span;

/// What can be typed at a place.
#[derive(Debug)]
pub(super) enum Place<'p> {
    /// A key at column 0.
    Key(KeySlot),
    /// A value, or one item of a list.
    Value(Slot<'p>),
}

/// The place of a key.
#[derive(Debug)]
pub(super) struct KeySlot {
    /// What goes: the key that is there without its colon.
    pub(super) edit: Span,
    /// What of it stands before the cursor.
    pub(super) typed: Span,
    /// What comes after the key: `: `, or less where that is there.
    pub(super) after: &'static str,
}

/// The place of a value or of an item.
#[derive(Debug)]
pub(super) struct Slot<'p> {
    /// The key whose value it is, as it is written.
    pub(super) key: &'p str,
    /// What goes: the typed word with its quotes.
    pub(super) edit: Span,
    /// What of the word stands before the cursor, without quotes.
    pub(super) typed: Span,
    /// How the word is written.
    pub(super) form: Form,
    /// What comes before the word: a blank after a colon, a comma after an item.
    pub(super) before: &'static str,
    /// What comes after it.
    pub(super) after: &'static str,
}

impl Slot<'_> {
    /// What is likely to be typed before the word: the blank that comes with it. Helix compares it with the items of a list
    /// that has opened at a colon or a dash, and would keep only those with a blank in them.
    pub(super) fn likely(&self) -> &'static str {
        if self.before == " " { self.before } else { "" }
    }
}

/// How an accepted word is written. In the quotes of what stands beside it; where nothing does, in those that are usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As a scalar.
    Scalar(Context, Option<Quote>),
    /// `[word]`: the first item of a list that is not there yet.
    NewList,
    /// `- word`
    NewItem(Option<Quote>),
    /// One of the words of this string, which Jekyll splits at blanks.
    Words(Scalar),
}

/// Whether Jekyll reads several words in a string of this key.
pub(super) fn splits_words(key: &str) -> bool {
    matches!(key, "tags" | "categories")
}

/// What can be typed at a byte offset; nothing outside the front matter, in a comment, in nested values.
pub(super) fn place(post: &Post, offset: usize) -> Option<Place<'_>> {
    let text = &*post.text;
    let content = post.front_matter.fence.content;
    if !text.is_char_boundary(offset) || offset < content.start || !post.front_matter.fence.is_present() {
        return None;
    }
    let inside = match post.front_matter.fence.closing {
        Some(closing) => offset < closing.start,
        // The block is being typed: its last line may not look like a part of it yet.
        None => !Span::new(content.end.min(offset), offset).of(text).contains(['\n', '\r']),
    };
    if !inside {
        return None;
    }
    let cursor = Cursor { text, offset, line: line_at(text, offset) };
    let entry = post.tree().entry_at(offset.min(content.end));
    let value = entry.and_then(|entry| cursor.value(entry));
    value.map(Place::Value).or_else(|| cursor.key(entry).map(Place::Key))
}

struct Cursor<'p> {
    text: &'p str,
    offset: usize,
    /// The cursor's line without its break.
    line: Span,
}

impl<'p> Cursor<'p> {
    fn key(&self, entry: Option<&Entry>) -> Option<KeySlot> {
        let before = self.span(self.line.start, self.offset);
        if before.contains([' ', '\t', ':', '#', '"', '\'', '[', ']', '{', '}', ','])
            || before.starts_with('-')
        {
            return None;
        }
        let in_list = |list: &FlowList| list.span.contains(self.offset) && list.close.is_some();
        if entry.is_some_and(|entry| matches!(&entry.value, EntryValue::Flow(list) if in_list(list))) {
            return None;
        }
        let rest = self.span(self.offset, self.line.end);
        let end = self.offset + rest.find([' ', '\t', ':', '：', '#']).unwrap_or(rest.len());
        let behind = self.span(end, self.line.end);
        let after = match behind.trim_start_matches([' ', '\t']) {
            more if more.starts_with(':') => "",
            _ if behind.starts_with([' ', '\t']) => ":",
            _ => ": ",
        };
        let typed = Span::new(self.line.start, self.offset);
        Some(KeySlot { edit: Span::new(self.line.start, end), typed, after })
    }

    fn value(&self, entry: &'p Entry) -> Option<Slot<'p>> {
        let colon = entry.colon.filter(|colon| *colon < self.offset)?;
        let key = entry.key_text(self.text);
        let slot = match &entry.value {
            EntryValue::Empty if colon >= self.line.start => self.empty(key, colon),
            EntryValue::Empty => self.new_item(key, None),
            EntryValue::Scalar(scalar) => self.value_scalar(key, colon, scalar),
            EntryValue::Flow(list) => self.flow(key, list),
            EntryValue::Block(list) => self.block(key, list),
            EntryValue::Other(span) => self.new_item(key, Some(*span)),
        }?;
        Some(Slot {
            after: if slot.after.is_empty() { self.before_comment(slot.edit.end) } else { slot.after },
            ..slot
        })
    }

    /// `key: |`
    fn empty(&self, key: &'p str, colon: usize) -> Option<Slot<'p>> {
        let gap = self.span(colon + 1, self.offset);
        self.is_free(gap).then_some(())?;
        // Behind the colon itself the Enter of an author who writes the items below would accept one.
        if splits_words(key) && gap.is_empty() {
            return None;
        }
        let plain = Some(Quote::Plain);
        let form = if splits_words(key) { Form::NewList } else { Form::Scalar(Context::Block, plain) };
        Some(self.insertion(key, form, if gap.is_empty() { " " } else { "" }))
    }

    /// An indented line without a dash, where a list would go on or begin.
    fn new_item(&self, key: &'p str, word: Option<Span>) -> Option<Slot<'p>> {
        let word = word.unwrap_or(Span::empty(self.offset));
        let indent = self.span(self.line.start, word.start.max(self.line.start));
        let is_one_line = word.start >= self.line.start && word.end <= self.line.end;
        let is_plain = !word.of(self.text).starts_with(['{', '|', '>', '&', '*', '!', '"', '\'', '-', '#'])
            && !word.of(self.text).contains(':');
        let fits = splits_words(key) && is_one_line && is_plain && word.touches(self.offset);
        let alone = self.span(word.end, self.line.end).trim().is_empty();
        (fits && alone && !indent.is_empty() && indent.trim_matches(' ').is_empty()).then_some(Slot {
            key,
            edit: word,
            typed: Span::new(word.start, self.offset),
            form: Form::NewItem(None),
            before: "",
            after: "",
        })
    }

    fn value_scalar(&self, key: &'p str, colon: usize, scalar: &Scalar) -> Option<Slot<'p>> {
        if splits_words(key) && self.offset < scalar.span.start && scalar.quote == Quote::Plain {
            return self.before_words(key, colon, scalar);
        }
        let whole = self.typed_scalar(scalar)?;
        let before = if scalar.span.start == colon + 1 { " " } else { "" };
        if !splits_words(key) {
            let typed = Span::new(scalar.content.start.min(self.offset), self.offset);
            let form = Form::Scalar(Context::Block, Some(scalar.quote));
            return Some(Slot { key, edit: whole, typed, form, before, after: "" });
        }
        let content_end =
            if scalar.quote != Quote::Plain && scalar.closed { scalar.content.end } else { whole.end };
        let area = Span::new(scalar.content.start, content_end);
        let string = Scalar { span: whole, content: area, ..*scalar };
        let blank = |c: char| c.is_ascii_whitespace();
        let start =
            self.span(area.start, self.offset).rfind(blank).map_or(area.start, |at| area.start + at + 1);
        let rest = self.span(self.offset, area.end);
        let end = self.offset + rest.find(blank).unwrap_or(rest.len());
        let (edit, after) = if start == self.offset && end > start {
            (Span::empty(start), " ")
        } else {
            (Span::new(start, end), "")
        };
        let typed = Span::new(start, self.offset);
        let before = if edit.start == scalar.span.start { before } else { "" };
        Some(Slot { key, edit, typed, form: Form::Words(string), before, after })
    }

    /// Between the colon and the first word.
    fn before_words(&self, key: &'p str, colon: usize, scalar: &Scalar) -> Option<Slot<'p>> {
        let gap = self.span(colon + 1, scalar.span.start);
        gap.trim_matches([' ', '\t']).is_empty().then_some(())?;
        let before = if self.offset == colon + 1 { " " } else { "" };
        Some(self.insertion(key, Form::Words(*scalar), before))
    }

    fn flow(&self, key: &'p str, list: &FlowList) -> Option<Slot<'p>> {
        if self.offset <= list.span.start || list.close.is_some_and(|close| self.offset > close) {
            return None;
        }
        let written = list.items.iter().filter(|item| !matches!(item, Item::Empty(_)));
        let slot = match written.clone().find(|item| item.span().touches(self.offset)) {
            Some(Item::Scalar(scalar)) if self.offset == scalar.span.start => Slot {
                after: ", ",
                ..self.insertion(key, self.item_form(list, Span::empty(self.offset)), "")
            },
            Some(Item::Scalar(scalar)) => self.flow_scalar(key, list, scalar)?,
            Some(_) => return None,
            None => {
                let last = written.clone().rev().find(|item| item.span().end <= self.offset);
                let comma = list.commas.iter().copied().rev().find(|comma| *comma < self.offset);
                let from = comma.map_or(list.span.start + 1, |comma| comma + 1);
                match last.filter(|item| item.span().start >= from) {
                    Some(item) => self.behind_item(key, list, item.scalar()?)?,
                    None => self.flow_gap(key, list, from, comma.is_some())?,
                }
            }
        };
        let next_comma = list.commas.iter().copied().find(|comma| *comma >= slot.edit.end);
        let next_item = written.map(Item::span).find(|span| span.start >= slot.edit.end);
        let runs_on = next_item.is_some_and(|next| next_comma.is_none_or(|comma| comma > next.start));
        match next_item {
            Some(next) if runs_on && slot.after.is_empty() => {
                Some(Slot { after: if next.start == slot.edit.end { ", " } else { "," }, ..slot })
            }
            _ => Some(slot),
        }
    }

    fn flow_scalar(&self, key: &'p str, list: &FlowList, scalar: &Scalar) -> Option<Slot<'p>> {
        let edit = self.typed_scalar(scalar)?;
        let form = match scalar.quote {
            Quote::Plain => self.item_form(list, edit),
            quote => Form::Scalar(Context::Flow, Some(quote)),
        };
        let typed = Span::new(scalar.content.start.min(self.offset), self.offset);
        Some(Slot { key, edit, typed, form, before: "", after: "" })
    }

    /// After an item and a blank: the item goes on, or, if its quote is closed, a comma is due.
    fn behind_item(&self, key: &'p str, list: &FlowList, scalar: &Scalar) -> Option<Slot<'p>> {
        let gap = self.span(scalar.span.end, self.offset);
        if gap.contains(['\n', '\r', '#']) {
            return None;
        }
        if scalar.quote == Quote::Plain || !scalar.closed {
            return self.flow_scalar(key, list, scalar);
        }
        let edit = Span::new(scalar.span.end, self.offset);
        let form = self.item_form(list, Span::empty(self.offset));
        Some(Slot { key, edit, typed: Span::empty(self.offset), form, before: ", ", after: "" })
    }

    /// After the opening bracket or a comma.
    fn flow_gap(&self, key: &'p str, list: &FlowList, from: usize, comma: bool) -> Option<Slot<'p>> {
        let on_line = self.span(from.max(self.line.start), self.offset);
        let at_margin = self.offset == self.line.start && list.close.is_none();
        if on_line.contains('#') || at_margin {
            return None;
        }
        let tight = |comma: &usize| self.text[comma + 1..].starts_with(|c: char| !c.is_whitespace());
        let others_tight = list.commas.iter().any(|other| other + 1 != self.offset && tight(other));
        let before = if comma && from == self.offset && !others_tight { " " } else { "" };
        Some(self.insertion(key, self.item_form(list, Span::empty(self.offset)), before))
    }

    fn block(&self, key: &'p str, list: &BlockList) -> Option<Slot<'p>> {
        let on_line = |dash: usize| dash >= self.line.start && dash < self.offset;
        let others = list.items.iter().filter(|item| !on_line(item.dash));
        let quote = common_quote(others.filter_map(|item| item.item.scalar()).map(|scalar| scalar.quote));
        let first = list.items.first()?;
        let Some(item) = list.items.iter().find(|item| on_line(item.dash)) else {
            let list_line = line_at(self.text, first.dash);
            let same_indent = first.dash - list_line.start == self.offset - self.line.start;
            let below = self.line.start > list_line.start && same_indent;
            let slot = below.then(|| self.new_item(key, None))??;
            return Some(Slot { form: Form::NewItem(quote), ..slot });
        };
        self.span(self.line.start, item.dash).trim_matches(' ').is_empty().then_some(())?;
        match &item.item {
            Item::Empty(_) => {
                let gap = self.span(item.dash + 1, self.offset);
                self.is_free(gap).then_some(())?;
                let before = if gap.is_empty() { " " } else { "" };
                Some(self.insertion(key, Form::Scalar(Context::Block, quote), before))
            }
            Item::Scalar(scalar) => {
                let edit = self.typed_scalar(scalar)?;
                let quote = if scalar.quote == Quote::Plain { quote } else { Some(scalar.quote) };
                let typed = Span::new(scalar.content.start.min(self.offset), self.offset);
                let form = Form::Scalar(Context::Block, quote);
                Some(Slot { key, edit, typed, form, before: "", after: "" })
            }
            Item::Other(_) => None,
        }
    }

    /// What goes of a scalar that the cursor is in, or behind with blanks between that belong to the word.
    fn typed_scalar(&self, scalar: &Scalar) -> Option<Span> {
        let span = scalar.span;
        let quoted = scalar.quote != Quote::Plain;
        let in_quotes = !quoted
            || (self.offset >= scalar.content.start && (!scalar.closed || self.offset <= scalar.content.end));
        if self.offset < span.start || !in_quotes || span.of(self.text).contains(['\n', '\r']) {
            return None;
        }
        // A comment behind a quote that is still open is not part of what is typed.
        let rest = self.span(self.offset, span.end);
        let comment =
            [" #", "\t#"].iter().filter_map(|mark| rest.find(mark)).min().filter(|_| !scalar.closed);
        let end = match comment {
            Some(at) => self.offset + rest[..at].trim_end().len(),
            None => span.end.max(self.offset),
        };
        let gap = self.span(span.end.min(self.offset), self.offset);
        gap.trim_matches([' ', '\t']).is_empty().then_some(Span::new(span.start, end))
    }

    fn item_form(&self, list: &FlowList, own: Span) -> Form {
        let others = list.items.iter().filter(|item| !item.span().overlaps(own));
        Form::Scalar(Context::Flow, common_quote(others.filter_map(Item::scalar).map(|scalar| scalar.quote)))
    }

    fn insertion(&self, key: &'p str, form: Form, before: &'static str) -> Slot<'p> {
        let here = Span::empty(self.offset);
        Slot { key, edit: here, typed: here, form, before, after: "" }
    }

    /// Only blanks before the cursor, and nothing or a comment behind it.
    fn is_free(&self, gap: &str) -> bool {
        let rest = self.span(self.offset, self.line.end).trim_start_matches([' ', '\t']);
        gap.trim_matches([' ', '\t']).is_empty() && (rest.trim().is_empty() || rest.starts_with('#'))
    }

    /// A comment needs a blank before it.
    fn before_comment(&self, end: usize) -> &'static str {
        if self.span(end, self.line.end).starts_with('#') { " " } else { "" }
    }

    fn span(&self, start: usize, end: usize) -> &'p str {
        self.text.get(start..end).unwrap_or_default()
    }
}

fn line_at(text: &str, offset: usize) -> Span {
    let start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[offset..].find(['\n', '\r']).map_or(text.len(), |at| offset + at);
    Span::new(start, end)
}
