//! The `date` and what Jekyll makes of it. Source: Jekyll `utils.rb` parse_date; Ruby's `Time.parse`.

pub mod day_first;
pub mod ignored_text;
pub mod ignored_zone;
pub mod incomplete;
pub mod invalid;
mod japanese;
pub mod name_day;
pub mod read_as_utc;
pub mod rolled_over;
pub mod shifted_day;
pub(super) mod written;
