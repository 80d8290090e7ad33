//! What a column counts, and the columns of one line.

/// What a column counts. Negotiated with the client (LSP 3.17, `positionEncodings`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PositionEncoding {
    /// Bytes of UTF-8.
    Utf8,
    /// UTF-16 code units: the protocol's default.
    #[default]
    Utf16,
    /// Characters (Unicode scalar values).
    Utf32,
}

/// How many columns a piece of one line takes.
pub fn column_of(piece: &str, encoding: PositionEncoding) -> usize {
    match encoding {
        PositionEncoding::Utf8 => piece.len(),
        PositionEncoding::Utf16 => piece.chars().map(char::len_utf16).sum(),
        PositionEncoding::Utf32 => piece.chars().count(),
    }
}

/// The byte offset of a column inside a line, whose line break (if it is given with one) is never entered.
/// A column past the end is the end; one inside a character is that character's start.
pub fn column_to_byte(line: &str, column: usize, encoding: PositionEncoding) -> usize {
    let line = line.trim_end_matches(['\n', '\r']);
    if encoding == PositionEncoding::Utf8 {
        return floor_boundary(line, column);
    }
    let mut units = 0;
    for (byte, c) in line.char_indices() {
        units += if encoding == PositionEncoding::Utf16 { c.len_utf16() } else { 1 };
        if units > column {
            return byte;
        }
    }
    line.len()
}

/// The last character boundary at or before `offset`.
pub fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
