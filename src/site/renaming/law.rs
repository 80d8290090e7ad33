//! The law of a renaming over random posts: Jekyll reads the term under its new name, once, and everything else as
//! before; all bytes outside the keys of terms stay; and what has a sure place is never left.

use proptest::prelude::*;

use super::{Renaming, Respelt};
use crate::jekyll::{Clock, Config, Reading, reading};
use crate::post::Post;
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::write::{Context, write};
use crate::post::front_matter::{Load, Node, Value};
use crate::site::TermKind;
use crate::text::Span;
use crate::text::edit::apply;

/// Names: simple, Japanese, typed, and such as need quotes.
const NAMES: &[&str] = &[
    "AI",
    "ai",
    "生成AI",
    "サーバー",
    "Machine Learning",
    "C#",
    "2024",
    "1.10",
    "yes",
    "a: b",
    "it's",
    "\"q\"",
    "x,y",
    "[x]",
    "- x",
    "#1",
    "~",
    "*s",
    "&x",
    "😀",
    "日本語、",
    "tab\tx",
    "2024-01-02",
    " lead",
    "k:",
    "back\\s",
];

#[derive(Clone, Copy, Debug)]
enum Style {
    Flow,
    FlowLines,
    FlowNested,
    Block,
    BlockAtMargin,
    Words,
    WordsLiteral,
    Single,
}

#[derive(Clone, Debug)]
struct Case {
    style: Style,
    /// The post's own terms with the quotes that they have.
    items: Vec<(usize, Quote)>,
    old: usize,
    /// None where the term goes.
    new: Option<usize>,
    comment: bool,
    crlf: bool,
    category: bool,
}

fn case() -> impl Strategy<Value = Case> {
    let style = prop::sample::select(vec![
        Style::Flow,
        Style::FlowLines,
        Style::FlowNested,
        Style::Block,
        Style::BlockAtMargin,
        Style::Words,
        Style::WordsLiteral,
        Style::Single,
    ]);
    let quote = prop::sample::select(vec![Quote::Plain, Quote::Plain, Quote::Single, Quote::Double]);
    let items = prop::collection::vec((0..NAMES.len(), quote), 1..6);
    let new = prop::option::weighted(0.7, 0..NAMES.len());
    (style, items, any::<prop::sample::Index>(), new, any::<(bool, bool, bool)>()).prop_map(
        |(style, items, old, new, (comment, crlf, category))| {
            let old = items[old.index(items.len())].0;
            Case { style, items, old, new, comment, crlf, category }
        },
    )
}

impl Case {
    fn post(&self) -> String {
        let key = if self.category { "categor" } else { "tag" };
        let (plural, singular) = if self.category { ("ies", "y") } else { ("s", "") };
        let written = |context| -> Vec<String> {
            self.items.iter().map(|(name, quote)| write(NAMES[*name], context, *quote)).collect()
        };
        let comment = if self.comment { " # ai, AI" } else { "" };
        let flow = written(Context::Flow);
        let words: Vec<&str> = self.items.iter().map(|item| NAMES[item.0]).collect();
        let value = match self.style {
            Style::Flow => format!("{key}{plural}: [{}]{comment}\n", flow.join(", ")),
            Style::FlowLines => {
                format!("{key}{plural}: [\n  {}{comment}\n]\n", flow.join(&format!(",{comment}\n  ")))
            }
            Style::FlowNested => {
                let (head, tail) = flow.split_at(flow.len() / 2);
                format!("{key}{plural}: [{}, [{}]]{comment}\n", head.join(", "), tail.join(", "))
                    .replace("[, ", "[")
            }
            Style::Block | Style::BlockAtMargin => {
                let indent = if matches!(self.style, Style::Block) { "  " } else { "" };
                let lines =
                    written(Context::Block).into_iter().map(|item| format!("{indent}- {item}{comment}\n"));
                format!("{key}{plural}:\n{}", lines.collect::<String>())
            }
            Style::Words => {
                format!(
                    "{key}{plural}: {}{comment}\n",
                    write(&words.join(" "), Context::Block, self.items[0].1)
                )
            }
            Style::WordsLiteral => format!("{key}{plural}: |\n  {}\n", words.join("\n  ")),
            Style::Single => {
                format!("{key}{singular}: {}{comment}\n", write(words[0], Context::Block, self.items[0].1))
            }
        };
        let text =
            format!("---\ntitle: \"題: ai\"\n{value}date: 2024-01-02\nkeywords: [ai, AI]\n---\n本文 ai AI\n");
        if self.crlf { text.replace('\n', "\r\n") } else { text }
    }
}

