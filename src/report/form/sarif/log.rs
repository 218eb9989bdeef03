//! The parts of SARIF 2.1.0 that reports use; never a snippet, which could contain a key.

use serde::Serialize;

use crate::diagnostic::ObjectName;
use crate::report::form::json::Streamed;
use crate::source::{Source, Span};

use super::text::{pascal_case, sentence, unlinked, uri};

/// A log of one run.
#[derive(Serialize)]
pub(crate) struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'r> {
    tool: Tool,
    automation_details: AutomationDetails,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Streamed<'r, ResultJson>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
struct AutomationDetails {
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
}

impl<'r> Log<'r> {
    /// A run in its own category: an upload to GitHub replaces the previous one in the same
    /// category.
    pub(crate) fn of(
        category: &str,
        rules: Vec<Descriptor>,
        results: Streamed<'r, ResultJson>,
    ) -> Self {
        let driver = Driver {
            name: "mtlsctl",
            semantic_version: env!("CARGO_PKG_VERSION"),
            information_uri: env!("CARGO_PKG_REPOSITORY"),
            rules,
        };
        Self {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool { driver },
                automation_details: AutomationDetails { id: format!("mtlsctl/{category}/") },
                column_kind: "unicodeCodePoints",
                invocations: [Invocation { execution_successful: true }],
                results,
            }],
        }
    }
}

/// A rule as a `reportingDescriptor`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Descriptor {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) short_description: Text,
    pub(super) full_description: Text,
    pub(super) help: Help,
    pub(super) help_uri: String,
    pub(super) default_configuration: Configuration,
    pub(super) properties: Properties,
}

#[derive(Serialize)]
pub(super) struct Help {
    pub(super) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) markdown: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Configuration {
    pub(super) level: String,
}

#[derive(Serialize)]
pub(super) struct Properties {
    pub(super) tags: &'static [&'static str],
    pub(super) precision: &'static str,
    #[serde(skip_serializing_if = "Option::is_none", rename = "problem.severity")]
    pub(super) problem_severity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none", rename = "security-severity")]
    pub(super) security_severity: Option<&'static str>,
}

impl Descriptor {
    /// A finding type of another command: its id and level, a title, what it means, and what to do
    /// about it.
    pub(crate) fn of(
        (id, level): (&str, &str),
        (title, meaning): (&str, &str),
        help: &'static str,
    ) -> Self {
        Self {
            id: id.to_owned(),
            name: pascal_case(&id.replace('/', "-")),
            short_description: Text::plain(title),
            full_description: Text::of([meaning]),
            help: Help { text: help.to_owned(), markdown: None },
            help_uri: env!("CARGO_PKG_REPOSITORY").to_owned(),
            default_configuration: Configuration { level: level.to_owned() },
            properties: Properties {
                tags: &["security", "mtls"],
                precision: "high",
                problem_severity: None,
                security_severity: None,
            },
        }
    }

    /// The same for something observed on a live system.
    pub(crate) fn observed(id: &str, (title, meaning): (&str, &str), help: &'static str) -> Self {
        let properties = Properties {
            tags: &["mtls"],
            precision: "very-high",
            problem_severity: Some("error"),
            security_severity: None,
        };
        Self { properties, ..Self::of((id, "error"), (title, meaning), help) }
    }
}

#[derive(Serialize)]
pub(crate) struct Text {
    text: String,
}

impl Text {
    pub(crate) fn plain(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// Joins sentences, none of which becomes a link.
    pub(crate) fn of(sentences: impl IntoIterator<Item: AsRef<str>>) -> Self {
        let sentences = sentences.into_iter().map(|text| unlinked(&sentence(text.as_ref())));
        Self { text: sentences.collect::<Vec<_>>().join(" ") }
    }

    /// The same text with more at its end.
    pub(crate) fn with(mut self, more: &str) -> Self {
        self.text.push_str(more);
        self
    }
}

/// A finding, as a `result`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResultJson {
    pub(crate) rule_id: String,
    pub(crate) level: String,
    pub(crate) message: Text,
    pub(crate) locations: [Location; 1],
    pub(crate) partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule_index: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code_flows: Option<[CodeFlow; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fixes: Option<[FixJson; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) suppressions: Option<[Suppression; 1]>,
}

#[derive(Serialize)]
pub(crate) struct Fingerprints {
    #[serde(rename = "primaryLocationLineHash")]
    pub(crate) line_hash: String,
    #[serde(rename = "mtlsctlFindingId/v1")]
    pub(crate) finding_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CodeFlow {
    thread_flows: [ThreadFlow; 1],
}

#[derive(Serialize)]
struct ThreadFlow {
    locations: Vec<Step>,
}

impl CodeFlow {
    /// Several locations.
    pub(crate) fn of(locations: Vec<Step>) -> [Self; 1] {
        [Self { thread_flows: [ThreadFlow { locations }] }]
    }
}

#[derive(Serialize)]
pub(crate) struct Step {
    pub(crate) location: Location,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FixJson {
    pub(crate) description: Text,
    pub(crate) artifact_changes: Vec<ArtifactChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ArtifactChange {
    pub(crate) artifact_location: ArtifactLocation,
    pub(crate) replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Replacement {
    pub(crate) deleted_region: Region,
    pub(crate) inserted_content: Text,
}

#[derive(Serialize)]
pub(crate) struct Suppression {
    pub(crate) kind: &'static str,
    pub(crate) status: &'static str,
    pub(crate) justification: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Location {
    pub(crate) physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) logical_locations: Option<[LogicalLocation; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<usize>,
}

impl Location {
    /// A location in a source with the given path.
    pub(crate) fn of(path: &str, source: &Source, span: Span) -> Self {
        let artifact_location = ArtifactLocation::of(path);
        let physical_location =
            PhysicalLocation { artifact_location, region: Region::of(source, span) };
        Self { physical_location, logical_locations: None, message: None, id: None }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
pub(crate) struct ArtifactLocation {
    uri: String,
}

impl ArtifactLocation {
    pub(crate) fn of(path: &str) -> Self {
        Self { uri: uri(path) }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LogicalLocation {
    fully_qualified_name: String,
    kind: &'static str,
}

impl LogicalLocation {
    pub(super) fn of(object: &ObjectName) -> Self {
        Self { fully_qualified_name: object.to_string(), kind: "object" }
    }
}

/// Lines and columns from 1; the end is exclusive.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

impl Region {
    pub(crate) fn of(source: &Source, span: Span) -> Self {
        let (start, end) = (source.position(span.start), source.position(span.end));
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
