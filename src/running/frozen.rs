//! Why Envoy may have an older configuration than the input.

use super::divergence::{Divergence, Kind};
use super::held::Held;
use crate::diagnostic::Severity;
use crate::world::World;

/// Updates that Envoy rejected since it started, as a sentence.
pub(super) fn rejected(held: &Held) -> Option<String> {
    let count = |counter| held.counters.get(counter);
    let (clusters, listeners) = (
        count("cluster_manager.cds.update_rejected"),
        count("listener_manager.lds.update_rejected"),
    );
    let mut parts = Vec::new();
    if clusters > 0 {
        parts.push(format!("{clusters} update(s) of clusters"));
    }
    if listeners > 0 {
        parts.push(format!("{listeners} update(s) of listeners"));
    }
    (!parts.is_empty()).then(|| format!("Envoy rejected {} since it started", parts.join(" and ")))
}

/// Problems in the input itself.
pub(super) fn by_input(world: &World) -> Option<Divergence> {
    let first = world.freezes.first()?;
    let more = world.freezes.len() - 1;
    let mut notes: Vec<String> = world
        .freezes
        .iter()
        .skip(1)
        .take(3)
        .map(|freeze| format!("{}: {}", freeze.object, freeze.reason))
        .collect();
    if more > 3 {
        notes.push(format!("and {} more", more - 3));
    }
    Some(Divergence {
        kind: Kind::Frozen,
        severity: Severity::Error,
        message: format!(
            "the input's configuration is rejected, so Envoy keeps its current one: {}: {}",
            first.object, first.reason
        ),
        notes,
        help: Some("fix it; `mtlsctl lint` shows the line".to_owned()),
        clusters: Vec::new(),
    })
}

/// The explanation below a configuration difference.
pub(super) fn note(world: &World, held: &Held) -> String {
    if let Some(freeze) = world.freezes.first() {
        return format!("{} freezes the configuration: {}", freeze.object, freeze.reason);
    }
    let since = held.clusters.iter().filter(|cluster| !cluster.from_bootstrap);
    let since = since.filter_map(|cluster| cluster.updated).max();
    let since =
        since.map(|time| format!("; it last updated a cluster at {}", super::tls::utc(time)));
    let since = since.unwrap_or_default();
    match rejected(held) {
        Some(rejected) => format!("{rejected}{since}"),
        None => format!("Envoy rejected no update{since}"),
    }
}
