//! `not-utf-8`: a file whose bytes are no text that Jekyll reads. Whoever reads the bytes asks for this finding,
//! since without a text there is no post and no rule can run.

use super::words::noun;
use super::{Diagnostic, Severity};
use crate::post::encoding::NotUtf8;
use crate::post::links::has_extension;
use crate::post::name::{base_name, extension};
use crate::site::FileKind;
use crate::text::Span;

/// What it says, in one sentence.
pub const SUMMARY: &str = "The file is not in UTF-8, so Jekyll leaves it out.";

/// The code of the finding.
pub const CODE: &str = "not-utf-8";

/// The finding, at the first bad byte. Its span is of the text that `String::from_utf8_lossy` gives, in which that
/// byte is a replacement character. None for a picture or a program's file that lies among the drafts or, under a name of
/// its own, among the posts: nobody wants it to be one. None for a page without front matter, which Jekyll copies byte
/// by byte.
///
/// Source: Jekyll `readers/post_reader.rb` processable?: such a post is logged and left out of the site; `utils.rb`
/// has_yaml_header?.
pub fn not_utf8(error: &NotUtf8, path: &str, kind: &FileKind) -> Option<Diagnostic> {
    let is_meant = match kind {
        FileKind::Draft | FileKind::BadPostName => is_written(path),
        FileKind::Page => error.has_dashes,
        _ => true,
    };
    if !is_meant {
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

/// Whether a file has the extension of a text that somebody writes, or none.
fn is_written(path: &str) -> bool {
    const TEXTS: &[&str] =
        &["md", "markdown", "mkdown", "mkdn", "mkd", "html", "htm", "txt", "text", "textile"];
    extension(base_name(path)).is_empty() || has_extension(path, TEXTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(guess: Option<&'static str>, path: &str, kind: &FileKind) -> Option<Diagnostic> {
        not_utf8(&NotUtf8 { offset: 7, guess, has_dashes: true }, path, kind)
    }

    #[test]
    fn a_page_that_is_only_copied_may_be_in_any_encoding() {
        let page = |has_dashes| {
            let error = NotUtf8 { offset: 7, guess: Some("Shift_JIS"), has_dashes };
            not_utf8(&error, "docs/旧.html", &FileKind::Page)
        };
        assert_eq!(page(false), None);
        assert!(page(true).is_some());
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
        assert_eq!(found(None, "_posts/images/memory.jfif", &FileKind::BadPostName), None);
        assert!(found(None, "_posts/memo.txt", &FileKind::BadPostName).is_some());
        assert!(found(None, "_posts/2024-01-15-memo", &FileKind::BadPostName).is_some());
        assert!(found(None, "_posts/2024-01-15-image.png", &FileKind::Post).is_some());
        assert!(found(None, "_drafts/a.md", &FileKind::Draft).is_some());
    }
}
