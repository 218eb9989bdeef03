//! The explanation of a line or a log, for people.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::diagnostic::Severity;
use crate::explain::{
    DictionaryEntry, EnvironmentFacts, Grade, LineReading, LogReading, LoggedCause, Said, Side,
};
use crate::report::form::{Look, location, severity_style, wrap};
use crate::rule::{ALL, Rule};

use super::rule::section;

/// How many rules are named for a cause; more would hide the likely ones.
const MOST_RULES: usize = 6;
/// How many findings are shown; `lint` has all of them.
const MOST_FINDINGS: usize = 8;
/// How many causes of a log are shown in full.
const MOST_CAUSES: usize = 50;

/// The explanation of a line: the most specific cause in full, the others in short.
pub fn explain_line(reading: &LineReading, found: &[EnvironmentFacts<'_>], look: Look) -> String {
    let mut page = String::new();
    let Some((first, others)) = reading.said.split_first() else {
        found.iter().for_each(|found| manifests(found, look, &mut page));
        return page.trim_start().to_owned();
    };
    cause(first, look, &mut page);
    if let Some(upstream) = &reading.upstream {
        labelled("Upstream", upstream, look, &mut page);
    }
    found.iter().for_each(|found| manifests(found, look, &mut page));
    for other in others {
        let _ = writeln!(
            page,
            "\nAlso in the line: {}",
            wrap(&other.title, look.width.saturating_sub(18), 2).style(bold(look))
        );
        paragraph(&format!("{}.", capital(&other.cause)), look, &mut page);
        if !others.is_empty() && other.weight + 20 >= first.weight {
            labelled("Next", &format!("{}.", other.next), look, &mut page);
        }
    }
    // Emissary's own messages have rules, whose pages explain more.
    if first.speaker.starts_with("Emissary")
        && let Some(rule) =
            first.rules.first().and_then(|id| ALL.iter().find(|rule| rule.id == *id))
    {
        rule_in_short(rule, look, &mut page);
    }
    page
}

/// The explanation of a log: a summary line, then each cause with its count and times.
pub fn explain_log(
    name: &str,
    reading: &LogReading,
    bearings: &[Vec<EnvironmentFacts<'_>>],
    look: Look,
) -> String {
    let mut page = String::new();
    let counted = |count: u64, one: &str, many: &str| {
        format!("{} {}", grouped(count), if count == 1 { one } else { many })
    };
    let head = format!(
        "{name}: {}, {} of them known, {}",
        counted(reading.lines, "line", "lines"),
        grouped(reading.known),
        counted(reading.causes.len() as u64, "cause", "causes"),
    );
    let _ = writeln!(page, "{}", wrap(&head, look.width, 2).style(bold(look)));
    for (at, one) in reading.causes.iter().enumerate().take(MOST_CAUSES) {
        page.push('\n');
        let _ = writeln!(
            page,
            "{}",
            wrap(&counting(one), look.width.saturating_sub(2), 2)
                .style(grade_style(one.said.grade, look))
        );
        cause(&one.said, look, &mut page);
        for found in bearings.get(at).into_iter().flatten() {
            manifests(found, look, &mut page);
        }
    }
    if reading.causes.len() > MOST_CAUSES {
        let more = (reading.causes.len() - MOST_CAUSES) as u64;
        let _ = writeln!(
            page,
            "\n… and {}; `-o json` has them all.",
            counted(more, "more cause", "more causes")
        );
    }
    if reading.left_out > 0 {
        let _ = writeln!(
            page,
            "\n{} contain other messages, too many to list.",
            counted(reading.left_out, "line", "lines")
        );
    }
    page
}

/// The message for an unknown text, with the closest matches.
pub fn explain_unknown(what: &str, nearest: &[&DictionaryEntry], look: Look) -> String {
    let mut page = String::new();
    paragraph(
        &format!(
            "Nothing in {what} is recognised: no rule, no TLS code, and no known log message."
        ),
        look,
        &mut page,
    );
    if !nearest.is_empty() {
        page.push_str("\nThe closest matches:\n");
        for entry in nearest {
            let words = entry.forms().next().map(|(words, _)| words).unwrap_or_default();
            let _ = writeln!(
                page,
                "  {}",
                wrap(&format!("{words} ({})", entry.speaker), look.width.saturating_sub(4), 4)
            );
        }
    }
    page
}

/// `37 times, first 10:11:12, last 10:19:40, upstream 10.0.0.7:443`
fn counting(cause: &LoggedCause) -> String {
    let mut text = match cause.count {
        1 => "once".to_owned(),
        count => format!("{} times", grouped(count)),
    };
    match (&cause.first, &cause.last) {
        (Some(first), Some(_)) if cause.count == 1 => {
            let _ = write!(text, ", {first}");
        }
        (Some(first), Some(last)) => {
            let (first, last) = without_common_day(first, last);
            let _ = write!(text, ", first {first}, last {last}");
        }
        _ => {}
    }
    let mut upstreams: Vec<(&String, &u64)> = cause.upstreams.iter().collect();
    upstreams.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
    if let Some((most, rest)) = upstreams.split_first() {
        let _ = write!(text, ", upstream {}", most.0);
        match rest {
            [] => {}
            [other] => {
                let _ = write!(text, " and {}", other.0);
            }
            [other, more @ ..] => {
                let least = if cause.uncounted > 0 { "over " } else { "" };
                let _ =
                    write!(text, ", {} and {least}{} more", other.0, grouped(more.len() as u64));
            }
        }
    }
    text
}

/// Two times on the same day need the date only once, and today's need none.
fn without_common_day<'t>(first: &'t str, last: &'t str) -> (&'t str, &'t str) {
    match (first.split_once(' '), last.split_once(' ')) {
        (Some((day, _)), Some((same, time))) if day == same => (first, time),
        _ => (first, last),
    }
}

fn cause(said: &Said, look: Look, page: &mut String) {
    let title = wrap(&said.title, look.width.saturating_sub(2), 2);
    let _ = writeln!(page, "{}", title.style(bold(look)));
    let side = match said.side {
        Side::Configuration | Side::Either => "",
        Side::Client => ", on the side that opens the connection",
        Side::Server => ", on the side that accepts the connection",
    };
    paragraph(
        &format!("{}{side}.\n", said.speaker.trim_end_matches('.')).replacen(
            said.speaker,
            &capital(said.speaker),
            1,
        ),
        look,
        page,
    );
    if said.grade == Grade::Freeze && said.id.starts_with("envoy/config/") {
        paragraph(
            "Envoy rejects the whole configuration: Ambassador keeps the last good one, and no \
             configuration change takes effect until this is fixed.",
            look,
            page,
        );
    }
    labelled("Why", &format!("{}.", said.cause), look, page);
    if !said.other.is_empty() {
        labelled("Other side", &format!("{}.", said.other), look, page);
    }
    labelled("Next", &format!("{}.", said.next), look, page);
    for remark in &said.remarks {
        labelled("Note", &format!("{remark}."), look, page);
    }
    if let Some(first) = said.rules.first() {
        let listed = said.rules.iter().take(MOST_RULES).copied().collect::<Vec<_>>().join(", ");
        labelled("Rules", &format!("{listed} (`mtlsctl explain {first}`)"), look, page);
    }
}

fn manifests(found: &EnvironmentFacts<'_>, look: Look, page: &mut String) {
    let EnvironmentFacts { environment, world, bearing } = found;
    let of = if environment.is_empty() { String::new() } else { format!(" of {environment}") };
    if bearing.named.is_empty() && bearing.findings.is_empty() && bearing.notes.is_empty() {
        labelled(
            &format!("Manifests{of}"),
            "they have none of the objects that the line names, and the rules above find nothing.",
            look,
            page,
        );
        return;
    }
    let _ = writeln!(page, "\nIn the manifests{of}");
    for one in &bearing.named {
        let place =
            one.place.map(|span| format!(" ({})", location(world, span))).unwrap_or_default();
        let mut text = format!("`{}` is {}{place}", one.written, one.object);
        if one.written == one.object.name || one.object.to_string().contains(&one.written) {
            text = format!("{}{place}", one.object);
        }
        for fact in &one.facts {
            text.push_str("; ");
            text.push_str(fact);
        }
        let _ = writeln!(page, "  {}", wrap(&text, look.width.saturating_sub(4), 4));
    }
    for note in &bearing.notes {
        let _ = writeln!(page, "  {}.", wrap(&capital(note), look.width.saturating_sub(5), 4));
    }
    for found in bearing.findings.iter().take(MOST_FINDINGS) {
        let style = look.style(severity_style(found.severity).bold());
        let head = format!("{}[{}]", found.severity, found.rule);
        let place = location(world, found.primary.span);
        let _ = writeln!(page, "  {}: {}", place, head.style(style));
        let _ = writeln!(page, "    {}", wrap(&found.message, look.width.saturating_sub(4), 4));
    }
    if bearing.findings.len() > MOST_FINDINGS {
        let _ = writeln!(
            page,
            "  … and {} more; `mtlsctl lint` has them all",
            bearing.findings.len() - MOST_FINDINGS
        );
    }
    if bearing.findings.is_empty() {
        page.push_str("  The rules above find nothing in them.\n");
    }
}

/// A rule's page without its examples.
fn rule_in_short(rule: &Rule, look: Look, page: &mut String) {
    let severity = look.style(severity_style(rule.severity).bold());
    let _ = writeln!(page, "\n{} ({})", rule.id.style(bold(look)), rule.severity.style(severity));
    let _ = writeln!(page, "{}\n", wrap(rule.summary, look.width, 0));
    for (title, text) in rule.explanation() {
        section(page, title, text, look);
    }
    let _ = writeln!(page, "Examples: `mtlsctl explain {}`", rule.id);
}

fn labelled(label: &str, text: &str, look: Look, page: &mut String) {
    let indented = format!("{label}: {text}");
    let wrapped = wrap(&indented, look.width.saturating_sub(2), 2);
    let _ = match wrapped.split_once(':') {
        Some((_, rest)) => writeln!(page, "{}:{rest}", label.style(bold(look))),
        None => writeln!(page, "{wrapped}"),
    };
}

fn paragraph(text: &str, look: Look, page: &mut String) {
    let _ = writeln!(page, "{}", wrap(text.trim_end(), look.width, 0));
}

fn bold(look: Look) -> Style {
    look.style(Style::new().bold())
}

fn grade_style(grade: Grade, look: Look) -> Style {
    look.style(severity_style(match grade {
        Grade::Freeze | Grade::Failure => Severity::Error,
        Grade::Warning => Severity::Warning,
        Grade::Note => Severity::Note,
    }))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// `1,234,567`
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
