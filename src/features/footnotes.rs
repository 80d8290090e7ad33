//! Footnotes as symbols of a page: from a mark to its note, from a note to its marks, and what the note says.

use super::Snapshot;
use super::markdown::{escape, shorten};
use crate::jekyll::footnotes::{self, Footnotes};
use crate::text::Span;

/// The longest text of a note that is shown, in characters.
const NOTE_CHARS: usize = 500;

/// The footnotes of a page that Jekyll makes, and the name among them that a byte offset is on.
fn under(snapshot: &Snapshot, offset: usize) -> Option<(Footnotes, Span)> {
    if !snapshot.renders(offset) {
        return None;
    }
    let found = footnotes::read(&snapshot.post, &snapshot.path, snapshot.site.config());
    let name = found.name_at(offset)?;
    Some((found, name))
}

/// The name of the note that the mark at a byte offset leads to. None where no mark is there, or it leads nowhere.
pub fn definition(snapshot: &Snapshot, offset: usize) -> Option<Span> {
    let (found, name) = under(snapshot, offset)?;
    let text = &*snapshot.post.text;
    found.note(text, name.of(text)).map(|note| note.name)
}

/// The names of the note and of the marks of the footnote at a byte offset, in order; without `declarations` those of the
/// marks. None where no footnote is there that has a note.
pub fn references(snapshot: &Snapshot, offset: usize, declarations: bool) -> Option<Vec<Span>> {
    let (found, name) = under(snapshot, offset)?;
    let text = &*snapshot.post.text;
    let name = name.of(text);
    found.note(text, name)?;
    let notes = found.notes.iter().map(|note| note.name).filter(|_| declarations);
    let mut names: Vec<Span> =
        notes.chain(found.marks.iter().copied()).filter(|other| other.of(text) == name).collect();
    names.sort_unstable();
    Some(names)
}

/// The mark at a byte offset, and the text of the note that it leads to, shortened and in Markdown with its own marks
/// escaped.
pub fn note(snapshot: &Snapshot, offset: usize) -> Option<(Span, String)> {
    let (found, name) = under(snapshot, offset)?;
    let text = &*snapshot.post.text;
    let note = found.note(text, name.of(text)).filter(|note| note.name != name)?;
    let words: Vec<&str> = note.text.of(text).split_whitespace().collect();
    let span = Span::new(name.start - 2, name.end + 1);
    Some((span, escape(&shorten(&words.join(" "), NOTE_CHARS))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::fixture;

    fn at(body: &str) -> (Snapshot, usize) {
        fixture(&format!("//- /_posts/2024-01-02-a.md\n---\ntitle: 題\n---\n{body}"))
    }

    #[test]
    fn from_the_mark_to_the_note_and_back() {
        let body = "京都[^a]と[^b]、また[^a]。\n\n[^a]: 一つ目の *注*\n    続き\n\n[^b]: 二\n";
        for (from, to) in [("[^a]と", "[^$0a]と"), ("[^a]:", "[$0^a]:"), ("[^a]。", "[^a]$0。")] {
            let (snapshot, offset) = at(&body.replace(from, to));
            let text = &*snapshot.post.text;
            let note = definition(&snapshot, offset).unwrap();
            assert!(text[note.end..].starts_with("]: 一"), "{to}");
            assert_eq!(references(&snapshot, offset, true).unwrap().len(), 3, "{to}");
            assert_eq!(references(&snapshot, offset, false).unwrap().len(), 2, "{to}");
            let shown = super::note(&snapshot, offset).map(|(_, text)| text);
            let is_mark = !to.contains("]:");
            assert_eq!(shown, is_mark.then(|| "一つ目の \\*注\\* 続き".to_owned()), "{to}");
        }
    }

    #[test]
    fn elsewhere_is_none() {
        for body in ["京都[^a$0]\n", "`[^a$0]`\n\n[^a]: x\n", "京$0都[^a]\n\n[^a]: x\n"] {
            let (snapshot, offset) = at(body);
            assert_eq!(definition(&snapshot, offset), None, "{body}");
            assert_eq!(references(&snapshot, offset, true), None, "{body}");
        }
    }
}
