//! One value of a key of tags or categories: a list of any shape, a string that is split at blanks, a scalar.

use std::borrow::Cow;

use super::Renaming;
use crate::jekyll::ruby;
use crate::post::front_matter::remove::{remove_all, remove_items};
use crate::post::front_matter::scalar::{Pair, Style};
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::write::{Context, plain_is_safe, write};
use crate::post::front_matter::{Node, Value};
use crate::site::occurrences::{content, is_alias, words};
use crate::text::{Span, TextEdit};

/// The edits of a value, in no order; none where they cannot be made. `splits` tells whether Jekyll splits a string
/// here, `context` how the pair stands.
pub(super) fn edits(
    text: &str,
    pair: &Pair,
    splits: bool,
    context: Context,
    renaming: &Renaming<'_>,
) -> Option<Vec<TextEdit>> {
    let node = &pair.value;
    let mut writer = Writer { text, renaming, has_new: renaming.new.is_none(), edits: Vec::new() };
    match &node.value {
        _ if is_alias(text, node) => {
            let has_old = match &node.value {
                Value::String(value) if splits => ruby::split(value).any(|word| *word == *renaming.old),
                value => holds(value, renaming.old),
            };
            return (!has_old).then(Vec::new);
        }
        Value::String(value) if splits => writer.string(value, node, context)?,
        Value::List(_) => {
            writer.has_new |= renaming.new.is_some_and(|new| holds(&node.value, new));
            if writer.list(node, context)? {
                writer.edits = empty(text, pair)?;
            }
        }
        Value::Null | Value::Mapping(_) => {}
        _ if splits => {}
        value if value.display() == renaming.old => {
            writer.edits.push(match renaming.new {
                Some(new) => writer.scalar(node, new, context),
                None => TextEdit::replace(writer.whole(node), "[]"),
            });
        }
        _ => {}
    }
    Some(writer.edits)
}

/// An empty list in the place of one whose items all go; its comments stay.
fn empty(text: &str, pair: &Pair) -> Option<Vec<TextEdit>> {
    let list = &pair.value;
    let mut edits = remove_all(text, list)?;
    if list.style != Style::Flow {
        let between = Span::new(pair.key.span.end, list.span.start);
        let colon = between.start + between.of(text).find(':')? + 1;
        edits.insert(0, TextEdit::insert(colon, " []"));
    }
    Some(edits)
}

struct Writer<'t> {
    text: &'t str,
    renaming: &'t Renaming<'t>,
    /// Whether the new name is there by now: a further old one only goes.
    has_new: bool,
    edits: Vec<TextEdit>,
}

