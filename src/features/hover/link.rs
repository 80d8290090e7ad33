//! A link to another post: which one it is.

use std::fmt::Write as _;

use super::{Hover, preview};
use crate::features::Snapshot;
use crate::features::files::Texts;
use crate::features::links::headings::anchors_of;
use crate::features::markdown::{escape, file_link, shorten};
use crate::post::{Body, Link, LinkKind};
use crate::site::PostRecord;
use crate::site::targets::anchor;

/// The longest beginning of a section, in characters.
const LEAD_CHARS: usize = 200;

/// The preview of the post that the `post_url`, the `link` or the Markdown link under the cursor leads to.
pub(super) fn hover(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    let link = snapshot.post.body().link_at(offset)?;
    Some(Hover { span: link.span, markdown: preview::of_record(snapshot, linked(snapshot, link)?) })
}

/// The heading that the fragment of the link at a byte offset leads to, in this page or another, with how its section
/// begins. `whole` gives whole texts. None where no link to a heading is there.
pub fn heading(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Hover> {
    let text = &snapshot.post.text;
    let link = snapshot.post.body().link_at(offset)?;
    let id = anchor(text, link)?;
    let target = snapshot.site.target(&snapshot.path, text, link, &snapshot.zone())?;
    let path = target.path(&snapshot.path);
    let (text, anchors) = anchors_of(snapshot, whole, &path)?;
    let at = anchors.headings.iter().position(|heading| heading.id.as_deref() == Some(&*id))?;
    let heading = anchors.headings.get(at)?;
    let end = anchors.headings.get(at + 1).map_or(text.len(), |next| next.text.start);
    let lead = section_lead(text.get(heading.text.end..end)?);
    let mut markdown = format!("**{}**\n\n", escape(&heading.plain));
    if path != *snapshot.path {
        let title = target.post().map_or(&*path, |post| &*post.title);
        // Writing to a string cannot fail.
        let _ = writeln!(markdown, "{}\n", file_link(title, snapshot.site.root(), &path));
    }
    if !lead.is_empty() {
        let _ = writeln!(markdown, "{}", escape(&shorten(&lead, LEAD_CHARS)));
    }
    Some(Hover { span: link.span, markdown })
}

/// The first paragraph behind a heading's text, up to the next heading's.
fn section_lead(rest: &str) -> String {
    let below = rest.split_once('\n').map_or("", |(_, below)| below);
    // The line below a heading of two lines, and what begins the next one.
    let below = below.trim_start_matches(['=', '-']).trim_end_matches(['#', ' ']);
    Body::parse(below, 0).lead
}

fn linked<'s>(snapshot: &'s Snapshot, link: &Link) -> Option<&'s PostRecord> {
    if !matches!(link.kind, LinkKind::PostUrl | LinkKind::LinkTag | LinkKind::Url) {
        return None;
    }
    let target = snapshot.site.target(&snapshot.path, &snapshot.post.text, link, &snapshot.zone())?;
    target.post().map(AsRef::as_ref)
}

#[cfg(test)]
mod tests {
    use super::heading;
    use crate::features::testing::{fixture, texts};

    fn check(cursor: &str, expected: Option<&str>) {
        let at = cursor.replace("$0", "");
        let site = "\
//- /_posts/2025-01-01-旅.md
---
title: 旅
---
[a](#宿) [b]({% post_url 2025-01-02-b %}#夕-食) [c](#無い)

宿
---
*川* のそば
//- /_posts/2025-01-02-b.md
---
title: 京_都
---
## 夕 *食* ##

豆腐

次

## 朝
"
        .replacen(&at, cursor, 1);
        let (snapshot, offset) = fixture(&site);
        let all = texts(&site);
        let found = heading(&snapshot, &|path: &str| all.get(path).cloned(), offset);
        assert_eq!(found.map(|found| found.markdown).as_deref(), expected, "{cursor}");
    }

    #[test]
    fn how_a_section_begins() {
        check("[a]($0#宿)", Some("**宿**\n\n川 のそば\n"));
        check("[b$0](", Some("**夕 食**\n\n[京_都](file:///site/_posts/2025-01-02-b.md)\n\n豆腐\n"));
        check("[c]($0#無い)", None);
    }
}
