//! `# masthead-ignore CODE`: a YAML comment that silences findings, and what is wrong with such comments.
//!
//! - It names one code or several, parted by blanks or commas; without one it silences all. What follows ` -- ` is
//!   the author's reason.
//! - At the end of a line it silences that line, alone on its line the next one; where that line begins an entry, all
//!   lines of the entry.
//! - Alone and above the first key it also silences what stands outside the block: the lines `---`, the body, the
//!   file's name.

use super::nearest::{did_you_mean, nearest};
use super::settings::is_code;
use super::{Diagnostic, Fix, Input, Rule, Severity, all};
use crate::limits::MAX_VALUES;
use crate::post::Post;
use crate::post::front_matter::Entry;
use crate::post::front_matter::tree::{EntryValue, Item, Quote, Scalar};
use crate::text::{Span, TextEdit};

/// The rules of these comments. They look at what the others found, so [`apply`] does their work.
pub const RULES: &[Rule] = &[
    Rule {
        code: "unused-ignore",
        severity: Severity::Hint,
        summary: "A comment `# masthead-ignore` silences nothing.",
        example: "---\ntitle: Hello # masthead-ignore duplicate-key\n---\nText\n",
        check: |_, _| {},
    },
    Rule {
        code: "unknown-ignore",
        severity: Severity::Warning,
        summary: "A comment `# masthead-ignore` names a rule that there is not.",
        example: "---\n# masthead-ignore everything\ntitle: Hello\n---\nText\n",
        check: |_, _| {},
    },
];

const MARK: &str = "masthead-ignore";

/// A comment.
struct Ignore {
    /// From its `#` to the end of the line.
    span: Span,
    /// All that goes with it: its line where it stands alone, else the blanks before it too.
    whole: Span,
    codes: Vec<Span>,
    /// The lines that it silences.
    lines: Span,
    /// Whether it silences what stands outside the block.
    outside: bool,
}

/// Takes away the findings that comments silence, and adds those about the comments.
pub(super) fn apply(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let block = input.post.front_matter.fence.content;
    let text = &*input.post.text;
    if !block.of(text).contains(MARK) {
        return;
    }
    let ignores = find(input.post);
    let mut used: Vec<Vec<bool>> = ignores.iter().map(|it| vec![false; it.codes.len().max(1)]).collect();
    found.retain(|finding| {
        let mut kept = true;
        for (ignore, used) in ignores.iter().zip(&mut used) {
            let is_inside = block.contains(finding.span.start);
            let here = if is_inside { ignore.lines.contains(finding.span.start) } else { ignore.outside };
            let named = ignore.codes.iter().position(|code| code.of(text) == finding.code);
            let at = if ignore.codes.is_empty() { Some(0) } else { named };
            if let Some(used) = at.filter(|_| here).and_then(|at| used.get_mut(at)) {
                (*used, kept) = (true, false);
            }
        }
        kept
    });
    for (ignore, used) in ignores.iter().zip(&used) {
        if ignore.codes.is_empty() && used.contains(&false) {
            let message = "This comment silences nothing: there is no finding at its line.".to_owned();
            let fix = Fix::choice("Remove the comment", vec![TextEdit::delete(ignore.whole)]);
            found.push(finding(&RULES[0], ignore.span, message, Some(fix)));
        }
        for (at, code) in ignore.codes.iter().enumerate() {
            let name = code.of(text);
            if !is_code(name) {
                let near = nearest(name, all().map(|rule| rule.code));
                let message = format!(
                    "There is no rule `{name}`, so nothing is silenced.{}{}",
                    did_you_mean(near),
                    if near.is_some() { "" } else { " The command `masthead rules` lists them." },
                );
                let edit = |near| vec![TextEdit::replace(*code, near)];
                let fix = near.map(|near| Fix::choice(format!("Write `{near}`"), edit(near)));
                found.push(finding(&RULES[1], *code, message, fix));
            } else if used.get(at) == Some(&false) {
                let message = format!("`{name}` finds nothing here, so there is nothing to silence.");
                found.push(finding(&RULES[0], *code, message, Some(without(ignore, at))));
            }
        }
    }
}

