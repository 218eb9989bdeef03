//! SARIF as GitHub code scanning reads it: the log, rules, texts, and findings about what runs.

mod line_hash;
mod live;
mod log;
mod rule;
mod text;

pub(crate) use line_hash::LineHashes;
pub(crate) use live::live_sarif;
pub(crate) use log::{
    ArtifactChange, ArtifactLocation, CodeFlow, Descriptor, Fingerprints, FixJson, Location, Log,
    Region, Replacement, ResultJson, Step, Suppression, Text,
};
pub(crate) use rule::descriptor;
