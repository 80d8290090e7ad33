//! What holds for any text whatever.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use masthead::features::{
    Snapshot, code_action, completion, diagnostics, folding, hover, inlay_hints, symbols,
};
use masthead::jekyll::{Clock, Config};
use masthead::post::Post;
use masthead::post::front_matter::{Load, Value};
use masthead::rules::mend::mend;
use masthead::rules::{self, Input, Leads};
use masthead::site::{Change, FileKind, PostRecord, Site, paths, settings};
use masthead::text::edit::apply;
use masthead::text::{Document, LineIndex, Position, PositionEncoding, Range, Span, TextEdit};

use super::mutate::{Dice, boundary};

const ENCODINGS: [PositionEncoding; 3] =
    [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32];

/// A file's place in the site, by chance: a law holds for each kind.
const PATHS: &[&str] = &[
    "_posts/2024-01-15-post.md",
    "_posts/2024-01-15-a.md",
    "_drafts/idea.md",
    "_posts/nodate.md",
    "about.html",
    "_layouts/x.html",
];

pub(crate) struct Laws {
    site: Arc<Site>,
    clock: Clock,
}

impl Laws {
    pub(crate) fn new() -> Self {
        let clock = Clock { now: Timestamp::from_second(1_767_225_600).unwrap(), zone: TimeZone::UTC };
        let config =
            Config::parse("timezone: Asia/Tokyo\ndefaults: [{scope: {path: ''}, values: {layout: post}}]\n")
                .unwrap();
        let post = |name: &str, text: &str| {
            let path = format!("_posts/{name}.md");
            Change::Put(PostRecord::new(&Post::parse(text), &path, FileKind::Post, &config, &clock))
        };
        let changes = vec![
            post("2024-01-01-a", "---\ntitle: 一\ntags: [AI, 生成AI, \"季節: 春\"]\ncategories: 日記\n---\n"),
            post("2024-01-02-b", "---\ntitle: B\ntags: [ai, ｻｰﾊﾞｰ]\nauthor: 編集部\npermalink: /x/\n---\n"),
            Change::Layouts(vec!["post".into()]),
        ];
        let site = Arc::new(Site::new(PathBuf::from("/site"), config.clone()).apply(changes));
        Laws { site, clock }
    }

    /// Panics where a law is broken.
    pub(crate) fn hold(&self, text: &str, dice: &mut Dice) {
        assert!(Config::parse(text).is_ok() || Config::parse(text).is_err());
        settings::parse(text);
        yaml_alone(text);
        let path = *dice.pick(PATHS);
        let kind = paths::classify(path, self.site.config());
        let post = Arc::new(Post::parse(text));
        form(&post);
        let record = PostRecord::new(&post, path, kind.clone(), self.site.config(), &self.clock);
        let site = Arc::new(self.site.apply([Change::Put(record)]));
        let snapshot = Snapshot {
            post,
            path: path.into(),
            kind: kind.clone(),
            site: site.clone(),
            clock: self.clock.clone(),
        };
        rules(&snapshot);
        if dice.one_in(4) {
            mends(&snapshot);
        }
        features(&snapshot, dice);
        edits(text, dice);
    }
}

fn fits(text: &str, span: Span, what: &str) {
    assert!(text.get(span.start..span.end).is_some(), "{what}: a span that is no piece of the text");
}

fn apart(text: &str, edits: &[TextEdit], what: &str) {
    let mut spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
    spans.iter().for_each(|span| fits(text, *span, what));
    spans.sort();
    assert!(spans.windows(2).all(|two| two[0].end <= two[1].start), "{what}: edits that overlap");
}

fn yaml_alone(text: &str) {
    let post = Post::parse_yaml(text);
    post.front_matter
        .problems
        .iter()
        .for_each(|problem| fits(text, problem.span, "a problem of a configuration"));
}

