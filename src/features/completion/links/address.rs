//! URLs of the site as an author writes them.

use std::borrow::Cow;
use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

use crate::jekyll::url::escape_path;
use crate::site::Site;

/// A URL of the site as an author writes it: readable, but for what would end the address, with `baseurl` where nothing
/// else puts it.
pub(super) fn address<'u>(site: &Site, url: &'u str, from_root: bool) -> Cow<'u, str> {
    let base = if from_root { "" } else { site.config().baseurl.trim_end_matches('/') };
    // Most URLs are written as they are, and all are looked through at every key.
    if url.bytes().all(|byte| IS_WRITTEN[usize::from(byte)]) {
        return if base.is_empty() { url.into() } else { format!("{base}{url}").into() };
    }
    let decoded = percent_decode_str(url).decode_utf8_lossy();
    let mut shown = String::with_capacity(base.len() + decoded.len());
    shown.push_str(base);
    for c in decoded.chars() {
        match c {
            c if c.is_ascii() && is_escaped(c) => {
                let _ = write!(shown, "%{:02X}", u32::from(c));
            }
            c if !c.is_ascii() && c.is_whitespace() => {
                shown.push_str(&escape_path(c.encode_utf8(&mut [0; 4])))
            }
            c => shown.push(c),
        }
    }
    shown.into()
}

/// The bytes of a URL that are written as they are and stand for themselves.
const IS_WRITTEN: [bool; 256] = {
    let mut is_written = [false; 256];
    let mut byte = b'!';
    while byte < b'\x7f' {
        is_written[byte as usize] = !is_escaped(byte as char);
        byte += 1;
    }
    is_written
};

/// Whether a character of ASCII would end an address or mean something in it.
const fn is_escaped(c: char) -> bool {
    matches!(c, '\0'..=' ' | '\x7f' | '%' | '(' | ')' | '<' | '>' | '"' | '\'' | '#' | '?' | '\\' | '{' | '}')
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;
    use crate::jekyll::Config;

    #[test]
    fn letters_are_written_and_signs_are_escaped() {
        let site = Site::default();
        let address = |url: &str| address(&site, &escape_path(url), false).into_owned();
        assert_eq!(address("/京都/a_b~c/"), "/京都/a_b~c/");
        assert_eq!(address("/a (1)\u{3000}100%.html"), "/a%20%281%29%E3%80%80100%25.html");
    }

    proptest! {
        /// What is written leads to the URL again, and ends no address.
        #[test]
        fn an_address_is_the_url_in_readable_letters(url in "(/([a-zA-Z0-9 %()<>\"'#?\\\\{}&;~_.京é\u{3000}\t-]|\\PC){0,8}){1,3}") {
            let escaped = escape_path(&url);
            let config = Config::parse("baseurl: /blog/").unwrap();
            let site = Site::new(PathBuf::new(), config);
            let written = address(&site, &escaped, true);
            prop_assert_eq!(percent_decode_str(&written).decode_utf8_lossy(), url.as_str());
            prop_assert!(!written.contains(|c: char| c.is_whitespace() || "()<>\"'#?\\{}".contains(c)), "{}", written);
            prop_assert_eq!(address(&site, &escaped, false), format!("/blog{written}"));
        }
    }
}
