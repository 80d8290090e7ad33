//! Pages, and documents that are the page of a tag or a category.
//!
//! Jekyll knows no such page; each theme and plugin has its habit: `tag: AI` or `taxonomy: AI` in the front matter, a
//! layout named after tags with the name as `title`, a collection such as `_tags` with a document for each.

use super::{Mention, Role, in_term_keys, kind_in, scalar};
use crate::post::Post;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{FrontMatter, Load};
use crate::site::renaming::{Renaming, Respelt};
use crate::site::{FileKind, TermKind};
use crate::text::TextEdit;

/// Keys whose value is the name of the term that a page is about.
const NAMES: [&str; 2] = ["title", "name"];

pub(super) fn mentions(path: &str, kind: &FileKind, post: &Post) -> Vec<Mention> {
    let mut found = Vec::new();
    if post.front_matter.load != Load::Mapping {
        return found;
    }
    let (text, values) = (&*post.text, &post.front_matter.values);
    let word = |key: &str| values.get(key).and_then(|node| node.value.as_str());
    let topic = topic(path, kind, word("layout"), word("type"));
    let about = *kind == FileKind::Page || topic.is_some();
    let role = |key: &str| if about && !key.ends_with('s') { Role::Declaration } else { Role::Use };
    in_term_keys(text, values, role, &mut found);
    let Some(topic) = topic else { return found };
    let mut add = |key: &str, role| {
        let node = values.get(key);
        found.extend(node.and_then(|node| scalar(text, node, topic, role, Context::Block)));
    };
    add("taxonomy", Role::Declaration);
    NAMES.iter().for_each(|key| add(key, Role::Declaration));
    add("slug", Role::Slug);
    found
}

/// What kind of term a page is about, by its layout, its `type`, its collection or its folder.
fn topic(path: &str, kind: &FileKind, layout: Option<&str>, own_type: Option<&str>) -> Option<TermKind> {
    let collection = match kind {
        FileKind::Collection(name) => kind_in(name),
        _ => None,
    };
    let said = [layout, own_type].into_iter().flatten().find_map(kind_in).or(collection);
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    said.or_else(|| folders.split('/').rev().find_map(|folder| kind_in(folder.trim_start_matches('_'))))
}

/// The edits in the keys of terms; none where they are not sure.
pub(super) fn rename(text: &str, renaming: &Renaming<'_>) -> Option<Vec<TextEdit>> {
    match renaming.of_post(text, &FrontMatter::parse(text)) {
        Respelt::Nothing => Some(Vec::new()),
        Respelt::Edits(edits) => Some(edits),
        Respelt::Unsure => None,
    }
}
