//! Names and addresses in the body: of posts, pages, files and images, by title as well as by path.
//!
//! - `place` finds what can be typed at the cursor;
//! - `candidate` is what may be offered there, `address` how a URL is written;
//! - `search` finds the best among many.

mod address;
mod candidate;
mod place;
mod search;

use super::accept::{Typing, accept};
use super::cursor::Slot;
use super::ranking::{Quality, Query};
use super::{Completions, Documentation, Item, ItemKind, keep_best};
use crate::features::Snapshot;
use crate::features::files::Texts;
use crate::features::links::headings::anchors_of;
use crate::features::links::readable;
use crate::features::markdown::image;
use crate::jekyll::anchors::{self, Anchors};
use crate::jekyll::page::copied_url;
use crate::post::Link;
use crate::post::front_matter::tree::Quote;
use crate::text::fold::search_key;
use crate::text::{Span, TextEdit};

use candidate::{Candidate, Offer, candidates, media};
use place::{Place, Wanted, place};

/// What can be typed at a byte offset of the body. Empty outside the places that name a file.
pub(super) fn complete(snapshot: &Snapshot, offset: usize) -> Completions {
    let Some(place) = place(&snapshot.post, offset) else { return Completions::default() };
    let candidates = match place.wanted {
        Wanted::Anchor => of_anchors(&anchors::read(&snapshot.post, &snapshot.path, snapshot.site.config())),
        wanted => candidates(snapshot, wanted),
    };
    listed(snapshot, &place, offset, &candidates)
}

/// The anchors of the page that the link leads to in whose fragment a byte offset is. None where it is in none.
pub(super) fn complete_anchor(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Completions> {
    let post = &snapshot.post;
    if offset < post.front_matter.fence.body_start {
        return None;
    }
    let text = &*post.text;
    let in_fragment = |link: &&Link| link.fragment.is_some_and(|fragment| fragment.touches(offset));
    let link = post.body().links.iter().find(in_fragment)?;
    let edit = link.fragment?;
    let target = snapshot.site.target(&snapshot.path, text, link, &snapshot.zone())?;
    let (_, anchors) = anchors_of(snapshot, whole, &target.path(&snapshot.path))?;
    let typed = Span::new(edit.start, offset);
    let place = Place { wanted: Wanted::Anchor, edit, typed, after: "" };
    Some(listed(snapshot, &place, offset, &of_anchors(&anchors)))
}

fn of_anchors(anchors: &Anchors) -> Vec<Candidate<'static>> {
    let headings = anchors.headings.iter().filter_map(|heading| {
        let label = heading.plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = heading.id.as_deref()?;
        Some((if label.is_empty() { id.to_owned() } else { label }, id, format!("h{}", heading.level)))
    });
    let named = anchors.named.iter().map(|named| (named.id.clone(), &*named.id, "anchor".to_owned()));
    let offer = |(label, id, detail): (String, &str, String)| Offer {
        label,
        written: readable(id),
        name: None,
        detail: Some(detail),
        documentation: Some(format!("`#{id}`")),
    };
    headings.chain(named).map(offer).map(|offer| Candidate::Other(Box::new(offer))).collect()
}

/// The best of the candidates.
fn listed(snapshot: &Snapshot, place: &Place, offset: usize, candidates: &[Candidate<'_>]) -> Completions {
    let text = &*snapshot.post.text;
    let typed = place.typed.of(text);
    let query = Query::new(typed);
    let found = search::best(&snapshot.site, place.wanted, &query, candidates);
    let offers = found.into_iter().filter_map(|(.., at)| candidates.get(at)?.offer(snapshot, place.wanted));
    let items: Vec<Item> = offers.map(|offer| item(place, &query, typed, offer)).collect();
    Completions::of(items, text, offset)
}

fn item(place: &Place, query: &Query, typed: &str, offer: Offer) -> Item {
    // What matched goes first into the text that a client filters by.
    let words = [Some(&offer.label), Some(&offer.written), offer.name.as_ref()].into_iter().flatten();
    let matching = words.map(|word| (word, search_key(word))).find(|(_, key)| query.quality(key).is_some());
    let (word, key) = matching.unwrap_or_else(|| (&offer.label, search_key(&offer.label)));
    Item {
        kind: if place.wanted == Wanted::Anchor { ItemKind::Anchor } else { ItemKind::File },
        edit: TextEdit::replace(place.edit, format!("{}{}", offer.written, place.after)),
        filter_text: query.filter_text(typed, "", word, &key),
        cursor: None,
        label: offer.label,
        detail: offer.detail,
        documentation: offer.documentation.map(Documentation::Text),
    }
}

/// Whether the values of a front matter key are paths of images.
pub(super) fn is_image_key(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["image", "img", "thumb", "teaser", "cover", "banner", "hero", "photo", "logo", "avatar"]
        .iter()
        .any(|word| key.contains(word))
}

/// The images of the site as the value of a front matter key: from the root and without `baseurl`, which themes put
/// before it.
pub(super) fn complete_value(snapshot: &Snapshot, slot: &Slot<'_>, offset: usize) -> Completions {
    let text = &*snapshot.post.text;
    let typed = slot.typed.of(text);
    let query = Query::new(typed);
    let mut found: Vec<(Quality, String, &str)> = media(&snapshot.site)
        .filter_map(|path| {
            let url = copied_url(path, snapshot.site.config());
            Some((query.quality(&search_key(&url))?, url, path))
        })
        .collect();
    keep_best(&mut found);
    let items: Vec<Item> = found
        .into_iter()
        .filter_map(|(_, url, path)| {
            let edit = accept(text, slot, &url, Typing::String, Quote::Plain)?;
            let written = Span::new(edit.span.start, offset).of(text);
            Some(Item {
                kind: ItemKind::File,
                detail: None,
                documentation: image(snapshot.site.root(), path).map(Documentation::Text),
                filter_text: query.filter_text(written, slot.likely(), &url, &search_key(&url)),
                cursor: None,
                label: url,
                edit,
            })
        })
        .collect();
    Completions::of(items, text, offset)
}
