//! Faults of our own: panics that are caught where they cost the author the least, each with its message and its place.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

/// A panic that was caught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    message: String,
    place: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.message, self.place)
    }
}

thread_local! {
    static CATCHING: Cell<usize> = const { Cell::new(0) };
    static LAST_PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Does work in which a panic is the caller's to tell of.
///
/// # Errors
/// The panic.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    CATCHING.set(CATCHING.get() + 1);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(CATCHING.get() - 1);
    result.map_err(|panic| Fault {
        message: message(&*panic).to_owned(),
        place: LAST_PLACE.with_borrow_mut(std::mem::take),
    })
}

/// What a panic says.
pub fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic without a message")
}

/// From now on a panic inside [`catch`] prints nothing, and another one is a line of the log.
pub fn keep_quiet() {
    panic::set_hook(Box::new(|panic| {
        if CATCHING.get() > 0 {
            LAST_PLACE.set(place(panic));
        } else {
            let text = panic.payload().downcast_ref::<&str>().copied();
            let text = text.or_else(|| panic.payload().downcast_ref::<String>().map(String::as_str));
            tracing::error!("{}{}", text.unwrap_or("a panic without a message"), place(panic));
        }
    }));
}

fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()))
}

#[cfg(test)]
mod tests {
    use super::catch;

    #[test]
    fn a_panic_is_a_value() {
        assert_eq!(catch(|| 7), Ok(7));
        let fault = catch(|| panic!("no {}", 7)).map_err(|fault: super::Fault| fault.message);
        assert_eq!(fault, Err::<(), _>("no 7".to_owned()));
        assert!(catch(|| catch(|| panic!("inside"))).is_ok_and(|inside: Result<(), _>| inside.is_err()));
    }
}
