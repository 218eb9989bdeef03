//! Builds the page of `inspect -o text`.

use std::fmt::Write as _;

use owo_colors::{OwoColorize as _, Style};
use time::OffsetDateTime;

use crate::envoy::EnvoyVersion;
use crate::report::form::{Look, wrap};

/// The report so far.
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) now: OffsetDateTime,
    pub(super) version: EnvoyVersion,
    pub(crate) look: Look,
}

impl Page {
    /// A name and a value, which may take several lines.
    pub(crate) fn field(&mut self, indent: usize, name: &str, value: &str) {
        self.colored_field(indent, name, value, Style::new());
    }

    pub(crate) fn colored_field(&mut self, indent: usize, name: &str, value: &str, style: Style) {
        let column = indent + 10;
        let value = wrap(value, self.look.width.saturating_sub(column).max(30), column);
        let name = format!("{name:<9}");
        let name = name.style(self.look.style(Style::new().dimmed()));
        let _ = writeln!(self.text, "{:indent$}{name} {}", "", value.style(self.look.style(style)));
    }

    /// A coloured word followed by a sentence.
    pub(super) fn sentence(&mut self, word: &str, text: &str, style: Style) {
        let column = 4 + word.len();
        let text = wrap(text, self.look.width.saturating_sub(column).max(30), column);
        let _ = writeln!(self.text, "  {}: {text}", word.style(self.look.style(style)));
    }
}