fn finding(rule: &Rule, span: Span, message: String, fix: Option<Fix>) -> Diagnostic {
    Diagnostic { span, severity: rule.severity, code: rule.code, message, related: Vec::new(), fix }
}

/// Removes one code, or the comment with its only one.
fn without(ignore: &Ignore, at: usize) -> Fix {
    let (code, next) = (ignore.codes[at], ignore.codes.get(at + 1));
    let span = match (next, at.checked_sub(1).and_then(|before| ignore.codes.get(before))) {
        (Some(next), _) => Span::new(code.start, next.start),
        (None, Some(before)) => Span::new(before.end, code.end),
        (None, None) => return Fix::choice("Remove the comment", vec![TextEdit::delete(ignore.whole)]),
    };
    Fix::choice("Remove the code", vec![TextEdit::delete(span)])
}

fn find(post: &Post) -> Vec<Ignore> {
    let text = &*post.text;
    let block = post.front_matter.fence.content;
    let lines = lines(text, block);
    // The next line of content from each one on.
    let mut contents: Vec<Option<Span>> = Vec::with_capacity(lines.len());
    for line in lines.iter().rev() {
        let behind = contents.last().copied().flatten();
        contents.push(if is_content(line.of(text)) { Some(*line) } else { behind });
    }
    contents.reverse();
    let mut ignores = Vec::new();
    for (line, content_from) in lines.iter().zip(contents) {
        if ignores.len() >= MAX_VALUES {
            break;
        }
        let Some((start, codes)) = comment(post, *line) else { continue };
        let content = Span::new(line.start, line.start + line.of(text).trim_end().len());
        let before = Span::new(line.start, start).of(text);
        let alone = before.trim().is_empty();
        let target = if alone { content_from } else { Some(*line) };
        let entries = &post.tree().entries;
        let silenced = target.map(|line| {
            let entry = entries.get(entries.partition_point(|entry| first_key(entry) < line.start));
            entry.filter(|entry| line.contains(first_key(entry))).map_or(line, |entry| entry.span.cover(line))
        });
        ignores.push(Ignore {
            span: Span::new(start, content.end),
            whole: if alone { *line } else { Span::new(line.start + before.trim_end().len(), content.end) },
            codes,
            lines: silenced.unwrap_or(Span::empty(line.start)),
            outside: alone && entries.first().is_none_or(|entry| first_key(entry) > start),
        });
    }
    ignores
}

/// Where an entry's own line is: comments may stand above its key.
fn first_key(entry: &Entry) -> usize {
    entry.key.map_or(entry.span.start, |key| key.span.start)
}

/// A line that is neither blank nor a comment.
fn is_content(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

/// The lines of a span, with their breaks.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut start = span.start;
    let pieces = span.of(text).split_inclusive(['\n', '\r']);
    pieces
        .map(|piece| {
            let line = Span::new(start, start + piece.len());
            start = line.end;
            line
        })
        .collect()
}

/// The comment in a line: where its `#` is, and its codes.
fn comment(post: &Post, line: Span) -> Option<(usize, Vec<Span>)> {
    let text = &*post.text;
    let content = line.of(text);
    let mark = content.find(MARK)?;
    let before = content[..mark].trim_end_matches([' ', '\t']).strip_suffix('#')?;
    let start = line.start + before.len();
    let is_comment = before.is_empty() || before.ends_with([' ', '\t']);
    if !is_comment || is_text(post, start) {
        return None;
    }
    let rest = &content[mark + MARK.len()..];
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let names = rest.split(" -- ").next().unwrap_or_default();
    let names = names.split([' ', '\t', ',', ':', '\n', '\r']).filter(|name| !name.is_empty());
    let span = |name: &str| {
        let at = line.start + (name.as_ptr() as usize - content.as_ptr() as usize);
        Span::new(at, at + name.len())
    };
    Some((start, names.map(span).collect()))
}

