//! The law of fixes, held in every spelling: each fixture of the rules is written in the other ways that YAML has for
//! its values, and wherever something is still found, the block loads after the fix, the finding is gone, nothing
//! new is wrong, and all that the fix is not about is as it was.
//!
//! Every kind of fix is held to it: one that any test is offered has to be among those of the rules' examples and of
//! [`MORE`].

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::testing::Fixture;
use super::{Diagnostic, Fix, Severity, all, check};
use crate::jekyll::ruby::same;
use crate::post::Post;
use crate::post::front_matter::scalar::{Pair, Style};
use crate::post::front_matter::{Load, Node, Value};
use crate::site::FileKind;
use crate::text::edit::apply;
use crate::text::{Span, TextEdit};

/// A comment that a fix has to keep, wherever a spelling puts it.
const COMMENT: &str = " # TODO 注 😀";

/// Examples of the kinds of fixes that the rules' own examples are not offered.
const MORE: &[&str] = &[
    "---\nlayout: post\n---\n京都[^note1]\n\n[^note-1]: 注\n",
    "---\nlayout: post\n---\n京都[^1]。\n\n[^1]：注\n",
    "---\nlayout: post\n---\n京都[^注]\n\n[^注]: 注\n",
    "//- /_config.yml\ntitle: ブログ\nexclude: README.md\n",
    "---\ntitle: 題名\ndate: 2024-01-15 午後3時\n---\n本文\n",
    "---\ntitle: 題名\ndate: 2024-01-15 +0900\n---\n本文\n",
    "---\ntitle: 題名\ndate: 平成31年4月30日\n---\n本文\n",
    "---\ntitle: 題名\ndate: 令和6年1月15日（月）午後3時半\n---\n本文\n",
    "//- /_posts/2024-01-15-a.md\n---\ntitle: 題名\ntags: [ai, 東京]\n---\n本文\n//- /masthead.toml\nallowed-tags = [\"AI\", \"東京\"]\n",
    "---\ntitle: 題名\ntitle: 題\n# masthead-ignore lone-cr, duplicate-key\ntitle: 名\n---\n本文\n",
    "---\ntitle: null\n---\n本文\n",
    "---\ntitle: 題名\ntag: 2023,2024\n---\n本文\n",
    "---\ntitle: 題名\n# masthead-ignore bad-escap\ntags: [a]\n---\n本文\n",
    "ーーー\ntitle: 題名\nーーー\n本文\n",
    "---\ntitle: 題名\ntags: [東京、京都]\n---\n本文\n",
    "---\ntitle: 題名\ntags: [\"東京, 京都\"]\n---\n本文\n",
    "---\ntitle: 題名\ntags: [\"\", 東京]\n---\n本文\n",
    "---\ntitle: 題名\ncategories:\n- 東京\n-\n---\n本文\n",
    "<!-- 下書き -->\n---\ntitle: 題名\n---\n本文\n",
    "---\ntitle: #1 の話\n---\n本文\n",
    "---\ntitle: C # の話\n---\n本文\n",
    "---\ntitle: 題名\ndate: 03/25/2024\n---\n本文\n",
    "---\ntitle: 題名\ndate:\n---\n本文\n",
    "---\ntitle: 題名\n~: x\n---\n本文\n",
    "---\ntitle: 題名\n:author: 私\n---\n本文\n",
    "---\ntitle: 題名\ntags:\n・AI\n・東京\n---\n本文\n",
    "---\ntitle: 題名\ntags: {東京, 京都}\n---\n本文\n",
    "---\ntitle: 題名\ntags: no\n---\n本文\n",
    "---\ntitle: \"本当の\"実力\"です\"\n---\n本文\n",
    "---\ntitle: 'it's 題名'\n---\n本文\n",
    "---\ntitle: \"題名\" の話\n---\n本文\n",
    "---\ntitle: 題名\ntags:\n- 東京,\n- 京都\n---\n本文\n",
    "---\ntitle: 題名\ntags: 東京 | 京都\n---\n本文\n",
    "---\nauthor: 私\n\t\ntitle: 題名\n---\n本文\n",
];

