//! What can happen to a site, and how it goes into all that is counted over its posts.

use std::sync::Arc;

use super::{Author, Site};
use crate::limits::MAX_PAIRED_TERMS;
use crate::site::files::Page;
use crate::site::order::{AtPath, Ordered};
use crate::site::pairs::TermId;
use crate::site::plugins::Gems;
use crate::site::templates::Templates;
use crate::site::{AnchorSet, Dated, Levels, PostRecord, Settings, TermKind, Vocabulary};

/// What can happen to a site.
#[derive(Clone, Debug)]
pub enum Change {
    /// A post is new or has changed.
    Put(PostRecord),
    /// A file that can be linked to and is no post is there or has changed; the page that it is.
    File(Arc<str>, Option<Page>),
    /// What the anchors of the post at this path are.
    Anchors(Arc<str>, AnchorSet),
    /// The file at this path is gone, or the folder with all that is below it.
    Remove(Arc<str>),
    /// The names that `_layouts` offers, without extension.
    Layouts(Vec<Arc<str>>),
    /// The names that `_includes` offers, with extension.
    Includes(Vec<Arc<str>>),
    /// The authors of `_data/authors.*`.
    Authors(Vec<Author>),
    /// The layouts and includes.
    Templates(Templates),
    /// What `masthead.toml` says.
    Settings(Box<Settings>),
    /// Whether it is built as GitHub Pages builds it: [`crate::site::pages`].
    Pages(bool),
    /// What its Gemfiles say of its plugins.
    Gems(Gems),
    /// The folders of git submodules that are not checked out: [`crate::site::elsewhere`].
    Submodules(Vec<Arc<str>>),
    /// What the editor asks of the rules.
    Levels(Arc<Levels>),
    /// The tags and categories that a file names which is no post: [`crate::site::mentions::names`]. A data file is known
    /// by it, whatever it names.
    Mentions(Arc<str>, Vec<(TermKind, Arc<str>)>),
}

/// Changes the site itself, in their order. What no snapshot shares is changed where it lies, so a site that is being
/// read costs no copies.
impl Extend<Change> for Site {
    fn extend<I: IntoIterator<Item = Change>>(&mut self, changes: I) {
        changes.into_iter().for_each(|change| self.change(change));
    }
}

impl Site {
    /// The site after `changes`, in their order.
    #[must_use]
    pub fn apply(&self, changes: impl IntoIterator<Item = Change>) -> Site {
        let mut site = self.clone();
        site.extend(changes);
        site
    }

    fn change(&mut self, change: Change) {
        self.lookup.tables = None;
        match change {
            Change::Put(record) => {
                self.files.remove(&record.path);
                self.put(record);
            }
            Change::File(path, page) => {
                self.remove_post(&path);
                self.files.put(path, page);
            }
            Change::Anchors(path, anchors) => self.put_anchors(&path, anchors),
            Change::Remove(path) => self.remove(&path),
            Change::Mentions(path, names) => {
                let is_data =
                    path.strip_prefix(&*self.config.data_dir).is_some_and(|rest| rest.starts_with('/'));
                self.mentions.put(path, names, is_data);
            }
            Change::Layouts(names) => self.layouts = names.into(),
            Change::Includes(mut names) => {
                names.sort_unstable();
                self.includes = names.into();
            }
            Change::Authors(authors) => self.authors = authors.into(),
            Change::Templates(templates) => self.templates = templates,
            Change::Settings(settings) => self.settings = Arc::from(settings),
            Change::Pages(is_on_pages) => self.is_on_pages = is_on_pages,
            Change::Gems(gems) => self.gems = gems,
            Change::Submodules(folders) => self.submodules = folders.into(),
            Change::Levels(levels) => self.levels = levels,
        }
    }

    fn put(&mut self, mut record: PostRecord) {
        let old = self.post(&record.path).cloned();
        if old.as_ref().is_some_and(|old| **old == record) {
            return;
        }
        self.intern_tags(&mut record);
        self.intern(&mut record, old.as_deref());
        let new = Arc::new(record);
        self.replace(old.as_ref(), Some(&new));
        self.posts.insert(Ordered::new(&new));
    }

    /// Nothing else of the post changes by it, so nobody has to hear of a new version.
    fn put_anchors(&mut self, path: &str, anchors: AnchorSet) {
        let Some(known) = self.post(path) else { return };
        let (record, version) = (PostRecord { anchors, ..PostRecord::clone(known) }, self.version);
        self.put(record);
        self.version = version;
    }

    fn remove(&mut self, path: &Arc<str>) {
        self.mentions.remove(path);
        let folder = format!("{path}/");
        let mut gone: Vec<Arc<str>> = self.posts_from(&folder).map(|post| post.path.clone()).collect();
        gone.push(path.clone());
        gone.iter().for_each(|path| self.remove_post(path));
        self.files.remove(path);
        self.files.remove_below(&folder);
    }

