//! `not-utf-8`: a file whose bytes are no text that Jekyll reads. Whoever reads the bytes asks for this finding,
//! since without a text there is no post and no rule can run.

use super::words::noun;
use super::{Diagnostic, Severity};
use crate::post::encoding::NotUtf8;
use crate::post::links::is_media;
use crate::site::FileKind;
use crate::text::Span;

/// What it says, in one sentence.
pub const SUMMARY: &str = "The file is not in UTF-8, so Jekyll leaves it out.";

/// The code of the finding.
pub const CODE: &str = "not-utf-8";

/// The finding, at the first bad byte. Its span is of the text that `String::from_utf8_lossy` gives, in which that
/// byte is a replacement character. None for a picture that lies among the drafts or, under a name of its own, among
/// the posts: nobody wants it to be one.
///
/// Source: Jekyll `readers/post_reader.rb` processable?: such a post is logged and left out of the site.
pub fn not_utf8(error: &NotUtf8, path: &str, kind: &FileKind) -> Option<Diagnostic> {
    if matches!(kind, FileKind::Draft | FileKind::BadPostName) && is_media(path) {
        return None;
    }
    let span = Span::new(error.offset, error.offset + char::REPLACEMENT_CHARACTER.len_utf8());
    let noun = noun(kind);
    let message = match error.guess {
        Some(guess) => format!(
            "This file is in {guess}, and Jekyll reads UTF-8 only: it leaves the {noun} out. Save the file as UTF-8."
        ),
        None => format!(
            "This byte is not UTF-8: Jekyll leaves the {noun} out. Write the character again and save as UTF-8."
        ),
    };
    Some(Diagnostic { span, severity: Severity::Error, code: CODE, message, related: Vec::new(), fix: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(guess: Option<&'static str>, path: &str, kind: &FileKind) -> Option<Diagnostic> {
        not_utf8(&NotUtf8 { offset: 7, guess }, path, kind)
    }

    #[test]
    fn the_encoding_is_named_where_it_is_known() {
        let post = |guess| found(guess, "_posts/2024-01-15-a.md", &FileKind::Post).unwrap();
        assert_eq!(post(None).span, Span::new(7, 10));
        assert!(post(Some("Shift_JIS")).message.contains("in Shift_JIS"));
        assert!(post(None).message.contains("leaves the post out"));
    }

    #[test]
    fn a_picture_beside_the_posts_is_none() {
        assert_eq!(found(None, "_drafts/題/plot.PNG", &FileKind::Draft), None);
        assert_eq!(found(None, "_posts/image.png", &FileKind::BadPostName), None);
        assert!(found(None, "_posts/2024-01-15-image.png", &FileKind::Post).is_some());
        assert!(found(None, "_drafts/a.md", &FileKind::Draft).is_some());
    }
}
