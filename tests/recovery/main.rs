//! How well the mistakes of a broken block are found: mistakes planted in healthy posts, one, two and three at a time.
//!
//! A mistake counts only where Jekyll would lose the block to it alone, so that what is asked of us is what an author
//! needs: every broken line marked, no healthy line marked, every healthy entry kept.

mod mutators;

use std::ops::Range;

use masthead::post::Post;
use masthead::post::front_matter::{Load, Value};
use masthead::text::LineIndex;
use mutators::MUTATORS;

/// Healthy blocks, as people and scripts write them.
const HEALTHY: [&str; 10] = [
    "layout: post\ntitle: \"新しいAIモデルが登場、その実力は？\"\ndate: 2026-01-31 16:48:29 +0000\n\
     categories: [\"投資分析\"]\ntags: [\"AI\", \"最新ニュース\", \"技術動向\"]\nauthor: \"編集部\"\n\
     excerpt: \"新しいモデルについて、詳しく見ていきます。\"\nreading_time: 8\n",
    "title: Release notes for spring\nlayout: post\nauthor: jane\ntags:\n  - release\n  - rust\n  - tooling\n\
     date: 2024-03-05\npublished: true\n",
    "layout: post\r\ntitle: 'はじめての投稿'\r\ntags: [日記, 東京, 散歩]\r\ncategory: 生活\r\n\
     description: 春の一日を歩く\r\ncomments: true\r\n",
    "title: \"Why we moved\"\nsubtitle: A short story\ntags: [one, \"two words\", three]\ncategories:\n- news\n\
     - company\nimage: /assets/move.png\n",
    "# written by a script\nlayout: post\ntitle: 量子計算の今\nkeywords:\n  - \"量子\"\n  - \"計算機\"\n\
     excerpt: >\n  数年のうちに何が変わるのか。\n  専門家に聞いた。\nauthor: 山田太郎 # 筆名\n",
    "layout: default\ntitle: Hello world\npermalink: /hello/\nredirect_from:\n  - /old/hello/\n  - /older/hello/\n\
     lang: en\nmath: false\n",
    "title: 'A quoted title'\nsummary: 'Some words about it'\ntags: ['a', 'b', 'c']\nauthor: 'Jo'\ndraft: false\n",
    "title: 夏休みの計画\ntags: [\"旅行\", \"北海道\", \"家族\"]\ncover:\n  image: /img/summer.jpg\n  alt: \"海と空\"\n\
     date: 2025-07-20 09:00:00 +0900\nlayout: post\n",
    "layout: post\ntitle: \"Ten tips\"\ntags: [tips, lists]\nauthors: [ann, bob]\n\
     excerpt: \"Ten short tips for a better day\"\nseries: better days\nrating: 4.5\n",
    "title: 週刊ニュース第12号\nissue: 12\ntags:\n- 週刊\n- ニュース\ncategories: [\"お知らせ\", \"まとめ\"]\n\
     source: \"https://example.com/news?a=1#top\"\nlayout: news\n",
];

/// A block under attack.
#[derive(Clone)]
struct Block {
    lines: Vec<String>,
    broken: Vec<bool>,
    newline: &'static str,
}

impl Block {
    fn new(text: &str) -> Block {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Block { broken: vec![false; lines.len()], lines, newline }
    }

    fn post(&self) -> Post {
        let newline = self.newline;
        let block: String = self.lines.iter().map(|line| format!("{line}{newline}")).collect();
        Post::parse(format!("---{newline}{block}---{newline}{newline}本文です。{newline}"))
    }

    /// The block with a line broken, if Jekyll loses it to that.
    fn breaking(&self, at: usize, mutate: mutators::Mutator) -> Option<String> {
        let line = mutate(&self.lines[at]).filter(|line| *line != self.lines[at])?;
        let mut alone = self.clone();
        alone.lines[at] = line.clone();
        matches!(alone.post().front_matter.load, Load::Broken | Load::NotMapping).then_some(line)
    }

