//! `graph -o html`: one self-contained file; rows are plain HTML, and the drawing is generated from
//! the same JSON that `-o json` prints.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::cert::sha256;
use crate::diagnostic::{Severity, counted};
use crate::graph::{Graph, NodeKind, TrailMode};
use crate::world::World;

use super::html_rows::{escaped, row};
use super::json::compact;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The whole page; `as_of` is the time that dates are compared with.
pub fn html(world: &World, graph: &Graph<'_>, as_of: &str) -> String {
    let mut rows = String::new();
    for (index, trail) in graph.trails.iter().enumerate() {
        row(&mut rows, graph, index, trail);
    }
    let freezes: String =
        graph.freezes.iter().map(|freeze| format!("<p>{}</p>", escaped(freeze))).collect();
    let freezes = match freezes.is_empty() {
        true => freezes,
        false => format!(
            "<div class=\"freeze\" role=\"alert\">{freezes}<p>No configuration change takes \
             effect.</p></div>"
        ),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" \
         content=\"light dark\">\n<title>Trust \
         graph</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>Trust \
         graph</h1>\n<p>{summary}</p>\n{freezes}\n{controls}</header>\n<main>\n<section \
         id=\"drawing\" aria-label=\"Drawing\" hidden></section>\n<section id=\"trails\" \
         aria-label=\"Mappings, Hosts and unused contexts, worst first\">\n{rows}</section>\n<p \
         id=\"none\" hidden>No matches. Esc in the search field shows everything \
         again.</p>\n</main>\n<script type=\"application/json\" \
         id=\"graph\">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        policy = policy(),
        summary = escaped(&summary(graph, as_of)),
        controls = controls(graph),
        data = data(world, graph),
    )
}

/// Only this page's own style and script run, and nothing is fetched, whatever a name contains.
fn policy() -> String {
    let (style, script) = (digest(STYLE), digest(SCRIPT));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; \
         base-uri 'none'; form-action 'none'"
    )
}

/// SHA-256 in the format of a content security policy.
fn digest(text: &str) -> String {
    let hexadecimal = sha256(text.as_bytes());
    let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or_default() as u8;
    let bytes: Vec<u8> = hexadecimal
        .as_bytes()
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |byte, one| (byte << 4) | digit(one)))
        .collect();
    STANDARD.encode(bytes)
}

/// JSON escaped for a `script` element: no `<` ends it, no comment opens in it.
fn data(world: &World, graph: &Graph<'_>) -> String {
    let mut safe = String::new();
    for character in compact(world, graph).unwrap_or_default().chars() {
        // Bidirectional marks would also affect this file in an editor.
        let turns = matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if matches!(character, '<' | '>' | '&') || character.is_control() || turns {
            let _ = write!(safe, "\\u{:04x}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    safe
}

fn summary(graph: &Graph<'_>, as_of: &str) -> String {
    let count = |severity| graph.trails.iter().filter(|t| t.severity == Some(severity)).count();
    let parts = [
        (graph.count(NodeKind::Mapping), "Mapping"),
        (graph.count(NodeKind::Host), "Host"),
        (graph.count(NodeKind::Context), "TLS context"),
        (graph.count(NodeKind::Certificate), "certificate"),
    ];
    let parts: Vec<String> = parts.iter().map(|(count, noun)| counted(*count, noun)).collect();
    format!(
        "{}. {} with errors, {} with warnings. As of {as_of}.",
        parts.join(", "),
        counted(count(Severity::Error), "row"),
        count(Severity::Warning),
    )
}

/// Search and filters; hidden until the script runs, since they have no effect without it.
fn controls(graph: &Graph<'_>) -> String {
    let mut text = String::from(
        "<form id=\"controls\" hidden>\n<label>Search <input type=\"search\" id=\"search\" \
         placeholder=\"name, host, prefix, certificate …\" accesskey=\"s\"></label>\n\
         <fieldset><legend>Show</legend>\n",
    );
    let severities = [
        (Some(Severity::Error), "error", "errors"),
        (Some(Severity::Warning), "warning", "warnings"),
        (Some(Severity::Note), "note", "notes"),
        (None, "clean", "clean"),
    ];
    for (severity, value, words) in severities {
        let count = graph.trails.iter().filter(|trail| trail.severity == severity).count();
        let _ = writeln!(
            text,
            "<label><input type=\"checkbox\" name=\"severity\" value=\"{value}\" checked> {words} \
             ({count})</label>"
        );
    }
    text.push_str("</fieldset>\n<label>Mode <select id=\"mode\"><option value=\"\">any</option>");
    let modes = [
        TrailMode::Mutual,
        TrailMode::Tls,
        TrailMode::Plaintext,
        TrailMode::Dropped(String::new()),
        TrailMode::Terminates,
        TrailMode::TerminatesMutual,
        TrailMode::Cleartext,
        TrailMode::Unused,
    ];
    for mode in modes {
        let name = mode.name();
        let count = graph.trails.iter().filter(|trail| trail.mode.name() == name).count();
        if count > 0 {
            let words = mode.words();
            let _ = write!(text, "<option value=\"{name}\">{words} ({count})</option>");
        }
    }
    text.push_str(
        "</select></label>\n<label><input type=\"checkbox\" id=\"draw\" checked> \
         drawing</label>\n<output id=\"count\" \
         aria-live=\"polite\"></output>\n</form>\n<noscript><p>Without JavaScript, search and \
         drawing are not available; the rows are complete.</p></noscript>\n",
    );
    text
}