/// The front matter says where it is, and a block that does not load has its problem.
fn form(post: &Post) {
    let (text, block) = (&*post.text, &post.front_matter);
    for span in [block.fence.opening, block.fence.content, block.fence.closing.unwrap_or_default()] {
        fits(text, span, "the fence");
    }
    assert!(text.is_char_boundary(block.fence.body_start), "the body begins inside a character");
    for problem in &block.problems {
        let what = format!("{:?}", problem.kind);
        fits(text, problem.span, &what);
        problem.related.iter().for_each(|span| fits(text, *span, &what));
        apart(text, &problem.mend, &what);
    }
    let breaks = block.problems.iter().any(|problem| problem.breaks);
    assert!(block.load != Load::Broken || breaks, "a block that does not load, and no problem that says why");
    let mut left: Vec<_> = block.values.iter().flat_map(|pair| [&pair.key, &pair.value]).collect();
    for _ in 0..5_000 {
        let Some(node) = left.pop() else { break };
        fits(text, node.span, "a value");
        match &node.value {
            Value::List(items) => left.extend(items.iter()),
            Value::Mapping(pairs) => left.extend(pairs.iter().flat_map(|pair| [&pair.key, &pair.value])),
            _ => {}
        }
    }
    post.body();
}

fn rules(snapshot: &Snapshot) {
    let text = &*snapshot.post.text;
    let found = diagnostics::diagnostics(snapshot);
    for finding in &found {
        fits(text, finding.span, finding.code);
        assert!(!finding.message.is_empty(), "{} says nothing", finding.code);
        for related in finding.related.iter().filter(|related| related.path.is_none()) {
            fits(text, related.span, finding.code);
        }
        if let Some(fix) = &finding.fix {
            apart(text, &fix.edits, finding.code);
            apply(text, &fix.edits);
        }
    }
}

/// All safe fixes together end, and leave nothing that a second run would do.
fn mends(snapshot: &Snapshot) {
    let Snapshot { post, path, kind, site, clock } = snapshot;
    let read = |post: &Post| {
        let reading = &rules::read(post, path, kind, site, clock);
        mend(&Input { post, path, kind, site, clock, reading, leads: &Leads::default() })
    };
    if let Some(mended) = read(post).filter(|mended| mended.is_done) {
        assert!(read(&Post::parse(&*mended.text)).is_none(), "fixes that a second run goes on with");
    }
}

fn features(snapshot: &Snapshot, dice: &mut Dice) {
    let text = &*snapshot.post.text;
    for _ in 0..6 {
        let within = if dice.one_in(3) { text.len() } else { text.len().min(500) };
        let at = boundary(text, dice.below(within + 1));
        for item in completion::complete(snapshot, at).items {
            fits(text, item.edit.span, "completion");
            assert!(item.edit.span.touches(at), "completion away from the cursor");
        }
        hover::hover(snapshot, at).iter().for_each(|hover| fits(text, hover.span, "hover"));
        for finding in code_action::mendable(snapshot, Span::empty(at)) {
            fits(text, finding.span, "a code action");
        }
    }
    let mut left = symbols::symbols(snapshot);
    while let Some(symbol) = left.pop() {
        fits(text, symbol.span, "a symbol");
        assert!(symbol.span.encloses(symbol.name_span), "a symbol's name outside of it");
        left.extend(symbol.children);
    }
    folding::folds(snapshot).iter().for_each(|fold| fits(text, *fold, "a fold"));
    for hint in inlay_hints::inlay_hints(snapshot, Span::new(0, text.len())) {
        fits(text, Span::empty(hint.offset), "an inlay hint");
    }
}

/// A document after edits is the text after the same edits of a plain string, and its places lead there and back.
fn edits(text: &str, dice: &mut Dice) {
    let encoding = *dice.pick(&ENCODINGS);
    let (mut document, mut plain) = (Document::new(text), text.to_owned());
    for _ in 0..4 {
        let lines = LineIndex::new(&plain);
        let mut place = || {
            let line = if dice.one_in(12) { u32::MAX } else { dice.below(lines.line_count() + 1) as u32 };
            Position { line, column: if dice.one_in(12) { u32::MAX } else { dice.below(60) as u32 } }
        };
        let range = Range { start: place(), end: place() };
        let [start, end] = [range.start, range.end].map(|at| lines.offset(&plain, at, encoding));
        assert!(plain.is_char_boundary(start) && plain.is_char_boundary(end), "a place inside a character");
        let back = lines.position(&plain, start, encoding);
        assert_eq!(lines.offset(&plain, back, encoding), start, "a place that does not lead back");
        let new = *dice.pick(&["", "a", "日😀", "\r", "\n", "\r\n", "\u{2028}", "---\n"]);
        document.replace(range, encoding, new);
        plain.replace_range(start.min(end)..start.max(end), new);
        assert!(*document.snapshot().text == *plain, "an edit that ends as another text");
    }
}
