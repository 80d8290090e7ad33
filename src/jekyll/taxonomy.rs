//! Tags and categories: splitting, nesting, singular keys, folders. Source: `document.rb` merge_categories!,
//! populate_tags, populate_categories, categories_from_path; `utils.rb` pluralized_array_from_hash.

use std::sync::Arc;

use super::data::placeless;
use super::ruby;
use crate::limits::MAX_VALUES;
use crate::post::front_matter::{Node, Value};

/// The tags that `tag` and `tags` give. A truthy `tag` alone counts, and is not split; else a text is split at ASCII
/// blanks, a list is flattened and loses its nulls, and anything else gives none.
pub fn tags(tag: Option<&Value>, tags: Option<&Value>) -> Arc<[Node]> {
    pluralized(tag, tags).into()
}

/// The categories that a post ends up with. `merged` are those of folders, defaults and `categories`, one after the
/// other through [`unite`]; to them come those of `category`, or all once more where there is none: as text, so
/// that what is no text is there twice.
pub fn categories(merged: &Arc<[Node]>, category: Option<&Value>) -> Arc<[Node]> {
    let adds = category.is_some_and(Value::is_truthy);
    if !adds && are_texts(merged) {
        return merged.clone();
    }
    let listed = Value::List(merged.clone());
    let mut texts: Vec<Node> = Vec::new();
    for node in merged.iter().chain(&pluralized(category, Some(&listed))) {
        push_new(&mut texts, Value::String(node.value.display().into()));
    }
    let mut all = Vec::with_capacity(merged.len() + texts.len());
    for node in merged.iter().cloned().chain(texts) {
        push_new(&mut all, node.value);
    }
    all.into()
}

/// Whether all are texts, each there once.
fn are_texts(nodes: &[Node]) -> bool {
    let is_new = |at: usize, value| nodes[..at].iter().all(|before| !ruby::same(&before.value, value));
    let mut values = nodes.iter().map(|node| &node.value).enumerate();
    values.all(|(at, value)| value.as_str().is_some() && is_new(at, value))
}

/// Adds the `categories` of defaults or of the file to those that are there.
///
/// # Errors
/// A value that is neither text, list nor null: Ruby raises, and the post loses its front matter.
pub fn unite(there: &Arc<[Node]>, categories: &Value) -> Result<Arc<[Node]>, NotAList> {
    let mut all: Vec<Node> = Vec::new();
    there.iter().for_each(|node| push_new(&mut all, node.value.clone()));
    match categories {
        Value::Null => return Ok(there.clone()),
        Value::String(text) => ruby::split(text).for_each(|word| push_new(&mut all, Value::String(word))),
        Value::List(items) => items.iter().for_each(|item| push_new(&mut all, item.value.clone())),
        other => return Err(NotAList { class: other.ruby_class() }),
    }
    Ok(all.into())
}

/// `categories` is a number, a boolean, a date or a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAList {
    /// Its class in Ruby.
    pub class: &'static str,
}

/// The categories of a path: the folders that lead to `special` (`_posts` or `_drafts`). `path` is relative to the
/// collections' folder.
pub fn of_path(path: &str, special: &str) -> Arc<[Node]> {
    if path.starts_with(special) {
        return Arc::default();
    }
    let folders = path.find(special).map_or(path, |at| &path[..at]);
    let own_name = path.rsplit('/').next().unwrap_or(path);
    let folders = folders.split('/').filter(|name| !name.is_empty() && *name != special && *name != own_name);
    folders.map(|name| placeless(Value::String(name.into()))).collect()
}

/// They have no place in any text.
fn pluralized(singular: Option<&Value>, plural: Option<&Value>) -> Vec<Node> {
    let mut all = Vec::new();
    match (singular, plural) {
        (Some(value), _) if value.is_truthy() => flatten(value, &mut all),
        (_, Some(Value::String(text))) => all.extend(ruby::split(text).map(Value::String).map(placeless)),
        (_, Some(list @ Value::List(_))) => flatten(list, &mut all),
        _ => {}
    }
    all
}

