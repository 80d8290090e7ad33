//! JSON Lines that stay lines for whoever reads them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes an object and a line break.
///
/// # Errors
/// What the writer cannot take.
pub(super) fn write(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    object.serialize(&mut Serializer::with_formatter(&mut *out, OneLine))?;
    out.write_all(b"\n")
}

/// Characters that JSON allows in a text, and at which many readers of lines end one.
const LINE_ENDS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// Compact, with [`LINE_ENDS`] as escapes.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, end)) = rest.char_indices().find(|(_, c)| LINE_ENDS.contains(c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            write!(out, "\\u{:04x}", u32::from(end))?;
            rest = &rest[at + end.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn an_object_is_one_line_for_every_reader() {
        let object = json!({ "a\u{2028}": ["\u{85}題\u{2029}\n", "\"\\"] });
        let mut out = Vec::new();
        super::write(&mut out, &object).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "{\"a\\u2028\":[\"\\u0085題\\u2029\\n\",\"\\\"\\\\\"]}\n");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), object);
    }
}