    fn remove_post(&mut self, path: &str) {
        if let Some(old) = self.posts.remove(&AtPath(path)) {
            self.replace(Some(&old.0), None);
        }
    }

    pub(super) fn intern_tags(&self, record: &mut PostRecord) {
        record.tags = record.tags.iter().map(|name| self.tags.intern(name)).collect();
    }

    /// Makes a record share its other strings and lists with the posts that are here, and its path with the one before it.
    pub(super) fn intern(&mut self, record: &mut PostRecord, old: Option<&PostRecord>) {
        // What stays is copied, out of what lay beside it while the post was read and is gone by then: the pieces that
        // are left between would be too small for most. Paths lie beside each other, as the folders were walked.
        if let Some(old) = old {
            record.path = old.path.clone();
        }
        record.title = Arc::from(&*record.title);
        record.url = record.url.as_deref().map(Arc::from);
        record.categories = self.category_lists.take(&record.categories, |name| self.categories.intern(name));
        record.fields = self.field_lists.take(&record.fields, |entry| self.fields.intern(entry));
    }

    /// A post was `old` and is `new`: mends everything that is counted over all posts.
    fn replace(&mut self, was: Option<&Arc<PostRecord>>, is: Option<&Arc<PostRecord>>) {
        self.version += 1;
        self.lookup.replace(was, is);
        self.fields.replace(was.map_or(&[], |post| &post.fields), is.map_or(&[], |post| &post.fields));
        self.pace.replace(was.and_then(|post| post.pace), is.and_then(|post| post.pace));
        self.quoting.replace(was.map(|post| post.quotes), is.map(|post| post.quotes));
        self.replace_terms(was, is);
        if let Some(post) = was {
            self.field_lists.give_back(&post.fields);
            self.category_lists.give_back(&post.categories);
        }
    }

    fn replace_terms(&mut self, old: Option<&Arc<PostRecord>>, new: Option<&Arc<PostRecord>>) {
        let (was, is) = (terms_of(old), terms_of(new));
        let (old, new) = (old.cloned().map(Dated), new.cloned().map(Dated));
        let old_ids = self.ids(&was);
        let mut closed = Vec::new();
        let added = new.iter().flat_map(|post| is.iter().map(move |term| (*term, post)));
        let mut new_ids: Vec<TermId> = added.map(|(term, post)| self.add_term(term, post)).collect();
        new_ids.truncate(MAX_PAIRED_TERMS);
        for term in was.iter().filter(|term| old != new || !is.contains(term)) {
            closed.extend(old.iter().filter_map(|post| self.terms_mut(term.0).remove(term.1, post)));
        }
        if was != is {
            self.pairs.replace(&old_ids, &new_ids);
        }
        closed.into_iter().for_each(|id| self.pairs.close(id));
    }

    fn ids(&self, terms: &[(TermKind, &Arc<str>)]) -> Vec<TermId> {
        let known = terms.iter().filter_map(|(kind, name)| Some(self.vocabulary(*kind).get(name)?.id));
        known.take(MAX_PAIRED_TERMS).collect()
    }

    fn terms_mut(&mut self, kind: TermKind) -> &mut Vocabulary {
        match kind {
            TermKind::Tag => &mut self.tags,
            TermKind::Category => &mut self.categories,
        }
    }

    fn add_term(&mut self, (kind, name): (TermKind, &Arc<str>), post: &Dated) -> TermId {
        let (_, id) = self.open_term(kind, name);
        self.terms_mut(kind).add(name, [post.clone()]);
        id
    }

    /// The shared name of a term and its number. It is to be given a post before anybody looks.
    pub(super) fn open_term(&mut self, kind: TermKind, name: &Arc<str>) -> (Arc<str>, TermId) {
        let Site { tags, categories, pairs, .. } = self;
        let terms = if kind == TermKind::Tag { tags } else { categories };
        terms.open(name, || pairs.open(kind, name))
    }
}

