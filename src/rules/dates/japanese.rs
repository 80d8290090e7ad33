//! Dates as they are written in Japanese, which Ruby does not read.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use regex::Regex;

#[allow(clippy::expect_used)] // the pattern is a constant, and the tests compile it
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^\s*
        (?: (?P<era>令和|平成|昭和|大正|明治)? \s* (?P<y>元|[0-9]{1,4}) \s* 年 \s* (?P<m>[0-9]{1,2}) \s* 月 \s* (?P<d>[0-9]{1,2}) \s* 日
          | (?P<y2>[0-9]{4}) [-/.] (?P<m2>[0-9]{1,2}) [-/.] (?P<d2>[0-9]{1,2}) )
        \s* (?: \(? [日月火水木金土] (?:曜日?)? \)? )? \s*
        (?: (?P<half>午前|午後)? \s* (?P<h>[0-9]{1,2})
            (?: \s* 時 (?: \s* (?P<min>[0-9]{1,2}) \s* 分 | (?P<past>半) )? | : (?P<min2>[0-9]{2}) (?: :[0-9]{2} )? ) )?
        \s* (?P<offset>[-+][0-9]{2}:?[0-9]{2})? \s* $",
    )
    .expect("the pattern is well formed")
});

/// The same day and time as Ruby reads it: `2024-03-05`, `2024-03-05 15:00 +0900`. None where the text is no such
/// date.
pub(super) fn gregorian(text: &str) -> Option<String> {
    let narrow: String = text.chars().map(narrow).collect();
    let found = DATE.captures(&narrow)?;
    let part = |names: [&str; 2]| names.iter().find_map(|name| found.name(name)).map(|it| it.as_str());
    let year = match part(["y", "y2"])? {
        "元" => 1,
        year => year.parse().ok()?,
    };
    let year = year + era_start(found.name("era").map_or("", |era| era.as_str()), year)?;
    let date = Date::new(year, part(["m", "m2"])?.parse().ok()?, part(["d", "d2"])?.parse().ok()?).ok()?;
    let Some(hour) = found.name("h") else { return Some(date.to_string()) };
    let hour: i8 = hour.as_str().parse().ok()?;
    let hour = match found.name("half").map(|half| half.as_str()) {
        Some("午後") => hour % 12 + 12,
        Some(_) => hour % 12,
        None => hour,
    };
    let minute = match found.name("past") {
        Some(_) => 30,
        None => part(["min", "min2"]).map_or(Some(0), |minute| minute.parse().ok())?,
    };
    let time = Time::new(hour, minute, 0, 0).ok()?;
    let offset = found.name("offset").map_or_else(String::new, |offset| format!(" {}", offset.as_str()));
    Some(format!("{date} {}{offset}", time.strftime("%H:%M")))
}

/// The year before an era's first; a year without an era is one of four digits.
fn era_start(era: &str, year: i16) -> Option<i16> {
    match era {
        "令和" => Some(2018),
        "平成" => Some(1988),
        "昭和" => Some(1925),
        "大正" => Some(1911),
        "明治" => Some(1867),
        _ => (year >= 1000).then_some(0),
    }
}

/// Full-width digits and signs as ASCII, and every dash as a hyphen.
fn narrow(c: char) -> char {
    match c {
        '‐' | '‑' | '–' | '—' | '−' => '-',
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::gregorian;

    #[test]
    fn japanese_dates_become_iso_dates() {
        for (text, expected) in [
            ("2024年3月5日", Some("2024-03-05")),
            ("２０２４年０３月０５日（火）", Some("2024-03-05")),
            ("2024 年 3 月 5 日 火曜日", Some("2024-03-05")),
            ("2024年3月5日 午後3時", Some("2024-03-05 15:00")),
            ("2024年3月5日12時半", Some("2024-03-05 12:30")),
            ("2024年3月5日 8:00:00 +0900", Some("2024-03-05 08:00 +0900")),
            ("2024-03-05 午前12時5分", Some("2024-03-05 00:05")),
            ("２０２４－０３－０５", Some("2024-03-05")),
            ("令和6年3月5日", Some("2024-03-05")),
            ("令和元年5月1日", Some("2019-05-01")),
            ("平成31年4月30日", Some("2019-04-30")),
            ("昭和64年1月7日", Some("1989-01-07")),
            ("2024年13月5日", None),
            ("24年3月5日", None),
            ("2024年3月", None),
            ("明日", None),
        ] {
            assert_eq!(gregorian(text).as_deref(), expected, "{text}");
        }
    }
}
