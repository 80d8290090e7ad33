//! From the numbers of a date to an instant. Source: Ruby 3.1's `Time.parse` (`time.rb`, make_time) and
//! `Time.local`.
//!
//! What is missing before the first number is taken from now, what is missing after it is the least. A day that
//! a short month has not rolls over; everything else that is out of range is refused.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use super::Clock;
use super::fields::Fields;

/// The instant that the numbers mean, to the second. None where Ruby raises an ArgumentError.
pub fn instant(fields: &Fields, clock: &Clock) -> Option<Timestamp> {
    let Fields { year, year_day, month, day, hour, minute, second, fraction, zone, .. } = fields;
    let given = [year, year_day, month, day, hour, minute, second];
    if given.iter().all(|field| field.is_none()) && !fraction {
        return None;
    }
    if let Some(year_day) = year_day {
        return on_year_day(fields, *year_day, clock);
    }
    let this_year = now_in(&clock.zone, clock.now).year();
    let offset = |year: i64| zone.as_deref().and_then(|it| offset_of(it, year, &clock.zone));
    let zone_now = offset(year.unwrap_or(this_year.into())).map_or(clock.zone.clone(), fixed);
    let now = now_in(&zone_now, clock.now);
    let mut parts = [*year, *month, *day, *hour, *minute, *second];
    let from_now: [i64; 6] = [
        now.year().into(),
        now.month().into(),
        now.day().into(),
        now.hour().into(),
        now.minute().into(),
        now.second().into(),
    ];
    let least: [i64; 6] = [1970, 1, 1, 0, 0, 0];
    let first_given = parts.iter().position(Option::is_some).unwrap_or(parts.len());
    for (index, part) in parts.iter_mut().enumerate() {
        let missing = if index < first_given { from_now } else { least };
        *part = part.or(Some(missing[index]));
    }
    let parts = parts.map(Option::unwrap_or_default);
    match offset(parts[0]) {
        // Ruby knows no offset of a whole day.
        Some(offset) if offset.abs() >= 86_400 => None,
        Some(offset) => {
            let parts = take_off(parts, offset)?;
            Some(local(parts, &TimeZone::UTC)?)
        }
        None => local(parts, &clock.zone),
    }
}

fn fixed(seconds: i64) -> TimeZone {
    i32::try_from(seconds)
        .ok()
        .and_then(|it| Offset::from_seconds(it).ok())
        .map_or(TimeZone::UTC, TimeZone::fixed)
}

fn now_in(zone: &TimeZone, now: Timestamp) -> DateTime {
    zone.to_datetime(now)
}

fn on_year_day(fields: &Fields, year_day: i64, clock: &Clock) -> Option<Timestamp> {
    if !(1..=366).contains(&year_day) {
        return None;
    }
    let year = fields.year.unwrap_or_else(|| now_in(&clock.zone, clock.now).year().into());
    let first = Date::new(i16::try_from(year).ok()?, 1, 1).ok()?;
    let date = first.checked_add((year_day - 1).days()).ok()?;
    if date.year() != first.year() {
        return None;
    }
    let (month, day) = (Some(date.month().into()), Some(date.day().into()));
    let mut fields = fields.clone();
    (fields.year_day, fields.month, fields.day) = (None, month, day);
    instant(&fields, clock)
}

/// The offset that a zone's name means, in seconds east: `+0900`, `+09:00`, `+09`, the North American names, the
/// military letters, and whatever the site's own zone is called in that year. Any other name is ignored.
fn offset_of(name: &str, year: i64, site: &TimeZone) -> Option<i64> {
    let name = name.to_uppercase();
    if let Some(seconds) = numeric_offset(&name) {
        return Some(seconds);
    }
    let hours = match name.as_str() {
        "UTC" | "Z" | "UT" | "GMT" => 0,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return military(&name).map(|hours| hours * 3600).or_else(|| own_name(&name, year, site)),
    };
    Some(hours * 3600)
}

fn military(name: &str) -> Option<i64> {
    let &[letter] = name.as_bytes() else { return None };
    match letter {
        b'A'..=b'I' => Some(i64::from(letter - b'A') + 1),
        b'K'..=b'M' => Some(i64::from(letter - b'K') + 10),
        b'N'..=b'Y' => Some(-i64::from(letter - b'N') - 1),
        _ => None,
    }
}