    /// The lines of each entry, with its key.
    fn entries(&self) -> Vec<(String, Range<usize>)> {
        let mut entries: Vec<(String, Range<usize>)> = Vec::new();
        for (i, line) in self.lines.iter().enumerate() {
            match line.split_once(':').filter(|_| !line.starts_with([' ', '-', '#'])) {
                Some((key, _)) => entries.push((key.to_owned(), i..i + 1)),
                None => entries.iter_mut().last().into_iter().for_each(|entry| entry.1.end = i + 1),
            }
        }
        entries
    }
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

/// Plants `count` mistakes; none where the dice find no place for them.
fn plant(healthy: &Block, count: usize, dice: &mut Dice) -> Option<(Block, Vec<&'static str>)> {
    let mut planted = healthy.clone();
    let mut names = Vec::new();
    for _ in 0..300 {
        let (name, mutate) = MUTATORS[dice.below(MUTATORS.len())];
        let at = dice.below(healthy.lines.len());
        if planted.broken[at] {
            continue;
        }
        if let Some(line) = healthy.breaking(at, mutate) {
            planted.lines[at] = line;
            planted.broken[at] = true;
            names.push(name);
        }
        if names.len() == count {
            return Some((planted, names));
        }
    }
    None
}

#[derive(Default, Debug)]
struct Figures {
    variants: usize,
    broken_lines: usize,
    broken_marked: usize,
    healthy_marked: usize,
    entries: usize,
    entries_kept: usize,
    misses: Vec<String>,
}

impl Figures {
    fn add(&mut self, healthy: &Block, planted: &Block, names: &[&str]) {
        let before = healthy.post();
        let post = planted.post();
        let index = LineIndex::new(&post.text);
        let problems = &post.front_matter.problems;
        let marked: Vec<usize> = problems.iter().map(|p| index.line_of(p.span.start)).collect();
        let mut misses = Vec::new();
        self.variants += 1;
        for (at, broken) in planted.broken.iter().enumerate() {
            let is_marked = marked.contains(&(at + 1));
            self.broken_lines += usize::from(*broken);
            self.broken_marked += usize::from(*broken && is_marked);
            self.healthy_marked += usize::from(!broken && is_marked);
            if *broken != is_marked {
                misses.push(format!("line {} broken: {broken}, marked: {is_marked}", at + 2));
            }
        }
        for (key, lines) in healthy.entries() {
            if planted.broken[lines].contains(&true) {
                continue;
            }
            let value = |post: &Post| post.front_matter.get(&key).map(|node| Value::inspect(&node.value));
            let kept = value(&before) == value(&post);
            self.entries += 1;
            self.entries_kept += usize::from(kept);
            if !kept {
                misses.push(format!("{key} is {:?}", value(&post)));
            }
        }
        if !misses.is_empty() {
            let found: Vec<_> = problems.iter().map(|p| (p.kind, p.span.of(&post.text))).collect();
            self.misses.push(format!("{names:?}: {}\n{}{found:?}\n", misses.join("; "), post.text));
        }
    }
}

#[test]
fn healthy_blocks_have_no_problem() {
    for block in HEALTHY {
        let front_matter = Block::new(block).post().front_matter;
        assert_eq!(front_matter.load, Load::Mapping, "{block}");
        assert_eq!(front_matter.problems, [], "{block}");
    }
}

#[test]
fn every_mutator_breaks_something() {
    let breaks = |mutate: mutators::Mutator| {
        let blocks = HEALTHY.iter().map(|text| Block::new(text));
        blocks.into_iter().any(|block| (0..block.lines.len()).any(|at| block.breaking(at, mutate).is_some()))
    };
    let idle: Vec<&str> =
        MUTATORS.iter().filter(|(_, mutate)| !breaks(*mutate)).map(|(name, _)| *name).collect();
    assert_eq!(idle, Vec::<&str>::new());
}

#[test]
fn broken_lines_are_marked_and_healthy_ones_are_not() {
    let mut dice = Dice(7);
    for count in 1..=3 {
        let mut figures = Figures::default();
        for round in 0..1000 {
            let healthy = Block::new(HEALTHY[round % HEALTHY.len()]);
            if let Some((planted, names)) = plant(&healthy, count, &mut dice) {
                figures.add(&healthy, &planted, &names);
            }
        }
        let misses = std::mem::take(&mut figures.misses).join("\n");
        println!("{count} mistakes at a time: {figures:?}\n{misses}");
        assert!(figures.variants >= 900, "{figures:?}");
        assert!(figures.broken_marked * 100 >= figures.broken_lines * 98, "{figures:?}");
        assert_eq!(figures.healthy_marked, 0, "{figures:?}");
        assert_eq!(figures.entries_kept, figures.entries, "{figures:?}");
    }
}
