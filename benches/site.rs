//! What the site's index costs: `cargo bench --bench site`. Sites of 1,000 and of 100,000 posts, 2,000 tags by
//! Zipf's law, 40 categories. `MASTHEAD_BENCH_MEMORY=1` prints the resident bytes a post instead,
//! `MASTHEAD_BENCH_SITE=FOLDER` what reading that site costs, beside a walk that only reads its files.

#![allow(unreachable_pub, reason = "a program")]

#[path = "shared/numbers.rs"]
mod numbers;

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use divan::{Bencher, black_box};
use jiff::Timestamp;
use masthead::jekyll::{Clock, Config, Status};
use masthead::site::{Change, FileKind, PostRecord, Site, TermKind, scan};
use numbers::Numbers;
use rayon::prelude::*;

const SIZES: [usize; 2] = [1_000, 100_000];
const TAGS: usize = 2_000;

fn main() {
    if let Some(root) = std::env::var_os("MASTHEAD_BENCH_SITE") {
        read_all(Path::new(&root));
    } else if std::env::var_os("MASTHEAD_BENCH_MEMORY").is_some() {
        memory();
    } else {
        divan::main();
    }
}

fn record(n: usize) -> PostRecord {
    let mut numbers = Numbers::new(n as u64 * 7_919);
    let mut tags: Vec<Arc<str>> = Vec::new();
    for _ in 0..2 + numbers.below(6) {
        let tag: Arc<str> = format!("タグ{}", numbers.zipf(TAGS)).into();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let key = |name: &str, value: Option<String>| (Arc::from(name), value.map(Arc::from));
    let path = format!("_posts/{}/2024-01-15-a-post-with-a-usual-name-{n}.md", 2000 + n % 25);
    PostRecord {
        status: Status::Published,
        title: format!("毎日の仕事を少し楽にする小さな道具の話 {n}").into(),
        date: Timestamp::from_second(946_684_800 + (numbers.below(750_000_000)) as i64).ok(),
        url: Some(format!("/tech/2024/01/15/a-post-with-a-usual-name-{n}.html").into()),
        tags: tags.into(),
        categories: [format!("category-{}", numbers.zipf(40)).into()].into(),
        fields: [
            key("layout", Some("post".into())),
            key("title", None),
            key("date", None),
            key("author", Some(format!("author{}", numbers.zipf(20)))),
            key("categories", None),
            key("tags", None),
        ]
        .into(),
        summaries: [NonZeroU64::new(n as u64), None],
        ..PostRecord::dropped(&path, FileKind::Post)
    }
}

fn build(size: usize) -> Site {
    let mut site = Site::new(PathBuf::new(), Config::default());
    let mut done = 0;
    while done < size {
        let next = (done + (done / 2).max(100)).min(size);
        site = site.apply((done..next).map(|n| Change::Put(record(n))));
        done = next;
    }
    site
}

fn site(size: usize) -> &'static Site {
    static SITES: [OnceLock<Site>; 2] = [OnceLock::new(), OnceLock::new()];
    SITES[usize::from(size == SIZES[1])].get_or_init(|| build(size))
}

/// One post after another, each changed by `change`; the site before stays alive, as a snapshot does.
fn changed(bencher: Bencher<'_, '_>, size: usize, change: impl Fn(&mut PostRecord) + Sync) {
    let site = site(size);
    let mut n = 0;
    bencher
        .with_inputs(|| {
            n = (n + 7_919) % size;
            let mut record = record(n);
            change(&mut record);
            record
        })
        .bench_local_values(|record| black_box(site.apply([Change::Put(record)])));
}

#[divan::bench(args = SIZES)]
fn apply_nothing_new(bencher: Bencher<'_, '_>, size: usize) {
    changed(bencher, size, |_| ());
}

#[divan::bench(args = SIZES)]
fn apply_new_title(bencher: Bencher<'_, '_>, size: usize) {
    changed(bencher, size, |record| record.title = "別の題".into());
}

#[divan::bench(args = SIZES)]
fn apply_tag_half_typed(bencher: Bencher<'_, '_>, size: usize) {
    changed(bencher, size, |record| {
        record.tags = record.tags.iter().cloned().chain(["タ".into()]).collect();
    });
}

#[divan::bench(args = SIZES)]
fn apply_most_used_tag(bencher: Bencher<'_, '_>, size: usize) {
    changed(bencher, size, |record| record.tags = ["タグ0".into(), "タグ1".into(), "タグ2".into()].into());
}

#[divan::bench(args = SIZES)]
fn apply_new_date_and_tags(bencher: Bencher<'_, '_>, size: usize) {
    changed(bencher, size, |record| {
        record.date = Some(Timestamp::UNIX_EPOCH);
        record.tags = record.tags.iter().skip(1).cloned().collect();
    });
}

#[divan::bench(args = SIZES)]
fn together_with_three(bencher: Bencher<'_, '_>, size: usize) {
    let site = site(size);
    let tag = |name| site.tags().get(name);
    bencher.bench_local(|| {
        let chosen = [tag("タグ0"), tag("タグ1"), site.categories().get("category-0")];
        let together = site.together(chosen.into_iter().flatten());
        black_box(site.tags().iter().map(|term| together.count(term.id)).max())
    });
}

#[divan::bench(args = SIZES)]
fn used_with(bencher: Bencher<'_, '_>, size: usize) {
    let site = site(size);
    bencher.bench_local(|| {
        site.tags().get("タグ0").map(|term| black_box(site.used_with(term, TermKind::Tag, 5).len()))
    });
}

#[divan::bench(args = SIZES)]
fn latest_five(bencher: Bencher<'_, '_>, size: usize) {
    let site = site(size);
    bencher.bench_local(|| site.tags().get("タグ0").map(|term| black_box(site.newest(term).take(5).count())));
}

#[divan::bench(args = SIZES)]
fn ranked(bencher: Bencher<'_, '_>, size: usize) {
    let site = site(size);
    bencher.bench_local(|| black_box(site.tags().ranked().len()));
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn build_all(size: usize) -> Site {
    build(size)
}

fn memory() {
    let before = resident();
    let site = build(SIZES[1]);
    let after = resident();
    println!(
        "{} posts, {} tags: {} bytes a post",
        site.post_count(),
        site.tags().len(),
        (after - before) / SIZES[1]
    );
}

fn read_all(root: &Path) {
    let (config, _) = scan::config(root);
    let start = Instant::now();
    let files = scan::files(root, &config);
    let walked = start.elapsed();
    let bytes: usize =
        files.par_iter().map(|file| scan::read(root, &file.path).map_or(0, |text| text.len())).sum();
    let floor = start.elapsed();
    let before = resident();
    let (mut site, mut applied) = (Site::new(root.to_owned(), config.clone()), Duration::ZERO);
    let start = Instant::now();
    scan::scan(root, &config, &Clock::utc(Timestamp::UNIX_EPOCH), |step| {
        let start = Instant::now();
        site.extend(step.changes);
        applied += start.elapsed();
    });
    let (all, posts) = (start.elapsed(), site.post_count().max(1));
    println!("{posts} posts, {bytes} bytes: walk {walked:.2?}, floor {floor:.2?}");
    println!(
        "scan {all:.2?} ({:.2} floors), of which apply {applied:.2?}",
        all.as_secs_f64() / floor.as_secs_f64()
    );
    println!("resident: {} KiB before, {} bytes a post", before / 1024, (resident() - before) / posts);
}

/// Resident bytes of this process, on Linux.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    status.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4_096
}
