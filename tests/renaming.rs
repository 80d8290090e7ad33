//! The law of a rename over whole sites: read from the disk, renamed, merged or removed, written, and read afresh. Every file
//! reads as before but for that term, the counts are the expected ones, only bytes of values of terms differ, and undo
//! gives them back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use masthead::features::Snapshot;
use masthead::features::files::SiteEdit;
use masthead::features::terms::{remove, rename};
use masthead::jekyll::{Clock, Status, reading};
use masthead::post::Post;
use masthead::post::front_matter::tree::Quote;
use masthead::post::front_matter::write::{Context, write, write_value};
use masthead::post::front_matter::{Mapping, Value};
use masthead::site::{FileKind, Site, TermKind, Vocabulary, paths, scan};
use masthead::text::TextEdit;
use masthead::text::edit::apply;
use proptest::prelude::*;

/// Terms as an author has them, typed ones and near-duplicates among them.
const NAMES: &[&str] = &[
    "AI",
    "ai",
    "生成AI",
    "サーバー",
    "ｻｰﾊﾞｰ",
    "Machine Learning",
    "C#",
    "2024",
    "1.10",
    "true",
    "it's",
    "a: b",
    "😀",
];

/// New names that no post has.
const FRESH: &[&str] = &["機械学習", "yes", "2025", "x, y", "#1", "two words", "[b]"];

type Files = BTreeMap<String, String>;

#[derive(Clone, Copy, Debug)]
enum Spelling {
    Flow,
    Nested,
    Block,
    Words,
    Singular,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Post,
    Future,
    Draft,
    Broken,
}

#[derive(Clone, Debug)]
struct Written {
    kind: Kind,
    spelling: Spelling,
    category: bool,
    terms: Vec<(usize, Quote)>,
    comment: bool,
    crlf: bool,
    bom: bool,
    /// A term that stands where it is none: in a title, in another key, in the body.
    elsewhere: usize,
}

fn written() -> impl Strategy<Value = Written> {
    let kinds = [Kind::Post, Kind::Post, Kind::Post, Kind::Future, Kind::Draft, Kind::Broken];
    let spellings = [Spelling::Flow, Spelling::Nested, Spelling::Block, Spelling::Words, Spelling::Singular];
    let quotes = [Quote::Plain, Quote::Plain, Quote::Single, Quote::Double];
    let terms = prop::collection::vec((0..NAMES.len(), prop::sample::select(quotes.to_vec())), 1..5);
    let flags = any::<(bool, bool, bool, bool)>();
    let (kind, spelling) = (prop::sample::select(kinds.to_vec()), prop::sample::select(spellings.to_vec()));
    (kind, spelling, terms, flags, 0..NAMES.len()).prop_map(
        |(kind, spelling, terms, (category, comment, crlf, bom), elsewhere)| Written {
            kind,
            spelling,
            category,
            terms,
            comment,
            crlf,
            bom,
            elsewhere,
        },
    )
}

impl Written {
    fn path(&self, at: usize) -> String {
        match self.kind {
            Kind::Post | Kind::Broken => format!("_posts/2024-01-{:02}-記事.md", at + 1),
            Kind::Future => format!("_posts/2099-01-{:02}-先.md", at + 1),
            Kind::Draft => format!("_drafts/草稿-{at}.md"),
        }
    }

    fn text(&self) -> String {
        let (plural, singular) = if self.category { ("categories", "category") } else { ("tags", "tag") };
        let comment = if self.comment { " # AI, ai" } else { "" };
        // A plain number stays one: it is a typed term.
        let one = |context| {
            move |(name, quote): &(usize, Quote)| match quote {
                Quote::Plain => write_value(NAMES[*name], context, Quote::Plain),
                quote => write(NAMES[*name], context, *quote),
            }
        };
        let flow: Vec<String> = self.terms.iter().map(one(Context::Flow)).collect();
        let value = match self.spelling {
            // Of a list in a list of categories Jekyll makes a category more, which is that list's text.
            Spelling::Nested if !self.category => {
                format!("{plural}: [{}, [{}]]{comment}\n", flow[0], flow[1..].join(", "))
            }
            Spelling::Flow | Spelling::Nested => format!("{plural}: [{}]{comment}\n", flow.join(", ")),
            Spelling::Block => {
                let lines = self.terms.iter().map(one(Context::Block));
                let lines = lines.map(|item| format!("  - {item}{comment}\n"));
                format!("{plural}:\n{}", lines.collect::<String>())
            }
            Spelling::Words => {
                let words: Vec<&str> = self.terms.iter().map(|term| NAMES[term.0]).collect();
                format!("{plural}: {}{comment}\n", write(&words.join(" "), Context::Block, self.terms[0].1))
            }
            Spelling::Singular => format!("{singular}: {}{comment}\n", one(Context::Block)(&self.terms[0])),
        };
        let other = write(NAMES[self.elsewhere], Context::Flow, Quote::Double);
        let broken = if matches!(self.kind, Kind::Broken) { "title: \"開いた\n" } else { "" };
        let text = format!(
            "---\nauthor: {other}\n{value}# {}\nseries: [{other}]\n{broken}---\n{other} と tags: [{other}]\n",
            NAMES[self.elsewhere]
        );
        let text = if self.crlf { text.replace('\n', "\r\n") } else { text };
        if self.bom { format!("\u{feff}{text}") } else { text }
    }
}

