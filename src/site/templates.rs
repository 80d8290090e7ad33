//! The layouts and includes of a site: which files they are, and the anchors that any page can have of them.

use std::sync::Arc;

use crate::post::links::html::{Attribute, attributes};

/// What is known of them. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    paths: Arc<[Arc<str>]>,
    ids: Arc<[Arc<str>]>,
    /// What stands before the Liquid in an id that is made: `comment-` of `comment-{{ id }}`.
    prefixes: Arc<[Arc<str>]>,
}

impl Templates {
    /// Those at these paths, relative to the site's source, with these texts.
    pub fn of<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let (mut paths, mut ids, mut prefixes) = (Vec::new(), Vec::new(), Vec::new());
        for (path, text) in files {
            paths.push(path);
            for attribute in attributes(text, 0) {
                let Attribute::Anchor(span) = attribute else { continue };
                let id = span.of(text);
                match id.find("{{").or_else(|| id.find("{%")) {
                    None => ids.push(id),
                    Some(at) if at > 1 => prefixes.push(&id[..at]),
                    Some(_) => {}
                }
            }
        }
        let shared = |mut all: Vec<&str>| -> Arc<[Arc<str>]> {
            all.sort_unstable();
            all.dedup();
            all.into_iter().map(Arc::from).collect()
        };
        Templates { paths: shared(paths), ids: shared(ids), prefixes: shared(prefixes) }
    }

    /// Their paths, in order.
    pub fn paths(&self) -> &[Arc<str>] {
        &self.paths
    }

    /// Whether there is one at a path.
    pub fn has(&self, path: &str) -> bool {
        self.paths.binary_search_by(|own| (**own).cmp(path)).is_ok()
    }

    /// Whether one of them may set an anchor.
    pub fn may_set(&self, id: &str) -> bool {
        self.ids.binary_search_by(|own| (**own).cmp(id)).is_ok()
            || self.prefixes.iter().any(|prefix| id.starts_with(&**prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_layouts_set() {
        let files = [("b", "<div id=\"main\"><a name='x'>"), ("a", "<p id=\"c-{{ x }}\"><p id='{{ y }}'>")];
        let templates = Templates::of(files);
        assert!(["main", "x", "c-7"].iter().all(|id| templates.may_set(id)));
        assert!(["mai", "c", ""].iter().all(|id| !templates.may_set(id)));
        assert!(templates.has("a") && !templates.has("c"));
    }
}
