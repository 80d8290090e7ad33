//! From a scalar's text to its typed value, as safe_yaml 1.0 guesses it (its `transform/` classes). Jekyll loads
//! front matter through it, so YAML's own schema does not count: `1,000` is a number, `2024-3-5` a string.

use jiff::civil::{Date, Time as ClockTime};
use jiff::tz::Offset;

use super::Value;
use super::scalar::Time;

/// The text looks like a number to safe_yaml but Ruby refuses to read it as one (`1__0.5`): the load fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

/// The value of a plain scalar.
///
/// # Errors
/// A text such as `1._5`, on which Ruby's `Float()` raises and the whole load fails.
pub fn plain_value(text: &str) -> Result<Value, NotANumber> {
    Ok(no_text(text)?.unwrap_or_else(|| Value::String(text.into())))
}

/// The value of a plain scalar, none where it is its own text.
///
/// # Errors
/// Those of [`plain_value`].
pub fn no_text(text: &str) -> Result<Option<Value>, NotANumber> {
    // A word is no number and no date.
    if text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
        return Ok(word(text));
    }
    // Every number, date, null or boolean is ASCII and short: most values are known to be text at once.
    if !text.is_ascii() || text.len() > 512 {
        return Ok(None);
    }
    // No number has a blank in it, as a time has behind its day.
    if text.contains(' ') {
        return Ok(time(text));
    }
    if let Some(integer) = integer(text) {
        return Ok(Some(integer));
    }
    if let Some(float) = float(text)? {
        return Ok(Some(Value::Float(float)));
    }
    if matches!(text, "" | "~") {
        return Ok(Some(Value::Null));
    }
    Ok(date(text).or_else(|| time(text)))
}

/// What the words are that are no text.
fn word(text: &str) -> Option<Value> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    match text.len() {
        2 if is("on") => Some(Value::Bool(true)),
        2 if is("no") => Some(Value::Bool(false)),
        3 if is("yes") => Some(Value::Bool(true)),
        3 if is("off") => Some(Value::Bool(false)),
        4 if is("true") => Some(Value::Bool(true)),
        4 if is("null") => Some(Value::Null),
        5 if is("false") => Some(Value::Bool(false)),
        _ => None,
    }
}

fn integer(text: &str) -> Option<Value> {
    let first = text.bytes().find(|b| !matches!(b, b'_' | b','))?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-')) {
        return None;
    }
    let bare: String = text.chars().filter(|c| !matches!(c, '_' | ',')).collect();
    let (negative, digits) = split_sign(&bare);
    let number = |radix, digits: &str| {
        // Ruby's integers have no bound; ours ends at 38 digits, beyond which only the type is true.
        let value = i128::from_str_radix(digits, radix).unwrap_or(i128::MAX);
        Some(Value::Integer(if negative { -value } else { value }.into()))
    };
    let all = |digits: &str, test: fn(u8) -> bool| !digits.is_empty() && digits.bytes().all(test);
    if digits == "0" || (all(digits, |b| b.is_ascii_digit()) && !digits.starts_with('0')) {
        return number(10, digits);
    }
    let signed = digits.len() < bare.len();
    if !signed && digits.starts_with('0') && all(&digits[1..], |b| matches!(b, b'0'..=b'7')) {
        return number(8, &digits[1..]);
    }
    if let Some(hex) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X").filter(|_| !signed)) {
        return if all(hex, |b| b.is_ascii_hexdigit()) { number(16, hex) } else { None };
    }
    if let Some(binary) = digits.strip_prefix("0b").filter(|_| !signed) {
        return if all(binary, |b| matches!(b, b'0' | b'1')) { number(2, binary) } else { None };
    }
    base_60(&bare, None).map(Value::Float)
}

