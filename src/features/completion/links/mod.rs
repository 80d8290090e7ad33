//! Names and addresses in the body: of posts, pages, files and images, by title as well as by path.
//!
//! - `place` finds what can be typed at the cursor.

mod place;

use std::cmp::Reverse;

use jiff::Timestamp;

use super::accept::{Typing, accept};
use super::cursor::Slot;
use super::ranking::{Quality, Query};
use super::{Completions, Documentation, Item, ItemKind, keep_best};
use crate::features::Snapshot;
use crate::features::files::Texts;
use crate::features::hover::status_note;
use crate::features::links::headings::anchors_of;
use crate::features::links::readable;
use crate::features::markdown::{day, image};
use crate::jekyll::anchors::{self, Anchors};
use crate::jekyll::{Status, page};
use crate::post::Link;
use crate::post::front_matter::tree::Quote;
use crate::post::links::is_media;
use crate::post::name::base_name;
use crate::site::paths::exact_name;
use crate::site::{FileKind, PostRecord};
use crate::text::fold::search_key;
use crate::text::{Span, TextEdit};

use place::{Place, Wanted, place};

/// Something to offer.
struct Offer {
    /// What the list shows: a title, or the path.
    label: String,
    /// What is written.
    written: String,
    /// The file's name, where what is written need not hold it.
    name: Option<String>,
    detail: Option<String>,
    /// Whether Jekyll gives it no page as things stand: it comes after the others.
    is_hidden: bool,
    date: Option<Timestamp>,
    documentation: Option<String>,
}

/// What can be typed at a byte offset of the body. Empty outside the places that name a file.
pub(super) fn complete(snapshot: &Snapshot, offset: usize) -> Completions {
    let Some(place) = place(&snapshot.post, offset) else { return Completions::default() };
    let text = &*snapshot.post.text;
    listed(&place, text, offset, &offers(snapshot, place.wanted))
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
    Some(listed(&place, text, offset, &of_anchors(&anchors)))
}

fn of_anchors(anchors: &Anchors) -> Vec<Offer> {
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
        is_hidden: false,
        date: None,
        documentation: Some(format!("`#{id}`")),
    };
    headings.chain(named).map(offer).collect()
}

fn listed(place: &Place, text: &str, offset: usize, offers: &[Offer]) -> Completions {
    let typed = place.typed.of(text);
    let query = Query::new(typed);
    let mut found: Vec<(Quality, bool, Reverse<Option<Timestamp>>, usize)> = offers
        .iter()
        .enumerate()
        .filter_map(|(at, offer)| {
            let by_label = query.quality(&search_key(&offer.label));
            let by_written = || query.quality(&search_key(&offer.written));
            let quality = if offer.label == offer.written { by_label } else { best(by_label, by_written()) };
            let by_name = || query.quality(&search_key(offer.name.as_deref()?));
            let quality = quality.or_else(by_name);
            Some((quality?, offer.is_hidden, Reverse(offer.date), at))
        })
        .collect();
    keep_best(&mut found);
    let items: Vec<Item> =
        found.iter().filter_map(|(.., at)| Some(item(place, &query, typed, offers.get(*at)?))).collect();
    Completions::of(items, text, offset)
}

fn best(a: Option<Quality>, b: Option<Quality>) -> Option<Quality> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn item(place: &Place, query: &Query, typed: &str, offer: &Offer) -> Item {
    // What matched goes first into the text that a client filters by.
    let words = [Some(&offer.label), Some(&offer.written), offer.name.as_ref()];
    let matching = words.into_iter().flatten().find(|word| query.quality(&search_key(word)).is_some());
    let word = matching.unwrap_or(&offer.label);
    Item {
        label: offer.label.clone(),
        kind: if place.wanted == Wanted::Anchor { ItemKind::Anchor } else { ItemKind::File },
        detail: offer.detail.clone(),
        documentation: offer.documentation.clone().map(Documentation::Text),
        edit: TextEdit::replace(place.edit, format!("{}{}", offer.written, place.after)),
        filter_text: query.filter_text(typed, "", word, &search_key(word)),
        cursor: None,
    }
}

