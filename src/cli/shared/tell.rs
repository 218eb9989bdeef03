//! Failures and warnings on standard error.

use crate::cert::pem::without_private_keys;
use crate::console::Console;
use crate::failure::Failure;
use crate::report::{safe_lines, wrap};

/// Indentation of continuation lines of a failure on a terminal.
const HANGING: usize = 4;

/// Prints what failed and what the user can do about it. Long lines are wrapped on a terminal, and
/// kept whole in a pipe so that they can be searched.
pub(crate) fn tell(failure: &Failure, console: &mut Console<'_>) {
    let told = told(failure);
    let _ = if console.err_is_terminal {
        told.lines().try_for_each(|line| {
            writeln!(console.err, "{}", wrap(line, console.width.saturating_sub(HANGING), HANGING))
        })
    } else {
        write!(console.err, "{told}")
    };
}

/// A failure in at most two lines.
pub(crate) fn told(failure: &Failure) -> String {
    let shown = |text: &str| safe_lines(&without_private_keys(text));
    let hint = failure.hint().map(|hint| format!("  help: {}\n", shown(&hint)));
    format!("error: {}\n{}", shown(&failure.to_string()), hint.unwrap_or_default())
}

/// Warns about everything that could not be read.
pub(crate) fn warn_all(sentences: &[String], console: &mut Console<'_>) -> Result<(), Failure> {
    for sentence in sentences {
        writeln!(console.err, "warning: {sentence}")?;
    }
    Ok(())
}
