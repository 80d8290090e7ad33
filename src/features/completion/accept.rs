//! What accepting a word does to the text.

use super::cursor::{Form, Slot};
use crate::post::front_matter::tree::{Quote, Scalar};
use crate::post::front_matter::write::{Context, plain_is_safe, write, write_value};
use crate::site::terms::words;
use crate::text::{Span, TextEdit};

/// How a word becomes YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typing {
    /// It is a string whatever it looks like: a tag.
    String,
    /// It has the type that it looks like where it prints the same: a value of the corpus.
    Value,
    /// It is written as it is: `true`, a date.
    Literal,
}

/// The edit that puts `word` into a slot. None where it cannot stand there.
///
/// A closing quote that is missing is set with the word, a closing bracket is not: the list is still being typed.
/// The first word of a list that is not there yet gets brackets. A word that cannot be one of the words of a
/// string (it has a blank, or the string would be read as a number) turns the string into a list in brackets.
/// Quotes are those of the items beside it; `usual` where there is none, and always where the word needs them.
pub(super) fn accept(
    text: &str,
    slot: &Slot<'_>,
    word: &str,
    typing: Typing,
    usual: Quote,
) -> Option<TextEdit> {
    let scalar = |context, quote| match typing {
        Typing::String => write(word, context, quote),
        Typing::Value => write_value(word, context, quote),
        Typing::Literal if quote == Quote::Plain => word.to_owned(),
        Typing::Literal => write(word, context, quote),
    };
    let written = match slot.form {
        Form::Scalar(context, quote) => scalar(context, quote.unwrap_or(usual)),
        Form::NewList => format!("[{}]", scalar(Context::Flow, usual)),
        Form::NewItem(quote) => format!("- {}", scalar(Context::Block, quote.unwrap_or(usual))),
        Form::Words(string) => {
            return one_of_words(text, slot, &string, word)
                .or_else(|| list_of_words(text, slot, &string, word, usual));
        }
    };
    let is_bare = slot.before.is_empty() && slot.after.is_empty();
    let written = if is_bare { written } else { [slot.before, &*written, slot.after].concat() };
    Some(TextEdit::replace(slot.edit, written))
}

/// The word in its place in the string.
fn one_of_words(text: &str, slot: &Slot<'_>, string: &Scalar, word: &str) -> Option<TextEdit> {
    if word.is_empty()
        || word.contains(char::is_whitespace)
        || word.contains(['"', '\'', '\\'])
        || word.contains(char::is_control)
    {
        return None;
    }
    let end = string.content.end.max(slot.edit.end);
    let head = Span::new(string.content.start.min(slot.edit.start), slot.edit.start).of(text);
    let tail = Span::new(slot.edit.end, end).of(text);
    let quote = match string.quote {
        Quote::Plain => {
            let whole = format!("{head}{word} {tail}");
            return plain_is_safe(whole.trim(), Context::Block)
                .then(|| TextEdit::replace(slot.edit, format!("{}{word}{}", slot.before, slot.after)));
        }
        Quote::Single => "'",
        Quote::Double => "\"",
    };
    if string.closed {
        return Some(TextEdit::replace(slot.edit, format!("{word}{}", slot.after)));
    }
    let before = if slot.edit.start <= string.span.start { slot.before } else { "" };
    Some(TextEdit::replace(
        Span::new(slot.edit.start, end),
        format!("{before}{word}{}{tail}{quote}", slot.after),
    ))
}

/// The string as a list in brackets, with the word in its place.
fn list_of_words(text: &str, slot: &Slot<'_>, string: &Scalar, word: &str, usual: Quote) -> Option<TextEdit> {
    let span = string.span.cover(slot.edit);
    if span.of(text).contains(['\n', '\r']) {
        return None;
    }
    let others = words_of(text, string).into_iter().filter(|(span, _)| !span.overlaps(slot.edit));
    let (before, after): (Vec<_>, Vec<_>) = others.partition(|(span, _)| span.start < slot.edit.start);
    let names = before.iter().map(|other| &*other.1).chain([word]).chain(after.iter().map(|other| &*other.1));
    let quote = if string.quote == Quote::Plain { usual } else { string.quote };
    let items: Vec<String> = names.map(|name| write(name, Context::Flow, quote)).collect();
    let glued = text[..span.start].ends_with(':');
    let comment = text[span.end..].starts_with('#');
    let written =
        format!("{}[{}]{}", if glued { " " } else { "" }, items.join(", "), if comment { " " } else { "" });
    Some(TextEdit::replace(span, written))
}

/// The words of a string, also of one that is no string alone: `2024` is the word that an author meant.
fn words_of(text: &str, string: &Scalar) -> Vec<(Span, String)> {
    let found = words(text, string);
    if !found.is_empty() || string.content.of(text).trim().is_empty() {
        return found;
    }
    vec![(string.content, string.content.of(text).to_owned())]
}
