//! A checklist: items that are OK or not, each with what to do.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use super::style::Look;
use super::wrap::wrap;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckItem {
    /// What is checked, in a word.
    pub name: &'static str,
    /// What was found.
    pub found: String,
    /// What to do if it is not OK.
    pub advice: Option<String>,
    /// How serious it is.
    pub is_broken: bool,
}

impl CheckItem {
    /// OK.
    pub fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, found: found.into(), advice: None, is_broken: false }
    }

    /// Something could be better.
    pub fn could(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..Self::ok(name, found) }
    }

    /// Something must be fixed.
    pub fn broken(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { is_broken: true, ..Self::could(name, found, advice) }
    }
}

/// One line per item, with what to do below it.
pub fn checklist(items: &[CheckItem], look: Look) -> String {
    let width = items.iter().map(|item| item.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for item in items {
        let (mark, style) = match (&item.advice, item.is_broken, look.unicode) {
            (None, _, true) => ("√", Style::new().green()),
            (None, _, false) => ("ok  ", Style::new().green()),
            (Some(_), false, true) => ("‼", Style::new().yellow()),
            (Some(_), false, false) => ("note", Style::new().yellow()),
            (Some(_), true, true) => ("×", Style::new().red()),
            (Some(_), true, false) => ("FAIL", Style::new().red()),
        };
        let indent = mark.chars().count() + 1 + width + 2;
        let room = look.width.saturating_sub(indent);
        let found = wrap(&item.found, room, indent);
        let (mark, name) = (mark.style(look.style(style)), item.name);
        let _ = writeln!(text, "{mark} {name:<width$}  {found}");
        if let Some(advice) = &item.advice {
            let advice = wrap(advice, room.saturating_sub(3), indent + 3);
            let _ = writeln!(text, "{:indent$}-> {advice}", "");
        }
    }
    text
}
