//! Whether the editor's process is still there (LSP 3.17, `InitializeParams.processId`), and what ours may take.

/// Whether a process runs under this id. True where that cannot be told.
#[cfg(unix)]
pub fn is_alive(id: u32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) else { return true };
    !matches!(test_kill_process(pid), Err(Errno::SRCH))
}

/// Whether a process runs under this id. True where that cannot be told, as here: the end of the input tells then.
#[cfg(not(unix))]
pub fn is_alive(_id: u32) -> bool {
    true
}

/// How much less of the processors a thread gets that yields to others, on the scale of `nice`.
#[cfg(target_os = "linux")]
const YIELD: i32 = 5;

/// Lets this thread wait where others want the processors too. Nothing where threads have no priority of their own.
pub fn yield_to_others() {
    #[cfg(target_os = "linux")]
    {
        let thread = rustix::thread::gettid();
        // A system that does not allow it only shares more evenly.
        let _ = rustix::process::setpriority_process(Some(thread), YIELD);
    }
}

/// Does long work in a thread that yields to others, as do the threads that it starts, and waits for it.
pub fn yielding(work: impl Fn() + Sync) {
    let work = &work;
    let yields = move || {
        yield_to_others();
        work();
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("reading".into()).stack_size(super::STACK_BYTES);
        // Without a thread of its own it is done all the same.
        if thread.spawn_scoped(scope, yields).is_err() {
            work();
        }
    });
}

#[cfg(all(test, unix))]
mod tests {
    use super::is_alive;

    #[test]
    fn a_process_is_seen_to_live_and_to_end() {
        assert!(is_alive(std::process::id()) && is_alive(1) && is_alive(0) && is_alive(u32::MAX));
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let id = child.id();
        child.wait().unwrap();
        assert!(!is_alive(id));
    }
}
