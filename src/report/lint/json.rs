//! `lint -o json`, version 1: lines and columns from 1, columns in Unicode scalar values.

use std::io::Write;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::{Applicability, Diagnostic, Fix, Label, Severity};
use crate::lint::{Suppressed, SuppressedBy, Tally};
use crate::report::form::{ObjectJson, Streamed, schema_of};
use crate::source::Span;
use crate::world::World;

use super::checked::Checked;

/// What `mtlsctl lint -o json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "mtlsctl lint -o json")]
struct Report<'c> {
    /// The version of this format; it increases when a field changes or is removed.
    version: u32,
    summary: Summary,
    /// Active findings, followed by suppressed ones with `--show-suppressed`.
    findings: Streamed<'c, Finding<'c>>,
}

/// How many findings there are.
#[derive(Serialize, JsonSchema)]
struct Summary {
    error: usize,
    warning: usize,
    note: usize,
    /// How many are suppressed.
    suppressed: usize,
}

/// A finding; `lint -o jsonl` writes one per line.
#[derive(Serialize, JsonSchema)]
pub(super) struct Finding<'c> {
    /// The rule's id.
    rule: &'c str,
    severity: Level,
    message: &'c str,
    /// The object it is about, if any.
    object: Option<ObjectJson<'c>>,
    /// The path of the field in its document: `spec.tls`; empty if it is not about a single field.
    field: &'c str,
    /// The primary location, then related ones.
    locations: Vec<Location<'c>>,
    notes: &'c [String],
    /// What to do, one sentence per line; may be empty.
    help: String,
    /// Edits that fix it.
    fix: Option<FixJson<'c>>,
    /// The rule's page.
    url: String,
    /// Why it is suppressed; absent if it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<SuppressedJson<'c>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Severity")]
enum Level {
    Error,
    Warning,
    Note,
}

/// A location; lines and columns count from 1, columns in Unicode scalar values, and the end is
/// exclusive.
#[derive(Serialize, JsonSchema)]
struct Place<'c> {
    path: &'c str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize, JsonSchema)]
struct Location<'c> {
    #[serde(flatten)]
    place: Place<'c>,
    /// Its label; may be empty.
    label: &'c str,
    /// Whether it is the primary location.
    primary: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fix")]
struct FixJson<'c> {
    description: &'c str,
    applicability: Safety,
    edits: Vec<Edit<'c>>,
}

/// `safe` if it preserves the author's intent, `unsafe` if it may not.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Safety {
    Safe,
    Unsafe,
}

#[derive(Serialize, JsonSchema)]
struct Edit<'c> {
    #[serde(flatten)]
    place: Place<'c>,
    /// The replacement text.
    replacement: &'c str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Suppressed")]
struct SuppressedJson<'c> {
    by: By,
    reason: &'c str,
}

/// A comment or annotation, the configuration, or the baseline.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum By {
    Ignore,
    Config,
    Baseline,
}

/// Writes all findings and their number.
///
/// # Errors
/// The writer's errors.
pub fn lint_json(checked: &Checked<'_>, out: &mut dyn Write) -> serde_json::Result<()> {
    let tally = Tally::of(checked.findings());
    let report = Report {
        version: 1,
        summary: Summary {
            error: tally.errors,
            warning: tally.warnings,
            note: tally.notes,
            suppressed: checked.outcome.suppressed.len(),
        },
        findings: Streamed::of(|| findings(checked)),
    };
    serde_json::to_writer_pretty(out, &report)
}

/// The JSON Schema of what [`lint_json`] writes.
pub fn lint_schema() -> Value {
    schema_of::<Report<'_>>()
}

/// Active findings, followed by suppressed ones with the reason, if they are shown.
pub(super) fn findings<'c>(checked: &Checked<'c>) -> impl Iterator<Item = Finding<'c>> + use<'c> {
    let world = checked.world;
    let suppressed = match checked.show_suppressed {
        true => &checked.outcome.suppressed[..],
        false => &[],
    };
    let counted = checked.findings().iter().map(move |found| Finding::of(world, found, None));
    let others = suppressed.iter().map(move |one| Finding::of(world, &one.finding, Some(one)));
    counted.chain(others)
}

impl<'c> Finding<'c> {
    fn of(world: &'c World, found: &'c Diagnostic, suppressed: Option<&'c Suppressed>) -> Self {
        let primary = Location::of(world, &found.primary, true);
        let related = found.related.iter().map(|label| Location::of(world, label, false));
        Self {
            rule: found.rule,
            severity: match found.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
                Severity::Note => Level::Note,
            },
            message: &found.message,
            object: found.object.as_ref().map(ObjectJson::of),
            field: &found.field,
            locations: std::iter::once(primary).chain(related).collect(),
            notes: &found.notes,
            help: found.help.join("\n"),
            fix: found.fix.as_ref().map(|fix| FixJson::of(world, fix)),
            url: crate::report::rule_url(found.rule),
            suppressed: suppressed.map(|one| SuppressedJson {
                by: match one.by {
                    SuppressedBy::Ignore => By::Ignore,
                    SuppressedBy::Config => By::Config,
                    SuppressedBy::Baseline => By::Baseline,
                },
                reason: &one.reason,
            }),
        }
    }
}

impl<'c> FixJson<'c> {
    fn of(world: &'c World, fix: &'c Fix) -> Self {
        let edits = fix.edits.iter().map(|edit| Edit {
            place: Place::of(world, edit.span),
            replacement: &edit.replacement,
        });
        Self {
            description: &fix.description,
            applicability: match fix.applicability {
                Applicability::Safe => Safety::Safe,
                Applicability::Unsafe => Safety::Unsafe,
            },
            edits: edits.collect(),
        }
    }
}

impl<'c> Location<'c> {
    fn of(world: &'c World, label: &'c Label, primary: bool) -> Self {
        Self { place: Place::of(world, label.span), label: &label.text, primary }
    }
}

impl<'c> Place<'c> {
    fn of(world: &'c World, span: Span) -> Self {
        let source = world.sources.get(span.source);
        let (start, end) = (source.position(span.start), source.position(span.end));
        Self {
            path: &source.name,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
