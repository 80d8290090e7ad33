//! A site as a large blog is one, the same in every run: Japanese and English bodies of 2 to 8 KB, 2,000 tags by
//! Zipf's law, 40 categories, links between posts, one post in a hundred malformed.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use rayon::prelude::*;

use crate::numbers::Numbers;
use crate::words::{ENGLISH, JAPANESE, TAGS, TITLES};

const TAG_COUNT: usize = 2_000;
const CATEGORY_COUNT: usize = 40;

/// Changed where the generator writes other posts, so that older sites are not taken for new ones.
const EDITION: u32 = 1;

/// A generated site.
pub struct Site {
    /// Its folder.
    pub root: PathBuf,
    /// How many healthy posts have each tag, by rank; malformed ones have rare tags only.
    pub uses: Vec<usize>,
    /// How many posts there are.
    pub posts: usize,
}

/// The name of the tag of a rank.
pub fn tag(rank: usize) -> String {
    let stem = TAGS[rank % TAGS.len()];
    match rank / TAGS.len() {
        0 => stem.to_owned(),
        n => format!("{stem}{n}"),
    }
}

/// The path of a post in its site.
pub fn path(n: usize) -> String {
    format!("_posts/{}/{}.md", day(n).year(), name(n))
}

/// The body of a post: 2 to 8 KB.
pub fn body(n: usize, posts: usize) -> String {
    let mut numbers = Numbers::new(n as u64 * 31 + 7);
    let length = 2_000 + numbers.below(6_000);
    let sentences = if n.is_multiple_of(2) { JAPANESE } else { ENGLISH };
    let mut text = String::with_capacity(length + 400);
    while text.len() < length {
        match numbers.below(12) {
            0 => {
                let _ = writeln!(text, "## {}\n", TITLES[numbers.below(TITLES.len())]);
            }
            1 => {
                let other = name(numbers.below(posts));
                let _ = writeln!(text, "[前の記事]({{% post_url {}/{other} %}})\n", &other[..4]);
            }
            2 => {
                let _ = writeln!(text, "[See also](/posts/{}/#part)\n", numbers.below(posts));
            }
            3 => text.push_str("```sh\nmasthead check _posts\n```\n\n"),
            _ => {
                for _ in 0..2 + numbers.below(4) {
                    text.push_str(sentences[numbers.below(sentences.len())]);
                    text.push_str(if n.is_multiple_of(2) { "" } else { " " });
                }
                text.push_str("\n\n");
            }
        }
    }
    text
}

/// Writes a site below `folder`, unless it is there already.
pub fn site(folder: &Path, posts: usize) -> std::io::Result<Site> {
    let root = folder.join(format!("site-{EDITION}-{posts}"));
    let done = folder.join(format!("site-{EDITION}-{posts}.done"));
    if !done.exists() {
        eprintln!("Writing {posts} posts to {}", root.display());
        for year in 2000..=2026 {
            fs::create_dir_all(root.join(format!("_posts/{year}")))?;
        }
        fs::create_dir_all(root.join("_layouts"))?;
        fs::write(root.join("_layouts/post.html"), "{{ content }}\n")?;
        fs::write(root.join("_config.yml"), CONFIG)?;
        (0..posts)
            .into_par_iter()
            .try_for_each(|n| fs::write(root.join(path(n)), front_matter(n).0 + &body(n, posts)))?;
        fs::write(&done, "")?;
    }
    let mut uses = vec![0; TAG_COUNT];
    for n in 0..posts {
        front_matter(n).1.into_iter().for_each(|rank| uses[rank] += 1);
    }
    Ok(Site { root, uses, posts })
}

const CONFIG: &str = "\
title: 測るためのブログ
url: https://blog.example
timezone: Asia/Tokyo
permalink: /:year/:month/:title/
defaults:
  - scope: {path: \"\", type: posts}
    values: {author: hanako}
";

fn day(n: usize) -> Date {
    let start: Date = date(2000, 1, 1);
    start.saturating_add(jiff::Span::new().days((n * 7 % 9_500) as i64))
}

fn name(n: usize) -> String {
    let word = ["a-small-tool", "小さな道具", "reading-logs", "server-move"][n % 4];
    format!("{}-{word}-{n}", day(n))
}

/// Whether a post is healthy and has the tag of a rank.
pub fn has_tag(n: usize, rank: usize) -> bool {
    front_matter(n).1.contains(&rank)
}

/// Whether a post is one of the malformed ones.
pub fn is_malformed(n: usize) -> bool {
    n % 100 == 50
}

/// The block of a post, and the ranks of its tags where it is healthy.
fn front_matter(n: usize) -> (String, Vec<usize>) {
    let mut numbers = Numbers::new(n as u64 * 7_919 + 3);
    let mut ranks: Vec<usize> = Vec::new();
    for _ in 0..2 + numbers.below(5) {
        let rank = numbers.zipf(TAG_COUNT);
        if !ranks.contains(&rank) {
            ranks.push(rank);
        }
    }
    if is_malformed(n) {
        ranks.iter_mut().for_each(|rank| *rank = TAG_COUNT / 2 + *rank / 2);
    }
    let names: Vec<String> = ranks.iter().map(|rank| tag(*rank)).collect();
    let title = format!("{} {n}", TITLES[numbers.below(TITLES.len())]);
    let (date, hour, minute) = (day(n), 8 + n % 12, n % 60);
    let category = numbers.zipf(CATEGORY_COUNT);
    let tags = match n % 3 {
        0 => format!("tags:\n  - {}\n", names.join("\n  - ")),
        1 => format!("tags: [{}]\n", names.join(", ")),
        _ => format!("tags: [\"{}\"]\n", names.join("\", \"")),
    };
    let head = format!(
        "layout: post\ntitle: \"{title}\"\ndate: {date} {hour:02}:{minute:02}:00 +0900\ncategories: [カテゴリ{category}]\n"
    );
    let excerpt = match n % 5 {
        0 => format!("excerpt: {n} 番目の記事の短い要約です。毎日の仕事を少し楽にします。\n"),
        _ => String::new(),
    };
    let block = format!("{head}{tags}{excerpt}");
    if !is_malformed(n) {
        return (format!("---\n{block}---\n\n"), ranks);
    }
    let broken = match n / 100 % 8 {
        0 => block.replace(&format!("\"{title}\""), &format!("\"{title}")),
        1 => block.replace("layout: post", "layout： post"),
        2 => block.replace("categories: [", "categories: 「"),
        3 => block.replace("title: ", "\ttitle: "),
        4 => block.replace(&format!("\"{title}\""), &format!("引用: {title}")),
        5 => block.replace("categories: [", "categories: [["),
        6 => block.replace("date: ", "date "),
        _ => format!("{block}  - stray\n"),
    };
    (format!("---\n{broken}---\n\n"), Vec::new())
}
