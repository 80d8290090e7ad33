//! The law of a renaming, by what Jekyll loads: the term has its new name, once, or none, and every other value is as before.

use super::Renaming;
use crate::jekyll::ruby;
use crate::limits::MAX_VALUES;
use crate::post::front_matter::{FrontMatter, Value};
use crate::site::terms::term_kind;

/// Whether a block after the edits is the one before them with the term renamed.
pub(super) fn holds(renaming: &Renaming<'_>, before: &FrontMatter, after: &FrontMatter) -> bool {
    let (old, new) = (&before.values, &after.values);
    let pairs = old.iter().zip(new.iter());
    before.load == after.load
        && before.problems.len() >= after.problems.len()
        && old.len() == new.len()
        && pairs.into_iter().all(|(old, new)| {
            let key = old.key.value.as_str().unwrap_or_default();
            ruby::same(&old.key.value, &new.key.value)
                && if term_kind(key) == Some(renaming.kind) {
                    is_renamed(renaming, &old.value.value, &new.value.value, key.ends_with('s'))
                } else {
                    ruby::same(&old.value.value, &new.value.value)
                }
        })
}

/// Whether a value's terms are those of the old value, with the old name gone and the new one there.
fn is_renamed(renaming: &Renaming<'_>, before: &Value, after: &Value, splits: bool) -> bool {
    let Renaming { old, new, .. } = *renaming;
    let (mut had, mut has) = (Vec::new(), Vec::new());
    names(before, splits, &mut had);
    names(after, splits, &mut has);
    if !had.iter().any(|name| name.1 == old) {
        return ruby::same(before, after);
    }
    let others = |list: Vec<(bool, String)>| {
        list.into_iter().filter(|name| name.1 != old && Some(&*name.1) != new).collect::<Vec<_>>()
    };
    // Where a key is null, Jekyll reads what the defaults have.
    *after != Value::Null
        && new.is_none_or(|new| has.iter().any(|name| name.1 == new))
        && !has.iter().any(|name| name.1 == old)
        && others(had) == others(has)
}

/// The terms of a value, each with whether it is a string.
fn names(value: &Value, splits: bool, found: &mut Vec<(bool, String)>) {
    match value {
        _ if found.len() > MAX_VALUES => {}
        Value::String(text) if splits => found.extend(ruby::split(text).map(|word| (true, word.to_string()))),
        Value::List(items) => items.iter().for_each(|item| names(&item.value, false, found)),
        Value::Null => {}
        Value::String(text) => found.push((true, text.to_string())),
        // A number after `tags:` is no tag, and must not become one.
        other => found.push((splits, other.display())),
    }
}
