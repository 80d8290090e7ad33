//! Our Markdown as the client takes it.

use tower_lsp::lsp_types as lsp;

/// Markdown of ours as the client takes it.
pub fn markup(markdown: &str, taken: bool) -> lsp::MarkupContent {
    if taken {
        return lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: markdown.to_owned() };
    }
    lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: plain(markdown) }
}

/// Markdown of ours without its marks, for a client that shows plain text.
fn plain(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let mut plain = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::SoftBreak | Event::HardBreak => plain.push('\n'),
            Event::Rule => plain.push_str("\n\n"),
            Event::Start(Tag::Item) => plain.push_str("\n- "),
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::List(_)) if !plain.is_empty() => {
                plain.push('\n');
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_)) => plain.push('\n'),
            _ => {}
        }
    }
    while plain.contains("\n\n\n") {
        plain = plain.replace("\n\n\n", "\n\n");
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_text_has_no_marks() {
        let markdown = "**128 posts**, first 2019\n\n- [題 \\* 名](file:///a.md) `x`\n- b\n\nlast";
        assert_eq!(plain(markdown), "128 posts, first 2019\n\n- 題 * 名 x\n- b\n\nlast");
    }
}
