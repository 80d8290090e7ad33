//! What the system says of a process, on Linux; nothing elsewhere.

use std::fs;
use std::time::Duration;

/// The ticks a second of Linux's process times, which are 100 on all its platforms.
const TICKS: u64 = 100;

/// The resident bytes of a process.
pub fn resident(id: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<usize>().ok()).unwrap_or(0) * 1_024
}

/// The processor time of a process, its own and the system's for it.
pub fn cpu(id: u32) -> Duration {
    times(&id.to_string(), 11)
}

/// The processor time of this process.
pub fn own_cpu() -> Duration {
    times("self", 11)
}

/// The processor time of the processes that this one has waited for.
pub fn children_cpu() -> Duration {
    times("self", 13)
}

/// Two fields of `stat`, by their place after the name.
fn times(id: &str, first: usize) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The name, which may hold anything, ends at the last parenthesis.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_ascii_whitespace();
    let ticks: u64 = fields.skip(first).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 1_000 / TICKS)
}
