//! Sites that are odd as a whole: what is bounded for one post may still be the square of their number for all.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What is odd about a site: its name, and the front matter and the body of a post beside what all have, by its number.
type Odd = (&'static str, fn(usize) -> String, fn(usize) -> String);

fn nothing(_: usize) -> String {
    String::new()
}

/// A number without a character of ASCII.
fn in_kanji(number: usize) -> String {
    let digits = number.to_string();
    digits.bytes().filter_map(|digit| "〇一二三四五六七八九".chars().nth(usize::from(digit - b'0'))).collect()
}

/// All of them; the first is not odd and is what the others are held to.
pub(crate) const SITES: &[Odd] = &[
    ("nothing", nothing, nothing),
    ("one permalink for all", |_| "permalink: /x/\n".into(), nothing),
    ("one slug for all of a day", |_| "slug: same\n".into(), nothing),
    (
        "one summary for all",
        |_| {
            let same = "どの記事にも同じ文章があります。とても長い文章です。".repeat(3);
            format!("excerpt: \"{same}\"\ndescription: \"{same}\"\n")
        },
        nothing,
    ),
    ("keys of its own", |n| format!("key_{n}: 1\ntitel_{n}: x\nkey-{n}: y\n"), nothing),
    ("tags of its own", |n| format!("tags: [タグ{n}, tag-{n}, Tag {n}, tag_{n}s, ﾀｸﾞ{n}]\n"), nothing),
    ("tags of one slug", |n| format!("tags: [{}]\n", in_kanji(n)), nothing),
    ("a layout of its own", |n| format!("layout: lay{n}x\n"), nothing),
    ("images that are missing", nothing, |n| {
        format!("![x](/assets/pic-{n}x.png)\n![y](/assets/PIC-{n}.PNG)\n![z](../assets/pic{n}.png)\n")
    }),
    ("links to posts that are missing", nothing, |n| {
        (0..20).map(|at| format!("{{% post_url 2024-01-02-記亊-{n}-{at} %}}\n")).collect()
    }),
    ("links to pages that are missing", nothing, |n| {
        (0..20).map(|at| format!("[x](/2024/01/02/記亊-{n}-{at}.html#見出し)\n")).collect()
    }),
    ("links to all of a day", nothing, |n| {
        (0..20).map(|at| format!("{{% post_url 2024-01-{:02}-{} %}}\n", n % 28 + 1, n + at)).collect()
    }),
    ("includes that are missing", nothing, |n| {
        (0..10).map(|at| format!("{{% include nota{n}-{at}.html %}}\n")).collect()
    }),
    ("a mistake each", |_| "tags: [\"AI\"、\"ML, \"x]\nnote: \"題\n".into(), nothing),
    ("one body for all", nothing, |_| "同じ本文です。\n\n".repeat(10)),
];

/// Each tag has a page, and no slug keeps more of its name than ASCII.
const CONFIG: &str =
    "title: x\ntimezone: Asia/Tokyo\nplugins: [jekyll-archives]\njekyll-archives: {slug_mode: ascii}\n";

/// Writes a site of so many posts, with as many images.
fn write(root: &Path, odd: &Odd, posts: usize) {
    for folder in ["_posts", "_layouts", "_includes", "assets"] {
        fs::create_dir(root.join(folder)).unwrap();
    }
    fs::write(root.join("_config.yml"), CONFIG).unwrap();
    for number in 0..2_000 {
        fs::write(root.join(format!("_layouts/lay{number}.html")), "").unwrap();
        fs::write(root.join(format!("_includes/note{number}.html")), "").unwrap();
    }
    fs::write(root.join("_layouts/post.html"), "{{ content }}").unwrap();
    for number in 0..posts {
        File::create(root.join(format!("assets/pic-{number}.png"))).unwrap();
        let (year, month, day) = (2010 + number % 15, number % 12 + 1, number % 28 + 1);
        let path = format!("_posts/{year}-{month:02}-{day:02}-記事-{number}.md");
        let (_, more, body) = odd;
        let text = format!(
            "---\ntitle: \"記事{number}の題\"\n{}---\n本文{number}\n\n{}",
            more(number),
            body(number)
        );
        fs::write(root.join(path), text).unwrap();
    }
}

/// What all children of this process took that have ended, in ticks of a hundredth of a second.
fn ticks() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[13].parse::<u64>().unwrap() + fields[14].parse::<u64>().unwrap()
}

/// The work of `masthead check` on a site of so many posts, in ticks of the processor.
pub(crate) fn work(odd: &Odd, posts: usize) -> u64 {
    let folder = TempDir::new().unwrap();
    write(folder.path(), odd, posts);
    let before = ticks();
    let status = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .args(["check", "--format", "json", "--now", "2026-01-01", "--tz", "UTC"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(matches!(status.code(), Some(0 | 1)), "{}: {status}", odd.0);
    (ticks() - before).max(1)
}
