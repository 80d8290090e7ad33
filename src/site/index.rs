//! The site as one immutable value. A change gives a new one that shares all but what changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{PostRecord, Vocabulary};
use crate::jekyll::Config;

/// All that is known of a site.
#[derive(Clone, Debug, Default)]
pub struct Site {
    root: PathBuf,
    config: Arc<Config>,
    posts: imbl::OrdMap<Arc<str>, Arc<PostRecord>>,
    tags: Vocabulary,
    categories: Vocabulary,
    fields: imbl::HashMap<Arc<str>, Field>,
    layouts: Arc<[Arc<str>]>,
    authors: Arc<[Arc<str>]>,
}

/// A front matter key over the whole site.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// How many posts have it.
    pub posts: usize,
    /// The values that are short enough to recur.
    pub values: Vocabulary,
}

/// What can happen to a site.
#[derive(Clone, Debug)]
pub enum Change {
    /// A post is new or has changed.
    Put(PostRecord),
    /// The file at this path is gone.
    Remove(Arc<str>),
    /// The names that `_layouts` offers, without extension.
    Layouts(Vec<Arc<str>>),
    /// The names that `_data/authors.*` offers.
    Authors(Vec<Arc<str>>),
}

impl Site {
    /// An empty site at a folder, which is Jekyll's source.
    pub fn new(root: PathBuf, config: Config) -> Self {
        Site { root, config: Arc::new(config), ..Site::default() }
    }

    /// The site after `changes`, in their order.
    #[must_use]
    pub fn apply(&self, _changes: impl IntoIterator<Item = Change>) -> Site {
        self.clone()
    }

    /// The source folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Its configuration.
    pub fn config(&self) -> &Arc<Config> {
        &self.config
    }

    /// The post at a path relative to the source.
    pub fn post(&self, path: &str) -> Option<&Arc<PostRecord>> {
        self.posts.get(path)
    }

    /// All posts, by path.
    pub fn posts(&self) -> impl Iterator<Item = &Arc<PostRecord>> {
        self.posts.values()
    }

    /// How many posts there are.
    pub fn post_count(&self) -> usize {
        self.posts.len()
    }

    /// The tags in use.
    pub fn tags(&self) -> &Vocabulary {
        &self.tags
    }

    /// The categories in use.
    pub fn categories(&self) -> &Vocabulary {
        &self.categories
    }

    /// A front matter key that is in use.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.get(key)
    }

    /// All front matter keys in use.
    pub fn fields(&self) -> impl Iterator<Item = (&Arc<str>, &Field)> {
        self.fields.iter()
    }

    /// The names of `_layouts`, without extension.
    pub fn layouts(&self) -> &[Arc<str>] {
        &self.layouts
    }

    /// The names of `_data/authors.*`.
    pub fn authors(&self) -> &[Arc<str>] {
        &self.authors
    }
}
