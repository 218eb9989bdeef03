//! A probe as a story: one line a check, with cause, evidence and next step below what is not well.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::probe::{Check, CheckResult, Outcome};

/// The signs in front of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// `√ ‼ ×`, where the locale can show them.
    Signs,
    /// `ok`, `warn`, `FAIL`, where it cannot.
    Words,
}

/// How a story is told.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Signs or words.
    pub marks: Marks,
    /// Whether colour is shown; nothing is said by colour alone.
    pub color: bool,
    /// Columns to fill.
    pub width: usize,
    /// Only what is not well.
    pub short: bool,
}

/// Tells one target's story.
pub fn text(outcome: &Outcome, manner: Manner) -> String {
    let mut told = String::new();
    let name = &outcome.target.title();
    let _ = writeln!(told, "{name}");
    let _ = writeln!(told, "{}", "-".repeat(name.chars().count().min(manner.width)));
    for check in &outcome.checks {
        if !manner.short || check.result != CheckResult::Ok {
            tell(&mut told, check, manner);
        }
    }
    told
}

fn tell(told: &mut String, check: &Check, manner: Manner) {
    let (mark, style) = mark(check.result, manner.marks);
    let style = if manner.color { style } else { Style::new() };
    let indent = mark.chars().count() + 1;
    let lines = wrapped(&check.detail, manner.width.saturating_sub(indent));
    for (at, line) in lines.iter().enumerate() {
        match at {
            0 => {
                let _ = writeln!(told, "{} {line}", mark.style(style));
            }
            _ => {
                let _ = writeln!(told, "{}{line}", " ".repeat(indent));
            }
        }
    }
    // What is well needs no proof.
    if check.result != CheckResult::Ok
        || check.name == "mesh-mode"
        || check.name.starts_with("client-")
    {
        for evidence in &check.evidence {
            lines_below(told, "    ", "    ", evidence, manner);
        }
    }
    if check.result != CheckResult::Ok
        && let Some(hint) = &check.hint
    {
        lines_below(told, "    -> ", "       ", hint, manner);
    }
}

fn lines_below(told: &mut String, first: &str, next: &str, text: &str, manner: Manner) {
    let lines = wrapped(text, manner.width.saturating_sub(first.len()));
    for (at, line) in lines.iter().enumerate() {
        let indent = if at == 0 { first } else { next };
        let _ = writeln!(told, "{indent}{line}");
    }
}

fn mark(result: CheckResult, marks: Marks) -> (&'static str, Style) {
    let style = Style::new();
    match (result, marks) {
        (CheckResult::Ok, Marks::Signs) => ("√", style.green()),
        (CheckResult::Ok, Marks::Words) => ("ok  ", style.green()),
        (CheckResult::Warning, Marks::Signs) => ("‼", style.yellow()),
        (CheckResult::Warning, Marks::Words) => ("warn", style.yellow()),
        (CheckResult::Unknown, Marks::Signs) => ("?", style.yellow()),
        (CheckResult::Unknown, Marks::Words) => ("??  ", style.yellow()),
        (CheckResult::Error, Marks::Signs) => ("×", style.red()),
        (CheckResult::Error, Marks::Words) => ("FAIL", style.red()),
    }
}

/// Breaks at blanks; a word longer than the line stands alone, so that it can be copied.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        let long = line.chars().count() + 1 + word.chars().count() > width;
        if line.is_empty() {
            line.push_str(word);
        } else if long {
            lines.push(word.to_owned());
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines
}