fn flatten(value: &Value, all: &mut Vec<Node>) {
    match value {
        Value::List(items) => {
            all.reserve(items.len().min(MAX_VALUES));
            for item in items.iter() {
                if all.len() >= MAX_VALUES {
                    return;
                }
                flatten(&item.value, all);
            }
        }
        Value::Null => {}
        other => all.push(placeless(other.clone())),
    }
}

fn push_new(all: &mut Vec<Node>, value: Value) {
    if !all.iter().any(|there| ruby::same(&there.value, &value)) {
        all.push(placeless(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::front_matter::yaml;
    use crate::text::Span;

    fn value(text: &str) -> Value {
        let root = yaml::load(text, Span::new(0, text.len())).unwrap().root;
        root.map_or(Value::Null, |node| node.value)
    }

    fn shown(nodes: &Arc<[Node]>) -> String {
        Value::List(nodes.clone()).inspect()
    }

    #[test]
    fn tags_split_flatten_and_hide() {
        for (tag, plural, expected) in [
            ("", "AI  ML", r#"["AI", "ML"]"#),
            ("", "AI, ML", r#"["AI,", "ML"]"#),
            ("", "機械　学習、AI", r#"["機械　学習、AI"]"#),
            ("", "[a, [b, [~, c]], ~, a]", r#"["a", "b", "c", "a"]"#),
            ("", "[2024, true, 1.10, {k: v}]", r#"[2024, true, 1.1, {"k"=>"v"}]"#),
            ("", "7", "[]"),
            ("", "{a: b}", "[]"),
            ("", "''", "[]"),
            ("one two", "x", r#"["one two"]"#),
            ("[a, [b]]", "x", r#"["a", "b"]"#),
            ("3", "", "[3]"),
            ("no", "x y", r#"["x", "y"]"#),
            ("''", "x", r#"[""]"#),
        ] {
            assert_eq!(shown(&tags(Some(&value(tag)), Some(&value(plural)))), expected, "{tag} {plural}");
        }
    }

    #[test]
    fn categories_unite_and_double() {
        for (folders, file, category, expected) in [
            (&["a"][..], "b a c", "", r#"["a", "b", "c"]"#),
            (&[], "[b, b, B]", "", r#"["b", "B"]"#),
            (&[], "[2024, true]", "", r#"[2024, true, "2024", "true"]"#),
            (&[], "[[a, b]]", "", r#"[["a", "b"], "[\"a\", \"b\"]", "a", "b"]"#),
            (&[], "[~]", "", r#"[nil, ""]"#),
            (&[], "", "", "[]"),
            (&[], "x", "machine learning", r#"["x", "machine learning"]"#),
            (&[], "", "2024", r#"["2024"]"#),
            (&["f"], "", "[y, [z]]", r#"["f", "y", "z"]"#),
        ] {
            let folders: Arc<[Node]> =
                folders.iter().map(|it| placeless(Value::String((*it).into()))).collect();
            let merged = unite(&folders, &value(file)).unwrap();
            assert_eq!(shown(&categories(&merged, Some(&value(category)))), expected, "{file} {category}");
        }
        for bad in ["7", "true", "2024-01-01", "{a: b}"] {
            assert!(unite(&Arc::default(), &value(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn folders_are_categories() {
        for (path, special, expected) in [
            ("_posts/2024-01-01-x.md", "_posts", "[]"),
            ("_posts/sub/2024-01-01-x.md", "_posts", "[]"),
            ("Cat One/sub/_posts/2024-01-01-x.md", "_posts", r#"["Cat One", "sub"]"#),
            ("a/_drafts/x.md", "_drafts", r#"["a"]"#),
            ("my_posts/_posts/2024-01-01-x.md", "_posts", r#"["my"]"#),
            ("_about/x/y.md", "_about", "[]"),
        ] {
            assert_eq!(shown(&of_path(path, special)), expected, "{path}");
        }
    }
}
