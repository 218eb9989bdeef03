//! The outside world as one value: where output goes, how wide it is, and what time it is.

use std::io::{Read, Write};

use time::OffsetDateTime;

/// Everything a command may touch outside its arguments; tests hand in buffers.
pub struct Console<'a> {
    /// Findings and answers.
    pub out: &'a mut dyn Write,
    /// Progress, summaries and failures.
    pub err: &'a mut dyn Write,
    /// What `-` reads.
    pub input: &'a mut dyn Read,
    /// Whether `out` shows colour.
    pub out_color: bool,
    /// Whether `err` is a terminal, so that a spinner makes sense.
    pub err_is_terminal: bool,
    /// Whether more than ASCII may be drawn.
    pub unicode: bool,
    /// Columns that text may fill.
    pub width: usize,
    /// The moment at which everything is judged (`--at`, else the clock).
    pub now: OffsetDateTime,
}
