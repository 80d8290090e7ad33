//! The numbers of a date, found anywhere in a text. Source: Ruby 3.1's `Date._parse`.
//!
//! Ruby tries one form after the other, takes the first that matches anywhere, blanks it out, and goes on to the
//! next step with what is left: first a day's name, then a time with its zone, then one form of a date, then
//! "BC", then a lone number.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::fields::Fields;
use super::usual;

/// Finds the numbers in a text.
pub fn fields(text: &str) -> Fields {
    usual::fields(text).unwrap_or_else(|| any(text))
}

/// Tries all forms.
fn any(text: &str) -> Fields {
    let mut rest = only_telling_characters(text);
    let mut found = Fields::default();
    take(&WEEKDAY, &mut rest, &mut found);
    take(&TIME, &mut rest, &mut found);
    for form in DATES.iter() {
        if take(form, &mut rest, &mut found) {
            break;
        }
    }
    take(&BEFORE_CHRIST, &mut rest, &mut found);
    take(&LONE_NUMBER, &mut rest, &mut found);
    found.ignored = rest.trim().to_owned();
    if let Some(year) = &mut found.year {
        if found.before_christ {
            *year = 1 - *year;
        }
        if !found.whole_year && (0..=99).contains(year) {
            *year += if *year >= 69 { 1900 } else { 2000 };
        }
    }
    found
}

/// Every run of other characters becomes one blank, so that no form needs to know another kind of blank.
fn only_telling_characters(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || "-+',./:@[]".contains(c) {
            kept.push(c);
        } else if !kept.ends_with(' ') {
            kept.push(' ');
        }
    }
    kept
}

/// A form that a date or a part of it may have.
struct Form {
    /// Characters without one of which in the text the form is not even tried; `a` stands for any ASCII letter,
    /// `0` for any ASCII digit.
    needs: &'static str,
    pattern: Regex,
    /// Where this matches too, the form does not count.
    unless: Option<Regex>,
    read: fn(&Captures, &mut Fields),
}

impl Form {
    fn new(needs: &'static str, pattern: &str, read: fn(&Captures, &mut Fields)) -> Self {
        Form { needs, pattern: compile(pattern), unless: None, read }
    }

    fn unless(self, pattern: &str) -> Self {
        Form { unless: Some(compile(pattern)), ..self }
    }

    fn may_match(&self, text: &str) -> bool {
        self.needs.bytes().all(|need| match need {
            b'a' => text.bytes().any(|byte| byte.is_ascii_alphabetic()),
            b'0' => text.bytes().any(|byte| byte.is_ascii_digit()),
            exact => text.as_bytes().contains(&exact),
        })
    }
}

/// In the patterns `#` stands for an ASCII digit and a blank for itself.
#[allow(clippy::expect_used)] // the patterns are constants, and the tests compile every one
fn compile(pattern: &str) -> Regex {
    let months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
    let pattern = pattern.replace("MONTH", months).replace('#', "[0-9]");
    Regex::new(&format!("(?i){pattern}")).expect("the pattern is well formed")
}

/// Reads a form where it stands in the text and blanks it out.
fn take(form: &Form, rest: &mut String, found: &mut Fields) -> bool {
    if !form.may_match(rest) || form.unless.as_ref().is_some_and(|unless| unless.is_match(rest)) {
        return false;
    }
    let Some(captures) = form.pattern.captures(rest) else {
        return false;
    };
    (form.read)(&captures, found);
    let range = captures.get_match().range();
    rest.replace_range(range, " ");
    true
}

static WEEKDAY: LazyLock<Form> =
    LazyLock::new(|| Form::new("a", r"\b(sun|mon|tue|wed|thu|fri|sat)[^-/# ]*", |_, _| ()));

static TIME: LazyLock<Form> = LazyLock::new(|| {
    let half_day = r"(?:(?P<half>[ap])(?:m\b|\.m\.))";
    let colons = r"(?P<h>#+) *: *(?P<m>#+)(?: *: *(?P<s>#+)(?:[,.](?P<f>#*))?)?";
    let units = r"(?P<h2>#+) *h(?: *(?P<m2>#+)m?(?: *(?P<s2>#+)s?)?)?";
    let lone_hour = format!(r"(?P<h3>#+) *{}", half_day.replace("half", "half3"));
    let zone = r"(?P<zone>(?:gmt|utc?)?[-+]#+(?:[,.:]#+(?::#+)?)?|[\p{Alphabetic}. ]+(?:standard|daylight) time\b|\p{Alphabetic}+(?: dst)?\b)";
    Form::new("0", &format!("(?:(?:{colons}|{units})(?: *{half_day})?|{lone_hour})(?: *{zone})?"), read_time)
});

