//! What Jekyll takes from the machine: now, and the zone. Both can be pinned.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::jekyll::{Clock, Config, date};

/// The clock of a build: `now` from the command line, else the config's `time`, else the machine's; the zone `tz` in
/// place of the machine's. A time without an offset is in the site's zone.
///
/// # Errors
/// No such zone, or no time: in words for the user.
pub(super) fn of(now: Option<&str>, tz: Option<&str>, config: &Config) -> Result<Clock, String> {
    let zone = match tz {
        None => TimeZone::system(),
        Some(name) => TimeZone::get(name)
            .map_err(|_| format!("No zone is called {name}. Give one like Asia/Tokyo or UTC."))?,
    };
    let machine = Clock { now: Timestamp::now(), zone };
    let now = match now.or(config.time.as_deref()) {
        None => machine.now,
        Some(text) => date::parse(text, &config.site_clock(&machine)).map_err(|error| {
            format!("`{}` is no time. Give one like 2026-01-31 or 2026-01-31T09:00+09:00.", error.text)
        })?,
    };
    Ok(Clock { now, ..machine })
}
