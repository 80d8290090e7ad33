//! A fuzzer of the front matter engine and of the edit path: texts made of real ones by chance, held to the laws that
//! hold for any text ([`laws`]).
//!
//! `cargo test --test fuzz` runs the corpus and a few seconds of chance, the same in every run. For more:
//! `MASTHEAD_FUZZ_SECONDS=3600 MASTHEAD_FUZZ_SEED=7 MASTHEAD_FUZZ_TEXTS=DIR cargo test --release --test fuzz`,
//! where the folder has more texts to begin with, and what is slow is written into `MASTHEAD_FUZZ_KEEP`. What breaks a law is made small and printed; it belongs into
//! `tests/fuzz/corpus/`, which every run goes through first.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

mod laws;
mod mutate;

use std::any::Any;
use std::collections::HashMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use laws::Laws;
use mutate::{Dice, Mutator};

/// How many texts a run without `MASTHEAD_FUZZ_SECONDS` makes.
const CASES: u64 = 100;

/// A text that takes longer, in a release build, is printed as slow.
const SLOW: Duration = Duration::from_millis(500);

#[test]
fn no_text_breaks_a_law() {
    // A panic is a result here, and some are caught on the way.
    std::panic::set_hook(Box::new(|_| {}));
    let laws = Laws::new();
    let own = |folder: &str| corpus(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let mut texts = own("tests/fuzz/corpus");
    assert!(!texts.is_empty());
    let mut broken: HashMap<String, String> = HashMap::new();
    for text in &texts {
        if let Err(why) = try_laws(&laws, text, 1) {
            broken.entry(why).or_insert_with(|| text.clone());
        }
    }
    texts.extend(own("tests/sites"));
    texts.extend(masthead::rules::all().map(|rule| rule.example.to_owned()));
    if let Some(more) = variable("MASTHEAD_FUZZ_TEXTS") {
        texts.extend(corpus(Path::new(&more)));
    }
    let number = |name| variable(name).and_then(|value| value.parse::<u64>().ok());
    let seconds = number("MASTHEAD_FUZZ_SECONDS");
    let first = number("MASTHEAD_FUZZ_SEED").unwrap_or(1) << 32;
    let (start, mutator) = (Instant::now(), Mutator::new(texts));
    let (mut cases, mut slowest) = (0, Duration::ZERO);
    while seconds.map_or(cases < CASES, |most| start.elapsed() < Duration::from_secs(most)) {
        cases += 1;
        let text = mutator.text(&mut Dice::new(first + cases));
        let began = Instant::now();
        let result = try_laws(&laws, &text, first + cases);
        slowest = slowest.max(began.elapsed());
        if began.elapsed() > SLOW && !cfg!(debug_assertions) {
            println!("slow, {} ms, case {}: {}", began.elapsed().as_millis(), first + cases, shown(&text));
            if let Some(folder) = variable("MASTHEAD_FUZZ_KEEP") {
                fs::write(Path::new(&folder).join(format!("{}.md", first + cases)), &text).unwrap();
            }
        }
        if let Err(why) = result
            && !broken.contains_key(&why)
        {
            let small = smaller(&laws, text, &why, first + cases);
            println!("case {}: {why}\n{}", first + cases, shown(&small));
            broken.insert(why, small);
        }
    }
    println!("{cases} texts in {} s, the slowest in {} ms", start.elapsed().as_secs(), slowest.as_millis());
    drop(std::panic::take_hook());
    assert!(broken.is_empty(), "{broken:#?}");
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The start of a text, as a string of Rust.
fn shown(text: &str) -> String {
    let start: String = text.chars().take(600).collect();
    format!("{} bytes, {start:?}", text.len())
}

/// Every file below a folder that is text, in the order of their paths.
fn corpus(folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let text =
        |path: PathBuf| if path.is_dir() { corpus(&path) } else { Vec::from_iter(fs::read_to_string(path)) };
    paths.into_iter().flat_map(text).collect()
}

/// Which law a text breaks, with the place of the panic.
fn try_laws(laws: &Laws, text: &str, dice: u64) -> Result<(), String> {
    let all = AssertUnwindSafe(|| laws.hold(text, &mut Dice::new(dice)));
    catch_unwind(all).map_err(|panic| message(&*panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    // One law is one finding, whatever the figures in it.
    let first = text.unwrap_or_default().lines().next().unwrap_or_default().to_owned();
    first.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).take(120).collect()
}

/// Takes pieces away as long as the same law stays broken.
fn smaller(laws: &Laws, mut text: String, why: &str, dice: u64) -> String {
    let (mut piece, patience) = (text.len() / 2, Instant::now() + Duration::from_secs(20));
    while piece > 0 && Instant::now() < patience {
        let mut at = 0;
        let before = text.len();
        while at < text.len() {
            let start = mutate::boundary(&text, at);
            let end = mutate::boundary(&text, (at + piece).min(text.len())).max(start);
            let mut shorter = text.clone();
            shorter.replace_range(start..end, "");
            match try_laws(laws, &shorter, dice) {
                Err(other) if other == why && shorter.len() < text.len() => text = shorter,
                _ => at += piece,
            }
        }
        if text.len() == before {
            piece /= 2;
        }
    }
    text
}
