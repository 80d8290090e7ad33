//! Values of all other keys: layouts, authors, booleans, now, and what recurs in the site.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::accept::{Typing, accept};
use super::cursor::Slot;
use super::ranking::{Quality, Query};
use super::{Completions, Item, ItemKind, keep_best};
use crate::features::Snapshot;
use crate::features::known_keys::{KeyValue, key_value};
use crate::features::markdown::posts;
use crate::post::front_matter::tree::Quote;
use crate::site::Field;
use crate::site::terms::items;
use crate::text::Span;
use crate::text::fold::search_key;

/// A value that fewer posts have is no habit of the site.
const RECURS_IN_POSTS: usize = 2;

/// The most values of a key that are looked at: a key with more is free text.
const MAX_VALUES: usize = 5_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Offer<'s> {
    count: Reverse<usize>,
    /// Its place among offers that nobody uses.
    place: usize,
    is_file: bool,
    is_literal: bool,
    name: Option<&'s str>,
}

/// The values that match what is typed.
pub(super) fn complete(snapshot: &Snapshot, slot: &Slot<'_>, offset: usize) -> Completions {
    let text = &*snapshot.post.text;
    let typed = slot.typed.of(text);
    let query = Query::new(typed);
    let now = now(snapshot);
    let entry = snapshot.post.tree().entry_at(offset);
    let here: Vec<String> = entry.map_or_else(Vec::new, |entry| {
        items(text, entry).filter(|(span, _)| !span.overlaps(slot.edit)).map(|(_, value)| value).collect()
    });
    let offers = offers(snapshot, slot, &now);
    let mut found: Vec<(Quality, Offer<'_>, &str)> = offers
        .into_iter()
        .filter(|(value, _)| !here.iter().any(|other| other == value))
        .filter_map(|(value, offer)| Some((query.quality(&search_key(value))?, offer, value)))
        .collect();
    keep_best(&mut found);
    let items: Vec<Item> = found
        .into_iter()
        .filter_map(|(_, offer, value)| {
            let typing = if offer.is_literal { Typing::Literal } else { Typing::Value };
            let edit = accept(text, slot, value, typing, Quote::Plain)?;
            let written = Span::new(edit.span.start, offset).of(text);
            let count = (offer.count.0 > 0).then(|| posts(offer.count.0));
            let details: Vec<String> = offer.name.map(str::to_owned).into_iter().chain(count).collect();
            Some(Item {
                label: value.to_owned(),
                kind: if offer.is_file { ItemKind::File } else { ItemKind::Value },
                detail: (!details.is_empty()).then(|| details.join(", ")),
                documentation: None,
                filter_text: query.filter_text(written, slot.likely(), value, &search_key(value)),
                cursor: None,
                edit,
            })
        })
        .collect();
    Completions::of(items, text, offset)
}

/// What can be offered for a key, each value once.
fn offers<'s>(snapshot: &'s Snapshot, slot: &Slot<'_>, now: &'s str) -> HashMap<&'s str, Offer<'s>> {
    let site = &*snapshot.site;
    let key = slot.key;
    let field = site.field(key);
    let kind = if is_switch(field) { KeyValue::Boolean } else { key_value(key) };
    let unused = Offer { count: Reverse(0), place: 0, is_file: false, is_literal: false, name: None };
    let mut offers = HashMap::new();
    match kind {
        KeyValue::Layout => {
            let file = Offer { is_file: true, ..unused };
            offers.extend(site.layouts().iter().map(|name| (&**name, file)));
        }
        KeyValue::Author => {
            let author = |author: &'s crate::site::Author| {
                (&*author.key, Offer { name: author.name.as_deref(), ..unused })
            };
            offers.extend(site.authors().iter().map(author));
        }
        KeyValue::Boolean => {
            let literal = |place| Offer { place, is_literal: true, ..unused };
            offers.extend([("true", literal(0)), ("false", literal(1))]);
        }
        KeyValue::Date => {
            offers.insert(now, Offer { is_literal: true, ..unused });
        }
        KeyValue::Tags | KeyValue::Categories | KeyValue::Text => {}
    }
    let Some(field) = field.filter(|field| field.values.len() <= MAX_VALUES) else { return offers };
    let names = matches!(kind, KeyValue::Layout | KeyValue::Author);
    // What is being typed here is in the index too.
    let own = slot.edit.of(&snapshot.post.text).trim_matches(['"', '\'']);
    for (value, count) in field.values.iter() {
        if let Some(offer) = offers.get_mut(&**value) {
            offer.count = Reverse(count);
        } else if count >= RECURS_IN_POSTS || (names && **value != *own) {
            offers.insert(value, Offer { count: Reverse(count), ..unused });
        }
    }
    offers
}

/// A key whose values are all true or false.
fn is_switch(field: Option<&Field>) -> bool {
    let boolean = |(value, _): (&std::sync::Arc<str>, usize)| matches!(&**value, "true" | "false");
    field.is_some_and(|field| {
        !field.values.is_empty() && field.values.len() <= 2 && field.values.iter().all(boolean)
    })
}

/// Now in the site's zone, as Jekyll reads it in any zone: `2024-03-05 08:00:00 +0900`.
fn now(snapshot: &Snapshot) -> String {
    let (zone, now) = (snapshot.zone(), snapshot.clock.now);
    let minutes = zone.to_offset(now).seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let local = zone.to_datetime(now).strftime("%Y-%m-%d %H:%M:%S");
    format!("{local} {sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}
