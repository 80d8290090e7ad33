//! `tag-hides-tags`: where `tag` is there, Jekyll does not read `tags`.

use super::edit::append;
use crate::jekyll::data::Origin;
use crate::jekyll::taxonomy;
use crate::post::front_matter::Node;
use crate::rules::loaded::{finding, fix};
use crate::rules::words::listed;
use crate::rules::{Diagnostic, Input, Related, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "tag-hides-tags",
    severity: Severity::Error,
    summary: "The post has `tag` and `tags`, and Jekyll reads `tag` alone.",
    example: "---\ntitle: Hello\ntag: Rust\ntags: [AI, ML]\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let pairs = input.term_pairs();
    let get = |name: &str| pairs.iter().find(|(key, _)| key.name == name).map(|(_, pair)| *pair);
    let Some(tags) = get("tags") else { return };
    if get("tag").is_none() && input.reading.data.entry("tag").is_none() {
        return;
    }
    let lost = texts(&taxonomy::tags(None, Some(&tags.value.value)));
    if lost.is_empty() {
        return;
    }
    let lost_words = listed(lost.iter().map(String::as_str));
    if let Some(tag) = get("tag").filter(|tag| tag.value.value.is_truthy()) {
        let kept = texts(&taxonomy::tags(Some(&tag.value.value), None));
        let more: Vec<&str> = kept.iter().filter(|word| !lost.contains(word)).map(String::as_str).collect();
        let there: Vec<&str> = lost.iter().map(String::as_str).collect();
        let lines = entry_lines(input, "tag");
        let edits = match more.is_empty() {
            true => Some(Vec::new()),
            false => append(&input.post.text, &tags.value, &there, &more),
        };
        let edits = edits.zip(lines).map(|(mut edits, lines)| {
            let kept = comments(&input.post.text, &tag.value, lines);
            edits.push(TextEdit::replace(lines, kept));
            edits.sort_by_key(|edit| edit.span);
            edits
        });
        let message = format!(
            "Jekyll reads `tag` alone and ignores `tags`: the post loses {lost_words}. Put all of them into `tags`."
        );
        found.push(Diagnostic {
            related: vec![Related::here(tag.key.span, "This hides them")],
            fix: edits.and_then(|edits| fix("Put all of them into `tags`", edits)),
            ..finding(&RULE, tags.key.span, message)
        });
    } else if let Some(entry) = input.reading.data.entry("tag")
        && matches!(entry.origin, Origin::Defaults { .. })
        && entry.value.is_truthy()
    {
        let message = format!(
            "The `defaults` of `_config.yml` give this post a `tag`, and then Jekyll ignores `tags`: the post loses {lost_words}."
        );
        found.push(finding(&RULE, tags.key.span, message));
    }
}

fn texts(items: &[Node]) -> Vec<String> {
    items.iter().map(|item| item.value.display()).collect()
}

/// All lines of an entry that is there once.
fn entry_lines(input: &Input<'_>, key: &str) -> Option<Span> {
    let text = &*input.post.text;
    let mut entries = input.post.tree().entries.iter().filter(|entry| entry.key_text(text) == key);
    let first = entries.next()?;
    entries.next().is_none().then_some(first.span)
}

/// What stays of an entry that goes: its comments, each on a line of its own.
fn comments(text: &str, value: &Node, entry: Span) -> String {
    let words = value.value.as_list().unwrap_or(std::slice::from_ref(value));
    let is_comment = |at: usize| {
        let parted = text[..at].ends_with([' ', '\t', '\n', '\r']);
        parted && !words.iter().any(|word| word.span.contains(at))
    };
    let marks = entry.of(text).match_indices('#').map(|(at, _)| entry.start + at);
    let mut kept = String::new();
    let mut end = entry.start;
    for at in marks {
        if at >= end && is_comment(at) {
            let line = text[at..entry.end].split_inclusive('\n').next().unwrap_or_default();
            kept.push_str(line);
            end = at + line.len();
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn in_each_style() {
        check(
            "---\ntag: 東京\ntags: [京都, 大阪]\n---\n本文\n",
            expect![[r#"
              tags: [京都, 大阪]
              ^^^^
            error tag-hides-tags: Jekyll reads `tag` alone and ignores `tags`: the post loses `京都` and `大阪`. Put all of them into `tags`.
            see: This hides them
              tag: 東京
              ^^^
            fix: Put all of them into `tags`
              tags: [京都, 大阪, 東京]
        "#]],
        );
        check(
            "---\ntags:\n  - 京都\ntag: [東京, 京都]\ntitle: 題名\n---\n本文\n",
            expect![[r#"
              tags:
              ^^^^
            error tag-hides-tags: Jekyll reads `tag` alone and ignores `tags`: the post loses `京都`. Put all of them into `tags`.
            see: This hides them
              tag: [東京, 京都]
              ^^^
            fix: Put all of them into `tags`
                - 東京
        "#]],
        );
        check(
            "---\ntags: 京都 大阪\ntag: 東京\n---\n本文\n",
            expect![[r#"
              tags: 京都 大阪
              ^^^^
            error tag-hides-tags: Jekyll reads `tag` alone and ignores `tags`: the post loses `京都` and `大阪`. Put all of them into `tags`.
            see: This hides them
              tag: 東京
              ^^^
            fix: Put all of them into `tags`
              tags: [京都, 大阪, 東京]
        "#]],
        );
    }

    #[test]
    fn from_the_defaults() {
        check(
            "//- /_posts/2024-01-15-a.md\n---\ntags: [AI]\n---\nText\n//- /_config.yml\ndefaults:\n- values: {tag: x}\n",
            expect![[r#"
                  tags: [AI]
                  ^^^^
                error tag-hides-tags: The `defaults` of `_config.yml` give this post a `tag`, and then Jekyll ignores `tags`: the post loses `AI`.
            "#]],
        );
    }

    #[test]
    fn alone_or_empty_it_hides_nothing() {
        for block in ["tag: a", "tag:\ntags: [a]", "tag: a\ntags:", "tag: a\ntags: []"] {
            let found = Fixture::new(&format!("---\n{block}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{block}");
        }
    }
}
