//! From the bytes of a file to a text: Jekyll reads UTF-8 and nothing else.

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS};

/// Why a file is not text that Jekyll reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// The first byte that is not UTF-8.
    pub offset: usize,
    /// What the file seems to be in: "Shift_JIS", "EUC-JP", "UTF-16", "Windows-1252"; none where nothing fits well.
    pub guess: Option<&'static str>,
    /// Whether it begins with `---`: any other page is only copied, whatever its encoding.
    pub has_dashes: bool,
}

/// The text of a file.
///
/// # Errors
/// Bytes that are not UTF-8, with a guess of what they are.
pub fn decode<T: for<'t> From<&'t str>>(bytes: &[u8]) -> Result<T, NotUtf8> {
    // The standard library takes several times as long for Japanese. It has to look only where there is an error.
    simdutf8::basic::from_utf8(bytes).or_else(|_| std::str::from_utf8(bytes)).map(T::from).map_err(|error| {
        let offset = error.valid_up_to();
        NotUtf8 { offset, guess: guess(bytes), has_dashes: bytes.starts_with(b"---") }
    })
}

fn guess(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || is_mostly_wide(bytes) {
        return Some("UTF-16");
    }
    // A slip in a UTF-8 file: what is around it is UTF-8 and not ASCII.
    let lossy = String::from_utf8_lossy(bytes);
    let bad = lossy.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let good = lossy.chars().filter(|c| !c.is_ascii()).count() - bad;
    if good > 2 * bad {
        return None;
    }
    let fits = [(SHIFT_JIS, "Shift_JIS"), (EUC_JP, "EUC-JP")]
        .into_iter()
        .filter_map(|(encoding, name)| japanese_score(encoding, bytes).map(|score| (score, name)))
        .max();
    match fits {
        Some((score, name)) if score > 0 => Some(name),
        _ if high_bytes_stand_alone(bytes) => Some("Windows-1252"),
        _ => None,
    }
}

/// Every second byte of most of it is zero: ASCII in UTF-16 without a mark.
fn is_mostly_wide(bytes: &[u8]) -> bool {
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    bytes.len() >= 8 && zeros * 5 >= bytes.len() * 2
}

/// How much like Japanese the bytes read in an encoding; none where they are not of it at all.
fn japanese_score(encoding: &'static Encoding, bytes: &[u8]) -> Option<i64> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let score = |c: char| match c {
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '、' | '。' => 3,
        '一'..='鿿' => 1,
        // What another encoding's bytes turn into.
        '｡'..='ﾟ' | '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' => -3,
        _ => 0,
    };
    Some(text.chars().map(score).sum())
}

/// Accented letters among ASCII ones, as Western encodings of one byte have them.
fn high_bytes_stand_alone(bytes: &[u8]) -> bool {
    let pairs = bytes.windows(2).filter(|pair| pair.iter().all(|byte| *byte >= 0x80)).count();
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    pairs * 4 <= high
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], offset: usize, guess: Option<&'static str>) {
        let has_dashes = offset > 0;
        assert_eq!(decode::<String>(bytes), Err(NotUtf8 { offset, guess, has_dashes }));
    }

    #[test]
    fn encodings_are_named() {
        let post = "---\ntitle: 日本語のタイトルです。\n---\n本文はここから始まります。\n";
        let (shift_jis, _, _) = SHIFT_JIS.encode(post);
        let (euc, _, _) = EUC_JP.encode(post);
        check(&shift_jis, 11, Some("Shift_JIS"));
        check(&euc, 11, Some("EUC-JP"));
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(post.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&wide, 0, Some("UTF-16"));
        check(b"---\ntitle: Caf\xe9 au lait\n---\n", 14, Some("Windows-1252"));
    }

    #[test]
    fn a_slip_in_utf_8_is_no_other_encoding() {
        let mut bytes = "---\ntitle: 日本語のタイトル\n---\n".as_bytes().to_vec();
        bytes.insert(20, 0x93);
        check(&bytes, 20, None);
    }
}
