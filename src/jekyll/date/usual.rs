//! Dates of the usual form, `2024-05-06` or `2024-05-06 10:00:00 +0900`, read without the cost of all the forms that
//! Ruby tries.

use super::fields::Fields;

/// What [`recognise`](super::recognise) finds in a text of the usual form. None for any other.
pub(super) fn fields(text: &str) -> Option<Fields> {
    let (date, rest) = text.split_at_checked(10)?;
    let [year, month, day] = numbers(date, b'-', [4, 2, 2])?;
    let mut found = Fields { year, month, day, whole_year: true, ..Fields::default() };
    if rest.is_empty() {
        return Some(found);
    }
    let rest = rest.strip_prefix(' ')?;
    let seconds = rest.as_bytes().get(5) == Some(&b':');
    let (time, zone) = rest.split_at_checked(if seconds { 8 } else { 5 })?;
    if seconds {
        [found.hour, found.minute, found.second] = numbers(time, b':', [2, 2, 2])?;
    } else {
        [found.hour, found.minute] = numbers(time, b':', [2, 2])?;
    }
    if !zone.is_empty() {
        let zone = zone.strip_prefix(' ')?;
        let digits = zone.strip_prefix(['+', '-'])?;
        if numbers(digits, b':', [4]).is_none() && numbers(digits, b':', [2, 2]).is_none() {
            return None;
        }
        found.zone = Some(zone.to_owned());
    }
    Some(found)
}

/// Numbers of so many digits with a mark between.
fn numbers<const N: usize>(text: &str, mark: u8, digits: [usize; N]) -> Option<[Option<i64>; N]> {
    let mut rest = text.as_bytes();
    let mut found = [None; N];
    for (at, (number, digits)) in found.iter_mut().zip(digits).enumerate() {
        if at > 0 {
            rest = rest.strip_prefix(&[mark])?;
        }
        let (part, behind) = rest.split_at_checked(digits)?;
        let digit = |byte: &u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
        *number = Some(part.iter().try_fold(0, |sum, byte| Some(sum * 10 + digit(byte)?))?);
        rest = behind;
    }
    rest.is_empty().then_some(found)
}
