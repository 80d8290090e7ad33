//! Document symbols: the front matter's entries, then the headings.

use super::Snapshot;
use super::markdown::shorten;
use super::sections::{Section, sections, trim_end};
use crate::limits::MAX_OUTLINE;
use crate::post::Post;
use crate::post::front_matter::Entry;
use crate::post::front_matter::tree::{EntryValue, Scalar};
use crate::text::Span;

/// A symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name. Never empty.
    pub name: String,
    /// The value of a key, shortened.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// Its name's place, inside `span`.
    pub name_span: Span,
    /// What is in it.
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// The whole block.
    FrontMatter,
    /// A key.
    Key,
    /// A heading.
    Heading,
}

/// The longest value beside a key, in characters.
const DETAIL_CHARS: usize = 60;

/// The symbols of a document: the block first, then the headings, each with the lower ones of its section in it.
pub fn symbols(snapshot: &Snapshot) -> Vec<Symbol> {
    let post = &*snapshot.post;
    let mut symbols: Vec<Symbol> = front_matter(post).into_iter().collect();
    let sections = sections(post);
    symbols.extend(nested(&post.text, &mut sections.iter().take(MAX_OUTLINE).peekable(), 0));
    symbols
}

fn front_matter(post: &Post) -> Option<Symbol> {
    let fence = &post.front_matter.fence;
    if !fence.is_present() {
        return None;
    }
    let end = fence.closing.map_or(fence.content.end, |closing| closing.end);
    let keys = post.tree().entries.iter().filter_map(|entry| key(&post.text, entry));
    Some(Symbol {
        name: "Front matter".to_owned(),
        detail: None,
        kind: SymbolKind::FrontMatter,
        span: trim_end(&post.text, Span::new(fence.opening.start, end.max(fence.opening.end))),
        name_span: trim_end(&post.text, fence.opening),
        children: keys.take(MAX_OUTLINE).collect(),
    })
}

fn key(text: &str, entry: &Entry) -> Option<Symbol> {
    let key = entry.key?;
    let name = entry.key_text(text).trim();
    (!name.is_empty()).then(|| Symbol {
        name: name.to_owned(),
        detail: detail(text, &entry.value),
        kind: SymbolKind::Key,
        span: trim_end(text, Span::new(key.span.start, entry.span.end)),
        name_span: key.span,
        children: Vec::new(),
    })
}

fn detail(text: &str, value: &EntryValue) -> Option<String> {
    let content = |scalar: &Scalar| scalar.content.of(text).to_owned();
    let shown = match value {
        EntryValue::Empty => return None,
        EntryValue::Scalar(scalar) => content(scalar),
        EntryValue::Flow(list) => {
            list.items.iter().filter_map(|item| item.scalar().map(content)).collect::<Vec<_>>().join(", ")
        }
        EntryValue::Block(list) => {
            let items = list.items.iter().filter_map(|item| item.item.scalar().map(content));
            items.collect::<Vec<_>>().join(", ")
        }
        EntryValue::Other(span) => span.of(text).to_owned(),
    };
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    (!shown.is_empty()).then(|| shorten(&shown, DETAIL_CHARS).into_owned())
}

/// The sections from here on that are deeper than `level`.
fn nested<'s>(
    text: &str,
    rest: &mut std::iter::Peekable<impl Iterator<Item = &'s Section<'s>>>,
    level: u8,
) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    while let Some(section) = rest.next_if(|section| section.heading.level > level) {
        let heading = section.heading;
        let name = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        symbols.push(Symbol {
            name: if name.is_empty() { "#".repeat(heading.level.into()) } else { name },
            detail: None,
            kind: SymbolKind::Heading,
            span: section.span,
            name_span: trim_end(text, heading.span),
            children: nested(text, rest, heading.level),
        });
    }
    symbols
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing::fixture;

    fn check(document: &str, expected: Expect) {
        let (snapshot, _) = fixture(document);
        let text = &*snapshot.post.text;
        let mut shown = String::new();
        let mut rest: Vec<(usize, Symbol)> =
            symbols(&snapshot).into_iter().rev().map(|symbol| (0, symbol)).collect();
        while let Some((depth, symbol)) = rest.pop() {
            assert!(symbol.span.encloses(symbol.name_span), "{symbol:?}");
            let detail = symbol.detail.map(|detail| format!(" = {detail}")).unwrap_or_default();
            let last_line = symbol.span.of(text).lines().last().unwrap_or_default();
            shown.push_str(&format!("{}{}{detail} | to `{last_line}`\n", "  ".repeat(depth), symbol.name));
            rest.extend(symbol.children.into_iter().rev().map(|child| (depth + 1, child)));
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn entries_and_nested_headings() {
        check(
            "---\ntitle: \"題: x\"\ntags:\n  - AI\n  - 京都 # c\nmeta: {a: 1}\ncategories: [a, b]\nx:\n---\n$0\n## 二\n\ntext\n\n### 三\n\n# 一 `c`\n\n#\n\nend\n\n",
            expect![[r#"
                Front matter | to `---`
                  title = 題: x | to `title: "題: x"`
                  tags = AI, 京都 | to `  - 京都 # c`
                  meta = {a: 1} | to `meta: {a: 1}`
                  categories = a, b | to `categories: [a, b]`
                  x | to `x:`
                二 | to `### 三`
                  三 | to `### 三`
                一 c | to `# 一 `c``
                # | to `end`
            "#]],
        );
    }

    #[test]
    fn broken_blocks_and_crlf() {
        check(
            "---\r\ntitle: \"x\r\ntags: [a\r\n---\r\n$0# H\r\n\r\ntext\r\n",
            expect![[r#"
            Front matter | to `---`
              title = x | to `title: "x`
              tags = a | to `tags: [a`
            H | to `text`
        "#]],
        );
        check("$0text\n", expect![[r#""#]]);
        check(
            "---\ntitle: x$0",
            expect![[r#"
            Front matter | to `title: x`
              title = x | to `title: x`
        "#]],
        );
    }
}
