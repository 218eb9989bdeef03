//! The explanation of a line or a log, for programs; the schema is generated from the same types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::explain::{
    DictionaryEntry, EnvironmentFacts, Grade, LineReading, LoggedCause, Said, Side,
};
use crate::report::form::{location, schema_of};

/// What `mtlsctl explain -o json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExplainJson {
    /// The version of this format; it increases when a field changes or is removed.
    version: u32,
    /// Lines of the log; absent for a single text.
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<u64>,
    /// Known lines; absent for a single text.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<u64>,
    /// Explanations: the most specific first for a text, the worst and most frequent first for a
    /// log.
    causes: Vec<CauseJson>,
    /// The most similar known messages, if nothing in the text is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CauseJson {
    /// A stable name, the same for equal causes.
    id: String,
    /// The message, with the line's names.
    title: String,
    /// The program that writes them.
    speaker: String,
    /// `configuration`, `client` (it opens the connection), `server` (it accepts it) or `either`.
    side: &'static str,
    /// `freeze`, `failure`, `warning` or `note`.
    grade: &'static str,
    /// Why it happens.
    cause: String,
    /// What it says about the other side.
    #[serde(skip_serializing_if = "String::is_empty")]
    other_side: String,
    /// What to do.
    next: String,
    /// Peculiarities of this line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    /// Rules that find the cause in manifests.
    rules: Vec<String>,
    /// The names in the line, by role.
    names: BTreeMap<String, String>,
    /// Versions, and where the message was seen.
    seen: String,
    /// How many lines have this cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    /// The time of the first one, as given in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    /// The time of the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    /// Upstreams that they name, with the number of lines for each.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    upstreams: BTreeMap<String, u64>,
    /// Objects of the manifests that the line names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    objects: Vec<ObjectJson>,
    /// Findings of the rules in the manifests.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ObjectJson {
    /// The environment, if the manifests have several.
    #[serde(skip_serializing_if = "str::is_empty")]
    environment: String,
    /// The name as written in the line.
    written: String,
    kind: String,
    namespace: String,
    name: String,
    /// `file:line:column`, if it is in the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// Facts about it.
    facts: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FindingJson {
    /// The environment, if the manifests have several.
    #[serde(skip_serializing_if = "str::is_empty")]
    environment: String,
    rule: String,
    severity: String,
    message: String,
    /// `file:line:column`
    place: String,
}

/// A single text.
pub fn explain_json(
    reading: &LineReading,
    found: &[EnvironmentFacts<'_>],
    nearest: &[&DictionaryEntry],
) -> ExplainJson {
    let mut causes: Vec<CauseJson> = reading.said.iter().map(said_json).collect();
    if let Some(first) = causes.first_mut() {
        first.first.clone_from(&reading.moment);
        first.upstreams = reading.upstream.iter().map(|upstream| (upstream.clone(), 1)).collect();
        put_manifests(found, first);
    }
    let nearest =
        nearest.iter().filter_map(|entry| entry.forms().next()).map(|(words, _)| words.to_owned());
    ExplainJson { version: 1, lines: None, known: None, causes, nearest: nearest.collect() }
}

/// A log.
pub fn explain_log_json(
    reading: &crate::explain::LogReading,
    bearings: &[Vec<EnvironmentFacts<'_>>],
) -> ExplainJson {
    let causes = reading.causes.iter().enumerate().map(|(at, cause)| {
        let LoggedCause { said, count, first, last, upstreams, .. } = cause;
        let mut json = said_json(said);
        json.count = Some(*count);
        json.first.clone_from(first);
        json.last.clone_from(last);
        json.upstreams.clone_from(upstreams);
        put_manifests(bearings.get(at).map_or(&[], |found| found), &mut json);
        json
    });
    let causes = causes.collect();
    ExplainJson {
        version: 1,
        lines: Some(reading.lines),
        known: Some(reading.known),
        causes,
        nearest: Vec::new(),
    }
}

/// The JSON Schema of [`ExplainJson`].
pub fn explain_schema() -> serde_json::Value {
    schema_of::<ExplainJson>()
}

fn said_json(said: &Said) -> CauseJson {
    CauseJson {
        id: said.id.clone(),
        title: said.title.clone(),
        speaker: said.speaker.to_owned(),
        side: match said.side {
            Side::Configuration => "configuration",
            Side::Client => "client",
            Side::Server => "server",
            Side::Either => "either",
        },
        grade: match said.grade {
            Grade::Note => "note",
            Grade::Warning => "warning",
            Grade::Failure => "failure",
            Grade::Freeze => "freeze",
        },
        cause: said.cause.clone(),
        other_side: said.other.clone(),
        next: said.next.clone(),
        notes: said.remarks.clone(),
        rules: said.rules.iter().map(|rule| (*rule).to_owned()).collect(),
        names: said.names.iter().map(|(role, name)| ((*role).to_owned(), name.clone())).collect(),
        seen: said.seen.clone(),
        count: None,
        first: None,
        last: None,
        upstreams: BTreeMap::new(),
        objects: Vec::new(),
        findings: Vec::new(),
    }
}

fn put_manifests(found: &[EnvironmentFacts<'_>], json: &mut CauseJson) {
    for EnvironmentFacts { environment, world, bearing } in found {
        json.objects.extend(bearing.named.iter().map(|one| ObjectJson {
            environment: (*environment).to_owned(),
            written: one.written.clone(),
            kind: one.object.kind.clone(),
            namespace: one.object.namespace.clone(),
            name: one.object.name.clone(),
            place: one.place.map(|span| location(world, span)),
            facts: one.facts.clone(),
        }));
        json.notes.extend(bearing.notes.iter().cloned());
        json.findings.extend(bearing.findings.iter().map(|found| FindingJson {
            environment: (*environment).to_owned(),
            rule: found.rule.to_owned(),
            severity: found.severity.to_string(),
            message: found.message.clone(),
            place: location(world, found.primary.span),
        }));
    }
}
