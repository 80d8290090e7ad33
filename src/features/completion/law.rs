//! The law of completion: after accepting a tag the block loads, the list holds that tag as that very string, and
//! everything else in the block is as it was.

use proptest::prelude::*;

use super::complete;
use crate::features::testing::fixture;
use crate::post::Post;
use crate::post::front_matter::{Load, Value};
use crate::text::edit::apply;

/// Tags of the site: simple, Japanese, and such as need quotes.
const SITE_TAGS: &[&str] = &[
    "AI",
    "Ruby",
    "ruby",
    "生成AI",
    "サーバー",
    "ニュース",
    "Machine Learning",
    "C++",
    "C#",
    ".NET",
    "yes",
    "null",
    "2024",
    "1.10",
    "1,000",
    "2024-01-02",
    "a: b",
    "a #b",
    "it's",
    "\"q\" x",
    "back\\slash",
    "x,y",
    "[x]",
    "{x}",
    "@x",
    "- x",
    "#1",
    "k:",
    "~",
    "*",
    "!x",
    "&x",
    "|",
    "%d",
    "? x",
    " lead",
    "trail ",
    "😀",
    "日本語、",
    "tab\tx",
    "=",
    "<<",
    "12:30",
    "0x1F",
    "---",
    "...",
];

/// Items that the post has: `(written, read)`.
const ITEMS: &[(&str, &str)] = &[
    ("one", "one"),
    ("二つ", "二つ"),
    ("'three'", "three"),
    ("\"fo ur\"", "fo ur"),
    ("'it''s 5'", "it's 5"),
    ("\"s\\\"ix\"", "s\"ix"),
];

#[derive(Clone, Copy, Debug)]
enum Style {
    Flow,
    FlowLines,
    Block,
    BlockAtMargin,
    Words,
}

#[derive(Clone, Debug)]
struct Case {
    style: Style,
    before: Vec<usize>,
    after: Vec<usize>,
    /// What is typed of the new item: an opening quote perhaps, and the first characters of a tag.
    quote: &'static str,
    closed: bool,
    typed: String,
    comment: bool,
    bracket: bool,
    crlf: bool,
    tag: usize,
    blank: bool,
    /// The quotes that the site's posts have around their tags.
    usual: &'static str,
}

fn case() -> impl Strategy<Value = Case> {
    let style = prop::sample::select(vec![
        Style::Flow,
        Style::FlowLines,
        Style::Block,
        Style::BlockAtMargin,
        Style::Words,
    ]);
    let items = || prop::collection::vec(0..ITEMS.len(), 0..3);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let usual = prop::sample::select(vec!["", "'", "\""]);
    let quote = prop::sample::select(vec!["", "", "\"", "'"]);
    (style, items(), items(), quote, 0..SITE_TAGS.len(), 0..3usize, flags, usual).prop_map(
        |(style, before, after, quote, tag, typed, (closed, comment, bracket, crlf, blank), usual)| {
            // A person types a tag that YAML would misread in its first characters only inside quotes.
            let start: String = SITE_TAGS[tag].chars().take(typed).collect();
            let simple = start.chars().all(char::is_alphanumeric);
            let typed = if simple { start } else { String::new() };
            Case { style, before, after, quote, closed, typed, comment, bracket, crlf, tag, blank, usual }
        },
    )
}

impl Case {
    /// A list whose closing bracket is not typed yet.
    fn is_open(&self) -> bool {
        matches!(self.style, Style::Flow) && !self.bracket && !self.comment && self.after.is_empty()
    }