/// The zone's winter name, else its summer name.
fn own_name(name: &str, year: i64, site: &TimeZone) -> Option<i64> {
    [1, 7].into_iter().find_map(|month| {
        let then = local([year, month, 1, 0, 0, 0], site)?;
        let info = site.to_offset_info(then);
        (info.abbreviation().to_uppercase() == name).then(|| info.offset().seconds().into())
    })
}

/// `+09`, `+0900`, `+09:00`, `+090000`, `+09:00:00`
fn numeric_offset(name: &str) -> Option<i64> {
    let sign = match name.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = &name[1..];
    let parts: Vec<&str> = if digits.contains(':') {
        digits.split(':').collect()
    } else if digits.is_ascii() && digits.len().is_multiple_of(2) {
        (0..digits.len()).step_by(2).map(|at| &digits[at..at + 2]).collect()
    } else {
        return None;
    };
    let two_digits = |it: &&str| it.len() == 2 && it.bytes().all(|byte| byte.is_ascii_digit());
    if parts.is_empty() || parts.len() > 3 || !parts.iter().all(two_digits) {
        return None;
    }
    let seconds = [3600, 60, 1].iter().zip(parts).map(|(unit, part)| unit * part.parse::<i64>().unwrap_or(0));
    Some(sign * seconds.sum::<i64>())
}

/// Takes an offset off a local time part by part, as Ruby does it before it looks whether the parts exist: so
/// 25:00 +0900 passes and is 16:00 UTC.
fn take_off(parts: [i64; 6], offset: i64) -> Option<[i64; 6]> {
    let [mut year, mut month, mut day, mut hour, mut minute, mut second] = parts;
    let mut left = offset.abs();
    for (part, size) in [(&mut second, 60), (&mut minute, 60), (&mut hour, 24)] {
        let step = left % size;
        left /= size;
        // A part that loses nothing is not looked at: 25:00 with no whole hour to lose keeps its hour.
        if step != 0 {
            let sum = if offset < 0 { *part + step } else { *part - step };
            *part = sum.rem_euclid(size);
            let carry = sum.div_euclid(size);
            left += if offset < 0 { carry } else { -carry };
        }
    }
    if left != 0 && offset < 0 {
        day += left;
        if days_in(year, month).is_some_and(|days| days < day) {
            (day, month) = (1, month + 1);
            if month > 12 {
                (month, year) = (1, year + 1);
            }
        }
    } else if left != 0 {
        day -= left;
        if day < 1 {
            month -= 1;
            if month < 1 {
                (month, year) = (12, year - 1);
            }
            day = days_in(year, month)?;
        }
    }
    Some([year, month, day, hour, minute, second])
}

fn days_in(year: i64, month: i64) -> Option<i64> {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => Some(29),
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        // Ruby's table is read from its end: month 0 is December, where it is read at all.
        0 => Some(31),
        _ => None,
    }
}

/// Ruby's `Time.local`: the parts must exist, but for day 29 to 31 of a short month, 24:00:00 and second 60.
fn local(parts: [i64; 6], zone: &TimeZone) -> Option<Timestamp> {
    let [year, mut month, mut day, hour, minute, second] = parts;
    let in_range = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..=24).contains(&hour)
        && (0..=59).contains(&minute)
        && (0..=60).contains(&second);
    if !in_range || (hour == 24 && (minute, second) != (0, 0)) {
        return None;
    }
    let days = days_in(year, month)?;
    if day > days {
        (day, month) = (day - days, month + 1);
    }
    // Ruby knows any year, an instant here ends with 9999.
    let Ok(year) = i16::try_from(year) else {
        return Some(if year < 0 { Timestamp::MIN } else { Timestamp::MAX });
    };
    let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let Some(day) = day else {
        return Some(if year < 0 { Timestamp::MIN } else { Timestamp::MAX });
    };
    let seconds = hour * 3600 + minute * 60 + second;
    let time = day.to_datetime(jiff::civil::Time::midnight()).checked_add(seconds.seconds()).ok()?;
    Some(zone.to_ambiguous_timestamp(time).compatible().unwrap_or(Timestamp::MAX))
}
