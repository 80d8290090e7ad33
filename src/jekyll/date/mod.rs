//! Dates as Jekyll takes them: the text of the value through Ruby's `Time.parse`, then to the site's zone.
//! Source: Jekyll `utils.rb` parse_date; Ruby 3.1 `time.rb`, `date_parse.c`.
//!
//! Two steps: [`recognise`] finds the numbers of a date in any text ([`fields`]), and [`resolve`] makes an instant of them.

pub mod fields;
pub mod recognise;
pub mod resolve;
mod usual;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::post::front_matter::Value;

/// What Jekyll takes from the machine. Pinned by whoever calls the analysis, which never looks at a clock itself.
#[derive(Clone, Debug)]
pub struct Clock {
    /// `site.time`: the moment of the build.
    pub now: Timestamp,
    /// The zone of the machine: in force where the config names none.
    pub zone: TimeZone,
}

impl Clock {
    /// A clock that stands at `now`, in UTC: for tests and for callers that know no zone.
    pub fn utc(now: Timestamp) -> Self {
        Clock { now, zone: TimeZone::UTC }
    }
}

/// A date at which Jekyll gives up: it aborts the whole build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDate {
    /// The text that Ruby was given.
    pub text: String,
}

/// The instant that Jekyll makes of a `date` value, whatever its type, in a site whose zone is `clock.zone`.
///
/// # Errors
/// A value whose text `Time.parse` refuses: the build aborts.
pub fn of_value(value: &Value, clock: &Clock) -> Result<Timestamp, InvalidDate> {
    match value {
        // Ruby prints a Time to the second and with its offset, and reads the same instant back.
        Value::Time(time) => Ok(whole_seconds(time.instant)),
        Value::Date(date) => Ok(midnight(*date, &clock.zone)),
        Value::String(text) => parse(text, clock),
        other => parse(&other.display(), clock),
    }
}

/// What Ruby's `Time.parse` makes of a text in the zone of `clock`, to the second.
///
/// # Errors
/// A text without a date or with an impossible one.
pub fn parse(text: &str, clock: &Clock) -> Result<Timestamp, InvalidDate> {
    let invalid = || InvalidDate { text: text.to_owned() };
    if text.len() > LONGEST {
        return Err(invalid());
    }
    resolve::instant(&recognise::fields(text), clock).ok_or_else(invalid)
}

/// Ruby refuses to look for a date in more bytes than this.
const LONGEST: usize = 128;

/// The zone that a `TZ` of this name gives: an IANA name or a POSIX rule, and UTC for anything else, as in glibc.
pub fn zone(name: &str) -> TimeZone {
    match TimeZone::get(name) {
        // jiff does not mind the case of a name, glibc looks for a file.
        Ok(zone) if zone.iana_name().is_none_or(|known| known == name) => zone,
        _ => TimeZone::posix(name).unwrap_or(TimeZone::UTC),
    }
}

