//! The style of reports: width, colours, and which characters the terminal supports.

use owo_colors::Style;

use crate::console::Links;
use crate::diagnostic::Severity;

/// The style of a report.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The available width.
    pub width: usize,
    /// Whether colour is shown.
    pub color: bool,
    /// Whether lines and marks may use non-ASCII characters.
    pub unicode: bool,
    /// How rule pages are linked.
    pub links: Links,
}

impl Look {
    /// A style, or none if colour is off.
    pub(crate) fn style(self, style: Style) -> Style {
        if self.color { style } else { Style::new() }
    }

    /// A text that links to a page, if the terminal supports links.
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