fn read(post: &Post) -> Reading {
    let clock = Clock::utc("2026-01-01T00:00:00Z".parse().unwrap());
    reading::read(post, "_posts/2024-01-02-a.md", &Config::default(), &clock)
}

/// The names of the leaves, in order, each once; what Jekyll makes text of besides a list is left out.
fn names(items: &[Node]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for value in
        items.iter().map(|item| &item.value).filter(|value| !matches!(value, Value::List(_) | Value::Null))
    {
        let name = value.display();
        if !names.contains(&name) && !name.starts_with("[\"") {
            names.push(name);
        }
    }
    names
}

fn holds(case: &Case) -> Result<(), TestCaseError> {
    let text = case.post();
    let post = Post::parse(&*text);
    prop_assume!(post.front_matter.load == Load::Mapping);
    let before = read(&post);
    let kind = if case.category { TermKind::Category } else { TermKind::Tag };
    let of = |reading: &Reading| names(if case.category { &reading.categories } else { &reading.tags });
    let (had, new) = (of(&before), case.new.map(|new| NAMES[new]));
    // What Jekyll reads of the name, which for a string of words is its words.
    let Some(old) = had.iter().find(|name| **name == NAMES[case.old]).or(had.first()).cloned() else {
        return Ok(());
    };
    prop_assume!(Some(&*old) != new);
    let renaming = Renaming { kind, old: &old, new };
    let edits = match renaming.of_post(&text, &post.front_matter) {
        Respelt::Edits(edits) => edits,
        other => return Err(TestCaseError::fail(format!("{other:?} for {old:?} in {text:?}"))),
    };
    for pair in edits.windows(2) {
        prop_assert!(pair[0].span.end <= pair[1].span.start, "{:?}", edits);
    }
    let after = apply(&text, &edits);
    let mended = Post::parse(&*after);
    prop_assert_eq!(mended.front_matter.load, Load::Mapping, "{:?}", after);
    prop_assert!(
        mended.front_matter.problems.is_empty() || !post.front_matter.problems.is_empty(),
        "{:?}",
        after
    );
    let now = read(&mended);
    let has = of(&now);
    let others = |list: &[String]| -> Vec<String> {
        list.iter().filter(|name| **name != old && Some(&***name) != new).cloned().collect()
    };
    let is_there = new.is_none_or(|new| has.iter().any(|name| name == new));
    prop_assert!(is_there && !has.contains(&old), "{:?} -> {:?}", text, after);
    prop_assert_eq!(others(&had), others(&has), "{:?} -> {:?}", text, after);
    if let Some(new) = new.filter(|new| !had.iter().any(|name| name == new)) {
        let expected: Vec<_> =
            had.iter().map(|name| if *name == old { new.to_owned() } else { name.clone() }).collect();
        prop_assert_eq!(&has, &expected, "{:?} -> {:?}", text, after);
    }
    for key in ["title", "date", "keywords"] {
        let shown = |reading: &Reading| reading.data.get(key).map(Value::inspect);
        prop_assert_eq!(shown(&before), shown(&now));
    }
    // All bytes outside the one key stay, and so do its comments.
    let entry = post.tree().entries[1].span;
    let (head, tail) = (&text[..entry.start], &text[entry.end..]);
    prop_assert!(after.starts_with(head) && after.ends_with(tail), "{:?}", after);
    let comments = |text: &str| text.matches("# ai, AI").count();
    prop_assert_eq!(comments(&text), comments(&after), "{:?}", after);
    undone(&text, &after, &edits)
}

/// The edits turned round give back the text.
fn undone(text: &str, after: &str, edits: &[crate::text::TextEdit]) -> Result<(), TestCaseError> {
    let mut moved = 0isize;
    let back: Vec<_> = edits
        .iter()
        .map(|edit| {
            let start = edit.span.start.saturating_add_signed(moved);
            moved += edit.new_text.len() as isize - edit.span.len() as isize;
            crate::text::TextEdit::replace(Span::new(start, start + edit.new_text.len()), edit.span.of(text))
        })
        .collect();
    prop_assert_eq!(apply(after, &back), text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn renaming_changes_the_term_and_nothing_else(case in case()) {
        holds(&case)?;
    }
}