fn clock() -> Clock {
    Clock::utc("2026-01-01T00:00:00Z".parse().unwrap())
}

fn site_of(files: &Files, folder: &Path) -> Site {
    for (path, text) in files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let (config, error) = scan::config(folder);
    assert!(error.is_none(), "{}", error.map(|error| error.message).unwrap_or_default());
    let mut site = Site::new(folder.to_owned(), config);
    let config = site.config().clone();
    scan::scan(folder, &config, &clock(), |step| site = site.apply(step.changes));
    site
}

fn counts(vocabulary: &Vocabulary) -> BTreeMap<String, BTreeSet<String>> {
    let paths = |term: &masthead::site::Term| term.posts.iter().map(|post| post.path.to_string()).collect();
    vocabulary.iter().map(|term| (term.name.to_string(), paths(term))).collect()
}

/// A value without its places and spellings.
fn shape(value: &Value) -> String {
    match value {
        Value::List(items) => {
            let items = items.iter().map(|item| shape(&item.value));
            format!("[{}]", items.collect::<Vec<_>>().join("|"))
        }
        Value::Mapping(mapping) => format!("{{{}}}", shape_of(mapping, |_| true)),
        other => format!("{other:?}"),
    }
}

fn shape_of(mapping: &Mapping, counts: impl Fn(&str) -> bool) -> String {
    let pairs = mapping.iter().filter(|pair| counts(&pair.key.value.display()));
    let pairs = pairs.map(|pair| format!("{}: {}", shape(&pair.key.value), shape(&pair.value.value)));
    pairs.collect::<Vec<_>>().join("\n")
}

fn is_of_terms(key: &str) -> bool {
    ["tag", "tags", "category", "categories"].contains(&key)
}

/// What a post says, but for the terms of one kind.
fn rest(post: &Post, path: &str, site: &Site, kind: TermKind) -> String {
    let read = reading::read(post, path, site.config(), &clock());
    let terms = match kind {
        TermKind::Tag => &read.categories,
        TermKind::Category => &read.tags,
    };
    let terms: Vec<String> = terms.iter().map(|item| shape(&item.value)).collect();
    let own = shape_of(&post.front_matter.values, |key| !is_of_terms(key));
    // A category is a part of the URL.
    let url = if kind == TermKind::Tag { read.url.unwrap_or_default() } else { String::new() };
    let (title, body) = (read.title.display(), &post.text[post.front_matter.fence.body_start..]);
    format!("{title}\n{:?}\n{:?}\n{url}\n{terms:?}\n{own}\n{body}", read.status, read.date)
}

/// The edits that take others back.
fn inverse(text: &str, edits: &[TextEdit]) -> Vec<TextEdit> {
    let mut shift = 0_isize;
    let one = |edit: &TextEdit| {
        let start = usize::try_from(isize::try_from(edit.span.start).unwrap() + shift).unwrap();
        let span = masthead::text::Span::new(start, start + edit.new_text.len());
        shift += isize::try_from(edit.new_text.len()).unwrap() - isize::try_from(edit.span.len()).unwrap();
        TextEdit::replace(span, edit.span.of(text))
    };
    edits.iter().map(one).collect()
}

fn edit_of(site: &Site, files: &Files, kind: TermKind, old: &str, new: Option<&str>) -> SiteEdit {
    let (path, text) = files.iter().next().unwrap();
    let snapshot = Snapshot {
        post: Arc::new(Post::parse(text.as_str())),
        path: path.as_str().into(),
        kind: paths::classify(path, site.config()),
        site: Arc::new(site.clone()),
        clock: clock(),
    };
    let texts = |path: &str| files.get(path).map(|text| Arc::from(text.as_str()));
    match new {
        Some(new) => rename(&snapshot, &texts, kind, old, new).unwrap(),
        None => remove(&snapshot, &texts, kind, old),
    }
}

