//! Where files that are no posts name a tag or a category: the defaults of `_config.yml`, the page of a tag, data
//! files, the closed lists of `masthead.toml`.
//!
//! - `page`: the front matter of pages, and of documents that are the page of a tag.
//! - `data`: `_data/*` and `_config.yml`.
//! - `list`: `masthead.toml`.
//! - `index`: which file names what, for the whole site. The scan fills it.

mod data;
mod index;
mod list;
mod page;

use std::sync::Arc;

pub(super) use index::Mentions;

use super::renaming::Renaming;
use super::{FileKind, TermKind};
use crate::post::Post;
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::write::{Context, write};
use crate::post::front_matter::{Mapping, Node, Value};
use crate::text::edit::apply;
use crate::text::{Span, TextEdit};

/// One place where a file that is no post names a tag or a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which.
    pub kind: TermKind,
    /// Its name there.
    pub name: String,
    /// The characters of the name, without quotes.
    pub span: Span,
    /// What the place is to the term.
    pub role: Role,
    /// How it is written.
    spelling: Spelling,
}

/// What a place is to the term that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It says what the term is: its page, its entry in a data file.
    Declaration,
    /// It uses the term: a default, a list of a page.
    Use,
    /// It is the slug that the term's URL is made of: named like the term, but a rename would move the URL.
    Slug,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// A scalar of YAML, with its quotes.
    Yaml { whole: Span, quote: Quote, context: Context },
    /// A string of TOML, with its quotes.
    Toml { whole: Span },
    /// In one of the keys that Jekyll reads terms of.
    TermKey,
}

/// The places in a file of this kind and path, in order. Posts have none: theirs are occurrences.
pub fn in_file(path: &str, kind: &FileKind, text: &str) -> Vec<Mention> {
    let mut found = match kind {
        FileKind::Page | FileKind::Collection(_) => page::mentions(path, kind, &Post::parse(text)),
        FileKind::Config => data::of_config(text),
        FileKind::Data => data::mentions(path, text),
        FileKind::Settings => list::mentions(text),
        _ => Vec::new(),
    };
    found.sort_by_key(|mention| mention.span);
    found
}

/// Whether a file can name terms, posts aside.
pub fn can_mention(path: &str, kind: &FileKind) -> bool {
    match kind {
        FileKind::Page | FileKind::Collection(_) | FileKind::Config | FileKind::Settings => true,
        FileKind::Data => [".yml", ".yaml", ".json"].iter().any(|extension| path.ends_with(extension)),
        _ => false,
    }
}

/// The names in a file, each once. Those that a document of a collection uses are left out: its record has them.
pub fn names(path: &str, kind: &FileKind, text: &str) -> Vec<(TermKind, Arc<str>)> {
    let mut names: Vec<(TermKind, Arc<str>)> = Vec::new();
    let recorded = matches!(kind, FileKind::Collection(_));
    for mention in in_file(path, kind, text) {
        let is_recorded = recorded && mention.spelling == Spelling::TermKey && mention.role == Role::Use;
        if !is_recorded && !names.iter().any(|(kind, name)| *kind == mention.kind && **name == *mention.name)
        {
            names.push((mention.kind, mention.name.into()));
        }
    }
    names
}

/// The edits of a renaming in a file that is no post. A term that only goes does so in the keys that posts have. None where the term stands there and cannot be replaced without
/// changing anything else: a data file that has an entry of the new name too, an alias. Slugs stay.
pub fn rename(path: &str, kind: &FileKind, text: &str, renaming: &Renaming<'_>) -> Option<Vec<TextEdit>> {
    let is_named = |mention: &Mention, name: Option<&str>| {
        mention.kind == renaming.kind && Some(&*mention.name) == name && mention.role != Role::Slug
    };
    let is = |mention: &Mention, name: &str| is_named(mention, Some(name));
    let before = in_file(path, kind, text);
    let has_new = before.iter().any(|mention| is_named(mention, renaming.new));
    let mut edits = Vec::new();
    for mention in before.iter().filter(|mention| is(mention, renaming.old)) {
        match (mention.spelling, renaming.new) {
            (Spelling::TermKey, _) => {}
            (_, None) => return None,
            _ if has_new => return None,
            (Spelling::Yaml { whole, quote, context }, Some(new)) => {
                edits.push(TextEdit::replace(whole, write(new, context, quote)));
            }
            (Spelling::Toml { whole }, Some(new)) => {
                edits.push(TextEdit::replace(whole, list::write(new)));
            }
        }
    }
    edits.extend(match kind {
        FileKind::Page | FileKind::Collection(_) => page::rename(text, renaming)?,
        FileKind::Config => data::rename_in_config(text, renaming)?,
        FileKind::Data => data::rename_in_keys(text, renaming)?,
        _ => Vec::new(),
    });
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let after = apply(text, &edits);
    let left = in_file(path, kind, &after);
    let others = |list: &[Mention]| -> Vec<(TermKind, String, Role)> {
        let others =
            list.iter().filter(|mention| !is(mention, renaming.old) && !is_named(mention, renaming.new));
        others.map(|mention| (mention.kind, mention.name.clone(), mention.role)).collect()
    };
    let holds = !left.iter().any(|mention| is(mention, renaming.old))
        && (edits.is_empty() || renaming.new.is_none_or(|new| left.iter().any(|mention| is(mention, new))))
        && others(&before) == others(&left);
    holds.then_some(edits)
}

/// The mention of a scalar; none where it stands elsewhere or is no single scalar.
fn scalar(text: &str, node: &Node, kind: TermKind, role: Role, context: Context) -> Option<Mention> {
    if super::occurrences::is_alias(text, node) {
        return None;
    }
    let quote = match node.style {
        Style::Plain => Quote::Plain,
        Style::SingleQuoted => Quote::Single,
        Style::DoubleQuoted => Quote::Double,
        _ => return None,
    };
    let name = match &node.value {
        Value::Null | Value::List(_) | Value::Mapping(_) => return None,
        value => value.display(),
    };
    let span = super::occurrences::content(text, node);
    let spelling = Spelling::Yaml { whole: node.span, quote, context };
    (!name.is_empty()).then_some(Mention { kind, name, span, role, spelling })
}

/// The terms of a mapping's `tags`, `tag`, `categories` and `category`.
fn in_term_keys(text: &str, mapping: &Mapping, role: impl Fn(&str) -> Role, found: &mut Vec<Mention>) {
    for pair in mapping.iter() {
        let Some(key) = pair.key.value.as_str() else { continue };
        let mut here = Vec::new();
        super::occurrences::in_pair(text, pair, &mut here);
        found.extend(here.into_iter().map(|it| Mention {
            kind: it.kind,
            name: it.name.into_owned(),
            span: it.span,
            role: role(key),
            spelling: Spelling::TermKey,
        }));
    }
}

/// What is said of the kind of a term by a word such as a folder's or a layout's name.
pub(super) fn kind_in(word: &str) -> Option<TermKind> {
    let word = word.to_ascii_lowercase();
    if word.contains("categor") {
        return Some(TermKind::Category);
    }
    let mut words = word.split(|c: char| !c.is_ascii_alphanumeric());
    let is_tag = |word: &str| {
        ["tag", "tags"].contains(&word) || word.starts_with("tagpage") || word.starts_with("tagarchive")
    };
    words.any(is_tag).then_some(TermKind::Tag)
}
