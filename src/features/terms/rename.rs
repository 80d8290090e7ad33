//! A term under another name, or gone, in the whole site.

use std::sync::Arc;

use rayon::prelude::*;

use super::files;
use crate::features::Snapshot;
use crate::features::files::{FileEdits, Left, Question, SiteEdit, Texts};
use crate::features::markdown::posts;
use crate::post::{FrontMatter, Post};
use crate::site::mentions::{self, Role};
use crate::site::renaming::{Renaming, Respelt};
use crate::site::{FileKind, TermKind, occurrences, paths};

/// It stands where it cannot be replaced without changing something else, or in a line that does not load.
const UNSURE: &str = "the name is written there so that it cannot be changed alone";
/// It is the name of a folder that the post lies in.
const FOLDER: &str = "a folder gives the category";
/// The file describes both terms already, or the new one has its own.
const BOTH: &str = "the new name has its own entry or page";
/// A term that goes is still described there.
const ABOUT: &str = "it says what the name is: delete it there";
/// A term that goes is still allowed, or an entry of data.
const LISTED: &str = "it lists the name: take it out there";
const UNREAD: &str = "it cannot be read";

/// A new name as it will be used: without white space at its ends.
///
/// # Errors
/// Nothing, or characters that no name can have: what is wrong, in a sentence.
pub fn check_name(kind: TermKind, name: &str) -> Result<&str, String> {
    let noun = noun(kind);
    let name = name.trim();
    if name.is_empty() {
        return Err(format!("A {noun} needs a name: write at least one character."));
    }
    if name.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err(format!("The name of a {noun} is one line: take the line break out."));
    }
    if let Some(c) =
        name.chars().find(|c| c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
    {
        return Err(format!("The name of a {noun} cannot hold U+{:04X}: take it out.", u32::from(c)));
    }
    Ok(name)
}

/// The edits that give a term another name in every file of the site.
///
/// # Errors
/// A name that cannot be used: what is wrong, in a sentence.
pub fn rename(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    kind: TermKind,
    old: &str,
    new: &str,
) -> Result<SiteEdit, String> {
    let new = check_name(kind, new)?;
    let mut result = SiteEdit::default();
    if new == old {
        return Ok(result);
    }
    let renaming = Renaming { kind, old, new: Some(new) };
    let vocabulary = snapshot.site.vocabulary(kind);
    let count = |name: &str| vocabulary.get(name).map_or(0, |term| term.count());
    if count(new) > 0 {
        let (noun, old_posts, new_posts) = (noun(kind), posts(count(old)), posts(count(new)));
        result.confirm = Some(Question {
            label: format!("Merge the {noun} `{old}` ({old_posts}) into `{new}` ({new_posts})"),
            description: "A post that has both keeps one. Undo takes it back.",
        });
    }
    let pages = has_page(snapshot, texts, kind, new);
    in_files(snapshot, texts, &renaming, pages, &mut result);
    Ok(result)
}

/// The edits that take a term out of every post of the site, and out of the defaults and lists that give it to them.
/// What says of the term what it is stays, and is told.
pub fn remove(snapshot: &Snapshot, texts: &Texts<'_>, kind: TermKind, name: &str) -> SiteEdit {
    let count = snapshot.site.vocabulary(kind).get(name).map_or(0, |term| term.count());
    let confirm = Question {
        label: format!("Remove the {} `{name}` from {}", noun(kind), posts(count)),
        description: "A post that has no other keeps an empty list. Undo takes it back.",
    };
    let mut result = SiteEdit { confirm: Some(confirm), ..SiteEdit::default() };
    in_files(snapshot, texts, &Renaming { kind, old: name, new: None }, false, &mut result);
    result
}

fn in_files(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    renaming: &Renaming<'_>,
    pages: bool,
    result: &mut SiteEdit,
) {
    let Renaming { kind, old, .. } = *renaming;
    let each: Vec<_> = files(snapshot, kind, old)
        .map(|(path, file)| {
            let done = in_file(snapshot, texts, (&path, &file), renaming, pages);
            (path, done)
        })
        .collect();
    for (path, done) in each {
        if in_folder(&path, renaming) {
            result.left.push(Left { path: path.clone(), why: FOLDER });
        }
        match done {
            Ok(Some(edits)) => result.files.push(edits),
            Ok(None) => {}
            Err(why) => result.left.push(Left { path, why }),
        }
    }
    if result.files.is_empty() && result.left.is_empty() {
        // No characters of a file are the term alone: Jekyll makes it of a list in a list of categories.
        let term = snapshot.site.vocabulary(kind).get(old);
        let posts = term.into_iter().flat_map(|term| term.posts.iter());
        result.left = posts.map(|post| Left { path: post.path.clone(), why: UNSURE }).collect();
    }
}

