//! `diff -o json`, version 1.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::diff::{Diff, Difference, Rank};
use crate::report::form::{location, schema_of};
use crate::world::World;

/// What `mtlsctl diff -o json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "mtlsctl diff -o json")]
struct Report<'d> {
    version: u32,
    summary: Summary,
    configuration: Vec<Entry<'d>>,
    upstreams: Vec<Upstream<'d>>,
    new_findings: Vec<Finding<'d>>,
    gone_findings: Vec<Finding<'d>>,
}

#[derive(Serialize, JsonSchema)]
struct Summary {
    downgrades: usize,
    neutral: usize,
    improvements: usize,
    unchanged: usize,
}

#[derive(Serialize, JsonSchema)]
struct Upstream<'d> {
    kind: &'d str,
    namespace: &'d str,
    name: &'d str,
    rank: RankJson,
    differences: Vec<Entry<'d>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Rank")]
enum RankJson {
    Downgrade,
    Neutral,
    Improvement,
}

impl From<Rank> for RankJson {
    fn from(rank: Rank) -> Self {
        match rank {
            Rank::Downgrade => Self::Downgrade,
            Rank::Neutral => Self::Neutral,
            Rank::Improvement => Self::Improvement,
        }
    }
}

/// One difference; a side without a value is null.
#[derive(Serialize, JsonSchema)]
struct Entry<'d> {
    what: &'d str,
    rank: RankJson,
    before: Option<Side<'d>>,
    after: Option<Side<'d>>,
}

#[derive(Serialize, JsonSchema)]
struct Side<'d> {
    value: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Finding<'d> {
    rule: &'d str,
    severity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<String>,
    message: &'d str,
    at: String,
}

/// All differences, the worst first, and new and resolved findings.
///
/// # Errors
/// Serializer errors, which a report cannot cause.
pub fn diff_json(diff: &Diff<'_>) -> Result<String, serde_json::Error> {
    let entry = |difference| entry(diff, difference);
    let upstreams = diff.changes.iter().map(|change| Upstream {
        kind: &change.object.kind,
        namespace: &change.object.namespace,
        name: &change.object.name,
        rank: change.rank().into(),
        differences: change.differences.iter().map(entry).collect(),
    });
    let report = Report {
        version: 1,
        summary: Summary {
            downgrades: diff.count(Rank::Downgrade),
            neutral: diff.count(Rank::Neutral),
            improvements: diff.count(Rank::Improvement),
            unchanged: diff.unchanged,
        },
        configuration: diff.whole.iter().map(entry).collect(),
        upstreams: upstreams.collect(),
        new_findings: findings(&diff.new_findings, diff.after),
        gone_findings: findings(&diff.gone_findings, diff.before),
    };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

/// The JSON Schema of what [`diff_json`] writes.
pub fn diff_schema() -> Value {
    schema_of::<Report<'_>>()
}

fn entry<'d>(diff: &Diff<'_>, difference: &'d Difference) -> Entry<'d> {
    let side = |value: &'d str, world: &World, place: Option<_>| {
        let at = place.map(|span| location(world, span));
        (!value.is_empty()).then_some(Side { value, at })
    };
    Entry {
        what: difference.aspect.name(),
        rank: difference.rank.into(),
        before: side(&difference.before, diff.before, difference.place_before),
        after: side(&difference.after, diff.after, difference.place_after),
    }
}

fn findings<'d>(findings: &[&'d Diagnostic], world: &World) -> Vec<Finding<'d>> {
    let told = findings.iter().map(|found| Finding {
        rule: found.rule,
        severity: found.severity.to_string(),
        object: found.object.as_ref().map(ToString::to_string),
        message: &found.message,
        at: location(world, found.primary.span),
    });
    told.collect()
}
