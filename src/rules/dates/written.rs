//! A `date` as its author wrote it, beside what Jekyll reads.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::jekyll::Reason;
use crate::jekyll::date::fields::Fields;
use crate::jekyll::date::recognise::fields;
use crate::jekyll::date::{is_last, zone};
use crate::post::front_matter::{Node, Value};
use crate::rules::spots::{content, is_document, own, said};
use crate::rules::{Fix, Input};
use crate::text::{Span, TextEdit};

/// A `date` of a file's own front matter that Jekyll can read.
#[derive(Debug)]
pub(in crate::rules) struct Written<'a> {
    /// Its value.
    pub(in crate::rules) node: &'a Node,
    /// The value inside its quotes.
    pub(in crate::rules) content: Span,
    /// The text of that.
    pub(in crate::rules) text: &'a str,
    /// What it says.
    pub(in crate::rules) fields: Fields,
    /// The zone that it names.
    pub(in crate::rules) zone: Option<WrittenZone<'a>>,
    /// The instant that Jekyll reads.
    pub(in crate::rules) instant: Timestamp,
    /// The same in the site's zone.
    pub(in crate::rules) local: DateTime,
}

/// The zone at the end of a date.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct WrittenZone<'a> {
    /// `+0900`, `JST`, `Asia/Tokyo`, as it is written.
    pub(in crate::rules) name: &'a str,
    /// Where it is.
    pub(in crate::rules) span: Span,
    /// What a reader takes it for, in seconds east; none where nobody can know.
    pub(in crate::rules) offset: Option<i64>,
}

impl<'a> Written<'a> {
    /// The date of the post; none where it has none of its own, or one at which the build stops. [`Input::written`] has
    /// it once for all rules.
    pub(in crate::rules) fn of(input: &Input<'a>) -> Option<Self> {
        let node = own(input, "date").filter(|_| is_document(input))?;
        let reading = said(input);
        let instant = reading.date.filter(|_| !matches!(reading.reason, Some(Reason::Date(_))))?;
        if is_last(instant) {
            return None;
        }
        if !matches!(node.value, Value::String(_) | Value::Integer(_) | Value::Date(_) | Value::Time(_)) {
            return None;
        }
        let content = content(node, &input.post.text)?;
        let text = content.of(&input.post.text);
        let fields = fields(text);
        let site = input.zone();
        let local = site.to_datetime(instant);
        let mut written = Written { node, content, text, fields, zone: None, instant, local };
        written.zone = written.find_zone(site);
        Some(written)
    }

    /// The day that it says; none where it says none or one that does not exist.
    pub(in crate::rules) fn day(&self) -> Option<Date> {
        self.fields.date()
    }

    /// The day and the time that it says, whatever the zone; midnight where it says no time.
    pub(in crate::rules) fn wall(&self) -> Option<DateTime> {
        self.fields.wall()
    }

    /// Whether it says a time.
    pub(in crate::rules) fn has_time(&self) -> bool {
        self.fields.hour.is_some()
    }

    /// The offset by which Jekyll read the time, in seconds east.
    pub(in crate::rules) fn effective_offset(&self) -> Option<i64> {
        let utc = TimeZone::UTC.to_timestamp(self.wall()?).ok()?;
        Some(utc.as_second() - self.instant.as_second())
    }

    /// Whether Jekyll went by the zone that is written, or none is.
    pub(in crate::rules) fn zone_counts(&self) -> bool {
        self.zone.is_none_or(|zone| zone.offset.is_some() && zone.offset == self.effective_offset())
    }

    /// The same value with other text inside its quotes.
    pub(in crate::rules) fn rewrite(&self, text: &str) -> Fix {
        Fix::new(format!("Write `{text}`"), vec![TextEdit::replace(self.content, text)])
    }

    /// Where a word of it stands in the post.
    pub(in crate::rules) fn find(&self, word: &str) -> Option<Span> {
        let start = self.content.start + self.text.rfind(word)?;
        Some(Span::new(start, start + word.len()))
    }

