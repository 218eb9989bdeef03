//! Mount proofs for people and machines: the steps from a file's path to the key it comes from.

use schemars::JsonSchema;
use serde::Serialize;

use crate::inspect::Mounted;
use crate::source::Span;
use crate::world::{Context, Material, MountTrail, TrailStep, World};

/// Where a file of the Ambassador pod comes from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Mount")]
pub(crate) struct MountJson {
    /// The file's path in the container.
    file: String,
    /// `proved`, `promised`, `sidecar`, `broken` or `unknown`.
    result: &'static str,
    /// The Secret or ConfigMap that it comes from.
    source: Option<SourceJson>,
    /// Its key.
    key: Option<String>,
    /// The outcome, in words.
    end: String,
    steps: Vec<StepJson>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MountSource")]
struct SourceJson {
    kind: &'static str,
    namespace: String,
    name: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MountStep")]
struct StepJson {
    /// `mount`, `volume`, `item`, `key` or `sidecar`.
    step: &'static str,
    text: String,
    path: String,
    line: u32,
    column: u32,
}

/// The proofs of all files that a context names.
pub(crate) fn mounts_json(world: &World, context: &Context) -> Vec<MountJson> {
    let files = context.materials().filter_map(|(_, material)| match material {
        Material::File(path) => Some(path.as_str()),
        _ => None,
    });
    files.map(|path| MountJson::of(Mounted::of(world, &world.trail(path)))).collect()
}

impl MountJson {
    /// One proof.
    pub(crate) fn of(mounted: Mounted) -> Self {
        let steps = mounted.steps.into_iter().map(|step| StepJson {
            step: step.name,
            text: step.text,
            path: step.file,
            line: step.line,
            column: step.column,
        });
        Self {
            file: mounted.path,
            result: mounted.result,
            source: mounted.source.map(|(kind, namespace, name)| SourceJson {
                kind,
                namespace,
                name,
            }),
            key: mounted.key,
            end: mounted.end,
            steps: steps.collect(),
        }
    }
}

/// The text below a file: the steps not already shown, and the outcome.
pub(crate) fn mount_lines(
    trail: &MountTrail<'_>,
    told: &mut Vec<TrailStep>,
) -> Vec<(&'static str, String, Option<Span>)> {
    let mut lines = Vec::new();
    for step in trail.steps() {
        if !told.contains(&step) {
            lines.push((step.name, step.text.clone(), Some(step.place)));
            told.push(step);
        }
    }
    match trail.result() {
        "proved" | "sidecar" => {}
        "broken" => lines.push(("missing", trail.to_string(), None)),
        _ => lines.push(("from", trail.to_string(), None)),
    }
    lines
}
