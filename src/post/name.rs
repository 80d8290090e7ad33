//! What a post's file name says: its date, its slug, its extension. Source: Jekyll `document.rb`
//! DATE_FILENAME_MATCHER.

/// The parts of a name such as `2024-01-15-hello.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostName<'n> {
    /// The year as written, 2 to 4 digits.
    pub year: &'n str,
    /// The month as written.
    pub month: &'n str,
    /// The day as written.
    pub day: &'n str,
    /// Between the date's hyphen and the extension.
    pub slug: &'n str,
    /// With its dot.
    pub extension: &'n str,
}
