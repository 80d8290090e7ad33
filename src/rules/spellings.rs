//! The law of fixes, held in every spelling: each fixture of the rules is written in the other ways that YAML has for
//! its values, and wherever something is still found, the block loads after the fix, the finding is gone, nothing
//! new is wrong, and all that the fix is not about is as it was.

use super::testing::Fixture;
use super::{Diagnostic, Fix, Severity};
use crate::jekyll::ruby::same;
use crate::post::Post;
use crate::post::front_matter::scalar::{Pair, Style};
use crate::post::front_matter::{Load, Node, Value};
use crate::site::FileKind;
use crate::text::edit::apply;
use crate::text::{Span, TextEdit};

/// A comment that a fix has to keep, wherever a spelling puts it.
const COMMENT: &str = " # TODO 注 😀";

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
    let entries = &post.front_matter.tree.entries;
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
        let Some(entry) = post.front_matter.tree.entry_at(pair.value.span.start) else { continue };
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
    let entry = post.front_matter.tree.entry_at(pair.key.span.start);
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

/// Holds a fixture to the law, as it is written and with CRLF.
#[track_caller]
pub(super) fn hold(fixture: &Fixture) {
    for variant in [fixture.respelt(str::to_owned), fixture.respelt(|text| text.replace('\n', "\r\n"))] {
        let wrong = faults(&variant, &variant.check());
        assert!(wrong.is_empty(), "{}", wrong.join("\n======\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::all;

    #[test]
    fn a_fix_holds_in_every_spelling() {
        let mut wrong = Vec::new();
        let mut seldom = Vec::new();
        for rule in all() {
            let example = Fixture::new(rule.example);
            let has_fix = |found: &[Diagnostic]| {
                found.iter().any(|found| found.code == rule.code && found.fix.is_some())
            };
            let mut fired = 0;
            let variants = variants(&example);
            for variant in &variants {
                let found = variant.check();
                fired += usize::from(has_fix(&found));
                wrong.extend(faults(variant, &found));
            }
            if has_fix(&example.check()) && fired * 4 < variants.len() {
                seldom.push(format!("{} in {fired}", rule.code));
            }
        }
        assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n======\n"));
        assert!(seldom.is_empty(), "a fix is hardly tried: {seldom:?}");
    }
}