/// Whether the `#` at `offset` stands inside quotes or a block text, where it begins no comment.
fn is_text(post: &Post, offset: usize) -> bool {
    let Some(entry) = post.tree().entry_at(offset) else { return false };
    let quoted =
        |scalar: &Scalar| scalar.quote != Quote::Plain && scalar.closed && scalar.span.contains(offset);
    match &entry.value {
        EntryValue::Scalar(scalar) => quoted(scalar),
        EntryValue::Flow(list) => list.items.iter().filter_map(Item::scalar).any(quoted),
        EntryValue::Block(list) => list.items.iter().filter_map(|item| item.item.scalar()).any(quoted),
        EntryValue::Other(span) => {
            let is_first_column = post.text[..offset].ends_with(['\n', '\r']);
            let first_line = span.of(&post.text).lines().next().unwrap_or_default();
            first_line.starts_with(['|', '>'])
                && span.contains(offset)
                && !is_first_column
                && offset >= span.start + first_line.len()
        }
        EntryValue::Empty => false,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::rules::example::Example;
    use crate::rules::testing::{check, codes};

    #[test]
    fn findings_are_silenced_at_their_line() {
        for text in [
            "---\ntitle: a\ntitle: b # masthead-ignore\n---\n",
            "---\r\ntitle: a\r\ntitle: b # masthead-ignore duplicate-key\r\n---\r\n",
            "---\ntitle: a\n# masthead-ignore duplicate-key -- kept for the old theme\ntitle: b\n---\n",
            "---\ntitle: a\n# masthead-ignore: lone-cr, duplicate-key\n\n# more\ntitle: b\n---\n",
            "---\n# masthead-ignore\ntags:\n- a\n- \"b\" c\n---\n",
            "//- /_posts/2024-01-15-a.md\n---\n# masthead-ignore required-key\ntitle: a\n---\n//- /masthead.toml\nrequired-keys = [\"tags\"]\n",
        ] {
            let left: Vec<_> = codes(&Example::new(text).check())
                .into_iter()
                .filter(|code| *code != "unused-ignore")
                .collect();
            assert_eq!(left, [""; 0], "{text}");
        }
    }

    #[test]
    fn other_lines_other_codes_and_texts_are_not() {
        for text in [
            "---\ntitle: a # masthead-ignore duplicate-key\ntitle: b\n---\n",
            "---\ntitle: a\ntitle: b # masthead-ignored\n---\n",
            "---\ntitle: a\ntitle: \"b # masthead-ignore\"\n---\n",
            "---\ntitle: a\ntitle: |\n  # masthead-ignore\n---\n",
            "---\ntitle: a\n#masthead-ignore lone-cr\ntitle: b\n---\n",
            "---\ntitle: a\ntitle: b\n---\n# masthead-ignore\n",
        ] {
            assert!(codes(&Example::new(text).check()).contains(&"duplicate-key"), "{text}");
        }
    }

    #[test]
    fn a_comment_that_does_nothing_is_told() {
        check(
            "---\ntitle: 題 # masthead-ignore\n# masthead-ignore lone-cr, duplicate-key, bad-escape\ntitle: a\ntags: [a] # masthead-ignore bad-escap, xyz\n---\n",
            expect![[r#"
                  title: 題 # masthead-ignore
                            ^^^^^^^^^^^^^^^^^
                hint unused-ignore: This comment silences nothing: there is no finding at its line.
                fix: Remove the comment
                  title: 題
                  # masthead-ignore lone-cr, duplicate-key, bad-escape
                                    ^^^^^^^
                hint unused-ignore: `lone-cr` finds nothing here, so there is nothing to silence.
                fix: Remove the code
                  # masthead-ignore duplicate-key, bad-escape
                  # masthead-ignore lone-cr, duplicate-key, bad-escape
                                                            ^^^^^^^^^^
                hint unused-ignore: `bad-escape` finds nothing here, so there is nothing to silence.
                fix: Remove the code
                  # masthead-ignore lone-cr, duplicate-key
                  tags: [a] # masthead-ignore bad-escap, xyz
                                              ^^^^^^^^^
                warning unknown-ignore: There is no rule `bad-escap`, so nothing is silenced. Did you mean `bad-escape`?
                fix: Write `bad-escape`
                  tags: [a] # masthead-ignore bad-escape, xyz
                  tags: [a] # masthead-ignore bad-escap, xyz
                                                         ^^^
                warning unknown-ignore: There is no rule `xyz`, so nothing is silenced. The command `masthead rules` lists them.
            "#]],
        );
    }
}
