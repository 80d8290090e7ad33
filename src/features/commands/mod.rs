//! What an author asks for by a command: a new post, a draft's publication, a post's URL, the site at a glance.
//! Functions of plain values; who calls them reads the files and makes the edits.
//!
//! - `date_form`: how the site writes a date; `habits`: how it writes a post;
//! - `new_post`, `promote`, `rename_file`: the file that is to be written or moved;
//! - `redirect`: what leads readers on who know its old URL;
//! - `post_url`, `overview`, `vocabulary`: what is there.

pub mod date_form;
pub mod habits;
pub mod new_post;
pub mod overview;
pub mod post_url;
pub mod promote;
pub mod redirect;
pub mod rename_file;
pub mod vocabulary;

pub use habits::{Habits, Sample};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// An instant as the site's readers see it: `2026-06-01T21:00:00+09:00`.
pub fn iso(instant: Timestamp, zone: &TimeZone) -> String {
    instant.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
