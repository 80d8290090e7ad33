//! A link to another post: which one it is.

use std::fmt::Write as _;

use super::{Hover, preview};
use crate::features::Snapshot;
use crate::features::files::Texts;
use crate::features::links::headings::anchors_of;
use crate::features::markdown::{escape, file_link, image, shorten};
use crate::post::lead;
use crate::post::{Link, LinkKind, Post};
use crate::site::targets::anchor;
use crate::site::{PostRecord, Target};
use crate::text::Span;

/// The longest beginning of a section, in characters.
const LEAD_CHARS: usize = 200;

/// What the link at a byte offset leads to, with how it begins: a heading, a post, a page; of an image the image. `whole`
/// gives whole texts. None where no link is there, or it leads to no such thing.
pub fn linked_text(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Hover> {
    heading(snapshot, whole, offset).or_else(|| file(snapshot, whole, offset))
}

fn file(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Hover> {
    let link = snapshot.post.body().link_at(offset)?;
    let (site, text) = (&snapshot.site, &snapshot.post.text);
    let target = site.target(&snapshot.path, text, link, &snapshot.zone())?;
    let path = target.path(&snapshot.path);
    let mut markdown = match target {
        Target::Post(post) => preview::of_record(snapshot, post),
        Target::File(path) => match site.file(path)?.1 {
            Some(page) => preview::of_page(snapshot, path, page),
            None => {
                return image(site.root(), path)
                    .map(|markdown| Hover { span: around(link, offset), markdown });
            }
        },
        Target::Here | Target::Include { .. } => return None,
    };
    let lead = whole(&path).map(|text| lead(&Post::parse(text))).unwrap_or_default();
    if !lead.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(markdown, "\n{}", escape(&shorten(&lead, LEAD_CHARS)));
    }
    Some(Hover { span: around(link, offset), markdown })
}

/// What a list would show of a post: its own excerpt, else its first paragraph.
fn lead(post: &Post) -> String {
    let own = post.front_matter.get("excerpt").filter(|node| node.value.is_truthy());
    own.map_or_else(|| post.lead(), |node| node.value.display()).trim().to_owned()
}

/// The preview of the post that the `post_url`, the `link` or the Markdown link under the cursor leads to.
pub(super) fn hover(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    let link = snapshot.post.body().link_at(offset)?;
    Some(Hover {
        span: around(link, offset),
        markdown: preview::of_record(snapshot, linked(snapshot, link)?),
    })
}

/// What of a link the cursor is in: a tag in a definition leads where all of its link does, which stands elsewhere.
fn around(link: &Link, offset: usize) -> Span {
    if link.span.contains(offset) { link.span } else { link.target }
}

/// The heading that the fragment of the link at a byte offset leads to, in this page or another, with how its section
/// begins. `whole` gives whole texts. None where no link to a heading is there.
fn heading(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Hover> {
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
    Some(Hover { span: around(link, offset), markdown })
}

/// The first paragraph behind a heading's text, up to the next heading's.
fn section_lead(rest: &str) -> String {
    let below = rest.split_once('\n').map_or("", |(_, below)| below);
    // The line below a heading of two lines, and what begins the next one.
    let below = below.trim_start_matches(['=', '-']).trim_end_matches(['#', ' ']);
    lead::lead(below, 0)
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
    use super::{heading, linked_text};
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
    fn a_tag_in_a_definition_is_what_is_hovered_over() {
        let site = "//- /_posts/2025-01-01-a.md\n---\n---\n[京都][b]\n\n[b]: {% post_url 2025-01-0$02-b %}\n\
                    //- /_posts/2025-01-02-b.md\n---\n---\n";
        let (snapshot, offset) = fixture(site);
        let found = super::hover(&snapshot, offset).unwrap();
        assert_eq!(found.span.of(&snapshot.post.text), "2025-01-02-b");
    }

    #[test]
    fn how_a_section_begins() {
        check("[a]($0#宿)", Some("**宿**\n\n川 のそば\n"));
        check("[b$0](", Some("**夕 食**\n\n[京_都](file:///site/_posts/2025-01-02-b.md)\n\n豆腐\n"));
        check("[c]($0#無い)", None);
    }

    #[test]
    fn how_a_post_and_a_page_begin() {
        for (cursor, expected) in [
            (
                "[a]($0/2025/01/02/b.html)",
                Some(
                    "**[京_都](file:///site/_posts/2025-01-02-b.md)**\n\n2025-01-02 · /2025/01/02/b.html\n\nTags: 春\n\n豆腐 は白い\n",
                ),
            ),
            (
                "[b$0]({% link _posts/2025-01-03-c.md %})",
                Some(
                    "**[c](file:///site/_posts/2025-01-03-c.md)**\n\n2025-01-03 · /2025/01/03/c.html\n\n\n前書き\n",
                ),
            ),
            ("[c](/abou$0t.html)", Some("**[私](file:///site/about.md)**\n\n/about.html\n\n\n筆者\n")),
            ("[d](/abou$0t2.html)", None),
            ("![e](/図$0.png)", Some("![](file:///site/%E5%9B%B3.png)")),
        ] {
            let site = format!(
                "//- /_posts/2025-01-01-a.md\n---\ntitle: x\n---\n{cursor}\n//- /_posts/2025-01-02-b.md\n---\ntitle: 京_都\ntags: 春\n---\n## 夕\n\n\
                 *豆腐* は白い\n//- /_posts/2025-01-03-c.md\n---\ntitle: c\nexcerpt: 前書き\n---\n本文\n//- /about.md\n---\ntitle: 私\n---\n筆者\n//- /図.png\n"
            );
            let (snapshot, offset) = fixture(&site);
            let all = texts(&site);
            let found = linked_text(&snapshot, &|path: &str| all.get(path).cloned(), offset);
            assert_eq!(found.map(|found| found.markdown).as_deref(), expected, "{cursor}");
        }
    }
}