    fn find_zone(&self, site: &TimeZone) -> Option<WrittenZone<'a>> {
        let named = self.fields.zone.as_deref().filter(|_| self.has_time())?;
        let first = named.split(' ').next().filter(|first| !first.is_empty() && !is_weekday(first))?;
        // Nearly always nothing follows it, and the search is long for so short a text.
        let is_last = self.text.ends_with(first);
        let start = if is_last { self.text.len() - first.len() } else { self.text.rfind(first)? };
        let rest = &self.text[start..];
        let end = rest.find(|c: char| c.is_whitespace() || "()[]（）".contains(c)).unwrap_or(rest.len());
        let name = &rest[..end];
        let span = Span::new(self.content.start + start, self.content.start + start + end);
        let own = self.wall().and_then(|wall| own_name(site, wall, name));
        Some(WrittenZone { name, span, offset: own.or_else(|| meant_offset(name, self.wall())) })
    }
}

/// `火`, `火曜日`: a day's name in brackets after a date.
pub(in crate::rules) fn is_weekday(word: &str) -> bool {
    if word.is_ascii() {
        return false;
    }
    let bare = word.strip_suffix('日').filter(|bare| bare.ends_with('曜')).unwrap_or(word);
    let bare = bare.strip_suffix('曜').unwrap_or(bare);
    bare.chars().count() == 1 && "日月火水木金土祝".contains(bare)
}

/// The largest offset of any zone there is, in seconds.
const LARGEST: i64 = 14 * 3600;

/// What a reader takes a zone for, in seconds east.
pub(in crate::rules) fn meant_offset(name: &str, wall: Option<DateTime>) -> Option<i64> {
    let known = |offset: i64| Some(offset).filter(|offset| offset.abs() <= LARGEST);
    // Nearly all are of this form.
    if let Some(offset) = numeric_offset(name) {
        return known(offset);
    }
    let upper = name.to_uppercase();
    let number = upper.trim_start_matches("GMT").trim_start_matches("UTC");
    if let Some(offset) = numeric_offset(number) {
        return known(offset);
    }
    let hours = match &*upper {
        "UTC" | "Z" | "UT" | "GMT" | "WET" => 0,
        "CET" | "BST" | "WEST" => 1,
        "CEST" | "EET" => 2,
        "EEST" | "MSK" => 3,
        "SGT" | "HKT" => 8,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        "NZST" => 12,
        "NZDT" => 13,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ if name.contains('/') => return offset_of_region(name, wall?),
        _ => return None,
    };
    Some(hours * 3600)
}

/// The offset of the site's own zone where this is what it is called: CST is another one in China.
fn own_name(site: &TimeZone, wall: DateTime, name: &str) -> Option<i64> {
    let instant = site.to_ambiguous_timestamp(wall).compatible().ok()?;
    let info = site.to_offset_info(instant);
    info.abbreviation().eq_ignore_ascii_case(name).then(|| info.offset().seconds().into())
}

fn offset_of_region(name: &str, wall: DateTime) -> Option<i64> {
    let zone = zone(name);
    zone.iana_name().filter(|known| *known == name)?;
    let instant = zone.to_ambiguous_timestamp(wall).compatible().ok()?;
    Some(zone.to_offset(instant).seconds().into())
}

/// `+9`, `+09`, `+900`, `+0900`, `+9:00`, `+09:00`
pub(super) fn numeric_offset(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() > 2 && digits.is_ascii() => digits.split_at(digits.len() - 2),
        None => (digits, "0"),
    };
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let seconds = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?;
    Some(if text.starts_with('-') { -seconds } else { seconds })
}

/// An offset as a date is best written with: `+0900`.
pub(in crate::rules) fn offset_text(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
}

/// The offset of a zone at a time on its clocks.
pub(in crate::rules) fn offset_at(zone: &TimeZone, wall: DateTime) -> Option<i64> {
    let instant = zone.to_ambiguous_timestamp(wall).compatible().ok()?;
    Some(zone.to_offset(instant).seconds().into())
}

/// What a zone is called: its IANA name where it has one.
pub(in crate::rules) fn zone_name(zone: &TimeZone) -> &str {
    match zone.iana_name() {
        Some(name) => name,
        None if *zone == TimeZone::UTC => "UTC",
        None => "the site's zone",
    }
}

/// The day in the URL that Jekyll reads, for a message: `the URL is /2024/03/04/…`; nothing where the URL has none.
pub(in crate::rules) fn url_part(input: &Input<'_>, local: Date) -> Option<String> {
    let url = said(input).url.as_deref()?;
    let forms = ["%Y/%m/%d/", "%Y/%-m/%-d/", "%Y-%m-%d", "%Y/%j/"];
    forms.iter().find_map(|form| {
        let shown = local.strftime(form).to_string();
        let end = url.find(&shown)? + shown.len();
        Some(format!("the URL is {}…", url.get(..end)?))
    })
}
