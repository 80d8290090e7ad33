//! Dates as Jekyll takes them: Ruby's `Time.parse`, then the site's zone. Source: `utils.rb` parse_date,
//! `document.rb` modify_date.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What Jekyll takes from the machine. Pinned by whoever calls the analysis, which never looks at a clock itself.
#[derive(Clone, Debug)]
pub struct Clock {
    /// `site.time`: the moment of the build.
    pub now: Timestamp,
    /// The zone of the machine: in force where the config names none.
    pub zone: TimeZone,
}
