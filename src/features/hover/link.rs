//! A link to another post: which one it is.

use super::{Hover, preview};
use crate::features::Snapshot;
use crate::post::liquid::Tag;
use crate::site::PostRecord;
use crate::text::Span;

/// The preview of the post that the `post_url`, the `link` or the Markdown link under the cursor leads to.
pub(super) fn hover(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    let body = snapshot.post.body();
    let (span, post) = match body.liquid.tag_at(offset) {
        Some(tag) => (tag.span, tagged(snapshot, tag)?),
        None => linked(snapshot, offset)?,
    };
    Some(Hover { span, markdown: preview::of_record(snapshot, post) })
}

fn tagged<'s>(snapshot: &'s Snapshot, tag: &Tag) -> Option<&'s PostRecord> {
    let text = &*snapshot.post.text;
    let argument = tag.argument.of(text);
    let post = match tag.name.of(text) {
        "post_url" => snapshot.site.post_url(argument, &snapshot.zone()),
        "link" => snapshot.site.post(argument),
        _ => None,
    };
    post.map(AsRef::as_ref)
}

fn linked(snapshot: &Snapshot, offset: usize) -> Option<(Span, &PostRecord)> {
    let body = snapshot.post.body();
    let links = body.links.iter().filter(|link| !link.image && link.span.contains(offset));
    let link = links.min_by_key(|link| link.span.len())?;
    let mut tags = body.liquid.tags.iter().filter(|tag| link.span.encloses(tag.span));
    let post = match tags.find_map(|tag| tagged(snapshot, tag)) {
        Some(post) => post,
        None => snapshot.site.linked(&snapshot.path, &link.target)?,
    };
    Some((link.span, post))
}
