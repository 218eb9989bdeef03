//! Failures on standard error.

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
