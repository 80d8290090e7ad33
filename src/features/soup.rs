//! No text and no cursor may break a feature: every answer stays inside the document.

use proptest::prelude::*;

use super::{completion, folding, hover, symbols, testing};

/// Pieces that make up half-typed posts.
const PIECES: &[&str] = &[
    "---\n",
    "---\r\n",
    "tags: ",
    "tags:",
    "categories: ",
    "tag: ",
    "title: ",
    "layout: ",
    "x: ",
    "[",
    "]",
    ", ",
    ",",
    "\n",
    "\r\n",
    "\n  - ",
    "\n- ",
    "\n-",
    "\n  ",
    "\"",
    "'",
    "#",
    " # c",
    "AI",
    "生成AI",
    "😀",
    "\\",
    " ",
    "\t",
    "：",
    "　",
    ": ",
    "{",
    "}",
    "|",
    "&a ",
    "# H\n",
    "[a](b.md)",
    "{% post_url 2024-01-01-a %}",
    "{% link ",
    "{% include ",
    "[a](",
    "](#",
    "{{ site.baseurl }}/",
    "<img src=\"",
    "[r]: ",
    "<!--",
    "{% raw %}",
    "{{ x",
    "```\n",
    "\u{feff}",
];

fn texts() -> impl Strategy<Value = (String, String)> {
    let piece = || prop::sample::select(PIECES);
    let run = |longest| prop::collection::vec(piece(), 0..longest).prop_map(|pieces| pieces.concat());
    (any::<bool>(), run(14), run(8))
        .prop_map(|(fenced, before, after)| (format!("{}{before}", if fenced { "---\n" } else { "" }), after))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_stays_inside((before, after) in texts()) {
        let site = "//- /_posts/2024-01-01-a.md\n---\ntitle: One\ntags: [AI, 生成AI, \"a: b\", Machine Learning]\n---\n";
        let (snapshot, offset) = testing::fixture(&format!("{site}//- /_posts/2025-01-01-b.md\n{before}$0{after}"));
        let text = &*snapshot.post.text;
        for item in completion::complete(&snapshot, offset).items {
            let span = item.edit.span;
            prop_assert!(span.touches(offset) && text.get(span.start..span.end).is_some(), "{:?} in {:?}", item, text);
            prop_assert!(!span.of(text).contains(['\n', '\r']) && !item.edit.new_text.contains('\n'), "{:?}", item);
            let typed = &text[span.start..offset];
            prop_assert!(item.filter_text.starts_with(typed), "{:?} in {:?}", item, text);
        }
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            if let Some(hover) = hover::hover(&snapshot, at) {
                prop_assert!(hover.span.touches(at) && text.get(hover.span.start..hover.span.end).is_some());
            }
        }
        let mut rest = symbols::symbols(&snapshot);
        while let Some(symbol) = rest.pop() {
            prop_assert!(!symbol.name.is_empty() && symbol.span.encloses(symbol.name_span), "{:?} in {:?}", symbol, text);
            prop_assert!(symbol.children.iter().all(|child| symbol.span.encloses(child.span)), "{:?} in {:?}", symbol, text);
            rest.extend(symbol.children);
        }
        prop_assert!(folding::folds(&snapshot).iter().all(|span| text.get(span.start..span.end).is_some()));
    }
}
