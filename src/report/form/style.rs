//! How reports look: width, colour by meaning, and which characters the terminal knows.

use owo_colors::Style;

use crate::console::Links;
use crate::diagnostic::Severity;

/// The look of a report.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns that may be filled.
    pub width: usize,
    /// Whether colour is shown.
    pub color: bool,
    /// Whether lines and marks may be drawn with more than ASCII.
    pub unicode: bool,
    /// How a rule's page is pointed to.
    pub links: Links,
}

impl Look {
    /// A style, or none where colour is off.
    pub(crate) fn style(self, style: Style) -> Style {
        if self.color { style } else { Style::new() }
    }

    /// A text that leads to a page when it is clicked, where the terminal can do that.
    pub(crate) fn link(self, text: impl std::fmt::Display, url: &str) -> String {
        match self.links {
            Links::Embedded => format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
            _ => text.to_string(),
        }
    }
}

/// Red for errors, yellow for warnings, blue for notes.
pub(crate) fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::new().red(),
        Severity::Warning => Style::new().yellow(),
        Severity::Note => Style::new().blue(),
    }
}
