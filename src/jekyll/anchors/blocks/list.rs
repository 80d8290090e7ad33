//! Lists of three kinds, in whose items blocks can stand. Source: kramdown `parser/kramdown/list.rb`.

use super::lines::*;
use super::{Before, Reader, Within};
use crate::jekyll::anchors::signs::is_blank;
use crate::text::Span;

impl Reader<'_, '_> {
    /// The kind of the list that begins with a line.
    pub(super) fn list_at(&self, line: &str, before: Before) -> Option<Kind> {
        let (kind, _) = list_mark(line, 3)?;
        (kind != Kind::Definitions || matches!(before, Before::Paragraph { .. })).then_some(kind)
    }

    /// Reads a list. Gives the line behind it, and whether it ends with a blank one.
    pub(super) fn list(
        &mut self,
        lines: &[Span],
        from: usize,
        kind: Kind,
        within: Within<'_>,
    ) -> (usize, bool) {
        let inside = Within { stop: None, depth: within.depth + 1, ..within };
        let mut item: Vec<Span> = Vec::new();
        let (mut most, mut indent) = (3, 0);
        let mut last_blank = false;
        let mut at = from;
        while at < lines.len() {
            let line = self.of(lines[at]);
            if (last_blank && is_rule(line)) || is_mark(line) {
                break;
            }
            if let Some((_, mark)) = list_mark(line, most).filter(|(own, _)| *own == kind) {
                self.blocks(std::mem::take(&mut item), inside);
                let content = Span::new(lines[at].start + mark, lines[at].end);
                let (first, columns) = first_line(self.body, content, mark);
                (indent, most) = (columns, columns.clamp(1, 4) - 1);
                item.push(first);
                last_blank = false;
            } else if line.chars().all(is_blank) {
                item.push(lines[at]);
                last_blank = true;
            } else if let Some(rest) = unindented(self.body, lines[at], indent) {
                item.push(rest);
                last_blank = false;
            } else if !last_blank && !is_break(line) {
                item.push(lines[at]);
            } else {
                break;
            }
            at += 1;
        }
        self.blocks(item, inside);
        (at, last_blank)
    }
}

/// The first line of an item, and the columns by which the others are indented. Source: parse_first_list_line.
fn first_line(body: &str, content: Span, mark: usize) -> (Span, usize) {
    let written = content.of(body);
    let rest = written.trim_start_matches(is_blank);
    let mut column = mark;
    for c in written[..written.len() - rest.len()].chars() {
        column = if c == '\t' { (column / 4 + 1) * 4 } else { column + 1 };
    }
    let own = without_attributes(body, Span::new(content.end - rest.len(), content.end));
    (own, if own.is_empty() { 4 } else { column })
}

/// A line without so many columns of indentation; none where it has fewer.
fn unindented(body: &str, line: Span, columns: usize) -> Option<Span> {
    let mut column = 0;
    for (at, c) in line.of(body).char_indices() {
        if column >= columns {
            return Some(Span::new(line.start + at, line.end));
        }
        match c {
            ' ' => column += 1,
            '\t' => column = (column / 4 + 1) * 4,
            _ => return None,
        }
    }
    None
}