fn read_time(captures: &Captures, found: &mut Fields) {
    let any = |names: &[&str]| names.iter().find_map(|name| captures.name(name));
    let mut hour = any(&["h", "h2", "h3"]).map(|it| number(it.as_str()));
    if let Some(half) = any(&["half", "half3"]) {
        let afternoon = half.as_str().eq_ignore_ascii_case("p");
        hour = hour.map(|it| it % 12 + if afternoon { 12 } else { 0 });
    }
    found.hour = hour;
    found.minute = any(&["m", "m2"]).map(|it| number(it.as_str()));
    found.second = any(&["s", "s2"]).map(|it| number(it.as_str()));
    found.fraction = any(&["f"]).is_some_and(|it| !it.is_empty());
    found.zone = any(&["zone"]).map(|it| it.as_str().to_owned());
}

/// The forms of a date, the first that matches counts.
static DATES: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let era = r"(c(?:e|\.e\.)|b(?:ce|\.c\.e\.)|a(?:d|\.d\.)|b(?:c|\.c\.))?";
    let day_month = format!(r"('?#+)[^-# ]* *(MONTH)[^-# ']*(?: *{era} *('?-?#+(?:(?:st|nd|rd|th)\b)?))?");
    let month_day = format!(r"\b(MONTH)[^-# ']* *('?#+)[^-# ']*(?: *,? *{era} *('?-?#+))?");
    vec![
        Form::new("a0", &day_month, |it, found| {
            let [day, month, era, year] = texts(it);
            found.before_christ |= is_before_christ(era);
            triple(found, year, Some(&month_number(month)), day);
        }),
        Form::new("a0", &month_day, |it, found| {
            let [month, day, era, year] = texts(it);
            found.before_christ |= is_before_christ(era);
            triple(found, year, Some(&month_number(month)), day);
        }),
        Form::new("0-", r"('?[-+]?#+)-(#+)-('?-?#+)", year_month_day),
        // Japan's eras: H31.04.30
        Form::new("0.", r"\b([mtshr])(#+)\.(#+)\.(#+)", |it, found| {
            let [era, year, month, day] = texts(it);
            found.year = year.map(|it| number(it) + first_year(era));
            found.month = month.map(number);
            found.day = day.map(number);
        }),
        Form::new("a0-", r"('?-?#+)-(MONTH)[^-/.]*-('?-?#+)", |it, found| {
            let [day, month, year] = texts(it);
            triple(found, year, Some(&month_number(month)), day);
        }),
        Form::new("a0-", r"\b(MONTH)[^-/.]*-('?-?#+)(?:-('?-?#+))?", |it, found| {
            let [month, day, year] = texts(it);
            triple(found, year, Some(&month_number(month)), day);
        }),
        Form::new("0/", r"('?-?#+)/ *('?#+)(?:[^#] *('?-?#+))?", year_month_day),
        Form::new("0.", r"('?-?#+)\. *('?#+)\. *('?-?#+)", year_month_day),
        // A week: `Time.parse` makes nothing of it, and no later form is tried.
        Form::new("0", r"\b(?:##|####)?-?w##(?:-?#)?\b", |_, _| ()),
        Form::new("0", r"-w-#\b", |_, _| ()),
        Form::new("0", r"--(##)?-(##)\b", month_day_only),
        Form::new("0", r"--(##)(##)?\b", month_day_only),
        Form::new("0", r"\b(##|####)-(###)\b", |it, found| {
            let [year, day] = texts(it);
            found.year = year.map(number);
            found.year_day = day.map(number);
        })
        .unless(r"[,.](?:##|####)-###\b"),
        Form::new("0", r"\b-(###)\b", |it, found| found.year_day = texts::<1>(it)[0].map(number))
            .unless(r"#-###\b"),
        Form::new("0", r"'(#+)\b", |it, found| found.year = texts::<1>(it)[0].map(number)),
        Form::new("a", r"\b(MONTH)[^ ]*", |it, found| {
            found.month = Some(number(&month_number(texts::<1>(it)[0])));
        }),
        Form::new("0", r"(#+)(?:st|nd|rd|th)\b", |it, found| found.day = texts::<1>(it)[0].map(number)),
        Form::new(
            "0",
            r"([-+]?)(#{2,14})(?: *t? *(#{2,6})?(?:[,.](#*))?)?(?: *(z\b|[-+]#{1,4}\b|\[[-+]?#[^\]]*\]))?",
            digits_only,
        ),
    ]
});

