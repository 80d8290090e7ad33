//! Inlay hints: the URL beside the opening line, the local time beside a `date` that its offset shifts.

use percent_encoding::percent_decode_str;

use super::Snapshot;
use super::hover::own_reading;
use crate::jekyll::date::is_last;
use crate::jekyll::date::recognise::fields;
use crate::jekyll::{Reading, Status};
use crate::text::Span;

/// A word beside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlayHint {
    /// The byte that it stands before.
    pub offset: usize,
    /// What it says: plain text.
    pub label: String,
}

/// The hints within `span`.
pub fn inlay_hints(snapshot: &Snapshot, span: Span) -> Vec<InlayHint> {
    let Some(reading) = own_reading(snapshot) else { return Vec::new() };
    let all = url(snapshot, &reading).into_iter().chain(local_time(snapshot, &reading));
    all.filter(|hint| span.touches(hint.offset)).collect()
}

/// None while the block does not load: the URL would jump at every half-typed line.
fn url(snapshot: &Snapshot, reading: &Reading) -> Option<InlayHint> {
    let fence = &snapshot.post.front_matter.fence;
    if matches!(reading.status, Status::Broken | Status::Dropped | Status::Aborts) || !fence.is_present() {
        return None;
    }
    let url = reading.url.as_deref()?;
    // A reader's browser shows it so, too.
    let label = percent_decode_str(url).decode_utf8().map_or(url.to_owned(), |url| url.into_owned());
    Some(InlayHint { offset: fence.opening.end, label })
}

fn local_time(snapshot: &Snapshot, reading: &Reading) -> Option<InlayHint> {
    let node = snapshot.post.front_matter.get("date")?;
    let wall = fields(node.span.of(&snapshot.post.text)).wall()?;
    let zone = snapshot.zone();
    let said = reading.healthy.as_deref().unwrap_or(reading);
    // A default or the file's name may be in force instead.
    said.data.entry("date").filter(|entry| entry.origin.is_file())?;
    let local = zone.to_datetime(said.date.filter(|date| !is_last(*date))?);
    if wall == local {
        return None;
    }
    let form = if wall.date() == local.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    let zone = zone.iana_name().map_or(String::new(), |name| format!(" {name}"));
    Some(InlayHint { offset: node.span.end, label: format!("= {}{zone}", local.strftime(form)) })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing::fixture;

    fn shown(document: &str) -> String {
        let (snapshot, _) = fixture(document);
        let text = &*snapshot.post.text;
        let mut shown = text.to_owned();
        for hint in inlay_hints(&snapshot, Span::new(0, text.len())).iter().rev() {
            shown.insert_str(hint.offset, &format!("«{}»", hint.label));
        }
        shown
    }

    fn check(document: &str, expected: Expect) {
        expected.assert_eq(&shown(document));
    }

    #[test]
    fn the_url_stands_beside_the_opening_line() {
        check(
            "//- /_posts/2024-03-05-春.md\n---\ntitle: a$0\n---\n",
            expect![[r#"
                ---«/2024/03/05/春.html»
                title: a
                ---
            "#]],
        );
        check(
            "//- /_posts/2024-03-05-a.md\n---\ntitle: [a$0\n---\n",
            expect![[r#"
                ---
                title: [a
                ---
            "#]],
        );
        check(
            "//- /about.md\n---\ntitle: a$0\n---\n",
            expect![[r#"
                ---
                title: a
                ---
            "#]],
        );
    }

    #[test]
    fn a_shifted_date_shows_the_local_one() {
        let post = |date: &str| format!("---\npermalink: /a\ndate: {date}$0\n---\n");
        check(
            &post("2024-03-05 20:00:00 +0000 # 夜"),
            expect![[r#"
                ---«/a»
                permalink: /a
                date: 2024-03-05 20:00:00 +0000«= 2024-03-06 05:00 Asia/Tokyo» # 夜
                ---
            "#]],
        );
        check(
            &post("2024-03-05 08:00:00"),
            expect![[r#"
                ---«/a»
                permalink: /a
                date: 2024-03-05 08:00:00«= 17:00 Asia/Tokyo»
                ---
            "#]],
        );
        for right in ["2024-03-05 08:00:00 +0900", "2024-03-05", "2024-03-05 08:00"] {
            assert_eq!(shown(&post(right)), post(right).replacen("---", "---«/a»", 1).replace("$0", ""));
        }
    }

    #[test]
    fn only_what_is_asked_for() {
        let (snapshot, _) = fixture("---\ntitle: a$0\n---\n");
        assert_eq!(inlay_hints(&snapshot, Span::new(4, 10)), []);
    }
}
