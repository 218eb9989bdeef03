//! Where a file of the Ambassador pod comes from, independent of its world.

use crate::world::{MountTrail, TrailEnd, World};

/// A file and its mount proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mounted {
    /// The file's path in the container.
    pub path: String,
    /// `proved`, `promised`, `sidecar`, `broken` or `unknown`.
    pub result: &'static str,
    /// Kind, namespace and name of the Secret or ConfigMap it comes from.
    pub source: Option<(&'static str, String, String)>,
    /// Its key.
    pub key: Option<String>,
    /// The outcome, in words.
    pub end: String,
    /// The steps.
    pub steps: Vec<MountedStep>,
}

/// One step and its location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MountedStep {
    /// Its kind: `mount`, `volume`, `item`, `key`, `sidecar`.
    pub name: &'static str,
    /// Its description.
    pub text: String,
    /// The manifest.
    pub file: String,
    /// Line in it, from 1.
    pub line: u32,
    /// Column in it, from 1, in characters.
    pub column: u32,
}

impl Mounted {
    /// The proof for one trail.
    pub fn of(world: &World, trail: &MountTrail<'_>) -> Self {
        let steps = trail.steps().into_iter().map(|step| {
            let source = world.sources.get(step.place.source);
            let position = source.position(step.place.start);
            MountedStep {
                name: step.name,
                text: step.text,
                file: source.name.clone(),
                line: position.line,
                column: position.column,
            }
        });
        Self {
            path: trail.path.clone(),
            result: trail.result(),
            source: trail.read_object().map(|(kind, namespace, name)| {
                (kind.name(), namespace.to_owned(), name.to_owned())
            }),
            key: match &trail.end {
                TrailEnd::Entry { entry, .. } => Some(entry.key.value.to_string()),
                TrailEnd::Promised { key } => Some(key.clone()),
                _ => None,
            },
            end: trail.to_string(),
            steps: steps.collect(),
        }
    }
}