static BEFORE_CHRIST: LazyLock<Form> = LazyLock::new(|| {
    Form::new("a", r"\b(?:bc\b|bce\b|b\.c\.|b\.c\.e\.)", |_, found| found.before_christ = true)
});

/// A number that is left over beside a time is the day, beside a day the hour.
static LONE_NUMBER: LazyLock<Form> = LazyLock::new(|| {
    Form::new("0", r"\A *(#{1,2}) *\z", |it, found| {
        let Some(lone) = texts::<1>(it)[0].map(number) else { return };
        if found.hour.is_some() && found.day.is_none() && (1..=31).contains(&lone) {
            found.day = Some(lone);
        }
        if found.day.is_some() && found.hour.is_none() && (0..=24).contains(&lone) {
            found.hour = Some(lone);
        }
    })
});

fn year_month_day(captures: &Captures, found: &mut Fields) {
    let [year, month, day] = texts(captures);
    triple(found, year, month, day);
}

fn month_day_only(captures: &Captures, found: &mut Fields) {
    let [month, day] = texts(captures);
    found.month = month.map(number);
    found.day = day.map(number);
}

/// Three numbers of which the lengths and quotes say which is the year: `'24`, `2024` and `-5` are years wherever
/// they stand; of two numbers the first is the month.
fn triple(found: &mut Fields, year: Option<&str>, month: Option<&str>, day: Option<&str>) {
    let is_year = |it: &Option<&str>| it.is_some_and(|text| text.len() > 2 || text.starts_with('\''));
    let (mut year, mut month, mut day) = (year, month, day);
    if year.is_some() && month.is_some() && day.is_none() {
        (year, month, day) = (None, year, month);
    }
    if year.is_none() && is_year(&day) {
        (year, day) = (day, None);
    }
    if let Some((digits, rest)) = year.and_then(signed_digits)
        && !rest.is_empty()
    {
        // `5th` in the year's place is the day
        (year, day) = (day, Some(digits));
    }
    if is_year(&month) {
        (year, month, day) = (month, day, year);
    }
    if is_year(&day) {
        (year, day) = (day, year);
    }
    if let Some((digits, _)) = year.and_then(signed_digits) {
        let unsigned = digits.trim_start_matches(['-', '+']);
        found.whole_year |= unsigned.len() != digits.len() || unsigned.len() > 2;
        found.year = Some(if digits.starts_with('-') { -number(unsigned) } else { number(unsigned) });
    }
    found.month = month.and_then(first_number).or(found.month);
    found.day = day.and_then(first_number).or(found.day);
}

/// The first run of digits with the sign before it, and what follows.
fn signed_digits(text: &str) -> Option<(&str, &str)> {
    let text = &text[text.find(|c: char| c.is_ascii_digit() || c == '-' || c == '+')?..];
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    Some(text.split_at(sign + digits))
}

fn first_number(text: &str) -> Option<i64> {
    let text = &text[text.find(|c: char| c.is_ascii_digit())?..];
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some(number(&text[..end]))
}

