//! Keys: those that Jekyll gives a meaning and those that the site uses.

use std::cmp::Reverse;

use super::cursor::KeySlot;
use super::ranking::{Quality, Query};
use super::{Completions, Documentation, Item, ItemKind, keep_best};
use crate::features::Snapshot;
use crate::features::known_keys::{KNOWN_KEYS, known_key};
use crate::features::markdown::posts;
use crate::site::Field;
use crate::text::TextEdit;
use crate::text::fold::search_key;

/// Up to how many keys of the site all of them are offered.
const MAX_FIELDS: usize = 2_000;

/// What orders keys: how well it matches, how many posts have it, its place in the list of known keys, its name.
type Rank<'s> = (Quality, Reverse<usize>, usize, &'s str);

/// The keys that match what is typed, without those that the post has already.
pub(super) fn complete(snapshot: &Snapshot, slot: &KeySlot, offset: usize) -> Completions {
    let text = &*snapshot.post.text;
    let site = &*snapshot.site;
    let typed = slot.typed.of(text);
    let query = Query::new(typed);
    let others = snapshot.post.tree().entries.iter().filter(|entry| {
        let here = entry.key.is_some_and(|key| key.span.touches(offset));
        entry.colon.is_some() && !here
    });
    let present: Vec<&str> = others.map(|entry| entry.key_text(text)).collect();
    let is_free = |key: &str| {
        let twin = match key {
            "tag" => "tags",
            "tags" => "tag",
            _ => key,
        };
        !present.contains(&key) && !present.contains(&twin)
    };
    // This post is in the index too, as far as it is typed: the share is that of the others.
    let own = site.post(&snapshot.path);
    let own_has = |key: &str| own.is_some_and(|post| post.fields.iter().any(|(name, _)| **name == *key));
    // A site of scripts can have a key of its own in each post: then only those are offered that several have.
    let few = site.field_count() <= MAX_FIELDS;
    let fields: Vec<&Field> = if few { site.fields().collect() } else { site.own_fields().collect() };
    let used = fields.into_iter().filter(|field| is_key(&field.name)).map(|field| {
        let others = field.posts - usize::from(own_has(&field.name)).min(field.posts);
        (&*field.name, others)
    });
    let used = used.filter(|(key, others)| *others > 0 || known_key(key).is_some());
    let unused = KNOWN_KEYS.iter().map(|key| key.name).filter(|key| site.field(key).is_none());
    let mut found: Vec<Rank<'_>> = used
        .chain(unused.map(|key| (key, 0)))
        .filter(|(key, _)| is_free(key))
        .filter_map(|(key, count)| {
            let quality = query.quality(&search_key(key))?;
            let known = KNOWN_KEYS.iter().position(|known| known.name == key).unwrap_or(KNOWN_KEYS.len());
            Some((quality, Reverse(count), known, key))
        })
        .collect();
    keep_best(&mut found);
    let others = site.post_count() - usize::from(own.is_some());
    let items: Vec<Item> = found
        .into_iter()
        .map(|(_, Reverse(count), _, key)| Item {
            label: key.to_owned(),
            kind: ItemKind::Key,
            detail: share(count, others),
            documentation: documentation(key, count).map(Documentation::Text),
            edit: TextEdit::replace(slot.edit, format!("{key}{}", slot.after)),
            filter_text: query.filter_text(typed, "", key, &search_key(key)),
            cursor: None,
        })
        .collect();
    Completions::of(items, text, offset)
}

/// A key that can be written without quotes at column 0.
fn is_key(key: &str) -> bool {
    !key.is_empty()
        && !key.contains([' ', '\t', ':', '#', '"', '\'', ',', '\n', '\r'])
        && !key.starts_with(['-', '[', '{', '&', '*', '!', '|', '>', '%', '@', '`'])
}

/// `98 % of posts`. Rounded down, so that only a key of every post says 100.
fn share(count: usize, of: usize) -> Option<String> {
    match (count * 100).checked_div(of)? {
        _ if count == 0 => None,
        0 => Some(posts(count)),
        percent => Some(format!("{} % of posts", percent.min(100))),
    }
}

fn documentation(key: &str, count: usize) -> Option<String> {
    match known_key(key) {
        Some(known) => Some(format!("{}\n\nTakes: {}", known.does, known.takes)),
        None => (count > 0).then(|| format!("A key of this site, in {}.", posts(count))),
    }
}
