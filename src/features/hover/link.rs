//! A link to another post: which one it is.

use super::{Hover, preview};
use crate::features::Snapshot;
use crate::post::{Link, LinkKind};
use crate::site::PostRecord;

/// The preview of the post that the `post_url`, the `link` or the Markdown link under the cursor leads to.
pub(super) fn hover(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    let link = snapshot.post.body().link_at(offset)?;
    Some(Hover { span: link.span, markdown: preview::of_record(snapshot, linked(snapshot, link)?) })
}

fn linked<'s>(snapshot: &'s Snapshot, link: &Link) -> Option<&'s PostRecord> {
    let (site, target) = (&snapshot.site, link.target.of(&snapshot.post.text));
    let post = match link.kind {
        LinkKind::PostUrl => site.post_url(target, &snapshot.zone()),
        LinkKind::LinkTag => site.post(target),
        LinkKind::Url => site.linked(&snapshot.path, target),
        _ => None,
    };
    post.map(AsRef::as_ref)
}
