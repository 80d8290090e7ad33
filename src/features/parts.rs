//! Work over many things, in as many threads as are worth their start.
//!
//! The threads that read a site are no help here: while they read, whoever asks them for more waits for the end of it.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// What `work` makes of each part of some things, in their order. It is given where a part begins, and the part. One
/// thread goes through `least` of them before another is started.
pub(super) fn parts<T: Sync, R: Send>(
    things: &[T],
    least: usize,
    work: impl Fn(usize, &[T]) -> R + Sync,
) -> Vec<R> {
    let worth = things.len() / least.max(1);
    let threads =
        if worth < 2 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get).min(worth) };
    let length = things.len().div_ceil(threads).max(1);
    let mut pieces = things.chunks(length).enumerate().map(|(n, part)| (n * length, part));
    let Some((start, first)) = pieces.next() else { return Vec::new() };
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = pieces
            .map(|(start, part)| {
                let piece = move || work(start, part);
                // Without a thread of its own it is done all the same.
                thread::Builder::new().spawn_scoped(scope, piece).map_err(|_| piece)
            })
            .collect();
        let mut made = vec![work(start, first)];
        for other in others {
            made.push(match other {
                Ok(thread) => thread.join().unwrap_or_else(|fault| resume_unwind(fault)),
                Err(piece) => piece(),
            });
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn the_parts_are_all_things_in_order() {
        for count in [0, 1, 9, 10, 20, 21, 1_000] {
            let things: Vec<usize> = (0..count).collect();
            let made = parts(&things, 10, |start, part| {
                assert_eq!(part.first(), Some(&start));
                part.to_vec()
            });
            assert_eq!(made.concat(), things);
        }
    }

    #[test]
    #[should_panic = "in a part"]
    fn a_panic_in_a_part_is_one_of_all() {
        parts(&[0; 100], 1, |start, _| assert!(start == 0, "in a part"));
    }
}
