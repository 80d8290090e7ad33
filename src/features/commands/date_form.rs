//! The form in which a site writes its dates: `2024-03-05 08:00:00 +0900`, `2024-03-05`, `2024/3/5 8:00`.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::jekyll::{Clock, date};
use crate::post::front_matter::Value;
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::typing::plain_value;

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateForm {
    /// Between the year, the month and the day.
    separator: char,
    /// Whether a month has two digits.
    padded: bool,
    time: Option<TimeForm>,
    /// The quotes around it.
    quote: Quote,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct TimeForm {
    /// Between the day and the hour.
    before: char,
    seconds: bool,
    zone: ZoneForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ZoneForm {
    None,
    /// `Z`.
    Utc {
        blank: bool,
    },
    /// `+0900`.
    Offset {
        blank: bool,
        colon: bool,
    },
}

/// `2024-03-05 08:00:00 +0900`, which Jekyll reads alike in any zone.
pub const USUAL: DateForm = DateForm {
    separator: '-',
    padded: true,
    time: Some(TimeForm { before: ' ', seconds: true, zone: ZoneForm::Offset { blank: true, colon: false } }),
    quote: Quote::Plain,
};

#[allow(clippy::expect_used, reason = "the pattern is a constant, and the tests compile it")]
static FORM: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"^[0-9]{4}([-/.])([0-9]{1,2})[-/.]([0-9]{1,2})";
    let time = r"(?:(T| +)[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(?:\.[0-9]+)?)?( *)(Z|[-+][0-9]{2}(:?)[0-9]{2})?)?$";
    Regex::new(&format!("{day}{time}")).expect("the pattern is well formed")
});

impl DateForm {
    /// The form of a date as it stands in a post; none for one that no program should write.
    pub fn of(content: &str, quote: Quote) -> Option<Self> {
        let found = FORM.captures(content.trim())?;
        let part = |index: usize| found.get(index).map(|part| part.as_str());
        let blank = part(6).is_some_and(|blank| !blank.is_empty());
        let zone = match part(7) {
            None => ZoneForm::None,
            Some("Z") => ZoneForm::Utc { blank },
            Some(_) => ZoneForm::Offset { blank, colon: part(8) == Some(":") },
        };
        let time = part(4).map(|before| TimeForm {
            before: if before == "T" { 'T' } else { ' ' },
            seconds: part(5).is_some(),
            zone,
        });
        Some(DateForm {
            separator: part(1)?.chars().next()?,
            padded: part(2)?.len() == 2 && part(3)?.len() == 2,
            time,
            quote,
        })
    }

    /// An instant in this form and in the site's zone, which is that of `clock`. Where Jekyll would read another
    /// instant in it (it takes a date with seconds and without an offset for UTC), the offset is written too.
    pub fn write(&self, instant: Timestamp, clock: &Clock) -> String {
        let written = self.text(instant, clock);
        if self.reads_as(&written, instant, clock) {
            return self.quoted(&written);
        }
        let Some(time) = self.time else { return self.quoted(&written) };
        let zone = ZoneForm::Offset { blank: true, colon: false };
        let safe = DateForm { time: Some(TimeForm { zone, ..time }), ..*self };
        let written = safe.text(instant, clock);
        // A form that Ruby reads in its own way is given up.
        let form = if safe.reads_as(&written, instant, clock) { safe } else { USUAL };
        form.quoted(&form.text(instant, clock))
    }

