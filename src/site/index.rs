//! The site as one immutable value, with what can be asked of it. A [`Change`] gives a new one that shares all but what
//! changed.

mod change;
mod growing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fields::Fields;
use super::files::Files;
use super::lookup::Lookup;
use super::mentions::Mentions;
use super::order::{AtPath, Before, ByPath, PostsBy};
use super::pace::Pace;
use super::pairs::{Pairs, TermId};
use super::plugins::Gems;
use super::quoting::Quoting;
use super::shared::Shared;
use super::tables::Tables;
use super::templates::Templates;
use super::{
    Field, FieldUse, FileKind, Levels, PostRecord, Settings, Term, TermKind, Together, Vocabulary, paths,
};
use crate::jekyll::Config;

pub use change::Change;
pub use growing::Growing;

/// All that is known of a site. Cheap to clone, and cheap to change: what a change costs depends on the post that
/// it changes, not on how many there are.
#[derive(Clone, Debug, Default)]
pub struct Site {
    root: PathBuf,
    config: Arc<Config>,
    posts: PostsBy<ByPath>,
    tags: Vocabulary,
    categories: Vocabulary,
    pairs: Pairs,
    fields: Fields,
    pace: Pace,
    quoting: Quoting,
    pub(super) lookup: Lookup,
    pub(super) files: Files,
    mentions: Mentions,
    field_lists: Shared<FieldUse>,
    category_lists: Shared<Arc<str>>,
    layouts: Arc<[Arc<str>]>,
    includes: Arc<[Arc<str>]>,
    authors: Arc<[Author]>,
    templates: Templates,
    settings: Arc<Settings>,
    version: u64,
    levels: Arc<Levels>,
    is_on_pages: bool,
    gems: Gems,
    submodules: Arc<[Arc<str>]>,
}

/// An author of `_data/authors.*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The key, which posts name.
    pub key: Arc<str>,
    /// The `name` in its data.
    pub name: Option<Arc<str>>,
}

impl Site {
    /// An empty site at a folder, which is Jekyll's source.
    pub fn new(root: PathBuf, config: Config) -> Self {
        let terms = Vocabulary::new(config.term_page_slugs());
        let (tags, categories) = (terms.clone(), terms);
        Site { root, config: Arc::new(config), tags, categories, ..Site::default() }
    }

    /// The site with a configuration that says the same, though it may stand elsewhere in its file.
    #[must_use]
    pub fn with_config(&self, config: Config) -> Self {
        Site { config: Arc::new(config), ..self.clone() }
    }

    /// Makes this the one that comes after `before`, which it does not descend from: with its configuration, and newer.
    pub fn succeed(&mut self, before: &Site) {
        self.config = before.config.clone();
        self.version = self.version.max(before.version) + 1;
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
        match &self.lookup.tables {
            Some(tables) => tables.at_path(path),
            None => self.posts.get(&AtPath(path)).map(|post| &post.0),
        }
    }

    /// Makes the posts quick to find by path and by URL, for one who asks for as many as the site has. Any change ends
    /// it.
    pub fn hasten(&mut self) {
        self.lookup.tables = Some(Arc::new(Tables::of(&self.lookup.by_url, &self.posts, &self.files)));
    }

    /// All posts, by path: also drafts, documents of collections and files that Jekyll leaves out.
    pub fn posts(&self) -> impl Iterator<Item = &Arc<PostRecord>> {
        self.posts.iter().map(|post| &post.0)
    }