/// Whether the site has a page for a term.
fn has_page(snapshot: &Snapshot, texts: &Texts<'_>, kind: TermKind, name: &str) -> bool {
    snapshot.site.naming(kind, name).any(|path| {
        let file = paths::classify(path, snapshot.site.config());
        let is_page = matches!(file, FileKind::Page | FileKind::Collection(_));
        is_page && texts(path).is_some_and(|text| declares(path, &file, &text, kind, name))
    })
}

fn declares(path: &str, file: &FileKind, text: &str, kind: TermKind, name: &str) -> bool {
    let found = mentions::in_file(path, file, text);
    found.iter().any(|it| it.role == Role::Declaration && it.kind == kind && it.name == name)
}

fn in_file(
    snapshot: &Snapshot,
    texts: &Texts<'_>,
    (path, kind): (&Arc<str>, &FileKind),
    renaming: &Renaming<'_>,
    pages: bool,
) -> Result<Option<FileEdits>, &'static str> {
    let own = *path == snapshot.path;
    let text = if own { snapshot.post.text.clone() } else { texts(path).ok_or(UNREAD)? };
    let with = |edits: Vec<_>| {
        (!edits.is_empty()).then(|| FileEdits { path: path.clone(), text: text.clone(), edits })
    };
    if mentions::can_mention(path, kind) {
        return in_mentions(path, kind, &text, renaming, pages).map(with);
    }
    let respelt = if own {
        renaming.of_post(&text, &snapshot.post.front_matter)
    } else {
        // The values tell of nearly all, and are read several times as quick as the mistakes, which must not become more.
        match renaming.of_post(&text, &FrontMatter::parse_values(&text)) {
            Respelt::Unsure => renaming.of_post(&text, &FrontMatter::parse(&text)),
            told => told,
        }
    };
    match respelt {
        Respelt::Edits(edits) => Ok(with(edits)),
        Respelt::Unsure => Err(UNSURE),
        Respelt::Nothing if is_written(&text, renaming) => Err(UNSURE),
        Respelt::Nothing => Ok(None),
    }
}

/// A page of the old name stays where the new one has a page: two would be at one URL.
fn in_mentions(
    path: &str,
    kind: &FileKind,
    text: &str,
    renaming: &Renaming<'_>,
    pages: bool,
) -> Result<Vec<crate::text::TextEdit>, &'static str> {
    let declares = |name: &str| declares(path, kind, text, renaming.kind, name);
    let is_page = matches!(kind, FileKind::Page | FileKind::Collection(_));
    if is_page && pages && declares(renaming.old) {
        return Err(BOTH);
    }
    if renaming.new.is_none() {
        let found = mentions::in_file(path, kind, text);
        let is_named = found.iter().any(|it| it.kind == renaming.kind && it.name == renaming.old);
        if is_named && declares(renaming.old) {
            return Err(ABOUT);
        }
        if is_named && matches!(kind, FileKind::Data | FileKind::Settings) {
            return Err(LISTED);
        }
    }
    match mentions::rename(path, kind, text, renaming) {
        Some(edits) => Ok(edits),
        None if *kind == FileKind::Settings || renaming.new.is_some_and(declares) => Err(BOTH),
        None => Err(UNSURE),
    }
}

/// Whether a folder gives a post the category.
fn in_folder(path: &str, renaming: &Renaming<'_>) -> bool {
    let folders = || {
        let before = |marker| path.split_once(marker).map(|(folders, _)| folders);
        before("_posts/").or_else(|| before("_drafts/")).unwrap_or_default()
    };
    renaming.kind == TermKind::Category && folders().split('/').any(|folder| folder == renaming.old)
}

/// Whether the term stands in a post though not in a value of its own that loads. Else `_config.yml` or a folder gives
/// it.
fn is_written(text: &str, renaming: &Renaming<'_>) -> bool {
    let post = Post::parse(text);
    occurrences::in_post(&post).iter().any(|it| it.kind == renaming.kind && it.name == renaming.old)
}

/// `tag` or `category`.
pub fn noun(kind: TermKind) -> &'static str {
    match kind {
        TermKind::Tag => "tag",
        TermKind::Category => "category",
    }
}