/// The files that are there in any case: defaults, the page of a tag, data.
fn fixed() -> Files {
    let files = [
        (
            "_config.yml",
            "title: 題\ndefaults:\n  - scope: {path: \"_drafts\"}\n    values: {tags: [AI, 試作]} # AI\n",
        ),
        ("tags/ai.md", "---\nlayout: tag\ntag: AI # AI\n---\n"),
        ("_data/tags.yml", "AI:\n  name: AI\nサーバー: {color: red}\n"),
    ];
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

fn check(posts: &[Written], category: bool, old: prop::sample::Index, new: usize) {
    let kind = if category { TermKind::Category } else { TermKind::Tag };
    let mut before = fixed();
    before.extend(posts.iter().enumerate().map(|(at, post)| (post.path(at), post.text())));
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let site = site_of(&before, folders[0].path());
    let used = counts(site.vocabulary(kind));
    if used.is_empty() {
        return;
    }
    let old = used.keys().nth(old.index(used.len())).unwrap().clone();
    let new = NAMES.iter().chain(FRESH).nth(new).copied();
    if Some(&*old) == new {
        return;
    }
    let edit = edit_of(&site, &before, kind, &old, new);
    let asks = new.is_none_or(|new| used.contains_key(new));
    assert_eq!(edit.confirm.is_some(), asks, "asks before a merge and a removal, and only then");

    let mut after = before.clone();
    for file in &edit.files {
        let text = &before[&*file.path];
        assert_eq!(&*file.text, text, "the edits are of the file as it is");
        assert!(file.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{:?}", file.edits);
        let edited = apply(text, &file.edits);
        assert_eq!(&apply(&edited, &inverse(text, &file.edits)), text, "undo");
        if let Some((_, own)) = after.get_key_value(&*file.path).filter(|_| file.path.starts_with('_')) {
            let post = Post::parse(own.as_str());
            let fence = post.front_matter.fence.content;
            let entries = &post.tree().entries;
            let inside = |edit: &TextEdit| {
                let mut of_terms = entries.iter().filter(|entry| is_of_terms(entry.key_text(text)));
                of_terms.any(|entry| entry.span.encloses(edit.span)) && fence.encloses(edit.span)
            };
            let is_post = file.path.starts_with("_posts") || file.path.starts_with("_drafts");
            assert!(!is_post || file.edits.iter().all(inside), "{}: {:?}", file.path, file.edits);
        }
        after.insert(file.path.to_string(), edited);
    }
    let renamed = site_of(&after, folders[1].path());

    let left: BTreeSet<&str> = edit.left.iter().map(|left| &*left.path).collect();
    for (path, text) in
        before.iter().filter(|(path, _)| path.starts_with("_posts") || path.starts_with("_drafts"))
    {
        let (was, is) = (Post::parse(text.as_str()), Post::parse(after[path].as_str()));
        assert_eq!(
            rest(&was, path, &site, kind),
            rest(&is, path, &renamed, kind),
            "{path}\n{text}\n{}",
            after[path]
        );
        let is_healthy = site.post(path).unwrap().status != Status::Broken;
        assert!(!is_healthy || !left.contains(path.as_str()), "{path} is left\n{text}");
    }

    let mut expected = used.clone();
    let moved: BTreeSet<String> =
        expected.remove(&old).unwrap().into_iter().filter(|path| !left.contains(path.as_str())).collect();
    let stays: BTreeSet<String> =
        used[&old].iter().filter(|path| left.contains(path.as_str())).cloned().collect();
    if !stays.is_empty() {
        expected.insert(old.clone(), stays);
    }
    if let Some(new) = new.filter(|_| !moved.is_empty()) {
        expected.entry(new.to_owned()).or_default().extend(moved);
    }
    assert_eq!(counts(renamed.vocabulary(kind)), expected, "`{old}` to {new:?}: the counts");
    let others = if category { TermKind::Tag } else { TermKind::Category };
    assert_eq!(counts(renamed.vocabulary(others)), counts(site.vocabulary(others)), "the other kind");
    for (path, text) in &before {
        if matches!(paths::classify(path, site.config()), FileKind::Config | FileKind::Data | FileKind::Page)
        {
            assert!(kind == TermKind::Tag || after[path] == *text, "{path} names no category");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rename_changes_one_term_and_nothing_else(
        posts in prop::collection::vec(written(), 1..9),
        category in any::<bool>(),
        old in any::<prop::sample::Index>(),
        // Beyond them is none: the term goes.
        new in 0..NAMES.len() + FRESH.len() + 4,
    ) {
        check(&posts, category, old, new);
    }
}