    /// Grows whenever something that the site keeps of a post changes; a change of its body's text alone is none.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The posts whose path begins with `prefix`, by path.
    pub fn posts_from<'s>(&'s self, prefix: &str) -> impl Iterator<Item = &'s Arc<PostRecord>> {
        let from = self.posts.from(&Before(prefix)).map(|post| &post.0);
        from.take_while(move |post| post.path.starts_with(prefix))
    }

    /// The posts whose path begins with `prefix`: those before the place of `path`, which begins with it too, the last of
    /// them first, and those from it on.
    pub fn posts_around<'s>(
        &'s self,
        prefix: &str,
        path: &str,
    ) -> (impl Iterator<Item = &'s Arc<PostRecord>>, impl Iterator<Item = &'s Arc<PostRecord>>) {
        let from = self.posts.from(&Before(path)).map(|post| &post.0);
        let until = self.posts.until(&Before(path)).map(|post| &post.0).rev();
        let below = move |post: &&Arc<PostRecord>| post.path.starts_with(prefix);
        (until.take_while(below), from.take_while(below))
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

    /// The tags or the categories.
    pub fn vocabulary(&self, kind: TermKind) -> &Vocabulary {
        match kind {
            TermKind::Tag => &self.tags,
            TermKind::Category => &self.categories,
        }
    }

    /// The posts of a term, newest first, those without a date last. `take` as many as are wanted.
    pub fn newest<'s>(&'s self, term: &'s Term) -> impl Iterator<Item = &'s Arc<PostRecord>> {
        term.newest()
    }

    /// The files that name a term and are no posts, by path: those that say what it is or use it in their own way,
    /// and documents of collections.
    pub fn naming<'s>(&'s self, kind: TermKind, name: &'s str) -> impl Iterator<Item = &'s Arc<str>> {
        let terms = move |post: &'s PostRecord| match kind {
            TermKind::Tag => &post.tags,
            TermKind::Category => &post.categories,
        };
        // They lie in folders of their own: a workspace symbol asks this for each of a hundred terms.
        let folders = self.config.collections.iter().map(|name| paths::collection_folder(name, &self.config));
        let all = folders.flat_map(|folder| self.posts_from(&folder).collect::<Vec<_>>());
        let documents = all.filter(move |post| {
            matches!(post.kind, FileKind::Collection(_)) && terms(post).iter().any(|term| **term == *name)
        });
        let documents: std::collections::BTreeSet<_> = documents.map(|post| &post.path).collect();
        let mentioned: Vec<_> =
            self.mentions.naming(kind, name).filter(|path| !documents.contains(path)).collect();
        mentioned.into_iter().chain(documents)
    }

    /// The files that name any term and are no posts, whose path begins with `prefix`.
    pub(super) fn mentioning<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = &'s Arc<str>> {
        self.mentions.below(prefix)
    }

    /// The data files in YAML and JSON, by path.
    pub fn data_files(&self) -> Vec<Arc<str>> {
        self.mentions.below(&format!("{}/", self.config.data_dir)).cloned().collect()
    }

    /// How often each term stands in a post with the chosen ones. Costs the number of terms, not of posts: about
    /// 1 µs for each chosen term that stands beside 2,000 others.
    pub fn together<'t>(&self, chosen: impl IntoIterator<Item = &'t Term>) -> Together {
        self.pairs.together(chosen.into_iter().map(|term| term.id))
    }

    /// The name of a term by its id.
    pub fn term_name(&self, id: TermId) -> Option<&Arc<str>> {
        self.pairs.name(id)
    }

    /// The terms of one kind that stand in a post with `term`, with the number of those posts: the `most` that are
    /// the most frequent, the first of them first, equal ones by search key, then by name.
    pub fn used_with(&self, term: &Term, kind: TermKind, most: usize) -> Vec<(&Term, usize)> {
        let beside = self.pairs.most_beside(term.id, kind, most);
        let vocabulary = self.vocabulary(kind);
        let known = beside.into_iter().filter_map(|(name, count)| Some((vocabulary.get(name)?, count)));
        let mut terms: Vec<_> = known.collect();
        terms.sort_unstable_by(|(a, with_a), (b, with_b)| {
            with_b.cmp(with_a).then_with(|| (&a.search_key, &a.name).cmp(&(&b.search_key, &b.name)))
        });
        terms.truncate(most);
        terms
    }

    /// A front matter key that is in use.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.get(key)
    }

    /// All front matter keys in use, in no order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }

    /// How many front matter keys are in use.
    pub fn field_count(&self) -> usize {
        self.fields.count()
    }

    /// The front matter keys of at least [`super::FEWEST_OWN`] posts, by name.
    pub fn own_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.own()
    }

    /// Their names alone.
    pub fn own_keys(&self) -> impl Iterator<Item = &str> {
        self.fields.own_keys()
    }

    /// The names of `_layouts`, without extension. Those in use are the values of the field `layout`.
    pub fn layouts(&self) -> &[Arc<str>] {
        &self.layouts
    }

    /// The names of `_includes`, with extension and folder, in order.
    pub fn includes(&self) -> &[Arc<str>] {
        &self.includes
    }

    /// The include of a name.
    pub fn include(&self, name: &str) -> Option<&Arc<str>> {
        self.includes.get(self.includes.binary_search_by(|own| (**own).cmp(name)).ok()?)
    }

    /// The authors of `_data/authors.*`. Those in use are the values of the fields `author` and `authors`.
    pub fn authors(&self) -> &[Author] {
        &self.authors
    }

    /// Its layouts and includes.
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// What its posts say of their reading times.
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// In which quotes its posts write their lists.
    pub fn quoting(&self) -> &Quoting {
        &self.quoting
    }

    /// What `masthead.toml` says.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// What the editor asks of the rules.
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// Whether GitHub Pages builds it, or a Jekyll 3 all the same.
    pub fn is_on_pages(&self) -> bool {
        self.is_on_pages
    }

    /// What its Gemfiles say of its plugins.
    pub(super) fn gems(&self) -> &Gems {
        &self.gems
    }

    /// The folders of git submodules that are not checked out, relative to the source.
    pub fn submodules(&self) -> &[Arc<str>] {
        &self.submodules
    }
}
