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
    /// How `out` points to pages on the web.
    pub links: Links,
    /// Whether `out` is a terminal, so that it can be cleared.
    pub out_is_terminal: bool,
    /// Whether `err` is a terminal, so that a spinner makes sense.
    pub err_is_terminal: bool,
    /// Whether more than ASCII may be drawn.
    pub unicode: bool,
    /// Columns that text may fill.
    pub width: usize,
    /// The moment at which everything is judged (`--at`, else the clock).
    pub now: OffsetDateTime,
}

/// How a report points to a page on the web.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Links {
    /// Not at all.
    #[default]
    Hidden,
    /// As text, where nobody can click.
    Printed,
    /// Behind the words themselves (OSC 8), where the terminal knows such links.
    Embedded,
}