fn midnight(date: Date, zone: &TimeZone) -> Timestamp {
    let start = zone.to_ambiguous_timestamp(date.to_datetime(jiff::civil::Time::midnight()));
    start.compatible().unwrap_or(if date.year() < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// Whether an instant is the last that is known here, 9999-12-30T22:00:00Z, which stands for all that Ruby knows after it.
pub fn is_last(time: Timestamp) -> bool {
    whole_seconds(time) == whole_seconds(Timestamp::MAX)
}

/// The day and the time of an instant in a zone. The last instant that is known here stands for the last day of its year,
/// which people write for a post that shall stay on top.
pub fn civil(time: Timestamp, zone: &TimeZone) -> DateTime {
    if is_last(time) { jiff::civil::date(9999, 12, 31).at(0, 0, 0, 0) } else { zone.to_datetime(time) }
}

/// The second that holds an instant.
pub fn whole_seconds(time: Timestamp) -> Timestamp {
    let seconds = time.as_second() - i64::from(time.subsec_nanosecond() < 0);
    Timestamp::from_second(seconds).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(zone_name: &str) -> Clock {
        let now = "2026-11-24T09:30:00Z".parse().unwrap();
        Clock { now, zone: zone(zone_name) }
    }

    /// One line a case: zone, text, the instant or `abort`.
    #[test]
    fn texts_as_ruby_reads_them() {
        for (zone, text, expected) in [
            // plain and right
            ("UTC", "2024-03-05", "2024-03-05T00:00:00Z"),
            ("Asia/Tokyo", "2024-03-05", "2024-03-04T15:00:00Z"),
            ("Asia/Tokyo", "2024-3-5", "2024-03-04T15:00:00Z"),
            ("Asia/Tokyo", "2024/03/05", "2024-03-04T15:00:00Z"),
            ("Asia/Tokyo", "2024.03.05", "2024-03-04T15:00:00Z"),
            ("Asia/Tokyo", "20240305", "2024-03-04T15:00:00Z"),
            ("UTC", "20240305T0807", "2024-03-05T08:07:00Z"),
            ("UTC", "20240305080709", "2024-03-05T08:07:09Z"),
            ("UTC", "20240305 080709 +0900", "2024-03-04T23:07:09Z"),
            ("UTC", "2024-065", "2024-03-05T00:00:00Z"),
            ("UTC", "2024366", "2024-12-31T00:00:00Z"),
            ("UTC", "24-03-05", "2024-03-05T00:00:00Z"),
            ("UTC", "70-03-05", "1970-03-05T00:00:00Z"),
            ("UTC", "124-01-05", "0124-01-05T00:00:00Z"),
            ("UTC", "Mar 5, 2024", "2024-03-05T00:00:00Z"),
            ("UTC", "March 5th 2024 9:05", "2024-03-05T09:05:00Z"),
            ("UTC", "5 March 2024", "2024-03-05T00:00:00Z"),
            ("UTC", "Tue, 05 Mar 2024 08:00:00 GMT", "2024-03-05T08:00:00Z"),
            ("UTC", "Tue Mar  5 08:00:00 PST 2024", "2024-03-05T16:00:00Z"),
            ("UTC", "5-Mar-2024", "2024-03-05T00:00:00Z"),
            ("UTC", "Mar-5-2024", "2024-03-05T00:00:00Z"),
            ("UTC", "H31.04.30", "2019-04-30T00:00:00Z"),
            ("UTC", "R6.3.5 10:00", "2024-03-05T10:00:00Z"),
            // times
            ("Asia/Tokyo", "2024-03-05 08:00", "2024-03-04T23:00:00Z"),
            ("Asia/Tokyo", "2024-03-05T08:00", "2024-03-04T23:00:00Z"),
            ("Asia/Tokyo", "2024-03-05 08:00:00", "2024-03-04T23:00:00Z"),
            ("UTC", "2024-03-05 08:00 PM", "2024-03-05T20:00:00Z"),
            ("UTC", "2024-03-05 12:10 am", "2024-03-05T00:10:00Z"),
            ("UTC", "2024-03-05 8 p.m.", "2024-03-05T20:00:00Z"),
            ("UTC", "2024-03-05 8h 30m", "2024-03-05T08:30:00Z"),
            ("UTC", "2024-03-05 08:00:01.75", "2024-03-05T08:00:01Z"),
            ("UTC", "2024-03-05 24:00:00", "2024-03-06T00:00:00Z"),
            ("UTC", "2024-03-05 23:59:60", "2024-03-06T00:00:00Z"),
            // zones
            ("UTC", "2024-03-05 08:00 +0900", "2024-03-04T23:00:00Z"),
            ("UTC", "2024-03-05 08:00 +09:00", "2024-03-04T23:00:00Z"),
            ("UTC", "2024-03-05 08:00 +09", "2024-03-04T23:00:00Z"),
            ("UTC", "2024-03-05 08:00 +9", "2024-03-05T08:00:00Z"),
            ("UTC", "2024-03-05 08:00 -03:30", "2024-03-05T11:30:00Z"),
            ("UTC", "2024-03-05T08:00:00Z", "2024-03-05T08:00:00Z"),
            ("UTC", "2024-03-05 08:00 EST", "2024-03-05T13:00:00Z"),
            ("UTC", "2024-03-05 08:00 K", "2024-03-04T22:00:00Z"),
            ("UTC", "2024-03-05 08:00 JST", "2024-03-05T08:00:00Z"),
            ("Asia/Tokyo", "2024-03-05 08:00 JST", "2024-03-04T23:00:00Z"),
            ("Europe/Berlin", "2024-07-05 08:00 CET", "2024-07-05T07:00:00Z"),
            ("Europe/Berlin", "2024-07-05 08:00 CEST", "2024-07-05T06:00:00Z"),
            ("UTC", "2024-03-05 08:00 Asia/Tokyo", "2024-03-05T08:00:00Z"),
            ("UTC", "2024-03-05 08:00 GMT+9", "2024-03-05T08:00:00Z"),
            ("Asia/Tokyo", "2024-03-05 午後3時", "2024-03-04T15:00:00Z"),
            // accepted and wrong
            ("UTC", "2024-02-30", "2024-03-01T00:00:00Z"),
            ("UTC", "2023-02-31", "2023-03-03T00:00:00Z"),
            ("UTC", "2024-04-31", "2024-05-01T00:00:00Z"),
            ("UTC", "03/05/2024", "2024-05-03T00:00:00Z"),
            ("UTC", "25/03/2024", "2024-03-25T00:00:00Z"),
            ("UTC", "2024-03-05 25:00:00 +0900", "2024-03-05T16:00:00Z"),
            ("UTC", "2024-02-30 05:00 +0900", "2024-02-29T20:00:00Z"),
            ("UTC", "2024-13-01 05:00 +0900", "2024-12-31T20:00:00Z"),
            ("UTC", "平成31年4月30日", "2026-12-01T00:00:00Z"),
            ("UTC", "2024-03-05 and more text", "2024-03-05T00:00:00Z"),
            ("UTC", "5th", "2026-11-05T00:00:00Z"),
            ("UTC", "March", "2026-03-01T00:00:00Z"),
            ("UTC", "10:30", "2026-11-24T10:30:00Z"),
            ("Asia/Tokyo", "10:30 +0900", "2026-11-24T01:30:00Z"),
            // abort
            ("UTC", "", "abort"),
            ("UTC", "tomorrow", "abort"),
            ("UTC", "2024", "abort"),
            ("UTC", "2024-03", "abort"),
            ("UTC", "2024-13-01", "abort"),
            ("UTC", "2024-00-01", "abort"),
            ("UTC", "2024-01-00", "abort"),
            ("UTC", "2024-01-32", "abort"),
            ("UTC", "03/25/2024", "abort"),
            ("UTC", "2024年3月5日", "abort"),
            ("UTC", "令和6年3月5日", "abort"),
            ("UTC", "2024-03-05 25:00:00", "abort"),
            ("UTC", "2024-03-05 08:60", "abort"),
            ("UTC", "2024-03-05 25:00:00 +0000", "abort"),
            ("UTC", "2024-03-05 08:00 +2500", "abort"),
            ("UTC", "2024-03-05 08:00 +2359", "2024-03-04T08:01:00Z"),
            ("UTC", "1709625600.5", "abort"),
            ("UTC", "２０２４-０３-０５", "abort"),
            ("UTC", "true", "abort"),
        ] {
            let actual = parse(text, &clock(zone)).map_or("abort".to_owned(), |time| time.to_string());
            assert_eq!(actual, expected, "{text} in {zone}");
        }
    }

    #[test]
    fn a_long_text_is_refused() {
        let text = format!("2024-03-05 {}", "x".repeat(128));
        assert!(parse(&text, &clock("UTC")).is_err());
        assert!(parse(&text[..128], &clock("UTC")).is_ok());
    }

    fn time(text: &str) -> Value {
        let instant = text.parse().unwrap();
        Value::Time(crate::post::front_matter::scalar::Time { instant, offset: jiff::tz::Offset::UTC })
    }

    #[test]
    fn values_go_through_their_text() {
        let clock = clock("Asia/Tokyo");
        for (value, expected) in [
            (Value::Date(jiff::civil::date(2024, 3, 5)), "2024-03-04T15:00:00Z"),
            (time("2024-03-05T08:00:00.9Z"), "2024-03-05T08:00:00Z"),
            (Value::Integer(20_240_305.into()), "2024-03-04T15:00:00Z"),
            (Value::Integer(2024.into()), "abort"),
            (Value::Null, "abort"),
            (Value::Bool(true), "abort"),
            (Value::Float(1.5), "abort"),
        ] {
            let actual = of_value(&value, &clock).map_or("abort".to_owned(), |time| time.to_string());
            assert_eq!(actual, expected, "{value:?}");
        }
    }

    #[test]
    fn a_zone_is_named_as_its_file_is() {
        assert_eq!(zone("Asia/Tokyo").iana_name(), Some("Asia/Tokyo"));
        assert_eq!(zone("asia/tokyo"), TimeZone::UTC);
        assert_eq!(zone("Nowhere/City"), TimeZone::UTC);
        let tokyo = zone("JST-9").to_offset(Timestamp::UNIX_EPOCH);
        assert_eq!(tokyo.seconds(), 9 * 3600);
    }
}