impl Writer<'_> {
    /// Whether nothing is left of a list, which then goes from the list that it stands in. None where it cannot be
    /// edited.
    fn list(&mut self, list: &Node, context: Context) -> Option<bool> {
        let items = list.value.as_list()?;
        let context = if list.style == Style::Flow { Context::Flow } else { context };
        let mut gone = vec![false; items.len()];
        for (item, gone) in items.iter().zip(&mut gone) {
            match &item.value {
                value if is_alias(self.text, item) => (!holds(value, self.renaming.old)).then_some(())?,
                Value::List(_) => *gone = self.list(item, context)?,
                Value::Null | Value::Mapping(_) => {}
                value if value.display() != self.renaming.old => {}
                _ if self.has_new => *gone = true,
                _ => {
                    let edit = self.renaming.new.map(|new| self.scalar(item, new, context));
                    self.edits.extend(edit);
                    self.has_new = true;
                }
            }
        }
        let all = !gone.is_empty() && !gone.contains(&false);
        if gone.contains(&true) && !all {
            self.edits.extend(remove_items(self.text, list, |index| gone[index])?);
        }
        Some(all)
    }

    /// The new name in the place of a scalar, in its quotes.
    fn scalar(&self, node: &Node, new: &str, context: Context) -> TextEdit {
        TextEdit::replace(self.whole(node), write(new, context, node.style.quote()))
    }

    /// A scalar without the line breaks behind a `|`, which are not the value's to lose.
    fn whole(&self, node: &Node) -> Span {
        let tail = node.span.of(self.text);
        let end = node.span.end - (tail.len() - tail.trim_end_matches(['\n', '\r']).len());
        Span::new(node.span.start, end)
    }

    /// A string of words.
    fn string(&mut self, value: &str, node: &Node, context: Context) -> Option<()> {
        let Renaming { old, new, .. } = *self.renaming;
        let all: Vec<_> = ruby::split(value).collect();
        if !all.iter().any(|word| **word == *old) {
            return Some(());
        }
        let has_new = new.is_none_or(|new| all.iter().any(|word| **word == *new));
        let first_old = all.iter().position(|word| **word == *old);
        let kept: Vec<bool> =
            (0..all.len()).map(|at| *all[at] != *old || (!has_new && Some(at) == first_old)).collect();
        let name = |at: usize| if *all[at] == *old { new.unwrap_or_default() } else { &all[at] };
        let names: Vec<&str> = (0..all.len()).filter(|at| kept[*at]).map(name).collect();
        let is_word = new.is_none_or(|new| ruby::split(new).eq([new.into()]));
        let in_place = words(self.text, node).filter(|_| is_word);
        match in_place.and_then(|words| self.words(&words, &kept, old, &names, node, context)) {
            Some(edits) => self.edits.extend(edits),
            None => self.edits.push(self.as_list(&names, is_word, node, context)),
        }
        Some(())
    }

    /// The words where they stand: none where the string would no longer be this string.
    fn words(
        &self,
        words: &[(Span, Cow<'_, str>)],
        kept: &[bool],
        old: &str,
        names: &[&str],
        node: &Node,
        context: Context,
    ) -> Option<Vec<TextEdit>> {
        let new = self.renaming.new.unwrap_or_default();
        let one_line = !node.span.of(self.text).trim_end().contains(['\n', '\r']);
        let simple = new.chars().all(char::is_alphanumeric);
        let written = match node.style {
            Style::Plain if plain_is_safe(&names.join(" "), context) && (one_line || simple) => {
                new.to_owned()
            }
            Style::Literal | Style::Folded if simple => new.to_owned(),
            Style::SingleQuoted | Style::DoubleQuoted if one_line || simple => {
                let quoted = write(new, context, node.style.quote());
                let own = if node.style == Style::SingleQuoted { '\'' } else { '"' };
                quoted.strip_prefix(own)?.strip_suffix(own)?.to_owned()
            }
            _ => return None,
        };
        let first_kept = kept.iter().position(|kept| *kept)?;
        let edit = |at: usize| {
            let span = words[at].0;
            if kept[at] {
                return (words[at].1 == old).then(|| TextEdit::replace(span, &*written));
            }
            Some(TextEdit::delete(match at < first_kept {
                true => Span::new(span.start, words[at + 1].0.start),
                false => Span::new(words[at - 1].0.end, span.end),
            }))
        };
        (words.len() == kept.len()).then(|| (0..words.len()).filter_map(edit).collect())
    }

    /// The whole string anew: in quotes where it can stay one string, else as a list.
    fn as_list(&self, names: &[&str], is_word: bool, node: &Node, context: Context) -> TextEdit {
        let tail = node.span.of(self.text);
        let end = node.span.start + tail.trim_end_matches(['\n', '\r', ' ', '\t']).len();
        let span = Span::new(node.span.start, end.max(content(self.text, node).start.min(node.span.end)));
        let words_stay =
            is_word && !names.is_empty() && !names.iter().any(|name| name.contains(char::is_control));
        let written = if words_stay && !matches!(node.style, Style::Literal | Style::Folded) {
            write(&names.join(" "), context, Quote::Double)
        } else {
            let items: Vec<_> =
                names.iter().map(|name| write(name, Context::Flow, node.style.quote())).collect();
            format!("[{}]", items.join(", "))
        };
        TextEdit::replace(span, written)
    }
}

/// Whether a name stands in a value, at any depth. Values of billions are given up on.
fn holds(value: &Value, name: &str) -> bool {
    fn within(value: &Value, name: &str, left: &mut usize) -> bool {
        *left = left.saturating_sub(1);
        match value {
            _ if *left == 0 => true,
            Value::List(items) => items.iter().any(|item| within(&item.value, name, left)),
            Value::Null | Value::Mapping(_) => false,
            Value::String(text) => **text == *name,
            other => other.display() == name,
        }
    }
    within(value, name, &mut { crate::limits::MAX_VALUES.saturating_mul(10) })
}

#[cfg(test)]
mod tests {
    use super::super::{Renaming, Respelt};
    use crate::post::Post;
    use crate::site::TermKind;
    use crate::text::edit::apply;

    fn check(block: &str, old: &str, new: &str, expected: &str) {
        let post = Post::parse(format!("---\n{block}\n---\n"));
        let renaming = Renaming { kind: TermKind::Tag, old, new: Some(new).filter(|new| !new.is_empty()) };
        let after = match renaming.of_post(&post.text, &post.front_matter) {
            Respelt::Nothing => "nothing".to_owned(),
            Respelt::Unsure => "unsure".to_owned(),
            Respelt::Edits(edits) => {
                let after = apply(&post.text, &edits);
                after.trim_start_matches("---\n").trim_end_matches("\n---\n").to_owned()
            }
        };
        assert_eq!(after, expected, "{block}: {old} -> {new}");
    }

    #[test]
    fn items_keep_their_quotes_and_get_those_they_need() {
        check("tags: [ai, \"b\"] # ai", "ai", "生成AI", "tags: [生成AI, \"b\"] # ai");
        check("tags: [ai, 'b']", "b", "it's", "tags: [ai, 'it''s']");
        check("tags: [a, b]", "a", "x, y", "tags: [\"x, y\", b]");
        check("tags:\n- a\n- b", "a", "x, y", "tags:\n- x, y\n- b");
        check("tags:\n- a # 注\n- b", "a", "C# #1", "tags:\n- \"C# #1\" # 注\n- b");
        check("tags: [2024, b]", "2024", "2025", "tags: [\"2025\", b]");
        check("tags: [\"2024\", 2024]", "2024", "x", "tags: [\"x\"]");
        check("tags: [1.10]", "1.1", "yes", "tags: [\"yes\"]");
        check("tags: [[a, [b]], c]", "b", "d", "tags: [[a, [d]], c]");
    }

    #[test]
    fn a_post_that_has_the_new_name_loses_the_old_one() {
        check("tags: [ai, AI, b]", "ai", "AI", "tags: [AI, b]");
        check("tags: [AI, b, ai]", "ai", "AI", "tags: [AI, b]");
        check("tags: [ai, b, ai]", "ai", "AI", "tags: [AI, b]");
        check("tags:\n  - ai # note\n  - AI\nx: 1", "ai", "AI", "tags:\n  # note\n  - AI\nx: 1");
        check("tags: ai b ai AI", "ai", "AI", "tags: b AI");
        check("tags: ai ai", "ai", "AI", "tags: AI");
        check("tags: AI b ai # c", "ai", "AI", "tags: AI b # c");
        check("tags: [2024, \"2025\"]", "2025", "2024", "tags: [2024]");
    }

    #[test]
    fn strings_of_words() {
        check("tags: ai  b", "ai", "AI", "tags: AI  b");
        check("tags: 'ai b'", "ai", "it's", "tags: 'it''s b'");
        check("tags: \"ai b\"", "ai", "a\"b", "tags: \"a\\\"b b\"");
        check("tags: ai b", "ai", "Machine Learning", "tags: [Machine Learning, b]");
        check("tags: 'ai b'", "ai", "Machine Learning", "tags: ['Machine Learning', 'b']");
        check("tags: ai", "ai", "2024", "tags: \"2024\"");
        check("tags: b ai", "ai", "#x", "tags: \"b #x\"");
        check("tags: 2024 ai 2024", "ai", "2024", "tags: 2024 2024");
        check("tags: ai 2024", "ai", "2024", "tags: \"2024\"");
        check("tags: |\n  ai\n  b", "ai", "AI", "tags: |\n  AI\n  b");
        check("tags: |\n  ai\n  b\nx: 1", "ai", "A I", "tags: [A I, b]\nx: 1");
        check("tags: \"ai\\tb\"", "ai", "AI", "tags: \"AI b\"");
        check("tag: ai b", "ai b", "x", "tag: x");
        check("tag: ai b", "ai", "x", "nothing");
    }

    #[test]
    fn a_term_goes_and_an_empty_list_stays() {
        check("tags: [ai, AI, b]", "ai", "", "tags: [AI, b]");
        check("tags: [[ai], b]", "ai", "", "tags: [b]");
        check("tags: [ai] # 注", "ai", "", "tags: [] # 注");
        check("tags: [ \"ai\", ai ]", "ai", "", "tags: []");
        check("tags: [\n  ai,\n]", "ai", "", "tags: []");
        check("tags: [[ai]]", "ai", "", "tags: []");
        check("tags: [2024, b]", "2024", "", "tags: [b]");
        check("tags: # 注\n  - ai\nx: 1", "ai", "", "tags: [] # 注\nx: 1");
        check("tags:\n- ai # 注\n- 'ai'\nx: 1", "ai", "", "tags: []\n# 注\nx: 1");
        check("tags:\r\n  - ai\r\nx: 1", "ai", "", "tags: []\r\nx: 1");
        check("tags:\n  - ai", "ai", "", "tags: []");
        check("tags:\n  - - ai\nx: 1", "ai", "", "tags: []\nx: 1");
        check("tags: ai", "ai", "", "tags: []");
        check("tags: b ai c # 注", "ai", "", "tags: b c # 注");
        check("tags: 'ai b'", "ai", "", "tags: 'b'");
        check("tags: ai 2024", "ai", "", "tags: \"2024\"");
        check("tags: |\n  ai\nx: 1", "ai", "", "tags: []\nx: 1");
        check("tag: ai\ntags: [b]", "ai", "", "tag: []\ntags: [b]");
        check("tag: |\n  ai\ntags: [b]", "ai\n", "", "tag: []\ntags: [b]");
        check("k: &k [ai]\ntags: *k", "ai", "", "unsure");
        check("tags: [b]", "ai", "", "nothing");
    }

    #[test]
    fn what_stands_elsewhere_too_is_left() {
        check("k: &k [ai]\ntags: *k", "ai", "AI", "unsure");
        check("k: &k ai\ntags: [*k, b]", "ai", "AI", "unsure");
        check("k: &k ai\ntags: [*k, b]", "b", "AI", "k: &k ai\ntags: [*k, AI]");
        check("b: &b {tags: [ai]}\n<<: *b", "ai", "AI", "unsure");
        check("tags: [&x ai, b]\nkeywords: [*x]", "ai", "AI", "unsure");
        check("tags: [&x ai, b]", "ai", "AI", "tags: [&x AI, b]");
    }

    #[test]
    fn a_broken_block_is_edited_where_it_is_whole() {
        check("tags: [ai, b]\ntitle: \"x", "ai", "AI", "tags: [AI, b]\ntitle: \"x");
        check("tags: [ai, \"b\ntitle: x", "ai", "AI", "tags: [AI, \"b\ntitle: x");
    }
}