fn terms_of(post: Option<&Arc<PostRecord>>) -> Vec<(TermKind, &Arc<str>)> {
    let Some(post) = post.filter(|post| post.has_terms()) else { return Vec::new() };
    let tags = post.tags.iter().map(|name| (TermKind::Tag, name));
    tags.chain(post.categories.iter().map(|name| (TermKind::Category, name))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::jekyll::Config;
    use crate::post::front_matter::tree::Quote;
    use crate::site::{FileKind, Growing};

    fn post(path: &str, date: i64, tags: &[&str], categories: &[&str]) -> PostRecord {
        let shared = |names: &[&str]| names.iter().map(|name| Arc::from(*name)).collect();
        PostRecord {
            date: Timestamp::from_second(date).ok(),
            title: path.into(),
            url: Some(format!("/{date}").into()),
            tags: shared(tags),
            categories: shared(categories),
            fields: [(Arc::from("layout"), Some(Arc::from("post"))), ("tags".into(), None)].into(),
            ..PostRecord::dropped(path, FileKind::Post)
        }
    }

    fn site(posts: impl IntoIterator<Item = PostRecord>) -> Site {
        Site::new(PathBuf::new(), Config::default()).apply(posts.into_iter().map(Change::Put))
    }

    /// Every answer of a site, in one comparable and printable value.
    fn answers(site: &Site) -> Vec<String> {
        let mut all = Vec::new();
        for kind in [TermKind::Tag, TermKind::Category] {
            let mut sets: Vec<Vec<_>> = Vec::new();
            for set in site.vocabulary(kind).alike_sets() {
                sets.push(set.iter().map(|term| &*term.name).collect());
                sets.iter_mut().for_each(|set| set.sort_unstable());
            }
            sets.sort_unstable();
            all.push(format!("{sets:?}"));
            let any = memchr::memmem::Finder::new("");
            let mut candidates: Vec<_> = site.vocabulary(kind).candidates(&any).collect();
            candidates.sort_unstable_by_key(|it| site.term_name(it.id));
            for it in candidates {
                let term = site.vocabulary(kind).get(site.term_name(it.id).unwrap()).unwrap();
                assert_eq!((it.id, it.search_key, it.count), (term.id, &*term.search_key, term.count()));
                all.push(term.name.to_string());
            }
            for term in site.vocabulary(kind).ranked() {
                let posts: Vec<_> = site.newest(term).map(|post| &*post.path).collect();
                let use_ = (term.first_use(), term.last_use());
                all.push(format!("{kind:?} {} {} {posts:?} {use_:?}", term.name, term.search_key));
                for other in [TermKind::Tag, TermKind::Category] {
                    let together = site.together([term]);
                    let used_with = |most| -> Vec<_> {
                        site.used_with(term, other, most).into_iter().map(|it| (it.0.id, it.1)).collect()
                    };
                    let all_with = used_with(usize::MAX);
                    (0..4).for_each(|most| assert_eq!(used_with(most), all_with[..most.min(all_with.len())]));
                    for (with, count) in site.used_with(term, other, usize::MAX) {
                        assert_eq!(together.count(with.id), count);
                        all.push(format!("{} + {} = {count}", term.name, with.name));
                    }
                }
            }
        }
        let fields: BTreeMap<_, _> =
            site.fields().map(|field| (&field.name, (field.posts, field.values.ranked()))).collect();
        all.push(format!("{fields:?} {:?} {:?}", site.pace(), site.quoting()));
        for post in site.posts() {
            let at = |url| site.at_url(url).map(|post| &post.path).collect::<Vec<_>>();
            let slug = post.slug.as_deref().or(crate::site::paths::name_slug(&post.path)).unwrap_or_default();
            let same_slug: Vec<_> = site.with_slug(slug).map(|post| &post.path).collect();
            let alike = post.summaries[0].map(|hash| site.with_summary(hash).collect::<Vec<_>>());
            all.push(format!("{post:?} {:?} {same_slug:?} {alike:?}", post.url.as_deref().map(at)));
        }
        all
    }

    #[test]
    fn terms_know_their_posts_and_companions() {
        let site = site([
            post("_posts/2024-01-01-a.md", 1, &["Rust", "LSP"], &["tech"]),
            post("_posts/2024-01-02-b.md", 2, &["Rust", "LSP", "生成AI"], &["tech"]),
            post("_drafts/c.md", 3, &["Rust", "生成AI"], &[]),
        ]);
        let rust = site.tags().get("Rust").unwrap();
        assert_eq!(rust.count(), 3);
        assert_eq!(site.newest(rust).next().unwrap().path.as_ref(), "_drafts/c.md");
        for most in 0..4 {
            let with = site.used_with(rust, TermKind::Tag, most);
            let with: Vec<_> = with.iter().map(|(term, count)| (&*term.name, *count)).collect();
            assert_eq!(with, [("LSP", 2), ("生成AI", 2)][..most.min(2)]);
        }
        let tech = site.categories().get("tech").unwrap();
        assert_eq!(site.together([rust, tech]).count(site.tags().get("LSP").unwrap().id), 4);
        assert_eq!(site.field("layout").unwrap().values.count("post"), 3);
    }

    #[test]
    fn of_very_many_terms_only_the_first_are_counted_in_pairs() {
        let names: Vec<String> = (0..MAX_PAIRED_TERMS + 3).map(|n| format!("t{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let many = post("_posts/2024-01-01-a.md", 1, &names, &["c"]);
        let mut growing = Growing::new(Site::default());
        growing.take([Change::Put(many.clone())]);
        let together = |site: &Site, name| {
            let term = site.tags().get(name).unwrap();
            site.used_with(term, TermKind::Tag, usize::MAX).len()
        };
        for site in [growing.into_site(), site([many])] {
            let counts = ["t0", "t63", "t64"].map(|name| together(&site, name));
            assert_eq!(counts, [MAX_PAIRED_TERMS - 1, MAX_PAIRED_TERMS - 1, 0]);
        }
    }

    #[test]
    fn a_folder_goes_with_all_that_is_below_it() {
        let paths = ["_posts/a/2024-01-01-x.md", "_posts/a/b/2024-01-01-y.md", "_posts/ab/2024-01-01-z.md"];
        let site = site(paths.map(|path| post(path, 1, &["t"], &[])));
        let after = site.apply([Change::Remove("_posts/a".into())]);
        assert_eq!(after.posts().map(|post| &*post.path).collect::<Vec<_>>(), ["_posts/ab/2024-01-01-z.md"]);
        assert_eq!((site.post_count(), after.tags().get("t").unwrap().count()), (3, 1));
    }

    fn any_record() -> impl Strategy<Value = PostRecord> {
        let names = |pool: &'static [&'static str]| proptest::sample::subsequence(pool, 0..=pool.len());
        let kind = prop_oneof![3 => Just(FileKind::Post), 1 => Just(FileKind::Draft), 1 => Just(FileKind::BadPostName)];
        let tags = names(&["AI", "ai", "生成AI", "Rust", "Web"]);
        let values = proptest::sample::select(vec![None, Some("post"), Some("page")]);
        let slug = proptest::option::of(proptest::sample::select(vec!["x", "y"]));
        (0..8, 0..4i64, tags, names(&["tech", "AI"]), values, slug, kind).prop_map(
            |(path, date, tags, categories, layout, slug, kind)| PostRecord {
                kind,
                slug: slug.map(Arc::from),
                summaries: [(date > 1).then_some(std::num::NonZeroU64::MIN), None],
                pace: (date > 2).then_some((path % 2) as i16),
                quotes: [Quote::Plain, Quote::Double].map(|quote| (date > 1).then_some(quote)),
                fields: [("layout".into(), layout.map(Arc::from)), ("author".into(), None)].into(),
                ..post(&format!("_posts/{}/2024-01-0{path}-x.md", path % 2), date, &tags, &categories)
            },
        )
    }

    fn any_change() -> impl Strategy<Value = Change> {
        let path = prop_oneof![
            (0..8).prop_map(|path| format!("_posts/{}/2024-01-0{path}-x.md", path % 2)),
            (0..3).prop_map(|folder| format!("_posts/{folder}")),
        ];
        prop_oneof![
            3 => any_record().prop_map(Change::Put),
            1 => path.prop_map(|path| Change::Remove(path.into())),
        ]
    }

    proptest! {
        #[test]
        fn any_order_of_changes_equals_a_fresh_read(changes in prop::collection::vec(any_change(), 0..40)) {
            let mut changed = Site::default();
            let mut left: BTreeMap<Arc<str>, PostRecord> = BTreeMap::new();
            for change in changes {
                let before = (changed.clone(), answers(&changed));
                match &change {
                    Change::Put(record) => drop(left.insert(record.path.clone(), record.clone())),
                    Change::Remove(gone) => left.retain(|path, _| path != gone && !path.starts_with(&format!("{gone}/"))),
                    _ => {}
                }
                changed = changed.apply([change]);
                prop_assert_eq!(answers(&before.0), before.1);
            }
            prop_assert_eq!(answers(&changed), answers(&site(left.into_values())));
        }

        #[test]
        fn posts_that_are_taken_together_are_there_as_if_they_had_come_one_by_one(
            known in prop::collection::vec(any_record(), 0..5),
            read in prop::collection::vec((any_record(), any::<bool>()), 0..20),
        ) {
            let mut one_by_one = site(known);
            let (mut growing, mut taken) = (Growing::new(one_by_one.clone()), Vec::new());
            for (record, is_asked) in read {
                if is_asked || taken.contains(&record.path) {
                    let seen = growing.settle().clone();
                    prop_assert_eq!(answers(&seen), answers(&one_by_one));
                    taken.clear();
                }
                taken.push(record.path.clone());
                one_by_one.extend([Change::Put(record.clone())]);
                growing.take([Change::Put(record)]);
            }
            prop_assert_eq!(answers(&growing.into_site()), answers(&one_by_one));
        }
    }
}