fn offers(snapshot: &Snapshot, wanted: Wanted) -> Vec<Offer> {
    let site = &*snapshot.site;
    // A page seldom links to itself.
    let own = &*snapshot.path;
    match wanted {
        Wanted::PostUrl => {
            let posts = site.posts().filter(|post| post.kind == FileKind::Post && *post.path != *own);
            let offer =
                |post| Some(of_post(snapshot, post, exact_name(&post.path, &site.config().collections_dir)?));
            posts.filter_map(|post| offer(post)).collect()
        }
        Wanted::LinkTag => {
            let posts = site.posts().filter(|post| {
                matches!(post.kind, FileKind::Post | FileKind::Collection(_)) && *post.path != *own
            });
            let posts = posts.map(|post| of_post(snapshot, post, post.path.to_string()));
            posts
                .chain(
                    site.files_from("")
                        .filter(|(path, _)| ***path != *own)
                        .map(|(path, page)| of_file(path, page.map(|page| &*page.title), path)),
                )
                .collect()
        }
        Wanted::Include => site.includes().iter().map(|name| of_file(name, None, name)).collect(),
        Wanted::Address { image: true, from_root } => images(snapshot, from_root),
        Wanted::Address { image: false, from_root } => addresses(snapshot, from_root),
        Wanted::Anchor => of_anchors(&anchors::read(&snapshot.post, &snapshot.path, site.config())),
    }
}

fn of_post(snapshot: &Snapshot, post: &PostRecord, written: String) -> Offer {
    let label = if post.title.is_empty() { written.clone() } else { post.title.to_string() };
    let date = post.date.map(|date| day(date, &snapshot.zone()));
    let note = status_note(&post.status).map(str::to_owned);
    let detail: Vec<String> = date.into_iter().chain(note).collect();
    let detail = (!detail.is_empty()).then(|| detail.join(", "));
    let is_hidden = matches!(post.status, Status::Draft | Status::Unpublished | Status::Dropped);
    let documentation = Some(format!("`{written}`"));
    let name = Some(base_name(&post.path).to_owned());
    Offer { documentation, label, written, name, detail, is_hidden, date: post.date }
}

fn of_file(path: &str, title: Option<&str>, written: &str) -> Offer {
    let title = title.filter(|title| !title.is_empty());
    let label = title.unwrap_or(written).to_owned();
    let detail = title.map(|_| path.to_owned());
    let name = Some(base_name(path).to_owned());
    Offer {
        label,
        written: written.to_owned(),
        name,
        detail,
        is_hidden: false,
        date: None,
        documentation: None,
    }
}

/// Posts and pages by their URLs.
fn addresses(snapshot: &Snapshot, from_root: bool) -> Vec<Offer> {
    let site = &*snapshot.site;
    let own = |post: &&std::sync::Arc<PostRecord>| *post.path != *snapshot.path;
    let posts = site
        .posts()
        .filter(own)
        .filter_map(|post| Some(of_post(snapshot, post, address(snapshot, post.url.as_deref()?, from_root))));
    let pages = site.files_from("").filter_map(|(path, page)| {
        let page = page?;
        Some(of_file(path, Some(&page.title), &address(snapshot, page.url.as_deref()?, from_root)))
    });
    posts.chain(pages).collect()
}

/// The images, sounds and films of the site: URL and path.
fn media(snapshot: &Snapshot) -> impl Iterator<Item = (String, &str)> {
    let site = &*snapshot.site;
    let media = site.files_from("").filter(|(path, page)| page.is_none() && is_media(path));
    media.map(|(path, _)| (page::copied_url(path, site.config()), &**path))
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
    let mut found: Vec<(Quality, String, &str)> = media(snapshot)
        .filter_map(|(url, path)| Some((query.quality(&search_key(&url))?, url, path)))
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

fn images(snapshot: &Snapshot, from_root: bool) -> Vec<Offer> {
    let root = snapshot.site.root();
    let offer = |(url, path): (String, &str)| {
        let written = address(snapshot, &url, from_root);
        Offer {
            label: path.to_owned(),
            written,
            name: None,
            detail: None,
            is_hidden: false,
            date: None,
            documentation: image(root, path),
        }
    };
    media(snapshot).map(offer).collect()
}

/// A URL of the site as an author writes it: readable, but for what would end the address, with `baseurl` where nothing else puts it.
fn address(snapshot: &Snapshot, url: &str, from_root: bool) -> String {
    let decoded = percent_encoding::percent_decode_str(url).decode_utf8_lossy();
    let mut shown = String::with_capacity(decoded.len());
    for c in decoded.chars() {
        match c {
            c if c.is_ascii()
                && (c.is_ascii_whitespace() || c.is_ascii_control() || "%()<>\"'#?\\{}".contains(c)) =>
            {
                shown.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_whitespace() => {
                shown.push_str(&crate::jekyll::url::escape_path(c.encode_utf8(&mut [0; 4])))
            }
            c => shown.push(c),
        }
    }
    let base = if from_root { "" } else { snapshot.site.config().baseurl.trim_end_matches('/') };
    format!("{base}{shown}")
}
