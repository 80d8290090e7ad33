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
    if !matches!(link.kind, LinkKind::PostUrl | LinkKind::LinkTag | LinkKind::Url) {
        return None;
    }
    let target = snapshot.site.target(&snapshot.path, &snapshot.post.text, link, &snapshot.zone())?;
    target.post().map(AsRef::as_ref)
}