fn split_sign(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

/// `1:30` and, with the digits after the point, `1:30.5`. A minus counts twice, for the first number and for the sum:
/// `-1:30` is 30.
fn base_60(whole: &str, fraction: Option<&str>) -> Option<f64> {
    let (negative, digits) = split_sign(whole);
    let mut parts = digits.split(':');
    let first = parts.next().filter(|p| p.starts_with(|c: char| c.is_ascii_digit()))?;
    let first: f64 = first.replace('_', "").parse().ok()?;
    let mut value = if negative { -first } else { first };
    let mut groups = 0;
    for part in parts {
        let good = matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
        value = value * 60.0 + part.parse::<f64>().ok().filter(|_| good)?;
        groups += 1;
    }
    if groups == 0 {
        return None;
    }
    if let Some(fraction) = fraction {
        value += format!("0.{}", fraction.replace('_', "")).parse::<f64>().ok()?;
    }
    Some(if negative { -value } else { value })
}

fn float(text: &str) -> Result<Option<f64>, NotANumber> {
    match text {
        ".inf" | ".Inf" | ".INF" => return Ok(Some(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => return Ok(Some(f64::NEG_INFINITY)),
        ".nan" | ".NaN" | ".NAN" => return Ok(Some(f64::NAN)),
        _ => {}
    }
    let (_, unsigned) = split_sign(text);
    let Some((whole, rest)) = unsigned.split_once('.') else { return Ok(None) };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    if whole.contains(':') {
        let signed_whole = &text[..text.len() - rest.len() - 1];
        return Ok(if digits(rest) { base_60(signed_whole, Some(rest)) } else { None });
    }
    let (fraction, exponent) = match rest.split_once(['e', 'E']) {
        Some((fraction, exponent)) => (fraction, Some(exponent)),
        None => (rest, None),
    };
    let good_exponent = exponent.is_none_or(|e| {
        e.strip_prefix(['+', '-']).is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
    });
    if !digits(whole) || whole.starts_with('_') || !digits(fraction) || fraction.is_empty() || !good_exponent
    {
        return Ok(None);
    }
    // Ruby takes `_` between two digits only.
    let loose = |part: &str| part.starts_with('_') || part.ends_with('_') || part.contains("__");
    if loose(whole) || loose(fraction) {
        return Err(NotANumber);
    }
    Ok(Some(text.replace('_', "").parse().map_err(|_| NotANumber)?))
}

/// Exactly `NNNN-NN-NN`; a day that does not exist stays text.
fn date(text: &str) -> Option<Value> {
    let mut rest = text;
    let year = number(&mut rest, 4, 4)?;
    let month = take(&mut rest, "-").and_then(|()| number(&mut rest, 2, 2))?;
    let day = take(&mut rest, "-").and_then(|()| number(&mut rest, 2, 2))?;
    if rest.is_empty() { civil_date(year, month, day).map(Value::Date) } else { None }
}

fn civil_date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `YYYY-M-D`, `T` or blanks, `H:MM:SS`, a fraction, an offset. Without an offset it is UTC.
fn time(text: &str) -> Option<Value> {
    let mut rest = text;
    let year = number(&mut rest, 4, 4)?;
    let month = take(&mut rest, "-").and_then(|()| number(&mut rest, 1, 2))?;
    let day = take(&mut rest, "-").and_then(|()| number(&mut rest, 1, 2))?;
    let unblank = rest.trim_start_matches([' ', '\t']);
    rest = if unblank.len() < rest.len() { unblank } else { rest.strip_prefix(['T', 't'])? };
    let hour = i8::try_from(number(&mut rest, 1, 2)?).ok()?;
    let minute = take(&mut rest, ":").and_then(|()| i8::try_from(number(&mut rest, 2, 2)?).ok())?;
    let second = take(&mut rest, ":").and_then(|()| i8::try_from(number(&mut rest, 2, 2)?).ok())?;
    let mut nanosecond = 0;
    if take(&mut rest, ".").is_some() {
        let end = rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
        let nine: String = rest[..end].chars().chain("000000000".chars()).take(9).collect();
        nanosecond = nine.parse().ok()?;
        rest = &rest[end..];
    }
    let offset = offset(rest.trim_start_matches([' ', '\t']))?;
    let date = civil_date(year, month, day)?;
    // Ruby's DateTime: 24:00:00 is the next midnight, a leap second counts as the second before it.
    let (date, hour) = match hour {
        24 if minute == 0 && second == 0 => (date.tomorrow().ok()?, 0),
        _ => (date, hour),
    };
    let clock = ClockTime::new(hour, minute, if second == 60 { 59 } else { second }, nanosecond).ok()?;
    let instant = offset.to_timestamp(date.to_datetime(clock)).ok()?;
    Some(Value::Time(Time { instant, offset }))
}

fn take(rest: &mut &str, prefix: &str) -> Option<()> {
    *rest = rest.strip_prefix(prefix)?;
    Some(())
}

/// A number of so many digits, which are four at most.
fn number(rest: &mut &str, at_least: usize, at_most: usize) -> Option<i16> {
    let run = rest.bytes().take(at_most).take_while(u8::is_ascii_digit).count();
    if run < at_least {
        return None;
    }
    let (digits, after) = rest.split_at(run);
    *rest = after;
    Some(digits.bytes().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')))
}

/// Nothing, `Z`, `+9`, `+09`, `+900`, `+09:00`. Ruby drops an offset of a day or more.
fn offset(text: &str) -> Option<Offset> {
    if text.is_empty() || text == "Z" {
        return Some(Offset::UTC);
    }
    let (negative, mut rest) = (text.starts_with('-'), text.strip_prefix(['+', '-'])?);
    let without_colon = rest.len() == 3 && !rest.contains(':');
    let hours = i32::from(number(&mut rest, 1, if without_colon { 1 } else { 2 })?);
    let _ = take(&mut rest, ":");
    let minutes = i32::from(if rest.is_empty() { 0 } else { number(&mut rest, 2, 2)? });
    if !rest.is_empty() {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60;
    let seconds = if seconds >= 24 * 3600 { 0 } else { seconds };
    Offset::from_seconds(if negative { -seconds } else { seconds }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match plain_value(text) {
            Ok(Value::String(_)) => "text".to_owned(),
            Ok(value) => format!("{} {}", value.ruby_class(), value.inspect()),
            Err(NotANumber) => "error".to_owned(),
        }
    }

    #[test]
    fn scalars_are_typed_as_safe_yaml_types_them() {
        let table = [
            ("1,000", "Integer 1000"),
            ("2023,2024", "Integer 20232024"),
            ("1,", "Integer 1"),
            ("-0", "Integer 0"),
            ("0755", "Integer 493"),
            ("0899", "text"),
            ("-07", "text"),
            ("0x1F", "Integer 31"),
            ("-0x1f", "Integer -31"),
            ("0b101", "Integer 5"),
            ("0o17", "text"),
            ("1:30", "Float 90.0"),
            ("-1:30", "Float 30.0"),
            ("12:30", "Float 750.0"),
            ("1:60", "text"),
            ("1:30.5", "Float 90.5"),
            ("1.10", "Float 1.1"),
            (".5", "Float 0.5"),
            ("1.5e+3", "Float 1500.0"),
            ("1.5e3", "text"),
            ("1e3", "text"),
            ("5.", "text"),
            ("1.2.3", "text"),
            ("1._5", "error"),
            ("+1", "Integer 1"),
            ("C++", "text"),
            (".inf", "Float Infinity"),
            ("~", "NilClass nil"),
            ("NULL", "NilClass nil"),
            ("Yes", "TrueClass true"),
            ("OFF", "FalseClass false"),
            ("y", "text"),
            ("2024-03-05", "Date 2024-03-05"),
            ("2024-3-5", "text"),
            ("2024-02-30", "text"),
            ("2026-01-31 16:48:29 +0000", "Time 2026-01-31 16:48:29 +0000"),
            ("2026-1-31T6:48:29+9", "Time 2026-01-31 06:48:29 +0900"),
            ("2026-01-31 16:48:29 +900", "Time 2026-01-31 16:48:29 +0900"),
            ("2026-01-31 16:48:29 +2500", "Time 2026-01-31 16:48:29 +0000"),
            ("2026-01-31 16:48:29", "Time 2026-01-31 16:48:29 +0000"),
            ("2026-01-31 16:48", "text"),
            ("2026-01-31 25:00:00", "text"),
            ("日本", "text"),
            ("12月", "text"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
