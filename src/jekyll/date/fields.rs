//! What a text says of a date, before anybody asks whether that day exists.

use jiff::civil::{Date, DateTime, Time};

/// What a text says of a date. Numbers are as written: none of them need exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The year, two digits completed to 1969–2068.
    pub year: Option<i64>,
    /// The day of the year.
    pub year_day: Option<i64>,
    /// The month.
    pub month: Option<i64>,
    /// The day of the month.
    pub day: Option<i64>,
    /// The hour.
    pub hour: Option<i64>,
    /// The minute.
    pub minute: Option<i64>,
    /// The second.
    pub second: Option<i64>,
    /// Whether a fraction of a second is there, which Jekyll never shows.
    pub fraction: bool,
    /// The zone as written.
    pub zone: Option<String>,
    /// What no form took, and Ruby ignores. Signs are blanks in it.
    pub ignored: String,
    pub(super) before_christ: bool,
    pub(super) whole_year: bool,
}

impl Fields {
    /// The day; none where it says none or one that does not exist.
    pub fn date(&self) -> Option<Date> {
        let Fields { year: Some(year), month: Some(month), day: Some(day), .. } = self else { return None };
        Date::new(i16::try_from(*year).ok()?, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok()
    }

    /// The day and the time, whatever the zone; midnight where it says no time.
    pub fn wall(&self) -> Option<DateTime> {
        let part = |field: Option<i64>| i8::try_from(field.unwrap_or(0)).ok();
        let time = Time::new(part(self.hour)?, part(self.minute)?, part(self.second)?.min(59), 0).ok()?;
        Some(self.date()?.to_datetime(time))
    }
}
