//! A probe as text: one line per check, with cause, evidence and next step below failed ones.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::probe::{Check, CheckResult, Story};
use crate::report::form::Look;
use crate::report::form::wrap;

use super::unresolved;

/// Writes all stories; `short` omits passed checks. Targets whose names do not resolve here are
/// reported together, after the others.
pub fn texts(stories: &[Story], look: Look, short: bool) -> String {
    let (unresolved, others) = unresolved::apart(stories);
    // The short form omits successful targets; the last line counts them.
    let is_well =
        |told: &&&Story| short && told.checks.iter().all(|check| check.result == CheckResult::Ok);
    let told = others.iter().filter(|told| !is_well(told));
    let told = told.map(|told| text(told, look, short));
    let together = unresolved::check(&unresolved, stories.len()).map(|check| {
        let mut told = String::new();
        tell(&mut told, &check, look);
        told
    });
    told.chain(together).collect::<Vec<_>>().join("\n")
}

/// Writes one target's story; `short` omits passed checks.
pub fn text(outcome: &Story, look: Look, short: bool) -> String {
    let title = wrap(&outcome.target.title(), look.width, 0);
    let width = title.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    let mut told = format!("{title}\n{}\n", "-".repeat(width.min(look.width)));
    let checks = outcome.checks.iter();
    for check in checks.filter(|check| !short || check.result != CheckResult::Ok) {
        tell(&mut told, check, look);
    }
    told
}

fn tell(told: &mut String, check: &Check, look: Look) {
    let (mark, style) = mark(check.result, look.unicode);
    let indent = mark.chars().count() + 1;
    let detail = wrap(&check.detail, look.width.saturating_sub(indent), indent);
    let _ = writeln!(told, "{} {detail}", mark.style(look.style(style)));
    let well = check.result == CheckResult::Ok;
    if !well || shows_proof(check) {
        for evidence in &check.evidence {
            let evidence = wrap(evidence, look.width.saturating_sub(4), 4);
            let _ = writeln!(told, "    {evidence}");
        }
    }
    if let Some(hint) = check.hint.as_ref().filter(|_| !well) {
        let hint = wrap(hint, look.width.saturating_sub(7), 7);
        let _ = writeln!(told, "    -> {hint}");
    }
}

/// Most passed checks need no evidence; which CAs the server accepts is still useful.
fn shows_proof(check: &Check) -> bool {
    matches!(check.name, "mesh-mode" | "client-certificate-requested" | "server-chain" | "verdict")
}

fn mark(result: CheckResult, unicode: bool) -> (&'static str, Style) {
    let style = Style::new();
    match (result, unicode) {
        (CheckResult::Ok, true) => ("√", style.green()),
        (CheckResult::Ok, false) => ("ok  ", style.green()),
        (CheckResult::Warning, true) => ("‼", style.yellow()),
        (CheckResult::Warning, false) => ("warn", style.yellow()),
        (CheckResult::Unknown, true) => ("?", style.yellow()),
        (CheckResult::Unknown, false) => ("??  ", style.yellow()),
        (CheckResult::Error, true) => ("×", style.red()),
        (CheckResult::Error, false) => ("FAIL", style.red()),
    }
}
