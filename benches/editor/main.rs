//! What an author waits for: drives the release binary over stdio as an editor does, on a generated site, and holds
//! each time to the floor of the same run, which is to walk the site and read every file with two threads.
//!
//! ```sh
//! cargo bench --bench editor                                   # 1,000 and 10,000 posts
//! cargo bench --bench editor -- --posts 1000,100000 --runs 7
//! ```
//!
//! A run is a floor, a session in the editor and a `masthead check`; the table has the medians over all runs, and of
//! what is repeated in a session also the 99th percentile over all of it. An `echo` is a key where the server does nothing
//! ([`echo`]): what this machine takes at the least. `≤` is what we reach for; a `!` marks what
//! misses it. Run it on a quiet machine: other work on its cores counts in full, and only the processor times beside the
//! times of a whole site stay what they are.

#![allow(missing_docs, unreachable_pub, reason = "a program")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a benchmark fails by them")]

mod client;
mod echo;
mod generate;
#[path = "../shared/numbers.rs"]
mod numbers;
mod process;
mod report;
mod session;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::Parser;
use ignore::{WalkBuilder, WalkState};

use report::{Cost, Runs};

/// Measures what an author waits for.
#[derive(Debug, Parser)]
struct Args {
    /// How many posts the generated sites have.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000])]
    posts: Vec<usize>,
    /// How many runs there are, after one that only warms up.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Another build of masthead to measure.
    #[arg(long, default_value = env!("CARGO_BIN_EXE_masthead"))]
    server: PathBuf,
    /// Where the generated sites are kept, about 5 KB a post.
    #[arg(long, default_value = env!("CARGO_TARGET_TMPDIR"))]
    folder: PathBuf,
    /// Be the program that answers at once.
    #[arg(long, hide = true)]
    echo: bool,
    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let args = Args::parse();
    if args.echo {
        return echo::serve();
    }
    let folder = std::path::absolute(&args.folder).expect("the folder has a name");
    let mut sizes = Vec::new();
    for &posts in &args.posts {
        let site = generate::site(&folder, posts).expect("the site can be written");
        let mut runs = Runs::default();
        for run in 0..=args.runs {
            let floor = floor(&site.root);
            let times = session::run(&args.server, &site);
            let check = check(&args.server, &site.root);
            if run > 0 {
                runs.floors.push(floor);
                runs.sessions.push(times);
                runs.checks.push(check);
            }
        }
        report::print(posts, &runs);
        sizes.push((posts, runs));
    }
    if let [(small, first), .., (large, last)] = &sizes[..] {
        report::print_growth((*small, first), (*large, last));
    }
}

/// The time to walk a site and read every file with two threads.
fn floor(root: &Path) -> Cost {
    let (start, cpu) = (Instant::now(), process::own_cpu());
    let walk = WalkBuilder::new(root).standard_filters(false).threads(2).build_parallel();
    walk.run(|| {
        Box::new(|entry| {
            let file = entry.expect("the site can be walked");
            if file.file_type().is_some_and(|kind| kind.is_file()) {
                std::hint::black_box(fs::read(file.path()).expect("the site can be read"));
            }
            WalkState::Continue
        })
    });
    Cost { time: start.elapsed(), cpu: process::own_cpu() - cpu }
}

/// The time of `masthead check`.
fn check(server: &Path, root: &Path) -> Cost {
    let (start, cpu) = (Instant::now(), process::children_cpu());
    let mut process = Command::new(server)
        .args(["check", "--format", "json"])
        .arg(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("masthead starts");
    let status = process.wait().expect("masthead can be waited for");
    assert_eq!(status.code(), Some(1), "the malformed posts are errors");
    Cost { time: start.elapsed(), cpu: process::children_cpu() - cpu }
}
