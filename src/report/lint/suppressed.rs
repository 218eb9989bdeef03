//! Suppressed findings for people, with the reason and its origin.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::lint::SuppressedBy;

use super::checked::Checked;
use crate::report::form::Look;
use crate::report::form::location;
use crate::report::form::{one_line, wrap};

/// Indentation below a headline.
const CONTINUATION: usize = 4;

/// Suppressed findings after the others, if they are shown; dimmed, without a snippet.
pub fn suppressed_text(checked: &Checked<'_>, look: Look) -> String {
    let mut text = String::new();
    let dim = look.style(Style::new().dimmed());
    for one in shown(checked) {
        let found = &one.finding;
        let headline = format!("suppressed[{}]: {}", found.rule, found.headline());
        let headline = wrap(&headline, look.width.saturating_sub(2), CONTINUATION);
        let place = location(checked.world, found.primary.span);
        let reason = format!("{}: {}", who(one.by), one.reason);
        let reason = wrap(&reason, look.width.saturating_sub(CONTINUATION), CONTINUATION);
        let _ = writeln!(text, "{}", headline.style(dim));
        let _ = writeln!(text, "   {} {}", "-->".style(dim), place.style(dim));
        let _ = writeln!(text, "    {}\n", reason.style(dim));
    }
    text
}

/// Suppressed findings as one line each, if they are shown.
pub fn suppressed_concise(checked: &Checked<'_>) -> String {
    let mut text = String::new();
    for one in shown(checked) {
        let found = &one.finding;
        let place = location(checked.world, found.primary.span);
        let (message, reason) = (one_line(&found.headline()), one_line(&one.reason));
        let by = who(one.by);
        let _ = writeln!(text, "{place}: suppressed[{}] {message} ({by}: {reason})", found.rule);
    }
    text
}

fn shown<'c>(checked: &Checked<'c>) -> impl Iterator<Item = &'c crate::lint::Suppressed> {
    let all = checked.outcome.suppressed.iter();
    all.filter(|_| checked.show_suppressed)
}

fn who(by: SuppressedBy) -> &'static str {
    match by {
        SuppressedBy::Ignore => "by the manifest",
        SuppressedBy::Config => "by the configuration",
        SuppressedBy::Baseline => "by the baseline",
    }
}
