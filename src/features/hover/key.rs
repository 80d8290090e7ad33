//! A front matter key: what it does, what it takes, how the site uses it.

use std::fmt::Write as _;

use crate::features::Snapshot;
use crate::features::known_keys::known_key;
use crate::features::markdown::{escape, posts, shorten};
use crate::site::terms::term_kind;

/// How many of its values are listed.
const VALUES: usize = 5;

/// The longest value that is listed, in characters.
const VALUE_CHARS: usize = 40;

pub(super) fn markdown(snapshot: &Snapshot, key: &str) -> String {
    let site = &*snapshot.site;
    let mut text = format!("**{}**", escape(key));
    // Writing to a string cannot fail, here and below.
    let _ = match known_key(key) {
        Some(known) => writeln!(text, ": {}\n\nTakes: {}", known.does, known.takes),
        None => writeln!(text, ": Jekyll itself gives this key no meaning; a theme or a plugin may."),
    };
    let field = site.field(key);
    let count = field.map_or(0, |field| field.posts);
    let _ = match (count * 100).checked_div(site.post_count()) {
        Some(percent) if count > 0 => writeln!(text, "\nIn {} of this site ({percent} %).", posts(count)),
        _ => writeln!(text, "\nIn no post of this site."),
    };
    let values: Vec<(String, usize)> = match term_kind(key) {
        Some(kind) => {
            let terms = site.vocabulary(kind).ranked();
            terms.iter().take(VALUES).map(|term| (term.name.to_string(), term.count())).collect()
        }
        None => {
            let ranked = field.map(|field| field.values.ranked()).unwrap_or_default();
            ranked.iter().take(VALUES).map(|(value, count)| (value.to_string(), *count)).collect()
        }
    };
    if !values.is_empty() {
        let list: Vec<String> = values
            .iter()
            .map(|(value, count)| format!("{} ({count})", escape(&shorten(value, VALUE_CHARS))))
            .collect();
        let _ = writeln!(text, "\nMost used: {}", list.join(", "));
    }
    text
}
