//! A list on stdout, and how the command that prints it ends.

use std::io::{self, BufWriter, StdoutLock, Write};
use std::process::ExitCode;

/// Where a list is written.
pub(super) type Out = BufWriter<StdoutLock<'static>>;

/// Prints what was made for a list with `write`. What could not be made is told on stderr.
///
/// # Errors
/// The exit code, 2, where it could not be made or written.
pub(super) fn print<T>(
    made: Result<T, String>,
    write: impl FnOnce(&mut Out, &T) -> io::Result<()>,
) -> Result<T, ExitCode> {
    let printed = made.and_then(|made| {
        let mut out = BufWriter::new(io::stdout().lock());
        match write(&mut out, &made).and_then(|()| out.flush()) {
            // Whoever read the list has seen enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(format!("The list cannot be written: {error}."))
            }
            _ => Ok(made),
        }
    });
    printed.map_err(|message| {
        eprintln!("masthead: {message}");
        ExitCode::from(2)
    })
}
