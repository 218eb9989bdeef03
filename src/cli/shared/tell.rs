//! Failures and warnings on standard error.

use crate::cert::pem::without_private_keys;
use crate::console::Console;
use crate::failure::Failure;
use crate::report::safe_lines;

/// Says what could not be done, and what the user can do about it.
pub(crate) fn tell(failure: &Failure, console: &mut Console<'_>) {
    let shown = |text: &str| safe_lines(&without_private_keys(text));
    let _ = writeln!(console.err, "error: {}", shown(&failure.to_string()));
    if let Some(hint) = failure.hint() {
        let _ = writeln!(console.err, "  help: {}", shown(&hint));
    }
}

/// Warns of everything that could not be read.
pub(crate) fn warn_all(sentences: &[String], console: &mut Console<'_>) -> Result<(), Failure> {
    for sentence in sentences {
        writeln!(console.err, "warning: {sentence}")?;
    }
    Ok(())
}