/// A kind of fix: the rule's code, its title without what it quotes of a text, whether it is safe.
type Kind = (&'static str, String, bool);

fn kind(code: &'static str, fix: &Fix) -> Kind {
    let words = fix.title.split('`').step_by(2).collect::<Vec<_>>().join("…");
    (code, words.replace(|c: char| c.is_ascii_digit(), ""), fix.safe)
}

/// The kinds of fixes of the rules' examples and of [`MORE`], which the law is tried on.
static TRIED: LazyLock<BTreeSet<Kind>> = LazyLock::new(|| {
    let found = examples().flat_map(|example| example.with_input(check));
    found.filter_map(|found| Some(kind(found.code, found.fix.as_ref()?))).collect()
});

fn examples() -> impl Iterator<Item = Fixture> {
    all().map(|rule| rule.example).chain(MORE.iter().copied()).map(Fixture::new)
}

/// Asserts that the law is tried on the kinds of all these fixes.
pub(super) fn assert_tried(text: &str, found: &[Diagnostic]) {
    for (finding, fix) in found.iter().filter_map(|found| Some((found, found.fix.as_ref()?))) {
        let kind = kind(finding.code, fix);
        assert!(TRIED.contains(&kind), "no example of the law is offered {kind:?}, as this is: {text:?}");
    }
}

/// The same file with its lines, ends and order otherwise.
fn layouts(fixture: &Fixture) -> Vec<String> {
    let text = fixture.text();
    let mut all = vec![
        text.to_owned(),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        text.trim_end().to_owned(),
        text.replacen("---\n", "---  \n", 1),
        text.replacen("---\n", "---\n\n# TODO 注 😀\n絵: \"😀\" # TODO 注 😀\n", 1),
        text.replacen("\n---\n", "\n絵: '😀'\n# TODO 注 😀\n---\n", 1),
    ];
    let post = post(fixture);
    let entries = &post.tree().entries;
    if let [first, .., last] = entries.as_slice() {
        let mut turned = text[..first.span.start].to_owned();
        turned.extend(entries.iter().rev().map(|entry| entry.span.of(text)));
        all.push(turned + &text[last.span.end..]);
    }
    all
}

/// The other ways to write a value, from its colon on.
fn spellings(text: &str, node: &Node) -> Vec<String> {
    let written = node.span.of(text);
    let mut all = Vec::new();
    match &node.value {
        _ if written.contains(['\n', '\r']) && node.style != Style::Block => {}
        Value::Null if written.is_empty() => {
            all.extend(["", "   ", COMMENT, " ~", " null", " ''", " \"\" # TODO 注 😀"].map(str::to_owned));
        }
        Value::List(items) if matches!(node.style, Style::Flow | Style::Block) => {
            let items: Vec<&str> = items.iter().map(|item| item.span.of(text)).collect();
            if items.is_empty() || items.iter().any(|item| item.is_empty() || item.contains('\n')) {
                return all;
            }
            for quote in ["", "'", "\""] {
                let is_bare = |item: &str| !item.starts_with(['"', '\'', '[', '{', '*', '&']);
                let quoted = |item: &&str| match is_bare(item) {
                    true => format!("{quote}{item}{quote}"),
                    false => (*item).to_owned(),
                };
                let items: Vec<String> = items.iter().map(quoted).collect();
                all.push(format!(" [{}]", items.join(", ")));
                all.push(format!(" [ {} ,]{COMMENT}", items.join(",")));
                all.push(format!(" [\n  {}\n]", items.join(",\n  ")));
                all.push(format!("\n  - {}", items.join("\n  - ")));
                all.push(format!("{COMMENT}\n- {}{COMMENT}", items.join(&format!("{COMMENT}\n- "))));
                all.push(format!(" {quote}{}{quote}", items.join(" ").replace(['\'', '"'], "")));
            }
        }
        _ => {
            let inside = written.trim_matches(['"', '\'']);
            all.push(format!(" {written}{COMMENT}"));
            all.push(format!("  \t{written}  "));
            if !inside.contains(['"', '\'', '\\']) && !inside.starts_with(['[', '{', '*', '&', '!', '|', '>'])
            {
                for quote in ["", "'", "\""] {
                    all.push(format!(" {quote}{inside}{quote}"));
                    all.push(format!(" {quote}{inside}{quote}{COMMENT}"));
                    all.push(format!(" {quote}{inside}日本{quote}"));
                    all.push(format!(" {quote}日本 {inside}{quote}"));
                }
                all.push(format!(" >-\n  {inside}"));
                all.push(format!(" |\n  {inside}"));
                all.push(format!("\n  {inside}"));
            }
        }
    }
    all
}

/// The file with one value spelt otherwise, for each value and each spelling; and its key in quotes, in the singular
/// and in the plural.
fn respelt(fixture: &Fixture) -> Vec<String> {
    let text = fixture.text();
    let post = post(fixture);
    let mut all = Vec::new();
    for pair in post.front_matter.values.iter() {
        let Some(entry) = post.tree().entry_at(pair.value.span.start) else { continue };
        let (Some(key), Some(colon)) = (entry.key, entry.colon) else { continue };
        if key.span != pair.key.span || pair.value.span.start <= colon {
            continue;
        }
        let value = Span::new(colon + 1, pair.value.span.end);
        let spelt = |spelling| apply(text, &[TextEdit::replace(value, spelling)]);
        all.extend(spellings(text, &pair.value).into_iter().map(spelt));
        let name = key.content.of(text);
        let other = match name {
            "tags" => "tag",
            "tag" => "tags",
            "categories" => "category",
            "category" => "categories",
            _ => name,
        };
        for name in [other.to_owned(), format!("\"{name}\""), format!("{name} ")] {
            all.push(apply(text, &[TextEdit::replace(key.span, name)]));
        }
    }
    all
}

/// The fixture in all spellings.
fn variants(fixture: &Fixture) -> Vec<Fixture> {
    let mut texts = layouts(fixture);
    let respelt = respelt(fixture).into_iter().enumerate();
    texts.extend(respelt.map(|(at, text)| if at % 3 == 0 { text.replace('\n', "\r\n") } else { text }));
    texts.sort();
    texts.dedup();
    texts.into_iter().map(|text| fixture.respelt(|_| text)).collect()
}

/// The file's front matter; `_config.yml` is nothing else.
fn post(fixture: &Fixture) -> Post {
    match fixture.with_input(|input| *input.kind == FileKind::Config) {
        true => Post::parse_yaml(fixture.text()),
        false => Post::parse(fixture.text()),
    }
}

/// What the law has against a fix of a finding; none where it holds.
fn fault(before: &Fixture, found: &[Diagnostic], finding: &Diagnostic, fix: &Fix) -> Option<String> {
    let after = before.mended(fix);
    let (was, is) = (post(before), post(&after));
    let left = after.check();
    let count = |list: &[Diagnostic], code| list.iter().filter(|other| other.code == code).count();
    let told = |what: String| {
        let (code, title) = (finding.code, &fix.title);
        Some(format!("{code}: {what}\n{:?}\n--- {title} --->\n{:?}", before.text(), after.text()))
    };
    let loaded = was.front_matter.load == Load::Mapping;
    let only_fault = finding.severity == Severity::Error
        && found.iter().filter(|other| other.severity == Severity::Error).count() == 1;
    if is.front_matter.load == Load::Broken && (loaded || only_fault) {
        return told("the block does not load".to_owned());
    }
    if count(&left, finding.code) >= count(found, finding.code) {
        return told("the finding stays".to_owned());
    }
    // A block that did not load hid mistakes, but in lines that the fix has left as they were.
    let line = |at: usize| {
        let start = after.text()[..at].rfind('\n').map_or(0, |at| at + 1);
        after.text()[start..].split_inclusive('\n').next().unwrap_or_default()
    };
    let was_hidden = |new: &Diagnostic| !loaded && before.text().contains(line(new.span.start));
    let is_new = |new: &&Diagnostic| {
        new.severity >= Severity::Warning && count(&left, new.code) > count(found, new.code)
    };
    if let Some(new) = left.iter().filter(is_new).find(|new| !was_hidden(new)) {
        return told(format!("now there is {}, {}", new.code, new.message));
    }
    let comments = |fixture: &Fixture| fixture.text().matches(COMMENT.trim()).count();
    if comments(&after) < comments(before) {
        return told("a comment is lost".to_owned());
    }
    if loaded {
        return changed(&was, &is, &fix.edits).and_then(told);
    }
    None
}

/// What has changed that the edits are not about, or in its form alone.
fn changed(was: &Post, is: &Post, edits: &[TextEdit]) -> Option<String> {
    for pair in was.front_matter.values.iter() {
        let Some(key) = pair.key.value.as_str() else { continue };
        let now = is.front_matter.get(key);
        if !touches(was, edits, pair) && !now.is_some_and(|now| same(&now.value, &pair.value.value)) {
            return Some(format!("`{key}` has changed"));
        }
        let is_list = |node: &Node| matches!(node.value, Value::List(_));
        if now.is_some_and(|now| is_list(now) && is_list(&pair.value) && now.style != pair.value.style) {
            return Some(format!("the list `{key}` is written otherwise"));
        }
    }
    for pair in is.front_matter.values.iter() {
        let Some(key) = pair.key.value.as_str() else { continue };
        let written = was.text.contains(key) || edits.iter().any(|edit| edit.new_text.contains(key));
        if was.front_matter.get(key).is_none() && !written {
            return Some(format!("`{key}` has come"));
        }
    }
    None
}

/// Whether an edit is in the lines of a pair's entry.
fn touches(post: &Post, edits: &[TextEdit], pair: &Pair) -> bool {
    let entry = post.tree().entry_at(pair.key.span.start);
    let lines = entry.map_or(pair.key.span.cover(pair.value.span), |entry| entry.span);
    edits.iter().any(|edit| edit.span.start <= lines.end && lines.start <= edit.span.end)
}

/// What the law has against the fixes that are made in bulk.
fn bulk_fault(before: &Fixture, found: &[Diagnostic]) -> Option<String> {
    let is_safe = |finding: &Diagnostic| finding.fix.as_ref().is_some_and(|fix| fix.safe);
    let told = |what: &str| Some(format!("in bulk: {what}\n{:?}", before.text()));
    let Some(mended) = before.mend() else {
        return if found.iter().any(is_safe) { told("no safe fix is made") } else { None };
    };
    if !mended.mended.iter().all(is_safe) {
        return told("a fix that needs a choice is made");
    }
    let after = before.respelt(|_| mended.text);
    if after.mend().is_some() || after.check().iter().any(is_safe) {
        return told("a second time there is more to mend");
    }
    None
}

/// What the law has against the fixes of a fixture, which may be none.
fn faults(fixture: &Fixture, found: &[Diagnostic]) -> Vec<String> {
    let fixes = found.iter().filter_map(|finding| Some((finding, finding.fix.as_ref()?)));
    let each = fixes.filter_map(|(finding, fix)| fault(fixture, found, finding, fix));
    each.chain(bulk_fault(fixture, found)).collect()
}

/// Holds a fixture to the law, in all spellings where something of it can be mended.
#[track_caller]
pub(super) fn hold(fixture: &Fixture) {
    let mut all = vec![fixture.respelt(str::to_owned), fixture.respelt(|text| text.replace('\n', "\r\n"))];
    if fixture.check().iter().any(|found| found.fix.is_some()) {
        all.extend(variants(fixture));
    }
    let wrong: Vec<String> = all.iter().flat_map(|variant| faults(variant, &variant.check())).collect();
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n======\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fix_holds_in_every_spelling() {
        let mut wrong = Vec::new();
        let mut seldom = Vec::new();
        for example in examples() {
            let variants = variants(&example);
            let checked: Vec<_> = variants.iter().map(|variant| (variant, variant.check())).collect();
            wrong.extend(checked.iter().flat_map(|(variant, found)| faults(variant, found)));
            for offered in example.check().iter().filter(|found| found.fix.is_some()) {
                let has_fix = |found: &Diagnostic| found.code == offered.code && found.fix.is_some();
                let fired = checked.iter().filter(|(_, found)| found.iter().any(has_fix)).count();
                if fired * 4 < variants.len() {
                    seldom.push(format!("{} in {fired} of {}", offered.code, variants.len()));
                }
            }
        }
        assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n======\n"));
        assert!(seldom.is_empty(), "a fix is hardly tried: {seldom:?}");
    }
}
