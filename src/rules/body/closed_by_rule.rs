//! `closed-by-rule`: a line `---` of the body closes the block, which was never closed, so text is read as YAML.

use super::finding;
use crate::post::front_matter::fence::FenceState;
use crate::post::front_matter::tree::EntryValue;
use crate::post::front_matter::{Entry, Load};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Related, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule. A block that does not load for it is told of in `syntax/`.
pub const RULE: Rule = Rule {
    code: "closed-by-rule",
    severity: Severity::Warning,
    summary: "The front matter is closed by a horizontal rule of the body, so text is read as YAML.",
    example: "---\ntitle: Hello\n\nNote: this is the text.\n\n---\nMore\n",
    check,
};

/// What tells text from keys: it stands between blank lines, ends like a sentence, and no other post has such a key.
fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let front_matter = &input.post.front_matter;
    let fence = &front_matter.fence;
    let (FenceState::Seen, Load::Mapping, Some(closing)) = (fence.state, front_matter.load, fence.closing)
    else {
        return;
    };
    if !ends_blank(text, closing.start) {
        return;
    }
    let prose = input.post.tree().entries.iter().skip(1).find(|entry| is_prose(input, entry));
    let Some((entry, key)) = prose.and_then(|entry| Some((entry, entry.key?))) else { return };
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = Span::new(key.span.start, value_end(entry));
    let message = format!(
        "{} looks like text, and Jekyll reads it as a key: the front matter goes on to the next line `---`. Close it above this line.",
        quoted(line.of(text)),
    );
    let edits = vec![TextEdit::insert(key.span.start, format!("---{line_break}"))];
    let related = vec![Related::here(closing, "The block ends here")];
    found.push(Diagnostic {
        related,
        ..finding(&RULE, line, message, Some(Fix::choice("Close the front matter with `---`", edits)))
    });
}

/// Whether the line before a line's start is blank.
fn ends_blank(text: &str, line: usize) -> bool {
    let before = text.get(..line).unwrap_or_default();
    before.trim_end_matches([' ', '\t', '\r', '\n']).len() + 1 < before.trim_end_matches('\r').len()
        && before.trim_end_matches([' ', '\t']).ends_with('\n')
        && before[before.trim_end().len()..].matches('\n').count() > 1
}

fn is_prose(input: &Input<'_>, entry: &Entry) -> bool {
    let text = &*input.post.text;
    let (Some(key), EntryValue::Scalar(value)) = (entry.key, &entry.value) else { return false };
    let is_sentence = value.span.of(text).trim_end().ends_with(['.', '!', '?', '。', '！', '？']);
    let uses = input.site.field(key.content.of(text)).map_or(0, |field| field.posts);
    is_sentence && uses <= 1 && ends_blank(text, key.span.start)
}

fn value_end(entry: &Entry) -> usize {
    match &entry.value {
        EntryValue::Scalar(value) => value.span.end,
        _ => entry.span.end,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::example::Example;
    use crate::rules::testing::{check, codes};
    use expect_test::expect;

    #[test]
    fn in_a_japanese_post() {
        check(
            "---\r\ntitle: 題\r\n\r\n注意: これは本文です。\r\n\r\n---\r\n続き\r\n",
            expect![[r#"
              注意: これは本文です。
              ^^^^^^^^^^^^^^^^^^^^^^
            warning closed-by-rule: `注意: これは本文です。` looks like text, and Jekyll reads it as a key: the front matter goes on to the next line `---`. Close it above this line.
            see: The block ends here
              ---
              ^^^
            fix: Close the front matter with `---`
              ---\r
        "#]],
        );
    }

    #[test]
    fn keys_in_groups_are_fine() {
        for block in [
            "title: a\n\ndescription: A sentence.",
            "title: a\n\nnote: some words\n",
            "title: a\nNote: A sentence.\n",
            "title: A sentence.\n",
        ] {
            let found = Example::new(&format!("---\n{block}\n---\nText\n")).check();
            assert!(!codes(&found).contains(&"closed-by-rule"), "{block}");
        }
    }
}
