//! A tag or a category: who uses it, since when, with what.

use std::fmt::Write as _;

use crate::features::Snapshot;
use crate::features::markdown::{day, escape, file_link, posts};
use crate::site::TermKind;
use crate::site::terms::Used;

/// How many posts are listed.
const LATEST_POSTS: usize = 5;

/// How many terms beside it are listed.
const COMPANIONS: usize = 5;

pub(super) fn markdown(snapshot: &Snapshot, used: &Used) -> String {
    let site = &*snapshot.site;
    let kind = match used.kind {
        TermKind::Tag => "tag",
        TermKind::Category => "category",
    };
    let name = escape(&used.name);
    let Some(term) = site.vocabulary(used.kind).get(&used.name) else {
        return format!("**{name}** ({kind}): no post of this site uses it yet.\n");
    };
    let zone = snapshot.zone();
    let mut text = format!("**{name}** ({kind}): {}", posts(term.count()));
    let uses =
        term.first_use().zip(term.last_use()).map(|(first, last)| (day(first, &zone), day(last, &zone)));
    // Writing to a string cannot fail, here and below.
    let _ = match uses {
        Some((first, last)) if first == last => writeln!(text, ", on {first}"),
        Some((first, last)) => writeln!(text, ", from {first} to {last}"),
        None => writeln!(text),
    };
    text.push('\n');
    for post in term.newest().take(LATEST_POSTS) {
        let date = post.date.map_or_else(|| "no date".to_owned(), |date| day(date, &zone));
        let _ = writeln!(text, "- {date} {}", file_link(&post.title, site.root(), &post.path));
    }
    let beside = site.used_with(term, used.kind, COMPANIONS);
    if !beside.is_empty() {
        let list: Vec<String> =
            beside.iter().map(|(term, count)| format!("{} ({count})", escape(&term.name))).collect();
        let _ = writeln!(text, "\nMost used with: {}", list.join(", "));
    }
    text
}
