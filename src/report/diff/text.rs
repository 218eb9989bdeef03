//! `diff` for people: each changed upstream, with the lines that cause the change on both sides.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::diagnostic::Diagnostic;
use crate::diff::{Diff, Difference, Rank};
use crate::report::form::{Look, location, one_line, severity_style, wrap};
use crate::world::World;

/// Width of the column of aspects.
const ASPECTS: usize = 14;

/// All differences, improvements first, so that the worst is next to the last line.
pub fn diff_text(diff: &Diff<'_>, look: Look) -> String {
    let mut text = Text { diff, look, out: String::new() };
    text.findings("no longer found", &diff.gone_findings, diff.before);
    text.findings("newly found", &diff.new_findings, diff.after);
    text.changes();
    let _ = writeln!(text.out, "{}", diff_total(diff));
    text.out
}

/// Only the differences.
pub(super) fn changes_text(diff: &Diff<'_>, look: Look) -> String {
    let mut text = Text { diff, look, out: String::new() };
    text.changes();
    text.out
}

/// One line with counts: `3 upstreams differ: 1 downgrade, 2 neutral; 57 are the same`.
pub(super) fn diff_total(diff: &Diff<'_>) -> String {
    let same = diff.unchanged;
    if diff.is_empty() {
        return format!("no difference in TLS: {}", upstreams(same, "is the same", "are the same"));
    }
    let ranks = [Rank::Downgrade, Rank::Neutral, Rank::Improvement];
    let counted = ranks.iter().filter_map(|rank| match (diff.count(*rank), rank) {
        (0, _) => None,
        (count, Rank::Neutral) => Some(format!("{count} neutral")),
        (1, rank) => Some(format!("1 {rank}")),
        (count, rank) => Some(format!("{count} {rank}s")),
    });
    let counted: Vec<String> = counted.collect();
    let mut total = upstreams(diff.changes.len(), "differs", "differ");
    if !counted.is_empty() {
        let _ = write!(total, ": {}", counted.join(", "));
    }
    let _ = write!(total, "; {}", upstreams(same, "is the same", "are the same"));
    let (new, gone) = (diff.new_findings.len(), diff.gone_findings.len());
    if new + gone > 0 {
        let _ = write!(total, "; findings: {new} new, {gone} gone");
    }
    total
}

fn upstreams(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 upstream {one}") } else { format!("{count} upstreams {many}") }
}

struct Text<'d, 'w> {
    diff: &'d Diff<'w>,
    look: Look,
    out: String,
}

impl Text<'_, '_> {
    fn changes(&mut self) {
        let diff = self.diff;
        for group in diff.groups().iter().rev() {
            let objects: Vec<String> =
                group.iter().map(|change| change.object.to_string()).collect();
            self.heading(group[0].rank(), &objects);
            group[0].differences.iter().for_each(|difference| self.difference(difference));
            self.out.push('\n');
        }
        for difference in &diff.whole {
            self.heading(difference.rank, &["every upstream".to_owned()]);
            self.difference(difference);
            self.out.push('\n');
        }
    }

    /// The rank, and the upstreams, one per line.
    fn heading(&mut self, rank: Rank, objects: &[String]) {
        let style = match rank {
            Rank::Downgrade => Style::new().red().bold(),
            Rank::Neutral => Style::new().bold(),
            Rank::Improvement => Style::new().green().bold(),
        };
        let (style, rank) = (self.look.style(style), format!("{rank}:"));
        let indent = format!("\n{:width$}", "", width = rank.len() + 1);
        let objects: Vec<String> = objects.iter().map(|object| one_line(object)).collect();
        let _ = writeln!(self.out, "{} {}", rank.style(style), objects.join(&indent));
    }

    fn difference(&mut self, difference: &Difference) {
        let name = difference.aspect.name();
        let mut sides: Vec<(&str, &str, Option<String>)> = Vec::new();
        let at = |world: &World, place| Option::map(place, |span| location(world, span));
        let (was, is) = (difference.before.as_str(), difference.after.as_str());
        if !was.is_empty() {
            sides.push(("before", was, at(self.diff.before, difference.place_before)));
        }
        if !is.is_empty() {
            sides.push(("after", is, at(self.diff.after, difference.place_after)));
        }
        let mut name = Some(name);
        for (side, told, place) in sides {
            let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
            let sentence = format!("{side:<6} {}{place}", one_line(told));
            let indent = 2 + ASPECTS + "before ".len();
            let wrapped = wrap(&sentence, self.look.width.saturating_sub(2 + ASPECTS), indent);
            let _ = writeln!(self.out, "  {:<ASPECTS$}{wrapped}", name.take().unwrap_or_default());
        }
    }

    fn findings(&mut self, heading: &str, findings: &[&Diagnostic], world: &World) {
        if findings.is_empty() {
            return;
        }
        let bold = self.look.style(Style::new().bold());
        let _ = writeln!(self.out, "{}", format!("{heading}:").style(bold));
        for found in findings {
            let style = self.look.style(severity_style(found.severity));
            let severity = found.severity.to_string();
            let place = location(world, found.primary.span);
            let sentence = format!("{}: {} ({place})", found.rule, one_line(&found.headline()));
            let wrapped = wrap(&sentence, self.look.width.saturating_sub(11), 11);
            let _ = writeln!(self.out, "  {}{wrapped}", format!("{severity:<9}").style(style));
        }
        self.out.push('\n');
    }
}
