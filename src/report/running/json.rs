//! `running -o json`, version 1.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::upstreams;
use crate::report::form::schema_of;
use crate::running::{Comparison, Divergence};
use crate::world::{ClusterId, World};

/// What `mtlsctl running -o json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "mtlsctl running -o json")]
struct Report<'c> {
    version: u32,
    envoy: Option<Envoy<'c>>,
    /// The running Ambassador release, if its diagnostics show it.
    emissary: Option<&'c str>,
    clusters: Vec<Cluster<'c>>,
    left_over: &'c [String],
    divergences: Vec<Difference<'c>>,
    unknown: Vec<Unknown<'c>>,
    notes: &'c [String],
}

#[derive(Serialize, JsonSchema)]
struct Envoy<'c> {
    version: &'c str,
    state: &'c str,
    uptime: &'c str,
}

#[derive(Serialize, JsonSchema)]
struct Cluster<'c> {
    name: &'c str,
    upstream: String,
    held: bool,
    mode: &'c str,
    handshakes: u64,
    failed_handshakes: u64,
}

#[derive(Serialize, JsonSchema)]
struct Difference<'c> {
    rule: &'static str,
    severity: String,
    message: &'c str,
    notes: &'c [String],
    help: Option<&'c str>,
    clusters: Vec<&'c str>,
}

#[derive(Serialize, JsonSchema)]
struct Unknown<'c> {
    what: &'c str,
    clusters: Vec<&'c str>,
}

/// The whole comparison.
pub fn json(world: &World, comparison: &Comparison) -> String {
    let names = |clusters: &[ClusterId]| -> Vec<&str> {
        let named = comparison.clusters.iter().filter(|one| clusters.contains(&one.cluster));
        named.map(|one| one.name.as_str()).collect()
    };
    let report = Report {
        version: 1,
        envoy: comparison.server.as_ref().map(|server| Envoy {
            version: &server.version,
            state: &server.state,
            uptime: &server.uptime,
        }),
        emissary: comparison.emissary.as_deref(),
        clusters: comparison
            .clusters
            .iter()
            .map(|compared| Cluster {
                name: &compared.name,
                upstream: upstreams(world, compared),
                held: compared.is_held,
                mode: compared.mode,
                handshakes: compared.handshakes,
                failed_handshakes: compared.failures,
            })
            .collect(),
        left_over: &comparison.left_over,
        divergences: comparison
            .divergences
            .iter()
            .map(|divergence: &Divergence| Difference {
                rule: divergence.kind.rule(),
                severity: divergence.severity.to_string(),
                message: &divergence.message,
                notes: &divergence.notes,
                help: divergence.help.as_deref(),
                clusters: names(&divergence.clusters),
            })
            .collect(),
        unknown: comparison
            .unknown
            .iter()
            .map(|(what, clusters)| Unknown { what, clusters: names(clusters) })
            .collect(),
        notes: &comparison.notes,
    };
    let text = serde_json::to_string_pretty(&report).unwrap_or_default();
    format!("{text}\n")
}

/// The JSON Schema of what [`json`] writes.
pub fn schema() -> Value {
    schema_of::<Report<'_>>()
}