/// Digits without anything between: how many there are says what they mean. With a fraction behind them they are
/// read from the end, seconds first.
fn digits_only(captures: &Captures, found: &mut Fields) {
    let [sign, digits, time, fraction, zone] = texts(captures);
    let from_the_end = fraction.is_some();
    if let Some(digits) = digits {
        let backward = from_the_end && time.is_none();
        let layout = match (digits.len(), backward) {
            (2, false) => "D",
            (3, false) => "JJJ",
            (4, false) => "MMDD",
            (5, false) => "YYJJJ",
            (6, false) => "YYMMDD",
            (7, false) => "YYYYJJJ",
            (8, false) => "YYYYMMDD",
            (10, false) => "YYYYMMDDhh",
            (12, false) => "YYYYMMDDhhmm",
            (14, false) => "YYYYMMDDhhmmss",
            (2, true) => "ss",
            (3, true) => "mss",
            (4, true) => "mmss",
            (5, true) => "hmmss",
            (6, true) => "hhmmss",
            (7, true) => "Dhhmmss",
            (8, true) => "DDhhmmss",
            (10, true) => "MMDDhhmmss",
            (12, true) => "YYMMDDhhmmss",
            (14, true) => "YYYYMMDDhhmmss",
            _ => "",
        };
        let layout = if layout == "D" { "DD" } else { layout };
        lay_out(found, digits, layout);
        if sign == Some("-") {
            found.year = found.year.map(|year| -year);
        }
        found.whole_year |= layout.starts_with("YYYYMM");
    }
    if let Some(time) = time {
        let layout = match (time.len(), from_the_end) {
            (2, true) => "ss",
            (4, true) => "mmss",
            (6, _) => "hhmmss",
            (2, false) => "hh",
            (4, false) => "hhmm",
            _ => "",
        };
        lay_out(found, time, layout);
    }
    found.fraction |= fraction.is_some_and(|it| !it.is_empty());
    found.zone = zone.map(bracketed_zone).or(found.zone.take());
}

/// Adds each digit to the field that its letter names.
fn lay_out(found: &mut Fields, digits: &str, layout: &str) {
    let mut fresh = Fields::default();
    for (digit, letter) in digits.bytes().zip(layout.bytes()) {
        let field = match letter {
            b'Y' => &mut fresh.year,
            b'J' => &mut fresh.year_day,
            b'M' => &mut fresh.month,
            b'D' => &mut fresh.day,
            b'h' => &mut fresh.hour,
            b'm' => &mut fresh.minute,
            _ => &mut fresh.second,
        };
        *field = Some(field.unwrap_or(0) * 10 + i64::from(digit - b'0'));
    }
    found.year = fresh.year.or(found.year);
    found.year_day = fresh.year_day.or(found.year_day);
    found.month = fresh.month.or(found.month);
    found.day = fresh.day.or(found.day);
    found.hour = fresh.hour.or(found.hour);
    found.minute = fresh.minute.or(found.minute);
    found.second = fresh.second.or(found.second);
}

/// `[-5:EST]` names the zone EST, `[9]` the zone 9.
fn bracketed_zone(zone: &str) -> String {
    let inner = zone.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(zone);
    inner.split_once(':').map_or(inner, |(_, name)| name).to_owned()
}

fn texts<'t, const N: usize>(captures: &Captures<'t>) -> [Option<&'t str>; N] {
    std::array::from_fn(|index| captures.get(index + 1).map(|it| it.as_str()))
}

fn is_before_christ(era: Option<&str>) -> bool {
    era.is_some_and(|it| it.starts_with(['b', 'B']))
}

/// The year before the era's first.
fn first_year(era: Option<&str>) -> i64 {
    match era.and_then(|it| it.bytes().next()).map(|it| it.to_ascii_lowercase()) {
        Some(b'm') => 1867,
        Some(b't') => 1911,
        Some(b's') => 1925,
        Some(b'h') => 1988,
        _ => 2018,
    }
}

fn month_number(name: Option<&str>) -> String {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.unwrap_or_default().to_lowercase();
    let index = months.iter().position(|month| name == *month);
    index.map_or(13, |index| index + 1).to_string()
}

/// A number so large that it does not fit is as impossible as any other large one.
fn number(digits: &str) -> i64 {
    digits.parse().unwrap_or(i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::any;
    use super::usual::fields;

    #[test]
    fn usual_dates_are_read_the_short_way() {
        for text in
            ["2024-05-06", "2024-05-06 10:00:00", "2024-05-06 10:00 +09:00", "0024-13-99 99:00:61 -9900"]
        {
            assert_eq!(fields(text), Some(any(text)), "{text}");
        }
        for text in [
            "",
            "2024-5-06",
            "2024-05-06T10:00:00",
            "2024-05-06 1:00",
            "2024-05-06 10:00:00 JST",
            "２０２４-０５",
        ] {
            assert_eq!(fields(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn all_forms_find_the_same(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?( [-+][0-9]{2}:?[0-9]{2})?)?") {
            prop_assert_eq!(fields(&text), Some(any(&text)));
        }

        #[test]
        fn what_is_read_is_what_all_forms_find(text in "[-+0-9: 日]{8,26}") {
            if let Some(found) = fields(&text) {
                prop_assert_eq!(found, any(&text));
            }
        }
    }
}
