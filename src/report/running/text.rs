//! The comparison for people: the server, then what differs, the worst first, then a summary.

use std::fmt::Write as _;

use owo_colors::OwoColorize as _;

use super::upstreams;
use crate::diagnostic::{Severity, counted};
use crate::report::form::{Look, one_line, severity_style, wrap};
use crate::running::{Comparison, Divergence};
use crate::world::{ClusterId, World};

/// How many clusters are listed below a difference.
const NAMED: usize = 5;

/// Writes the whole comparison.
pub fn text(world: &World, comparison: &Comparison, look: Look) -> String {
    let mut told = String::new();
    let clusters = counted(comparison.clusters.len(), "cluster");
    if let Some(release) = &comparison.emissary {
        let _ = writeln!(told, "Emissary {}", one_line(release));
    }
    let _ = match &comparison.server {
        Some(server) => writeln!(
            told,
            "Envoy {}, {}, up for {}; the input asks for {clusters}",
            server.version,
            server.state.to_lowercase(),
            server.uptime
        ),
        None => writeln!(told, "the input asks for {clusters}"),
    };
    for divergence in &comparison.divergences {
        told.push('\n');
        tell(&mut told, world, comparison, divergence, look);
    }
    if !comparison.unknown.is_empty() {
        told.push('\n');
    }
    for (unknown, clusters) in &comparison.unknown {
        let named = names(world, comparison, clusters);
        let sentence = format!("unknown: {unknown} ({named})");
        let _ = writeln!(told, "{}", wrap(&sentence, look.width, 9));
    }
    for note in &comparison.notes {
        let _ = writeln!(told, "{}", wrap(&format!("note: {note}"), look.width, 6));
    }
    let _ = writeln!(told, "\n{}", summary(comparison));
    told
}

fn tell(
    told: &mut String,
    world: &World,
    comparison: &Comparison,
    divergence: &Divergence,
    look: Look,
) {
    let word = divergence.severity.to_string();
    let rule = divergence.kind.rule();
    let head = format!("{word}[{rule}]");
    let style = look.style(severity_style(divergence.severity).bold());
    let rest = wrap(&divergence.message, look.width.saturating_sub(2), 2);
    let _ = writeln!(told, "{}\n  {rest}", head.style(style));
    if !divergence.clusters.is_empty() {
        let named = names(world, comparison, &divergence.clusters);
        let _ = writeln!(told, "  for {}", wrap(&named, look.width.saturating_sub(6), 6));
    }
    for note in divergence.notes.iter().filter(|note| !note.is_empty()) {
        let _ = writeln!(told, "  = {}", wrap(note, look.width.saturating_sub(4), 4));
    }
    if let Some(help) = &divergence.help {
        let _ = writeln!(told, "  help: {}", wrap(help, look.width.saturating_sub(8), 8));
    }
}

fn names(world: &World, comparison: &Comparison, clusters: &[ClusterId]) -> String {
    let one = |id: &ClusterId| {
        let compared = comparison.clusters.iter().find(|compared| compared.cluster == *id);
        compared.map_or_else(String::new, |compared| upstreams(world, compared))
    };
    let mut named: Vec<String> = clusters.iter().take(NAMED).map(one).collect();
    if clusters.len() > NAMED {
        named.push(format!("{} more", clusters.len() - NAMED));
    }
    named.join(", ")
}

fn summary(comparison: &Comparison) -> String {
    let count =
        |severity| comparison.divergences.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings == 0 {
        return match comparison.unknown.len() {
            0 => "Envoy matches the input".to_owned(),
            count => format!(
                "Envoy matches the input as far as can be checked: {} cannot",
                counted(count, "thing")
            ),
        };
    }
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(counted(errors, "error"));
    }
    if warnings > 0 {
        parts.push(counted(warnings, "warning"));
    }
    format!("found {}", parts.join(" and "))
}
