//! The fence: all that Jekyll has of the post, with its status and its URL.

use std::fmt::Write as _;

use super::{own_reading, preview};
use crate::features::Snapshot;
use crate::features::markdown::{code, escape, shorten};
use crate::jekyll::data::Origin;
use crate::jekyll::date::is_last;
use crate::jekyll::{Reading, Reason, Status};
use crate::post::front_matter::Value;
use crate::rules::pages;

/// The longest value that is shown, in characters.
const VALUE_CHARS: usize = 80;

pub(super) fn markdown(snapshot: &Snapshot) -> Option<String> {
    let reading = own_reading(snapshot)?;
    let mut text = String::from("**What Jekyll has of this file**\n\n");
    let url = reading.url.as_deref().filter(|_| reading.status != Status::Dropped);
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(text, "URL: {}\n", url.map_or_else(|| "none".to_owned(), escape));
    let _ = writeln!(text, "Status: {}\n", status(snapshot, &reading));
    if let Some(difference) = on_pages(snapshot, &reading) {
        let _ = writeln!(text, "{difference}\n");
    }
    for entry in reading.data.iter() {
        let key = escape(&entry.key.display());
        let value = code(&shorten(&shown(&entry.value), VALUE_CHARS));
        let empty = entry.value.as_list().is_some_and(<[_]>::is_empty);
        let origin = if empty { String::new() } else { origin(entry.origin) };
        let _ = writeln!(
            text,
            "- {key}: {value}{}",
            if origin.is_empty() { origin } else { format!(" ({origin})") }
        );
    }
    Some(text)
}

/// What Jekyll 3.9 makes of it otherwise, on a site that is built with it.
fn on_pages(snapshot: &Snapshot, reading: &Reading) -> Option<&'static str> {
    let code = match reading.reason.as_ref() {
        Some(Reason::Future) => "future-date",
        Some(Reason::BadName) => "bad-file-name",
        Some(Reason::NotUtf8 | Reason::NoContent) => "not-utf-8",
        Some(Reason::Url(_)) => "unknown-placeholder",
        _ if has_part_of_a_folder(snapshot, reading) => "config-defaults",
        _ => return None,
    };
    pages::difference(code).filter(|_| snapshot.site.is_on_pages())
}

/// Whether a value comes from a set of defaults whose path ends within the name of a folder or a file.
fn has_part_of_a_folder(snapshot: &Snapshot, reading: &Reading) -> bool {
    let sets = &snapshot.site.config().defaults.sets;
    reading.data.iter().any(|value| match value.origin {
        Origin::Defaults { entry, .. } => {
            sets.iter().any(|set| set.entry == entry && set.scope.ends_within_a_name(&snapshot.path))
        }
        _ => false,
    })
}

/// A value as Jekyll has it: texts in quotes, so that they are told from numbers.
pub(super) fn shown(value: &Value) -> String {
    if *value == Value::Null { "null".to_owned() } else { value.inspect() }
}

/// Where a value comes from; empty for the file itself.
pub(super) fn origin(origin: Origin) -> String {
    match origin {
        Origin::File { .. } => String::new(),
        Origin::Defaults { line, .. } => format!("from `_config.yml`, line {line}"),
        Origin::Path => "from the file's path".to_owned(),
        Origin::Clock => "from the clock".to_owned(),
    }
}

fn status(snapshot: &Snapshot, reading: &Reading) -> String {
    reason_as(snapshot, reading, escape).unwrap_or_else(|| "published".to_owned())
}

/// Why a post is not simply published, as plain text; none where it is.
pub(in crate::features) fn reason(snapshot: &Snapshot, reading: &Reading) -> Option<String> {
    reason_as(snapshot, reading, str::to_owned)
}

/// The same, with the user's own text as `show` makes it.
fn reason_as(snapshot: &Snapshot, reading: &Reading, show: fn(&str) -> String) -> Option<String> {
    let note = preview::status_note(&reading.status)?;
    let why = reading.reason.as_ref().map(|reason| why(snapshot, reading, reason, show));
    Some(match why.filter(|why| !why.is_empty()) {
        Some(why) => format!("{note} ({why})"),
        None => note.to_owned(),
    })
}

fn why(snapshot: &Snapshot, reading: &Reading, reason: &Reason, show: fn(&str) -> String) -> String {
    let date = |text: &str| format!("Jekyll cannot read the date “{}”", show(&shorten(text, VALUE_CHARS)));
    match reason {
        Reason::Future => reading.date.map_or_else(String::new, |date| {
            let local = snapshot.zone().to_datetime(date);
            match is_last(date) {
                true => String::new(),
                false => format!("until {}", local.strftime("%Y-%m-%d %H:%M")),
            }
        }),
        Reason::NotMapping => "it is no mapping of keys to values".to_owned(),
        Reason::CategoriesType(class) => format!("`categories` is of the type {class}"),
        Reason::Strict => "`strict_front_matter` is on, and the front matter does not load".to_owned(),
        Reason::Defaults(_) => "the defaults in `_config.yml` cannot be given to it".to_owned(),
        Reason::Date(invalid) => date(&invalid.text),
        Reason::NameDate(invalid) => format!("{} in the file's name", date(&invalid.text)),
        Reason::Url(_) => "no URL can be made for it".to_owned(),
        Reason::BadName => "its name is not one of a post".to_owned(),
        Reason::NotUtf8 => "it is not UTF-8".to_owned(),
        Reason::NoContent => "Jekyll finds no content in it".to_owned(),
        Reason::StaticFile => "without front matter it is copied as it is".to_owned(),
        Reason::Unpublished => "`published` hides it".to_owned(),
        Reason::Draft => "it is in `_drafts`".to_owned(),
        // The status says it.
        Reason::Unreadable => String::new(),
    }
}
