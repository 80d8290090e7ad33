//! A post as a list of posts shows it.

use std::fmt::Write as _;

use crate::features::Snapshot;
use crate::features::markdown::{day, escape, file_link, shorten};
use crate::jekyll::excerpt::Excerpt;
use crate::jekyll::{Status, reading};
use crate::post::Counts;
use crate::site::settings::ReadingSpeed;
use crate::site::{Page, PostRecord};

/// The longest excerpt, in characters: two or three lines of a hover.
const EXCERPT_CHARS: usize = 200;

/// The open document.
pub(super) fn own(snapshot: &Snapshot) -> String {
    let post = &snapshot.post;
    let reading = reading::read(post, &snapshot.path, snapshot.site.config(), &snapshot.clock);
    let status = status_note(&reading.status);
    // Where Jekyll loses the block, what the author wrote in its good lines is what the list is meant to show; the URL
    // is the one that Jekyll gives it all the same.
    let url = reading.url.as_deref();
    let reading = reading.healthy.as_deref().unwrap_or(&reading);
    let title = reading.title.display();
    let title = if title.is_empty() { "(no title)" } else { &title };
    let mut text = format!("**{}**\n\n", escape(title));
    let date = reading.date.map(|date| day(date, &snapshot.zone()));
    facts(&mut text, date.as_deref(), url, status);
    let excerpt = match &reading.excerpt {
        Some(Excerpt::FrontMatter(value)) => value.display(),
        Some(Excerpt::Body { .. }) | None => post.lead(),
    };
    let excerpt = excerpt.trim();
    // Writing to a string cannot fail, here and below.
    if !excerpt.is_empty() {
        let _ = writeln!(text, "{}\n", escape(&shorten(excerpt, EXCERPT_CHARS)));
    }
    let tags: Vec<String> = reading.tags.iter().map(|tag| escape(&tag.value.display())).collect();
    if !tags.is_empty() {
        let _ = writeln!(text, "Tags: {}\n", tags.join(", "));
    }
    let _ = writeln!(
        text,
        "{}",
        length(post.counts(), snapshot.site.settings().reading_speed.unwrap_or_default())
    );
    text
}

/// Another post of the site.
pub(super) fn of_record(snapshot: &Snapshot, post: &PostRecord) -> String {
    let mut text = format!("**{}**\n\n", file_link(&post.title, snapshot.site.root(), &post.path));
    let date = post.date.map(|date| day(date, &snapshot.zone()));
    facts(&mut text, date.as_deref(), post.url.as_deref(), status_note(&post.status));
    if !post.tags.is_empty() {
        let tags: Vec<String> = post.tags.iter().map(|tag| escape(tag)).collect();
        let _ = writeln!(text, "Tags: {}", tags.join(", "));
    }
    text
}

/// A page of the site.
pub(super) fn of_page(snapshot: &Snapshot, path: &str, page: &Page) -> String {
    let title = if page.title.is_empty() { path } else { &page.title };
    let mut text = format!("**{}**\n\n", file_link(title, snapshot.site.root(), path));
    facts(&mut text, None, page.url.as_deref(), None);
    text
}

fn facts(text: &mut String, date: Option<&str>, url: Option<&str>, status: Option<&str>) {
    let url = url.map(escape);
    let facts: Vec<&str> = [date, url.as_deref(), status].into_iter().flatten().collect();
    if !facts.is_empty() {
        let _ = writeln!(text, "{}\n", facts.join(" · "));
    }
}

pub(in crate::features) fn status_note(status: &Status) -> Option<&'static str> {
    match status {
        Status::Published => None,
        Status::Future => Some("not published yet: its date is in the future"),
        Status::Unpublished => Some("not published"),
        Status::Draft => Some("draft"),
        Status::Broken => Some("published without its front matter, which does not load"),
        Status::Dropped => Some("left out of the site"),
        Status::Aborts => Some("stops the build"),
    }
}

/// `1200 characters, 30 words: 3 minutes to read`.
fn length(counts: Counts, speed: ReadingSpeed) -> String {
    let unit = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let characters = unit(counts.cjk, "character", "characters");
    let words = unit(counts.words, "word", "words");
    let parts: Vec<String> = characters.into_iter().chain(words).collect();
    if parts.is_empty() {
        return "No text yet".to_owned();
    }
    let minutes = speed.minutes(counts.cjk, counts.words);
    let minutes = if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") };
    format!("{}: {minutes} to read", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_scripts_add_up() {
        let time = |cjk, words| length(Counts { cjk, words }, ReadingSpeed::default());
        assert_eq!(time(500, 0), "500 characters: 1 minute to read");
        assert_eq!(time(501, 0), "501 characters: 2 minutes to read");
        assert_eq!(time(0, 1), "1 word: 1 minute to read");
        assert_eq!(time(1000, 300), "1000 characters, 300 words: 4 minutes to read");
        assert_eq!(time(0, 0), "No text yet");
    }
}