    fn text(&self, instant: Timestamp, clock: &Clock) -> String {
        let zone = match self.time {
            Some(TimeForm { zone: ZoneForm::Utc { .. }, .. }) => jiff::tz::TimeZone::UTC,
            _ => clock.zone.clone(),
        };
        let local = instant.to_zoned_datetime(zone);
        let (separator, pad) = (self.separator, if self.padded { "" } else { "-" });
        let mut pattern = format!("%Y{separator}%{pad}m{separator}%{pad}d");
        if let Some(time) = self.time {
            pattern.push(time.before);
            pattern.push_str(if time.seconds { "%H:%M:%S" } else { "%H:%M" });
            pattern.push_str(match time.zone {
                ZoneForm::None => "",
                ZoneForm::Utc { blank: true } => " Z",
                ZoneForm::Utc { blank: false } => "Z",
                ZoneForm::Offset { blank: true, colon: true } => " %:z",
                ZoneForm::Offset { blank: true, colon: false } => " %z",
                ZoneForm::Offset { blank: false, colon: true } => "%:z",
                ZoneForm::Offset { blank: false, colon: false } => "%z",
            });
        }
        local.strftime(&pattern).to_string()
    }

    /// Whether Jekyll reads a text of this form as the instant, as exactly as the form can say it.
    fn reads_as(&self, text: &str, instant: Timestamp, clock: &Clock) -> bool {
        let value = match self.quote {
            Quote::Plain => plain_value(text).ok(),
            Quote::Single | Quote::Double => Some(Value::String(text.into())),
        };
        let Some(Ok(read)) = value.map(|value| date::of_value(&value, clock)) else { return false };
        let parts = |instant: Timestamp| {
            let local = clock.zone.to_datetime(instant);
            let second = self.time.is_some_and(|time| time.seconds).then_some(local.second());
            (local.date(), self.time.map(|_| (local.hour(), local.minute())), second)
        };
        parts(read) == parts(instant)
    }

    fn quoted(&self, text: &str) -> String {
        match self.quote {
            Quote::Plain => text.to_owned(),
            Quote::Single => format!("'{text}'"),
            Quote::Double => format!("\"{text}\""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon of 1 June 2026 in UTC, in the form of a date and in the zone.
    fn check(zone: &str, date: &str, expected: &str) {
        let quote = match date.chars().next() {
            Some('"') => Quote::Double,
            Some('\'') => Quote::Single,
            _ => Quote::Plain,
        };
        let form = DateForm::of(date.trim_matches(['"', '\'']), quote);
        let clock = Clock { now: Timestamp::UNIX_EPOCH, zone: date::zone(zone) };
        let instant = Timestamp::from_second(1_780_315_200).unwrap();
        assert_eq!(form.map(|form| form.write(instant, &clock)).as_deref(), Some(expected), "{date}");
    }

    #[test]
    fn a_date_in_the_form_of_another() {
        for (date, expected) in [
            ("2024-03-05 08:00:00 +0900", "2026-06-01 21:00:00 +0900"),
            ("2024-03-05", "2026-06-01"),
            ("2024-03-05 08:00", "2026-06-01 21:00"),
            ("2024-03-05T08:00:00+09:00", "2026-06-01T21:00:00+09:00"),
            ("2024-03-05T08:00:00Z", "2026-06-01T12:00:00Z"),
            ("2024-03-05 08:00 +09:00", "2026-06-01 21:00 +09:00"),
            ("2024/03/05 08:00:00", "2026/06/01 21:00:00"),
            ("2024/3/5", "2026/6/1"),
            ("\"2024-03-05 08:00:00\"", "\"2026-06-01 21:00:00\""),
            ("'2024-03-05'", "'2026-06-01'"),
        ] {
            check("Asia/Tokyo", date, expected);
        }
    }

    #[test]
    fn an_offset_stands_where_jekyll_would_read_another_time() {
        check("Asia/Tokyo", "2024-03-05 08:00:00", "2026-06-01 21:00:00 +0900");
        check("UTC", "2024-03-05 08:00:00", "2026-06-01 12:00:00");
        check("America/New_York", "2024-03-05T08:00:00", "2026-06-01T08:00:00 -0400");
    }

    #[test]
    fn other_forms_are_not_taken_over() {
        for date in ["March 5, 2024", "2024年3月5日", "2024-03-05 08:00 JST", "~", "", "2024"] {
            assert_eq!(DateForm::of(date, Quote::Plain), None, "{date}");
        }
    }
}
