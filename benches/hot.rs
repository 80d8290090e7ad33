//! The hot functions, one by one: `cargo bench --bench hot`.

#![allow(unreachable_pub, reason = "a program")]
#![allow(clippy::expect_used, reason = "a benchmark fails by it")]

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use divan::{Bencher, black_box};
use jiff::Timestamp;
use masthead::features::{Snapshot, completion, diagnostics, hover};
use masthead::jekyll::{Clock, Config};
use masthead::post::{FrontMatter, Post};
use masthead::site::{Change, FileKind, PostRecord, Site};
use masthead::text::{Document, Position, PositionEncoding, Range};

fn main() {
    divan::main();
}

const PATH: &str = "_posts/2024-05-06-速さを測る.md";

/// A usual block, with `tag` as the last of the tags.
fn block(tag: &str) -> String {
    format!(
        "---\nlayout: post\ntitle: \"速さを測る: 小さな道具の話\"\ndate: 2024-05-06 10:00:00 +0900\ncategories: [技術]\ntags: [Rust, 生成AI, {tag}]\n---\n\n"
    )
}

/// A usual post of 6 KB.
fn text() -> String {
    let sentence = "今日は毎日の仕事を少しだけ楽にする小さな道具について書きます。Measure first. ";
    block("タ") + &format!("## 見出し\n\n{}\n\n", sentence.repeat(6)).repeat(8)
}

fn clock() -> Clock {
    Clock::utc(Timestamp::from_second(1_780_315_200).expect("a time"))
}

/// A site of 10,000 posts with 2,000 tags.
fn site() -> &'static Arc<Site> {
    static SITE: OnceLock<Arc<Site>> = OnceLock::new();
    SITE.get_or_init(|| {
        let site = Site::new(PathBuf::from("/site"), Config::default());
        let config = site.config().clone();
        let put = |n: usize| {
            let path = format!("_posts/2024-01-15-post-{n}.md");
            let post = Post::parse(block(&format!("タグ{}", n % 2_000)));
            Change::Put(PostRecord::new(&post, &path, FileKind::Post, &config, &clock()))
        };
        Arc::new(site.apply((0..10_000).map(put)))
    })
}

fn snapshot() -> Snapshot {
    let post = Arc::new(Post::parse(text()));
    Snapshot { post, path: PATH.into(), kind: FileKind::Post, site: site().clone(), clock: clock() }
}

#[divan::bench]
fn parse_front_matter(bencher: Bencher<'_, '_>) {
    let block = block("タグ");
    bencher.bench_local(|| FrontMatter::parse(black_box(&block)));
}

#[divan::bench]
fn read_post_for_the_site(bencher: Bencher<'_, '_>) {
    let (text, config, clock) = (text(), Config::default(), clock());
    bencher.bench_local(|| {
        let post = Post::parse(black_box(text.as_str()));
        PostRecord::new(&post, PATH, FileKind::Post, &config, &clock)
    });
}

#[divan::bench]
fn apply_change(bencher: Bencher<'_, '_>) {
    let document = Document::new(&text());
    let here = Position { line: 5, column: 18 };
    bencher.bench_local(|| {
        let mut document = document.clone();
        document.replace(Range { start: here, end: here }, PositionEncoding::Utf16, black_box("グ"));
        document.snapshot()
    });
}

#[divan::bench]
fn complete_tag(bencher: Bencher<'_, '_>) {
    let snapshot = snapshot();
    let offset = snapshot.post.text.find("タ]").expect("the tag") + "タ".len();
    bencher.bench_local(|| completion::complete(&snapshot, black_box(offset)));
}

#[divan::bench]
fn hover_tag(bencher: Bencher<'_, '_>) {
    let snapshot = snapshot();
    let offset = snapshot.post.text.find("Rust").expect("the tag") + 1;
    bencher.bench_local(|| hover::hover(&snapshot, black_box(offset)));
}

#[divan::bench]
fn find_mistakes(bencher: Bencher<'_, '_>) {
    let text: Arc<str> = text().into();
    let snapshot = snapshot();
    bencher
        .with_inputs(|| Snapshot { post: Arc::new(Post::parse(text.clone())), ..snapshot.clone() })
        .bench_local_values(|snapshot| diagnostics::diagnostics(&snapshot));
}
