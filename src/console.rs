//! The process environment as one value: output streams, width and time.

use std::io::{Read, Write};

use time::OffsetDateTime;

/// Everything a command uses besides its arguments; tests pass buffers.
pub struct Console<'a> {
    /// Findings and results.
    pub out: &'a mut dyn Write,
    /// Progress, summaries and failures.
    pub err: &'a mut dyn Write,
    /// The input for `-`.
    pub input: &'a mut dyn Read,
    /// Whether `out` supports colour.
    pub out_color: bool,
    /// How `out` links to web pages.
    pub links: Links,
    /// Whether `out` is a terminal, so that it can be cleared.
    pub out_is_terminal: bool,
    /// Whether `err` is a terminal, so that a spinner makes sense.
    pub err_is_terminal: bool,
    /// Whether non-ASCII characters may be used.
    pub unicode: bool,
    /// The width of text.
    pub width: usize,
    /// The time of the check (`--at`, else the clock).
    pub now: OffsetDateTime,
}

/// How a report links to a web page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Links {
    /// Not at all.
    #[default]
    Hidden,
    /// As a plain address.
    Printed,
    /// As a link on the text (OSC 8), if the terminal supports it.
    Embedded,
}