    /// The block with the cursor, and what the list's other items read as.
    fn block(&self) -> (String, Vec<&'static str>) {
        let words = matches!(self.style, Style::Words);
        let pick = |list: &[usize]| -> Vec<(&'static str, &'static str)> {
            list.iter().map(|at| ITEMS[if words { at % 2 } else { *at }]).collect()
        };
        let (before, after) = (pick(&self.before), pick(&self.after));
        let closing = if self.closed { self.quote } else { "" };
        let quote = if words { "" } else { self.quote };
        let closing = if words { "" } else { closing };
        let typed = format!("{quote}{}$0{closing}", self.typed);
        let all: Vec<String> = before
            .iter()
            .map(|item| item.0.to_owned())
            .chain([typed])
            .chain(after.iter().map(|item| item.0.to_owned()))
            .collect();
        let comment = if self.comment { " # note" } else { "" };
        let list = match self.style {
            Style::Flow => {
                let close = if self.is_open() { "" } else { "]" };
                format!("tags: [{}{close}{comment}\n", all.join(if self.blank { ", " } else { "," }))
            }
            Style::FlowLines => format!("tags: [\n  {}\n]{comment}\n", all.join(",\n  ")),
            Style::Block => {
                all.iter().fold("tags:\n".to_owned(), |list, item| format!("{list}  - {item}{comment}\n"))
            }
            Style::BlockAtMargin => {
                all.iter().fold("tags:\n".to_owned(), |list, item| format!("{list}- {item}\n"))
            }
            Style::Words => {
                let closing = if self.closed { self.quote } else { "" };
                format!("tags: {}{}{closing}{comment}\n", self.quote, all.join(" "))
            }
        };
        let block =
            format!("---\ntitle: \"題: x\"\n{list}date: 2024-01-02\ncategories: [日記]\n---\nBody $ x\n");
        let block = if self.crlf { block.replace('\n', "\r\n") } else { block };
        let others = before.iter().chain(&after).map(|item| item.1).collect();
        (block, others)
    }
}

fn site(usual: &str) -> String {
    let items: Vec<String> = SITE_TAGS.iter().map(|tag| serde_json::to_string(tag).unwrap()).collect();
    let post =
        |name: &str, items: &str| format!("//- /_posts/2024-01-01-{name}.md\n---\ntags: [{items}]\n---\n");
    let one = format!("{usual}one{usual}");
    post("a", &items.join(", ")) + &post("b", &one) + &post("c", &one)
}

fn holds(case: &Case) -> Result<(), TestCaseError> {
    let (block, others) = case.block();
    let (snapshot, offset) = fixture(&format!("{}//- /_posts/2025-01-01-here.md\n{block}", site(case.usual)));
    let tag = SITE_TAGS[case.tag];
    let completions = complete(&snapshot, offset);
    let Some(item) = completions.items.iter().find(|item| item.label == tag) else {
        return Err(TestCaseError::fail(format!("{tag:?} is not offered in {block:?}")));
    };
    let text = &*snapshot.post.text;
    let span = item.edit.span;
    prop_assert!(span.touches(offset) && !span.of(text).contains(['\n', '\r']), "{:?} in {:?}", item, block);
    let mut after = apply(text, std::slice::from_ref(&item.edit));
    if case.is_open() {
        // The list is still open: closing it by hand is all that is left to do.
        let end = span.start + item.edit.new_text.len();
        after.insert(end, ']');
    }
    let post = Post::parse(after.clone());
    prop_assert_eq!(post.front_matter.load, Load::Mapping, "{:?}", after);
    let value = |key: &str| post.front_matter.get(key).map(|node| node.value.clone());
    let tags = match value("tags") {
        Some(Value::List(items)) => items.iter().map(|item| item.value.clone()).collect(),
        Some(Value::String(text)) => {
            text.split_ascii_whitespace().map(|word| Value::String(word.into())).collect()
        }
        other => vec![other.unwrap_or(Value::Null)],
    };
    let mut expected: Vec<Value> = others.iter().map(|other| Value::String((*other).into())).collect();
    expected.insert(case.before.len(), Value::String(tag.into()));
    prop_assert_eq!(tags, expected, "{:?}", after);
    let before = Post::parse("---\ntitle: \"題: x\"\ndate: 2024-01-02\ncategories: [日記]\n---\n");
    for key in ["title", "date"] {
        prop_assert_eq!(value(key), before.front_matter.get(key).map(|node| node.value.clone()));
    }
    prop_assert!(value("categories").is_some());
    prop_assert!(after.contains(" # note") == case.block().0.contains(" # note"));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn accepting_a_tag_never_damages_the_block(case in case()) {
        holds(&case)?;
    }
}
