//! Mount proofs for people and for machines: the steps from a file's path to the key it comes from.

use serde_json::{Value, json};

use crate::inspect::Mounted;
use crate::source::Span;
use crate::world::{Context, Material, MountTrail, TrailStep, World};

/// The proofs of all files that a context names.
pub(crate) fn mounts_json(world: &World, context: &Context) -> Vec<Value> {
    let files = context.materials().filter_map(|(_, material)| match material {
        Material::File(path) => Some(path.as_str()),
        _ => None,
    });
    files.map(|path| mount_json(&Mounted::of(world, &world.trail(path)))).collect()
}

/// One proof.
pub(crate) fn mount_json(mounted: &Mounted) -> Value {
    let steps = mounted.steps.iter().map(|step| {
        json!({
            "step": step.name,
            "text": step.text,
            "path": step.file,
            "line": step.line,
            "column": step.column,
        })
    });
    json!({
        "file": mounted.path,
        "result": mounted.result,
        "source": mounted.source.as_ref().map(|(kind, namespace, name)| {
            json!({ "kind": kind, "namespace": namespace, "name": name })
        }),
        "key": mounted.key,
        "end": mounted.end,
        "steps": steps.collect::<Vec<_>>(),
    })
}

/// What a person reads below a file: the steps that were not just told, and how it ends.
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
