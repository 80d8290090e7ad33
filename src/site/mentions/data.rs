//! Data files, and the defaults of `_config.yml`.
//!
//! A file is about tags or categories where its path below `_data` says so: then its keys, the items of its lists and
//! the values of `name` and `title` are names of terms. In any other file only the keys that posts have count too:
//! `tag: AI` in a list of links.

use super::{Mention, Role, in_term_keys, kind_in, scalar};
use crate::limits::MAX_VALUES;
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{Mapping, Node, Value, yaml};
use crate::site::TermKind;
use crate::site::occurrences::is_alias;
use crate::site::renaming::Renaming;
use crate::text::{Span, TextEdit};

fn root(text: &str) -> Option<Node> {
    yaml::load(text, Span::new(0, text.len())).ok()?.root
}

/// The `values` of each default.
fn defaults(root: &Node) -> impl Iterator<Item = (&Mapping, Context)> {
    let list = root.value.as_mapping().and_then(|config| config.get("defaults"));
    let sets = list.and_then(|list| list.value.as_list()).unwrap_or_default();
    sets.iter().filter_map(|set| {
        let values = set.value.as_mapping()?.get("values")?;
        let flow = [set.style, values.style].contains(&Style::Flow);
        Some((values.value.as_mapping()?, if flow { Context::Flow } else { Context::Block }))
    })
}

pub(super) fn of_config(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    if let Some(root) = root(text) {
        for (values, _) in defaults(&root) {
            in_term_keys(text, values, |_| Role::Use, &mut found);
        }
    }
    found
}

pub(super) fn rename_in_config(text: &str, renaming: &Renaming<'_>) -> Option<Vec<TextEdit>> {
    let Some(root) = root(text) else { return Some(Vec::new()) };
    let each = defaults(&root).map(|(values, context)| renaming.of_mapping(text, values, context));
    Some(each.collect::<Option<Vec<_>>>()?.concat())
}

pub(super) fn mentions(path: &str, text: &str) -> Vec<Mention> {
    let below = path.strip_prefix("_data/").unwrap_or(path);
    let mut walk = Walk { text, topic: kind_in(below), found: Vec::new(), left: MAX_VALUES };
    if let Some(root) = root(text) {
        walk.node(&root, 0, Context::Block);
    }
    walk.found
}

pub(super) fn rename_in_keys(text: &str, renaming: &Renaming<'_>) -> Option<Vec<TextEdit>> {
    let mut edits = Some(Vec::new());
    if let Some(root) = root(text) {
        each_mapping(text, &root, Context::Block, &mut { MAX_VALUES }, &mut |mapping, context| match (
            &mut edits,
            renaming.of_mapping(text, mapping, context),
        ) {
            (Some(edits), Some(more)) => edits.extend(more),
            (edits, _) => *edits = None,
        });
    }
    edits
}

fn each_mapping(
    text: &str,
    node: &Node,
    context: Context,
    left: &mut usize,
    visit: &mut impl FnMut(&Mapping, Context),
) {
    *left = left.saturating_sub(1);
    if *left == 0 || is_alias(text, node) {
        return;
    }
    let context = if node.style == Style::Flow { Context::Flow } else { context };
    match &node.value {
        Value::Mapping(mapping) => {
            visit(mapping, context);
            mapping.iter().for_each(|pair| each_mapping(text, &pair.value, context, left, visit));
        }
        Value::List(items) => items.iter().for_each(|item| each_mapping(text, item, context, left, visit)),
        _ => {}
    }
}

struct Walk<'t> {
    text: &'t str,
    topic: Option<TermKind>,
    found: Vec<Mention>,
    left: usize,
}

impl Walk<'_> {
    fn node(&mut self, node: &Node, depth: usize, context: Context) {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 || is_alias(self.text, node) {
            return;
        }
        let context = if node.style == Style::Flow { Context::Flow } else { context };
        match &node.value {
            Value::Mapping(mapping) => self.mapping(mapping, depth, context),
            Value::List(items) => {
                for item in items.iter() {
                    if !matches!(item.value, Value::List(_) | Value::Mapping(_)) {
                        self.name(item, Role::Declaration, context);
                    }
                    self.node(item, depth + 1, context);
                }
            }
            _ => {}
        }
    }

    fn mapping(&mut self, mapping: &Mapping, depth: usize, context: Context) {
        let role = if self.topic.is_some() { Role::Declaration } else { Role::Use };
        in_term_keys(self.text, mapping, |_| role, &mut self.found);
        for pair in mapping.iter() {
            let key = pair.key.value.as_str().unwrap_or_default();
            if crate::site::terms::term_kind(key).is_some() {
                continue;
            }
            if depth == 0 {
                self.name(&pair.key, Role::Declaration, context);
            }
            match key {
                "name" | "title" => self.name(&pair.value, Role::Declaration, context),
                "slug" => self.name(&pair.value, Role::Slug, context),
                _ => {}
            }
            if matches!(pair.value.value, Value::Mapping(_)) || depth == 0 {
                self.node(&pair.value, depth + 1, context);
            }
        }
    }

    fn name(&mut self, node: &Node, role: Role, context: Context) {
        if let Some(topic) = self.topic {
            self.found.extend(scalar(self.text, node, topic, role, context));
        }
    }
}
