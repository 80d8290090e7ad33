//! The tables.

use std::time::Duration;

use crate::session::{Long, Times};

/// What something over a whole site took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// By the clock.
    pub time: Duration,
    /// Of all processors, on Linux.
    pub cpu: Duration,
}

/// All runs over one site.
#[derive(Default)]
pub struct Runs {
    /// To walk and read the site.
    pub floors: Vec<Cost>,
    /// What an author did.
    pub sessions: Vec<Times>,
    /// `masthead check`.
    pub checks: Vec<Cost>,
}

impl Runs {
    fn median(&self, of: impl Fn(&Times) -> Duration) -> Duration {
        percentile(&mut self.sessions.iter().map(of).collect::<Vec<_>>(), 50)
    }

    /// A percentile over all that was repeated in all sessions.
    fn percentile(&self, percent: usize, of: impl Fn(&Times) -> &[Duration]) -> Duration {
        percentile(
            &mut self.sessions.iter().flat_map(|times| of(times).to_vec()).collect::<Vec<_>>(),
            percent,
        )
    }

    fn bytes(&self, of: impl Fn(&Times) -> usize) -> usize {
        let mut all: Vec<usize> = self.sessions.iter().map(of).collect();
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or(0)
    }
}

fn middle(costs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> Duration| percentile(&mut costs.iter().map(of).collect::<Vec<_>>(), 50);
    Cost { time: middle(|cost| cost.time), cpu: middle(|cost| cost.cpu) }
}

fn percentile(all: &mut [Duration], percent: usize) -> Duration {
    all.sort_unstable();
    let at = (all.len() * percent).div_ceil(100).saturating_sub(1);
    all.get(at).copied().unwrap_or_default()
}

/// Prints what a site took.
pub fn print(posts: usize, runs: &Runs) {
    let floor = middle(&runs.floors);
    let count = runs.sessions.len();
    println!(
        "\n{posts} posts, medians of {count} runs. Floor (walk and read, two threads): {}, of processors {}",
        time(floor.time),
        time(floor.cpu)
    );
    let floors = |what: &str, cost: Cost, reach: f64| {
        let ratio = |cost: Duration, floor: Duration| cost.as_secs_f64() / floor.as_secs_f64();
        let [by_clock, of_cpu] = [ratio(cost.time, floor.time), ratio(cost.cpu, floor.cpu)];
        let value = format!("{} = {by_clock:.2} floors", time(cost.time));
        row(what, &value, &format!("{reach} floors"), by_clock > reach);
        row("  of processors", &format!("{} = {of_cpu:.2} floors", time(cost.cpu)), "", false);
    };
    let within = |what: &str, took: Duration, reach: u64| {
        let reach = Duration::from_micros(reach);
        row(what, &time(took), &time(reach), took > reach);
    };
    let ready = runs.sessions.iter().map(|times| Cost { time: times.ready, cpu: times.ready_cpu });
    floors("ready", middle(&ready.collect::<Vec<_>>()), 5.0);
    within("initialize", runs.median(|times| times.initialize), 30_000);
    within("first diagnostics, while reading", runs.median(|times| times.first_diagnostics), 10_000);
    row("echo p50", &time(runs.percentile(50, |times| &times.echo)), "", false);
    row("echo p99", &time(runs.percentile(99, |times| &times.echo)), "", false);
    row("key p50", &time(runs.percentile(50, |times| &times.key)), "", false);
    within("key p99", runs.percentile(99, |times| &times.key), 1_000);
    row("diagnostics p50", &time(runs.percentile(50, |times| &times.diagnostics)), "", false);
    within("diagnostics p99", runs.percentile(99, |times| &times.diagnostics), 1_000);
    within("hover p50", runs.percentile(50, |times| &times.hover), 300);
    row("hover p99", &time(runs.percentile(99, |times| &times.hover)), "", false);
    within("200 changes, then completion", runs.percentile(50, |times| &times.burst), 20_000);
    for (what, of) in [
        ("references", (|times| times.references) as fn(&Times) -> Option<Long>),
        ("rename", |times| times.rename),
    ] {
        if runs.sessions.iter().any(|times| of(times).is_some()) {
            let median = |part: fn(Long) -> Duration| {
                runs.median(|times| of(times).map_or_else(Duration::default, part))
            };
            within(&format!("{what}, to the first byte"), median(|long| long.first), 100_000);
            row("  to the last", &time(median(|long| long.whole)), "", false);
        }
    }
    let (memory, at_end) = (runs.bytes(|times| times.memory), runs.bytes(|times| times.memory_at_end));
    let reach = 20 * 1024 * 1024 + 1024 * posts;
    row("memory when ready", &mebibytes(memory), &mebibytes(reach), memory > reach);
    row("memory at the end", &mebibytes(at_end), "", false);
    floors("masthead check", middle(&runs.checks), 8.0);
}

/// Prints how the cost of a key grows from one site to another.
pub fn print_growth((small, first): (usize, &Runs), (large, last): (usize, &Runs)) {
    println!("\nFrom {small} to {large} posts");
    for (what, of) in [
        ("key p50", (|times| &times.key) as fn(&Times) -> &[Duration]),
        ("diagnostics p50", |times| &times.diagnostics),
        ("hover p50", |times| &times.hover),
    ] {
        let (before, after) = (first.percentile(50, of), last.percentile(50, of));
        let ratio = after.as_secs_f64() / before.as_secs_f64();
        row(
            what,
            &format!("{} to {}: {ratio:.2} times", time(before), time(after)),
            "1.5 times",
            ratio > 1.5,
        );
    }
}

fn row(what: &str, value: &str, reach: &str, missed: bool) {
    let mark = if missed { "!" } else { " " };
    let reach = if reach.is_empty() { String::new() } else { format!("≤ {reach}") };
    println!("{mark} {what:<34} {value:<36} {reach}");
}

fn time(time: Duration) -> String {
    match time.as_micros() {
        0..1_000 => format!("{} µs", time.as_micros()),
        1_000..1_000_000 => format!("{:.2} ms", time.as_secs_f64() * 1e3),
        _ => format!("{:.2} s", time.as_secs_f64()),
    }
}

fn mebibytes(bytes: usize) -> String {
    format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0))
}
